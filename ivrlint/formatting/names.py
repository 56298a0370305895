"""How names and texts are written in the ``.ivr`` language."""

from __future__ import annotations

import re
from functools import cache

from lark.lexer import PatternStr

from ivrlint.grammar import load

_NAME = re.compile(r"[^\W\d](?:[\w.]|-(?=\w))*")  # the grammar's NAME


def needs_quotes(name: str) -> bool:
    """Is ``name`` a word of the language, or does it hold what a plain name cannot?"""
    return name in _keywords() or not _NAME.fullmatch(name)


def name(text: str) -> str:
    """``text`` as a name."""
    return quoted(text) if needs_quotes(text) else text


def quoted(text: str) -> str:
    """``text`` in quotes, on one line."""
    on_one_line = re.sub(r"[\r\n]+", " ", text)
    return '"' + re.sub(r'(["\\])', r"\\\1", on_one_line) + '"'


@cache
def _keywords() -> frozenset[str]:
    patterns = (terminal.pattern for terminal in load("ivr").terminals)
    return frozenset(each.value for each in patterns if isinstance(each, PatternStr))
