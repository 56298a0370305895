"""From the paths a user gives to sources in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import NamedTuple

from ivrlint.flow import Problem, ProblemKind
from ivrlint.project import MOST_BYTES, UTF_8, ReadError, decode, read_bytes
from ivrlint.source import Source

STDIN = "-"


class Given(NamedTuple):
    """A file to be read. ``sure`` is False where a search met it and only its content can tell what it is."""

    file: str
    sure: bool


def sources(
    paths: Sequence[str], formats: Sequence[ModuleType], stdin_filename: str, texts: Mapping[str, str]
) -> tuple[dict[ModuleType, list[Source]], list[Problem]]:
    """The texts at ``paths`` by the first of ``formats`` that knows them (of those that their names allow
    before the others), each file once, and what is wrong with those that cannot be read.

    Folders are searched, in order of name: files with a suffix of some format are read, files with one that
    others use too (``SHARED_SUFFIXES``) are passed over silently where no format knows their content; hidden
    ones are passed over. ``-`` is standard input, which goes under the name ``stdin_filename``. ``texts`` are
    files, by real path, as an editor has them.
    """
    found: dict[ModuleType, list[Source]] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for path in paths:
        before = len(seen), len(problems)
        for given in _files(path, formats):
            key = STDIN if given.file == STDIN else os.path.realpath(given.file)
            if key not in seen and _sort(given, formats, stdin_filename, texts, found, problems):
                seen.add(key)
        if os.path.isdir(path) and before == (len(seen), len(problems)) and not _holds(path, seen):
            problems.append(unreadable(path, _no_flow(formats)))
    return found, problems


def _sort(
    given: Given,
    formats: Sequence[ModuleType],
    stdin_filename: str,
    texts: Mapping[str, str],
    found: dict[ModuleType, list[Source]],
    problems: list[Problem],
) -> bool:
    """Put a file where it belongs; False if it is none of ours."""
    try:
        source = _load(given.file, stdin_filename, formats, texts)
        format_ = next((each for each in _likeliest_first(formats, source.path) if each.detect(source)), None)
        if format_ is None:
            known = ", ".join(each.NAME for each in formats)
            raise ReadError("this is not a format that ivrlint reads", f"it reads: {known}")
    except ReadError as error:
        if given.sure:
            problems.append(unreadable(stdin_filename if given.file == STDIN else given.file, error))
        return given.sure
    found.setdefault(format_, []).append(source)
    return True


def _holds(folder: str, seen: set[str]) -> bool:
    """Has something in ``folder`` been read before, under another path?"""
    inside = os.path.join(os.path.realpath(folder), "")
    return any(file.startswith(inside) for file in seen)


def _no_flow(formats: Sequence[ModuleType]) -> ReadError:
    endings = {ending for each in formats for ending in (*each.SUFFIXES, *_shared(each)) if ending}
    return ReadError("this folder holds no flow", f"files that are read end in {', '.join(sorted(endings))}")


def _shared(format_: ModuleType) -> tuple[str, ...]:
    shared: tuple[str, ...] = getattr(format_, "SHARED_SUFFIXES", ())
    return shared


def unreadable(path: str, error: ReadError) -> Problem:
    """The problem that ``path`` cannot be read."""
    span = Source(_shown(path), "").span(0, 0)
    return Problem(ProblemKind.UNREADABLE, error.message, span, error.hint)


def _load(file: str, stdin_filename: str, formats: Sequence[ModuleType], texts: Mapping[str, str]) -> Source:
    name = stdin_filename if file == STDIN else file
    data = sys.stdin.buffer.read(MOST_BYTES + 1) if file == STDIN else read_bytes(file, texts)
    return Source(_shown(name), decode(data, _encodings(name, formats)))


def _encodings(name: str, formats: Sequence[ModuleType]) -> tuple[str, ...]:
    """What the formats that a file of this name may be of allow, in their order."""
    tried: dict[str, None] = {}
    for format_ in formats:
        if _may_be(format_, name):
            tried.update(dict.fromkeys(getattr(format_, "ENCODINGS", UTF_8)))
    return tuple(tried) or UTF_8


def _likeliest_first(formats: Sequence[ModuleType], name: str) -> list[ModuleType]:
    """Those that use the suffix of ``name`` come first, so that others need not search what these know."""
    return sorted(formats, key=lambda format_: not _may_be(format_, name))


def _may_be(format_: ModuleType, name: str) -> bool:
    """Do files of ``format_`` have such names?"""
    shared = _ending(os.path.basename(name)) in _shared(format_)
    return shared or name.lower().endswith(tuple(format_.SUFFIXES))


def _files(path: str, formats: Sequence[ModuleType]) -> Iterator[Given]:
    if not os.path.isdir(path) or path == STDIN:
        yield Given(path, True)
        return
    own = tuple(suffix for each in formats for suffix in each.SUFFIXES)
    shared = {suffix for each in formats for suffix in _shared(each)}
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                sure = name.lower().endswith(own)
                if sure or _ending(name) in shared:
                    yield Given(os.path.join(folder, name), sure)


def _ending(name: str) -> str:
    """The suffix of a file; "" for a name without one (``Main v1.2 flow`` has none either)."""
    suffix = os.path.splitext(name)[1].lower()
    return suffix if suffix[1:].isalnum() and suffix[1:2].isalpha() else ""


def _shown(path: str) -> str:
    """``path`` as it is printed: the same on every platform."""
    return os.path.normpath(path).replace(os.sep, "/")
