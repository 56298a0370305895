"""``$[...]`` in which variables have been filled in: comparisons, sums, and what is true.

Follows Asterisk's ``ast_expr2.fl`` and ``ast_expr2.y``, faults included: after one, what was read up to there
counts if it is whole, else 0; nothing if it is the first sign. ``pbx_checkcondition`` says what is true.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from math import fmod, isfinite
from operator import add, ge, gt, le, lt, mul, sub

from ivrlint.formats.asterisk.values import is_known, is_unknown, same

Value = float | str | None
"""A number, a text (which may be one written out), or not known."""

_TOKEN = re.compile(
    r"(?P<string>\"[^\"]*\")|(?P<sign>=~|==|!=|>=|<=|&&|\|\||~~|::|[-()|&=<>+*/%?:!,])"
    r"|(?P<word>(?:\x01[^\x02]*\x02|[\x03\x04][^\x05]*\x05|[\w.';\\^#@]|[^\x00-\x7f]|\$[^{])+)"
)
_CONDITIONAL, _UNARY = 1, 7
_PRECEDENCE = {
    **dict.fromkeys(("?",), _CONDITIONAL),
    **dict.fromkeys(("|", "||"), 2),
    **dict.fromkeys(("&", "&&"), 3),
    **dict.fromkeys(("=", "==", "!=", "<", ">", "<=", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%"), 6),
    **dict.fromkeys((":", "=~", "~~"), 8),
}
_SIGNS = frozenset((*_PRECEDENCE, "(", ")", "!", "::", ","))
_OPENING = frozenset(("(", "!", "-"))
_MOST_NESTED = 40
"""Brackets, signs and conditions of one expression that are looked at; one that has more is not known."""


class _FaultError(Exception):
    """What stands here is no expression."""


class _UnknownError(Exception):
    """What the whole comes to is not known."""


@lru_cache(maxsize=4096)
def value_of(text: str) -> str | None:
    """The value of ``$[text]``, in which variables have been filled in; None if not known."""
    tokens = [match[0] for match in _TOKEN.finditer(text)]  # Asterisk passes over any other sign
    if not tokens or (tokens[0] in _SIGNS and tokens[0] not in _OPENING):
        return ""
    parser = _Parser(tokens)
    try:
        value = parser.expression(_CONDITIONAL)
    except _FaultError:
        return None if is_unknown(text) else "0"
    except _UnknownError:
        return None
    if is_unknown(text) and (parser.left or (parser.bare and _truth(value))):
        return None
    return _text(value)


class _Parser:
    """A precedence climber."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self.bare = False  # has anything been met that may turn out to be nothing at all, which is a fault?

    @property
    def left(self) -> bool:
        """Is there anything that has not been read?"""
        return self._at < len(self._tokens)

    def _peek(self) -> str:
        return self._tokens[self._at] if self.left else ""

    def _take(self, sign: str) -> None:
        if self._peek() != sign:
            raise _FaultError
        self._at += 1

    def expression(self, lowest: int) -> Value:
        """One of operators that bind at least as tightly as ``lowest``.

        Raises:
            _FaultError, _UnknownError: as they say.
        """
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise _UnknownError
        value = self._operand()
        while _PRECEDENCE.get(self._peek(), 0) >= lowest:
            sign = self._peek()
            self._at += 1
            if sign == "?":
                value = self._conditional(value)
            else:
                value = _operate(sign, value, self.expression(_PRECEDENCE[sign] + 1))
        self._depth -= 1
        return value

    def _conditional(self, condition: Value) -> Value:
        then = self.expression(_CONDITIONAL)
        self._take("::")
        otherwise = self.expression(_CONDITIONAL + 1)
        truth = _truth(condition) if condition != '""' else False
        return None if truth is None else then if truth else otherwise

    def _operand(self) -> Value:
        token = self._peek()
        self._at += 1
        if token == "(":
            value = self.expression(_CONDITIONAL)
            self._take(")")
            return value
        if token == "!":
            return _not(self.expression(_UNARY))
        if token == "-":
            return _negated(self.expression(_UNARY))
        if not token or token in _SIGNS:
            raise _FaultError
        if self._peek() == "(":  # a function of this name is called
            raise _UnknownError
        if is_unknown(token):
            self.bare |= token[0] != '"'
            return None
        return token


# --- values


_NUMERIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LONGEST = 300
"""Digits."""


def _number(value: Value) -> float | None:
    """Of a number, or of a text that is written like one; None for any other text."""
    if not isinstance(value, str):
        return value
    return float(value) if _NUMERIC.fullmatch(value) and len(value) <= _LONGEST else None


def _text(value: Value) -> str | None:
    """As it is printed; None for a number that has no short form."""
    if not isinstance(value, float):
        return value
    if not isfinite(value) or abs(value) >= 1e15:
        return None
    if value != int(value):
        return repr(value) if len(repr(value)) < 16 and "e" not in repr(value) else None
    return f"{value:.0f}"


def _bare(value: Value) -> str | None:
    """Without the quotes, where it stands in some."""
    text = _text(value)
    quoted = text is not None and text.startswith('"') and text.endswith('"')
    return text.replace('"', "") if text is not None and quoted else text


def _truth(value: Value) -> bool | None:
    """Quotes are something, too."""
    if value is None or (isinstance(value, str) and not is_known(value)):
        return None
    number = _number(value)
    return value != "" if number is None else number != 0


def _as_number(value: Value) -> Value:
    """What has been looked at as a number is one from then on."""
    number = _number(value)
    return value if number is None else number


# --- operators


def _not(value: Value) -> Value:
    """A text is what ``atoi`` takes it for, and most are 0."""
    if value is None or (isinstance(value, str) and not is_known(value)):
        return None
    if isinstance(value, float):
        return float(not value)
    match = re.match(r"\s*[-+]?0*([1-9])", value)
    return float(match is None)


def _negated(value: Value) -> Value:
    if value is None or (isinstance(value, str) and not is_known(value)):
        return None
    number = _number(value)
    return 0.0 if number is None else -number


def _operate(sign: str, left: Value, right: Value) -> Value:
    """What ``left sign right`` comes to; None where that is not known."""
    if sign[0] in "|&":
        return _logical(sign[0], left, right)
    if left is None or right is None:
        return None
    if sign in ("=", "==", "!="):
        equal = _equal(left, right)
        return None if equal is None else float(equal == (sign != "!="))
    if not all(isinstance(value, float) or is_known(value) for value in (left, right)):
        return None
    if sign in _ORDER:
        return _compared(sign, left, right)
    if sign in _PATTERNS:
        return _found(sign, _bare(left), _bare(right))
    if sign == "~~":
        one, two = _bare(left), _bare(right)
        return None if one is None or two is None else one + two
    return _calculated(sign, _number(left), _number(right))


_ORDER: dict[str, Callable[[float | str, float | str], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge}


def _compared(sign: str, left: float | str, right: float | str) -> Value:
    """Two numbers, else texts with their quotes: sign by sign, as ``strcoll`` has it without a locale."""
    one, two = _number(left), _number(right)
    if one is not None and two is not None:
        return float(_ORDER[sign](one, two))
    first, second = _text(left), _text(right)
    return None if first is None or second is None else float(_ORDER[sign](first, second))


def _equal(left: float | str, right: float | str) -> bool | None:
    one, two = _number(left), _number(right)
    if one is not None and two is not None:
        return one == two
    first, second = _text(left), _text(right)
    return None if first is None or second is None else same(first, second)


_SUMS: dict[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul}
_BY_NOTHING = 2147483647.0


def _calculated(sign: str, one: float | None, two: float | None) -> Value:
    """What is no number is left out of a sum, and makes 0 of anything else (as a divisor: a great number)."""
    if one is not None and two is not None:
        return _of_numbers(sign, one, two)
    if sign in "+-":
        given = 0.0 if two is None else _SUMS[sign](0.0, two)
        return given if one is None else one
    return _BY_NOTHING if sign == "/" and one is not None else 0.0


def _of_numbers(sign: str, one: float, two: float) -> Value:
    if sign in _SUMS:
        return _SUMS[sign](one, two)
    if not two:
        return _BY_NOTHING if sign == "/" else None
    return one / two if sign == "/" else fmod(one, two)


def _logical(sign: str, left: Value, right: Value) -> Value:
    truths = _truth(left), _truth(right)
    if sign == "&":
        if False in truths:
            return 0.0
        return None if None in truths else _as_number(left)
    if truths[0] is None:
        return right if right == 1.0 else None  # on the left is a comparison, too, or something as true
    return _as_number(left) if truths[0] else right


# --- patterns


_PATTERNS = ("=~", ":")
_SIMPLE = re.compile(r"(?:[^\\{}()*+?|\[\]]|\((?!\?)|\)(?![*+?])|[|*+?](?![*+?])|\[\^?[\w -]+\])*", re.ASCII)
"""Patterns that mean the same to ``regexec`` and to ``re``, and take no long time."""

_LONGEST_TEXT = 100


def _found(sign: str, text: str | None, pattern: str | None) -> Value:
    """How long the part is that fits, or what its first brackets hold; ``:`` fits at the beginning only."""
    if text is None or pattern is None or len(text) > _LONGEST_TEXT or len(pattern) > _LONGEST_TEXT:
        return None
    if not _SIMPLE.fullmatch(pattern):
        return None
    try:
        compiled = re.compile(pattern)
    except re.error:
        return None
    match = compiled.search(text)
    if match is None or (sign == ":" and match.start()):
        return "" if compiled.groups else 0.0
    if "|" in pattern and not pattern.endswith("$"):
        return None  # the longest of several counts, not the first
    if compiled.groups and match[1] is not None:
        return match[1]
    return float(match.end() - match.start())


_INTEGER = re.compile(r"[-+]?(\d+)")


def is_true(value: str) -> bool | None:
    """``pbx_checkcondition``: numbers are true unless 0, other text unless empty; None if not known."""
    text = value.strip()
    if not is_known(text):
        return None
    if not text:
        return False
    match = _INTEGER.match(text)
    return bool(match[1].strip("0")) if match else True
