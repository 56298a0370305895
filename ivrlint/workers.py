"""Processes that work beside this one, and what Ctrl-C does to them.

A terminal sends Ctrl-C to all of them. Only the first one says and tidies anything; the others just end.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from multiprocessing.context import BaseContext
from typing import TypeVar

from ivrlint.leaving import tidied

T = TypeVar("T")


def in_processes(work: Callable[..., T], tasks: Iterable[tuple[object, ...]], most: int) -> list[T]:
    """What ``work`` makes of the arguments of each of ``tasks``, in their order, in ``most`` processes."""
    with tidied(_end_all), ProcessPoolExecutor(most, _context(), initializer=_end_at_once) as pool:
        with _interruption_held():
            waiting = [pool.submit(work, *task) for task in tasks]
        return [each.result() for each in waiting]


def _context() -> BaseContext | None:
    """A copy of this process has all that it needs loaded; macOS and Windows can't make one safely."""
    return get_context("fork") if sys.platform == "linux" else None


@contextmanager
def _interruption_held() -> Iterator[None]:
    """Ctrl-C waits while processes are started, here and in them: they are not ready to end quietly."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_at_once() -> None:
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as in a background job
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end_all() -> None:
    for process in active_children():
        process.terminate()
