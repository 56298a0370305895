"""The project's own phone-menu language; reference in ``grammars/README.md``."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ivrlint.flow import Flow
from ivrlint.project import Project
from ivrlint.source import Source

NAME = "ivr"
SUFFIXES = (".ivr",)
COMMENT = "//"


def detect(source: Source) -> bool:
    """By the file's ending: the language is ours, and so is its suffix."""
    return os.path.splitext(source.path)[1].lower() in SUFFIXES


def read(sources: Iterable[Source], project: Project) -> Flow:
    """The flows of all files that no other one includes, each with what it includes."""
    from ivrlint.formats.ivr.files import read_files  # loaded only for a file of ours

    return read_files(sources, project)
