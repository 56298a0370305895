"""Rules on small flows: what only some formats can say, and the edges of what a rule speaks of."""

from __future__ import annotations

from typing import Any

from ivrlint.config import Settings
from ivrlint.finding import Severity, Violation
from ivrlint.flow import Duration, Flow, Listening, Move, MoveKind
from ivrlint.rules import Context, Rule, ambiguous_keys
from tests.flows import dial_each, flow, follow, move, press


def found(rule: Any, given: Flow, **settings: Any) -> list[Violation]:
    """What ``rule`` finds in ``given``."""
    checked: Rule = rule
    return list(checked.check(Context(given, Settings(**settings))))


def with_step(given: Flow, step: str, **changes: Any) -> Flow:
    """``given`` with one step changed."""
    return given._replace(steps=tuple(s._replace(**changes) if s.id == step else s for s in given.steps))


def as_copies(given: Flow, step: str, copy: str) -> Flow:
    """``given`` with ``copy`` written where ``step`` is, and its moves where those of ``step`` are, in order."""
    spans = {each.id: each.span for each in given.steps}
    written = [each.span for each in given.moves if each.source == step]
    again = iter(written)
    moves = [each._replace(span=next(again)) if each.source == copy else each for each in given.moves]
    return with_step(given, copy, span=spans[step])._replace(moves=tuple(moves))


# --- IVR302 ambiguous-keys


def _slow(source: str, key: str, target: str, ms: int, label: str = "") -> Move:
    return move(source, target, MoveKind.KEY, keys=key, keypresses=1, label=label, heard=Duration(ms))


EXTENSIONS = with_step(
    flow(
        "line:entry main:menu sales:human agent:human",
        follow("line", "main"),
        _slow("main", "4", "sales", 3000),
        _slow("main", "5", "agent", 0),
        *dial_each("main", agent="404"),
    ),
    "main",
    listening=Listening(pause_ms=3000),
)


def test_a_key_that_waits_for_an_extension_is_mildly_ambiguous() -> None:
    (violation,) = found(ambiguous_keys, EXTENSIONS)
    assert violation.message == "in main key 4 waits for 3 s: an extension that can be dialled begins with it"
    assert violation.span == EXTENSIONS.moves[1].span
    assert violation.severity is Severity.INFO
    assert found(ambiguous_keys, EXTENSIONS, rules={"IVR302": {"extensions": False}}) == []


def test_a_key_waits_for_extensions_only_where_some_can_be_dialled_and_the_digit_timeout_is_known() -> None:
    none = EXTENSIONS._replace(moves=EXTENSIONS.moves[:-1])
    assert found(ambiguous_keys, none) == []
    assert found(ambiguous_keys, with_step(EXTENSIONS, "main", listening=Listening())) == []
    assert found(ambiguous_keys, with_step(EXTENSIONS, "main", listening=None)) == []


def test_all_keys_of_a_pattern_wait_and_a_key_that_begins_another_option_is_told_as_that() -> None:
    moves = [
        follow("line", "main"),
        _slow("main", "4", "sales", 2500, label="4-6"),
        _slow("main", "7", "sales", 2500),
        _slow("main", "70", "sales", 0),
        *dial_each("main", agent="404"),
    ]
    some = flow("line:entry main:menu sales:human agent:human", *moves)
    short, dialled = found(ambiguous_keys, with_step(some, "main", listening=Listening(pause_ms=2500)))
    assert short.message == "in main key 7 waits for 2.5 s: a longer option begins with it"
    assert short.severity is None
    assert dialled.message == (
        "in main each of the keys 4, 5, 6 waits for 2.5 s: an extension that can be dialled begins with it"
    )


def test_a_menu_that_two_places_share_is_told_once() -> None:
    some = flow(
        "line:entry office:check day:menu night:menu sales:human",
        follow("line", "office"),
        follow("office", "day"),
        follow("office", "night"),
        press("day", "1", "sales"),
        press("day", "12", "sales"),
        press("night", "1", "sales"),
        press("night", "12", "sales"),
    )
    assert len(found(ambiguous_keys, some)) == 2
    assert len(found(ambiguous_keys, as_copies(some, "day", "night"))) == 1
