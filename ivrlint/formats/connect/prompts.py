"""What blocks say to the caller."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ivrlint.explore import Facts
from ivrlint.flow import AT_ONCE, Duration, Prompt
from ivrlint.formats.connect.facts import known_text, path_of
from ivrlint.formats.connect.language import Block
from ivrlint.positions import Array, Object
from ivrlint.speech import spoken_words

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<break\b[^<>]*\btime\s*=\s*[\"']?(\d+(?:\.\d+)?)(ms|s)", re.I)
LONGEST_PAUSE = 3_600_000
"""Milliseconds; what is written as longer is taken for this."""
_PATH = re.compile(r"\$(?:\.[\w-]+|\[['\"][^'\"]*['\"]\])+")


def prompts(block: Block, facts: Facts, language: str) -> tuple[Prompt, ...]:
    """All that ``block`` plays, in order, in ``language`` ("" where that is not known)."""
    messages = block.parameters.get("Messages")
    given = messages if isinstance(messages, (Array, list)) else [block.parameters]
    played = [prompt for each in given if isinstance(each, Object) for prompt in _prompts(each, facts)]
    return tuple(each._replace(language=language) for each in played) if language else tuple(played)


def _prompts(node: Object, facts: Facts) -> Iterator[Prompt]:
    for key in ("Text", "SSML"):
        if isinstance(node.get(key), str) and node[key]:
            yield _spoken(known_text(node[key], facts), node, key)
    if isinstance(node.get("PromptId"), str):
        yield Prompt("", Duration(exact=False), node.span("PromptId"), audio=node["PromptId"])
    media: Any = node.get("Media")
    if isinstance(media, Object) and isinstance(media.get("Uri"), str):
        yield Prompt("", Duration(exact=False), media.span("Uri"), audio=media["Uri"])


def _spoken(text: str, node: Object, key: str) -> Prompt:
    """A text to be spoken. What it takes from attributes is not known, so neither is its length."""
    pause = AT_ONCE
    if "<" in text:
        for amount, unit in _BREAK.findall(text):
            milliseconds = float(amount) * (1 if unit == "ms" else 1000)
            pause = pause.plus(Duration(round(min(milliseconds, LONGEST_PAUSE))))
        text = _TAG.sub(" ", text).strip()
        if "&" in text:
            from html import unescape  # most prompts need no table of entities

            text = unescape(text)
    fixed = _PATH.sub(" ", text) if "$" in text else text
    words = Duration(words=spoken_words(fixed), exact=fixed == text)
    shown = "" if path_of(text) else " ".join(text.split())
    return Prompt(shown, pause.plus(words), node.span(key))
