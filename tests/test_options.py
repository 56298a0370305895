"""A rule's table becomes its typed options, or a message that says what is wrong."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import pytest

from ivrlint.options import OptionError, typed


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
        ({"exempt": "0"}, "`exempt` must be a list of texts"),
        ({"measure": "steps"}, "`measure` must be one of keys, words"),
    ],
)
def test_a_value_that_cannot_be_is_told(table: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as caught:
        typed(Options, table)
    assert str(caught.value) == message
