"""A rule's table becomes its typed options, or a message that says what is wrong."""

from __future__ import annotations

import inspect
import json
from typing import Any, Literal, NamedTuple

import pytest

from ivrlint.options import OptionError, spelling, typed
from ivrlint.rules import all_rules


class Options(NamedTuple):
    most: int = 5
    first_only: bool = False
    key: str = "0"
    exempt: tuple[str, ...] = ("0",)
    measure: Literal["keys", "words"] = "keys"


def test_an_empty_table_gives_the_defaults() -> None:
    assert typed(Options, {}) == Options()


def test_values_of_every_kind_are_taken() -> None:
    table = {"most": 9, "first-only": True, "key": "*", "exempt": ["#"], "measure": "words"}
    assert typed(Options, table) == Options(9, True, "*", ("#",), "words")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"mst": 1}, "unknown option `mst`; did you mean `most`?"),
        ({"xyz": 1}, "unknown option `xyz`; there is: most, first-only, key, exempt, measure"),
        ({"most": True}, "`most` must be a number, 0 or more"),
        ({"most": -1}, "`most` must be a number, 0 or more"),
        ({"first-only": 1}, "`first-only` must be true or false"),
        ({"key": 0}, "`key` must be a text"),
        ({"exempt": 0}, "`exempt` must be a text or a list of texts"),
        ({"measure": "steps"}, "`measure` must be one of keys, words"),
    ],
)
def test_a_value_that_cannot_be_is_told(table: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as caught:
        typed(Options, table)
    assert str(caught.value) == message


def _written(value: Any) -> str:
    """A default as manuals give it: a number as it is, anything else as in a configuration file."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return f"`{json.dumps(list(value) if isinstance(value, tuple) else value)}`"


def test_every_option_of_every_rule_is_in_its_manual_with_its_default() -> None:
    missing = [
        f"{rule.CODE} {name}"
        for rule in all_rules()
        for name, value in getattr(rule, "Options", Options)._field_defaults.items()
        if hasattr(rule, "Options")
        and f"- `{spelling(name)}` (default {_written(value)})" not in inspect.cleandoc(rule.__doc__)
    ]
    assert missing == []
