"""Languages of lines: which of the grammar's terminals each line of a text is.

For grammars that are no more than a list of terminals, and whose terminals match any text: one pass of one
pattern. Lark would do the same, but takes longer to load than most of such texts take to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_TERMINAL = re.compile(
    r"^(?P<name>\w+)(?:\.(?P<priority>\d+))?: /(?P<pattern>.+)/(?P<flags>i?)$", re.MULTILINE
)


def folder() -> Path:
    """The grammars: shipped inside the package, or at the top of a checkout (editable installs)."""
    here = Path(__file__).resolve().parent
    shipped = here / "grammars"
    return shipped if shipped.is_dir() else here.parent / "grammars"


def scan(name: str, text: str) -> Iterator[re.Match[str]]:
    """What the terminals of ``grammars/<name>.lark`` make of ``text``; a match's ``lastgroup`` is its
    terminal.
    """
    return pattern(name).finditer(text)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The terminals of ``grammars/<name>.lark``, each a group, those of the highest priority first."""
    grammar = (folder() / f"{name}.lark").read_text(encoding="utf-8")
    terminals = sorted(_TERMINAL.finditer(grammar), key=lambda each: -int(each["priority"] or 0))
    return re.compile(
        "|".join(f"(?P<{each['name']}>(?{each['flags']}:{each['pattern']}))" for each in terminals)
    )
