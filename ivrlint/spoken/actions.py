"""Tells what each key of an announcement is said to do, and whether the key or the deed is named first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ivrlint.spoken.languages import Language
from ivrlint.spoken.phrases import Phrase


class Order(StrEnum):
    """What callers hear first; which words go with which key is not always plain."""

    KEY_FIRST = "key first"
    ACTION_FIRST = "action first"
    UNKNOWN = "unknown"


class Assigned(NamedTuple):
    """A phrase with the words for what its keys do ("" where that is not plain)."""

    phrase: Phrase
    action: str
    order: Order


_SENTENCE = re.compile(r"[.!?;](?:\s|$)")
_EDGE = re.compile(r"^[\s,.:;()\"'“”«»-]+|[\s,.:;()\"'“”«»-]+$")


def assigned(text: str, found: Sequence[Phrase], language: Language) -> list[Assigned]:
    """Each of the phrases ``found`` in ``text`` with its action, sentence by sentence."""
    result: list[Assigned] = []
    for start, end in _sentences(text, found):
        inside = [phrase for phrase in found if start <= phrase.start < end]
        if inside:
            before = result[-1].phrase.end if result else 0
            result += _sentence(text, (before, start, end), inside, language)
    return result


def _sentences(text: str, found: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Beginnings and ends of the sentences of ``text``; none ends within an instruction."""
    ends = [
        match.end()
        for match in _SENTENCE.finditer(text)
        if not any(phrase.start <= match.start() < phrase.end for phrase in found)
    ]
    starts = [0, *ends]
    return list(zip(starts, [*ends, len(text)], strict=True))


def _sentence(
    text: str, where: tuple[int, int, int], inside: list[Phrase], language: Language
) -> list[Assigned]:
    before, start, end = where
    edges = [start, *(edge for phrase in inside for edge in (phrase.start, phrase.end)), end]
    chunks = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    order = _order(chunks, language)
    if order is Order.KEY_FIRST:
        actions = [_trimmed(chunk) for chunk in chunks[1:]]
    else:
        if order is Order.UNKNOWN and len(inside) == 1 and not _trimmed(chunks[-1]):
            chunks[0], order = _sentence_before(text[before:start], language)
        actions = [_last_clause(chunk, language) for chunk in chunks[:-1]]
    if order is Order.UNKNOWN:
        actions = ["" for _ in inside]
    actions = [language.dangling.sub("", action) for action in actions]
    orders = [order if action else Order.UNKNOWN for action in actions]
    return [Assigned(*each) for each in zip(inside, actions, orders, strict=True)]


def _order(chunks: list[str], language: Language) -> Order:
    """Key first if purposes follow the keys up to the last one; action first if they come before."""
    first, last = _trimmed(chunks[0]), chunks[-1]
    leads = bool(first) and any(
        language.purposeful.match(clause.strip()) for clause in re.split(r"[,:]", first)
    )
    follows = bool(language.purposeful.match(last)) and (not leads or last.lstrip()[:1] not in ",:")
    if leads and follows:
        return Order.UNKNOWN
    if follows or (not first and last.lstrip()[:1] == ":"):
        return Order.KEY_FIRST
    return Order.ACTION_FIRST if first else Order.UNKNOWN


def _sentence_before(text: str, language: Language) -> tuple[str, Order]:
    """ "To reach billing. Press 1." names the action in a sentence of its own."""
    sentences = [each for each in _SENTENCE.split(text) if each.strip()]
    if sentences and language.purposeful.match(sentences[-1]):
        return sentences[-1], Order.ACTION_FIRST
    return "", Order.UNKNOWN


def _last_clause(chunk: str, language: Language) -> str:
    """From the last clause of ``chunk`` that begins with a purpose, or from its last purpose."""
    clauses = [match.start() for match in re.finditer(r"(?:^|(?<=[,:]))\s*\S", chunk)]
    for start in clauses:
        if language.purposeful.match(chunk, start):
            return _trimmed(chunk[start:])
    found = list(language.purpose.finditer(chunk))
    return _trimmed(chunk[found[-1].start() :]) if found else _trimmed(chunk)


def _trimmed(chunk: str) -> str:
    return _EDGE.sub("", _EDGE.sub("", chunk))
