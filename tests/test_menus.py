"""Menus as they were written, and what is heard before their keys."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from ivrlint.flow import Duration, Flow, Move, MoveKind, Prompt, StepKind
from ivrlint.linter import Report
from ivrlint.menus import LONGEST_WAY, MOST_WAYS, Menus, keys_of
from ivrlint.moves import Moves
from tests import flows as made

Lint = Callable[..., Report]

TAIL = """
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue agents "Please hold for an agent."
"""


def menus(report: Report) -> Menus:
    return report.reading.context.menus


def heard(flow: Menus, number: int = 0) -> list[list[str]]:
    """The words on each way into a menu."""
    return [[prompt.text for prompt in each.prompts] for each in flow.announcements(flow.all[number])]


def test_the_announcements_that_lead_into_a_menu_are_heard_with_it(lint: Lint) -> None:
    report = lint(
        main='line "1" -> a\nsay a "One." -> b\nsay b "Two." -> m\nmenu m { prompt "Three." 0 -> agents'
        + TAIL
    )
    assert heard(menus(report)) == [["One.", "Two.", "Three."]]


def test_a_menu_without_announcement_before_it_is_heard_alone_too(lint: Lint) -> None:
    report = lint(
        main='line "1" -> m\nmenu m { prompt "Choose." 1 -> a 0 -> agents' + TAIL + 'say a "Again." -> m\n'
    )
    assert sorted(heard(menus(report))) == [["Again.", "Choose."], ["Choose."]]


def test_what_a_caller_chose_to_hear_before_another_menu_is_not_heard_here(lint: Lint) -> None:
    text = 'line "1" -> m\nmenu m { prompt "First." 1 -> n 0 -> agents' + TAIL
    second = 'menu n { prompt "Second." 0 -> agents timeout 5s -> agents invalid -> agents }\n'
    assert heard(menus(lint(main=text + second)), 1) == [["Second."]]


def _said(flow: Flow, **languages: str) -> Menus:
    """Menus of ``flow``, in which every step says its name, in the language given for it."""
    steps = (
        each._replace(
            prompts=(Prompt(each.name, Duration(), each.span, language=languages.get(each.id, "")),)
        )
        for each in flow.steps
    )
    return Menus(Moves(flow._replace(steps=tuple(steps))))


def test_every_way_into_a_menu_is_heard_and_a_ring_once() -> None:
    flow = made.flow(
        "line:entry night:entry c:say a:say b:say m:menu lost:say",
        made.follow("line", "c"),
        made.follow("c", "a"),
        made.follow("a", "m"),
        made.follow("night", "b"),
        made.follow("b", "m"),
        made.follow("m", "c"),
        made.follow("a", "c"),
        made.follow("lost", "m"),
    )
    assert sorted(heard(_said(flow))) == [["b", "m"], ["c", "a", "m"], ["m"]]


def test_only_announcements_that_just_go_on_are_heard_with_a_menu() -> None:
    flow = made.flow(
        "line:entry q:human a:say m:menu",
        made.follow("line", "a"),
        made.follow("a", "q"),
        made.move("a", "m", MoveKind.ERROR),
        made.follow("q", "m"),
    )
    assert heard(_said(flow)) == [["m"]]


def test_of_a_long_way_the_last_steps_are_heard() -> None:
    says = [f"s{number}" for number in range(LONGEST_WAY + 2)]
    links = [made.follow(here, there) for here, there in pairwise(["line", *says, "m"])]
    flow = made.flow(" ".join(["line:entry", *(f"{each}:say" for each in says), "m:menu"]), *links)
    assert heard(_said(flow)) == [[*says, "m"][-LONGEST_WAY:]]


def test_of_many_ways_the_first_are_read() -> None:
    says = [f"s{number}" for number in range(MOST_WAYS + 2)]
    moves = [each for say in says for each in (made.follow("line", say), made.follow(say, "m"))]
    flow = made.flow(" ".join(["line:entry", *(f"{each}:say" for each in says), "m:menu"]), *moves)
    assert heard(_said(flow)) == [[say, "m"] for say in says[:MOST_WAYS]]


def test_words_are_read_in_their_language() -> None:
    flow = made.flow("line:entry m:menu n:menu", made.follow("line", "m"), made.press("m", "1", "n"))
    renamed = (each._replace(name="For billing, press 1.") for each in flow.steps)
    found = _said(flow._replace(steps=tuple(renamed)), n="tlh")
    readings = [found.announcements(menu)[0].reading for menu in found.all]
    assert [[each.key for each in reading.instructions] for reading in readings] == [["1"], []]


def test_the_copies_of_a_menu_are_one(lint: Lint) -> None:
    report = lint(
        main='line "1" -> m\nmenu m { prompt "Which?" 1 -> a 2 -> b 0 -> agents' + TAIL
        + 'menu a { prompt "A." 1 -> c 2 -> agents }\nmenu b { prompt "B." 1 -> c 2 -> agents }\n'
        "menu c { prompt 'C.' * -> back 0 -> agents }\n".replace("'", '"')
    )  # fmt: skip
    flow = menus(report)
    assert [menu.step.name for menu in flow.all] == ["m", "a", "b", "c"]
    (copied,) = [menu for menu in flow.all if menu.step.name == "c"]
    assert len(copied.steps) == 2
    assert {key: len(moves) for key, moves in copied.options.items()} == {"*": 2, "0": 2}


def test_menus_that_no_call_gets_to_are_left_out(lint: Lint) -> None:
    report = lint(main='line "1" -> agents\nmenu lost { prompt "Choose." 0 -> agents' + TAIL)
    assert menus(report).all == []


def test_the_first_menus_are_those_before_any_choice_and_any_human() -> None:
    flow = made.flow(
        "line:entry night:entry office:check tune:say busy:check account:ask people:human "
        "open:menu closed:menu late:menu later:menu after:menu asked:menu",
        made.follow("line", "office"),
        made.when("office", "hours", "open", "open"),
        made.when("office", "hours", "closed", "closed"),
        made.when("office", "hours", "holiday", "people"),
        made.when("office", "hours", "lunch", "tune"),
        made.follow("tune", "busy"),
        made.when("busy", "agents", "taken", "office"),
        made.when("busy", "agents", "free", "account"),
        made.enter("account", 6, "asked"),
        made.press("open", "1", "later"),
        made.follow("people", "after"),
        made.follow("night", "late"),
    )
    assert Menus(Moves(flow)).first == {"open", "closed", "late"}


@pytest.mark.parametrize(
    ("label", "keys"),
    [("1-4", ["1", "2", "3", "4"]), ("1, 3, *", ["1", "3", "*"]), ("1 to 4", ["1"]), ("", ["1"])],
)
def test_the_keys_of_a_pattern(label: str, keys: list[str]) -> None:
    assert keys_of(made.move("a", "b", MoveKind.KEY, keys="1", label=label)) == keys


def _read_and_compared(*moves: Move) -> Flow:
    """A flow whose menu's moves were all written in one place."""
    flow = made.flow("line:entry m:menu one:human two:human other:say", made.follow("line", "m"), *moves)
    here = flow.moves[1].span
    return flow._replace(moves=tuple(m._replace(span=here) if m.source == "m" else m for m in flow.moves))


def test_digits_that_do_what_silence_does_are_no_options() -> None:
    moves = [made.press("m", "1", "one"), made.press("m", "2", "two")]
    moves += [made.press("m", key, "other") for key in "345"]
    (menu,) = Menus(Moves(_read_and_compared(*moves, made.wait("m", "other")))).all
    assert list(menu.options) == ["1", "2"]
    assert menu.may_take("4")
    assert not menu.may_take("6")


def test_three_keys_that_do_what_silence_or_a_wrong_key_does_are_no_options_and_two_are() -> None:
    three = [made.press("m", key, "other") for key in "345"]
    for unasked in (made.wait("m", "other"), made.wrong("m", 1, "other")):
        (menu,) = Menus(Moves(_read_and_compared(*three, unasked))).all
        assert list(menu.options) == []
    (menu,) = Menus(Moves(_read_and_compared(*three, made.wait("m", "one")))).all
    assert list(menu.options) == ["3", "4", "5"]
    others = [made.press("m", "1", "one"), made.press("m", "2", "two")]
    (menu,) = Menus(Moves(_read_and_compared(*others, *three[:2], made.wait("m", "other")))).all
    assert list(menu.options) == ["1", "2", "3", "4"]


def test_keys_that_do_what_typed_data_do_are_no_options() -> None:
    moves = made.press("m", "1", "one"), made.press("m", "5", "other"), made.enter("m", 2, "other")
    (menu,) = Menus(Moves(_read_and_compared(*moves))).all
    assert list(menu.options) == ["1"]
    assert menu.may_take("77")
    assert not menu.may_take("7")


def test_an_extension_may_be_dialled_and_other_numbers_may_not() -> None:
    moves = [made.press("m", "1", "one"), *made.dial_each("m", two="404")]
    flow = made.flow("line:entry m:menu one:human two:human", made.follow("line", "m"), *moves)
    (menu,) = Menus(Moves(flow)).all
    assert menu.may_take("404")
    assert not menu.may_take("4040")
    assert not menu.may_take("405")
    assert not menu.may_take("40")


def test_options_of_their_own_that_lead_where_silence_does_stay_options(lint: Lint) -> None:
    report = lint(
        main='line "1" -> m\nmenu m { prompt "Choose." 1 -> agents 2 -> agents 3 -> agents 0 -> agents' + TAIL
    )
    assert list(menus(report).all[0].options) == ["1", "2", "3", "0"]


def test_a_landing_is_past_what_is_only_said_and_what_the_system_does() -> None:
    flow = made.flow(
        "line:entry a:say b:check q:human c:say d:say h:check e:say bye:end mute:say",
        made.follow("line", "a"), made.follow("a", "b"), made.follow("b", "q"), made.follow("q", "bye"),
        made.move("b", "bye", MoveKind.ERROR),
        made.follow("c", "d"), made.follow("d", "e"), made.follow("e", "d"),
        made.when("h", "office", "open", "q"),
    )  # fmt: skip
    found = Menus(Moves(flow))
    assert found.landing("a").name == "q"
    assert found.landing("c").name == "e"  # round and round
    assert found.landing("h").name == "h"  # there the system decides
    assert found.landing("bye").name == "bye"
    assert found.landing("mute").name == "mute"  # nothing follows


def _listens_on(*moves: Move) -> bool:
    """Does menu m listen on? Silence there leads to a say and then to menu n."""
    steps = "line:entry m:menu s:say n:menu q:human r:human"
    flow = made.flow(steps, made.follow("line", "m"), made.follow("s", "n"), *moves)
    found = Menus(Moves(flow))
    return found.listens_on(found.all[0])


def test_a_menu_is_a_pause_if_silence_leads_to_where_all_its_keys_still_count() -> None:
    first, again = made.press("m", "1", "q"), made.press("n", "1", "q")
    assert _listens_on(first, made.wait("m", "s"), again)
    assert _listens_on(first, made.wait("m", "s"), again, made.press("n", "2", "r"))
    assert _listens_on(made.wait("m", "s"), again)
    assert not _listens_on(first, made.wait("m", "s"), made.press("n", "2", "r"))
    assert not _listens_on(first, made.wait("m", "q"), again)
    assert not _listens_on(first, made.wait("m", "m"), again)
    assert not _listens_on(made.wait("m", "s"), made.wait("n", "q"))
    assert not _listens_on(first, again, made.wrong("m", 1, "s"))


@pytest.mark.parametrize("good", "wxyz")
def test_a_move_comes_back_if_the_system_may_lead_it_there(good: str) -> None:
    flow = made.flow(
        "line:entry m:menu c:check w:say x:say y:say z:say n:menu a:say b:say d:say",
        made.follow("line", "m"),
        made.press("m", "1", "c"),
        made.press("m", "2", "n"),
        made.press("m", "3", "a"),
        made.press("m", "4", "m"),
        *(made.when("c", "office", outcome, outcome) for outcome in "wxyz"),
        made.follow(good, "m"),
        made.wait("n", "m"),
        made.follow("a", "b"),
        made.follow("b", "d"),
        made.follow("d", "b"),
    )
    found = Menus(Moves(flow))
    assert [found.comes_back(each, "m") for each in found.all[0].moves] == [True, False, False, True]


def test_an_announcement_is_complete_where_all_words_are_known() -> None:
    flow = made.flow("line:entry m:menu q:human", made.follow("line", "m"), made.press("m", "1", "q"))
    for text, complete in (("Press 1.", True), ("", False), ("Press 1, ${name}.", False)):
        step = flow.steps[1]._replace(prompts=(Prompt(text, Duration(), flow.steps[1].span),))
        assert step.kind is StepKind.MENU
        found = Menus(Moves(flow._replace(steps=(flow.steps[0], step, flow.steps[2]))))
        assert [each.complete for each in found.announcements(found.all[0])] == [complete]
