"""From the paths a user gives to sources in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence

from ivrlint.flow import Problem, ProblemKind
from ivrlint.project import MOST_BYTES, UTF_8, ReadError, decode, read_bytes
from ivrlint.source import Source

STDIN = "-"


def sources(
    paths: Sequence[str], suffixes: Mapping[str, Sequence[str]], stdin_filename: str
) -> tuple[list[Source], list[Problem]]:
    """The texts at ``paths``, each file once, and what is wrong with those that cannot be read.

    Folders are searched, in order of name, for files with one of ``suffixes``; hidden ones are passed over.
    ``suffixes`` also says which encodings to try for each; other files are UTF-8.
    ``-`` is standard input, which goes under the name ``stdin_filename``.
    """
    found: dict[str, Source | None] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            for file in _files(path, suffixes):
                key = STDIN if file == STDIN else os.path.realpath(file)
                if key not in found:
                    found[key] = _load(file, stdin_filename, suffixes, problems)
        except ReadError as error:
            problems.append(unreadable(path, error))
    return [source for source in found.values() if source], problems


def unreadable(path: str, error: ReadError) -> Problem:
    """The problem that ``path`` cannot be read."""
    span = Source(shown(path), "").span(0, 0)
    return Problem(ProblemKind.UNREADABLE, error.message, span, error.hint)


def _load(
    file: str, stdin_filename: str, suffixes: Mapping[str, Sequence[str]], problems: list[Problem]
) -> Source | None:
    name = stdin_filename if file == STDIN else file
    encodings = next((tried for end, tried in suffixes.items() if name.lower().endswith(end)), UTF_8)
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if file == STDIN else read_bytes(file)
        return Source(shown(name), decode(data, encodings))
    except ReadError as error:
        problems.append(unreadable(name, error))
        return None


def _files(path: str, suffixes: Collection[str]) -> Iterator[str]:
    if not os.path.isdir(path) or path == STDIN:
        yield path
        return
    found = False
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(tuple(suffixes)) and not name.startswith("."):
                found = True
                yield os.path.join(folder, name)
    if not found:
        raise ReadError(
            "this folder holds no flow", f"files that are read end in {', '.join(sorted(suffixes))}"
        )


def shown(path: str) -> str:
    """``path`` as it is printed: the same on every platform."""
    return os.path.normpath(path).replace(os.sep, "/")
