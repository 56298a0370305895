"""Tables of a configuration -> typed values: what a rule or the whole run can be told.

A rule that can be set has a ``class Options(NamedTuple)``: each field an ``int``, ``bool``, ``str``,
``tuple[str, ...]``, ``Literal`` or a ``Mapping`` of texts to one of these, with a default. ``Annotated`` may
add a ``range`` that numbers must be in.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

from ivrlint import meant

T = TypeVar("T", bound=tuple[Any, ...])


class OptionError(Exception):
    """A rule's table that cannot be used; the message names the option and says why."""


class Kind(NamedTuple):
    """What a value may be: the plain type, a word on it and the numbers allowed, where its hint has them."""

    type: Any
    about: str = ""
    within: range | None = None


def kinds(owner: type[Any]) -> dict[str, Kind]:
    """The kind of each field of ``owner``, by its name."""
    hints = typing.get_type_hints(owner, include_extras=True)
    return {name: _kind(hint) for name, hint in hints.items()}


def _kind(hint: Any) -> Kind:
    extras: list[Any] = []
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    about = next((each for each in extras if isinstance(each, str)), "")
    return Kind(hint, about, next((each for each in extras if isinstance(each, range)), None))


def typed(options: type[T], table: Mapping[str, Any]) -> T:
    """``options`` with the values of ``table``, whose keys may have hyphens for underscores.

    Raises:
        OptionError: for an option that is not there (with the one that was probably meant), or a value of
            the wrong kind.
    """
    if not table:
        return options()
    known = kinds(options)
    values = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise OptionError(f"unknown option `{key}`{_meant(key, known)}")
        values[name] = converted(value, known[name], key)
    return options(**values)


def spelling(field: str) -> str:
    """The name of an option as it is written in a configuration."""
    return field.replace("_", "-")


def _meant(key: str, known: Mapping[str, Any]) -> str:
    names = [spelling(field) for field in known]
    return meant.hint(key.replace("_", "-"), names) or f"; there is: {', '.join(names) or 'none'}"


def converted(value: Any, kind: Kind, key: str) -> Any:
    """``value`` as ``kind`` wants it.

    Raises:
        OptionError: if it is no such value; the message names ``key``.
    """
    origin = get_origin(kind.type)
    if origin is Literal and value not in get_args(kind.type):
        raise OptionError(f"`{key}` must be one of {', '.join(map(str, get_args(kind.type)))}")
    if kind.type is int:
        return _number(value, kind.within, key)
    if origin is tuple:
        return _texts(value, key)
    if origin is Mapping:
        return _table(value, get_args(kind.type)[1], key)
    if origin is not Literal and not isinstance(value, kind.type):
        raise OptionError(f"`{key}` must be {_WORDS[kind.type]}")
    return value


def _number(value: Any, within: range | None, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise OptionError(f"`{key}` must be a number, 0 or more")
    if within and value not in within:
        raise OptionError(f"`{key}` must be a number from {within.start} to {within.stop - 1}")
    return value


def _texts(value: Any, key: str) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, (list, tuple)) or not all(isinstance(each, str) for each in values):
        raise OptionError(f"`{key}` must be a text or a list of texts")
    return tuple(values)


def _table(value: Any, hint: Any, key: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise OptionError(f'`{key}` must be a table such as {{"name" = {_EXAMPLES.get(hint, "[...]")}}}')
    return {name: converted(each, Kind(hint), f"{key}.{name}") for name, each in value.items()}


_WORDS = {bool: "true or false", str: "a text"}
_EXAMPLES = {str: '"value"', Literal["error", "warning", "info", "off"]: '"warning"'}
