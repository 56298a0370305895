from __future__ import annotations

from collections.abc import Callable

import pytest

from ivrlint.config import Settings
from ivrlint.diagrams.options import DiagramError, Options
from ivrlint.diagrams.select import selected
from ivrlint.diagrams.sketch import Sketch, gather
from ivrlint.linter import Reading, Report, findings
from ivrlint.rules import Context
from tests.diagrams.conftest import leads, names
from tests.flows import flow, follow, press

LONG = """
line "1" -> a
menu a { 1 "b" -> b  9 "again" -> a2 }
menu a2 { 1 "back" -> a }
menu b { 1 "c" -> c }
menu c { 1 "d" -> d }
menu d { 1 "people" -> people }
queue people
say lost "Nobody hears this." -> hangup
"""

Lint = Callable[..., Report]


@pytest.fixture
def picked(lint: Lint) -> Callable[..., Sketch]:
    """What is left of LONG for these options."""
    report = lint(main=LONG)
    found = [each for each in report.findings if each.code in ("IVR101", "IVR502")]

    def invoke(**wanted: object) -> Sketch:
        whole = gather(report.reading.context, found)
        return selected(whole, found, Options(**wanted))  # type: ignore[arg-type]

    return invoke


def test_from_a_step_on(picked: Callable[..., Sketch]) -> None:
    assert leads(picked(start="c")) == {("c", "d"), ("d", "people")}


def test_a_step_is_also_named_by_file_and_line(picked: Callable[..., Sketch]) -> None:
    assert picked(start="main.ivr:6") == picked(start="c")


def test_so_many_moves_deep_and_what_is_left_out_is_counted(picked: Callable[..., Sketch]) -> None:
    found = picked(depth=2)
    assert set(names(found).values()) == {"1", "a", "b", "a2"}
    assert {spot.step.name: spot.hidden for spot in found.spots.values()} == {"1": 0, "a": 0, "b": 1, "a2": 0}
    assert leads(picked(start="b", depth=1)) == {("b", "c")}


def test_only_what_is_flagged(picked: Callable[..., Sketch]) -> None:
    found = picked(only_flagged=True)
    assert ("a2", "a") not in leads(found)
    assert {"1", "a", "b", "c", "d", "people"} <= set(names(found).values())


def test_one_route_alone_hop_by_hop(picked: Callable[..., Sketch]) -> None:
    found = picked(route=1)
    hops = [spot.step.name for spot in found.spots.values()]
    assert hops == ["1", "a", "b", "c", "d", "people"]
    assert [(link.tail, link.head) for link in found.links] == list(
        zip(list(found.spots), list(found.spots)[1:], strict=False)
    )


def test_a_menu_passed_twice_is_there_twice() -> None:
    calls = flow(
        "line:entry a:menu b:say c:human", follow("line", "a"), press("a", "1", "b"), follow("b", "a2")
    )
    again = calls.steps[1]._replace(id="a2")
    calls = calls._replace(
        steps=(*calls.steps[:2], again, *calls.steps[2:]),
        moves=(*calls.moves, press("a2", "11111", "c")._replace(span=calls.moves[1].span)),
    )
    context = Context(calls, Settings())
    (finding,) = [each for each in findings(Reading(context, 1, {})) if each.code == "IVR101"]
    found = selected(gather(context, [finding]), [finding], Options(route=1))
    assert list(found.spots) == ["s0", "s1", "s2", "s1_1", "s3"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"start": "peple"}, "there is no step 'peple'; did you mean people?"),
        ({"route": 99}, "there is no finding 99"),
        ({"route": 2}, "finding 2 is about no route; findings with a route: 1"),
    ],
)
def test_what_is_not_there_is_said(
    wanted: dict[str, object], said: str, picked: Callable[..., Sketch]
) -> None:
    with pytest.raises(DiagramError, match=said.replace("?", r"\?")):
        picked(**wanted)


def test_nothing_flagged_is_said(lint: Lint) -> None:
    report = lint(main='line "1" -> people\nqueue people\n')
    with pytest.raises(DiagramError, match="nothing is flagged"):
        selected(gather(report.reading.context, ()), (), Options(only_flagged=True))
