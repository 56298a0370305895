"""The parts of statements: prompts, options, outcomes, and where they lead."""

from __future__ import annotations

import os
import re
from typing import Any

from lark import Token, Tree

from ivrlint import audio
from ivrlint.flow import Duration, Prompt
from ivrlint.formats.ivr.blocks import Block, Setting
from ivrlint.formats.ivr.declarations import Dial, Fault, Goto, Handler, Name, Option, Outcome
from ivrlint.source import Source, Span
from ivrlint.speech import spoken_words

_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}


def string(token: Token) -> str:
    """What a text in quotes says."""
    return re.sub(r'\\(["\\])', r"\1", token[1:-1])


def milliseconds(token: Token) -> int:
    """A time."""
    match = re.fullmatch(r"([0-9.]+)([a-z]+)", token)
    assert match is not None  # the grammar's DURATION
    return round(float(match[1]) * _UNITS[match[2]])


MORE = "+"
"""What stands behind a length that is a lower bound."""


def _lasting(items: list[Any], known: Duration) -> Duration:
    """The length declared among ``items``, else what is ``known``."""
    declared = [milliseconds(item) for item in items if isinstance(item, Token) and item.type == "DURATION"]
    length = Duration(declared[0]) if declared else known
    return length._replace(exact=length.exact and MORE not in items)


class Items:
    """Turns the parse tree bottom-up into declarations; a method is named after the rule it serves."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def build(self, tree: Tree[Token]) -> Any:
        """What ``tree`` declares: its children first, then the method of its rule."""
        children = [self.build(each) if isinstance(each, Tree) else each for each in tree.children]
        return getattr(self, tree.data)(tree.meta, children)

    def _span(self, meta: Any) -> Span:
        return self._source.span(meta.start_pos, meta.end_pos)

    def _token_span(self, token: Token) -> Span:
        return self._source.span(token.start_pos or 0, token.end_pos or 0)

    # --- what a step hears

    def prompt(self, _: Any, items: list[Any]) -> list[Any]:
        return items

    def text(self, meta: Any, items: list[Any]) -> Prompt:
        words = string(items[0])
        return Prompt(words, _lasting(items, Duration(words=spoken_words(words))), self._span(meta))

    def audio(self, meta: Any, items: list[Any]) -> Prompt:
        """A recording: its length is declared, else measured beside the flow, else counted in words."""
        texts = [item for item in items if isinstance(item, Token) and item.type == "STRING"]
        name, *said = (string(text) for text in texts)
        words = "".join(said)
        measured = audio.milliseconds(os.path.join(os.path.dirname(self._source.path), name))
        spoken = Duration(words=spoken_words(words)) if words else Duration(exact=False)
        known = spoken if measured is None else Duration(measured)
        return Prompt(words, _lasting(items, known), self._span(meta), audio=name)

    def more(self, _: Any, __: list[Any]) -> str:
        return MORE

    def barge_in(self, meta: Any, items: list[Any]) -> Setting:
        return Setting("barge_in", items[0] == "on")

    def pause(self, _: Any, items: list[Any]) -> Setting:
        return Setting("pause", milliseconds(items[0]))

    def option(self, meta: Any, items: list[Any]) -> Option:
        keys, *rest = items
        block = Block([item for item in rest if not isinstance(item, Token)])
        label = "".join(string(item) for item in rest if isinstance(item, Token))
        assert block.goto is not None  # the grammar's option
        return Option(keys, block.one("words", ()), label, block.goto, self._span(meta))

    def spoken_option(self, meta: Any, items: list[Any]) -> Option:
        words, goto = items
        return Option((), words.value, "", goto, self._span(meta))

    def words(self, _: Any, items: list[Any]) -> Setting:
        return Setting("words", tuple(string(item) for item in items))

    def keys(self, _: Any, items: list[Any]) -> tuple[str, ...]:
        return tuple(str(item) for item in items)

    def without(self, _: Any, items: list[Any]) -> Setting:
        return Setting("without", items[0])

    def dial(self, meta: Any, items: list[Any]) -> Dial:
        what, *label, goto = items
        number = what if isinstance(what, str) else ""
        fewest, most = (len(number), len(number)) if isinstance(what, str) else what
        return Dial(fewest, most, string(label[0]) if label else "", goto, self._span(meta), number)

    def number(self, _: Any, items: list[Any]) -> str:
        return string(items[0])

    def count(self, _: Any, items: list[Any]) -> tuple[int, int | None]:
        return int(items[0]), int(items[0])

    def count_between(self, _: Any, items: list[Any]) -> tuple[int, int | None]:
        low, high = sorted((int(items[0]), int(items[1])))
        return low, high

    def count_at_least(self, _: Any, items: list[Any]) -> tuple[int, int | None]:
        return int(items[0]), None

    def digits(self, _: Any, items: list[Any]) -> Setting:
        return Setting("digits", items[0])

    def ends(self, _: Any, items: list[Any]) -> Setting:
        return Setting("ends", (string(items[0]), len(items) > 1))

    def sensitive(self, _: Any, items: list[Any]) -> Setting:
        return Setting("sensitive", items[0] if items else "data")

    def extension(self, _: Any, items: list[Any]) -> Setting:
        return Setting("extension", True)

    def done(self, _: Any, items: list[Any]) -> Setting:
        return Setting("done", items[0])

    def timeout(self, meta: Any, items: list[Any]) -> Setting:
        return Setting("timeout", self._handler(meta, items))

    def invalid(self, meta: Any, items: list[Any]) -> Setting:
        return Setting("invalid", self._handler(meta, items))

    def _handler(self, meta: Any, items: list[Any]) -> Handler:
        attempts, wait, digits = 1, None, None
        for item in items[:-1]:
            match item.type:
                case "TIMES":
                    attempts = max(int(item[1:]), 1)
                case "INT":
                    digits = int(item)
                case _:
                    wait = milliseconds(item)
        return Handler(attempts, wait, items[-1], self._span(meta), digits)

    # --- what the system decides

    def outcome(self, meta: Any, items: list[Any]) -> Outcome:
        name, *unusual, goto = items
        return Outcome(name.text, goto, self._span(meta), unusual=bool(unusual))

    def too_long(self, meta: Any, items: list[Any]) -> Outcome:
        return self._overflow(f"after {items[0]}", meta, items)

    def unanswered(self, meta: Any, items: list[Any]) -> Outcome:
        return self._overflow("unanswered", meta, items)

    def turned_away(self, meta: Any, items: list[Any]) -> Outcome:
        return self._overflow(items[0], meta, items[1:])

    def _overflow(self, word: str, meta: Any, items: list[Any]) -> Outcome:
        *said, goto = items
        waits = [milliseconds(item) for item in said if item.type == "DURATION"]
        wait = waits[0] if waits else None if word == "unanswered" else 0
        label = "".join(string(item) for item in said if item.type == "STRING")
        return Outcome(label or word, goto, self._span(meta), wait)

    def fault(self, meta: Any, items: list[Any]) -> Fault:
        *label, goto = items
        return Fault("".join(map(string, label)), goto, self._span(meta))

    # --- where a call goes

    def goto(self, meta: Any, items: list[Any]) -> Goto:
        heard = items.pop(0) if isinstance(items[0], Duration) else None
        *calls, last = items
        action = isinstance(last, Setting)
        name = last.value if isinstance(last, Setting) else last
        return Goto(tuple(calls), name, action, self._span(meta), heard)

    def after(self, _: Any, items: list[Any]) -> Duration:
        return Duration(milliseconds(items[0]), exact=MORE not in items)

    def step_ref(self, _: Any, items: list[Any]) -> Name:
        return self.name(_, items)

    def action(self, _: Any, items: list[Any]) -> Setting:
        return Setting("action", Name(str(items[0]), self._token_span(items[0])))

    def name(self, _: Any, items: list[Any]) -> Name:
        token = items[0]
        text = string(token) if token.type == "STRING" else str(token)
        return Name(text, self._token_span(token))

    def to(self, _: Any, items: list[Any]) -> list[Setting]:
        tags = [Setting("tag", item) for item in items[1:]]
        return [Setting("to", string(items[0])), *tags]

    def line_tag(self, _: Any, items: list[Any]) -> Setting:
        return Setting("tag", items[0])

    def say_tag(self, _: Any, items: list[Any]) -> Setting:
        return Setting("tag", str(items[0]))

    def title(self, _: Any, items: list[Any]) -> Setting:
        return Setting("title", string(items[0]))

    def _word(self, _: Any, items: list[Any]) -> str:
        return str(items[0])

    condition_kind = human_kind = message_kind = switch = secret = overflow_kind = _word
    only = unusual = varies = priority = charge = _word
