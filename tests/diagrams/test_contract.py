"""What the report page relies on: which element of the SVG shows which place."""

from __future__ import annotations

import re

from hypothesis import given

from ivrlint.config import Settings
from ivrlint.diagrams import Options, places, svg
from ivrlint.flow import Flow
from ivrlint.rules import Context
from tests.diagrams.conftest import titles
from tests.flows import flow, flows, follow, press, wait


def _drawn(calls: Flow, wanted: Options = Options()) -> str:  # noqa: B008
    return svg(Context(calls, Settings()), (), wanted)


def test_places_are_numbered_in_order_of_first_appearance() -> None:
    calls = flow("line:entry main:menu sales:human")
    again = calls.steps[1]._replace(id="main again")
    names = places(calls._replace(steps=(*calls.steps[:2], again, calls.steps[2])))
    assert names == {"line": "s0", "main": "s1", "sales": "s2"}


def test_titles_are_the_names_of_places() -> None:
    calls = flow("line:entry main:menu sales:human", follow("line", "main"), press("main", "1", "sales"))
    picture = _drawn(calls)
    assert titles(picture, "node") == ["s0", "s1", "s2"]
    assert titles(picture, "edge") == ["s0->s1", "s1->s2"]
    assert all(re.match("cluster_", title) for title in titles(picture, "cluster"))


def test_a_copy_has_a_number_and_the_class_of_its_place() -> None:
    calls = flow(
        "line:entry main:menu more:menu bye:end",
        follow("line", "main"),
        press("main", "1", "more"),
        wait("main", "bye"),
        wait("more", "bye"),
    )
    picture = _drawn(calls)
    assert titles(picture, "s3") == ["s3", "s3_1"]
    assert titles(picture, "s2-s3") == ["s2->s3_1"]


def test_a_folded_chain_has_the_classes_of_all_its_places() -> None:
    calls = flow(
        "line:entry hello:say notice:say main:menu",
        follow("line", "hello"),
        follow("hello", "notice"),
        follow("notice", "main"),
    )
    picture = _drawn(calls)
    assert [titles(picture, name) for name in ("s1", "s2")] == [["s1"], ["s1"]]
    assert titles(picture, "s2-s3") == ["s1->s3"]


@given(flows())
def test_every_place_is_drawn_and_every_move_leads_between_nodes(calls: Flow) -> None:
    from ivrlint.diagrams.pages import picture

    drawn = picture(Context(calls, Settings()), (), Options())
    assert {place for node in drawn.nodes for place in node.places} == set(places(calls).values())
    shown = {node.name: node.places for node in drawn.nodes}
    assert len(shown) == len(drawn.nodes)
    for edge in drawn.edges:
        for tail, head in edge.pairs:
            assert (tail in shown[edge.tail], head in shown[edge.head]) == (True, True)
