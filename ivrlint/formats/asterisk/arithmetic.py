"""``$[...]`` in which variables have been filled in: comparisons, sums, and what is true.

Follows ``ast_expr2.y`` and ``pbx_checkcondition``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from math import isfinite
from operator import add, ge, gt, le, lt, mul, sub, truediv

from ivrlint.formats.asterisk.values import (
    is_known,
    is_unknown,
    same,
)

_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"(?:[^\"\\]|\\.)*\")|(?P<sign>=~|==|!=|>=|<=|&&|\|\||~~|::|[-()|&=<>+*/%?:!])"
    r"|(?P<word>(?:\x01[^\x02]*\x02|[\x03\x04][^\x05]*\x05|[^-\s()|&=<>!+*/%?:\"\x01\x03\x04])+))"
)
_PRECEDENCE = (("|", "||"), ("&", "&&"), ("=", "==", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_OPERATORS = frozenset(chain.from_iterable(_PRECEDENCE))
_SYNTAX = "syntax"
_NESTING = ("(", "!", "-")
_MOST_NESTED = 40
"""Brackets and signs of one expression that are looked at; one that has more is not known."""


@lru_cache(maxsize=4096)
def value_of(text: str) -> str | None:
    """The value of ``$[text]``, in which variables have been filled in; None if not known."""
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
        if token in ("=~", ":", "?", "::", "~~"):
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
        return _ordered(sign, left, right)
    return str(int(_ORDER[sign](one, two))) if sign in _ORDER else _calculated(sign, one, two)


def _ordered(sign: str, left: str, right: str) -> str | None:
    """Of texts, with their quotes: sign by sign, as ``strcoll`` has it without a locale (Asterisk sets none).
    A number beside a text is one too.
    """
    order = _TEXT_ORDER.get(sign)
    return None if order is None else str(int(order(left, right)))


_TEXT_ORDER: dict[str, Callable[[str, str], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge}
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
