"""``ivrlint rule``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ivrlint.rules import Rule


def _completed(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    from ivrlint import selection

    return [word for word in selection.known() if word.startswith(begun)]


@click.command()
@click.argument("name", shell_complete=_completed, required=False, metavar="[CODE|NAME]")
@click.option("--profile", metavar="NAME|FILE", help="List the rules that apply by a profile, and why.")
def command(name: str | None, profile: str | None) -> None:
    """Explain a rule, or list them all."""
    from ivrlint import meant, selection

    if profile is not None:
        _list_profile(profile)
    elif name is None:
        _list_all()
    else:
        rule = selection.rule_named(name.upper()) or selection.rule_named(name.casefold())
        if rule is None:
            raise click.UsageError(f"there is no rule {name!r}{meant.hint(name, selection.known())}")
        click.echo(f"# {rule.CODE} {rule.NAME} ({_severity(rule)})\n\n{rule.__doc__.strip()}")


def _list_all() -> None:
    from ivrlint.rules import all_rules

    for rule in all_rules():
        click.echo(_line(rule, _severity(rule)))


def _list_profile(profile: str) -> None:
    """What is on, with the lines of the profile that are about it."""
    from ivrlint import notes, selection
    from ivrlint.commands._common import build
    from ivrlint.rules import all_rules

    settings = build(None, True, profile=profile)
    chosen = selection.selected(settings)
    reasons = notes.notes(settings.sources)
    for rule in all_rules():
        if rule.CODE in chosen.on:
            click.echo(_line(rule, chosen.severity.get(rule.CODE, rule.SEVERITY)))
            for note in reasons.get(rule.CODE, ()):
                click.echo(f"        {note}")


def _severity(rule: Rule) -> str:
    return str(rule.SEVERITY) if getattr(rule, "DEFAULT", True) else "off"


def _line(rule: Rule, severity: str) -> str:
    return f"{rule.CODE}  {rule.NAME:<24}  {severity:<7}  {rule.__doc__.strip().splitlines()[0]}"
