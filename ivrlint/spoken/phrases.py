"""Finds the words that tell callers to press a key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.spoken.languages import Language

_NEAR = 100
"""Characters before and behind an instruction that tell whether it is meant."""

_SENTENCE = re.compile(r"[.!?;](?=\s|$)")


class Phrase(NamedTuple):
    """The words from ``start`` to ``end`` of a text, which tell callers to press one of ``keys``."""

    start: int
    end: int
    keys: tuple[str, ...]


def phrases(text: str, language: Language) -> list[Phrase]:
    """All instructions of ``language`` in ``text``, in order."""
    found = [
        _phrase(match, language)
        for match in language.instruction.finditer(text)
        if not _is_no_offer(text, match, language)
    ]
    if not found:
        return []
    return sorted([*found, *_further(text, found, language)])


def _further(text: str, found: list[Phrase], language: Language) -> Iterator[Phrase]:
    """Keys after the first instruction that go without a verb of their own."""
    matches = [*language.further.finditer(text, found[0].end), *_behind_action(text, found, language)]
    phrased = {match.span("all"): _keys(match["keys"], language) for match in matches}
    for (start, end), keys in phrased.items():
        if not any(each.start < end and start < each.end for each in found):
            yield Phrase(start, end, keys)


def _behind_action(text: str, found: list[Phrase], language: Language) -> Iterator[re.Match[str]]:
    """Keys that stand behind what they are for, in clauses right after an instruction."""
    for phrase in found:
        match = language.elided.match(text, phrase.end)
        while match:
            yield match
            match = language.elided.match(text, match.end("keys"))


def _phrase(match: re.Match[str], language: Language) -> Phrase:
    keys = match.groupdict().get("keys") or match["bare"]
    return Phrase(match.start(), match.end(), _keys(keys, language))


def _keys(text: str, language: Language) -> tuple[str, ...]:
    several = language.range.fullmatch(text)
    if several:
        first, last = (language.named(each) for each in several.groups())
        if first.isdigit() and last.isdigit():
            return tuple(str(key) for key in range(int(first), int(last) + 1))
    return tuple(language.named(match[0]) for match in language.key.finditer(text))


def _is_no_offer(text: str, match: re.Match[str], language: Language) -> bool:
    """Is it denied, a condition, an emergency number, or the end of data to be typed?"""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    if language.excluded.search(before):
        return True
    keys = _keys(match.groupdict().get("keys") or match["bare"], language)
    if not {"#", "*"} & {*keys}:
        return False
    after = _SENTENCE.split(text[match.end() : match.end() + _NEAR])[0]
    return bool(language.data.search(_SENTENCE.split(before)[-1]) or language.finished.search(after))
