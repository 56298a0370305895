"""A progress bar, on a terminal only, and only for runs that take longer than a second."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from itertools import repeat
from types import TracebackType
from typing import Any

import click

PATIENCE = 1.0
"""Seconds before the bar is shown."""


class Progress:
    """Shows what a run is doing, on standard error, until it is left."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._shown = ExitStack()
        self._bar: Any = None
        self._deed = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()

    def hide(self) -> None:
        """Take the bar away, and give the terminal its cursor back."""
        self._shown.close()

    def say(self, deed: str, done: int, of: int) -> None:
        """``done`` of the ``of`` parts of ``deed`` are done; ``of`` is 0 where that is not known."""
        if not sys.stderr.isatty() or time.monotonic() - self._begun < PATIENCE:
            return
        if deed != self._deed:
            self._shown.close()
            self._bar = self._shown.enter_context(
                click.progressbar(repeat(None), of or None, label=deed, file=sys.stderr, show_pos=True)
            )
            self._deed = deed
        self._bar.update(done - self._bar.pos)
