"""``--show-settings``: what applies in the end, as a configuration that would say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ivrlint import configfile, selection
from ivrlint.config import Settings
from ivrlint.options import spelling, typed
from ivrlint.rules import Rule, all_rules


def as_text(settings: Settings) -> str:
    """TOML: every key, then every rule that is on with its severity and options."""
    return "\n".join([*_keys(settings), *_rules(settings)]) + "\n"


def _keys(settings: Settings) -> Iterator[str]:
    read = ", ".join(source.path for source in settings.sources)
    known = configfile.keys()
    yield f"# Read from: {read or 'no file'}. What a profile sets is among it."
    for name in known:
        if name not in configfile.LAYERED:
            yield f"{spelling(name)} = {_value(getattr(settings, name))}"


def _rules(settings: Settings) -> Iterator[str]:
    chosen = selection.selected(settings)
    on = [rule for rule in all_rules() if rule.CODE in chosen.on]
    yield f"select = {_value(tuple(rule.CODE for rule in on))}"
    yield from ("", "[severity]")
    yield from (f"{rule.NAME} = {_value(chosen.severity.get(rule.CODE, rule.SEVERITY))}" for rule in on)
    for rule in on:
        yield from _options(rule, settings)


def _options(rule: Rule, settings: Settings) -> Iterator[str]:
    kind = getattr(rule, "Options", None)
    if kind is None:
        return
    options = typed(kind, settings.rules.get(rule.CODE, {}))
    yield from ("", f"[{rule.NAME}] # {rule.CODE}")
    yield from (f"{spelling(name)} = {_value(value)}" for name, value in options._asdict().items())


def _value(value: Any) -> str:
    """``value`` as TOML writes it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_value(key)} = {_value(each)}" for key, each in value.items()) + "}"
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
