// A call on the telephone: what a caller can do at a step, what it costs, where it leads. No page is known here.
//
// A call is never changed: whatever happens makes a new one, so that any step can be taken back.

const ENTERED = new Set(["key", "digits", "dial", "speech", "wrong"]);
const ASIDE = new Set(["overflow", "error"]);
const GOES_ON = new Set(["entry", "say", "menu", "ask", "check"]);

/** The steps and moves of the page's data, with the moves out of every step in file order. */
export class Flow {
  constructor({ steps, moves, limit, measure }) {
    this.steps = steps;
    this.moves = moves;
    this.limit = limit;
    this.measure = measure;
    this.out = steps.map(() => []);
    for (const move of moves) this.out[move.from].push(move);
  }

  /** What a caller can do at `step`, what the system can, and what may go wrong. */
  choices(step) {
    const out = this.out[step];
    return {
      caller: out.filter((move) => ENTERED.has(move.kind) || move.kind === "silence"),
      system: out.filter((move) => move.kind === "when" || move.kind === "next"),
      aside: out.filter((move) => ASIDE.has(move.kind)),
    };
  }

  /** The moves of the cheapest way from `step` to a human; null where there is none. */
  wayOn(step) {
    const way = [];
    while (this.steps[step].kind !== "human") {
      const next = this.moves[this.steps[step].on];
      if (!next) return null;
      way.push(next);
      step = next.to;
    }
    return way;
  }

  /** What `moves` cost together. */
  sum(moves) {
    return moves.reduce((spent, move) => plus(spent, whole(move)), NOTHING);
  }
}

export const NOTHING = { keypresses: 0, entries: 0, ms: 0, vague: false };

function whole(move) {
  const { keypresses = 0, entries = 0, ms = 0, vague = false } = move;
  return { keypresses, entries, ms, vague };
}

function plus(one, other) {
  return {
    keypresses: one.keypresses + other.keypresses,
    entries: one.entries + other.entries,
    ms: one.ms + other.ms,
    vague: one.vague || other.vague,
  };
}

/** What the attempts `from`, ... `to` - 1 of `move` cost; all of them cost what the move costs. */
function attempts(move, from, to) {
  const all = move.attempts ?? 1;
  const share = (total) => Math.floor((total * to) / all) - Math.floor((total * from) / all);
  const { keypresses, entries, ms, vague } = whole(move);
  return { keypresses: share(keypresses), entries: share(entries), ms: share(ms), vague };
}

/** A call to the entry `step`, up to where somebody decides. */
export function begin(flow, step) {
  const call = { step, spent: NOTHING, typed: "", failed: {}, open: [], over: false, lost: "", log: [] };
  return goOn(flow, log(call, { what: "at", step }));
}

function log(call, event) {
  return { ...call, log: [...call.log, event] };
}

function spend(flow, call, cost) {
  const spent = plus(call.spent, cost);
  if (call.over || spent[flow.measure] <= flow.limit) return { ...call, spent };
  return log({ ...call, spent, over: true }, { what: "limit" });
}

/** Along moves that nobody decides; a ring of them is where the call stays for ever. */
function goOn(flow, call) {
  const passed = new Set([call.step]);
  for (let move = undecided(flow, call.step); move; move = undecided(flow, call.step)) {
    call = arrive(spend(flow, call, whole(move)), move);
    if (passed.has(call.step)) return { ...log(call, { what: "ring" }), lost: "ring" };
    passed.add(call.step);
  }
  return call;
}

function undecided(flow, step) {
  if (!GOES_ON.has(flow.steps[step].kind)) return null;
  const [first, ...others] = flow.out[step].filter((move) => !ASIDE.has(move.kind));
  return first?.kind === "next" && others.length === 0 ? first : null;
}

function arrive(call, move) {
  return log({ ...call, step: move.to, typed: "", failed: {}, open: [] }, { what: "at", step: move.to });
}

/** Make `move` whole: every attempt that it needs and that has not been made yet. */
export function take(flow, call, move) {
  const made = Math.min(call.failed[move.kind] ?? 0, move.attempts ?? 1);
  return make(flow, call, move, attempts(move, made, move.attempts ?? 1));
}

function make(flow, call, move, cost) {
  const spent = spend(flow, log(call, { what: "move", move }), cost);
  return goOn(flow, arrive(spent, move));
}

/** Keep silent until the step's timeout. */
export function wait(flow, call) {
  return fail(flow, { ...call, typed: "", open: [] }, "silence", 0);
}

/** Press `key`; what has been typed counts as soon as it can mean one thing only. */
export function press(flow, call, key) {
  const typed = call.typed + key;
  const { meant, more } = understood(flow, call.step, typed);
  if (more) return { ...call, typed, open: [] };
  return accept(flow, { ...call, typed, open: [] }, meant);
}

/** Stop typing: the pause after which the system takes what it has. */
export function finish(flow, call) {
  return accept(flow, call, understood(flow, call.step, call.typed, true).meant);
}

/** What `typed` can mean at `step`, and whether more may follow it. */
function understood(flow, step, typed, paused = false) {
  const found = flow
    .choices(step)
    .caller.map((move) => ({ move, ...reading(flow.steps[step], move, typed, paused) }));
  return {
    meant: found.filter((each) => each.meant).map((each) => each.move),
    more: found.some((each) => each.more),
  };
}

function reading(step, move, typed, paused) {
  if (move.keys)
    return { meant: move.keys === typed, more: move.keys !== typed && move.keys.startsWith(typed) };
  if (move.kind !== "digits" && move.kind !== "dial") return { meant: false, more: false };
  const most = step.kind === "ask" ? (step.most ?? Infinity) : (move.keypresses ?? 0);
  const ended = Boolean(step.terminator) && step.terminator.includes(typed.at(-1));
  const digits = ended ? typed.slice(0, -1) : typed;
  if (!/^\d*$/.test(digits) || digits.length > most) return { meant: false, more: false };
  const full = digits.length === most;
  const endable = ended || full || (paused && !step.needed);
  return { meant: endable && typed.length >= (move.keypresses ?? 0), more: !ended && !full };
}

function accept(flow, call, meant) {
  if (meant.length > 1) return { ...call, open: meant };
  if (meant.length === 0) return fail(flow, call, "wrong", call.typed.length);
  return choose(flow, call, meant[0]);
}

/** Of what the typed keys can mean, take `move`. */
export function choose(flow, call, move) {
  const pressed = Math.max(call.typed.length, move.keypresses ?? 0);
  return make(flow, call, move, { ...whole(move), keypresses: pressed });
}

/** One attempt fails: by silence, or by a wrong input of so many keys. Enough of them are a move. */
function fail(flow, call, kind, pressed) {
  const made = call.failed[kind] ?? 0;
  const waiting = flow.out[call.step].filter((move) => move.kind === kind && (move.attempts ?? 1) > made);
  if (waiting.length === 0) {
    const cost = { ...NOTHING, keypresses: pressed, entries: pressed ? 1 : 0 };
    const lost = log(spend(flow, call, cost), { what: "lost", kind, typed: call.typed });
    return { ...lost, lost: kind, typed: "" };
  }
  const [move] = waiting.sort((one, other) => (one.attempts ?? 1) - (other.attempts ?? 1));
  const cost = attempts(move, made, made + 1);
  cost.keypresses = Math.max(cost.keypresses, pressed);
  if (made + 1 === (move.attempts ?? 1)) return make(flow, call, move, cost);
  const again = log(
    { ...call, typed: "", failed: { ...call.failed, [kind]: made + 1 } },
    { what: "again", kind, typed: call.typed },
  );
  return spend(flow, again, cost);
}

/** Is the call where nothing more can be done? */
export function isOver(flow, call) {
  return Boolean(call.lost) || flow.out[call.step].length === 0;
}
