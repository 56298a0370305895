"""``${...}`` and ``$[...]``: filled in as far as their values are known."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from math import isfinite
from operator import add, ge, gt, le, lt, mul, sub, truediv
from typing import Protocol

from ivrlint.formats.asterisk.arguments import branches, integer, split
from ivrlint.formats.asterisk.values import (
    is_known,
    is_unknown,
    length,
    same,
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


_FUNCTIONS: dict[str, Callable[[str, Known], str | None]] = {
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


# --- $[ ... ]

_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"(?:[^\"\\]|\\.)*\")|(?P<sign>=~|==|!=|>=|<=|&&|\|\||~~|::|[-()|&=<>+*/%?:!])"
    r"|(?P<word>(?:\x01[^\x02]*\x02|[^-\s()|&=<>!+*/%?:\"\x01])+))"
)
_PRECEDENCE = (("|", "||"), ("&", "&&"), ("=", "==", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_OPERATORS = frozenset(chain.from_iterable(_PRECEDENCE))
_SYNTAX = "syntax"
_NESTING = ("(", "!", "-")
_MOST_NESTED = 40
"""Brackets and signs of one expression that are looked at; one that has more is not known."""


def _expression(inner: str, known: Known, depth: int) -> str | None:
    return _value_of(expand(inner, known, depth + 1).strip())


@lru_cache(maxsize=4096)
def _value_of(text: str) -> str | None:
    tokens: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        tokens.append(match[0].strip())
        position = match.end()
    parser = _Parser(tokens)
    value = parser.level(0)
    if value == _SYNTAX or parser.left:
        return None if is_unknown(text) else ""
    return value


class _Parser:
    """A precedence climber; None stands for an operand of unknown value."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def left(self) -> bool:
        """Is there anything that has not been read?"""
        return self._at < len(self._tokens)

    def _peek(self) -> str:
        return self._tokens[self._at] if self.left else ""

    def level(self, number: int) -> str | None:
        """An expression of operators of level ``number`` and tighter."""
        if number == len(_PRECEDENCE):
            return self._operand()
        value = self.level(number + 1)
        while self._peek() in _PRECEDENCE[number]:
            sign = self._peek()
            self._at += 1
            right = self.level(number + 1)
            value = _SYNTAX if _SYNTAX in (value, right) else _operate(sign, value, right)
        return value

    def _operand(self) -> str | None:
        token = self._peek()
        self._at += 1
        self._depth += token in _NESTING
        if self._depth > _MOST_NESTED:
            self._at = len(self._tokens)
            return None
        if token == "(":
            value = self.level(0)
            if self._peek() != ")":
                return _SYNTAX
            self._at += 1
            return value
        if token == "!":
            truth = _truth(self._operand())
            return None if truth is None else str(int(not truth))
        if token == "-":
            value = self._operand()
            return value if value in (None, _SYNTAX) else _operate("-", "0", value)
        if token in ("=~", ":", "?", "::", "~~", "*", "/", "%"):
            return None
        if not token or token == ")" or token in _OPERATORS:
            return _SYNTAX
        if self._peek() in ("=~", ":", "?", "::", "~~"):
            self._at = len(self._tokens)
            return None
        return None if is_unknown(token) else token


def _operate(sign: str, left: str | None, right: str | None) -> str | None:
    """What ``left sign right`` comes to; None where that is not known."""
    if sign[0] in "|&":
        return _logical(sign[0], left, right)
    if left is None or right is None:
        return None
    if sign in ("=", "==", "!="):
        equal = _equal(left, right)
        return None if equal is None else str(int(equal == (sign != "!=")))
    if not (is_known(left) and is_known(right)):
        return None
    one, two = _number(left), _number(right)
    if one is None or two is None:
        return None  # texts are ordered as the locale has it
    return str(int(_ORDER[sign](one, two))) if sign in _ORDER else _calculated(sign, one, two)


_ORDER: dict[str, Callable[[float, float], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge}
"""Of two numbers."""


def _equal(left: str, right: str) -> bool | None:
    one, two = _number(left), _number(right)
    return same(left, right) if one is None or two is None else one == two


def _calculated(sign: str, one: float, two: float) -> str | None:
    """None for what Asterisk refuses: a division by nothing, a number without end."""
    try:
        result = _CALCULATIONS[sign](one, two)
    except ArithmeticError:
        return None
    if not isfinite(result):
        return None
    return str(int(result)) if result == int(result) else repr(result)


_CALCULATIONS: dict[str, Callable[[float, float], float]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
    "%": lambda one, two: float(int(one) % int(two)),
}


def _logical(sign: str, left: str | None, right: str | None) -> str | None:
    truths = _truth(left), _truth(right)
    if sign == "&":
        if False in truths:
            return "0"
        return None if None in truths else right
    if truths[0]:
        return left
    if None in truths:
        return "1" if truths[1] else None
    return right


_NUMBER = re.compile(r"-?\d{1,300}(?:\.\d+)?")
_INTEGER = re.compile(r"\d+")


def _number(text: str) -> float | None:
    if not is_known(text):
        return None
    return float(text) if _NUMBER.fullmatch(text) else None


def _truth(value: str | None) -> bool | None:
    if value is None or not is_known(value):
        return None
    plain = value.strip('"')
    return bool(plain) and plain != "0"


def is_true(value: str) -> bool | None:
    """``pbx_checkcondition``: numbers are true unless 0, other text unless empty; None if not known."""
    text = value.strip()
    if not is_known(text):
        return None
    if not text:
        return False
    match = _INTEGER.match(text)
    return bool(match[0].strip("0")) if match else True
