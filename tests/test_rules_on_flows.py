"""Rules on small flows: what only some formats can say, and the edges of what a rule speaks of."""

from __future__ import annotations

from typing import Any

from ivrlint.config import Settings
from ivrlint.finding import Severity, Violation
from ivrlint.flow import Duration, Flow, Listening, Move, MoveKind, Problem, ProblemKind, Prompt, StepKind
from ivrlint.net import Distance
from ivrlint.rules import (
    Context,
    Rule,
    ambiguous_keys,
    broken_promise,
    card_data_recorded,
    cul_de_sac,
    data_gate,
    dead_handler,
    duplicate_key,
    empty_menu,
)
from tests.flows import dial_each, enter, flow, follow, move, overflow, press, say, wait


def found(rule: Any, given: Flow, **settings: Any) -> list[Violation]:
    """What ``rule`` finds in ``given``."""
    checked: Rule = rule
    return list(checked.check(Context(given, Settings(**settings))))


def with_step(given: Flow, step: str, **changes: Any) -> Flow:
    """``given`` with one step changed."""
    return given._replace(steps=tuple(s._replace(**changes) if s.id == step else s for s in given.steps))


def written_at(given: Flow, step: str, again: str, **changes: Any) -> Flow:
    """``given`` with ``again`` and its moves written where ``step`` and its moves are."""
    spans = {each.id: each.span for each in given.steps}
    moves = iter([each.span for each in given.moves if each.source == step])
    placed = [each._replace(span=next(moves)) if each.source == again else each for each in given.moves]
    return with_step(given, again, span=spans[step], **changes)._replace(moves=tuple(placed))


def as_copies(given: Flow, step: str, *copies: str) -> Flow:
    """``given`` with ``copies`` of ``step``: the same menu, met in another state of the call."""
    for copy in copies:
        given = written_at(given, step, copy, name=step, place=step)
    return given


def saying(given: Flow, **texts: str) -> Flow:
    """``given`` with a prompt for each step named."""
    for step, text in texts.items():
        (span,) = (each.span for each in given.steps if each.id == step)
        given = with_step(given, step, prompts=(Prompt(text, Duration(), span),))
    return given


def names(violations: list[Violation]) -> list[str]:
    """The step or line that each speaks of."""
    return [(each.step or each.entry or LINE).name for each in violations]


LINE = flow("line:entry").steps[0]

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
    assert len(found(ambiguous_keys, written_at(some, "day", "night"))) == 1


# --- what rules are given


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


# --- IVR403 broken-promise

INVITED = "If you know your party's extension, you may dial it at any time. For an agent, press 0."


def _inviting(*menus: str) -> Flow:
    """A line to each of ``menus``, which all invite to dial an extension; 0 leads to an agent."""
    steps = [f"line-{menu}:entry {menu}:menu" for menu in menus]
    moves = [each for menu in menus for each in (follow(f"line-{menu}", menu), press(menu, "0", "agent"))]
    some = flow(" ".join([*steps, "agent:human"]), *moves)
    return saying(some, **{menu: f"{INVITED} {menu}." for menu in menus})


def test_an_invitation_is_told_once_for_each_menu_and_text() -> None:
    some = _inviting("day", "night")
    assert names(found(broken_promise, some)) == ["day", "night"]
    renamed = with_step(some, "night", name="day")
    assert names(found(broken_promise, renamed)) == ["day", "day"]
    same = with_step(renamed, "night", prompts=renamed.steps[1].prompts)
    assert names(found(broken_promise, same)) == ["day"]


def test_what_can_be_dialled_in_a_bot_is_not_known() -> None:
    assert found(broken_promise, with_step(_inviting("day"), "day", tags=frozenset({"bot"}))) == []


PROMISED = saying(
    flow(
        "line:entry main:menu agent:human box:voicemail lost:end",
        follow("line", "main"),
        press("main", "1", "agent"),
        press("main", "2", "lost"),
        press("main", "3", "box"),
    ),
    main="To speak to an agent, press 1. To speak to an agent, press 2. To speak to an agent, press 3.",
)


def test_a_promise_that_is_kept_or_leads_nowhere_does_not_hide_the_next() -> None:
    lost = Problem(ProblemKind.UNDEFINED_TARGET, "nothing is there", PROMISED.steps[4].span)
    (violation,) = found(broken_promise, PROMISED._replace(problems=(lost,)))
    assert violation.span == PROMISED.moves[3].span
    assert len(found(broken_promise, PROMISED)) == 2


# --- IVR601 card-data-recorded

RECORDED = with_step(
    with_step(
        flow(
            "line:entry rec:say card:ask agent:human",
            follow("line", "rec"),
            follow("rec", "card"),
            enter("card", 16, "agent"),
        ),
        "rec",
        tags=frozenset({"recording-on"}),
    ),
    "card",
    listening=Listening(sensitive="card"),
)


def test_a_secret_is_recorded_whether_an_ask_or_a_menu_takes_it() -> None:
    assert names(found(card_data_recorded, RECORDED)) == ["card"]
    assert names(found(card_data_recorded, with_step(RECORDED, "card", kind=StepKind.MENU))) == ["card"]
    assert found(card_data_recorded, with_step(RECORDED, "card", listening=Listening(sensitive="data"))) == []
    assert found(card_data_recorded, with_step(RECORDED, "card", listening=None)) == []


def test_a_recording_that_no_call_begins_records_nothing() -> None:
    elsewhere = RECORDED._replace(moves=(follow("line", "card"), *RECORDED.moves[1:]))
    assert found(card_data_recorded, elsewhere) == []


# --- IVR104 cul-de-sac


def test_out_of_a_cul_de_sac_an_option_to_the_people_most_options_lead_to_is_advised() -> None:
    some = flow(
        "line:entry main:menu prices:menu zoe:human agent:human gone:human bye:end",
        follow("line", "main"),
        press("main", "1", "prices"),
        press("main", "2", "zoe"),
        press("main", "3", "agent"),
        press("main", "4", "agent"),
        press("prices", "1", "bye"),
        *(follow("gone", "gone") for _ in range(5)),
    )
    (violation,) = found(cul_de_sac, some)
    assert violation.option is not None
    assert [violation.option.menu.name, violation.option.key, violation.option.target.name] == [
        "prices", "0", "agent",
    ]  # fmt: skip


# --- IVR109 data-gate


def test_a_gate_is_where_the_data_are_asked_first_and_is_told_for_all_its_lines() -> None:
    some = flow(
        "old:entry new:entry hello:say account:ask pin:ask agent:human",
        follow("old", "hello"),
        follow("new", "hello"),
        follow("hello", "account"),
        enter("account", 6, "pin"),
        enter("pin", 4, "agent"),
    )
    (violation,) = found(data_gate, some)
    assert violation.message.endswith("without typing data first, at account")
    account, new = some.steps[3].span, some.steps[1].span
    assert violation.related == (("account asks for data", account), ("new comes the same way", new))


def test_digits_without_an_upper_bound_are_data_and_one_or_two_are_a_choice() -> None:
    some = flow("line:entry card:ask agent:human", follow("line", "card"), enter("card", 2, "agent"))
    for most, expected in ((None, 1), (3, 1), (2, 0)):
        asked = with_step(some, "card", listening=Listening(most=most))
        assert len(found(data_gate, asked)) == expected


# --- IVR208 dead-handler


def test_a_handler_that_nothing_leads_to_can_never_run() -> None:
    some = flow("line:entry sales:human late:say", follow("line", "sales"), follow("late", "sales"))
    (violation,) = found(dead_handler, with_step(some, "late", tags=frozenset({"handler"})))
    assert violation.message == "late can never run"
    assert violation.hint.startswith("delete it, or lead there")


def test_of_two_equal_waits_none_is_too_late() -> None:
    full = [overflow("sales", "box")._replace(heard=Duration(9000)) for _ in range(2)]
    some = flow("line:entry sales:human box:voicemail", follow("line", "sales"), *full)
    assert found(dead_handler, some) == []
    later = full[1]._replace(heard=Duration(9001))
    assert names(found(dead_handler, some._replace(moves=(*some.moves[:2], later)))) == ["sales"]


# --- IVR301 duplicate-key


def test_every_further_target_of_a_key_is_told_once_for_all_copies() -> None:
    keys = [(key, target) for key in "12" for target in ("a", "b", "c")]
    some = flow(
        "line:entry m:menu n:menu a:human b:human c:human",
        follow("line", "m"),
        follow("line", "n"),
        *(press(menu, key, target) for menu in "mn" for key, target in keys),
        press("n", "3", "a"),
        press("n", "3", "b"),
    )
    extra = some.moves[-2:]
    copied = as_copies(some._replace(moves=some.moves[:-2]), "m", "n")
    violations = found(duplicate_key, copied._replace(moves=(*copied.moves, *extra)))
    assert [each.message for each in violations] == [
        "in m key 1 leads to a and to b",
        "in m key 1 leads to a and to c",
        "in m key 2 leads to a and to b",
        "in m key 2 leads to a and to c",
        "in m key 3 leads to a and to b",
    ]


def test_each_key_of_a_pattern_is_told() -> None:
    moves = [press("m", "1", target)._replace(label="1-2") for target in ("a", "b")]
    some = flow("line:entry m:menu a:human b:human", follow("line", "m"), *moves)
    assert [each.message for each in found(duplicate_key, some)] == [
        "in m key 1 leads to a and to b",
        "in m key 2 leads to a and to b",
    ]


# --- IVR308 empty-menu


def test_a_menu_offers_what_is_pressed_said_or_dialled() -> None:
    steps = "line:entry main:menu agent:human other:say"
    for offered in (press("main", "1", "agent"), say("main", "agent", "agent"), enter("main", 3, "agent")):
        assert found(empty_menu, flow(steps, follow("line", "main"), offered)) == []
    assert found(empty_menu, flow(steps, follow("line", "main"), *dial_each("main", agent="404"))) == []
    assert names(found(empty_menu, flow(steps, follow("line", "main"), wait("main", "agent")))) == ["main"]


def test_keys_that_do_what_silence_does_are_offered_all_the_same() -> None:
    keys = [press("main", key, "other") for key in "123"]
    some = flow("line:entry main:menu other:say", follow("line", "main"), *keys, wait("main", "other"))
    here = some.moves[1].span
    same = [each._replace(span=here) if each.kind is MoveKind.KEY else each for each in some.moves]
    assert found(empty_menu, some._replace(moves=tuple(same))) == []
