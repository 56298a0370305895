"""What readers meet in a text, and no more of it than anybody reads: a text may mean harm.

As compilers do, a reader that meets too many problems in one text gives up: to pass over the rest of them
would leave rules with a half-known flow.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ivrlint.flow import Problem
from ivrlint.source import Source

_most: ContextVar[int] = ContextVar("_most", default=sys.maxsize)


class TooManyError(Exception):
    """More than are asked for: ``met``, the last of them the one too many."""

    def __init__(self, met: Iterable[Problem]) -> None:
        super().__init__("too many problems")
        self.met = tuple(met)


@contextmanager
def at_most(count: int) -> Iterator[None]:
    """Within, readers may meet so many problems in one text."""
    before = _most.set(count)
    try:
        yield
    finally:
        _most.reset(before)


class Problems:
    """Problems in the order in which they were met, each once."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._met: dict[Problem, None] = {}
        self._counts: Counter[Source] = Counter()
        self += problems

    def append(self, problem: Problem) -> None:
        """Note ``problem``.

        Raises:
            TooManyError: if there are more in its text than :func:`at_most` allows.
        """
        if problem in self._met:
            return
        self._met[problem] = None
        self._counts[problem.span.source] += 1
        if self._counts[problem.span.source] > _most.get():
            raise TooManyError(self)

    def __iadd__(self, problems: Iterable[Problem]) -> Problems:
        for problem in problems:
            self.append(problem)
        return self

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._met)

    def __len__(self) -> int:
        return len(self._met)

    def __contains__(self, problem: object) -> bool:
        return problem in self._met
