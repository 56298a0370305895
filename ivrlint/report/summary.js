// What a manager reads first.

import { byId, counted, el, lasting, plural, said, unit } from "./dom.js";

export function showSummary(data, flow, showRoute) {
  const { summary, limit, measure } = data;
  const worst = summary.worst && {
    ...summary.worst,
    sum: flow.sum(summary.worst.moves.map((number) => data.moves[number])),
  };
  byId("headline").replaceChildren(...headline(data, worst));
  byId("explained").replaceChildren(...explained(data, worst, showRoute));
  byId("figures").replaceChildren(...figures(data, worst));
  if (summary.routes) byId("chart").replaceChildren(chart(summary.counts, limit, measure));
  byId("counting").textContent =
    `A route leads from a line to a human and visits no step twice; the limit is ${counted(limit, measure)}. ` +
    `A typed number is one entry and as many keypresses as it has digits. Opening hours are taken as open. ` +
    `Speech is timed at ${data.wordsPerMinute} words a minute, an assumption; ≥ marks a lower bound.`;
}

function headline({ summary, limit, measure, entries }, worst) {
  const { unreachable, unknown } = summary.lines;
  const strong = (words, tone) => el("strong", { class: tone }, words);
  if (!entries.length) return ["No line comes in."];
  if (unreachable === entries.length) return [strong("No human", "bad"), " can be reached."];
  if (unreachable)
    return [
      "From ",
      strong(`${unreachable} of ${plural(entries.length, "line")}`, "bad"),
      " no human can be reached.",
    ];
  if (unknown === entries.length)
    return ["Whether a human can be reached is ", strong("not in these files", "doubtful"), "."];
  const most = worst ? worst.sum[measure] : 0;
  if (most > limit) return ["It takes up to ", strong(counted(most, measure), "bad"), " to reach a human."];
  return ["Every human is within ", strong(counted(most, measure), "good"), "."];
}

function explained({ summary, limit, measure, steps, moves }, worst, showRoute) {
  if (!worst) return [];
  const over = worst.sum[measure] > limit;
  const last = worst.moves.at(-1);
  const human = last === undefined ? worst.start : moves[last].to;
  const words = [
    "The longest route leads from ",
    said(steps[worst.start].name),
    " to ",
    said(steps[human].name),
    `: ${worst.tally}. `,
  ];
  const allowed = over ? `The limit is ${limit}. ` : "";
  return [
    allowed,
    ...words,
    el("button", { type: "button", class: "link", onclick: () => showRoute(worst) }, "Show it"),
  ];
}

function figures(data, worst) {
  const { summary, limit, measure, entries } = data;
  const { unreachable, unknown } = summary.lines;
  const without = [unreachable && `${unreachable} without a human`, unknown && `${unknown} unknown`].filter(
    Boolean,
  );
  const percent = Math.floor((100 * summary.within) / summary.routes);
  const share = summary.routes ? `${summary.within && !percent ? "< 1" : percent} %` : "–";
  const over = worst && worst.sum[measure] > limit;
  return [
    figure("Lines", entries.length, without.join(", ") || "all lead to a human", unreachable ? "bad" : ""),
    figure("Humans", summary.humans, "that callers can reach"),
    figure(
      "Routes within the limit",
      share,
      `${summary.within} of ${summary.routes}, limit ${limit}`,
      !summary.routes ? "" : summary.within < summary.routes ? "bad" : "good",
    ),
    figure(
      "Worst route",
      worst ? worst.sum[measure] : "–",
      worst ? `${unit(measure)}, ${lasting(worst.sum.ms, worst.sum.vague)}` : "no route",
      over ? "bad" : "",
    ),
  ];
}

function figure(name, value, note, tone = "") {
  return el(
    "div",
    {},
    el("dt", {}, name),
    el("dd", { class: `value ${tone}` }, `${value}`),
    el("dd", { class: "note" }, note),
  );
}

const MOST_BARS = 24;
const FEW_BARS = 12;

/** How many routes take how many keypresses, with the limit between the bars. */
function chart(counts, limit, measure) {
  const routes = new Map();
  for (const [count, number] of counts) {
    const bar = Math.min(count, MOST_BARS);
    routes.set(bar, (routes.get(bar) ?? 0) + number);
  }
  const last = Math.max(limit + 1, ...routes.keys());
  const highest = Math.max(...routes.values());
  const told = numbered(last, (count) => count === 0 || count === limit || routes.has(count));
  const bars = Array.from({ length: last + 1 }, (_, count) =>
    bar(count, routes.get(count) ?? 0, highest, limit, told.has(count)),
  );
  const words = counts
    .map(([count, number]) => `${counted(count, measure)}: ${plural(number, "route")}`)
    .join("; ");
  const drawn = el(
    "div",
    { class: "bars", role: "img", "aria-label": `Routes by ${unit(measure)}. ${words}` },
    bars,
  );
  return el(
    "figure",
    { class: "chart" },
    drawn,
    el("figcaption", {}, `Routes by ${unit(measure)}; red: over the limit of ${limit}`),
  );
}

/** Which columns are numbered: of many only those that tell something, and no two neighbours with two digits. */
function numbered(last, tells) {
  const told = new Set();
  for (let count = last; count >= 0; count--) {
    const room = count < 10 || !told.has(count + 1);
    if (last <= FEW_BARS || (tells(count) && room)) told.add(count);
  }
  return told;
}

function bar(count, number, highest, limit, told) {
  const label = count === MOST_BARS ? `${count}+` : `${count}`;
  const column = el("div", { class: count > limit ? "column over" : "column" });
  const filled = el("i", { class: number ? "" : "none" });
  filled.style.height = `${number ? Math.max(6, Math.round((100 * number) / highest)) : 0}%`;
  column.append(el("b", {}, number ? `${number}` : ""), filled, el("span", {}, told ? label : "\u00a0"));
  return column;
}
