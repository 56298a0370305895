"""``${...}`` and ``$[...]``: filled in as far as their values are known."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, Protocol

from ivrlint.formats.asterisk.arguments import branches, integer, split
from ivrlint.formats.asterisk.arithmetic import is_true, value_of
from ivrlint.formats.asterisk.patterns import DIGITS, KEYS, written
from ivrlint.formats.asterisk.values import (
    digits,
    is_known,
    is_unknown,
    length,
    pattern_of,
    substring,
    unknown,
)

DEEPEST = 20
"""Expressions inside one another."""


class Known(Protocol):
    """What is known where an expression stands."""

    def variable(self, name: str) -> str | None:
        """The value of a variable; None if not known."""
        ...

    def exists(self, context: str, extension: str, priority: str) -> bool | None:
        """Is there such an extension? None if that cannot be told."""
        ...


def expand(text: str, known: Known, depth: int = 0) -> str:
    """``text`` with its expressions filled in; those of unknown value become holes."""
    if "$" not in text or depth > DEEPEST:
        return text
    pieces, rest = _pieces(text)
    parts: list[str] = []
    for before, sign, inner in pieces:
        value = _variable(inner, known, depth) if sign == "{" else _expression(inner, known, depth)
        parts += before, unknown(f"${sign}{inner}{_PAIRS[sign]}") if value is None else value
    return "".join((*parts, rest))


def filled(text: str, known: Known) -> str:
    """:func:`expand`, but what is made of the same values is made once."""
    names = _plain(text)
    return expand(text, known) if names is None else _made(text, tuple(map(known.variable, names)))


_HOLE = re.compile(r"\$\{(?:(\w+)[:}]|(?:LEN|IF|ISNULL|EXISTS|MATH|TOUPPER|TOLOWER)\()?")


@lru_cache(maxsize=65536)
def _plain(text: str) -> tuple[str, ...] | None:
    """The variables that ``text`` is made from; None if it takes more than their values."""
    holes = list(_HOLE.finditer(text))
    if any(len(hole[0]) == 2 for hole in holes):
        return None
    return tuple(dict.fromkeys(hole[1] for hole in holes if hole[1]))


@lru_cache(maxsize=65536)
def _made(text: str, values: tuple[str | None, ...]) -> str:
    return expand(text, _Values(dict(zip(_plain(text) or (), values, strict=True))))


class _Values(NamedTuple):
    """All that is known: some variables."""

    values: dict[str, str | None]

    def variable(self, name: str) -> str | None:
        return self.values.get(name)

    def exists(self, context: str, extension: str, priority: str) -> bool | None:
        return None


_PAIRS = {"{": "}", "[": "]"}


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[list[tuple[str, str, str]], str]:
    """Expressions of ``text``, each with what stands before it and the sign behind its ``$``; and the rest.

    The same instruction is run in many states of a call.
    """
    pieces = []
    position = 0
    while (start := _next(text, position)) >= 0:
        close = _closing(text, start + 1)
        if close < 0:
            break
        pieces.append((text[position:start], text[start + 1], text[start + 2 : close]))
        position = close + 1
    return pieces, text[position:]


def _next(text: str, position: int) -> int:
    while (start := text.find("$", position)) >= 0:
        if text[start + 1 : start + 2] in ("{", "["):
            return start
        position = start + 1
    return -1


def _closing(text: str, opening: int) -> int:
    sign = text[opening]
    other = _PAIRS[sign]
    depth = 0
    for index in range(opening, len(text)):
        if text[index] == sign:
            depth += 1
        elif text[index] == other:
            depth -= 1
            if not depth:
                return index
    return -1


_CALL = re.compile(r"(\w+)\(")
_FUNCTION = re.compile(r"(\w+)\((.*)\)(:.*)?$", re.DOTALL)


def _variable(inner: str, known: Known, depth: int) -> str | None:
    inner = expand(inner, known, depth + 1)
    if is_unknown(inner):
        head = _CALL.match(inner)
        if head is None or head[1].upper() not in ("IF", "DIALPLAN_EXISTS", "VALID_EXTEN"):
            return None
    function = _FUNCTION.match(inner)
    if function:
        handler = _FUNCTIONS.get(function[1].upper())
        value = handler(function[2], known) if handler else known.variable(f"{function[1]}({function[2]})")
        return value if value is None or not function[3] else _cut(value, function[3][1:])
    name, colon, bounds = inner.partition(":")
    value = known.variable(name.strip())
    return value if value is None or not colon else _cut(value, bounds)


def _cut(value: str, bounds: str) -> str | None:
    offset, _, count = bounds.partition(":")
    try:
        return substring(value, int(offset or 0), int(count) if count.strip() else None)
    except ValueError:
        return None


# --- functions


def _len(args: str, known: Known) -> str | None:
    count = length(args)
    return None if count is None else str(count)


def _if(args: str, known: Known) -> str | None:
    condition, then, otherwise = branches(args)
    truth = is_true(condition)
    if truth is None:
        return None
    return (then if truth else otherwise).strip('"')


def _isnull(args: str, known: Known) -> str | None:
    if is_unknown(args):
        return None
    return "1" if not args else "0"


def _exists(args: str, known: Known) -> str | None:
    if is_unknown(args):
        return None
    return "1" if args else "0"


def _dialplan_exists(args: str, known: Known) -> str | None:
    context, extension, priority, *_ = (*split(args), "", "")
    found = known.exists(context, extension, priority)
    return None if found is None else str(int(found))


def _cut_field(args: str, known: Known) -> str | None:
    name, delimiter, field, *_ = (*split(args), "", "")
    value = known.variable(name)
    number = integer(field)
    if value is None or not is_known(value) or number is None:
        return None
    fields = value.split(delimiter.replace("\\", "") or "-")
    return fields[number - 1] if 0 < number <= len(fields) else ""


def _math(args: str, known: Known) -> str | None:
    match = re.fullmatch(r"\s*(-?\d{1,15})\s*([-+*])\s*(-?\d{1,15})\s*,\s*i(?:nt)?\s*", args)
    if match is None:
        return None
    return str(_ARITHMETIC[match[2]](int(match[1]), int(match[3])))


def _global(args: str, known: Known) -> str | None:
    return known.variable(args.strip())


def _case(change: Callable[[str], str]) -> Callable[[str, Known], str | None]:
    return lambda args, known: change(args) if is_known(args) else None


def _filter(args: str, known: Known) -> str | None:
    """``FILTER(allowed,text)``: all digits of a number pass where digits are allowed."""
    allowed, _, value = args.partition(",")
    signs = _ALLOWED.get(allowed.strip())
    if signs is None or is_unknown(value):
        return None
    if is_known(value):
        return "".join(sign for sign in value if sign in signs)
    pattern = pattern_of(value)
    if pattern is None or not all(set(each) <= signs for each in pattern.positions):
        return None
    return digits(written(pattern.positions, pattern.tail and "!"))


_ALLOWED = {"0-9": frozenset(DIGITS), "0123456789": frozenset(DIGITS), "0-9*#": frozenset(KEYS)}

_FUNCTIONS: dict[str, Callable[[str, Known], str | None]] = {
    "FILTER": _filter,
    "LEN": _len,
    "IF": _if,
    "ISNULL": _isnull,
    "EXISTS": _exists,
    "DIALPLAN_EXISTS": _dialplan_exists,
    "VALID_EXTEN": _dialplan_exists,
    "CUT": _cut_field,
    "MATH": _math,
    "GLOBAL": _global,
    "TOUPPER": _case(str.upper),
    "TOLOWER": _case(str.lower),
}
_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
}


def _expression(inner: str, known: Known, depth: int) -> str | None:
    return value_of(expand(inner, known, depth + 1).strip())
