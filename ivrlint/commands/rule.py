"""``ivrlint rule``."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False, metavar="[CODE|NAME]")
def command(name: str | None) -> None:
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
