"""What the report page relies on: which element of the SVG shows which place."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from ivrlint.config import Settings
from ivrlint.diagrams import places, svg
from ivrlint.rules import Context
from tests.flows import flow, follow, press

SVG = "{http://www.w3.org/2000/svg}"


def _titles(text: str, class_: str) -> list[str]:
    return [
        group.findtext(f"{SVG}title") or ""
        for group in ElementTree.fromstring(text).iter(f"{SVG}g")
        if class_ in group.get("class", "").split()
    ]


def test_places_are_numbered_in_order_of_first_appearance() -> None:
    calls = flow("line:entry main:menu sales:human")
    again = calls.steps[1]._replace(id="main again")
    names = places(calls._replace(steps=(*calls.steps[:2], again, calls.steps[2])))
    assert names == {"line": "s0", "main": "s1", "sales": "s2"}


def test_titles_are_the_names_of_places() -> None:
    calls = flow("line:entry main:menu sales:human", follow("line", "main"), press("main", "1", "sales"))
    picture = svg(Context(calls, Settings()), ())
    assert [title for title in _titles(picture, "node") if title[:7] != "legend_"] == ["s0", "s1", "s2"]
    assert [t for t in _titles(picture, "edge") if "legend" not in t] == ["s0->s1", "s1->s2"]
    assert all(re.match("cluster_", title) for title in _titles(picture, "cluster"))
    assert [_titles(picture, name) for name in ("s0", "s1", "s2")] == [["s0"], ["s1"], ["s2"]]
