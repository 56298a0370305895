"""``--baseline`` and ``--write-baseline``."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from ivrlint import baseline
from ivrlint.commands._common import written
from ivrlint.words import plural

if TYPE_CHECKING:
    from ivrlint.linter import Report

DEFAULT = "ivrlint-baseline.json"
_MOST_TOLD = 10


def write(report: Report, path: str | None, say: Callable[[str], None]) -> None:
    """Accept what is in ``report``.

    Raises:
        click.ClickException: if not all could be checked, or the file cannot be written.
    """
    if not report.complete:
        from ivrlint.commands._common import stop_if_incomplete

        say("Not all could be checked: no baseline is written.")
        stop_if_incomplete(report)
    path = path or DEFAULT
    written(path, baseline.dumps(report, _folder(path)).encode())
    say(f"{plural(len(report.findings), 'finding')} accepted in {path}.")


def compared(report: Report, path: str, say: Callable[[str], None]) -> Report:
    """What is new in ``report``; what is accepted or has expired is told in a line.

    Raises:
        click.ClickException: if there is no such baseline.
    """
    try:
        with open(path, encoding="utf-8") as file:
            entries = baseline.loads(file.read())
    except OSError as error:
        raise click.ClickException(
            f"{path} cannot be read: {error.strerror}; --write-baseline makes it"
        ) from None
    except (baseline.BaselineError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from None
    result = baseline.compare(report, entries, _folder(path))
    if result.known:
        say(f"{plural(result.known, 'finding')} accepted in {path}.")
    if result.expired:
        _tell_expired(result.expired, path, say)
    return report._replace(findings=result.new)


def _tell_expired(expired: tuple[baseline.Entry, ...], path: str, say: Callable[[str], None]) -> None:
    occur = "occurs" if len(expired) == 1 else "occur"
    say(
        f"{plural(len(expired), 'entry')} of {path} no longer {occur}; --write-baseline drops what is mended:"
    )
    for entry in expired[:_MOST_TOLD]:
        say(f"  {entry.key.file}: {entry.key.rule} at {entry.key.step}: {entry.message}")
    if len(expired) > _MOST_TOLD:
        say(f"  ... and {len(expired) - _MOST_TOLD} more")


def _folder(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))
