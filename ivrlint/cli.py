"""The command line: commands are found by name, and whatever goes wrong becomes a message and an exit code.

Exit codes: 0 nothing found at or above ``--fail-on``; 1 findings; 2 could not check.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules
from typing import NoReturn

import click

from ivrlint import __version__, commands
from ivrlint.commands._common import FAILED, PIPE_CLOSED
from ivrlint.leaving import INTERRUPTED


class _Commands(click.Group):
    """One command for each module of :mod:`ivrlint.commands`, imported when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in order."""
        return sorted(info.name for info in iter_modules(commands.__path__) if info.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{commands.__name__}.{cmd_name}").command
        command.name = cmd_name
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``check`` is meant where no command is named: ``ivrlint flows/``."""
        first = args[0] if args else "-h"
        commands = self.list_commands(ctx)
        if first not in commands and not (first.startswith("-") and first != "-"):
            close = [] if os.path.exists(first) else get_close_matches(first, commands, 1)
            if close:
                ctx.fail(f"there is no command and no file {first!r}; did you mean `{close[0]}`?")
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="ivrlint %(version)s")
def cli() -> None:
    """Tells how many keypresses stand between callers and a human being.

    `ivrlint PATH...` alone means `ivrlint check PATH...`.
    """


def main() -> NoReturn:
    """Run the command line; whatever goes wrong ends in a message and an exit code, never in a traceback."""
    gc.disable()  # a run makes many objects that live to its end, and few cycles
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the caller closed it
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")
    code = _run()
    gc.freeze()  # else all of it is looked through once more before the process ends
    sys.exit(code)


def _run() -> int:
    """The exit code."""
    output = sys.stdout
    try:
        code: int | None = cli.main(prog_name="ivrlint", standalone_mode=False)
        if not sys.stdout.closed:  # the language server closes it
            sys.stdout.flush()
        return code or 0
    except click.ClickException as error:
        return _failed(error.format_message(), getattr(error, "ctx", None))
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return PIPE_CLOSED
    except SystemExit:
        if sys.stdout is output:
            raise
        return PIPE_CLOSED  # click has seen it, and says 1, which is for findings
    except OSError as error:
        _abandon_output()
        if sys.platform == "win32" and error.errno == errno.EINVAL and not error.filename:
            return PIPE_CLOSED  # so Windows tells of it
        about = f"{error.filename}: " if error.filename else ""
        return _failed(f"{about}{error.strerror or error}")
    except Exception as error:
        return _failed(f"ivrlint failed: {type(error).__name__}: {error}; please report it")


def _failed(message: str, context: click.Context | None = None) -> int:
    """Tell why, in one line without anything that steers a terminal; of a wrong call also the right one."""
    from ivrlint.words import printable

    if context is not None:
        name = context.command_path
        click.echo(f"{context.get_usage()}\nTry '{name} --help' for help.\n", err=True)
    click.echo(f"Error: {printable(' '.join(message.splitlines()))}", err=True)
    return FAILED


def _abandon_output() -> None:
    """What could not be written would else be tried once more when the process ends."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
