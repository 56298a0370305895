"""Rules on keys and what they mean (301 to 305), on small flows."""

from __future__ import annotations

import pytest

from ivrlint.finding import Severity
from ivrlint.flow import Duration, Flow, Listening, Move, MoveKind, Prompt
from ivrlint.rules import (
    ambiguous_keys,
    duplicate_key,
    inconsistent_key,
    keys_out_of_order,
    too_many_options,
)
from tests.flows import dial_each, flow, follow, move, press
from tests.rules.judged import ELSEWHERE, as_copies, found, names, saying, with_step, written_at

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


def test_nobody_waits_who_may_know_the_key_that_ends_a_number() -> None:
    some = flow(
        "line:entry m:menu a:human b:human",
        follow("line", "m"),
        press("m", "1", "a"),
        press("m", "12", "b"),
    )
    some = with_step(some, "m", listening=Listening(terminator="#"))
    assert len(found(ambiguous_keys, saying(some, m="For billing, press 1. For sales, press 12."))) == 1
    assert found(ambiguous_keys, saying(some, m="For billing, press 1 and #. For sales, press 12.")) == []
    assert found(ambiguous_keys, saying(some, m="For billing, press 1. ${more}")) == []
    unended = with_step(some, "m", listening=Listening())
    assert len(found(ambiguous_keys, saying(unended, m="For billing, press 1 and #."))) == 1


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


# --- IVR303 too-many-options


def test_options_are_counted_without_star_and_hash_up_to_the_limit() -> None:
    def offering(keys: str) -> Flow:
        targets = " ".join(f"s{number}:human" for number in range(len(keys)))
        options = [press("m", key, f"s{number}") for number, key in enumerate(keys)]
        return flow(f"line:entry m:menu {targets}", follow("line", "m"), *options)

    assert found(too_many_options, offering("12345*#")) == []
    (violation,) = found(too_many_options, offering("123456"))
    assert violation.message == "m, a first menu, offers 6 options (limit 5)"
    assert found(too_many_options, offering("123456"), rules={"IVR303": {"first": 6}}) == []


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


def test_the_order_is_judged_in_every_menu_and_of_digits_only() -> None:
    some = flow(
        "line:entry m:menu n:menu a:human",
        follow("line", "m"),
        press("m", "1", "n"),
        press("m", "2", "a"),
        press("n", "1", "a"),
        press("n", "2", "a"),
    )
    words = "To hear this again, press *. For sales, press 2. For billing, press 1."
    said = saying(some, m=words, n=words)
    assert names(found(keys_out_of_order, said, rules={"IVR304": {"exempt": []}})) == ["m", "n"]


def test_the_key_that_breaks_the_order_is_told_where_it_is_named() -> None:
    some = flow("line:entry m:menu a:human", follow("line", "m"), press("m", "1", "a"), press("m", "2", "a"))
    first, second = some.steps[0].span, some.steps[2].span
    prompts = (
        Prompt("For sales, press 2.", Duration(), first),
        Prompt("For billing, press 1.", Duration(), second),
    )
    (violation,) = found(keys_out_of_order, with_step(some, "m", prompts=prompts))
    assert violation.span == second


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


def test_a_key_means_in_a_file_what_it_means_in_most_of_its_menus() -> None:
    some = _sharing("9", "box")
    assert found(inconsistent_key, with_step(some, "b", span=ELSEWHERE)) == []
    half = some._replace(moves=(*some.moves, press("c", "2", "x"), press("x", "9", "n")))
    assert found(inconsistent_key, half) == []  # two and two


def test_where_most_menus_lead_back_to_is_back_for_a_menu_that_is_not_met_from_there() -> None:
    some = flow(
        "line:entry other:entry main:menu a:menu b:menu c:menu",
        follow("line", "main"),
        follow("other", "c"),
        press("main", "1", "a"),
        press("main", "2", "b"),
        *(press(menu, "*", "main") for menu in "abc"),
    )
    assert found(inconsistent_key, some) == []


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
