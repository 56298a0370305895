"""What a search of folders passes over: ``exclude`` of the settings, and what ``.gitignore`` files name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from ivrlint.config import Settings
from ivrlint.files import near
from ivrlint.roots import repository, upwards

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_GITIGNORE = ".gitignore"


class Excludes:
    """Tells what a search that begins in the folder ``top`` passes over.

    As git does: the ``.gitignore`` nearest to a file decides, up to the root of the repository or, outside of
    one, to ``top``. What is named itself is searched even if it is excluded, unless ``force-exclude`` is set.
    """

    def __init__(self, top: str, settings: Settings) -> None:
        self._base = os.path.realpath(settings.base or os.curdir)
        self._exclude = _spec(settings.exclude)
        self._git = settings.respect_gitignore
        self._top = os.path.realpath(top)
        self._root = repository(self._top) or self._top
        if self._git and self._is_gitignored(self._top, True):
            self._root = self._top
        if not settings.force_exclude and self._is_excluded(self._top, True):
            self._exclude = None

    def skips(self, path: str, is_folder: bool) -> bool:
        """Is the file or folder at ``path`` passed over?"""
        if self._exclude is None and not self._git:
            return False
        real = os.path.join(os.path.realpath(os.path.dirname(path) or os.curdir), os.path.basename(path))
        return self._is_excluded(real, is_folder) or (self._git and self._is_gitignored(real, is_folder))

    def _is_excluded(self, path: str, is_folder: bool) -> bool:
        return self._exclude is not None and bool(_verdict(self._exclude, self._base, path, is_folder))

    def _is_gitignored(self, path: str, is_folder: bool) -> bool:
        for folder in upwards(os.path.dirname(path), self._root):
            spec = _gitignore(folder)
            verdict = _verdict(spec, folder, path, is_folder) if spec else None
            if verdict is not None:
                return verdict
        return False


def excluded(file: str, settings: Settings) -> bool:
    """Is ``file``, which was named itself, passed over? Only ``force-exclude`` does that."""
    if not settings.force_exclude or not settings.exclude:
        return False
    return Excludes(os.path.dirname(file) or os.curdir, settings).skips(file, False)


def _spec(lines: Sequence[str]) -> GitIgnoreSpec | None:
    if not lines:
        return None
    from pathspec import GitIgnoreSpec  # only where something is to be matched: it takes a while to load

    return GitIgnoreSpec.from_lines(lines)


@cache
def _gitignore(folder: str) -> GitIgnoreSpec | None:
    try:
        with open(os.path.join(folder, _GITIGNORE), encoding="utf-8", errors="replace") as file:
            return _spec(file.read().splitlines())
    except OSError:
        return None


def _verdict(spec: GitIgnoreSpec, folder: str, path: str, is_folder: bool) -> bool | None:
    """Does ``spec``, written in ``folder``, ignore ``path``? None if it says nothing of it."""
    name = near(path, folder)
    if name == "." or name.startswith("../") or os.path.isabs(name):
        return None
    return spec.check_file(name + "/" if is_folder else name).include
