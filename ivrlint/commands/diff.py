"""``ivrlint diff``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from ivrlint.commands._common import FOUND, build, colour, settings_options, stop_if_incomplete, written

if TYPE_CHECKING:
    from ivrlint.config import Settings
    from ivrlint.linter import Report


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="OLD NEW | --git RANGE PATH...")
@click.option(
    "--git",
    "range_",
    metavar="RANGE",
    help="Compare PATHs in two revisions: main..HEAD, main...HEAD, or main (and the files as they are).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="For a terminal, a comment on a pull request, a program.",
)
@click.option("-o", "--output", metavar="FILE", help="Draw both in one picture: .svg, .png, .dot, .mmd.")
@click.option(
    "--fail-on",
    type=click.Choice(["worse", "new-findings", "never"]),
    default="worse",
    show_default=True,
    help="Exit 1 if callers are worse off, or if there are new findings.",
)
@click.option("--color/--no-color", default=None, help="Default: on a terminal only.")
@settings_options
def command(
    paths: tuple[str, ...],
    range_: str | None,
    output: str | None,
    format_: str,
    fail_on: str,
    color: bool | None,
    **settings: Any,
) -> None:
    """Say what a change does to callers: keypresses, seconds, people gained and lost, calls dropped.

    OLD and NEW are files or folders.
    """
    from ivrlint.differences import as_json, markdown, text
    from ivrlint.differences.change import Effect
    from ivrlint.differences.comparison import compare
    from ivrlint.finding import Severity

    built = build(**settings)
    old, new = _revisions(range_, paths, built) if range_ else _given(paths, built)
    stop_if_incomplete(old)
    stop_if_incomplete(new)
    if output:
        _draw(old, new, output)
    comparison = compare(old, new)
    told = {"text": text, "markdown": markdown, "json": as_json}[format_]
    click.echo(told.render(comparison), nl=False, color=colour(color))
    serious = [finding for finding in comparison.new if finding.severity is not Severity.INFO]
    failed = {"worse": comparison.count(Effect.WORSE), "new-findings": len(serious), "never": 0}
    if failed[fail_on]:
        raise click.exceptions.Exit(FOUND)


def _draw(old: Report, new: Report, output: str) -> None:
    from ivrlint import diagrams
    from ivrlint.differences.drawing import drawn

    kind = os.path.splitext(output)[1].lower().removeprefix(".")
    if kind not in diagrams.formats():
        endings = ", ".join(f".{each}" for each in diagrams.formats())
        raise click.UsageError(f"{output!r} names no picture: its ending must be one of {endings}")
    try:
        written(output, drawn(old, new, kind))
    except diagrams.DiagramError as error:
        raise click.ClickException(str(error)) from None


def _given(paths: tuple[str, ...], settings: Settings) -> tuple[Report, Report]:
    from ivrlint import linter

    if len(paths) != 2:
        raise click.UsageError("give the old and the new file or folder, or --git RANGE and paths")
    return linter.check(paths[:1], settings), linter.check(paths[1:], settings)


def _revisions(range_: str, paths: tuple[str, ...], settings: Settings) -> tuple[Report, Report]:
    from ivrlint import linter
    from ivrlint.differences import revisions

    try:
        both = revisions.parse(range_)
        with revisions.checked_out(both.old, paths) as before:
            old = linter.check(before, settings)
        if not both.new:
            return old, linter.check(paths, settings)
        with revisions.checked_out(both.new, paths) as after:
            new = linter.check(after, settings)
    except revisions.GitError as error:
        raise click.ClickException(f"git: {error}") from None
    if not (before or after):
        raise click.UsageError(f"neither revision holds {', '.join(paths)}")
    return old, new
