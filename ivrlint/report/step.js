// What is known of one step: its words, its place in the source, its distances, what leads here and on.

import { KINDS, counted, el, excerpt, lasting, said } from "./dom.js";

const RANK = ["key", "digits", "dial", "speech", "when", "next", "silence", "wrong", "overflow", "error"];
const MOST_ROWS = 40;

export class StepCard {
  constructor(card, data, flow, { showStep, close }) {
    Object.assign(this, { card, data, flow, showStep, close });
    this.into = data.steps.map(() => []);
    for (const move of data.moves) this.into[move.to].push(move);
  }

  show(number) {
    const step = this.data.steps[number];
    const close = el(
      "button",
      { type: "button", class: "close", "aria-label": "Close", onclick: this.close },
      "×",
    );
    const heading = el("h3", { tabindex: -1 }, said(step.name));
    const about = el(
      "div",
      {},
      el("p", { class: "kind" }, KINDS[step.kind]),
      heading,
      step.detail && el("p", { class: "detail" }, said(step.detail)),
      this.prompts(step),
      this.distances(number),
    );
    const around = el(
      "div",
      {},
      excerpt(this.data, step.excerpt, step.at),
      this.leads("Leads on to", this.flow.out[number], (move) => move.to),
      this.leads("Comes from", this.into[number], (move) => move.from),
    );
    this.card.replaceChildren(close, about, around);
    this.card.hidden = false;
    this.card.scrollTop = 0;
    return heading;
  }

  hide() {
    this.card.hidden = true;
  }

  prompts(step) {
    return (step.prompts ?? []).map((number) => {
      const { text, audio } = this.data.prompts[number];
      return el("blockquote", { dir: "auto" }, text || `[${audio || "words not known"}]`);
    });
  }

  distances(number) {
    const { measure } = this.data;
    const step = this.data.steps[number];
    const rows = [
      ["From a line", step.reached ? this.far(step.reached) : "no call gets here"],
      ["To a human", this.toHuman(number)],
      [
        "In the worst case",
        step.sure ? counted(step.sure[measure === "entries" ? 1 : 0], measure) : "none is sure",
      ],
    ];
    if (step.target && step.target !== step.name) rows.push(["Target", said(step.target)]);
    if (step.condition) rows.push(["Asks", said(step.condition)]);
    if (step.tags) rows.push(["Marked", step.tags.join(", ")]);
    const own =
      step.kind === "human"
        ? rows.filter(([name]) => name !== "To a human" && name !== "In the worst case")
        : rows;
    return el(
      "dl",
      { class: "facts" },
      own.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
    );
  }

  far([keypresses, entries, , unknowns]) {
    return `${unknowns ? "at least " : ""}${counted(keypresses, "keypresses")}, ${counted(entries, "entries")}`;
  }

  toHuman(number) {
    const step = this.data.steps[number];
    if (step.verdict === "unreachable") return "no human from here";
    if (!step.best) return "unknown";
    const { ms, vague } = this.flow.sum(this.flow.wayOn(number));
    return `${this.far(step.best)}, ${lasting(ms, vague)}`;
  }

  leads(title, moves, end) {
    if (!moves.length) return null;
    const rows = new Map();
    for (const move of [...moves].sort((one, other) => RANK.indexOf(one.kind) - RANK.indexOf(other.kind))) {
      const key = `${this.data.steps[end(move)].place} ${move.deed}`;
      if (!rows.has(key)) rows.set(key, move);
    }
    const left = rows.size - MOST_ROWS;
    const row = (move) => {
      const name = said(this.data.steps[end(move)].name);
      const button = el(
        "button",
        { type: "button", class: "link", onclick: () => this.showStep(end(move)) },
        name,
      );
      return el("li", {}, button, move.deed ? el("span", { class: "deed" }, said(move.deed)) : null);
    };
    const shown = [...rows.values()].slice(0, MOST_ROWS).map(row);
    return el(
      "div",
      { class: "leads" },
      el("h4", {}, title),
      el("ul", {}, shown),
      left > 0 ? el("p", {}, `and ${left} more`) : null,
    );
  }
}
