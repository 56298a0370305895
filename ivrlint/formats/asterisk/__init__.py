"""Asterisk dialplans: ``extensions.conf``, read as Asterisk runs it."""

from __future__ import annotations

from collections.abc import Iterable

from ivrlint.flow import Flow
from ivrlint.project import Project
from ivrlint.source import Source

NAME = "asterisk"
SUFFIXES = (".conf",)
COMMENT = ";"


def detect(source: Source) -> bool:
    """Not yet."""
    return False


def read(sources: Iterable[Source], project: Project) -> Flow:
    """Not yet."""
    return Flow(sources=tuple(sources))
