"""The command line: click, and nothing but click.

Exit codes: 0 nothing found at or above ``--fail-on``; 1 findings; 2 could not check. Commands import
what they need, so that ``--help`` and ``--version`` are quick.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from ivrlint import __version__

if TYPE_CHECKING:
    from ivrlint.config import Settings
    from ivrlint.linter import Report

F = TypeVar("F", bound=Callable[..., Any])

FOUND, FAILED = 1, 2


class _Commands(click.Group):
    """Commands of which ``check`` is meant where none is named: ``ivrlint flows/``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and not (args[0].startswith("-") and args[0] != "-"):
            args = ["check", *args]
        return super().parse_args(ctx, args)


class _Output(click.ParamType[str]):
    """The name of an output format; looked up only when it is given."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from ivrlint import plugins

        known = plugins.names("outputs")
        if value not in known:
            self.fail(f"{value!r} is not one of {', '.join(known)}", param, ctx)
        return str(value)


def _assumptions(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    assumed = {}
    for each in given:
        condition, sign, outcome = (part.strip() for part in each.partition("="))
        if not (condition and sign and outcome):
            raise click.BadParameter(f"{each!r} is not of the form CONDITION=OUTCOME")
        assumed[condition] = outcome
    return assumed


_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")


def _settings(command: F) -> F:
    """The options that change what is counted."""
    options = (
        click.option("--limit", type=click.IntRange(0), metavar="N",
                     help="The most keypresses (or entries) a route to a human may take; default 3."),
        click.option("--measure", type=click.Choice(["keypresses", "entries"]),
                     help="What is judged; an entry is a whole typed number. Default: keypresses."),
        click.option("--assume", multiple=True, callback=_assumptions, metavar="CONDITION=OUTCOME",
                     help="Fix what the system decides, e.g. office=open. May be repeated."),
        click.option("--words-per-minute", type=click.IntRange(30, 600), metavar="N",
                     help="How fast prompts of unknown length are taken to be spoken; default 150."),
        click.option("--entry", multiple=True, metavar="NAME",
                     help="Where calls come in, for formats that do not say: CONTEXT[,EXTEN] of a dialplan. "
                          "May be repeated."),
        click.option("--sounds", multiple=True, type=click.Path(exists=True), metavar="PATH",
                     help="Folder of recorded prompts, or file of their transcripts. May be repeated."),
        click.option("--config", type=click.Path(exists=True, dir_okay=False), metavar="FILE",
                     help="Use this configuration file; else the nearest ivrlint.toml upwards."),
        click.option("--isolated", is_flag=True, help="Use no configuration file."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _build(config: str | None, isolated: bool, **options: Any) -> Settings:
    """The settings of the configuration file, and over them the options that were given."""
    from pathlib import Path

    from ivrlint.config import ConfigError, find, load

    given = {name: value for name, value in options.items() if value not in (None, (), {})}
    try:
        path = Path(config) if config else None if isolated else find(Path.cwd())
        return load(path, given)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="ivrlint %(version)s")
def cli() -> None:
    """Tells how many keypresses stand between callers and a human being.

    `ivrlint PATH...` alone means `ivrlint check PATH...`.
    """


@cli.command()
@_PATHS
@click.option("--format", "format_", type=_Output(), default="text", show_default=True,
              metavar="NAME", help="text or json.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), default="warning",
              show_default=True, help="Exit 1 for findings of this severity or a worse one.")  # fmt: skip
@click.option("--stdin-filename", default="stdin.ivr", metavar="NAME",
              help="What standard input (-) is called and read as.")  # fmt: skip
@click.option("--color/--no-color", default=None, help="Default: on a terminal only.")
@_settings
def check(
    paths: tuple[str, ...],
    format_: str,
    fail_on: str,
    stdin_filename: str,
    color: bool | None,
    **settings: Any,
) -> None:
    """Lint flows; folders are searched, - reads standard input."""
    from ivrlint import plugins
    from ivrlint.finding import Severity

    report = _check(paths, settings, stdin_filename)
    output = next(each for each in plugins.modules("outputs") if format_ == each.NAME)
    click.echo(output.render(report), nl=False, color=_colour(color))
    if not report.complete:
        raise click.exceptions.Exit(FAILED)
    threshold = Severity(fail_on).rank
    if any(finding.severity.rank <= threshold for finding in report.findings):
        raise click.exceptions.Exit(FOUND)


@cli.command()
@_PATHS
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="A table for people, or JSON.")  # fmt: skip
@_settings
def routes(paths: tuple[str, ...], format_: str, **settings: Any) -> None:
    """Show every human from every entry: keypresses, keys, seconds, conditions."""
    from ivrlint import table

    report = _check(paths, settings)
    _stop_if_incomplete(report)
    show = table.as_json if format_ == "json" else table.as_text
    click.echo(show(report.reading), nl=False)


@cli.command()
@_PATHS
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
@_settings
def diagram(paths: tuple[str, ...], output: str, **given: Any) -> None:
    """Draw an annotated diagram; routes over the limit are red."""
    from dataclasses import fields

    from ivrlint import diagrams

    stem, dot = os.path.splitext(output)
    kind = dot.lower().removeprefix(".")
    if kind not in diagrams.formats():
        endings = ", ".join(f".{each}" for each in diagrams.formats())
        raise click.UsageError(f"{output!r} names no picture: its ending must be one of {endings}")
    wanted = {each.name: given.pop(each.name) for each in fields(diagrams.Options) if each.name in given}
    report = _check(paths, given)
    _stop_if_incomplete(report)
    try:
        drawing = diagrams.draw(report.reading.context, report.findings, diagrams.Options(**wanted), kind)
    except diagrams.DiagramError as error:
        raise click.ClickException(str(error)) from None
    for note in drawing.notes:
        click.echo(f"Note: {note}.", err=True)
    for number, page in enumerate(drawing.pages, 1):
        path = output if len(drawing.pages) == 1 else f"{stem}-{number}{dot}"
        _write(path, page.data)
        if page.title:
            click.echo(f"{path}: {page.title}", err=True)


def _write(path: str, data: bytes) -> None:
    from ivrlint.files import write

    try:
        write(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None


@cli.command()
@_PATHS
@click.option("-o", "--output", required=True, metavar="FILE", help="The page: .html.")
@_settings
def report(paths: tuple[str, ...], output: str, **settings: Any) -> None:
    """Make one HTML page: findings, diagram and a telephone to walk the call."""
    from ivrlint.files import write
    from ivrlint.report import page

    found = _check(paths, settings)
    _stop_if_incomplete(found)
    try:
        write(output, page(found).encode())
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from None


@cli.command()
@click.argument("name", required=False, metavar="[CODE|NAME]")
def rule(name: str | None) -> None:
    """Explain a rule, or list them all."""
    from difflib import get_close_matches

    from ivrlint.rules import all_rules

    rules = all_rules()
    if name is None:
        for each in rules:
            title = each.__doc__.strip().splitlines()[0]
            click.echo(f"{each.CODE}  {each.NAME:<24}  {each.SEVERITY:<7}  {title}")
        return
    by_name = {key: each for each in rules for key in (each.CODE.casefold(), each.NAME)}
    found = by_name.get(name.casefold())
    if found is None:
        close = get_close_matches(name.casefold(), by_name, 1)
        hint = f"; did you mean {by_name[close[0]].CODE} ({by_name[close[0]].NAME})?" if close else ""
        raise click.UsageError(f"there is no rule {name!r}{hint}")
    click.echo(f"# {found.CODE} {found.NAME} ({found.SEVERITY})\n\n{found.__doc__.strip()}")


@cli.command()
def server() -> None:
    """Run the language server for editors, over standard input and output."""
    try:
        from ivrlint.server.service import service
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing: pip install 'ivrlint[server]'") from None
    gc.enable()  # it runs for days
    service().start_io()


def _check(paths: tuple[str, ...], settings: dict[str, Any], stdin_filename: str = "stdin.ivr") -> Report:
    from ivrlint import linter

    report = linter.check(paths, _build(**settings), stdin_filename)
    unmet = linter.unmet_assumptions(report.reading) if report.complete else []
    if unmet:
        raise click.BadParameter("; ".join(unmet), param_hint="--assume")
    nowhere = linter.unmet_entries(report.reading) if report.complete else []
    if nowhere:
        raise click.BadParameter("; ".join(nowhere), param_hint="--entry")
    return report


def _stop_if_incomplete(report: Report) -> None:
    """What could not be read is told, and nothing is made of the rest."""
    if not report.complete:
        from ivrlint.outputs import text

        click.echo(text.render(report), nl=False, err=True)
        raise click.exceptions.Exit(FAILED)


def _colour(wanted: bool | None) -> bool | None:
    """--color, then NO_COLOR and FORCE_COLOR; None leaves it to whether a terminal is there."""
    if wanted is None and os.environ.get("NO_COLOR"):
        return False
    if wanted is None and os.environ.get("FORCE_COLOR"):
        return True
    return wanted


def main() -> NoReturn:
    """Run the command line; whatever goes wrong ends in a message and exit 2, never in a traceback."""
    gc.disable()  # a run makes many objects that live to its end, and few cycles
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        code = cli.main(prog_name="ivrlint", standalone_mode=False)
        if not sys.stdout.closed:  # the language server closes it
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = FAILED
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    except Exception as error:
        click.echo(f"Error: ivrlint failed: {type(error).__name__}: {error}; please report it", err=True)
        code = FAILED
    gc.freeze()  # else all of it is looked through once more before the process ends
    sys.exit(code)
