"""Rules on words (4xx), on small flows."""

from __future__ import annotations

from typing import Any

import pytest

from ivrlint.flow import Duration, Flow, Listening, Move, Problem, ProblemKind, Prompt, StepKind
from ivrlint.rules import (
    advert_before_choice,
    broken_promise,
    key_before_action,
    long_prompt,
    no_prompt,
    promised_key_missing,
    unspoken_key,
)
from tests.flows import dial_each, enter, flow, follow, press, say, wait, wrong
from tests.rules.judged import ELSEWHERE, found, names, saying, with_step

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


def test_a_menu_in_order_hides_no_missing_key_of_the_next() -> None:
    some = flow(
        "line:entry spoken:menu any:menu m:menu a:human",
        follow("line", "spoken"),
        say("spoken", "more", "any"),
        press("any", "1", "m"),
        wrong("any", 1, "a"),
        press("m", "1", "a"),
    )
    words = "For billing, press 1. Press 2."
    (violation,) = found(promised_key_missing, saying(some, spoken=words, any=words, m=words))
    assert violation.message == "m says to press 2, but there is no 2"


def test_a_key_is_not_missing_where_digits_are_taken() -> None:
    some = flow("line:entry m:menu a:human", follow("line", "m"), press("m", "1", "a"), enter("m", 1, "a"))
    assert found(promised_key_missing, saying(some, m="For billing, press 1. For sales, press 2.")) == []


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


def test_the_keys_of_a_menu_that_no_prompt_names_are_told_together() -> None:
    some = flow(
        "line:entry m:menu a:human b:human c:human",
        follow("line", "m"),
        press("m", "1", "a"),
        press("m", "2", "b"),
        press("m", "3", "c"),
    )
    (violation,) = found(unspoken_key, saying(some, m="For billing, press 1."))
    assert violation.message == "m takes 2 and 3, but no prompt says so"
    assert violation.hint == "say what they are for, or take the options out"
    assert violation.related == (("nor is this named", some.moves[3].span),)


def test_an_option_is_named_where_another_menu_names_it_that_shares_it() -> None:
    some = flow(
        "line:entry m:menu n:menu a:human b:human",
        follow("line", "m"),
        press("m", "1", "a"),
        press("m", "2", "n"),
        press("n", "2", "n"),
    )
    shared = [each._replace(span=some.moves[2].span) if each.source == "n" else each for each in some.moves]
    listed = some._replace(moves=tuple(shared))
    said = saying(listed, m="For billing, press 1.", n="For a list, press 2.")
    assert found(unspoken_key, said) == []


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


@pytest.mark.parametrize(
    ("offered", "kept"),
    [
        ([], False),
        ([press("day", "404", "agent")], True),
        ([press("day", "12", "agent")], True),
        ([enter("day", 4, "agent")], True),
        ([enter("day", 0, "agent")], True),
        ([enter("day", 7, "agent")], False),
        (dial_each("day", agent="123456"), True),
        ([say("day", "a name", "agent")], True),
        ([wrong("day", 3, "agent")], False),
        ([press("day", "2", "told"), follow("told", "asked"), enter("asked", 4, "agent")], True),
        ([press("day", "2", "asked"), press("asked", "1", "agent")], False),
        ([press("day", "2", "told"), follow("told", "script")], True),
        ([press("day", "2", "more"), press("more", "1", "asked"), enter("asked", 4, "agent")], False),
        ([press("day", "2", "more"), enter("more", 4, "agent")], False),
    ],
)
def test_an_invitation_is_kept_where_an_extension_is_taken_or_may_be_next(
    offered: list[Move], kept: bool
) -> None:
    some = flow(
        "line:entry day:menu agent:human told:say asked:ask script:unknown more:menu",
        follow("line", "day"),
        press("day", "0", "agent"),
        *offered,
    )
    assert names(found(broken_promise, saying(some, day=INVITED))) == ([] if kept else ["day"])


def test_a_menu_without_keys_breaks_no_promise() -> None:
    some = flow("line:entry day:menu agent:human", follow("line", "day"), wait("day", "agent"))
    assert found(broken_promise, saying(some, day=INVITED)) == []


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


def test_a_promise_is_broken_once_a_key_and_only_where_the_key_is_and_surely_leads_to_nobody() -> None:
    some = flow(
        "line:entry m:menu agent:human script:unknown box:voicemail",
        follow("line", "m"),
        press("m", "0", "agent"),
        press("m", "1", "script"),
        press("m", "2", "box"),
    )
    each = " ".join(f"To speak to an agent, press {key}." for key in "5122")
    (violation,) = found(broken_promise, saying(some, m=each))
    assert violation.span == some.moves[3].span


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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Is that right? Press 1 for yes or 2 for no.", []),
        ("¿Es correcto? Pulse 1 para sí o 2 para no.", []),
        ("Está certo? Tecle 1 para sim, 2 para não.", []),
        ("Est-ce correct ? Appuyez sur 1 pour oui, sur 2 pour non.", []),
        ("Ist das richtig? Drücken Sie 1 für ja, 2 für nein.", []),
        ("È corretto? Prema 1 per sì, 2 per no.", []),
        ("Is that right? Press 1 for yes or 2 for an agent.", ["2"]),
        ("Press 1 for nothing, press 2 for yesterday's news.", ["1", "2"]),
    ],
)
def test_an_answer_to_a_question_names_no_action(words: str, told: list[str]) -> None:
    some = flow(
        "line:entry m:menu a:human b:end", follow("line", "m"), press("m", "1", "a"), press("m", "2", "b")
    )
    messages = [each.message for each in found(key_before_action, saying(some, m=words))]
    keys = [f"m names {'key' if len(told) == 1 else 'keys'} {', '.join(told)} before"] if told else []
    assert [message[: len(key)] for message, key in zip(messages, keys, strict=True)] == keys


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
    second = saying(said, main="For billing, press 1.", later="Press 1 for billing. Press 2 for sales.")
    assert names(found(key_before_action, second)) == ["later"]
    own = saying(said, later="Press 1 for billing. Press 2 for sales.")
    assert names(found(key_before_action, own)) == ["main", "later"]


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


def test_a_recording_is_speech_and_a_pause_is_none() -> None:
    some = _speaking(31_000)
    (prompt,) = some.steps[1].prompts
    recorded = with_step(some, "main", prompts=(prompt._replace(text="", audio="welcome.wav"),))
    assert names(found(long_prompt, recorded)) == ["main"]
    assert found(long_prompt, with_step(some, "main", prompts=(prompt._replace(text=""),))) == []


def test_the_longest_copy_of_a_step_is_told_and_a_step_written_once_is_told_once() -> None:
    some = _speaking(40_000)
    steps = (*some.steps, some.steps[1]._replace(id="copy", prompts=_speaking(50_000).steps[1].prompts))
    both = some._replace(steps=steps, moves=(*some.moves, press("main", "2", "copy")))
    (violation,) = found(long_prompt, both)
    assert violation.message == "main plays for 50 s (limit 30 s)"
    assert len(found(long_prompt, with_step(both, "copy", place="elsewhere"))) == 1


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


def test_a_menu_that_goes_on_listening_after_a_key_has_been_announced() -> None:
    """While a message is recorded all keys but # are passed over, which a menu of its own does."""
    some = saying(
        flow(
            "line:entry beep:say record:menu on:menu q:human",
            follow("line", "beep"),
            follow("beep", "record"),
            *(press(menu, key, "on") for menu in ("record", "on") for key in "12"),
            press("record", "#", "q"),
            press("on", "#", "q"),
        ),
        beep="After the tone, press hash when you are done.",
    )
    assert found(no_prompt, some) == []
    another = some._replace(
        moves=tuple(move for move in some.moves if move.source != "on" or move.keys != "2")
    )
    assert names(found(no_prompt, another)) == ["on"]


def test_a_pause_or_a_menu_without_anything_needs_no_prompt() -> None:
    some = flow(
        "line:entry empty:menu pause:menu m:menu q:human",
        follow("line", "empty"),
        follow("line", "pause"),
        press("pause", "1", "q"),
        wait("pause", "m"),
        press("m", "1", "q"),
    )
    assert names(found(no_prompt, some)) == ["m"]


@pytest.mark.parametrize("spoken", "wxyz")
def test_something_may_be_heard_on_any_of_several_ways(spoken: str) -> None:
    ways = [follow(*way) for say in "wxyz" for way in (("line", f"{say}1"), (f"{say}1", say), (say, "m"))]
    says = " ".join(f"{say}:say {say}1:say" for say in "wxyz")
    some = flow(f"line:entry {says} m:menu q:human", *ways, press("m", "1", "q"))
    assert found(no_prompt, saying(some, **{f"{spoken}1": "Hello."})) == []


def test_what_was_played_before_the_last_key_is_not_heard() -> None:
    some = flow(
        "line:entry first:menu m:menu q:human",
        follow("line", "first"),
        press("first", "1", "m"),
        press("m", "1", "q"),
    )
    assert names(found(no_prompt, saying(some, first="For sales, press 1."))) == ["m"]


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
