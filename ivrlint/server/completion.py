"""What can be written next in a ``.ivr`` text: asked of the grammar, with the names that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark.exceptions import UnexpectedInput
from lsprotocol import types

from ivrlint.formats.ivr.names import Mention
from ivrlint.grammar import next_terminals
from ivrlint.server.navigation import is_ivr, known, names
from ivrlint.server.workspace import Checked

_WORD = re.compile(r"[\w.-]*\Z")
_KINDS = {True: types.CompletionItemKind.Variable, False: types.CompletionItemKind.Function}


def items(checked: Checked, offset: int) -> list[types.CompletionItem]:
    """Names first where one can stand at ``offset``, then the words of the language."""
    if not is_ivr(checked.source):
        return []
    before = _statement_before(checked, offset)
    if _in_text_or_comment(before):
        return []
    try:
        expected = next_terminals("ivr", _WORD.sub("", before))
    except UnexpectedInput:
        return []
    return [*_names(checked, before, expected), *_words(expected)]


def _statement_before(checked: Checked, offset: int) -> str:
    """From the beginning of the statement around ``offset``: what comes before it may be unfinished."""
    text = checked.source.text
    word = offset - len(_WORD.search(text[:offset])[0])  # type: ignore[index]  # it matches nothing, too
    starts = [start for start in names(checked.source).statements if start < word]
    return text[starts[-1] if starts else 0 : offset]


def _in_text_or_comment(before: str) -> bool:
    line = re.sub(r'"(?:[^"\\]|\\.)*"', "", before.splitlines()[-1] if before else "")
    return '"' in line or "//" in line


def _names(checked: Checked, before: str, expected: frozenset[str]) -> Iterator[types.CompletionItem]:
    if "NAME" not in expected:
        return
    leads = re.search(r"(->|\bthen)\s*[\w.-]*$", before) is not None
    asks = re.search(r"\bcheck\s+\S+\s+[\w.-]*$", before) is not None
    if leads or asks:
        for name, mention in sorted(known(checked, condition=asks).items()):
            yield types.CompletionItem(_spelled(name, mention), kind=_KINDS[asks], detail=mention.keyword)


def _spelled(name: str, mention: Mention) -> str:
    return mention.span.text if mention.span.text.startswith('"') else name


def _words(expected: frozenset[str]) -> Iterator[types.CompletionItem]:
    for word in sorted(expected):
        if word.replace("-", "").isalpha() and word.islower():
            yield types.CompletionItem(word, kind=types.CompletionItemKind.Keyword)
