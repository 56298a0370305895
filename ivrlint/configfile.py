"""Finding and reading configurations: defaults, then a profile, then a file, then the command line.

The file is ``ivrlint.toml``, ``.ivrlint.toml`` or ``[tool.ivrlint]`` of ``pyproject.toml``, the nearest one
upwards. Its paths and patterns are relative to its folder; those of a file named with ``--config`` to the
folder the run starts in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ivrlint import meant
from ivrlint.config import ConfigError, Layer, Settings
from ivrlint.files import near
from ivrlint.options import Kind, OptionError, converted, kinds, spelling, typed
from ivrlint.source import Source

NAMES = ("ivrlint.toml", ".ivrlint.toml", "pyproject.toml")
LAYERED = ("select", "extend_select", "ignore", "severity")
_MERGED = ("assume", "per_file_ignores")
PROFILES = Path(__file__).parent / "profiles"


class Table(NamedTuple):
    """A configuration as it is written: its keys, its text, and the folder its paths are relative to."""

    keys: Mapping[str, Any]
    source: Source
    base: str


def find(folder: Path) -> Path | None:
    """The nearest configuration file, from ``folder`` upwards."""
    for each in (folder, *folder.parents):
        for name in NAMES:
            path = each / name
            if path.is_file() and (name != "pyproject.toml" or _parsed(path)[0] is not None):
                return path
    return None


def load(path: Path | None, given: Mapping[str, Any], base: str = "") -> Settings:
    """The settings of the file at ``path`` (if any) with those ``given`` by name on the command line.

    ``base`` is what patterns and paths of the file are relative to; if empty, its folder.

    Raises:
        ConfigError: for a file that is not TOML, an unknown key (with the one that was probably meant) or a
            value of the wrong kind.
    """
    tables = [_read(path, base)] if path else []
    own = tables[0].keys.get("profile", "") if tables else ""
    profile = given.get("profile") or own
    if profile:
        tables = [*_profiles(profile, "" if given.get("profile") else tables[0].base), *tables]
    settings = Settings(sources=tuple(table.source for table in reversed(tables)))
    for table in tables:
        settings = _over(settings, table)
    if path:
        settings = replace(settings, base=tables[-1].base)
    return replace(settings, **{**given, "profile": profile})


def profiles() -> list[str]:
    """The names of the profiles that come with ivrlint."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


@cache
def keys() -> dict[str, Kind]:
    """What a configuration may say, by the field of the settings; each has a word on it."""
    return {name: kind for name, kind in kinds(Settings).items() if kind.about}


def _profiles(name: str, base: str, above: tuple[str, ...] = ()) -> list[Table]:
    """The profile ``name`` and those that it extends, the most general first."""
    path = _profile_path(name, base)
    if path in above:
        circle = " -> ".join(Path(each).stem for each in (*above[above.index(path) :], path))
        raise ConfigError(f"profiles extend one another in a circle: {circle}")
    table = _read(Path(path), "")
    extends = table.keys.get("extends", "")
    if not isinstance(extends, str):
        raise ConfigError(f"{table.source.path}: `extends` must be a text")
    if "profile" in table.keys:
        raise ConfigError(f"{table.source.path}: a profile has no `profile`; did you mean `extends`?")
    rest = Table({key: each for key, each in table.keys.items() if key != "extends"}, *table[1:])
    return [*(_profiles(extends, table.base, (*above, path)) if extends else ()), rest]


def _profile_path(name: str, base: str) -> str:
    if not isinstance(name, str):
        raise ConfigError("`profile` must be a text")
    if not (name.endswith(".toml") or os.sep in name or "/" in name):
        if name not in profiles():
            there = meant.hint(name, profiles()) or f"; there is: {', '.join(profiles())}"
            raise ConfigError(f"there is no profile `{name}`{there}")
        return str(PROFILES / f"{name}.toml")
    return os.path.abspath(os.path.join(base, name))


MOST_PARTS = 100
"""Of a key (``a.b.c`` has three): Python's reader takes the square of them."""

_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")


def _parts(key: str) -> int:
    return len(re.findall(_PART, key)) if key.count(".") >= MOST_PARTS else 1


def _read(path: Path, base: str) -> Table:
    table, text = _parsed(path)
    shown = str(path)
    here = near(str(path))
    source = Source(shown.replace(os.sep, "/") if here.startswith("..") else here, text)
    return Table(table or {}, source, base or str(path.parent))


def _parsed(path: Path) -> tuple[dict[str, Any] | None, str]:
    import tomllib  # only where there is a file to read: this module is on the start-up path

    try:
        text = path.read_text(encoding="utf-8-sig")
        if any(_parts(key[0]) > MOST_PARTS for key in _KEY.finditer(text)):
            raise ValueError(f"a key has more than {MOST_PARTS} parts")
        document = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if path.name != "pyproject.toml":
        return document, text
    tool = document.get("tool", {})
    table = tool.get("ivrlint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: `tool.ivrlint` must be a table")
    return table, text


def _over(settings: Settings, table: Table) -> Settings:
    """``settings`` with what ``table`` says over them."""
    said: dict[str, Any] = {}
    rules: dict[str, Mapping[str, Any]] = dict(settings.rules)
    try:
        for key, value in table.keys.items():
            name = key.replace("-", "_")
            if name in keys():
                said[name] = converted(value, keys()[name], key)
            else:
                code, options = _rule_table(key, value)
                rules[code] = {**rules.get(code, {}), **options}
    except OptionError as error:
        raise ConfigError(f"{table.source.path}: {error}") from None
    layer = Layer(**{name: said.pop(name) for name in LAYERED if name in said})
    for name in _MERGED:
        said[name] = {**getattr(settings, name), **said.get(name, {})}
    if "sounds" in said:
        said["sounds"] = tuple(_near(table.base, each) for each in said["sounds"])
    return replace(settings, **said, rules=rules, layers=(*settings.layers, layer))


def _rule_table(key: str, value: Any) -> tuple[str, Mapping[str, Any]]:
    """The code of the rule that ``key`` names, and its options, checked."""
    from ivrlint import selection  # only where a table may be a rule's

    rule = selection.rule_named(key)
    if rule is None:
        words = [*map(spelling, keys()), *selection.known()]
        raise OptionError(f"unknown key `{key}`{meant.hint(key.replace('_', '-'), words)}")
    if not isinstance(value, Mapping):
        raise OptionError(f"`{key}` must be a table of the rule's options")
    options = getattr(rule, "Options", None)
    if options is None:
        raise OptionError(f"`{key}`: the rule {rule.CODE} ({rule.NAME}) has no options")
    try:
        typed(options, value)
    except OptionError as error:
        raise OptionError(f"[{key}] {error}") from None
    return rule.CODE, {name.replace("-", "_"): each for name, each in value.items()}


def _near(base: str, path: str) -> str:
    """``path``, written relative to ``base``, as it is reached from here."""
    return near(os.path.join(base, os.path.expanduser(path)))
