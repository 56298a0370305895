"""``ivrlint check``."""

from __future__ import annotations

from typing import Any

import click

from ivrlint.commands._common import (
    FAILED,
    FOUND,
    build,
    checked,
    colour,
    rule_options,
    settings_options,
)


def _output(_: click.Context, __: click.Parameter, name: str) -> str:
    """The name of an output; what there is, is looked up only now."""
    from ivrlint import plugins

    known = plugins.names("outputs")
    if name not in known:
        raise click.BadParameter(f"{name!r} is not one of {', '.join(known)}")
    return name


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--format", "format_", callback=_output, default="text", show_default=True,
              metavar="NAME", help="text or json.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), default="warning",
              show_default=True, help="Exit 1 for findings of this severity or a worse one.")  # fmt: skip
@click.option("--stdin-filename", default="stdin.ivr", metavar="NAME",
              help="What standard input (-) is called and read as.")  # fmt: skip
@click.option("--color/--no-color", default=None, help="Default: on a terminal only.")
@click.option("--show-settings", is_flag=True, help="Show what applies, check nothing.")
@settings_options
@rule_options
def command(
    *,
    paths: tuple[str, ...],
    format_: str,
    fail_on: str,
    stdin_filename: str,
    color: bool | None,
    show_settings: bool,
    **settings: Any,
) -> None:
    """Lint flows; folders are searched, - reads standard input."""
    from ivrlint import plugins
    from ivrlint.finding import Severity

    if show_settings:
        from ivrlint import shown

        click.echo(shown.as_text(build(**settings)), nl=False)
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'.")
    report = checked(paths, settings, stdin_filename)
    output = next(each for each in plugins.modules("outputs") if format_ == each.NAME)
    click.echo(output.render(report), nl=False, color=colour(color))
    if not report.complete:
        raise click.exceptions.Exit(FAILED)
    threshold = Severity(fail_on).rank
    if any(finding.severity.rank <= threshold for finding in report.findings):
        raise click.exceptions.Exit(FOUND)
