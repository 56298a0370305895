"""Finds formats, rules and outputs: modules of our own packages, and what others offer by entry points.

A third party names its modules under the entry point group ``ivrlint.<group>``. One that cannot be used is
left out and named among :func:`faults`; the run goes on without it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from glob import escape, glob
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_NEEDED = {
    "formats": ("NAME", "SUFFIXES", "COMMENT", "detect", "read"),
    "rules": ("CODE", "NAME", "SEVERITY", "check", "__doc__"),
    "outputs": ("NAME", "render"),
}
"""What a module of each group must have."""

_UNIQUE = {"formats": ("NAME",), "rules": ("CODE", "NAME"), "outputs": ("NAME",)}

_faults: dict[str, None] = {}


class PluginError(Exception):
    """A plug-in that cannot be used; the message names it and says why."""


@cache
def modules(group: str) -> tuple[ModuleType, ...]:
    """All modules of ``group`` (``formats``, ``rules`` or ``outputs``), our own first, each by name."""
    found = [_own(group, name) for name in _own_names(group)]
    for point in _offered(group):
        try:
            module = _loaded(group, point)
            _must_be_new(group, point, module, found)
        except PluginError as error:
            _faults[str(error)] = None
        else:
            found.append(module)
    return tuple(found)


def named(group: str, name: str) -> ModuleType:
    """The module of ``group`` with that ``NAME``, loaded alone: a module of ours is called as its ``NAME``.

    Raises:
        PluginError: if there is none, or it cannot be used.
    """
    if name in _own_names(group):
        return _own(group, name)
    for point in _offered(group):
        if point.name == name:
            return _loaded(group, point)
    raise PluginError(f"{name!r} is not one of {', '.join(names(group))}")


@cache
def names(group: str) -> tuple[str, ...]:
    """The ``NAME`` of each module of ``group``; nothing is loaded for it."""
    return (*_own_names(group), *(point.name for point in _offered(group)))


def offered() -> bool:
    """Does anybody else offer modules of some group?"""
    return any(_offered(group) for group in _NEEDED)


def faults() -> tuple[str, ...]:
    """What is wrong with the plug-ins that were to be loaded so far."""
    return tuple(_faults)


@cache
def _own_names(group: str) -> tuple[str, ...]:
    package = import_module(f"ivrlint.{group}")
    return tuple(sorted(info.name for info in iter_modules(package.__path__) if info.name[0] != "_"))


def _own(group: str, name: str) -> ModuleType:
    return import_module(f"ivrlint.{group}.{name}")


@cache
def _offered(group: str) -> tuple[EntryPoint, ...]:
    if not _any_offered():
        return ()
    from importlib.metadata import entry_points  # takes longer to load than most flows to check

    return tuple(sorted(entry_points(group=f"ivrlint.{group}"), key=lambda point: point.name))


@cache
def _any_offered() -> bool:
    """Does any package that is installed name an entry point of ours?"""
    for folder in sys.path:
        if os.path.isfile(folder):  # an archive: only importlib.metadata can tell
            return True
        for file in glob(os.path.join(escape(folder), "*-info", "entry_points.txt")):
            with suppress(OSError), open(file, "rb") as points:
                if b"[ivrlint." in points.read():
                    return True
    return False


def _loaded(group: str, point: EntryPoint) -> ModuleType:
    try:
        module: ModuleType = point.load()
    except Exception as error:  # whatever the module does when it is loaded
        raise PluginError(
            f"{_words(group, point)} cannot be loaded: {type(error).__name__}: {error}"
        ) from error
    missing = [name for name in _NEEDED[group] if getattr(module, name, None) is None]
    if missing:
        raise PluginError(f"{_words(group, point)} cannot be used: it has no {', '.join(missing)}")
    return module


def _must_be_new(group: str, point: EntryPoint, module: ModuleType, others: list[ModuleType]) -> None:
    for name in _UNIQUE[group]:
        value = getattr(module, name)
        if value in [getattr(other, name) for other in others]:
            raise PluginError(f"{_words(group, point)} cannot be used: its {name} {value!r} is taken")


def _words(group: str, point: EntryPoint) -> str:
    package = f" of {point.dist.name}" if point.dist else ""
    return f"the plug-in {point.name!r} ({group}){package}"
