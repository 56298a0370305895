"""Announcements as callers hear them: without markup and entities, with a sign where a value is filled in."""

from __future__ import annotations

import re

FILLED_IN = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what only the running system knows: ``${name}``, ``$.Attributes.name``, ``{{name}}``."""

_BREAK = re.compile(r"<(?:break|p|s|br)\b[^<>]*/?>|</(?:p|s)>", re.I)
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_VALUE = re.compile(
    r"<<\w+>>|\$\{[^{}]*\}|\{\{[^{}]*\}\}|\{%[^%]*%\}|\$\[?['\"]?(?:\.[\w-]+|\[['\"][^'\"]*['\"]\])+|\{[\w.$]+\}|%\w+%"
)


MOST_HEARD = 5_000
"""Characters of one announcement that are looked at: about five minutes. What means harm has more."""


def heard(text: str) -> str:
    """``text`` as it is heard; a pause is a comma. What is behind :data:`MOST_HEARD` is not known."""
    if len(text) > MOST_HEARD:
        text = text[:MOST_HEARD] + FILLED_IN
    if any(sign in text for sign in "${%<"):
        text = _VALUE.sub(FILLED_IN, text)
    if "<" in text:
        text = _TAG.sub(" ", _BREAK.sub(", ", text))
    if "&" in text:
        from html import unescape  # most prompts need no table of entities

        text = unescape(text)
    return " ".join(text.split())
