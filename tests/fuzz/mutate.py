"""Breaks texts: as editors, scripts and bad connections do, and as somebody who means harm would."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

NASTY = (
    *("\0", "\x1b[2J", "\u202e", "\u2028", "\ufeff", "\ud800", "😀", "²", "٣", "<script>", "\\", '"', "'"),
    *("-1", "0", "1e999", "99999999999999999999", "9" * 5000, "NaN", "x2", "", " " * 400, "\t", "\r", "\r\n"),
    *("{", "[" * 200, "(" * 200, "]", ")", "//", ";--", "--;", "<<EOF", "&a", "*a", "!Sub ", "null", "true"),
    *("$[${X} + 1]", "${EXTEN:1:2}", "Goto(s,1)", "->", "then", "same => n,Goto(s,1)", "ivrlint: ignore[X"),
    *("`", "${", "}", "\n\n"),
)

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def mutated(seeds: Sequence[str], random: Random) -> str:
    """One of ``seeds``, broken in one to four ways."""
    text = random.choice(seeds)
    for _ in range(random.randint(1, 4)):
        text = random.choice(_WAYS)(text, seeds, random)
    return text[:200_000]


def _stretch(text: str, random: Random, longest: int = 200) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.randint(0, longest))


def _cut_off(text: str, _: Sequence[str], random: Random) -> str:
    return text[: random.randint(0, len(text))]


def _delete(text: str, _: Sequence[str], random: Random) -> str:
    start, end = _stretch(text, random)
    return text[:start] + text[end:]


def _repeat(text: str, _: Sequence[str], random: Random) -> str:
    start, end = _stretch(text, random)
    return text[:end] + text[start:end] * random.choice((1, 2, 50)) + text[end:]


def _insert_nasty(text: str, _: Sequence[str], random: Random) -> str:
    start = random.randint(0, len(text))
    return text[:start] + random.choice(NASTY) + text[start:]


def _replace_token(text: str, _: Sequence[str], random: Random) -> str:
    tokens = _TOKEN.findall(text) or [""]
    index = random.randrange(len(tokens))
    tokens[index] = random.choice((random.choice(tokens), random.choice(NASTY)))
    return "".join(tokens)


def _swap_tokens(text: str, _: Sequence[str], random: Random) -> str:
    tokens = _TOKEN.findall(text) or [""]
    one, other = random.randrange(len(tokens)), random.randrange(len(tokens))
    tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def _swap_lines(text: str, _: Sequence[str], random: Random) -> str:
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _splice(text: str, seeds: Sequence[str], random: Random) -> str:
    other = random.choice(seeds)
    start, end = _stretch(other, random, 2000)
    at = random.randint(0, len(text))
    return text[:at] + other[start:end] + text[at:]


def _flip(text: str, _: Sequence[str], random: Random) -> str:
    at = random.randrange(len(text)) if text else 0
    return text[:at] + chr(random.choice((random.randrange(128), random.randrange(0x3000)))) + text[at + 1 :]


_WAYS: tuple[Callable[[str, Sequence[str], Random], str], ...] = (
    _cut_off,
    _delete,
    _repeat,
    _insert_nasty,
    _replace_token,
    _replace_token,
    _swap_tokens,
    _swap_lines,
    _splice,
    _flip,
)
