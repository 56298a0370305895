"""Rules on what a menu offers and how long it waits (306 to 310), on small flows."""

from __future__ import annotations

import pytest

from ivrlint.flow import Flow, Listening, Move, MoveKind, StepKind
from ivrlint.rules import (
    empty_menu,
    no_keys_for_speech,
    no_repeat,
    pointless_menu,
    short_timeout,
)
from tests.flows import dial_each, enter, flow, follow, move, press, say, wait, wrong
from tests.rules.judged import as_copies, found, names, saying, with_step, written_at

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


def test_to_hang_up_is_a_choice_where_that_is_said() -> None:
    some = flow(
        "line:entry m:menu a:human bye:end", follow("line", "m"), press("m", "1", "a"), wait("m", "bye")
    )
    for text, told in (
        ("Please try again later, or press 1 to be called back.", []),
        ("Press 1 to be called back, or hang up.", []),
        ("You can leave a message if you want by pressing 1.", []),
        ("If you wish to leave a message, press 1.", ["m"]),
        ("Press 1 to be called back.", ["m"]),
    ):
        assert names(found(pointless_menu, saying(some, m=text))) == told


def test_any_key_that_does_what_silence_does_or_leads_back_is_no_option() -> None:
    def judged(keys: str, target: str, silence: str) -> list[str]:
        option = press("m", "1", target)._replace(label=keys)
        some = flow("line:entry m:menu a:human bye:end", follow("line", "m"), option, wait("m", silence))
        return names(found(pointless_menu, some))

    assert judged("0-9", "a", "a") == judged("2-9", "m", "bye") == []
    assert judged("1-3", "a", "a") == judged("0-9", "a", "bye") == ["m"]


def test_a_menu_of_one_key_that_ends_the_call_or_of_one_word_is_not_pointless() -> None:
    some = flow(
        "line:entry end:menu word:menu two:menu m:menu a:human bye:end",
        follow("line", "end"),
        follow("line", "word"),
        follow("line", "two"),
        follow("line", "m"),
        press("end", "1", "bye"),
        say("word", "sales", "a"),
        press("two", "1", "a"),
        press("two", "2", "bye"),
        press("m", "1", "a"),
    )
    assert names(found(pointless_menu, some)) == ["m"]


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


# --- IVR308 empty-menu


def test_a_menu_offers_what_is_pressed_said_or_dialled() -> None:
    steps = "line:entry main:menu agent:human other:say"
    for offered in (press("main", "1", "agent"), say("main", "agent", "agent"), enter("main", 3, "agent")):
        assert found(empty_menu, flow(steps, follow("line", "main"), offered)) == []
    assert found(empty_menu, flow(steps, follow("line", "main"), *dial_each("main", agent="404"))) == []
    assert names(found(empty_menu, flow(steps, follow("line", "main"), wait("main", "agent")))) == ["main"]


def test_extensions_of_any_number_are_offered_too() -> None:
    dialled = move("main", "agent", MoveKind.DIAL, keypresses=4)
    some = flow("line:entry main:menu agent:human", follow("line", "main"), dialled)
    assert found(empty_menu, some) == []


def test_a_pause_before_a_menu_is_not_empty() -> None:
    some = flow(
        "line:entry pause:menu main:menu agent:human",
        follow("line", "pause"),
        wait("pause", "main"),
        press("main", "1", "agent"),
    )
    assert found(empty_menu, some) == []
    assert names(found(empty_menu, saying(some, pause="Hello."))) == ["pause"]


def test_keys_that_do_what_silence_does_are_offered_all_the_same() -> None:
    keys = [press("main", key, "other") for key in "123"]
    some = flow("line:entry main:menu other:say", follow("line", "main"), *keys, wait("main", "other"))
    here = some.moves[1].span
    same = [each._replace(span=here) if each.kind is MoveKind.KEY else each for each in some.moves]
    assert found(empty_menu, some._replace(moves=tuple(same))) == []


def test_any_key_may_cut_a_recording_short() -> None:
    some = flow(
        "line:entry m:menu a:human", follow("line", "m"), wait("m", "a"), move("m", "a", MoveKind.WRONG)
    )
    assert names(found(empty_menu, saying(some, m="Welcome."))) == ["m"]
    assert found(empty_menu, saying(some, m="")) == []


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


@pytest.mark.parametrize(("differing", "told"), [(1, []), (2, []), (3, ["m0"])])
def test_a_key_that_differs_from_silence_in_few_copies_is_no_option(differing: int, told: list[str]) -> None:
    """What is forgotten of a call that has gone far makes one copy differ from the others."""
    ids = [f"m{number}" for number in range(4)]
    moves = [each for id_ in ids for each in (follow("line", id_), wait(id_, "a"))]
    moves += [press(id_, "1", "b" if rank < differing else "a") for rank, id_ in enumerate(ids)]
    some = flow(" ".join(["line:entry", *(f"{id_}:menu" for id_ in ids), "a:human b:human"]), *moves)
    for id_ in ids:
        some = with_step(some, id_, listening=Listening(timeout_ms=2000))
    assert names(found(short_timeout, as_copies(some, *ids))) == told


def test_a_number_is_offered_though_wrong_keys_do_what_silence_does() -> None:
    some = flow(
        "line:entry m:menu q:human r:human",
        follow("line", "m"),
        wait("m", "q"),
        wrong("m", 1, "q"),
        enter("m", 3, "r"),
    )
    assert len(found(short_timeout, with_step(some, "m", listening=Listening(timeout_ms=2000)))) == 1


def test_a_short_timeout_that_is_no_more_than_a_pause_is_none_and_hides_no_other() -> None:
    some = flow(
        "line:entry m:menu s:say n:menu q:human r:human",
        follow("line", "m"),
        press("m", "1", "q"),
        wait("m", "s"),
        follow("s", "n"),
        press("n", "1", "q"),
        wait("n", "r"),
    )
    for menu in "mn":
        some = with_step(some, menu, listening=Listening(timeout_ms=2000))
    assert names(found(short_timeout, some)) == ["n"]


def _short(*moves: Move) -> list[str]:
    steps = "line:entry m:menu a:human b:human bye:say over:end"
    some = flow(steps, follow("line", "m"), wait("m", "a"), follow("bye", "over"), *moves)
    return names(found(short_timeout, with_step(some, "m", listening=Listening(timeout_ms=2000))))


def test_who_need_press_nothing_needs_no_time() -> None:
    assert _short(press("m", "1", "b")) == ["m"]
    assert _short(press("m", "1", "a")) == _short() == []
    assert _short(move("m", "a", MoveKind.WRONG)) == []
    assert _short(press("m", "*", "b"), press("m", "1", "a")) == []
    assert _short(press("m", "*", "b"), move("m", "b", MoveKind.WRONG)) == ["m"]
    assert _short(press("m", "*", "b"), press("m", "1", "b")) == ["m"]


def test_a_number_is_for_something_unless_the_call_just_ends() -> None:
    assert _short(enter("m", 4, "a")) == ["m"]
    some = flow(
        "line:entry m:ask bye:say over:end",
        follow("line", "m"),
        enter("m", 4, "bye"),
        wait("m", "bye"),
        follow("bye", "over"),
    )
    assert found(short_timeout, with_step(some, "m", listening=Listening(timeout_ms=2000))) == []
