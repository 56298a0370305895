"""What commands share: options, settings, exit codes."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ivrlint.leaving import tidied

if TYPE_CHECKING:
    from ivrlint.config import Settings
    from ivrlint.linter import Report

F = TypeVar("F", bound=Callable[..., Any])

FOUND, FAILED, PIPE_CLOSED = 1, 2, 141
"""Exit codes: findings at or above ``--fail-on``; could not check; nobody reads the output any more (as of a
program that a signal ends). 0 is none of these; Ctrl-C has one of its own (:mod:`ivrlint.leaving`).
"""

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())


def _assumptions(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    assumed = {}
    for each in given:
        condition, sign, outcome = (part.strip() for part in each.partition("="))
        if not (condition and sign and outcome):
            raise click.BadParameter(f"{each!r} is not of the form CONDITION=OUTCOME")
        assumed[condition] = outcome
    return assumed


def settings_options(command: F) -> F:
    """The options that change what is counted; the command gets them as ``**settings`` for :func:`build`."""
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
        click.option("--profile", metavar="NAME|FILE",
                     help="Rules and limits to start from: three-keys, gethuman, one-button, pt, es, "
                          "ie-public, or a file of your own."),
        click.option("--exclude", multiple=True, metavar="PATTERN",
                     help="What a search of folders passes over, as in a .gitignore. May be repeated."),
        click.option("--force-exclude", is_flag=True, default=None,
                     help="Pass over excluded files even where they are named themselves."),
        click.option("--respect-gitignore/--no-respect-gitignore", default=None,
                     help="Does a search of folders pass over what .gitignore names? Default: yes."),
        click.option("--config", type=click.Path(exists=True, dir_okay=False), metavar="FILE",
                     help="Use this configuration file; else the nearest ivrlint.toml upwards."),
        click.option("--isolated", is_flag=True, help="Use no configuration file."),
    )  # fmt: skip
    return _with(command, options)


def _words(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...] | None:
    """Rules, separated by commas as in ruff; on the command line an unknown one is an error."""
    if not given:
        return None
    from ivrlint import meant, selection

    words = tuple(word.strip() for each in given for word in each.split(",") if word.strip())
    for word in words:
        if not selection.codes(word):
            raise click.BadParameter(f"there is no rule `{word}`{meant.hint(word, selection.known())}")
    return words


def rule_options(command: F) -> F:
    """The options that change which rules are on; the command gets them among ``**settings``."""
    options = (
        click.option("--select", multiple=True, callback=_words, metavar="RULES",
                     help="Only these rules: codes, beginnings of codes, names or ALL, separated by commas."),
        click.option("--extend-select", multiple=True, callback=_words, metavar="RULES",
                     help="These rules besides."),
        click.option("--ignore", multiple=True, callback=_words, metavar="RULES",
                     help="Not these rules."),
    )  # fmt: skip
    return _with(command, options)


def _with(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def build(config: str | None, isolated: bool, **options: Any) -> Settings:
    """The settings of the configuration file, and over them the options that were given.

    Raises:
        click.ClickException: for a configuration that cannot be used.
    """
    from pathlib import Path

    from ivrlint.config import ConfigError
    from ivrlint.configfile import find, load

    given = {name: value for name, value in options.items() if value not in (None, (), {})}
    try:
        path = Path(config) if config else None if isolated else find(Path.cwd())
        return load(path, given, os.getcwd() if config else "")
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


def checked(paths: tuple[str, ...], settings: dict[str, Any]) -> Report:
    """The report on ``paths``, with ``settings`` as :func:`build` takes them."""
    return linted(paths, build(**settings))


def linted(
    paths: tuple[str, ...], known: Settings, stdin_filename: str = "stdin.ivr", jobs: int = 1
) -> Report:
    """The report on ``paths``; assumptions and entries that the flow does not know are an error."""
    from ivrlint import linter
    from ivrlint.commands._progress import Progress
    from ivrlint.reading import Manner, unmet_assumptions, unmet_entries

    with Progress() as progress, tidied(progress.hide):
        report = linter.check(paths, known, stdin_filename, manner=Manner(jobs, progress.say))
    unmet = unmet_assumptions(report.reading) if report.complete else []
    if unmet:
        raise click.BadParameter("; ".join(unmet), param_hint="--assume")
    nowhere = unmet_entries(report.reading) if report.complete else []
    if nowhere:
        raise click.BadParameter("; ".join(nowhere), param_hint="--entry")
    return report


def stop_if_incomplete(report: Report) -> None:
    """What could not be read is told, and nothing is made of the rest."""
    if not report.complete:
        from ivrlint.linter import COULD_NOT_CHECK
        from ivrlint.outputs import text

        told = tuple(finding for finding in report.findings if finding.code in COULD_NOT_CHECK)
        click.echo(text.render(report._replace(findings=told)), nl=False, err=True)
        raise click.exceptions.Exit(FAILED)


def note(words: str) -> None:
    """A line on standard error: what machines read stays clean. Nothing in it steers a terminal."""
    from ivrlint.words import printable

    click.echo(printable(words), err=True)


def written(path: str, data: bytes) -> None:
    """Put ``data`` into the file at ``path``, whole or not at all; that it cannot be done is told."""
    from ivrlint.files import write

    try:
        write(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None


def colour(wanted: bool | None) -> bool | None:
    """--color, then NO_COLOR and FORCE_COLOR; None leaves it to whether a terminal is there."""
    if wanted is None and os.environ.get("NO_COLOR"):
        return False
    if wanted is None and os.environ.get("FORCE_COLOR"):
        return True
    return wanted
