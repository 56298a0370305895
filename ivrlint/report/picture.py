"""The diagram's SVG as the page draws it: shapes and words as data, and which places each of them stands for.

Only what is listed here is let through, as numbers and words, so that nothing in a drawing can be a script, a
link or a style. Colours come from the page, which knows light, dark and paper; and the page makes elements
only of what is in view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ivrlint.diagrams import DiagramError, Options, places, svg
from ivrlint.linter import Report
from ivrlint.words import printable

_KEPT = {
    "path": ("d",),
    "polygon": ("points",),
    "polyline": ("points",),
    "ellipse": ("cx", "cy", "rx", "ry"),
}
_PLACES = re.compile(r"s(\d+)(?:_\d+)?")
_PAIR = re.compile(r"s(\d+)-s(\d+)")
_EDGE = re.compile(r"(s\d+(?:_\d+)?)->(s\d+(?:_\d+)?)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_GEOMETRY = re.compile(r"[MCLQTSHVZmclqtshvz\d\s.,+-]*")

_DRAWN = Options(legend=False, fold=False)
"""Every step is drawn: callers go through each."""

_LETTER = 0.6
"""Width of a letter for its size, roughly."""


def drawn(report: Report) -> dict[str, Any]:
    """The ``drawing`` of what a run read, or why it is ``undrawn``."""
    flow = report.reading.flow
    if not flow.steps:
        return {"undrawn": "There is nothing to draw."}
    names = places(flow)
    kinds = {names[step.place]: step.kind.value for step in reversed(flow.steps)}
    try:
        return {"drawing": picture(svg(report.reading.context, report.findings, _DRAWN), kinds)}
    except (DiagramError, ElementTree.ParseError) as error:
        return {"undrawn": f"There is no diagram: {printable(str(error))}."}


def picture(text: str, kinds: Mapping[str, str]) -> dict[str, Any]:
    """The SVG ``text`` as ``clusters``, ``edges`` and ``nodes``, each with ``box``, ``shapes``, ``words``.

    ``kinds`` gives the kind of step of every place by its name. Nodes get ``places`` (their numbers), edges
    ``pairs`` (places that their moves lead between, as ``1-2``). The legend and all titles are left out.

    Raises:
        ElementTree.ParseError: if it is not XML.
    """
    found: dict[str, list[dict[str, Any]]] = {"cluster": [], "edge": [], "node": []}
    for group in ElementTree.fromstring(text).iter():
        classes = group.get("class", "").split() if _tag(group) == "g" else []
        if classes and classes[0] in found:
            title = next((child.text or "" for child in group if _tag(child) == "title"), "")
            told = _told(classes[0], title, classes, kinds)
            if told is not None:
                found[classes[0]].append(told | _drawn(group))
    return {f"{kind}s": parts for kind, parts in found.items()}


def _told(kind: str, title: str, classes: list[str], kinds: Mapping[str, str]) -> dict[str, Any] | None:
    """What a node or an edge stands for; None for what the page does not show."""
    if kind == "cluster":
        return None if title == "cluster_legend" else {}
    if kind == "edge":
        ends = _EDGE.fullmatch(title)
        pairs = [f"{pair[1]}-{pair[2]}" for pair in map(_PAIR.fullmatch, classes) if pair]
        return {"tail": ends[1], "head": ends[2], "pairs": pairs} if ends else None
    own = _PLACES.fullmatch(title)
    if own is None:
        return None
    others = [place[1] for place in map(_PLACES.fullmatch, classes) if place]
    places = [int(place) for place in dict.fromkeys([own[1], *others])]
    return {"name": title, "kind": kinds.get(f"s{own[1]}", "unknown"), "places": places}


def _drawn(group: Element) -> dict[str, Any]:
    """Shapes, words and the box around them."""
    shapes = [_shape(element) for element in group.iter() if _tag(element) in _KEPT]
    words = [_word(element) for element in group.iter() if _tag(element) == "text"]
    words = [word for word in words if word[4]]
    points = [point for shape in shapes for point in _corners(shape)]
    for x, y, anchor, size, text, _ in words:
        wide = _LETTER * size * len(text)
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        points += [(left, y - size), (left + wide, y)]
    if not points:
        return {"box": [0, 0, 0, 0], "shapes": [], "words": []}
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    box = [_tidy(side) for side in (left, top, right - left, bottom - top)]
    return {"box": box, "shapes": shapes, "words": words}


def _shape(element: Element) -> dict[str, str]:
    """The tag and its geometry; whether it is filled and dashed."""
    tag = _tag(element)
    geometry = {name: element.get(name, "") for name in _KEPT[tag]}
    shape = {"tag": tag} | {
        name: _NUMBER.sub(lambda number: f"{_tidy(float(number[0])):g}", text)
        for name, text in geometry.items()
        if _GEOMETRY.fullmatch(text)
    }
    if element.get("fill") == "none":
        shape["fill"] = "none"
    dashes = element.get("stroke-dasharray", "")
    return shape | {"stroke-dasharray": dashes} if _GEOMETRY.fullmatch(dashes) and dashes else shape


def _word(element: Element) -> tuple[float, float, str, float, str, bool]:
    """Where a line of text is, where it is anchored, its size, the text, and whether it is bold."""
    anchor = element.get("text-anchor", "start")
    return (
        _tidy(float(element.get("x", 0))),
        _tidy(float(element.get("y", 0))),
        anchor if anchor in ("start", "middle", "end") else "start",
        float(element.get("font-size", 12)),
        "".join(element.itertext()).strip(),
        element.get("font-weight") == "bold",
    )


def _corners(shape: Mapping[str, str]) -> Iterator[tuple[float, float]]:
    if shape["tag"] == "ellipse":
        x, y, rx, ry = (float(shape.get(name, 0)) for name in _KEPT["ellipse"])
        yield from ((x - rx, y - ry), (x + rx, y + ry))
        return
    numbers = [float(number) for number in _NUMBER.findall(shape.get("d", "") + shape.get("points", ""))]
    yield from zip(numbers[::2], numbers[1::2], strict=False)


def _tidy(number: float) -> float:
    return round(number, 1)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
