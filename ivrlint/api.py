"""What ``import ivrlint`` offers to programs and notebooks.

Settings are the keys of a configuration, with underscores: ``check("flows", limit=2, ignore=["IVR506"])``.
As on the command line, the nearest ``ivrlint.toml`` upwards applies unless ``config`` names another one or
``isolated`` is set. Errors: :class:`ConfigError` for settings that cannot be used. Files that cannot be read
raise nothing: they are findings, and the report is not ``complete``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ivrlint import configfile, linter, table
from ivrlint.config import ConfigError, Settings
from ivrlint.graph import CallGraph
from ivrlint.linter import Report
from ivrlint.options import OptionError, converted
from ivrlint.reading import Reading, unmet_assumptions, unmet_entries
from ivrlint.table import Entry

__all__ = ["ConfigError", "Entry", "Report", "check", "read", "routes"]

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def check(
    paths: Paths, *, config: str | os.PathLike[str] | None = None, isolated: bool = False, **settings: Any
) -> Report:
    """Lint files and folders: what ``ivrlint check`` tells, as ``report.findings``."""
    report = linter.check(_listed(paths), _settings(config, isolated, settings))
    if report.complete:
        _must_be_met(report.reading)
    return report


def routes(
    paths: Paths, *, config: str | os.PathLike[str] | None = None, isolated: bool = False, **settings: Any
) -> list[Entry]:
    """Every entry with its verdict and the humans its callers can get to: what ``ivrlint routes`` shows."""
    reading = linter.read(_listed(paths), _settings(config, isolated, settings))
    _must_be_met(reading)
    return table.entries(reading)


def read(
    paths: Paths, *, config: str | os.PathLike[str] | None = None, isolated: bool = False, **settings: Any
) -> CallGraph:
    """The call graph, a ``networkx.MultiDiGraph``; see :mod:`ivrlint.graph` for what it holds."""
    return linter.read(_listed(paths), _settings(config, isolated, settings)).context.graph


def _listed(paths: Paths) -> list[str]:
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


def _settings(config: str | os.PathLike[str] | None, isolated: bool, given: dict[str, Any]) -> Settings:
    known = configfile.keys()
    for name in given:
        if name not in known:
            raise ConfigError(f"unknown setting {name!r}; there is: {', '.join(known)}")
    try:
        values = {name: converted(value, known[name], name) for name, value in given.items()}
    except OptionError as error:
        raise ConfigError(str(error)) from None
    file = Path(config) if config else None if isolated else configfile.find(Path.cwd())
    return configfile.load(file, values, os.getcwd() if config else "")


def _must_be_met(reading: Reading) -> None:
    unmet = unmet_assumptions(reading) + unmet_entries(reading)
    if unmet:
        raise ConfigError("; ".join(unmet))
