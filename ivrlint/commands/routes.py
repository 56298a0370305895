"""``ivrlint routes``."""

from __future__ import annotations

from typing import Any

import click

from ivrlint.commands._common import PATHS, checked, settings_options, stop_if_incomplete


@click.command()
@PATHS
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="A table for people, or JSON.")  # fmt: skip
@settings_options
def command(paths: tuple[str, ...], format_: str, **settings: Any) -> None:
    """Show every human from every entry: keypresses, keys, seconds, conditions."""
    from ivrlint import table

    report = checked(paths, settings)
    stop_if_incomplete(report)
    show = table.as_json if format_ == "json" else table.as_text
    click.echo(show(report.reading), nl=False)
