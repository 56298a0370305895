"""Which rules are on: the semantics of ruff's select, ignore and extend-select."""

from __future__ import annotations

import pytest

from ivrlint.config import Layer, Settings
from ivrlint.finding import Severity
from ivrlint.rules import all_rules
from ivrlint.selection import codes, selected

EVERY = {rule.CODE for rule in all_rules()}
DEFAULT = {rule.CODE for rule in all_rules() if getattr(rule, "DEFAULT", True)}
FIFTH = {code for code in EVERY if code.startswith("IVR5")}


def on(settings: Settings) -> set[str]:
    return set(selected(settings).on)


def test_what_a_word_means() -> None:
    assert codes("IVR101") == codes("too-many-keypresses") == {"IVR101"}
    assert codes("IVR5") == FIFTH
    assert codes("ALL") == EVERY
    assert codes("IVR") == EVERY
    assert codes("") == codes("all") == codes("IVR5x") == codes("too-many") == frozenset()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), DEFAULT),
        (Settings(select=("ALL",)), EVERY),
        (Settings(select=()), set()),
        (Settings(select=("IVR101", "no-human")), {"IVR101", "IVR102"}),
        (Settings(select=("IVR5",), ignore=("IVR502",)), FIFTH - {"IVR502"}),
        (Settings(select=("IVR502",), ignore=("IVR5",)), {"IVR502"}),  # the more specific word wins
        (Settings(select=("IVR5",), ignore=("IVR5",)), set()),  # just as specific: ignore wins
        (Settings(select=("ALL",), ignore=("IVR",)), set()),
        (Settings(ignore=("IVR5",)), DEFAULT - FIFTH),
        (Settings(ignore=("IVR5",), extend_select=("IVR502",)), DEFAULT - FIFTH | {"IVR502"}),
        (Settings(select=("IVR101",), extend_select=("no-human",)), {"IVR101", "IVR102"}),
        (Settings(severity={"IVR5": "off"}), DEFAULT - FIFTH),
        (Settings(severity={"IVR5": "off", "IVR502": "info"}), DEFAULT - FIFTH | {"IVR502"}),
        (Settings(select=("IVR101",), severity={"IVR102": "error"}), {"IVR101"}),
    ],
)
def test_selecting(settings: Settings, expected: set[str]) -> None:
    assert on(settings) == expected


def test_a_stronger_select_starts_anew_and_other_words_change_what_was_selected() -> None:
    below = (Layer(select=("IVR1",), ignore=("IVR101",)),)
    assert on(Settings(layers=below)) == {code for code in EVERY if code.startswith("IVR1")} - {"IVR101"}
    assert on(Settings(layers=below, select=("IVR101",))) == {"IVR101"}
    assert on(Settings(layers=below, extend_select=("IVR101",))) >= {"IVR101", "IVR102"}
    assert on(Settings(layers=below, ignore=("IVR102",))) == on(Settings(layers=below)) - {"IVR102"}


def test_the_most_specific_severity_of_the_strongest_layer_counts() -> None:
    settings = Settings(
        layers=(Layer(severity={"IVR101": "info", "IVR102": "info"}),),
        severity={"no-human": "error", "IVR10": "warning", "ALL": "info"},
    )
    severity = selected(settings).severity
    assert [severity[code] for code in ("IVR101", "IVR102", "IVR501")] == [
        Severity.WARNING, Severity.ERROR, Severity.INFO,
    ]  # fmt: skip
