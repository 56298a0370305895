"""Where the names of a ``.ivr`` text are defined and used; told from its words alone, so that it works while
the text is being written and does not parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.formats.ivr.errors import STATEMENTS
from ivrlint.source import Source, Span

CONDITIONS = frozenset({"hours", "data", "staffing"})
ACTIONS = frozenset({"hangup", "repeat", "back", "return"})
_NAMELESS = frozenset({"include", "language", "everywhere"})

_TOKEN = re.compile(r'//[^\r\n]*|"(?:[^"\\\r\n]|\\["\\])*"|->|[{}]|[^\W\d](?:[\w.]|-(?=\w))*|\S')


_NAME = re.compile(r"[^\W\d](?:[\w.]|-(?=\w))*")


class Mention(NamedTuple):
    """A name at ``span``: of a condition or a step (or line); ``keyword`` is that of its definition, "" where
    it is only used.
    """

    name: str
    span: Span
    keyword: str = ""
    condition: bool = False


class Names(NamedTuple):
    """All names of one text, in order, and where its statements begin."""

    mentions: tuple[Mention, ...]
    statements: tuple[int, ...]

    def at(self, offset: int) -> Mention | None:
        """What is named at ``offset``, or just before it."""
        found = (each for each in self.mentions if each.span.start <= offset <= each.span.end)
        return next(found, None)


def names(source: Source) -> Names:
    """What ``source`` names."""
    words = [match for match in _TOKEN.finditer(source.text) if not match[0].startswith("//")]
    mentions: list[Mention] = []
    statements: list[int] = []
    depth = 0
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        if _begins_statement(source, word, following, depth):
            depth = 0
            statements.append(word.start())
            mentions += _defined(source, words[index : index + 3])
        elif word[0] in ("->", "then"):
            mentions += _led_to(source, following)
        depth += {"{": 1, "}": -1}.get(word[0], 0)
    return Names(tuple(mentions), tuple(statements))


def _begins_statement(
    source: Source, word: re.Match[str], following: re.Match[str] | None, depth: int
) -> bool:
    """Nothing before it on its line, and a name behind it; in a block, ``end`` is what ends typed digits."""
    if word[0] not in STATEMENTS or _text_before(source.text, word.start()):
        return False
    if depth <= 0 or word[0] in _NAMELESS:
        return True
    return word[0] != "end" and following is not None and _is_name(following)


def _text_before(text: str, offset: int) -> str:
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return text[line:offset].strip()


def _defined(source: Source, words: list[re.Match[str]]) -> Iterator[Mention]:
    keyword, *rest = words
    if keyword[0] in _NAMELESS or not rest or not _is_name(rest[0]):
        return
    name = rest[0]
    is_condition = keyword[0] in CONDITIONS
    yield Mention(_text(name), source.span(*name.span()), keyword[0], is_condition)
    if keyword[0] == "check" and len(rest) > 1 and _is_name(rest[1]):
        yield Mention(_text(rest[1]), source.span(*rest[1].span()), condition=True)


def _led_to(source: Source, word: re.Match[str] | None) -> Iterator[Mention]:
    if word is not None and _is_name(word) and word[0] not in ACTIONS:
        yield Mention(_text(word), source.span(*word.span()))


def _is_name(word: re.Match[str]) -> bool:
    return len(word[0]) > 1 if word[0][0] == '"' else word[0][0].isalpha() or word[0][0] == "_"


def spelled(name: str) -> str:
    """``name`` as it is written: in quotes where it needs them."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return name if _NAME.fullmatch(name) and name not in ACTIONS else f'"{escaped}"'


def _text(word: re.Match[str]) -> str:
    return re.sub(r'\\(["\\])', r"\1", word[0][1:-1]) if word[0][0] == '"' else word[0]
