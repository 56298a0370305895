"""Settings of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Measure = Literal["keypresses", "entries"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set.

    ``limit`` is the most that a route to a human may take, in ``measure``. ``words_per_minute`` is how fast
    prompts of unknown length are assumed to be spoken. ``assume`` fixes outcomes of the system's decisions by
    condition name. ``sounds`` are folders of recorded prompts, and files of their transcripts (lines
    ``name: text``). ``entry`` names where calls come in (``CONTEXT[,EXTEN]``) where files do not say.
    """

    limit: int = 3
    measure: Measure = "keypresses"
    words_per_minute: int = 150
    assume: Mapping[str, str] = field(default_factory=dict)
    sounds: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
