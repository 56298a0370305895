"""``ivrlint server``."""

from __future__ import annotations

import gc

import click


@click.command()
def command() -> None:
    """Run the language server for editors, over standard input and output."""
    try:
        from ivrlint.server.service import service
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing: pip install 'ivrlint[server]'") from None
    gc.enable()  # it runs for days
    service().start_io()
