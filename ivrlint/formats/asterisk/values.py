"""Text with holes: what a variable holds as far as the dialplan tells.

A value is an ordinary string in which two kinds of chunks stand between control characters: an expression
whose value is not known, and digits known only by a pattern (what a caller who dialled ``_1XXX`` pressed).
"""

from __future__ import annotations

import re

from ivrlint.formats.asterisk.patterns import Pattern, compiled, parse, written

_OPEN, _CLOSE = "\x01", "\x02"
_DIGITS, _OTHER, _END = "\x03", "\x04", "\x05"
TYPED = "[0-9*]"
"""What can be typed at a place where digits are asked for: # ends them."""

_SHOWN_TYPED = re.compile(r"\[(?:0-9|0123456789)\*\]")
_CHUNK = re.compile("\x01([^\x02]*)\x02|([\x03\x04])([^\x05]*)\x05")
_ALL_OTHER = re.compile('"?\x04[^\x05]*\x05"?')
_UNKNOWN = re.compile("\x01[^\x02]*\x02")
_CONTROL = re.compile("[\x01-\x05]")


def unknown(expression: str) -> str:
    """The value of ``expression`` is not known."""
    return f"{_OPEN}{_CONTROL.sub('', expression)}{_CLOSE}"


def digits(pattern: str, other: bool = False) -> str:
    """Digits that fit ``pattern`` (without ``_``). ``other``: and are none that anything is compared with."""
    return f"{_OTHER if other else _DIGITS}{pattern}{_END}"


def is_known(value: str) -> bool:
    """Is every character known?"""
    return value.isprintable() or not _CONTROL.search(value)


def is_unknown(value: str) -> bool:
    """Does it hold an expression of unknown value?"""
    return _OPEN in value


def is_other(value: str) -> bool:
    """Is it sure to differ from everything that the dialplan compares it with? Not as part of a text."""
    return bool(_ALL_OTHER.fullmatch(value))


def known_parts(value: str) -> list[str]:
    """What stands before, between and behind its expressions of unknown value."""
    return _UNKNOWN.split(value)


def shown(value: str) -> str:
    """As a person would write it."""
    return value if value.isprintable() else _SHOWN_TYPED.sub("X", _CONTROL.sub("", value))


def pattern_of(value: str) -> Pattern | None:
    """What ``value`` may be; None if that cannot be said."""
    if _OPEN in value:
        return None
    if is_known(value):
        return compiled(value) if not value.startswith("_") else Pattern(value, tuple(value), "", True)
    positions: list[str] = []
    end = 0
    tail = ""
    for match in _CHUNK.finditer(value):
        positions += value[end : match.start()]
        chunk = parse(match[3])
        positions += chunk.positions
        tail, end = chunk.tail, match.end()
        if tail and end < len(value):
            return None
    positions += value[end:]
    return Pattern("", tuple(positions), tail, False)


def length(value: str) -> int | None:
    """Number of characters; None if not known."""
    if is_known(value):
        return len(value)
    pattern = pattern_of(value)
    return None if pattern is None or pattern.tail else len(pattern.positions)


def substring(value: str, offset: int, count: int | None) -> str | None:
    """``${value:offset:count}``; None if that cannot be said."""
    if is_known(value):
        return _slice(value, offset, count)
    pattern = pattern_of(value)
    if pattern is None:
        return None
    if pattern.tail and (offset < 0 or (count is not None and count < 0)):
        return None
    whole = list(pattern.positions)
    if pattern.tail:
        whole = whole[offset:] if offset <= len(whole) else []
        if count is not None:
            if count > len(whole):
                return None
            whole = whole[:count]
        text = written(tuple(whole), pattern.tail if count is None else "")
    else:
        text = written(tuple(_slice(whole, offset, count)), "")
    if not text:
        return ""
    return digits(text, is_other(value) and (offset, count) == (0, None))  # a part may be like anything


def _slice(value: str | list[str], offset: int, count: int | None) -> str:
    length = len(value)
    start = max(length + offset, 0) if offset < 0 else min(offset, length)
    if count is None:
        end = length
    elif count < 0:
        end = max(length + count, start)
    else:
        end = min(start + count, length)
    return value[start:end]  # type: ignore[return-value]


def same(left: str, right: str) -> bool | None:
    """Are two values equal? None if that cannot be said."""
    if is_known(left) and is_known(right):
        return left == right
    if is_unknown(left) or is_unknown(right):
        return None
    if (is_other(left) and is_known(right)) or (is_other(right) and is_known(left)):
        return False
    one, two = pattern_of(left), pattern_of(right)
    if one is not None and two is not None and one.overlap(two) is None:
        return False
    return None
