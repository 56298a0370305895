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
@click.option("-o", "--output", required=True, metavar="FILE",
              help="The picture: .svg, .png, .dot, .mmd (Mermaid) or .pdf.")  # fmt: skip
@click.option("--from", "start", metavar="STEP", default="",
              help="Begin with this step: its name, or FILE:LINE.")  # fmt: skip
@click.option("--depth", type=click.IntRange(0), metavar="N",
              help="Draw at most N moves from there, or from where calls come in.")  # fmt: skip
@click.option("--only-flagged", is_flag=True, help="Draw only what findings are about.")
@click.option("--route", type=click.IntRange(1), metavar="N",
              help="Draw the route of finding N alone; check tells the numbers.")  # fmt: skip
@click.option("--fold/--no-fold", default=True, show_default=True,
              help="Draw chains of announcements, and branches that are alike, as one.")  # fmt: skip
@click.option("--repeat", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
              help="Draw queues and ends at each use; auto: where a shared one would tangle.")  # fmt: skip
@click.option("--boxes", type=click.Choice(["auto", "flow", "file", "none"]), default="auto",
              show_default=True, help="Frame sub-flows or files; auto: where that helps.")  # fmt: skip
@click.option("--orientation", type=click.Choice(["auto", "down", "right"]), default="auto",
              show_default=True, help="Where calls go; auto: what fits a screen.")  # fmt: skip
@click.option("--theme", type=click.Choice(["light", "dark", "print"]), default="light", show_default=True,
              help="print: black on white.")  # fmt: skip
@click.option("--link-template", "link", metavar="URL", default="",
              help="Make nodes links; {path}, {line} and {column} say where a step is written.")  # fmt: skip
@click.option("--time-limit", "seconds", type=click.FloatRange(0, min_open=True), default=30,
              show_default=True, metavar="SECONDS",
              help="For one layout; then it is made simpler, then split into pages.")  # fmt: skip
@settings_options
@rule_options
def command(paths: tuple[str, ...], output: str, **given: Any) -> None:
    """Draw an annotated diagram; routes over the limit are red."""
    from dataclasses import fields

    from ivrlint import diagrams

    stem, dot = os.path.splitext(output)
    kind = dot.lower().removeprefix(".")
    if kind not in diagrams.formats():
        endings = ", ".join(f".{each}" for each in diagrams.formats())
        raise click.UsageError(f"{output!r} names no picture: its ending must be one of {endings}")
    wanted = {each.name: given.pop(each.name) for each in fields(diagrams.Options) if each.name in given}
    report = checked(paths, given)
    stop_if_incomplete(report)
    try:
        drawing = diagrams.draw(report.reading.context, report.findings, diagrams.Options(**wanted), kind)
    except diagrams.DiagramError as error:
        raise click.ClickException(str(error)) from None
    for note in drawing.notes:
        click.echo(f"Note: {note}.", err=True)
    for number, page in enumerate(drawing.pages, 1):
        path = output if len(drawing.pages) == 1 else f"{stem}-{number}{dot}"
        written(path, page.data)
        if page.title:
            click.echo(f"{path}: {page.title}", err=True)
