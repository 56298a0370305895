// What is drawn, as elements: only of what is in view, so that a thousand steps are as quick as ten.

const SVG = "http://www.w3.org/2000/svg";
const WORDS_FROM = 0.22; // below this scale words are specks

export class Scene {
  constructor(drawing) {
    this.parts = [];
    this.layers = ["clusters", "edges", "nodes"].map((layer) => {
      const group = document.createElementNS(SVG, "g");
      for (const part of drawing[layer]) {
        part.layer = group;
        part.marks = new Set([layer.slice(0, -1), ...(part.kind ? [part.kind] : [])]);
        this.parts.push(part);
      }
      return group;
    });
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("aria-hidden", "true");
    this.svg.append(...this.layers);
    this.measure();
  }

  measure() {
    const pad = 24;
    const boxes = this.parts.map((part) => part.box);
    const left = boxes.reduce((least, [x]) => Math.min(least, x), Infinity) - pad;
    const top = boxes.reduce((least, [, y]) => Math.min(least, y), Infinity) - pad;
    const right = boxes.reduce((most, [x, , width]) => Math.max(most, x + width), -Infinity) + pad;
    const bottom = boxes.reduce((most, [, y, , height]) => Math.max(most, y + height), -Infinity) + pad;
    this.box = { x: left, y: top, width: right - left, height: bottom - top };
    this.svg.setAttribute("viewBox", `${left} ${top} ${this.box.width} ${this.box.height}`);
    this.svg.setAttribute("width", this.box.width);
    this.svg.setAttribute("height", this.box.height);
  }

  /** Draw what meets the rectangle; take away the rest unless it is to be kept. */
  show(left, top, right, bottom, scale, keep) {
    const worded = scale >= WORDS_FROM;
    for (const part of this.parts) {
      const [x, y, width, height] = part.box;
      const seen = x < right && x + width > left && y < bottom && y + height > top;
      if (seen) this.draw(part, worded);
      else if (part.element?.isConnected && !keep) part.element.remove();
    }
    this.svg.classList.toggle("far", !worded);
  }

  /** All of it, for paper. */
  showAll() {
    for (const part of this.parts) this.draw(part, true);
    this.svg.classList.remove("far");
  }

  draw(part, worded) {
    if (!part.element) {
      part.element = document.createElementNS(SVG, "g");
      part.element.setAttribute("class", [...part.marks].join(" "));
      part.element.append(...part.shapes.map(shape));
      part.element.part_ = part;
    }
    if (worded && !part.worded) {
      part.element.append(...part.words.map(word));
      part.worded = true;
    }
    if (!part.element.isConnected) part.layer.append(part.element);
  }

  mark(part, name, on = true) {
    if (on) part.marks.add(name);
    else part.marks.delete(name);
    part.element?.classList.toggle(name, on);
  }

  unmark(...names) {
    for (const part of this.parts)
      for (const name of names) if (part.marks.has(name)) this.mark(part, name, false);
  }

  /** The part that an element belongs to. */
  static partOf(element) {
    return element?.closest?.("g.node")?.part_;
  }
}

function shape({ tag, ...attributes }) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function word([x, y, anchor, size, text, bold]) {
  const element = shape({
    tag: "text",
    x,
    y,
    "text-anchor": anchor,
    "font-size": size,
    ...(bold && { "font-weight": 700 }),
  });
  element.textContent = text;
  return element;
}
