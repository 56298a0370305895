"""The figures that a manager reads."""

from __future__ import annotations

from ivrlint.config import Settings
from ivrlint.flow import MoveKind
from ivrlint.report.summary import summary
from ivrlint.routes import Verdict
from ivrlint.rules import Context
from tests.flows import enter, flow, follow, move, press, say, when, wrong

_STEPS = "old:entry new:entry night:entry gone:entry main:menu card:ask agent:human expert:human lost:unknown"
_MOVES = [
    follow("old", "main"),
    follow("new", "main"),
    press("main", "0", "agent"),
    press("main", "1", "card"),
    enter("card", 6, "expert"),
    follow("gone", "lost"),
]


def test_routes_of_lines_that_come_the_same_way_count_once() -> None:
    found = summary(Context(flow(_STEPS, *_MOVES), Settings()))
    # 0 is one keypress to an agent; 1 and six digits are seven to an expert.
    assert found.counts == {1: 1, 7: 1}
    assert (found.routes, found.within, found.humans) == (2, 1, 2)
    assert found.worst is not None
    assert [hop.step.name for hop in found.worst.hops] == ["old", "main", "card", "expert"]


def test_lines_are_counted_by_verdict() -> None:
    found = summary(Context(flow(_STEPS, *_MOVES), Settings()))
    assert found.lines == {Verdict.REACHABLE: 2, Verdict.UNREACHABLE: 1, Verdict.UNKNOWN: 1}


def test_entries_are_counted_where_they_are_judged() -> None:
    assert summary(Context(flow(_STEPS, *_MOVES), Settings(measure="entries"))).counts == {1: 1, 2: 1}


def test_a_way_on_which_nothing_is_chosen_is_a_route_too() -> None:
    steps = "line:entry office:check agent:human guard:human"
    moves = [
        follow("line", "office"),
        when("office", "office", "open", "agent"),
        when("office", "office", "closed", "guard", usual=False),
    ]
    found = summary(Context(flow(steps, *moves), Settings()))
    assert (found.counts, found.humans) == ({0: 1}, 2)  # the guard is reached only while the office is closed


def test_an_extension_known_by_heart_and_a_rescue_are_not_judged() -> None:
    moves = [
        follow("line", "main"),
        press("main", "1", "agent"),
        move("main", "desk", MoveKind.DIAL, keys="2565551200", keypresses=10),
        wrong("main", 5, "guard"),
    ]
    found = summary(
        Context(flow("line:entry main:menu agent:human desk:human guard:human", *moves), Settings())
    )
    assert (found.counts, found.humans) == ({1: 1}, 3)


def test_a_spoken_choice_takes_no_key() -> None:
    moves = [follow("line", "main"), say("main", "agent", "agent")]
    assert summary(Context(flow("line:entry main:menu agent:human", *moves), Settings())).counts == {0: 1}


def test_without_a_route_there_is_no_worst() -> None:
    found = summary(Context(flow("line:entry bye:end", follow("line", "bye")), Settings()))
    assert (found.routes, found.worst, found.humans) == (0, None, 0)
