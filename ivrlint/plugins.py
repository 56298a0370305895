"""Finds formats, rules and outputs: modules of our own packages, and what others offer by entry points."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import ModuleType


@cache
def modules(group: str) -> tuple[ModuleType, ...]:
    """All modules of ``group`` (``formats``, ``rules`` or ``outputs``), sorted by name; private ones are
    skipped.

    Third parties name theirs under the entry point group ``ivrlint.<group>``.
    """
    package = import_module(f"ivrlint.{group}")
    names = sorted(info.name for info in iter_modules(package.__path__))
    found = [import_module(f"{package.__name__}.{name}") for name in names if name[0] != "_"]
    offered = sorted(entry_points(group=f"ivrlint.{group}"), key=lambda point: point.name)
    return (*found, *(point.load() for point in offered))


@cache
def names(group: str) -> tuple[str, ...]:
    """The ``NAME`` of each module of ``group``."""
    return tuple(str(module.NAME) for module in modules(group))
