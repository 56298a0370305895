// The diagram: pan, zoom, pick a step, light up a route, follow a call.

const LEAST = 0.05;
const MOST = 4;
const READABLE = 0.5; // below this scale words cannot be read
const HOP_MS = 140;

export class Diagram {
  constructor(canvas, data, pick) {
    this.canvas = canvas;
    this.data = data;
    this.svg = canvas.querySelector("svg");
    this.names = new Map(); // place -> names of its nodes
    this.nodes = new Map(); // name -> element
    this.edges = new Map(); // "place-place" -> elements
    this.timers = [];
    if (!this.svg) return;
    this.collect();
    this.crop();
    this.listen(pick);
    this.start();
  }

  collect() {
    for (const node of this.svg.querySelectorAll(".node")) {
      this.nodes.set(node.dataset.name, node);
      for (const place of node.dataset.places.split(" ")) {
        if (!this.names.has(place)) this.names.set(place, []);
        this.names.get(place).push(node.dataset.name);
      }
    }
    for (const edge of this.svg.querySelectorAll(".edge")) {
      for (const pair of edge.dataset.pairs.split(" ")) {
        if (!this.edges.has(pair)) this.edges.set(pair, []);
        this.edges.get(pair).push(edge);
      }
    }
  }

  /** The drawing's size without what was left out of it. */
  crop() {
    const box = this.svg.firstElementChild.getBBox();
    const moved = this.svg.firstElementChild.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
    const pad = 24;
    this.box = { x: box.x + moved.e - pad, y: box.y + moved.f - pad, width: box.width + 2 * pad, height: box.height + 2 * pad };
    const { x, y, width, height } = this.box;
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.svg.setAttribute("width", width);
    this.svg.setAttribute("height", height);
  }

  // --- the view

  start() {
    const room = this.canvas.getBoundingClientRect();
    this.fit();
    if (this.view.k >= READABLE) return;
    const entry = this.data.steps[this.data.entries[0] ?? 0];
    const where = entry && this.middle(this.names.get(`${entry.place}`)?.[0]);
    const k = 0.75;
    if (where) this.move({ k, x: room.width / 2 - where.x * k, y: 60 - (where.y - where.height / 2) * k });
  }

  fit() {
    if (!this.svg) return;
    const room = this.canvas.getBoundingClientRect();
    const k = Math.max(LEAST, Math.min(1, room.width / this.box.width, room.height / this.box.height));
    this.move({ k, x: (room.width - this.box.width * k) / 2, y: (room.height - this.box.height * k) / 2 });
  }

  /** Zoom by `factor` around a point of the canvas; its middle if none is given. */
  zoom(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    if (!this.svg) return;
    const k = Math.min(MOST, Math.max(LEAST, this.view.k * factor));
    const by = k / this.view.k;
    this.move({ k, x: x - (x - this.view.x) * by, y: y - (y - this.view.y) * by });
  }

  pan(x, y) {
    if (this.svg) this.move({ ...this.view, x: this.view.x + x, y: this.view.y + y });
  }

  move(view, gliding = false) {
    this.view = view;
    this.svg.classList.toggle("gliding", gliding);
    this.svg.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
  }

  /** The middle and the size of a node, in the drawing's units from its upper left corner. */
  middle(name) {
    const node = this.nodes.get(name);
    if (!node) return null;
    const box = node.getBBox();
    const moved = this.svg.firstElementChild.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
    const x = box.x + moved.e - this.box.x + box.width / 2;
    const y = box.y + moved.f - this.box.y + box.height / 2;
    return { x, y, width: box.width, height: box.height };
  }

  /** Bring the nodes called `names` into view: as they are if they are seen, else their middle. */
  reveal(names) {
    const boxes = names.map((name) => this.middle(name)).filter(Boolean);
    if (!boxes.length) return;
    const room = this.canvas.getBoundingClientRect();
    const left = Math.min(...boxes.map((box) => box.x - box.width / 2));
    const right = Math.max(...boxes.map((box) => box.x + box.width / 2));
    const top = Math.min(...boxes.map((box) => box.y - box.height / 2));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height / 2));
    const wanted = Math.min(room.width / (right - left + 60), room.height / (bottom - top + 60));
    const k = names.length > 1 ? Math.max(0.3, Math.min(1, wanted)) : Math.max(this.view.k, READABLE);
    const seen = ({ x, y, width, height }) =>
      x * k + this.view.x - (width * k) / 2 > 0 && x * k + this.view.x + (width * k) / 2 < room.width &&
      y * k + this.view.y - (height * k) / 2 > 0 && y * k + this.view.y + (height * k) / 2 < room.height;
    if (k === this.view.k && boxes.every(seen)) return;
    const tall = (bottom - top) * k > room.height;
    const y = tall ? 30 - top * k : room.height / 2 - ((top + bottom) / 2) * k;
    this.move({ k, x: room.width / 2 - ((left + right) / 2) * k, y }, true);
  }

  // --- what is lit

  /** For every step of a walk the nodes that show it, and the edges that lead on from there. */
  shown(start, moves) {
    const place = (step) => `${this.data.steps[step].place}`;
    const drawn = (step) => (this.names.get(place(step)) ?? []).slice(0, 1);
    let here = start;
    let reached = drawn(start);
    const found = moves.map((move) => {
      const leading = this.edges.get(`${place(here)}-${place(move.to)}`) ?? [];
      const edges = leading.filter((edge) => reached.includes(edge.dataset.tail));
      const hop = { nodes: reached, edges };
      here = move.to;
      reached = edges.length ? [...new Set(edges.map((edge) => edge.dataset.head))] : drawn(here);
      return hop;
    });
    return [...found, { nodes: reached, edges: [] }];
  }

  /** Light up a route hop by hop; everything else steps back. */
  light(start, moves, toward = false) {
    this.clear();
    if (!this.svg) return;
    const hops = this.shown(start, moves);
    this.svg.classList.add("dimmed");
    this.svg.classList.toggle("toward", toward);
    this.reveal(hops.flatMap((hop) => hop.nodes));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const lit = (hop) => [...hop.nodes.map((name) => this.nodes.get(name)), ...hop.edges].forEach((each) => each.classList.add("lit"));
    hops.forEach((hop, index) => {
      if (still || index === 0) lit(hop);
      else this.timers.push(setTimeout(lit, Math.min(HOP_MS, 2000 / hops.length) * index, hop));
    });
  }

  clear() {
    this.timers.splice(0).forEach(clearTimeout);
    if (!this.svg) return;
    this.svg.classList.remove("dimmed");
    for (const each of this.svg.querySelectorAll(".lit")) each.classList.remove("lit");
  }

  /** Edges that the routes of findings take. */
  flag(findings) {
    for (const { route, severity } of findings) {
      if (!route || severity !== "error") continue;
      const moves = route.moves.map((number) => this.data.moves[number]);
      for (const { edges } of this.shown(route.start, moves)) edges.forEach((edge) => edge.classList.add("flagged"));
    }
  }

  /** Where a call is and how it came here. */
  follow(start, moves, reveal) {
    if (!this.svg) return;
    for (const each of this.svg.querySelectorAll(".trail, .here")) each.classList.remove("trail", "here");
    const hops = this.shown(start, moves);
    for (const { edges } of hops) edges.forEach((edge) => edge.classList.add("trail"));
    const here = hops.at(-1).nodes.slice(0, 1);
    here.forEach((name) => this.nodes.get(name)?.classList.add("here"));
    if (reveal) this.reveal(here);
  }

  /** Mark the step that is looked at. */
  select(step) {
    if (!this.svg) return;
    for (const each of this.svg.querySelectorAll(".picked")) each.classList.remove("picked");
    const names = step === null ? [] : (this.names.get(`${this.data.steps[step].place}`) ?? []).slice(0, 1);
    names.forEach((name) => this.nodes.get(name).classList.add("picked"));
    this.reveal(names);
  }

  // --- hands

  listen(pick) {
    const { canvas } = this;
    const held = new Map();
    let moved = 0;
    const at = (event) => {
      const room = canvas.getBoundingClientRect();
      return { x: event.clientX - room.left, y: event.clientY - room.top };
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      held.set(event.pointerId, { ...at(event), target: event.target });
      moved = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = held.get(event.pointerId);
      if (!before) return;
      const now = at(event);
      moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (moved > 4 && !canvas.hasPointerCapture(event.pointerId)) canvas.setPointerCapture(event.pointerId);
      const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, each]) => each);
      if (other) {
        const spread = (one) => Math.hypot(one.x - other.x, one.y - other.y);
        this.zoom(spread(now) / Math.max(1, spread(before)), (now.x + other.x) / 2, (now.y + other.y) / 2);
      } else this.pan(now.x - before.x, now.y - before.y);
      held.set(event.pointerId, { ...now, target: before.target });
    });
    const release = (event) => {
      const { target } = held.get(event.pointerId) ?? {};
      held.delete(event.pointerId);
      const node = event.type === "pointerup" && moved <= 4 && target?.closest?.(".node");
      if (event.type === "pointerup" && moved <= 4 && target && !node) pick(null);
      if (node) pick(Number(node.dataset.places.split(" ")[0]));
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
      event.preventDefault();
      const { x, y } = at(event);
      this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), x, y);
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const far = 60;
    const deeds = {
      ArrowLeft: () => this.pan(far, 0),
      ArrowRight: () => this.pan(-far, 0),
      ArrowUp: () => this.pan(0, far),
      ArrowDown: () => this.pan(0, -far),
      "+": () => this.zoom(1.25),
      "=": () => this.zoom(1.25),
      "-": () => this.zoom(0.8),
      0: () => this.fit(),
    };
    const deed = deeds[event.key];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deed();
  }
}
