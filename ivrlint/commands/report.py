"""``ivrlint report``."""

from __future__ import annotations

from typing import Any

import click

from ivrlint.commands._common import (
    PATHS,
    checked,
    rule_options,
    settings_options,
    stop_if_incomplete,
    written,
)


@click.command()
@PATHS
@click.option("-o", "--output", required=True, metavar="FILE", help="The page: .html.")
@settings_options
@rule_options
def command(paths: tuple[str, ...], output: str, **given: Any) -> None:
    """Make one HTML page: findings, diagram and a telephone to walk the call."""
    from ivrlint.report import page

    found = checked(paths, given)
    stop_if_incomplete(found)
    written(output, page(found).encode())
