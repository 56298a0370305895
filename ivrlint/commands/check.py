"""``ivrlint check``."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from ivrlint import plugins
from ivrlint.cache import Outcome, remembered
from ivrlint.commands._common import (
    FAILED,
    FOUND,
    build,
    colour,
    linted,
    note,
    rule_options,
    settings_options,
    written,
)
from ivrlint.files import cache_folder

if TYPE_CHECKING:
    from ivrlint.linter import Report


def _output(_: click.Context, __: click.Parameter, name: str) -> ModuleType:
    """The output of that name; it alone is loaded."""
    try:
        return plugins.named("outputs", name)
    except plugins.PluginError as error:
        raise click.BadParameter(str(error)) from None


def _completed(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    return [name for name in plugins.names("outputs") if name.startswith(begun)]


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path())
@click.option("--format", "output", callback=_output, shell_complete=_completed, default="text",
              show_default=True, metavar="NAME",
              help="text, concise, json, sarif, junit, github, gitlab, html, or a plug-in's.")  # fmt: skip
@click.option("-o", "--output-file", metavar="FILE", type=click.Path(dir_okay=False),
              help="Write there, whole or not at all, instead of to standard output.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), default="warning",
              show_default=True, help="Exit 1 for findings of this severity or a worse one.")  # fmt: skip
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of telling them.")
@click.option("-q", "--quiet", is_flag=True, help="Tell findings, and nothing else.")
@click.option("--baseline", metavar="FILE", type=click.Path(dir_okay=False),
              help="Let pass what was there when this file was written.")  # fmt: skip
@click.option("--write-baseline", is_flag=True,
              help="Write what is there now into --baseline (or ivrlint-baseline.json).")  # fmt: skip
@click.option("--fix-suppressions", is_flag=True, help="Remove ignores from files where they hide nothing.")
@click.option("--stdin-filename", default="stdin.ivr", metavar="NAME",
              help="What standard input (-) is called and read as.")  # fmt: skip
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Read files of different formats in up to N processes; those of one format are linked.",
)
@click.option("--cache/--no-cache", default=True, show_default=True, envvar="IVRLINT_CACHE",
              show_envvar=True,
              help="Say what was said before of the same files, without checking them again.")  # fmt: skip
@click.option("--color/--no-color", default=None, help="Default: on a terminal only.")
@click.option("--show-settings", is_flag=True, help="Show what applies, check nothing.")
@settings_options
@rule_options
def command(
    *,
    paths: tuple[str, ...],
    output: ModuleType,
    output_file: str | None,
    fail_on: str,
    statistics: bool,
    quiet: bool,
    baseline: str | None,
    write_baseline: bool,
    fix_suppressions: bool,
    stdin_filename: str,
    jobs: int,
    cache: bool,
    color: bool | None,
    show_settings: bool,
    **settings: Any,
) -> None:
    """Lint flows; folders are searched, - reads standard input."""
    if show_settings:
        _show_settings(settings)
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'.")
    say = _silent if quiet else note
    known = build(**settings)

    def run() -> Outcome:
        report = linted(paths, known, stdin_filename, jobs)
        if fix_suppressions and report.complete:
            from ivrlint.commands._fix import fixed

            report = fixed(report, say)
        if write_baseline:
            from ivrlint.commands._ratchet import write

            write(report, baseline, say)
            return Outcome("", 0)
        if baseline:
            from ivrlint.commands._ratchet import compared

            report = compared(report, baseline, say)
        text = _statistics(report, output) if statistics else _rendered(report, output, quiet)
        lasting = report.complete and not plugins.offered()  # whose code may change at any time
        return Outcome(text, _code(report, fail_on), lasting)

    more = fix_suppressions or write_baseline or baseline or jobs > 1 or "-" in paths
    told = (paths, known, [source.text for source in known.sources], output.NAME, statistics, quiet, fail_on)
    outcome = _remembered(told, run) if cache and not more else run()
    if output_file:
        written(output_file, click.unstyle(outcome.text).encode("utf-8", "backslashreplace"))
    else:
        click.echo(outcome.text, nl=False, color=colour(color))
    raise click.exceptions.Exit(outcome.code)


def _remembered(told: object, run: Callable[[], Outcome]) -> Outcome:
    folder = cache_folder()
    return remembered(folder / "runs", told, run) if folder else run()


def _show_settings(settings: dict[str, Any]) -> None:
    from ivrlint import shown

    click.echo(shown.as_text(build(**settings)), nl=False)


def _rendered(report: Report, output: ModuleType, quiet: bool) -> str:
    render = getattr(output, "quiet", output.render) if quiet else output.render
    return str(render(report))


def _statistics(report: Report, output: ModuleType) -> str:
    from ivrlint import statistics
    from ivrlint.outputs.json import dumps

    if output.NAME not in ("text", "concise", "json"):
        raise click.UsageError("--statistics goes with --format text, concise or json")
    return dumps(statistics.rows(report)) if output.NAME == "json" else statistics.as_text(report)


def _code(report: Report, fail_on: str) -> int:
    from ivrlint.finding import Severity

    if not report.complete:
        return FAILED
    threshold = Severity(fail_on).rank
    return FOUND if any(finding.severity.rank <= threshold for finding in report.findings) else 0


def _silent(words: str) -> None:
    """Nothing."""
