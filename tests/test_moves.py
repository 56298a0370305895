"""The moves of a flow by the steps they join."""

from __future__ import annotations

import pytest

from ivrlint.flow import AT_ONCE, MoveKind, Prompt, StepKind
from ivrlint.moves import Moves
from tests.flows import flow, follow, move, overflow, press, wait, when

FLOW = flow(
    "line:entry main:menu sales:human box:voicemail main2:menu lost:say",
    follow("line", "main"),
    press("main", "2", "main2"),
    wait("main", "sales"),
    press("main", "1", "sales"),
    overflow("sales", "box"),
    move("main2", "box", MoveKind.ERROR),
    follow("lost", "main"),
)


def test_moves_out_of_and_into_a_step_are_in_file_order() -> None:
    moves = Moves(FLOW)
    assert moves.all == FLOW.moves
    assert moves.out("main") == [FLOW.moves[1], FLOW.moves[2], FLOW.moves[3]]
    assert moves.out("main", MoveKind.KEY) == [FLOW.moves[1], FLOW.moves[3]]
    assert moves.out("main", MoveKind.SILENCE, MoveKind.WRONG) == [FLOW.moves[2]]
    assert moves.into("sales") == [FLOW.moves[2], FLOW.moves[3]]
    assert moves.into("line") == []


def test_steps_by_kind_and_by_place_are_in_the_order_of_the_flow() -> None:
    copies = [step._replace(place="main") if step.id == "main2" else step for step in FLOW.steps]
    moves = Moves(FLOW._replace(steps=tuple(copies)))
    assert [step.id for step in moves.of_kind(StepKind.MENU, StepKind.ENTRY)] == ["line", "main", "main2"]
    assert [step.id for step in moves.of_place("main")] == ["main", "main2"]
    assert [step.id for step in moves.of_place("sales")] == ["sales"]


def test_what_lies_beyond_and_before_a_step() -> None:
    moves = Moves(FLOW)
    assert moves.reached == {"line", "main", "sales", "box", "main2"}
    assert moves.beyond(["lost", "sales"]) == {"lost", "main", "sales", "box", "main2"}
    assert moves.before(["sales"]) == {"line", "lost", "main", "sales"}
    assert moves.beyond(["line"], lambda each: each.kind is not MoveKind.KEY) == {
        "line",
        "main",
        "sales",
        "box",
    }
    assert moves.before(["box"], lambda each: each.kind is MoveKind.ERROR) == {"box", "main2"}


def test_what_is_no_flow_is_refused() -> None:
    twice = FLOW._replace(steps=(*FLOW.steps, FLOW.steps[2]))
    with pytest.raises(ValueError, match="two steps have the id 'sales'"):
        Moves(twice)
    for lost in (press("main", "3", "nowhere"), press("nowhere", "3", "main")):
        told = f"move '{lost.source}' -> '{lost.target}' leads to no step"
        with pytest.raises(ValueError, match=told):
            Moves(FLOW._replace(moves=(*FLOW.moves, lost)))


@pytest.mark.parametrize("kind", [kind for kind in MoveKind if kind is not MoveKind.WHEN])
def test_the_system_decides_alone_but_for_faults(kind: MoveKind) -> None:
    moves = when("main", "office", "open", "sales"), move("main", "sales", kind)
    some = flow("main:check sales:human", *moves)
    if kind in (MoveKind.NEXT, MoveKind.OVERFLOW, MoveKind.ERROR):
        assert len(Moves(some).out("main")) == 2
    else:
        with pytest.raises(ValueError, match="both the caller and the system decide at 'main'"):
            Moves(some)


def test_waits_in_which_nothing_asked_for_keys() -> None:
    """A choice, or somebody who served them, ends what callers were asked; silence does not."""
    made = flow(
        "line:entry main:menu sales:human again:menu quiet:check told:say music:say "
        "after:menu late:menu chosen:menu spoken:menu tuned:menu",
        follow("line", "main"),
        press("main", "1", "sales"),
        overflow("sales", "after"),
        wait("main", "quiet"),
        when("quiet", "x", "yes", "late"),
        press("main", "2", "chosen"),
        press("main", "3", "told"),
        follow("told", "spoken"),
        press("main", "4", "music"),
        follow("music", "tuned"),
        wait("after", "again"),
    )
    heard = (Prompt("", AT_ONCE, made.steps[0].span),)
    steps = []
    for step in made.steps:
        if step.id in ("again", "after", "late", "chosen", "spoken", "tuned"):
            step = step._replace(tags=frozenset({"unwritten"}))
        if step.kind is StepKind.SAY:
            step = step._replace(prompts=heard, tags=frozenset({"wordless"} if step.id == "music" else ()))
        steps.append(step)
    assert Moves(made._replace(steps=tuple(steps))).unasked == {"after", "again", "chosen", "tuned"}
    assert Moves(made).unasked == set()
