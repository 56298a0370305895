"""Settings of a run: defaults, then a configuration file, then the command line.

The file is ``ivrlint.toml``, ``.ivrlint.toml`` or ``[tool.ivrlint]`` of ``pyproject.toml``, the nearest one
upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal, get_args

Measure = Literal["keypresses", "entries"]

NAMES = ("ivrlint.toml", ".ivrlint.toml", "pyproject.toml")


class ConfigError(Exception):
    """A configuration that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set.

    ``limit`` is the most that a route to a human may take, in ``measure``. ``words_per_minute`` is how fast
    prompts of unknown length are assumed to be spoken. ``assume`` fixes outcomes of the system's decisions by
    condition name. ``sounds`` are folders of recorded prompts, and files of their transcripts (lines ``name:
    text``). ``entry`` names where calls come in (``CONTEXT[,EXTEN]``, the name of a contact flow) where files
    do not say. ``ignore`` are rules, by code or name, that are not told; ``per_file_ignores`` are those of
    files whose path or name matches a pattern. ``severity`` is that of rules told as worse or milder than
    they are by themselves, ``rules`` are tables of rules' options, both by code. ``extend_select`` are rules
    that are told though they are off by default.
    """

    limit: int = 3
    measure: Measure = "keypresses"
    words_per_minute: int = 150
    assume: Mapping[str, str] = field(default_factory=dict)
    sounds: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extend_select: tuple[str, ...] = ()

    def ignored(self, path: str) -> Iterator[str]:
        """Codes and names of the rules that are not told of the file at ``path``."""
        yield from self.ignore
        for pattern, rules in self.per_file_ignores.items():
            if fnmatch(path, pattern) or fnmatch(path.rsplit("/", 1)[-1], pattern):
                yield from rules


def find(folder: Path) -> Path | None:
    """The nearest configuration file, from ``folder`` upwards."""
    for each in (folder, *folder.parents):
        for name in NAMES:
            path = each / name
            if path.is_file() and (name != "pyproject.toml" or _table(path) is not None):
                return path
    return None


def load(path: Path | None, given: Mapping[str, Any]) -> Settings:
    """The settings of the file at ``path`` (if any) with those ``given`` by name on the command line.

    Raises:
        ConfigError: for a file that is not TOML, an unknown key (with the one that was probably meant) or a
        value of
            the wrong kind.
    """
    table = (_table(path) or {}) if path else {}
    known = {each.name: each.name.replace("_", "-") for each in fields(Settings)}
    settings = Settings()
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            close = get_close_matches(key, known.values(), 1)
            raise ConfigError(
                f"{path}: unknown key `{key}`" + (f"; did you mean `{close[0]}`?" if close else "")
            )
        try:
            settings = replace(settings, **{name: _KINDS[name](value)})
        except (TypeError, ValueError) as error:
            raise ConfigError(f"{path}: `{key}` {error}") from None
    return replace(settings, **given)


def _table(path: Path) -> dict[str, Any] | None:
    import tomllib  # only where there is a file to read: this module is on the start-up path

    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if path.name != "pyproject.toml":
        return document
    table: dict[str, Any] | None = document.get("tool", {}).get("ivrlint")
    return table


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("must be a number, 0 or more")
    return value


def _positive(value: Any) -> int:
    if _number(value) == 0:
        raise ValueError("must be a number above 0")
    return int(value)


def _measure(value: Any) -> str:
    if value not in get_args(Measure):
        raise ValueError(f"must be one of {', '.join(get_args(Measure))}")
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise ValueError("must be a text or a list of texts")
    return tuple(values)


def _outcomes(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise ValueError('must be a table such as {"office" = "open"}')
    return value


def _by_file(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError('must be a table such as {"old/*" = ["IVR101"]}')
    return {pattern: _texts(rules) for pattern, rules in value.items()}


_KINDS: dict[str, Callable[[Any], Any]] = {
    "limit": _number,
    "measure": _measure,
    "words_per_minute": _positive,
    "assume": _outcomes,
    "sounds": _texts,
    "entry": _texts,
    "ignore": _texts,
    "per_file_ignores": _by_file,
    "severity": _outcomes,
    "extend_select": _texts,
    "rules": _outcomes,
}
"""What each key takes; every setting has one."""
