"""How long prompts take: words counted, and where in a prompt an option is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from ivrlint.flow import AT_ONCE, Duration, Prompt

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_UNSPACED = r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"


def spoken_words(text: str) -> int:
    """Words in ``text``; in scripts without spaces two characters are taken for a word (an assumption)."""
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = len(re.findall(_UNSPACED, text))
    return len(_WORD.findall(re.sub(_UNSPACED, " ", text))) + (unspaced + 1) // 2


def whole(prompts: Iterable[Prompt]) -> Duration:
    """All prompts, one after the other."""
    heard = AT_ONCE
    for prompt in prompts:
        heard = heard.plus(prompt.duration)
    return heard


def until_named(prompts: Sequence[Prompt], keys: str) -> Duration:
    """What is heard until ``keys`` have been named; all of it where the text does not name them as a figure
    or sign.

    Within a prompt of declared or measured length, time runs evenly over its words.
    """
    heard = AT_ONCE
    for prompt in prompts:
        match = _figure(keys).search(prompt.text) if keys and keys in prompt.text else None
        if match:
            return heard.plus(_beginning(prompt, prompt.text[: match.end()]))
        heard = heard.plus(prompt.duration)
    return heard


@cache
def _figure(keys: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w*#]){re.escape(keys)}(?![\w*#])")


def _beginning(prompt: Prompt, text: str) -> Duration:
    if prompt.duration.words:
        return Duration(words=spoken_words(text))
    share = spoken_words(text) / max(spoken_words(prompt.text), 1)
    return Duration(round(prompt.duration.ms * share), exact=prompt.duration.exact)
