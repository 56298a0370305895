from __future__ import annotations

from ivrlint.diagrams.fold import chains_folded
from ivrlint.flow import MoveKind
from tests.diagrams.conftest import leads, sketch
from tests.flows import flow, follow, move, press, when


def _chains(*args: object) -> list[list[str]]:
    found = chains_folded(sketch(flow(*args)))  # type: ignore[arg-type]
    return [[step.name for step in spot.steps] for spot in found.spots.values() if len(spot.steps) > 1]


def test_announcements_in_a_row_are_one() -> None:
    moves = (follow("line", "a"), follow("a", "b"), follow("b", "c"), follow("c", "main"))
    assert _chains("line:entry a:say b:say c:say main:menu", *moves) == [["a", "b", "c"]]


def test_a_step_that_others_lead_to_begins_a_chain_of_its_own() -> None:
    moves = (
        follow("line", "a"),
        follow("a", "b"),
        press("main", "9", "b"),
        follow("b", "c"),
        follow("c", "main"),
    )
    assert _chains("line:entry a:say b:say c:say main:menu", *moves) == [["b", "c"]]


def test_the_system_deciding_something_ends_a_chain() -> None:
    moves = (
        follow("a", "open"),
        when("open", "office", "open", "b"),
        when("open", "office", "closed", "c"),
        follow("b", "d"),
    )
    assert _chains("a:say open:check b:say c:end d:say", *moves) == [["b", "d"]]


def test_where_a_fault_leads_is_kept() -> None:
    moves = (
        follow("a", "work"),
        move("a", "sorry", MoveKind.ERROR),
        follow("work", "main"),
        move("work", "bye", MoveKind.ERROR),
    )
    found = chains_folded(sketch(flow("a:say work:check main:menu sorry:say bye:end", *moves)))
    assert leads(found) == {("a", "main"), ("a", "sorry"), ("a", "bye")}


def test_a_ring_of_announcements_is_left_alone() -> None:
    moves = (follow("a", "b"), follow("b", "a"), follow("c", "d"))
    assert _chains("a:say b:say c:say d:say", *moves) == [["c", "d"]]


def test_what_is_unknown_is_not_mixed_with_what_is_said() -> None:
    moves = (follow("a", "b"), follow("b", "c"), follow("c", "d"))
    assert _chains("a:say b:unknown c:unknown d:say", *moves) == [["b", "c"]]
