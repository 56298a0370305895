"""``ivrlint convert``."""

from __future__ import annotations

from typing import Any

import click

from ivrlint.commands._common import PATHS, checked, settings_options, stop_if_incomplete, written


@click.command()
@PATHS
@click.option("-o", "--output", metavar="FILE", help="The .ivr file to write; else it is printed.")
@settings_options
def command(paths: tuple[str, ...], output: str | None, **settings: Any) -> None:
    """Write flows of any format in the .ivr language, with the same routes."""
    from ivrlint.writing.text import convert

    report = checked(paths, settings)
    stop_if_incomplete(report)
    reading = report.reading
    done = convert(reading.flow, reading.context.settings.words_per_minute)
    if output:
        written(output, done.text.encode())
    else:
        click.echo(done.text, nl=False)
    if done.lost:
        click.echo("Note: what the language cannot say is listed at the end.", err=True)
