"""Shared by the tests of diagrams."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from ivrlint.config import Settings
from ivrlint.diagrams.sketch import Sketch, gather
from ivrlint.finding import Finding
from ivrlint.flow import Flow
from ivrlint.rules import Context

SVG = "{http://www.w3.org/2000/svg}"


def sketch(flow: Flow, findings: Sequence[Finding] = ()) -> Sketch:
    """Everything there is to draw of ``flow``."""
    return gather(Context(flow, Settings()), findings)


def names(found: Sketch) -> dict[str, str]:
    """What its author calls each spot."""
    return {name: spot.step.name for name, spot in found.spots.items()}


def leads(found: Sketch) -> set[tuple[str, str]]:
    """The links, by what authors call their ends."""
    called = names(found)
    return {(called[link.tail], called[link.head]) for link in found.links}


def titles(svg: str, class_: str) -> list[str]:
    """Titles of the groups of an SVG that have this class, in order, without those of the legend."""
    found = [
        group.findtext(f"{SVG}title") or ""
        for group in ElementTree.fromstring(svg).iter(f"{SVG}g")
        if class_ in group.get("class", "").split()
    ]
    return [title for title in found if "legend" not in title]
