"""Extension names and patterns: what they match, and which of two is tried first.

Follows ``extension_match_core`` and ``ext_cmp`` of ``main/pbx.c``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

DIGITS = "0123456789"
KEYS = "1234567890*#"
"""The keypad, in the order in which a sample is chosen."""

_SETS = {"x": DIGITS, "z": DIGITS[1:], "n": DIGITS[2:]}


class Fit(NamedTuple):
    """How a text relates to a pattern."""

    full: bool  # it matches
    longer: bool  # more digits could match


_NO = Fit(False, False)


class Pattern(NamedTuple):
    """``positions`` are the characters allowed at each place; ``tail`` is "", "." (one or more of anything)
    or "!" (anything, acted on at once).
    """

    name: str
    positions: tuple[str, ...]
    tail: str
    literal: bool

    def fit(self, text: str) -> Fit:
        """How ``text``, the keys pressed so far, fits."""
        positions, length = self.positions, len(text)
        if length > len(positions) and not self.tail:
            return _NO
        if any(sign not in allowed for sign, allowed in zip(text, positions, strict=False)):
            return _NO
        if length < len(positions):
            return Fit(False, True)
        return Fit(length >= self.fewest, bool(self.tail))

    def matches(self, text: str) -> bool:
        """Is ``text`` this extension?"""
        return self.fit(text.replace("-", "")).full

    def takes(self, count: int) -> bool:
        """Does it match anything of ``count`` signs?"""
        return count >= self.fewest and (bool(self.tail) or count == len(self.positions))

    @property
    def fewest(self) -> int:
        """Digits needed."""
        return len(self.positions) + (self.tail == ".")

    def overlap(self, other: Pattern) -> Pattern | None:
        """What both match; None if nothing."""
        length = max(len(self.positions), len(other.positions))
        if any(len(each.positions) < length and not each.tail for each in (self, other)):
            return None
        shared = tuple(map(_common, self._signs(length), other._signs(length)))
        tail = _TAILS.get((self.tail, other.tail), "")
        too_short = not tail and max(self.fewest, other.fewest) > length
        return (
            None
            if too_short or not all(shared)
            else Pattern(f"_{written(shared, tail)}", shared, tail, False)
        )

    def _signs(self, length: int) -> tuple[str | None, ...]:
        """The signs allowed at each of ``length`` places; None where it is any."""
        return (*self.positions, *[None] * (length - len(self.positions)))

    def covers(self, other: Pattern) -> bool:
        """Is everything that ``other`` matches matched here too?"""
        both = self.overlap(other)
        return both is not None and both.positions == other.positions and both.tail == other.tail


def leaves(pattern: Pattern, others: Sequence[Pattern]) -> bool:
    """Is there a number that ``pattern`` matches, and none of ``others``?"""
    shortest, longest = pattern.fewest, len(pattern.positions)
    if pattern.tail:
        longest = max([shortest, *(len(other.positions) + 1 for other in others)])
    more = (DIGITS,) * (longest - len(pattern.positions))
    signs = pattern.positions + more
    return any(_free(signs[:count], others) for count in range(shortest, longest + 1))


def _free(signs: tuple[str, ...], others: Sequence[Pattern]) -> bool:
    """Is there one of exactly these places?"""
    fitting = {frozenset(i for i, other in enumerate(others) if other.takes(len(signs)))}
    for index, allowed in enumerate(signs):
        fitting = {
            frozenset(
                i for i in alive if index >= len(others[i].positions) or sign in others[i].positions[index]
            )
            for alive in fitting
            for sign in allowed
        }
    return frozenset() in fitting


_TAILS = {("!", "!"): "!", ("!", "."): ".", (".", "!"): ".", (".", "."): "."}
"""What may still come where two patterns both match."""


def _common(mine: str | None, theirs: str | None) -> str:
    if mine is None or theirs is None:
        return mine or theirs or ""
    return "".join(sign for sign in mine if sign in theirs)


@cache
def compiled(name: str) -> Pattern:
    """The pattern of an extension's ``name``."""
    if not name.startswith("_"):
        return Pattern(name, tuple(name.replace("-", "")), "", True)
    return parse(name[1:], name)


def parse(text: str, name: str = "") -> Pattern:
    """A pattern from what stands behind its ``_``."""
    positions: list[str] = []
    index = 0
    while index < len(text):
        sign = text[index]
        index += 1
        if sign in ".!":
            return Pattern(name or f"_{text}", tuple(positions), sign, False)
        if sign in "- ":
            continue
        if sign == "[":
            end = text.find("]", index)
            if end < 0:
                return Pattern(name, ("",), "", False)  # Asterisk: "wrong usage of []", matches nothing
            positions.append(_range(text[index:end]))
            index = end + 1
        else:
            positions.append(_SETS.get(sign.lower(), sign))
    return Pattern(name or f"_{text}", tuple(positions), "", False)


def _range(text: str) -> str:
    signs: dict[str, None] = {}
    index = 0
    while index < len(text):
        first = last = text[index]
        if index + 2 < len(text) and text[index + 1] == "-":
            last = text[index + 2]
            index += 2
        index += 1
        signs.update(
            dict.fromkeys(chr(code) for code in range(ord(first), min(ord(last), ord(first) + 255) + 1))
        )
    return "".join(signs)


def written(positions: tuple[str, ...], tail: str) -> str:
    """Positions as a pattern's text, without ``_``."""
    names = {signs: letter.upper() for letter, signs in _SETS.items()}
    parts = []
    for signs in positions:
        if len(signs) == 1:
            parts.append(f"[{signs}]" if signs in "nNxXzZ.![-" else signs)
        else:
            parts.append(names.get("".join(sorted(signs)), f"[{signs}]"))
    return "".join(parts) + tail


@cache
def rank(name: str) -> tuple[object, ...]:
    """Sort key: literals first, then position by position the smaller set, then ``.``, then ``!``."""
    if not name.startswith("_"):
        return (0, name)
    pattern = compiled(name)
    scores: list[tuple[int, int]] = []
    for signs in pattern.positions:
        if not signs:
            scores.append((0x40000, 0))
            continue
        bits = 0
        for sign in signs:
            bits |= 1 << (0xFFFF - ord(sign)) if ord(sign) < 0x10000 else 0
        scores.append((len(set(signs)) << 8 | min(ord(min(signs)), 255), bits))
    end = {"": 0x30000, ".": 0x18000, "!": 0x28000}[pattern.tail]
    return (1, (*scores, (end, 0)))
