"""What rules are given."""

from __future__ import annotations

from ivrlint.config import Settings
from ivrlint.flow import Duration, MoveKind, StepKind
from ivrlint.net import Distance
from ivrlint.rules import (
    Context,
)
from tests.flows import flow, follow, move, press, wait, when
from tests.rules.judged import ELSEWHERE, with_step


def test_a_context_counts_and_times_as_the_settings_say() -> None:
    spoken = move("main", "agent", MoveKind.DIGITS, keypresses=6, heard=Duration(words=2))
    some = flow(
        "line:entry main:ask side:menu last:menu agent:human",
        follow("line", "main"),
        spoken,
        wait("main", "side", 0),
        press("side", "1", "last"),
        press("last", "1", "agent"),
    )
    entries = Context(some, Settings(measure="entries", words_per_minute=120))
    assert entries.routes.best("line") == Distance(6, 1, 1000, 2)
    assert entries.graph.edges["main", "agent", 1]["ms"] == 1000
    assert Context(some, Settings()).routes.best("line") == Distance(2, 2, 0, 4)


def test_what_is_assumed_holds_for_the_routes_of_a_context() -> None:
    some = flow(
        "line:entry office:check agent:human bye:end",
        follow("line", "office"),
        when("office", "office", "open", "agent"),
        when("office", "office", "closed", "bye"),
    )
    assert Context(some, Settings()).routes.best("line") is not None
    assert Context(some, Settings(assume={"office": "closed"})).routes.best("line") is None


def test_steps_go_together_that_are_written_in_one_place_or_have_one_name_in_one_file() -> None:
    some = flow("a:menu b:menu c:menu d:menu e:menu f:ask")
    first = some.steps[0].span
    some = with_step(some, "b", span=first)  # a copy of a
    some = with_step(some, "c", name="a")  # another part of a
    some = with_step(some, "d", name="a", span=ELSEWHERE)
    places = Context(some, Settings()).places(StepKind.MENU, within={"a", "b", "c", "d", "e"})
    assert [[step.id for step in group] for group in places] == [["a", "b", "c"], ["d"], ["e"]]
    (alone,) = Context(some, Settings()).places(StepKind.MENU, StepKind.ASK, within={"f"})
    assert [step.id for step in alone] == ["f"]
