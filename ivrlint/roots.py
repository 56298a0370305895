"""What may be read though nobody has named it: what really lies in the project, wherever links lead.

A flow of a stranger may include any path, and lines of what is included are printed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from ivrlint.config import Settings
from ivrlint.files import exists

OUTSIDE = "lies outside of the project, and is not named on the command line"


def roots(paths: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """The folders of the project that ``paths`` belong to, by real path.

    They are those of ``paths``, with the whole repository that each is in, that of the configuration, and
    the working folder. A home and the root of all are the project's only where they are named.
    """
    given = [path if os.path.isdir(path) else os.path.dirname(path) or os.curdir for path in paths]
    named = [os.path.realpath(folder) for folder in given]
    around = [settings.base, os.curdir, *map(repository, named)]
    found = (os.path.realpath(folder) for folder in around if folder)
    return tuple(dict.fromkeys([*named, *(folder for folder in found if not _holds_all(folder))]))


def inside(path: str, folders: Iterable[str]) -> bool:
    """Does ``path`` really lie in one of ``folders``, which are real paths?"""
    real = os.path.normcase(os.path.realpath(path))
    return any(real.startswith(os.path.normcase(os.path.join(folder, ""))) for folder in folders)


def repository(folder: str) -> str:
    """The root of the git repository that ``folder`` is in; "" if it is in none."""
    return next((each for each in upwards(folder) if exists(os.path.join(each, ".git"))), "")


def upwards(folder: str, last: str = "") -> Iterator[str]:
    """``folder`` and those it lies in, to ``last`` or the root of all."""
    yield folder
    while folder != last and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
        yield folder


def _holds_all(folder: str) -> bool:
    return folder in (os.path.dirname(folder), os.path.realpath(os.path.expanduser("~")))
