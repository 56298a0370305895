from __future__ import annotations

from ivrlint.diagrams.alike import alike_merged
from ivrlint.flow import Flow
from tests.diagrams.conftest import leads, sketch
from tests.flows import dial_each, flow, follow, press, say, when


def _on_one_line(calls: Flow, *names: str) -> Flow:
    """``calls`` with these steps written in the same line, as one line of a dialplan makes many."""
    span = next(step.span for step in calls.steps if step.name == names[0])
    steps = (step._replace(span=span) if step.name in names else step for step in calls.steps)
    return calls._replace(steps=tuple(steps))


def _extensions() -> Flow:
    calls = flow(
        "line:entry main:menu busy1:check busy2:check phone1:human phone2:human "
        "box1:voicemail box2:voicemail",
        follow("line", "main"),
        *dial_each("main", busy1="101", busy2="102"),
        when("busy1", "busy", "no", "phone1"),
        when("busy1", "busy", "yes", "box1"),
        when("busy2", "busy", "no", "phone2"),
        when("busy2", "busy", "yes", "box2"),
    )
    for pair in (("busy1", "busy2"), ("phone1", "phone2"), ("box1", "box2")):
        calls = _on_one_line(calls, *pair)
    return calls


def test_branches_written_once_are_drawn_once() -> None:
    found = alike_merged(sketch(_extensions()))
    assert leads(found) == {("line", "main"), ("main", "busy1"), ("busy1", "phone1"), ("busy1", "box1")}
    (spot,) = (spot for spot in found.spots.values() if spot.step.name == "busy1")
    assert ([step.name for step in spot.alike], spot.places) == (["busy2"], ("s2", "s3"))


def test_their_moves_are_merged_on_one_link() -> None:
    found = alike_merged(sketch(_extensions()))
    (link,) = (link for link in found.links if link.tail == "s1")
    assert [move.keys for move in link.moves] == ["101", "102"]


def test_a_branch_that_leads_elsewhere_is_drawn_apart() -> None:
    calls = _extensions()
    moves = tuple(m._replace(target="phone1") if m.target == "box2" else m for m in calls.moves)
    assert len(alike_merged(sketch(calls._replace(moves=moves))).spots) > 5


def test_lines_that_lead_to_the_same_are_one() -> None:
    calls = flow("one:entry two:entry other:entry main:menu sales:human", follow("one", "main"),
                 follow("two", "main"), follow("other", "sales"), press("main", "1", "sales"))  # fmt: skip
    assert leads(alike_merged(sketch(calls))) == {("one", "main"), ("other", "sales"), ("main", "sales")}


def test_steps_written_apart_are_never_merged() -> None:
    calls = flow("main:menu a:human b:human", press("main", "1", "a"), say("main", "b", "b"))
    assert len(alike_merged(sketch(calls)).spots) == 3
