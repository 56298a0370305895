"""``ivrlint init``."""

from __future__ import annotations

import os

import click

from ivrlint.commands._common import checked, written

NAME = "ivrlint.toml"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option("--force", is_flag=True, help="Write over an ivrlint.toml that is there.")
def command(paths: tuple[str, ...], force: bool) -> None:
    """Write a commented ivrlint.toml that fits the flows found (here, or at PATH)."""
    from ivrlint import starter
    from ivrlint.words import printable

    if os.path.exists(NAME) and not force:
        raise click.UsageError(f"{NAME} is there already; --force writes over it")
    report = checked(paths or (".",), {"config": None, "isolated": True})
    written(NAME, starter.text(report).encode("utf-8", "backslashreplace"))
    click.echo(printable(f"{NAME} is written. Try: ivrlint check {' '.join(paths) or '.'}"))
