"""A rule's table of settings -> its typed options.

A rule that can be set has a ``class Options(NamedTuple)``: each field an ``int``, ``bool``, ``str``,
``tuple[str, ...]`` or ``Literal``, with a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T", bound=tuple[Any, ...])


class OptionError(Exception):
    """A rule's table that cannot be used; the message names the option and says why."""


def typed(options: type[T], table: Mapping[str, Any]) -> T:
    """``options`` with the values of ``table``, whose keys may have hyphens for underscores.

    Raises:
        OptionError: for an option that is not there (with the one that was probably meant), or a value of
            the wrong kind.
    """
    if not table:
        return options()
    kinds = get_type_hints(options)
    values = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in kinds:
            raise OptionError(f"unknown option `{key}`{_meant(key, kinds)}")
        values[name] = _converted(value, kinds[name], key)
    return options(**values)


def spelling(field: str) -> str:
    """The name of an option as it is written in a configuration."""
    return field.replace("_", "-")


def _meant(key: str, kinds: Mapping[str, Any]) -> str:
    names = [spelling(field) for field in kinds]
    close = get_close_matches(key.replace("_", "-"), names, 1)
    return f"; did you mean `{close[0]}`?" if close else f"; there is: {', '.join(names) or 'none'}"


def _converted(value: Any, kind: Any, key: str) -> Any:
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise OptionError(f"`{key}` must be one of {', '.join(map(str, get_args(kind)))}")
    elif kind is int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise OptionError(f"`{key}` must be a number, 0 or more")
    elif get_origin(kind) is tuple:
        if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
            raise OptionError(f"`{key}` must be a list of texts")
        return tuple(value)
    elif not isinstance(value, kind):
        raise OptionError(f"`{key}` must be {_WORDS[kind]}")
    return value


_WORDS = {bool: "true or false", str: "a text"}
