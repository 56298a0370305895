"""Which rules are on, and how bad what they find is: words of a configuration -> codes of rules.

As in ruff: within one layer the more specific word wins (``ALL``, then beginnings of codes by length, then a
code or name itself), and what is ignored beats what is selected just as specifically. A later layer's
``select`` starts anew; its other words change what was selected before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeVar

from ivrlint.config import Layer, Settings
from ivrlint.finding import Severity
from ivrlint.rules import Rule, all_rules

ALL = "ALL"
OFF = "off"
_ITSELF = 99

T = TypeVar("T")


class Selection(NamedTuple):
    """The codes of the rules that are on, and the severities that are not the rules' own, by code."""

    on: frozenset[str]
    severity: Mapping[str, Severity]


@cache
def codes(word: str) -> frozenset[str]:
    """The codes of the rules that ``word`` means; none if it means nothing."""
    if word == ALL:
        return frozenset(rule.CODE for rule in all_rules())
    itself = frozenset(rule.CODE for rule in all_rules() if word in (rule.CODE, rule.NAME))
    begun = frozenset(rule.CODE for rule in all_rules() if word and rule.CODE.startswith(word))
    return itself or begun


def known() -> list[str]:
    """Every code and name, for suggestions."""
    return [word for rule in all_rules() for word in (rule.CODE, rule.NAME)]


def selected(settings: Settings) -> Selection:
    """The rules that ``settings`` turn on."""
    on = {rule.CODE for rule in all_rules() if getattr(rule, "DEFAULT", True)}
    severity: dict[str, Severity] = {}
    for layer in layers(settings):
        turned = _turned(layer)
        if layer.select is not None:
            on = set()
        on = {code for code in {*on, *turned} if turned.get(code, True)}
        severity.update(_severities(layer))
    return Selection(frozenset(on), severity)


def layers(settings: Settings) -> tuple[Layer, ...]:
    """All layers, the settings' own as the last."""
    own = Layer(settings.select, settings.extend_select, settings.ignore, settings.severity)
    return (*settings.layers, own)


def words(settings: Settings) -> Iterator[str]:
    """Every word that should mean a rule, each once."""
    said: dict[str, None] = {}
    for layer in layers(settings):
        said.update(dict.fromkeys([*(layer.select or ()), *layer.extend_select, *layer.ignore]))
        said.update(dict.fromkeys(layer.severity))
    for ignored in settings.per_file_ignores.values():
        said.update(dict.fromkeys(ignored))
    return iter(said)


def rule_named(word: str) -> Rule | None:
    """The rule with that code or name."""
    return next((rule for rule in all_rules() if word in (rule.CODE, rule.NAME)), None)


def _turned(layer: Layer) -> dict[str, bool]:
    """Which codes a layer turns on or off: the most specific word is the last to be applied."""
    asked = [(word, True) for word in (*(layer.select or ()), *layer.extend_select)]
    asked += [(word, False) for word in layer.ignore]
    asked += [(code, False) for code, level in _levels(layer).items() if level == OFF]
    return _each(asked)


def _severities(layer: Layer) -> dict[str, Severity]:
    return {code: Severity(level) for code, level in _levels(layer).items() if level != OFF}


def _levels(layer: Layer) -> dict[str, str]:
    return _each(layer.severity.items())


def _each(said: Iterable[tuple[str, T]]) -> dict[str, T]:
    """What is said of each code: by the most specific word, and of such by the last."""
    ordered = sorted(said, key=lambda each: _specificity(each[0]))
    return {code: state for word, state in ordered for code in sorted(codes(word))}


def _specificity(word: str) -> int:
    if word == ALL:
        return 0
    return _ITSELF if rule_named(word) else len(word)
