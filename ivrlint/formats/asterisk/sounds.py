"""What a sound file says and how long it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from ivrlint import audio
from ivrlint.flow import Duration, Prompt
from ivrlint.formats.asterisk.arguments import integer
from ivrlint.formats.asterisk.values import shown
from ivrlint.source import Span
from ivrlint.speech import spoken_words

_SILENCE = re.compile(r"silence/(\d+)$")
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
                for name in sorted(each.name for each in os.scandir(path)):
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
            return Duration((integer(silence[1]) or 0) * 1000)
        for folder in self._folders:
            for suffix in audio.SUFFIXES:
                measured = audio.milliseconds(os.path.join(folder, name + suffix))
                if measured is not None:
                    return Duration(measured)
        return None


def spoken(text: str, span: Span, digits: bool = False) -> tuple[Prompt, ...]:
    """What a voice says: a text, or digits one by one."""
    words = shown(text)
    if "\x01" in text or not words:
        return (Prompt("", Duration(exact=False), span),)
    words = " ".join(words) if digits else words
    return (Prompt(words, Duration(words=spoken_words(words) or 1), span),)
