"""Settings of a run: what a user can set, and nothing of where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple

from ivrlint.source import Source

Measure = Literal["keypresses", "entries"]
Level = Literal["error", "warning", "info", "off"]

Texts = tuple[str, ...]


class ConfigError(Exception):
    """A configuration that cannot be used; the message says where and why."""


class Layer(NamedTuple):
    """What one source (a profile, a file) says of rules: codes, their beginnings, names or ``ALL``.

    ``select`` starts anew; None leaves what was selected before.
    """

    select: Texts | None = None
    extend_select: Texts = ()
    ignore: Texts = ()
    severity: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run can be told. The fields with a word on them are the keys of a configuration file.

    ``layers`` are what profiles and files say of rules, the weakest first; ``select``, ``extend_select``,
    ``ignore`` and ``severity`` are stronger than all of them. ``rules`` are tables of options by the rules'
    codes. ``sources`` are the configuration files read, the strongest first, and ``base`` is the folder that
    patterns of files are relative to.
    """

    limit: Annotated[int, "The most keypresses (or entries) that a route to a human may take."] = 3
    measure: Annotated[Measure, "What is judged: an entry is a whole typed number."] = "keypresses"
    words_per_minute: Annotated[
        int, "How fast prompts of unknown length are taken to be spoken.", range(30, 601)
    ] = 150
    assume: Annotated[Mapping[str, str], "What the system decides, by condition: {office = 'open'}."] = field(
        default_factory=dict
    )
    sounds: Annotated[Texts, "Folders of recorded prompts, and files of their transcripts."] = ()
    entry: Annotated[
        Texts, "Where calls come in, where files do not say: CONTEXT[,EXTEN], the name of a contact flow."
    ] = ()
    human: Annotated[
        Texts, "Patterns of queues, numbers and flows behind which people answer, though files do not tell."
    ] = ()
    not_human: Annotated[
        Texts,
        "Patterns of queues and numbers behind which a machine answers: they count as leaving a message.",
    ] = ()
    profile: Annotated[str, "Rules and limits to start from: a name, or the path of a .toml file."] = ""
    select: Annotated[
        Texts | None,
        "Rules that are on: codes, beginnings of codes, names or ALL; else all that are by default.",
    ] = None
    extend_select: Annotated[Texts, "Rules that are on besides."] = ()
    ignore: Annotated[Texts, "Rules that are off."] = ()
    severity: Annotated[Mapping[str, Level], "How bad findings of a rule are."] = field(default_factory=dict)
    per_file_ignores: Annotated[
        Mapping[str, Texts],
        "Rules that are off in files whose path or name matches a pattern, or of `FILE#STEP` in one step.",
    ] = field(default_factory=dict)
    exclude: Annotated[Texts, "Files that a search of folders passes over, as in a .gitignore."] = ()
    force_exclude: Annotated[bool, "Pass over excluded files even where they are named themselves."] = False
    respect_gitignore: Annotated[bool, "Does a search of folders pass over what .gitignore names?"] = True
    file_seconds: Annotated[
        int, "Processor time after which reading or checking is given up, for each file.", range(1, 86_401)
    ] = 60
    file_findings: Annotated[
        int,
        "The most findings that are told of one file; what is left out counts as not checked.",
        range(1, 10_000_001),
    ] = 10_000
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    layers: tuple[Layer, ...] = ()
    sources: tuple[Source, ...] = ()
    base: str = ""
