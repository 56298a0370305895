// Puts the page together: what is picked in one part is shown in the others.

import { Diagram } from "./diagram.js";
import { KINDS, byId, el } from "./dom.js";
import { Findings } from "./findings.js";
import { Phone } from "./phone.js";
import { StepCard } from "./step.js";
import { showSummary } from "./summary.js";
import { Flow } from "./walk.js";

const data = JSON.parse(byId("data").textContent);
const flow = new Flow(data);
const stepOf = new Map(); // place -> its first step
data.steps.forEach((step, number) => stepOf.has(step.place) || stepOf.set(step.place, number));

const diagram = new Diagram(byId("canvas"), data, (place) =>
  place === null ? clear() : showStep(stepOf.get(place), { focus: false }),
);
const card = new StepCard(byId("step"), data, flow, {
  showStep: (number) => showStep(number),
  close: closeStep,
});
let opener = null;

function showStep(number, { card: wanted = true, focus = true } = {}) {
  if (wanted) {
    if (!byId("step").contains(document.activeElement)) opener = document.activeElement;
    const heading = card.show(number);
    if (focus) heading.focus({ preventScroll: !narrow() });
  }
  diagram.select(number);
}

function closeStep() {
  card.hide();
  diagram.select(null);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}

const narrow = () => matchMedia("(max-width: 760px)").matches;

function showRoute(route, toward = false) {
  card.hide();
  diagram.select(null);
  diagram.light(
    route.start,
    route.moves.map((number) => data.moves[number]),
    toward,
  );
}

function clear() {
  card.hide();
  diagram.select(null);
  diagram.clear();
}

function follow(start, moves, reveal) {
  if (reveal) diagram.clear();
  diagram.follow(start, moves, reveal);
}

showSummary(data, flow, (route) => {
  showRoute(route);
  byId("diagram").scrollIntoView({ block: "nearest" });
});
diagram.flag(data.findings);
new Findings(data, flow, { showRoute, showStep, clear });
new Phone(data, flow, { follow, showStep, showRoute });

byId("in").addEventListener("click", () => diagram.zoom(1.25));
byId("out").addEventListener("click", () => diagram.zoom(0.8));
byId("fit").addEventListener("click", () => diagram.fit());
byId("canvas").addEventListener("keydown", (event) => event.key === "Escape" && clear());
byId("step").addEventListener("keydown", (event) => event.key === "Escape" && closeStep());
byId("names").append(
  ...[...new Set([...stepOf.values()].map((number) => data.steps[number].name))].map((name) =>
    el("option", { value: name }),
  ),
);
byId("find").addEventListener("change", (event) => {
  const number = data.steps.findIndex((step) => step.name === event.target.value);
  if (number >= 0) showStep(number);
});
const kinds = new Set(data.steps.map((step) => step.kind));
byId("legend").append(
  ...Object.keys(KINDS)
    .filter((kind) => kinds.has(kind))
    .map((kind) => el("span", { class: kind }, KINDS[kind])),
);
if (data.undrawn) {
  byId("diagram").classList.add("undrawn");
  byId("canvas").replaceChildren(el("p", { class: "undrawn" }, data.undrawn));
}
document.documentElement.classList.add("ready");
