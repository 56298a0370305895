"""Announcements -> the keys they offer, in spoken order, each with what it is said to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivrlint.spoken.actions import Order, assigned
from ivrlint.spoken.cleaning import FILLED_IN, heard
from ivrlint.spoken.languages import (
    SUPPORTED,
    Language,
    language,
    likely,
    may_invite,
    may_leave_open,
    may_let_go,
    may_send_away,
)
from ivrlint.spoken.phrases import Phrase, phrases


class Instruction(NamedTuple):
    """``key`` is offered for ``action`` ("" where that is not plain).

    ``prompt`` is the number of the announcement, from 0, in which it stands; ``language`` two letters.
    """

    key: str
    action: str
    order: Order
    prompt: int
    language: str

    @property
    def promises_person(self) -> bool:
        """Is the action to speak with somebody, now?"""
        words = language(self.language)
        if not words.person.search(self.action) or words.elsewhere.search(self.action):
            return False
        return bool(words.speak.search(self.action) or words.only_person.match(self.action))

    @property
    def answers(self) -> bool:
        """Is the action only to say yes or no to a question?"""
        return bool(language(self.language).answer.match(self.action))


class Reading(NamedTuple):
    """What announcements say. ``complete`` is False where some of the words are not known.

    ``mentioned`` are all keys that occur at all, be it as a figure of something else. ``extension`` is the
    number of the announcement that invites to dial an extension without saying which.
    """

    instructions: tuple[Instruction, ...]
    mentioned: frozenset[str]
    complete: bool
    extension: int | None = None


def read(texts: Sequence[str], languages: Sequence[str] = ()) -> Reading:
    """Announcements played one after the other, as one; ``languages`` are theirs as the files name them.

    Where a text is said to be in a language that is not read here, nothing is read from it.
    """
    spoken = [heard(text) for text in texts]
    known = [
        text if _is_read(name) else "" for text, name in zip(spoken, _padded(languages, spoken), strict=True)
    ]
    text = " ".join(known)
    found: dict[int, list[Instruction]] = {}
    mentioned: set[str] = set()
    for each, phrased in _by_weight(text):
        mentioned.update(_mentioned(text, each))
        for start, instructions in _instructions(text, known, each, phrased):
            if start not in found or found[start][0].order is Order.UNKNOWN:
                found[start] = instructions
    ordered = tuple(one for start in sorted(found) for one in found[start])
    complete = all(known) and FILLED_IN not in text
    return Reading(ordered, frozenset(mentioned), complete, _extension(text, known))


def lets_go(texts: Sequence[str]) -> bool:
    """Do announcements say that callers may hang up as well?"""
    if not any(may_let_go(text) for text in texts):
        return False
    text = " ".join(heard(text) for text in texts)
    return any(words.hang_up.search(text) for words in map(language, SUPPORTED))


def sends_away(texts: Sequence[str]) -> bool:
    """Do announcements ask callers to call again some other time, or whether there is anything else?"""
    if not any(may_send_away(text) for text in texts):
        return False
    text = " ".join(heard(text) for text in texts)
    return any(words.later.search(text) for words in map(language, SUPPORTED))


def leaves_open(texts: Sequence[str]) -> bool:
    """Do announcements say that a key may be pressed by who wishes, no matter for what?"""
    if not any(may_leave_open(text) for text in texts):
        return False
    text = " ".join(heard(text) for text in texts)
    return any(words.wish.search(text) for words in map(language, SUPPORTED))


def lets_wait(texts: Sequence[str]) -> bool:
    """Do announcements that offer keys say that callers may wait as well?"""
    text = " ".join(heard(text) for text in texts)
    return any(words.hold.search(text) for words in likely(text))


def _extension(text: str, texts: Sequence[str]) -> int | None:
    """The number of the first of ``texts`` in which callers are invited to dial an extension."""
    if not may_invite(text):
        return None
    found = [match.start() for words in likely(text) if (match := words.extension.search(text))]
    return _prompt_at(min(found), texts) if found else None


def _padded(languages: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [*languages, *[""] * (len(texts) - len(languages))]


def _is_read(name: str) -> bool:
    return not name or name[:2].casefold() in SUPPORTED


def _by_weight(text: str) -> list[tuple[Language, list[Phrase]]]:
    """The languages with instructions in ``text``, the likeliest first: they share some verbs."""
    found = [(each, phrased) for each in likely(text) if (phrased := phrases(text, each))]
    if len(found) > 1:
        found.sort(key=lambda each: (-len(each[1]), -_familiar(text, each[0])))
    return found


def _familiar(text: str, words: Language) -> int:
    """How many words of ``text`` are known to be of the language ``words``."""
    return sum(len(pattern.findall(text)) for pattern in (words.purpose, words.speak, words.person))


def _instructions(
    text: str, texts: Sequence[str], words: Language, phrased: Sequence[Phrase]
) -> Iterator[tuple[int, list[Instruction]]]:
    for phrase, action, order in assigned(text, phrased, words):
        prompt = _prompt_at(phrase.start, texts)
        yield phrase.start, [Instruction(key, action, order, prompt, words.code) for key in phrase.keys]


def _prompt_at(offset: int, texts: Sequence[str]) -> int:
    end = 0
    for number, text in enumerate(texts):
        end += len(text) + 1
        if offset < end:
            return number
    return len(texts) - 1


def _mentioned(text: str, words: Language) -> Iterator[str]:
    for match in words.key.finditer(text):
        yield words.named(match[0])
        through = words.range.match(text, match.start())
        if through:
            first, last = (words.named(each) for each in through.groups())
            if first.isdigit() and last.isdigit():
                yield from (str(key) for key in range(int(first), int(last) + 1))
