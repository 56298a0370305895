"""Files as they were in a revision of a git repository."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple


class GitError(Exception):
    """What git could not do; the message says what it said."""


class Range(NamedTuple):
    """Two revisions; ``new`` is "" for the files as they are now."""

    old: str
    new: str


def parse(text: str) -> Range:
    """``main..HEAD``, ``main...HEAD`` (since they parted), or ``main`` (and the files as they are now).

    Raises:
        GitError: if there is no such revision.
    """
    if "..." in text:
        old, new = text.split("...", 1)
        base = _git("merge-base", old or "HEAD", new or "HEAD")
        return Range(base.decode().strip(), new or "HEAD")
    old, dots, new = text.partition("..")
    return Range(old or "HEAD", (new or "HEAD") if dots else "")


@contextmanager
def checked_out(revision: str, paths: Sequence[str]) -> Iterator[list[str]]:
    """While it lasts, the working folder is as in ``revision``; yields those of ``paths`` that are in it.

    Raises:
        GitError: if there is no such revision, or none of ``paths`` in it.
    """
    here = os.getcwd()
    inside = _git("rev-parse", "--show-prefix").decode().strip()
    relative = [os.path.relpath(path, here) if os.path.isabs(path) else path for path in paths]
    archive = _git(
        "archive", "--format=tar", revision, cwd=_git("rev-parse", "--show-toplevel").decode().strip()
    )
    with tempfile.TemporaryDirectory(prefix="ivrlint-") as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        os.makedirs(os.path.join(folder, inside), exist_ok=True)
        os.chdir(os.path.join(folder, inside))
        try:
            found = [path for path in relative if os.path.exists(path)]
            if not found:
                raise GitError(f"{', '.join(paths)}: not in {revision}")
            yield found
        finally:
            os.chdir(here)


def _git(*words: str, cwd: str | None = None) -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False, cwd=cwd)
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip().removeprefix("fatal: "))
    return done.stdout
