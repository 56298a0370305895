"""Links between the files of a project: which place a name stands for.

A place (a flow, a context, a state) has several names, some better than others: its identifier in the
platform, the name its author gave it, the name of its file. Whoever links to it gives what it knows, best
first; the first name that anything in the project has decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

P = TypeVar("P")


class Called(NamedTuple):
    """A name of one kind ("arn", "file"...): names of different kinds never stand for each other."""

    kind: str
    name: str


class Found(NamedTuple, Generic[P]):
    """What a link leads to: ``place``, or None and ``several`` places that share the name (none: missing)."""

    place: P | None = None
    several: tuple[P, ...] = ()


class Links(Generic[P]):
    """Places by name. Of two places with the same name, the one in the folder of whoever links is meant."""

    def __init__(self) -> None:
        self._places: dict[Called, dict[P, str]] = {}

    def add(self, place: P, names: Iterable[Called], folder: str = "") -> None:
        """``place``, written in ``folder``, has ``names``."""
        for called in names:
            if called.name:
                self._places.setdefault(called, {})[place] = folder

    def find(self, names: Iterable[Called], folder: str = "") -> Found[P]:
        """The place that the first known one of ``names`` stands for, seen from ``folder``."""
        for called in names:
            places = self._places.get(called)
            if places:
                near = [place for place, where in places.items() if where == folder] or list(places)
                return Found(near[0]) if len(near) == 1 else Found(None, tuple(near))
        return Found()
