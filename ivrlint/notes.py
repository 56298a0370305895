"""What a profile says of each rule, and why: its lines with their comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ivrlint import selection
from ivrlint.source import Source

_HEADER = re.compile(r"\[([^\]]+)\]")
_LINE = re.compile(r"""["']?(?P<key>[\w-]+)["']?\s*(?:=\s*(?P<value>.+?)|,)?\s+\#\s+(?P<why>.+)""")
_COUNTED = {"limit": "IVR101", "measure": "IVR101"}
"""Keys of the whole run that are one rule's."""


def notes(sources: Iterable[Source]) -> dict[str, list[str]]:
    """By code, ``always = true: item 1`` for each line of a profile that has a comment."""
    found: dict[str, list[str]] = {}
    for source in reversed([*sources]):
        for code, note in _notes(source.text):
            found.setdefault(code, []).append(note)
    return found


def _notes(text: str) -> Iterator[tuple[str, str]]:
    table = ""
    for line in text.splitlines():
        header = _HEADER.match(line)
        table = header[1] if header else table
        said = _LINE.match(line.strip())
        if said:
            rule = selection.rule_named(table) or selection.rule_named(said["key"])
            code = rule.CODE if rule else _COUNTED.get(said["key"])
            if code:
                yield (
                    code,
                    f"{said['key']} = {said['value']}: {said['why']}" if said["value"] else said["why"],
                )
