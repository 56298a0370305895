// The list of findings: filtered by severity and rule, opened one at a time.

import { byId, el, excerpt, plural, said } from "./dom.js";

const SEVERITIES = ["error", "warning", "info"];
const PAGE = 200;

export class Findings {
  constructor(data, flow, { showRoute, showStep, clear }) {
    Object.assign(this, { data, flow, showRoute, showStep, clear });
    this.hiddenSeverities = new Set();
    this.rule = "";
    this.opened = null;
    this.rows = new Map(); // number of a finding -> its row, once it has been shown
    this.order = data.findings.map((_, index) => index);
    this.order.sort(
      (a, b) =>
        SEVERITIES.indexOf(data.findings[a].severity) - SEVERITIES.indexOf(data.findings[b].severity) ||
        a - b,
    );
    if (data.findings.length) byId("filters").append(...this.severities(), this.rules());
    byId("filters").hidden = !data.findings.length;
    this.more = el("button", { type: "button", onclick: () => this.show(this.limit + PAGE) });
    addEventListener("beforeprint", () => this.print());
    this.filter();
  }

  severities() {
    return SEVERITIES.map((severity) => {
      const number = this.data.findings.filter((finding) => finding.severity === severity).length;
      const toggle = () => {
        const hide = !this.hiddenSeverities.delete(severity);
        if (hide) this.hiddenSeverities.add(severity);
        button.setAttribute("aria-pressed", `${!hide}`);
        this.filter();
      };
      const words = plural(number, severity === "info" ? "note" : severity);
      const button = el(
        "button",
        { type: "button", class: `chip ${severity}`, "aria-pressed": "true", onclick: toggle },
        words,
      );
      return number ? button : null;
    }).filter(Boolean);
  }

  rules() {
    const rules = new Map();
    for (const { code, name } of this.data.findings)
      rules.set(code, { name, number: (rules.get(code)?.number ?? 0) + 1 });
    const options = [...rules]
      .sort()
      .map(([code, { name, number }]) => el("option", { value: code }, `${code} ${name} (${number})`));
    const change = (event) => {
      this.rule = event.target.value;
      this.filter();
    };
    return el(
      "select",
      { "aria-label": "Rule", onchange: change },
      el("option", { value: "" }, "All rules"),
      options,
    );
  }

  filter() {
    const { findings } = this.data;
    const wanted = ({ severity, code }) =>
      !this.hiddenSeverities.has(severity) && (!this.rule || code === this.rule);
    this.wanted = this.order.filter((index) => wanted(findings[index]));
    const all = findings.length;
    byId("shown").textContent = !all
      ? "none"
      : this.wanted.length === all
        ? `${all}`
        : `${this.wanted.length} of ${all}`;
    this.show(PAGE);
    if (!all)
      byId("list").replaceChildren(
        el("li", { class: "nothing" }, "Nothing was found. Callers are in good hands."),
      );
  }

  /** The first `limit` of the wanted findings, and a button for more. */
  show(limit) {
    this.limit = limit;
    const rows = this.wanted.slice(0, limit).map((index) => this.row(index).item);
    const left = this.wanted.length - rows.length;
    this.more.textContent = `Show ${Math.min(left, PAGE)} more of ${left}`;
    byId("list").replaceChildren(...rows, ...(left ? [el("li", { class: "more" }, this.more)] : []));
  }

  print() {
    this.show(Infinity);
    this.wanted.forEach((index) => this.fill(index));
  }

  row(index) {
    if (!this.rows.has(index)) this.rows.set(index, this.made(this.data.findings[index], index));
    return this.rows.get(index);
  }

  made(finding, index) {
    const body = el("div", { class: "body", id: `finding-${index}`, hidden: true });
    const button = el(
      "button",
      {
        type: "button",
        "aria-expanded": "false",
        "aria-controls": `finding-${index}`,
        onclick: () => this.toggle(index),
      },
      el(
        "span",
        { class: "what" },
        el("span", { class: "severity" }, finding.severity === "info" ? "note" : finding.severity),
        ` ${finding.code} ${finding.name}`,
      ),
      said(finding.message, { class: "message" }),
      said(this.place(finding.at), { class: "where" }),
    );
    return {
      item: el("li", { class: `finding ${finding.severity}` }, el("h3", {}, button), body),
      button,
      body,
    };
  }

  place([file, line]) {
    return `${this.data.files[file]}:${line}`;
  }

  /** Open a finding and light its route, or close it again. */
  toggle(index) {
    const opening = this.opened !== index;
    if (this.opened !== null) this.set(this.opened, false);
    this.opened = opening ? index : null;
    if (!opening) return this.clear();
    this.fill(index);
    this.set(index, true);
    const { route, step } = this.data.findings[index];
    if (route) this.showRoute(route);
    else if (step !== undefined) this.showStep(step, { card: false });
    else this.clear();
    return undefined;
  }

  set(index, open) {
    const { item, button, body } = this.row(index);
    button.setAttribute("aria-expanded", `${open}`);
    body.hidden = !open;
    item.classList.toggle("open", open);
  }

  fill(index) {
    const { body } = this.row(index);
    if (body.childElementCount) return;
    const finding = this.data.findings[index];
    const related = (finding.related ?? []).map(([words, at]) =>
      el("p", { class: "related" }, said(words), " ", said(this.place(at), { class: "where" })),
    );
    body.append(
      ...[
        finding.hint && el("p", { class: "hint" }, said(finding.hint)),
        finding.excerpt !== undefined && excerpt(this.data, finding.excerpt, finding.at),
        ...related,
        finding.route && this.hops(finding.route),
      ].filter(Boolean),
    );
  }

  hops(route) {
    const { steps, moves, limit, measure } = this.data;
    let spent = 0;
    const hop = (step, move) => {
      const before = spent;
      spent += move?.[measure] ?? 0;
      const over = before <= limit && spent > limit;
      const name = el(
        "button",
        { type: "button", class: "link", onclick: () => this.showStep(step) },
        said(steps[step].name),
      );
      const deed =
        move?.deed &&
        el("span", { class: "deed" }, said(move.deed), move[measure] ? el("b", {}, `${spent}`) : null);
      return el("li", { class: over ? "over" : "" }, name, deed);
    };
    const way = route.moves.map((number) => moves[number]);
    const last = way.length ? way.at(-1).to : route.start;
    const rows = [...way.map((move) => hop(move.from, move)), hop(last, null)];
    return el(
      "div",
      { class: "route" },
      el("h4", {}, `Route: ${route.tally}`),
      el("ol", { class: "hops" }, rows),
    );
  }
}
