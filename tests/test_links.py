"""Links between files: the first known name decides, and nothing is guessed."""

from __future__ import annotations

from ivrlint.links import Called, Found, Links


def links() -> Links[str]:
    made: Links[str] = Links()
    made.add("sales", [Called("id", "1"), Called("name", "Sales")], "eu")
    made.add("sales us", [Called("id", "2"), Called("name", "Sales")], "us")
    made.add("help", [Called("name", "Help"), Called("file", "2"), Called("file", "")], "eu")
    return made


def test_the_first_known_name_decides() -> None:
    assert links().find([Called("id", "9"), Called("id", "2"), Called("name", "Help")]) == Found("sales us")


def test_names_of_different_kinds_differ() -> None:
    assert links().find([Called("file", "2")]) == Found("help")
    assert links().find([Called("name", "2")]) == Found()


def test_of_several_the_one_next_door_is_meant() -> None:
    assert links().find([Called("name", "Sales")], "us") == Found("sales us")


def test_several_elsewhere_are_told_and_not_guessed_between() -> None:
    assert links().find([Called("name", "Sales")], "asia") == Found(None, ("sales", "sales us"))


def test_an_empty_name_names_nothing() -> None:
    assert links().find([Called("file", "")]) == Found()
