"""How long recorded prompts are."""

from __future__ import annotations

import os

_BYTES_PER_SECOND = {".ulaw": 8000, ".alaw": 8000, ".al": 8000, ".ul": 8000, ".pcm": 8000, ".sln": 16000}
_BYTES_PER_SECOND |= {".sln16": 32000, ".g722": 8000, ".gsm": 1650}  # gsm: 33 bytes are 20 ms

SUFFIXES = (".wav", *_BYTES_PER_SECOND)
"""Formats whose length is known without decoding: WAV by its header, telephone codecs by their fixed rate."""


def milliseconds(path: str) -> int | None:
    """Length of the recording at ``path``; None if it cannot be told."""
    suffix = os.path.splitext(path)[1].lower()
    try:
        if suffix == ".wav":
            return _wave(path)
        return round(os.path.getsize(path) * 1000 / _BYTES_PER_SECOND[suffix])
    except (OSError, KeyError):
        return None


def _wave(path: str) -> int | None:
    import wave  # only flows with recordings need it

    try:
        with wave.open(path, "rb") as file:
            return round(file.getnframes() * 1000 / file.getframerate())
    except (EOFError, wave.Error, ZeroDivisionError):
        return None
