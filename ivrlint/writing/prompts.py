"""Prompts and times, as they are written and as they are read again."""

from __future__ import annotations

from ivrlint.flow import Duration, Prompt
from ivrlint.formatting.names import quoted
from ivrlint.speech import spoken_words


def time(ms: int) -> str:
    """``90s`` as ``90s``, ``600_000`` as ``10m``."""
    for unit, size in (("h", 3_600_000), ("m", 60_000)):
        if ms and ms % size == 0:
            return f"{ms // size}{unit}"
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".") + "s"


def length(duration: Duration, words_per_minute: int) -> str:
    """``3s``, or ``3s+`` for a lower bound."""
    return time(duration.milliseconds(words_per_minute)) + ("" if duration.exact else "+")


def written(prompt: Prompt, words_per_minute: int) -> tuple[str, Prompt]:
    """``prompt`` in the language, and as it is read again: with the length that its words do not tell."""
    text = quoted(prompt.text)
    said = f"audio {quoted(prompt.audio)}" if prompt.audio else text
    if prompt.audio and prompt.text:
        said += f" says {text}"
    natural = _natural(prompt)
    if prompt.duration == natural:
        return said, prompt
    if prompt.duration == natural._replace(exact=False):
        return f"{said}+", prompt
    declared = Duration(prompt.duration.milliseconds(words_per_minute), exact=prompt.duration.exact)
    return f"{said} {length(declared, words_per_minute)}", prompt._replace(duration=declared)


def _natural(prompt: Prompt) -> Duration:
    """How long it is taken to be where nothing is declared."""
    unknown = bool(prompt.audio) and not prompt.text
    return Duration(words=spoken_words(prompt.text), exact=not unknown)
