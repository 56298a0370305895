// The diagram: pan, zoom, pick a step, light up a route, follow a call.

import { Scene } from "./scene.js";

const LEAST = 0.03;
const MOST = 4;
const READABLE = 0.5; // below this scale words are hard to read
const NEAR = 0.75;
const HOP_MS = 140;
const GLIDE_MS = 350;

export class Diagram {
  constructor(canvas, data, pick) {
    this.canvas = canvas;
    this.data = data;
    this.nodes = new Map(); // place -> its nodes
    this.named = new Map(); // name -> node
    this.edges = new Map(); // "place-place" -> edges
    this.timers = [];
    if (!data.drawing) return;
    this.scene = new Scene(data.drawing);
    this.svg = this.scene.svg;
    canvas.replaceChildren(this.svg);
    for (const node of data.drawing.nodes) {
      this.named.set(node.name, node);
      for (const place of node.places) put(this.nodes, place, node);
    }
    for (const edge of data.drawing.edges) for (const pair of edge.pairs) put(this.edges, pair, edge);
    this.listen(pick);
    this.start();
  }

  // --- the view

  start() {
    this.fit();
    if (this.view.k >= READABLE) return;
    const entry = this.data.steps[this.data.entries[0] ?? 0];
    const [node] = this.nodes.get(entry?.place) ?? [];
    if (!node) return;
    const { x, y, height } = this.middle(node);
    this.move({ k: NEAR, x: this.canvas.clientWidth / 2 - x * NEAR, y: 60 - (y - height / 2) * NEAR });
  }

  fit() {
    if (!this.scene) return;
    const { clientWidth, clientHeight } = this.canvas;
    const { width, height } = this.scene.box;
    const k = Math.max(LEAST, Math.min(1, clientWidth / width, clientHeight / height));
    this.move({ k, x: (clientWidth - width * k) / 2, y: (clientHeight - height * k) / 2 });
  }

  /** Zoom by `factor` around a point of the canvas; its middle if none is given. */
  zoom(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    if (!this.scene) return;
    const k = Math.min(MOST, Math.max(LEAST, this.view.k * factor));
    const by = k / this.view.k;
    this.move({ k, x: x - (x - this.view.x) * by, y: y - (y - this.view.y) * by });
  }

  pan(x, y) {
    if (this.scene) this.move({ ...this.view, x: this.view.x + x, y: this.view.y + y });
  }

  move(view, gliding = false) {
    this.view = view;
    this.svg.classList.toggle("gliding", gliding);
    this.svg.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
    clearTimeout(this.settling);
    if (gliding) this.show(true);
    else this.pending ??= requestAnimationFrame(() => this.show(true));
    this.settling = setTimeout(() => this.show(false), GLIDE_MS + 50);
  }

  /** Draw what is in view and around it; while things move nothing is taken away. */
  show(moving) {
    cancelAnimationFrame(this.pending);
    this.pending = null;
    const { x, y, k } = this.view;
    const { clientWidth, clientHeight } = this.canvas;
    const { box } = this.scene;
    const spare = 0.5;
    const left = box.x + (-x - clientWidth * spare) / k;
    const top = box.y + (-y - clientHeight * spare) / k;
    const right = box.x + (-x + clientWidth * (1 + spare)) / k;
    const bottom = box.y + (-y + clientHeight * (1 + spare)) / k;
    this.scene.show(left, top, right, bottom, k, moving);
    this.svg.classList.toggle("moving", moving);
  }

  /** The middle and the size of a node, from the drawing's upper left corner. */
  middle({ box: [x, y, width, height] }) {
    return { x: x - this.scene.box.x + width / 2, y: y - this.scene.box.y + height / 2, width, height };
  }

  /** Bring nodes into view: nothing moves if they are seen already. */
  reveal(nodes) {
    const boxes = nodes.map((node) => this.middle(node));
    if (!boxes.length) return;
    const { clientWidth, clientHeight } = this.canvas;
    const left = Math.min(...boxes.map((box) => box.x - box.width / 2));
    const right = Math.max(...boxes.map((box) => box.x + box.width / 2));
    const top = Math.min(...boxes.map((box) => box.y - box.height / 2));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height / 2));
    const wanted = Math.min(clientWidth / (right - left + 60), clientHeight / (bottom - top + 60));
    const k = boxes.length > 1 ? Math.max(LEAST, Math.min(1, wanted)) : Math.max(this.view.k, READABLE);
    const seen =
      this.view.x + left * k > 0 &&
      this.view.x + right * k < clientWidth &&
      this.view.y + top * k > 0 &&
      this.view.y + bottom * k < clientHeight;
    if (seen && k === this.view.k) return;
    const tall = (bottom - top) * k > clientHeight;
    const y = tall ? 30 - top * k : clientHeight / 2 - ((top + bottom) / 2) * k;
    this.move({ k, x: clientWidth / 2 - ((left + right) / 2) * k, y }, true);
  }

  // --- what is lit

  /** For every step of a walk the nodes that show it, and the edges that lead on from there. */
  shown(start, moves) {
    const place = (step) => this.data.steps[step].place;
    const drawn = (step) => (this.nodes.get(place(step)) ?? []).slice(0, 1);
    let here = start;
    let reached = drawn(start);
    const found = moves.map((move) => {
      const leading = this.edges.get(`${place(here)}-${place(move.to)}`) ?? [];
      const own = leading.filter((edge) => reached.includes(this.named.get(edge.tail)));
      const edges = own.length ? own : leading; // a stub leads nowhere: the step is drawn elsewhere
      const hop = { nodes: reached, edges };
      here = move.to;
      reached = edges.length ? [...new Set(edges.map((edge) => this.named.get(edge.head)))] : drawn(here);
      return hop;
    });
    return [...found, { nodes: reached, edges: [] }];
  }

  /** Light up a route hop by hop, in green if it is one to take; everything else steps back. */
  light(start, moves, toward = false) {
    this.clear();
    if (!this.scene) return;
    const hops = this.shown(start, moves);
    this.svg.classList.add("dimmed");
    this.svg.classList.toggle("toward", toward);
    this.reveal(hops.flatMap((hop) => hop.nodes));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const lit = (hop) => [...hop.nodes, ...hop.edges].forEach((part) => this.scene.mark(part, "lit"));
    hops.forEach((hop, index) => {
      if (still || index === 0) lit(hop);
      else this.timers.push(setTimeout(lit, Math.min(HOP_MS, 2000 / hops.length) * index, hop));
    });
  }

  clear() {
    this.timers.splice(0).forEach(clearTimeout);
    if (!this.scene) return;
    this.svg.classList.remove("dimmed");
    this.scene.unmark("lit");
  }

  /** Mark the edges that routes of errors take. */
  flag(findings) {
    if (!this.scene) return;
    for (const { route, severity } of findings) {
      if (!route || severity !== "error") continue;
      const moves = route.moves.map((number) => this.data.moves[number]);
      for (const { edges } of this.shown(route.start, moves))
        edges.forEach((edge) => this.scene.mark(edge, "flagged"));
    }
  }

  /** Where a call is and how it came here. */
  follow(start, moves, reveal) {
    if (!this.scene) return;
    this.scene.unmark("trail", "here");
    const hops = this.shown(start, moves);
    for (const { edges } of hops) edges.forEach((edge) => this.scene.mark(edge, "trail"));
    const here = hops.at(-1).nodes.slice(0, 1);
    here.forEach((node) => this.scene.mark(node, "here"));
    if (reveal) this.reveal(here);
  }

  /** Mark the step that is looked at. */
  select(step) {
    if (!this.scene) return;
    this.scene.unmark("picked");
    const nodes = step === null ? [] : (this.nodes.get(this.data.steps[step].place) ?? []).slice(0, 1);
    nodes.forEach((node) => this.scene.mark(node, "picked"));
    this.reveal(nodes);
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
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const spread = (one) => Math.hypot(one.x - other.x, one.y - other.y);
        this.zoom(spread(now) / Math.max(1, spread(before)), (now.x + other.x) / 2, (now.y + other.y) / 2);
      } else this.pan(now.x - before.x, now.y - before.y);
      held.set(event.pointerId, { ...now, target: before.target });
    });
    const release = (event) => {
      const pressed = held.get(event.pointerId);
      held.delete(event.pointerId);
      if (pressed && event.type === "pointerup" && moved <= 4)
        pick(Scene.partOf(pressed.target)?.places[0] ?? null);
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("wheel", (event) => this.wheel(event, at(event)), { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.show(false)).observe(canvas);
    addEventListener("beforeprint", () => this.scene.showAll());
  }

  /** The wheel zooms where the diagram has been clicked into, or with Ctrl; else it scrolls the page. */
  wheel(event, { x, y }) {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== this.canvas) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), x, y);
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

function put(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}
