"""Ctrl-C ends the program at once, without a word, wherever it comes.

An exception would not do: raised in the midst of an import or of Python's own tidying it is passed over, told
as something else, or told with a traceback. Little is imported here: until it is, Ctrl-C is Python's.
"""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

INTERRUPTED = 130
"""Exit code, as of a program that SIGINT ends."""

_deeds: dict[object, Callable[[], object]] = {}


def on_interruption() -> None:
    """From now on; where Ctrl-C is ignored, as in a background job, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)


class tidied:  # noqa: N801, used as a function
    """``deed`` is done if Ctrl-C ends the program within."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self._deed = deed

    def __enter__(self) -> None:
        _deeds[self] = self._deed

    def __exit__(self, *_: object) -> None:
        del _deeds[self]


def _leave(*_: object) -> NoReturn:
    for deed in reversed(list(_deeds.values())):
        try:  # noqa: SIM105, contextlib is not loaded
            deed()
        except Exception:
            pass
    os._exit(INTERRUPTED)
