"""What a user can choose about a diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Repeat = Literal["auto", "always", "never"]
Boxes = Literal["auto", "flow", "file", "none"]
Orientation = Literal["auto", "down", "right"]


class DiagramError(Exception):
    """A diagram that cannot be drawn as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is drawn and how.

    ``start`` is the name of the step to begin with, ``depth`` the most moves drawn from there (or from where
    calls come in); ``only_flagged`` keeps what findings are about, ``route`` the one route of the finding of
    that number. ``fold`` draws chains of announcements, and branches that are alike, as one. ``repeat`` says
    whether queues and ends that several steps lead to are drawn at each; ``boxes`` around what. ``link`` is a
    template with ``{path}``, ``{line}`` and ``{column}``. ``seconds`` is how long one layout may take;
    ``paged`` allows several pages where one takes longer.
    """

    start: str = ""
    depth: int | None = None
    only_flagged: bool = False
    route: int | None = None
    fold: bool = True
    repeat: Repeat = "auto"
    boxes: Boxes = "auto"
    orientation: Orientation = "auto"
    theme: str = "light"
    link: str = ""
    legend: bool = True
    seconds: float = 30
    paged: bool = True
