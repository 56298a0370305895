// The telephone: shows a call of walk.js and makes what is pressed into its next move.

import { byId, counted, el, lasting, plural, said, unit } from "./dom.js";
import { Teller } from "./teller.js";
import { begin, choose, finish, isOver, press, take, wait } from "./walk.js";

const PAD = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", ""],
  ["#", ""],
];
const NAMES = { "*": "star", "#": "hash" };

export class Phone {
  constructor(data, flow, { follow, showStep, showRoute }) {
    Object.assign(this, { data, flow, follow, showRoute });
    this.teller = new Teller(data, flow, showStep);
    this.other = data.measure === "keypresses" ? "entries" : "keypresses";
    byId("judged-name").textContent = unit(data.measure);
    byId("other-name").textContent = unit(this.other);
    byId("limit").textContent = ` of ${data.limit}`;
    byId("line").append(...data.entries.map((step) => el("option", { value: step }, this.line(step))));
    byId("line").addEventListener("change", () => this.call(true));
    byId("again").addEventListener("click", () => this.call(true));
    this.pad();
    this.deeds();
    this.call(false);
  }

  line(step) {
    const { name, detail } = this.data.steps[step];
    return detail ? `${name} ${detail}` : name;
  }

  pad() {
    const key = ([sign, letters]) => {
      const small = el("small", { "aria-hidden": "true" }, letters || "\u00a0");
      return el(
        "button",
        {
          type: "button",
          "data-key": sign,
          "aria-label": NAMES[sign] ?? sign,
          onclick: () => this.press(sign),
        },
        sign,
        small,
      );
    };
    byId("keypad").append(...PAD.map(key));
    byId("telephone").addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input")) return;
      if (/^[0-9*#]$/.test(event.key)) this.press(event.key);
      else if (event.key === "Backspace") this.undo();
      else if (event.key === "Enter" && !event.target.matches("button, summary") && this.now.typed)
        this.step(finish(this.flow, this.now));
      else return;
      event.preventDefault();
    });
  }

  deeds() {
    byId("wait").addEventListener("click", () => this.step(wait(this.flow, this.now)));
    byId("wrong").addEventListener("click", () => this.press(this.unused() ?? "*"));
    byId("undo").addEventListener("click", () => this.undo());
    byId("way").addEventListener("click", () => this.showWay());
  }

  /** A new call to the chosen line. */
  call(reveal) {
    const entry = Number(byId("line").value);
    this.past = [];
    this.now = this.data.entries.length ? begin(this.flow, entry) : null;
    this.show(reveal);
  }

  step(call) {
    this.past.push(this.now);
    this.now = call;
    this.show(true);
  }

  press(key) {
    if (!byId("keypad").querySelector("button").disabled) this.step(press(this.flow, this.now, key));
  }

  undo() {
    if (!this.past.length) return;
    this.now = this.past.pop();
    this.show(true);
  }

  /** A key that means nothing here. */
  unused() {
    const free = PAD.map(([sign]) => sign).filter((sign) => {
      const tried = press(this.flow, { ...this.now, typed: "", failed: {} }, sign);
      const event = tried.log.slice(this.now.log.length).find((each) => each.what !== "limit");
      return event && (event.what === "lost" || event.kind === "wrong" || event.move?.kind === "wrong");
    });
    return free.includes("9") ? "9" : free[0];
  }

  // --- what is seen

  show(reveal) {
    byId("telephone").classList.toggle("silent", !this.now);
    if (!this.now) return;
    this.meter();
    this.transcript();
    this.offer();
    const moves = this.now.log.flatMap((event, index) => (event.what === "at" && index ? [event.step] : []));
    this.follow(
      this.now.log[0].step,
      moves.map((to) => ({ to })),
      reveal,
    );
  }

  meter() {
    const { spent, typed, over } = this.now;
    const judged = spent[this.data.measure] + (this.data.measure === "keypresses" ? typed.length : 0);
    byId("judged").textContent = judged;
    byId("other").textContent = spent[this.other] + (this.other === "keypresses" ? typed.length : 0);
    byId("time").textContent = lasting(spent.ms, spent.vague);
    byId("meter").classList.toggle("over", over || judged > this.data.limit);
  }

  transcript() {
    const log = byId("log");
    const told = this.now.log.flatMap((event, index) => this.teller.told(event, index));
    const same = [...log.children].findIndex(
      (item, index) => item.dataset.told !== told[index]?.dataset.told,
    );
    const kept = same < 0 ? log.children.length : same;
    while (log.children.length > kept) log.lastElementChild.remove();
    log.append(...told.slice(kept));
    byId("call").scrollTop = byId("call").scrollHeight;
  }

  // --- what can be done

  offer() {
    const { flow, now } = this;
    const { caller, system, aside } = flow.choices(now.step);
    const over = isOver(flow, now);
    const pressable = !over && caller.length > 0;
    for (const key of byId("keypad").children) {
      key.disabled = !pressable;
      key.classList.toggle(
        "offered",
        pressable && caller.some((move) => move.keys?.startsWith(now.typed + key.dataset.key)),
      );
    }
    byId("wait").disabled = !pressable;
    byId("wrong").disabled = !pressable || Boolean(now.typed) || this.unused() === undefined;
    byId("undo").disabled = !this.past.length;
    byId("way").hidden = flow.steps[now.step].kind === "human";
    byId("now").replaceChildren(
      ...(now.lost
        ? []
        : [this.typing(), this.options(caller), this.outcomes(system), this.faults(aside)].filter(Boolean)),
    );
  }

  typing() {
    const { typed, open } = this.now;
    if (open.length)
      return el(
        "div",
        { class: "typing" },
        el("p", {}, "This can mean:"),
        el(
          "ul",
          {},
          open.map((move) => this.option(move, () => this.step(choose(this.flow, this.now, move)))),
        ),
      );
    if (!typed) return null;
    const done = el(
      "button",
      { type: "button", onclick: () => this.step(finish(this.flow, this.now)) },
      "Done",
    );
    return el("div", { class: "typing" }, el("output", { "aria-label": "Typed" }, typed), done);
  }

  options(moves) {
    const offered = moves.filter((move) => move.kind !== "silence" && move.kind !== "wrong");
    if (!offered.length || this.now.open.length) return null;
    return el(
      "ul",
      { class: "options", "aria-label": "Options" },
      offered.map((move) => this.option(move)),
    );
  }

  option(move, deed = () => this.step(take(this.flow, this.now, move))) {
    const target = this.data.steps[move.to].name;
    const key = move.kind === "speech" ? "say" : move.keys || plural(move.keypresses ?? 0, "digit");
    const words = move.label || (move.kind === "digits" ? "type them" : "");
    const label = words ? [said(words)] : ["→ ", said(target)];
    return el(
      "li",
      {},
      el("button", { type: "button", onclick: deed }, el("kbd", {}, said(key)), el("span", {}, label)),
    );
  }

  outcomes(moves) {
    if (!moves.length) return null;
    const outcome = (move) => {
      const note = move.unusual
        ? el("small", {}, "taken as unusual")
        : move.assumed
          ? el("small", {}, "assumed")
          : null;
      return el(
        "button",
        { type: "button", onclick: () => this.step(take(this.flow, this.now, move)) },
        said(move.label || "go on"),
        note,
      );
    };
    const condition = moves.find((move) => move.condition)?.condition;
    const title =
      moves[0].kind === "when"
        ? ["The system decides", condition ? [": ", said(condition)] : ""].flat()
        : ["The call goes on"];
    return el("div", { class: "outcomes" }, el("p", {}, title), el("div", {}, moves.map(outcome)));
  }

  faults(moves) {
    if (!moves.length) return null;
    const fault = (move) =>
      el(
        "button",
        { type: "button", onclick: () => this.step(take(this.flow, this.now, move)) },
        said(move.label || move.kind),
      );
    return el(
      "details",
      { class: "faults" },
      el("summary", {}, "What if something goes wrong?"),
      el("div", {}, moves.map(fault)),
    );
  }

  /** The cheapest way on to a human: told, lit, and walked if wanted. */
  showWay() {
    const { flow, now } = this;
    const way = now.lost ? null : flow.wayOn(now.step);
    const known = flow.steps[now.step].verdict !== "unreachable";
    const none =
      known && !now.lost
        ? "Whether a human can be reached from here is not in the files."
        : "No human can be reached from here.";
    if (!way) return byId("now").replaceChildren(el("p", { class: "noway", role: "status" }, none));
    const { keypresses, entries, ms, vague } = flow.sum(way);
    const sum = `${counted(keypresses, "keypresses")}, ${counted(entries, "entries")}, ${lasting(ms, vague)} from here`;
    const walk = () => {
      let call = { ...now, typed: "", open: [] };
      for (const move of way) if (call.step === move.from) call = take(flow, call, move);
      this.step(call);
    };
    const deeds = way.filter((move) => move.deed).map((move) => el("li", {}, said(move.deed)));
    const go = el("button", { type: "button", onclick: walk }, "Walk it");
    byId("now").replaceChildren(
      el("div", { class: "wayon" }, el("p", { role: "status" }, `${sum}:`), el("ol", {}, deeds), go),
    );
    go.focus();
    return this.showRoute({ start: now.step, moves: way.map((move) => this.data.moves.indexOf(move)) }, true);
  }
}
