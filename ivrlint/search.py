"""From the paths a user gives to the files there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import NamedTuple

from ivrlint.config import Settings
from ivrlint.excludes import Excludes, excluded
from ivrlint.files import is_special
from ivrlint.roots import inside, roots

STDIN = "-"


class Given(NamedTuple):
    """A file to be read. ``sure`` is False where a search met it and only its content can tell what it is;
    ``leads_out`` is True where it met a link that leads out of the project; ``named`` is False for all that
    a search met.
    """

    file: str
    sure: bool
    leads_out: bool = False
    named: bool = True


def files(path: str, formats: Sequence[ModuleType], settings: Settings) -> Iterator[Given]:
    """The file at ``path``, or those in the folder there that may be flows, in order of name.

    Hidden ones, pipes, devices and those that ``settings`` exclude are passed over.
    """
    if path == STDIN:
        yield Given(path, True)
    elif not os.path.isdir(path):
        if not excluded(path, settings):
            yield Given(path, True)
    else:
        yield from _searched(path, formats, Excludes(path, settings), roots([path], settings))


def _searched(
    top: str, formats: Sequence[ModuleType], excludes: Excludes, folders_of_project: Sequence[str]
) -> Iterator[Given]:
    own = tuple(suffix for each in formats for suffix in each.SUFFIXES)
    shared = {suffix for each in formats for suffix in shared_suffixes(each)}
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in _seen(folders) if not excludes.skips(os.path.join(folder, name), True)]
        for name in _seen(names):
            sure = name.lower().endswith(own)
            path = os.path.join(folder, name)
            ours = (sure or ending(name) in shared) and not excludes.skips(path, False)
            if ours and not is_special(path):
                leads_out = os.path.islink(path) and not inside(path, folders_of_project)
                yield Given(path, sure, leads_out, named=False)


def _seen(names: Sequence[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith("."))


def shared_suffixes(format_: ModuleType) -> tuple[str, ...]:
    """Suffixes of files that may be of ``format_`` or of something else."""
    shared: tuple[str, ...] = getattr(format_, "SHARED_SUFFIXES", ())
    return shared


def ending(name: str) -> str:
    """The suffix of a file; "" for a name without one (``Main v1.2 flow`` has none either)."""
    suffix = os.path.splitext(name)[1].lower()
    return suffix if suffix[1:].isalnum() and suffix[1:2].isalpha() else ""
