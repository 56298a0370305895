"""Ctrl-C ends the program at once, without a word, wherever it comes.

An exception would not do: raised in the midst of an import or of Python's own tidying it is passed over, told
as something else, or told with a traceback.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

INTERRUPTED = 130
"""Exit code, as of a program that SIGINT ends."""

_deeds: dict[object, Callable[[], object]] = {}


def on_interruption() -> None:
    """From now on; where Ctrl-C is ignored, as in a background job, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)


@contextmanager
def tidied(deed: Callable[[], object]) -> Iterator[None]:
    """``deed`` is done if Ctrl-C ends the program within."""
    here = object()
    _deeds[here] = deed
    try:
        yield
    finally:
        del _deeds[here]


def _leave(*_: object) -> NoReturn:
    for deed in reversed(list(_deeds.values())):
        with suppress(Exception):
            deed()
    os._exit(INTERRUPTED)
