"""Rules on small flows: what only some formats can say, and the edges of what a rule speaks of."""

from __future__ import annotations

from typing import Any

import pytest

from ivrlint.config import Settings
from ivrlint.finding import Severity, Violation
from ivrlint.flow import Duration, Flow, Listening, Move, MoveKind, Problem, ProblemKind, Prompt, StepKind
from ivrlint.net import Distance
from ivrlint.rules import (
    Context,
    Rule,
    advert_before_choice,
    ambiguous_keys,
    best_customers_wait,
    broken_promise,
    card_data_recorded,
    cul_de_sac,
    data_gate,
    dead_handler,
    duplicate_key,
    empty_menu,
    endless_retry,
    hangs_up_on_error,
    human_unknown,
    inconsistent_key,
    key_before_action,
    keys_out_of_order,
    long_prompt,
    no_keys_for_speech,
    no_prompt,
    no_repeat,
    not_guaranteed,
    pointless_menu,
    premium_transfer,
    promised_key_missing,
    queue_cut_off,
    same_target,
    short_timeout,
    silent_handover,
    slow_to_human,
    too_many_keypresses,
    too_many_options,
    trapped,
    unhandled_fault,
    unreachable_step,
    unspoken_key,
)
from ivrlint.source import Source
from tests.flows import dial_each, enter, flow, follow, move, overflow, press, say, wait, when, wrong


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
ELSEWHERE = Source("other.ivr", "menu\n").span(0, 4)

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


def test_the_wait_for_an_extension_comes_after_the_words_that_name_the_key() -> None:
    named = with_step(
        EXTENSIONS, "main", prompts=(Prompt("Press 4 for sales.", Duration(words=4), ELSEWHERE),)
    )
    assert found(ambiguous_keys, named) == []  # the key counts before it is named
    moves = [each._replace(heard=Duration(3000, 2)) if each.keys == "4" else each for each in named.moves]
    assert len(found(ambiguous_keys, named._replace(moves=tuple(moves)))) == 1


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


# --- IVR107 best-customers-wait


def test_the_best_customers_wait_only_for_people_that_are_there() -> None:
    some = flow(
        "line:entry main:menu agent:human box:voicemail", follow("line", "main"), press("main", "1", "agent")
    )
    some = with_step(some, "line", tags=frozenset({"priority"}))
    assert names(found(best_customers_wait, some)) == ["line"]
    assert found(best_customers_wait, with_step(some, "line", tags=frozenset())) == []
    nobody = some._replace(moves=(some.moves[0], press("main", "1", "box")))
    assert found(best_customers_wait, nobody) == []


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
    same = saying(renamed, day=INVITED, night=INVITED)
    assert names(found(broken_promise, same)) == ["day"]
    assert names(found(broken_promise, saying(some, day=INVITED, night=INVITED))) == ["day", "night"]
    (prompt,) = same.steps[3].prompts
    elsewhere = with_step(same, "night", prompts=(prompt._replace(span=ELSEWHERE),))
    assert names(found(broken_promise, elsewhere)) == ["day", "day"]


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


# --- IVR407 advert-before-choice


def test_adverts_on_every_line_are_told() -> None:
    some = flow(
        "old:entry new:entry a:say b:say m:menu c:say q:human",
        follow("old", "a"),
        follow("a", "m"),
        follow("new", "b"),
        follow("b", "m"),
        press("m", "1", "c"),
        follow("c", "q"),
    )
    for step in "abc":
        some = with_step(some, step, tags=frozenset({"advert"}))
    assert [each.message for each in found(advert_before_choice, some)] == [
        "a is advertising before callers can choose",
        "b is advertising before callers can choose",
        "c is advertising while callers wait for people",
    ]


# --- IVR205 endless-retry and IVR204 hangs-up-on-error: handlers that menus share


def _two_menus(*moves: Move) -> Flow:
    """Menus a and b of one line, with a human behind 0 of each."""
    return flow(
        "line:entry a:menu b:menu q:human bye:end",
        follow("line", "a"),
        press("a", "0", "q"),
        press("a", "1", "b"),
        press("b", "0", "q"),
        press("b", "1", "a"),
        *moves,
    )


def test_a_retry_handler_that_menus_share_is_told_once() -> None:
    some = _two_menus(wait("a", "a"), wait("b", "b"))
    assert names(found(endless_retry, some)) == ["a", "b"]
    shared = some._replace(moves=(*some.moves[:-1], some.moves[-1]._replace(span=some.moves[-2].span)))
    assert names(found(endless_retry, shared)) == ["a"]


def test_a_handler_that_cuts_off_is_told_with_all_its_menus() -> None:
    some = _two_menus(wait("a", "bye"), wait("b", "bye"))
    assert [each.message for each in found(hangs_up_on_error, some)] == [
        "callers who keep silent in a are cut off",
        "callers who keep silent in b are cut off",
    ]
    shared = some._replace(moves=(*some.moves[:-1], some.moves[-1]._replace(span=some.moves[-2].span)))
    assert [each.message for each in found(hangs_up_on_error, shared)] == [
        "callers who keep silent in a (and in 1 other place) are cut off"
    ]


def test_all_handlers_of_a_menu_that_cut_off_are_one_finding() -> None:
    some = _two_menus(wait("a", "bye"), wrong("a", 3, "bye"))
    (violation,) = found(hangs_up_on_error, some)
    assert violation.message == "callers who keep silent or press a wrong key in a are cut off"
    assert violation.span == some.moves[-2].span
    assert violation.related == (("cut off here, too", some.moves[-1].span),)


def test_a_bot_does_not_understand() -> None:
    some = _two_menus(wrong("a", 3, "bye"))
    (violation,) = found(hangs_up_on_error, with_step(some, "a", tags=frozenset({"bot"})))
    assert violation.message == "callers who are not understood in a are cut off"


# --- IVR103 human-unknown


def test_the_first_three_unknown_steps_are_named_by_what_could_not_be_told() -> None:
    some = flow(
        "line:entry m:menu a:unknown b:unknown c:unknown d:unknown",
        follow("line", "m"),
        *(press("m", key, step) for key, step in zip("1234", "abcd", strict=True)),
    )
    (violation,) = found(human_unknown, with_step(some, "a", detail="AGI(call.py)"))
    assert violation.message.endswith("it depends on a, b, c")
    assert [word for word, _ in violation.related] == ["AGI(call.py)", "b", "c"]


# --- IVR305 inconsistent-key


def _sharing(key: str, target: str) -> Flow:
    """Menus a and b, in which ``key`` leads to people, and c, in which it leads to ``target``."""
    steps = "line:entry a:menu b:menu c:menu q:human p:human box:voicemail cb:callback n:ask x:menu bye:end"
    moves = [press("a", key, "q"), press("b", key, "q"), press("c", key, target)]
    return flow(steps, follow("line", "a"), press("a", "1", "b"), press("b", "1", "c"), *moves)


def test_a_key_for_people_means_something_else_where_it_leads_to_a_question_or_a_message() -> None:
    for target in ("box", "cb", "n", "x"):
        assert names(found(inconsistent_key, _sharing("9", target))) == ["c"], target
    for target in ("q", "p", "bye"):
        assert found(inconsistent_key, _sharing("9", target)) == []


@pytest.mark.parametrize("key", "09*#")
def test_a_global_key_is_told_with_what_it_means_elsewhere(key: str) -> None:
    some = _sharing(key, "box")
    (violation,) = found(inconsistent_key, some)
    assert violation.message == f"key {key} leads to people in 2 menus, but not in c"
    assert violation.related == (("what it means in a", some.moves[3].span),)
    assert found(inconsistent_key, some, rules={"IVR305": {"menus": 3}}) == []
    assert found(inconsistent_key, _sharing("8", "box")) == []


def test_a_key_that_leads_back_means_something_else_where_it_does_not() -> None:
    some = flow(
        "line:entry main:menu a:menu b:menu c:menu s:say far:menu q:human",
        follow("line", "main"),
        *(press("main", key, menu) for key, menu in zip("123", "abc", strict=True)),
        press("a", "*", "main"),
        press("b", "*", "s"),
        follow("s", "b"),
        press("c", "*", "far"),
        press("far", "1", "q"),
    )
    (violation,) = found(inconsistent_key, some)
    assert violation.message == "key * leads back to a menu in 2 menus, but not in c"
    far = some._replace(moves=(*some.moves, press("far", "2", "s"), press("b", "3", "c")))
    assert found(inconsistent_key, far) == []


# --- IVR404 key-before-action


def test_keys_before_actions_are_told_where_there_are_options_to_tell_apart() -> None:
    some = flow(
        "line:entry one:menu main:menu a:human b:human",
        follow("line", "one"),
        press("one", "1", "main"),
        press("main", "1", "a"),
        press("main", "2", "b"),
    )
    words = "Press 1 for billing. Press 2 for sales. Press 3 for the shop."
    (violation,) = found(key_before_action, saying(some, one="Press 1 for billing.", main=words))
    assert violation.message.startswith("main names keys 1, 2 before what they are for")


def test_one_key_before_its_action_is_told_as_one() -> None:
    some = flow("line:entry m:menu a:human", follow("line", "m"), press("m", "1", "a"), press("m", "2", "a"))
    (violation,) = found(key_before_action, saying(some, m="Press 1 for billing."))
    assert violation.message == 'm names key 1 before what it is for ("1 for billing")'


def test_a_prompt_that_menus_share_is_told_once() -> None:
    some = flow(
        "line:entry hello:say main:menu later:menu a:human b:human",
        follow("line", "hello"),
        follow("hello", "main"),
        *(press(menu, key, to) for menu in ("main", "later") for key, to in (("1", "a"), ("2", "b"))),
        press("main", "3", "later"),
    )
    said = saying(some, main="Press 1 for billing. Press 2 for sales.")
    assert names(found(key_before_action, said)) == ["main"]
    both = with_step(said, "later", prompts=said.steps[2].prompts)
    assert names(found(key_before_action, both)) == ["main"]
    own = saying(said, later="Press 1 for billing. Press 2 for sales.")
    assert names(found(key_before_action, own)) == ["main", "later"]


# --- IVR304 keys-out-of-order


def test_the_order_of_keys_is_judged_once_a_menu_and_without_those_that_are_exempt() -> None:
    some = flow(
        "line:entry night:entry hello:say bye:say main:menu a:human",
        follow("line", "hello"),
        follow("hello", "main"),
        follow("night", "bye"),
        follow("bye", "main"),
        *(press("main", key, "a") for key in ("1", "2", "3", "12", "0")),
    )
    words = "For an agent, press 0. For billing, press 1. For sales, press 2. For the shop, press 12."
    assert found(keys_out_of_order, saying(some, main=words)) == []
    swapped = "For sales, press 2. For billing, press 1. For an agent, press 0."
    (violation,) = found(keys_out_of_order, saying(some, main=swapped, hello="Hello.", bye="Hi."))
    assert violation.message == "main names its keys in the order 2, 1"
    assert violation.span == some.steps[4].span
    judged = {"IVR304": {"exempt": ["1"]}}
    (violation,) = found(keys_out_of_order, saying(some, main=words), rules=judged)
    assert violation.message == "main names its keys in the order 0, 2"


# --- IVR405 long-prompt


def _speaking(ms: int, **how: Any) -> Flow:
    some = flow("line:entry main:menu q:human", follow("line", "main"), press("main", "1", "q"))
    return with_step(some, "main", prompts=(Prompt("Hello", Duration(ms, **how), some.steps[1].span),))


def test_a_prompt_is_long_past_the_limit() -> None:
    assert found(long_prompt, _speaking(30_000)) == []
    (violation,) = found(long_prompt, _speaking(30_001))
    assert violation.message == "main plays for 30 s (limit 30 s)"
    (violation,) = found(long_prompt, _speaking(600_000, exact=False))
    assert violation.message == "main plays for at least 600 s (limit 30 s)"
    assert found(long_prompt, _speaking(0, words=75)) == []
    assert len(found(long_prompt, _speaking(0, words=75), words_per_minute=120)) == 1
    assert len(found(long_prompt, _speaking(9001), rules={"IVR405": {"most": 9}})) == 1
    assert len(found(long_prompt, with_step(_speaking(30_001), "main", kind=StepKind.ASK))) == 1


def test_the_longest_copy_of_a_step_is_told_and_a_step_written_once_is_told_once() -> None:
    some = _speaking(40_000)
    steps = (*some.steps, some.steps[1]._replace(id="copy", prompts=_speaking(50_000).steps[1].prompts))
    both = some._replace(steps=steps, moves=(*some.moves, press("main", "2", "copy")))
    (violation,) = found(long_prompt, both)
    assert violation.message == "main plays for 50 s (limit 30 s)"
    assert len(found(long_prompt, with_step(both, "copy", place="elsewhere"))) == 1


def test_the_key_that_breaks_the_order_is_told_where_it_is_named() -> None:
    some = flow("line:entry m:menu a:human", follow("line", "m"), press("m", "1", "a"), press("m", "2", "a"))
    first, second = some.steps[0].span, some.steps[2].span
    prompts = (
        Prompt("For sales, press 2.", Duration(), first),
        Prompt("For billing, press 1.", Duration(), second),
    )
    (violation,) = found(keys_out_of_order, with_step(some, "m", prompts=prompts))
    assert violation.span == second


# --- IVR309 no-keys-for-speech


def test_what_can_be_said_needs_a_key_for_the_same_place_in_every_menu_but_a_bot() -> None:
    some = flow(
        "line:entry m:menu a:human b:human c:human",
        follow("line", "m"),
        press("m", "1", "a"),
        say("m", "billing", "a"),
        say("m", "sales", "b"),
        say("m", "shop", "c"),
        *dial_each("m", c="404"),
    )
    assert [each.message for each in found(no_keys_for_speech, some)] == [
        'in m "sales" can only be spoken',
        'in m "shop" can only be spoken',
    ]
    assert found(no_keys_for_speech, with_step(some, "m", tags=frozenset({"bot"}))) == []
    one = some.moves[3].span
    written_once = some._replace(moves=(*some.moves[:4], some.moves[4]._replace(span=one)))
    assert len(found(no_keys_for_speech, written_once)) == 1


def test_a_bot_does_not_hide_the_menus_after_it() -> None:
    some = flow(
        "line:entry bot:menu m:menu a:human",
        follow("line", "bot"),
        press("bot", "1", "m"),
        say("m", "sales", "a"),
    )
    assert names(found(no_keys_for_speech, with_step(some, "bot", tags=frozenset({"bot"})))) == ["m"]


# --- IVR406 no-prompt


def test_something_is_heard_if_it_is_played_on_a_way_that_a_call_may_take() -> None:
    some = flow(
        "line:entry a:say b:say m:menu q:human lost:say",
        follow("line", "a"),
        follow("a", "b"),
        follow("b", "m"),
        follow("b", "a"),
        press("m", "1", "q"),
        follow("lost", "m"),
    )
    assert names(found(no_prompt, some)) == ["m"]
    assert found(no_prompt, saying(some, a="Hello.")) == []
    assert names(found(no_prompt, saying(some, lost="Hello."))) == ["m"]
    assert names(found(no_prompt, saying(some, q="Hello."))) == ["m"]
    assert found(no_prompt, with_step(some, "a", kind=StepKind.UNKNOWN)) == []


def test_what_was_played_before_the_last_key_is_not_heard() -> None:
    some = flow(
        "line:entry first:menu m:menu q:human",
        follow("line", "first"),
        press("first", "1", "m"),
        press("m", "1", "q"),
    )
    assert names(found(no_prompt, saying(some, first="For sales, press 1."))) == ["m"]


# --- IVR307 no-repeat


def test_menus_with_keys_and_without_a_repeat_are_told_once_where_they_are_written() -> None:
    some = flow(
        "line:entry voice:menu a:menu b:menu q:human",
        follow("line", "voice"),
        say("voice", "go on", "a"),
        press("a", "1", "b"),
        press("b", "1", "q"),
    )
    assert names(found(no_repeat, some)) == ["a", "b"]
    assert names(found(no_repeat, written_at(some, "a", "b"))) == ["a"]
    again = flow("line:entry a:menu s:say", follow("line", "a"), press("a", "9", "s"), follow("s", "a"))
    assert found(no_repeat, again) == []


# --- IVR110 not-guaranteed


def _closing(*moves: Move, tag: str = "hours") -> Flow:
    some = flow(
        "line:entry office:check main:menu holiday:check q:human bye:end",
        when("office", "office", "open", "main"),
        press("main", "1", "q"),
        *moves,
    )
    return with_step(with_step(some, "office", tags=frozenset({tag})), "holiday", tags=frozenset({tag}))


def test_an_outcome_that_leaves_nothing_is_told_where_another_leaves_something() -> None:
    closed = when("office", "office", "closed", "bye")
    (violation,) = found(not_guaranteed, _closing(follow("line", "office"), closed))
    assert violation.step is not None
    assert violation.step.name == "office"
    assert found(not_guaranteed, _closing(follow("line", "office"), closed, tag="other")) == []
    never = [when("holiday", "holiday", day, "bye") for day in ("yes", "no")]
    nested = _closing(follow("line", "office"), when("office", "office", "closed", "holiday"), *never)
    assert [each.span for each in found(not_guaranteed, nested)] == [nested.moves[3].span]


def test_an_outcome_that_only_the_silent_meet_is_not_judged() -> None:
    late = [follow("line", "main"), wait("main", "holiday"), when("holiday", "day", "yes", "q")]
    assert found(not_guaranteed, _closing(*late, when("holiday", "day", "no", "bye"))) == []


def test_all_outcomes_that_lead_to_one_place_are_one_finding() -> None:
    closed = [when("office", "office", each, "bye") for each in ("closed", "holiday")]
    some = _closing(follow("line", "office"), *closed)
    (violation,) = found(not_guaranteed, some)
    assert violation.span == some.moves[3].span
    assert [span for _, span in violation.related] == [some.moves[4].span]


# --- IVR306 pointless-menu


def _one_option(*moves: Move) -> list[str]:
    steps = "line:entry m:menu a:human b:human bye:end s:say"
    return names(found(pointless_menu, flow(steps, follow("line", "m"), press("m", "1", "a"), *moves)))


def test_a_menu_of_one_key_is_pointless_if_nothing_else_leads_anywhere_else() -> None:
    assert _one_option() == ["m"]
    assert _one_option(wait("m", "a")) == ["m"]
    assert _one_option(wait("m", "bye")) == ["m"]
    assert _one_option(wait("m", "s"), follow("s", "m")) == ["m"]
    assert _one_option(move("m", "b", MoveKind.ERROR)) == ["m"]
    assert _one_option(wait("m", "b")) == []
    assert _one_option(press("m", "2", "b")) == []
    assert _one_option(say("m", "sales", "b")) == []
    assert _one_option(*dial_each("m", a="404")) == []


def test_the_copies_of_a_pointless_menu_are_judged_each_by_its_own_option() -> None:
    some = flow(
        "line:entry m:menu n:menu a:human b:human",
        follow("line", "m"),
        follow("line", "n"),
        press("m", "1", "a"),
        wait("m", "a"),
        press("n", "1", "b"),
        wait("n", "b"),
    )
    assert names(found(pointless_menu, as_copies(some, "m", "n"))) == ["m"]
    assert names(found(pointless_menu, some)) == ["m", "n"]


# --- IVR603 premium-transfer


def test_a_charged_number_is_told_with_the_first_free_line_that_leads_there() -> None:
    some = flow(
        "other:entry paid:entry free:entry q:human p:human",
        follow("other", "p"),
        follow("paid", "q"),
        follow("free", "q"),
    )
    free = frozenset({"toll-free"})
    some = with_step(with_step(some, "other", tags=free), "free", tags=free)
    for cost in ("premium", "charged"):
        (violation,) = found(premium_transfer, with_step(some, "q", tags=frozenset({cost})))
        assert violation.message == f"free is free, and q hands its callers to a {cost} number"
        assert violation.related == (("the free line", some.steps[2].span),)
    assert found(premium_transfer, some) == []


# --- IVR401 promised-key-missing


def test_a_key_is_not_missing_where_it_ends_the_input_or_no_key_is_offered() -> None:
    some = flow("line:entry m:menu a:human", follow("line", "m"), press("m", "1", "a"))
    said = saying(some, m="For billing, press 1. For sales, press #.")
    (violation,) = found(promised_key_missing, said)
    assert violation.message == 'm says to press # ("For sales"), but there is no #'
    assert violation.related == ()
    assert found(promised_key_missing, with_step(said, "m", listening=Listening(terminator="#"))) == []
    assert len(found(promised_key_missing, with_step(said, "m", listening=Listening()))) == 1
    spoken = said._replace(moves=(said.moves[0], say("m", "billing", "a")))
    assert found(promised_key_missing, spoken) == []


def test_one_missing_key_is_none_where_any_other_key_leads_on() -> None:
    steps = "line:entry m:menu a:human bye:end"
    for last, expected in (
        (wrong("m", 1, "a"), 0),
        (wrong("m", 2, "a"), 1),
        (wrong("m", 1, "m"), 1),
        (wrong("m", 1, "bye"), 1),
    ):
        some = flow(steps, follow("line", "m"), press("m", "1", "a"), last)
        said = saying(some, m="For billing, press 1. For sales, press 2.")
        assert len(found(promised_key_missing, said)) == expected
    both = saying(some, m="For billing, press 1. For sales, press 2. For the shop, press 3.")
    assert len(found(promised_key_missing, both)) == 2


# --- IVR206 queue-cut-off


def test_people_who_are_waited_for_cut_callers_off_in_every_way_that_is_told() -> None:
    full = [overflow("q", "bye"), overflow("q", "bye")._replace(label="")]
    some = flow("line:entry q:human bye:end box:voicemail", follow("line", "q"), *full)
    assert found(queue_cut_off, some) == []
    for tag in ("queue", "person", "transfer"):
        (violation,) = found(queue_cut_off, with_step(some, "q", tags=frozenset({tag})))
        assert violation.message == "callers to q are cut off if nobody takes them (full)"
        assert violation.related == (("cut off here, too", some.moves[2].span),)
    queue = with_step(some, "q", tags=frozenset({"queue"}))
    unsure = [each._replace(heard=Duration(exact=False)) for each in queue.moves]
    assert found(queue_cut_off, queue._replace(moves=tuple(unsure))) == []
    assert found(queue_cut_off, queue._replace(moves=(some.moves[0], overflow("q", "box")))) == []


# --- IVR507 same-target


def test_options_with_one_target_are_told_if_they_are_so_in_every_copy() -> None:
    some = flow(
        "line:entry m:menu n:menu a:human b:human",
        follow("line", "m"),
        follow("line", "n"),
        press("m", "1", "a"),
        press("m", "2", "a"),
        press("n", "1", "a"),
        press("n", "2", "a"),
    )
    assert [each.message for each in found(same_target, as_copies(some, "m", "n"))] == [
        "1 and 2 of m both lead to a"
    ]
    apart = some._replace(moves=(*some.moves[:-1], press("n", "2", "b")))
    assert found(same_target, as_copies(apart, "m", "n")) == []


# --- IVR310 short-timeout


def _waiting(*timeouts: int | None) -> Flow:
    """A menu in as many copies as there are timeouts."""
    ids = [f"m{number}" for number in range(len(timeouts))]
    moves = [each for id_ in ids for each in (follow("line", id_), press(id_, "1", "q"))]
    some = flow(" ".join(["line:entry", *(f"{id_}:menu" for id_ in ids), "q:human"]), *moves)
    for id_, timeout in zip(ids, timeouts, strict=True):
        some = with_step(some, id_, listening=Listening(timeout_ms=timeout))
    return as_copies(some, *ids)


def test_a_first_key_must_be_waited_for_five_seconds_in_some_copy() -> None:
    assert len(found(short_timeout, _waiting(4999))) == 1
    assert found(short_timeout, _waiting(5000)) == []
    assert found(short_timeout, _waiting(2000, 5000)) == []
    (violation,) = found(short_timeout, _waiting(2000, 3500))
    assert violation.message == "m0 waits 3.5 s for the first key"
    assert found(short_timeout, _waiting(2000, None)) == []
    assert len(found(short_timeout, _waiting(100))) == 1
    assert found(short_timeout, _waiting(99)) == []  # a look whether something was pressed before
    assert found(short_timeout, with_step(_waiting(2000), "m0", listening=None)) == []
    assert len(found(short_timeout, with_step(_waiting(2000), "m0", kind=StepKind.ASK))) == 1
    assert found(short_timeout, _waiting(2000), rules={"IVR310": {"floor": 2}}) == []


def test_a_short_timeout_that_is_no_more_than_a_pause_is_none_and_hides_no_other() -> None:
    some = flow(
        "line:entry m:menu s:say n:menu q:human",
        follow("line", "m"),
        press("m", "1", "q"),
        wait("m", "s"),
        follow("s", "n"),
        press("n", "1", "q"),
        wait("n", "q"),
    )
    for menu in "mn":
        some = with_step(some, menu, listening=Listening(timeout_ms=2000))
    assert names(found(short_timeout, some)) == ["n"]


# --- IVR111 silent-handover


def _handing(how: Move, *moves: Move) -> Flow:
    return flow("line:entry m:menu c:check q:human box:voicemail", follow("line", "m"), how, *moves)


def test_a_handover_is_silent_if_nothing_is_said_from_the_choice_on() -> None:
    chosen = when("c", "agents", "free", "q")
    for how in (press("m", "1", "c"), say("m", "agent", "c")):
        some = _handing(how, chosen)
        assert names(found(silent_handover, some)) == ["q"]
        assert found(silent_handover, saying(some, c="One moment.")) == []
        assert found(silent_handover, saying(some, q="Please hold.")) == []
        assert found(silent_handover, with_step(some, "q", tags=frozenset({"announced"}))) == []
    assert found(silent_handover, _handing(wait("m", "c"), chosen)) == []
    assert found(silent_handover, _handing(enter("m", 4, "c"), chosen)) == []


def test_who_has_left_a_message_is_served_already() -> None:
    some = flow(
        "line:entry box:voicemail m:menu q:human",
        follow("line", "box"),
        follow("box", "m"),
        press("m", "1", "q"),
    )
    assert found(silent_handover, some) == []


# --- IVR108 slow-to-human


def test_a_line_is_slow_past_the_limit_and_lines_with_one_first_step_are_told_together() -> None:
    for ms, expected in ((45_000, 0), (45_001, 1)):
        some = flow("old:entry new:entry m:menu q:human", follow("old", "m"), follow("new", "m"))
        pressed = press("m", "1", "q", ms=ms)
        violations = found(slow_to_human, some._replace(moves=(*some.moves, pressed)))
        assert len(violations) == expected
    assert violations[0].message.startswith("callers to old wait at least 45 s")
    assert violations[0].related == (("new comes the same way", some.steps[1].span),)


# --- IVR101 too-many-keypresses


def test_walks_that_differ_in_a_move_only_are_told_each_and_lines_that_share_them_together() -> None:
    some = flow(
        "old:entry new:entry m:menu q:human",
        follow("old", "m"),
        follow("new", "m"),
        press("m", "1234", "q"),
        press("m", "5678", "q"),
    )
    first, second = found(too_many_keypresses, some)
    assert [first.span, second.span] == [some.moves[2].span, some.moves[3].span]
    assert first.message.startswith("4 keypresses from old to q (limit 3)")
    assert first.related == (("new comes the same way", some.steps[1].span),)


def test_past_an_unknown_step_a_route_takes_at_least_what_is_counted() -> None:
    some = flow(
        "line:entry m:menu script:unknown q:human",
        follow("line", "m"),
        press("m", "1234", "script"),
        follow("script", "q"),
    )
    (violation,) = found(too_many_keypresses, some)
    assert violation.message.startswith("at least 4 keypresses from line to q")


# --- IVR303 too-many-options


def test_options_are_counted_without_star_and_hash_up_to_the_limit() -> None:
    def offering(keys: str) -> Flow:
        targets = " ".join(f"s{number}:human" for number in range(len(keys)))
        options = [press("m", key, f"s{number}") for number, key in enumerate(keys)]
        return flow(f"line:entry m:menu {targets}", follow("line", "m"), *options)

    assert found(too_many_options, offering("12345*#")) == []
    (violation,) = found(too_many_options, offering("123456"))
    assert violation.message == "m, a first menu, offers 6 options (limit 5)"


# --- IVR201 trapped


def test_a_trap_is_told_once_at_the_first_step_that_callers_come_to() -> None:
    some = flow(
        "line:entry main:menu b:menu a:menu other:menu again:menu q:human lost:say",
        follow("line", "main"),
        press("main", "0", "q"),
        press("main", "1", "a"),
        press("main", "2", "other"),
        press("main", "3", "again"),
        press("a", "1", "b"),
        press("b", "1", "again"),
        press("again", "1", "a"),
        press("other", "1", "other"),
        follow("lost", "b"),
    )
    assert names(found(trapped, some)) == ["a", "other"]


# --- IVR207 unhandled-fault

LOOKUP = frozenset({"lookup"})


def _looking_up(*moves: Move) -> Flow:
    some = flow(
        "line:entry x:check y:check lost:check q:human bye:end gone:end",
        follow("line", "x"),
        when("x", "vip", "yes", "q"),
        when("x", "vip", "no", "y"),
        when("y", "age", "old", "q"),
        when("lost", "age", "old", "q"),
        *moves,
    )
    for step in ("x", "y", "lost"):
        some = with_step(some, step, tags=LOOKUP)
    return some


def test_faults_that_drop_calls_are_told_together_for_each_end() -> None:
    def faults(x: str, y: str) -> Flow:
        ends = (("x", x), ("y", y), ("lost", "bye"))
        return _looking_up(*(move(source, target, MoveKind.ERROR) for source, target in ends))

    (violation,) = found(unhandled_fault, faults("bye", "bye"))
    assert violation.message == "if x or y fails, the call is dropped"
    assert [word for word, _ in violation.related] == ["y"]
    assert [each.message for each in found(unhandled_fault, faults("bye", "gone"))] == [
        "if x fails, the call is dropped",
        "if y fails, the call is dropped",
    ]
    assert found(unhandled_fault, faults("q", "q")) == []


# --- IVR502 unreachable-step


def test_of_steps_that_lead_to_each_other_the_first_written_is_told() -> None:
    some = flow(
        "line:entry q:human zoe:say abe:say alone:say after:say",
        follow("line", "q"),
        follow("zoe", "abe"),
        follow("abe", "zoe"),
        follow("abe", "after"),
    )
    assert [each.message for each in found(unreachable_step, some)] == [
        "no call can get to zoe, nor to what follows it",
        "no call can get to alone",
    ]


# --- IVR402 unspoken-key


def test_a_key_that_no_prompt_names_is_told_once() -> None:
    some = flow(
        "line:entry m:menu n:menu a:human b:human",
        follow("line", "m"),
        press("m", "1", "a"),
        press("m", "2", "b"),
        press("m", "2", "a"),
        press("m", "0", "a"),
        press("m", "9", "n"),
        press("n", "1", "a"),
        press("n", "2", "b"),
    )
    said = saying(some, m="For billing, press 1. For more, press 9.", n="For billing, press 1.")
    assert [each.span for each in found(unspoken_key, said)] == [some.moves[2].span, some.moves[7].span]
    judged = found(unspoken_key, said, rules={"IVR402": {"exempt": ["2"]}})
    assert [each.span for each in judged] == [some.moves[4].span]
    assert found(unspoken_key, saying(some, m="Please choose.", n="Please choose.")) == []
    assert names(found(unspoken_key, saying(some, m="For billing, press 1. ${more}", n="Press 1."))) == ["n"]
    shared = [each._replace(span=some.moves[2].span) if each.source == "n" else each for each in said.moves]
    assert len(found(unspoken_key, said._replace(moves=tuple(shared)))) == 1
