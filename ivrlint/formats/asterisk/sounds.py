"""What a sound file says and how long it is."""

from __future__ import annotations

import os
import re
import wave
from collections.abc import Iterable

from ivrlint.flow import Duration, Prompt
from ivrlint.formats.asterisk.values import shown
from ivrlint.source import Span
from ivrlint.speech import spoken_words

_SILENCE = re.compile(r"silence/(\d+)$")
_BYTES_PER_SECOND = {".ulaw": 8000, ".alaw": 8000, ".al": 8000, ".ul": 8000, ".pcm": 8000, ".sln": 16000}
_BYTES_PER_SECOND |= {".sln16": 32000, ".g722": 8000, ".gsm": 1650}  # gsm: 33 bytes are 20 ms
_TRANSCRIPT = re.compile(r"^([\w./+-]+):[ \t]*(\S.*)$")


class Sounds:
    """Folders of sound files and files of transcripts (Asterisk's ``core-sounds-en.txt``: ``name: text``)."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._folders: list[str] = []
        self._texts: dict[str, str] = {}
        self._known: dict[str, tuple[str, Duration]] = {}
        for path in paths:
            if os.path.isdir(path):
                self._folders.append(path)
                for name in sorted(os.listdir(path)):
                    if name.endswith(".txt"):
                        self._transcripts(os.path.join(path, name))
            else:
                self._transcripts(path)

    def _transcripts(self, path: str) -> None:
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                matches = [_TRANSCRIPT.match(line) for line in file]
        except OSError:
            return
        for match in matches:
            if match:
                self._texts.setdefault(match[1], match[2].strip())

    def prompts(self, names: str, span: Span) -> tuple[Prompt, ...]:
        """The sounds ``a&b&c``."""
        return tuple(self._prompt(shown(name).strip(), span) for name in names.split("&") if name.strip())

    def _prompt(self, name: str, span: Span) -> Prompt:
        if name not in self._known:
            text = self._texts.get(name, "")
            length = self._length(name)
            if length is None:
                length = Duration(words=spoken_words(text)) if text else Duration(exact=False)
            self._known[name] = text, length
        text, length = self._known[name]
        return Prompt(text, length, span, audio=name)

    def _length(self, name: str) -> Duration | None:
        silence = _SILENCE.match(name)
        if silence:
            return Duration(int(silence[1]) * 1000)
        for folder in self._folders:
            for suffix in (".wav", *_BYTES_PER_SECOND):
                milliseconds = _measured(os.path.join(folder, name + suffix), suffix)
                if milliseconds is not None:
                    return Duration(milliseconds)
        return None


def _measured(path: str, suffix: str) -> int | None:
    try:
        if suffix == ".wav":
            with wave.open(path, "rb") as file:
                return round(file.getnframes() * 1000 / file.getframerate())
        return round(os.path.getsize(path) * 1000 / _BYTES_PER_SECOND[suffix])
    except (OSError, EOFError, wave.Error, ZeroDivisionError):
        return None


def spoken(text: str, span: Span, digits: bool = False) -> tuple[Prompt, ...]:
    """What a voice says: a text, or digits one by one."""
    words = shown(text)
    if "\x01" in text or not words:
        return (Prompt("", Duration(exact=False), span),)
    words = " ".join(words) if digits else words
    return (Prompt(words, Duration(words=spoken_words(words) or 1), span),)
