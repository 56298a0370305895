"""A picture in words: what each node, edge and box says. How it looks is up to themes and writers."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Look(StrEnum):
    """What a node shows: a kind of step; a check at which nothing is decided is work of the system."""

    ENTRY = "entry"
    SAY = "say"
    MENU = "menu"
    ASK = "ask"
    CHECK = "check"
    WORK = "work"
    HUMAN = "human"
    VOICEMAIL = "voicemail"
    CALLBACK = "callback"
    END = "end"
    UNKNOWN = "unknown"


class Line(StrEnum):
    """How an edge is drawn."""

    SOLID = "solid"  # what callers are offered, what the system decides, what just follows
    DOTTED = "dotted"  # what goes wrong: silence, a wrong key, a full queue, a fault
    DASHED = "dashed"  # to and from what is unknown


class Mark(StrEnum):
    """What became of a node or an edge, where two versions of a flow are drawn in one picture."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Node(NamedTuple):
    """A node: lines of its title, of what is said there and of facts; the whole of it in ``tooltip``.

    ``name`` is unique, ``places`` are the names of all places drawn here. A ``stub`` refers to a step that
    is drawn in full elsewhere.
    """

    name: str
    places: tuple[str, ...]
    look: Look
    title: tuple[str, ...]
    said: tuple[str, ...]
    facts: tuple[str, ...]
    tooltip: str
    url: str
    flagged: bool
    stub: bool
    mark: Mark | None = None


class Edge(NamedTuple):
    """An edge; a line of its label is what the caller does and the words for it, one of which may be ""."""

    tail: str
    head: str
    lines: tuple[tuple[str, str], ...]
    tooltip: str
    line: Line
    flagged: bool
    pairs: tuple[tuple[str, str], ...]
    mark: Mark | None = None


class Box(NamedTuple):
    """A frame around the nodes of a file or a sub-flow."""

    name: str
    label: str
    nodes: tuple[str, ...]


class Legend(NamedTuple):
    """The looks that occur, with a word for each, and lines about the rest."""

    looks: tuple[tuple[Look, str], ...]
    lines: tuple[str, ...]


class Picture(NamedTuple):
    """All of it. ``right`` means that calls go from left to right. ``simple`` asks for a quick layout."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    boxes: tuple[Box, ...]
    legend: Legend | None
    right: bool
    simple: bool = False
