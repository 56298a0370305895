"""How long files may keep us busy: the last resort, where nothing else bounds the work.

What counts is the processor time of this thread, so that a busy machine changes nothing. It is looked at
where work can multiply: in every state that is explored, file that is included, finding that is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic, thread_time

_earliest: ContextVar[float] = ContextVar("_earliest", default=inf)
_end: ContextVar[float] = ContextVar("_end", default=inf)


class OutOfTimeError(Exception):
    """It took too long."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Work within may take so many seconds of processor time."""
    before = _earliest.set(monotonic() + seconds), _end.set(thread_time() + seconds)
    try:
        yield
    finally:
        _earliest.reset(before[0])
        _end.reset(before[1])


def go_on() -> None:
    """Nothing, while there is time.

    Raises:
        OutOfTimeError: if there is none left.
    """
    if monotonic() > _earliest.get() and thread_time() > _end.get():  # the second costs ten times the first
        raise OutOfTimeError
