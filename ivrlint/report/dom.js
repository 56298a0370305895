// Making elements; text is always text, never markup.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(key, value === true ? "" : value);
  }
  element.append(
    ...children
      .flat()
      .filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return element;
}

/** Words of a flow's author: their direction of reading stays theirs. */
export const said = (text, attributes = {}) => el("bdi", attributes, text);

export const byId = (id) => document.getElementById(id);

export const plural = (count, noun, many = `${noun}s`) => `${count} ${count === 1 ? noun : many}`;

const UNITS = { keypresses: ["keypress", "keypresses"], entries: ["entry", "entries"] };

/** "1 keypress", "3 entries". */
export const counted = (count, measure) => plural(count, ...UNITS[measure]);

export const unit = (measure) => UNITS[measure][1];

/** "42 s", "1 min 5 s"; a lower bound with a sign for it. */
export function lasting(ms, vague) {
  const seconds = Math.round(ms / 1000);
  const words =
    seconds < 60 ? `${seconds}\u00a0s` : `${Math.floor(seconds / 60)}\u00a0min ${seconds % 60}\u00a0s`;
  return vague ? `≥\u00a0${words}` : words;
}

export const KINDS = {
  entry: "line",
  say: "announcement",
  menu: "menu",
  ask: "digits asked for",
  check: "the system decides",
  human: "a human",
  voicemail: "voicemail",
  callback: "callback",
  end: "the line is dropped",
  unknown: "unknown: not in the files",
};

/** A source excerpt, the lines that are meant marked. */
export function excerpt(data, number, at) {
  const { start, lines, from, to } = data.excerpts[number];
  const rows = lines.map((line, index) => {
    const meant = start + index >= from && start + index <= to;
    return el(
      "span",
      { class: meant ? "line meant" : "line" },
      el("span", { class: "number" }, `${start + index}`),
      said(line || " "),
    );
  });
  return el(
    "figure",
    { class: "excerpt" },
    el("figcaption", {}, said(`${data.files[at[0]]}:${at[1]}`)),
    el("pre", { tabindex: 0, "aria-label": "Source" }, el("code", {}, rows)),
  );
}
