"""``ivrlint diagram``."""

from __future__ import annotations

import os
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
@click.option("-o", "--output", required=True, metavar="FILE", help="The picture: .svg, .png, .dot or .pdf.")
@settings_options
@rule_options
def command(paths: tuple[str, ...], output: str, **settings: Any) -> None:
    """Draw an annotated diagram; routes over the limit are red."""
    from ivrlint import render
    from ivrlint.diagram import draw

    kind = os.path.splitext(output)[1].lower().removeprefix(".")
    if kind not in render.FORMATS:
        endings = ", ".join(f".{each}" for each in render.FORMATS)
        raise click.UsageError(f"{output!r} names no picture: its ending must be one of {endings}")
    report = checked(paths, settings)
    stop_if_incomplete(report)
    dot = draw(report.reading.context, report.findings)
    missing = render.missing_glyphs(dot) if kind == "png" else ""
    if missing:
        click.echo(f"Note: the font of .png has no {missing[:20]}; .svg shows every script.", err=True)
    try:
        picture = render.picture(dot, kind)
    except render.RenderError as error:
        raise click.ClickException(str(error)) from None
    written(output, picture)
