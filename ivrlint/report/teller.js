// What happens on a call, in words: the prompts that are heard, what the caller and the system do.

import { counted, el, said } from "./dom.js";

export class Teller {
  constructor(data, flow, showStep) {
    Object.assign(this, { data, flow, showStep });
  }

  /** One event of a call as items of a list; two events are the same if their items' `data-told` is. */
  told(event, index) {
    return this.words(event).map(([kind, ...children]) => {
      const text = children.map((each) => each.textContent ?? each).join("");
      return el("li", { class: kind, "data-told": `${index} ${kind} ${text}` }, children);
    });
  }

  /** Lists of a class and what is in the item. */
  words(event) {
    const { limit, measure, steps } = this.data;
    const tried = event.kind === "silence" ? "silence" : `press ${event.typed}`;
    switch (event.what) {
      case "at":
        return [[`at ${steps[event.step].kind}`, ...this.place(event.step)]];
      case "move":
        return this.move(event.move);
      case "limit":
        return [["limit", `The limit of ${counted(limit, measure)} is passed here`]];
      case "again":
        return [
          ["caller", event.kind === "silence" ? tried : `${tried}, which is not offered`],
          ["note", "It is heard again."],
        ];
      case "lost":
        return [
          ["caller", tried],
          ["note", "Nothing is written for this: the call ends here."],
        ];
      default:
        return [["note", "From here the call goes round for ever."]];
    }
  }

  move({ kind, deed }) {
    return deed ? [[kind === "when" ? "system" : "caller", said(deed)]] : [];
  }

  place(number) {
    const { name, prompts = [] } = this.data.steps[number];
    const button = { type: "button", class: "name", onclick: () => this.showStep(number) };
    return [
      el("button", button, said(name)),
      ...prompts.map((each) => this.prompt(each)),
      ...this.ending(number),
    ];
  }

  prompt(number) {
    const { text, audio } = this.data.prompts[number];
    const unknown = `[${audio || "a recording whose words are not known"}]`;
    return el("p", { class: text ? "" : "unknown", dir: "auto" }, text || unknown);
  }

  ending(number) {
    const { kind, detail, condition } = this.data.steps[number];
    const decided = kind === "check" && this.flow.out[number].some((move) => move.kind === "when");
    const words = {
      human: ["A human answers."],
      voicemail: ["A message can be left."],
      callback: ["Somebody will call back."],
      end: ["The line is dropped."],
      unknown: ["What happens here is not in the files", detail ? said(`: ${detail}`) : "", "."],
      check: decided && ["The system decides", condition ? said(`: ${condition}`) : "", "."],
    }[kind];
    return words ? [el("p", { class: "ending" }, words)] : [];
  }
}
