"""``ivrlint fmt``."""

from __future__ import annotations

import click

from ivrlint.commands._common import FAILED, FOUND, PATHS, build, note, written


@click.command()
@PATHS
@click.option("--check", "check_", is_flag=True, help="Write nothing; exit 1 if a file would be changed.")
@click.option("--diff", "diff_", is_flag=True, help="Write nothing; print what would be changed.")
@click.option(
    "--stdin-filename", default="stdin.ivr", metavar="NAME", help="What standard input (-) is called."
)
def command(paths: tuple[str, ...], check_: bool, diff_: bool, stdin_filename: str) -> None:
    """Bring .ivr files into canonical form; - reads standard input and writes standard output.

    Folders are searched. A file with a syntax error is not touched.
    """
    from ivrlint.outputs import text
    from ivrlint.rewrite import formatted

    if "-" in paths and len(paths) > 1:
        raise click.UsageError("standard input (-) goes alone")
    done, report = formatted(paths, build(None, False), stdin_filename)
    changed = [each for each in done if each.changed]
    for each in changed if diff_ else ():
        click.echo("".join(each.diff()), nl=False)
    if not (check_ or diff_):
        for each in done if paths == ("-",) else changed:
            _put(each.source.path, each.text, paths == ("-",))
    told = "would format" if check_ or diff_ else "" if paths == ("-",) else "formatted"
    for each in changed if told else ():
        note(f"{told} {each.source.path}")
    if not report.complete:
        click.echo(text.render(report), nl=False, err=True)
        raise click.exceptions.Exit(FAILED)
    if check_ and changed:
        raise click.exceptions.Exit(FOUND)


def _put(path: str, text: str, to_output: bool) -> None:
    data = text.encode()
    if to_output:
        click.echo(data, nl=False)
    else:
        written(path, data)
