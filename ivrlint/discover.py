"""From the paths a user gives to sources in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

from ivrlint.config import Settings
from ivrlint.flow import Problem, ProblemKind
from ivrlint.project import MOST_BYTES, UTF_8, EmptyError, ReadError, decode, read_bytes
from ivrlint.roots import OUTSIDE
from ivrlint.search import STDIN, Given, ending, files, shared_suffixes
from ivrlint.source import Source


def sources(
    paths: Sequence[str],
    formats: Sequence[ModuleType],
    settings: Settings,
    stdin_filename: str,
    texts: Mapping[str, str],
    found_one: Callable[[str], None],
) -> tuple[dict[ModuleType, list[Source]], list[Problem]]:
    """The texts at ``paths`` by the first of ``formats`` that knows them (of those that their names allow
    before the others), each file once, and what is wrong with those that cannot be read. They are in order of
    path, whatever the order of ``paths``.

    Folders are searched, in order of name: files with a suffix of some format are read, files with one that
    others use too (``SHARED_SUFFIXES``) are passed over silently where no format knows their content, and so
    are empty ones of a format in which that is no fault (``MAY_BE_EMPTY``); hidden ones and those that
    ``settings`` exclude are passed over. ``-`` is standard input, which goes under the
    name ``stdin_filename``. ``texts`` are files, by real path, as an editor has them. Each file is told to
    ``found_one`` before it is read.
    """
    found: dict[ModuleType, list[Source]] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    # Files before folders: what is named goes by that name.
    for path in sorted(paths, key=lambda path: (os.path.isdir(path), path)):
        before = len(seen), len(problems)
        for given in files(path, formats, settings):
            found_one(given.file)
            key = STDIN if given.file == STDIN else os.path.realpath(given.file)
            if key not in seen and _sort(given, formats, stdin_filename, texts, found, problems):
                seen.add(key)
        if os.path.isdir(path) and before == (len(seen), len(problems)) and not _holds(path, seen):
            problems.append(unreadable(path, _no_flow(formats)))
    for each in found.values():
        each.sort(key=_path)
    return dict(sorted(found.items(), key=lambda item: _path(item[1][0]))), problems


def _path(source: Source) -> str:
    return source.path


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
        if given.sure and given.leads_out:
            raise ReadError(f"this is a link; what it leads to {OUTSIDE}")
        source = _load(given.file, stdin_filename, formats, texts)
        likely = _likeliest_first(formats, source.path)
        format_ = next((each for each in likely if _detects(each, source, problems)), None)
        if format_ is None:
            known = ", ".join(each.NAME for each in formats)
            raise ReadError("this is not a format that ivrlint reads", f"it reads: {known}")
    except ReadError as error:
        if isinstance(error, EmptyError) and not given.named and _may_be_empty(given.file, formats):
            return False
        if given.sure:
            problems.append(unreadable(stdin_filename if given.file == STDIN else given.file, error))
        return given.sure
    found.setdefault(format_, []).append(source)
    return True


def _may_be_empty(file: str, formats: Sequence[ModuleType]) -> bool:
    return any(getattr(each, "MAY_BE_EMPTY", False) and _may_be(each, file) for each in formats)


def _detects(format_: ModuleType, source: Source, problems: list[Problem]) -> bool:
    try:
        return bool(format_.detect(source))
    except Exception as error:  # of a plug-in: the others can still be asked
        words = f"the format {format_.NAME} failed to look at this file: {type(error).__name__}: {error}"
        problems.append(
            Problem(ProblemKind.INTERNAL, words, source.span(0, 0), "please report it to its author")
        )
        return False


def _holds(folder: str, seen: set[str]) -> bool:
    """Has something in ``folder`` been read before, under another path?"""
    inside = os.path.join(os.path.realpath(folder), "")
    return any(file.startswith(inside) for file in seen)


def _no_flow(formats: Sequence[ModuleType]) -> ReadError:
    endings = {ending for each in formats for ending in (*each.SUFFIXES, *shared_suffixes(each)) if ending}
    return ReadError("this folder holds no flow", f"files that are read end in {', '.join(sorted(endings))}")


def unreadable(path: str, error: ReadError) -> Problem:
    """The problem that ``path`` cannot be read."""
    span = Source(_shown(path), "").span(0, 0)
    return Problem(ProblemKind.UNREADABLE, error.message, span, error.hint)


def _load(file: str, stdin_filename: str, formats: Sequence[ModuleType], texts: Mapping[str, str]) -> Source:
    name = stdin_filename if file == STDIN else file
    data = _standard_input() if file == STDIN else read_bytes(file, texts)
    return Source(_shown(name), decode(data, _encodings(name, formats)))


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise ReadError("standard input is closed")
    return sys.stdin.buffer.read(MOST_BYTES + 1)


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
    shared = ending(os.path.basename(name)) in shared_suffixes(format_)
    return shared or name.lower().endswith(tuple(format_.SUFFIXES))


def _shown(path: str) -> str:
    """``path`` as it is printed: the same on every platform."""
    return os.path.normpath(path).replace(os.sep, "/")
