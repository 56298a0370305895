"""Asterisk dialplans: ``extensions.conf`` and ``extensions.ael``, read as Asterisk runs them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from ivrlint.flow import Flow
from ivrlint.project import Project
from ivrlint.source import Source

NAME = "asterisk"
SUFFIXES = (".ael", ".ael2")
ENCODINGS = ("utf-8-sig", "latin-1")
"""How these files may be encoded: Asterisk itself does not care."""

SHARED_SUFFIXES = (".conf", ".lua")
MAY_BE_EMPTY = True
"""Asterisk is content with files in which nothing is written, and comes with some."""

_DIALPLAN = re.compile(r"^[ \t]*(?:exten|same)[ \t]*=[^,;\r\n]*,", re.IGNORECASE | re.MULTILINE)
_WHOLE = re.compile(r"extensions\.(?:conf|ael2?)", re.IGNORECASE)
_LUA = re.compile(r"^[ \t]*(?:local[ \t]+)?extensions[ \t]*=[ \t]*\{", re.MULTILINE)


def detect(source: Source) -> bool:
    """By content: other files of Asterisk look much the same."""
    if source.path.lower().endswith(".lua"):
        return bool(_LUA.search(source.text))
    if is_ael(source):
        return True
    return bool(_DIALPLAN.search(source.text)) and ("[" in source.text or begins(source))


def COMMENT(source: Source) -> str:  # noqa: N802
    """AEL has comments of its own."""
    return "//" if is_ael(source) else ";"


def is_ael(source: Source) -> bool:
    """Is it written in AEL?"""
    return source.path.lower().removesuffix(".sample").endswith(SUFFIXES)


def begins(source: Source) -> bool:
    """Is it the file that Asterisk begins with? It loads others only where that one includes them."""
    return bool(_WHOLE.fullmatch(os.path.basename(source.path)))


def read(sources: Iterable[Source], project: Project) -> Flow:
    """One dialplan for each folder: what stands beside each other is loaded together."""
    from ivrlint.formats.asterisk.files import read_files  # loaded only for a file of ours

    return read_files(sources, project)
