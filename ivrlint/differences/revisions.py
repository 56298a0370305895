"""Files as they were in a revision of a git repository."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from shutil import rmtree
from typing import NamedTuple

from ivrlint.files import near
from ivrlint.leaving import tidied


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
    if any(part.startswith("-") for part in text.split("..")):
        raise GitError(f"{text!r} names no revisions")  # git would take it for an option
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
        GitError: if there is no such revision.
    """
    here = os.getcwd()
    inside = _git("rev-parse", "--show-prefix").decode().strip()
    top = _git("rev-parse", "--show-toplevel").decode().strip()
    archive = _git("archive", "--format=tar", revision, cwd=top)
    relative = [near(path, here) for path in paths]
    with tempfile.TemporaryDirectory(prefix="ivrlint-") as folder, tidied(lambda: _cleared(folder)):
        _unpack(archive, folder)
        open(os.path.join(folder, ".git"), "x").close()  # as there, the project is all of it
        os.makedirs(os.path.join(folder, inside), exist_ok=True)
        os.chdir(os.path.join(folder, inside))
        try:
            yield [path for path in relative if os.path.exists(path)]
        finally:
            os.chdir(here)


def _cleared(folder: str) -> None:
    os.chdir(os.path.dirname(folder))  # Windows removes no folder that somebody is in
    rmtree(folder)


def _unpack(archive: bytes, folder: str) -> None:
    try:
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise GitError(f"what it gave cannot be unpacked: {error}") from None


def _git(*words: str, cwd: str | None = None) -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False, cwd=cwd)
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip().removeprefix("fatal: "))
    return done.stdout
