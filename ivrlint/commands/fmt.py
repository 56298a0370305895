"""``ivrlint fmt``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ivrlint.commands._common import FAILED, FOUND, PATHS, build, note, written

if TYPE_CHECKING:
    from ivrlint.rewrite import Formatted


@click.command()
@PATHS
@click.option("--check", "check_", is_flag=True, help="Write nothing; exit 1 if a file would be changed.")
@click.option("--diff", "diff_", is_flag=True, help="Write nothing; print what would be changed.")
@click.option(
    "--stdin-filename", default="stdin.ivr", metavar="NAME", help="What standard input (-) is called."
)
def command(paths: tuple[str, ...], check_: bool, diff_: bool, stdin_filename: str) -> None:
    """Bring .ivr files into canonical form; - reads standard input and writes standard output.

    Folders are searched. A file with a syntax error is not touched.
    """
    from ivrlint.outputs import text
    from ivrlint.rewrite import formatted

    piped = "-" in paths
    if piped and len(paths) > 1:
        raise click.UsageError("standard input (-) goes alone")
    done, report = formatted(paths, build(None, False), stdin_filename)
    changed = [each for each in done if each.changed]
    if check_ or diff_:
        _compared(changed, diff_)
    elif piped:
        _printed(done)
    else:
        _replaced(changed)
    if not report.complete:
        click.echo(text.render(report), nl=False, err=True)
        raise click.exceptions.Exit(FAILED)
    if check_ and changed:
        raise click.exceptions.Exit(FOUND)


def _compared(changed: Sequence[Formatted], with_diff: bool) -> None:
    for each in changed:
        if with_diff:
            click.echo("".join(each.diff()), nl=False)
    for each in changed:
        note(f"would format {each.source.path}")


def _printed(done: Sequence[Formatted]) -> None:
    for each in done:
        click.echo(each.text.encode(), nl=False)


def _replaced(changed: Sequence[Formatted]) -> None:
    for each in changed:
        written(each.source.path, each.text.encode())
    for each in changed:
        note(f"formatted {each.source.path}")
