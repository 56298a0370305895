"""From the parse tree of a ``.ivr`` file to what it declares."""

from __future__ import annotations

import os
import re
from typing import Any, NamedTuple

from lark import Token, Tree

from ivrlint import audio
from ivrlint.flow import Duration, Listening, Prompt, StepKind
from ivrlint.formats.ivr.blocks import Block, Setting
from ivrlint.formats.ivr.declarations import (
    Condition,
    Declaration,
    Dial,
    Everywhere,
    Goto,
    Handler,
    Module,
    Name,
    Option,
    Outcome,
)
from ivrlint.source import Source, Span
from ivrlint.speech import spoken_words

_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}


def declarations(tree: Tree[Token], source: Source) -> Module:
    """What the parsed ``source`` declares."""
    module = Module()
    language = ""
    for item in _Builder(source).build(tree):
        match item:
            case _Include():
                module.includes.append(item.name)
            case _Language():
                language = item.text
            case Condition():
                module.conditions.append(item)
            case Everywhere():
                module.everywhere.append(item)
            case Declaration():
                prompts = tuple(prompt._replace(language=language) for prompt in item.prompts)
                module.steps.append(item._replace(prompts=prompts))
    return module


class _Include(NamedTuple):
    name: Name


class _Language(NamedTuple):
    text: str


def _string(token: Token) -> str:
    return re.sub(r'\\(["\\])', r"\1", token[1:-1])


def _milliseconds(token: Token) -> int:
    match = re.fullmatch(r"([0-9.]+)([a-z]+)", token)
    assert match is not None  # the grammar's DURATION
    return round(float(match[1]) * _UNITS[match[2]])


class _Builder:
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

    def start(self, _: Any, items: list[Any]) -> list[Any]:
        return items

    # --- the file

    def include(self, _: Any, items: list[Any]) -> _Include:
        return _Include(Name(_string(items[0]), self._token_span(items[0])))

    def language(self, _: Any, items: list[Any]) -> _Language:
        return _Language(_string(items[0]))

    def condition(self, meta: Any, items: list[Any]) -> Condition:
        kind, name, *text = items
        return Condition(kind, name, _string(text[0]) if text else "", self._span(meta))

    def everywhere(self, _: Any, items: list[Any]) -> Everywhere:
        block = Block(items)
        return Everywhere(tuple(block.of(Option)), block.one("timeout"), block.one("invalid"))

    # --- steps

    def line(self, meta: Any, items: list[Any]) -> Declaration:
        number, *rest = items
        block = Block(rest)
        text = _string(number)
        return Declaration(
            StepKind.ENTRY,
            Name(text, self._token_span(number)),
            self._span(meta),
            title=block.one("title", ""),
            goto=block.goto,
            target=text,
            tags=frozenset(block.all("tag")),
        )

    def say(self, meta: Any, items: list[Any]) -> Declaration:
        return self._step(StepKind.SAY, meta, items[0], items[1:])

    def menu(self, meta: Any, items: list[Any]) -> Declaration:
        return self._step(StepKind.MENU, meta, items[0], items[1:])

    def ask(self, meta: Any, items: list[Any]) -> Declaration:
        return self._step(StepKind.ASK, meta, items[0], items[1:])

    def check(self, meta: Any, items: list[Any]) -> Declaration:
        name, condition, *outcomes = items
        return self._step(StepKind.CHECK, meta, name, outcomes)._replace(condition=condition)

    def human(self, meta: Any, items: list[Any]) -> Declaration:
        kind, name, *rest = items
        step = self._step(StepKind.HUMAN, meta, name, rest)
        return step._replace(tags=step.tags | {kind})

    def message(self, meta: Any, items: list[Any]) -> Declaration:
        kind, name, *rest = items
        return self._step(StepKind(kind), meta, name, rest)

    def ending(self, meta: Any, items: list[Any]) -> Declaration:
        return self._step(StepKind.END, meta, items[0], items[1:])

    def recording(self, meta: Any, items: list[Any]) -> Declaration:
        name, switch, *rest = items
        step = self._step(StepKind.SAY, meta, name, rest)
        return step._replace(tags=step.tags | {f"recording-{switch}"})

    def code(self, meta: Any, items: list[Any]) -> Declaration:
        name, *rest = items
        title = "".join(_string(item) for item in rest if isinstance(item, Token))
        block = [item for item in rest if not isinstance(item, Token)]
        return self._step(StepKind.UNKNOWN, meta, name, block)._replace(title=title)

    def _step(self, kind: StepKind, meta: Any, name: Name, items: list[Any]) -> Declaration:
        block = Block(items)
        fewest, most = block.one("digits", (None, None))
        terminator, needed = block.one("ends", ("", False))
        timeout = block.one("timeout")
        listening = Listening(
            timeout_ms=timeout.wait_ms if timeout else None,
            pause_ms=block.one("pause"),
            barge_in=block.one("barge_in"),
            fewest=fewest,
            most=most,
            terminator=terminator,
            terminator_needed=needed,
            sensitive=block.one("sensitive", ""),
        )
        return Declaration(
            kind,
            name,
            self._span(meta),
            title=block.one("title", ""),
            prompts=tuple(block.of(Prompt)),
            options=tuple(block.of(Option)),
            dials=tuple(block.of(Dial)),
            without=frozenset(key for keys in block.all("without") for key in keys),
            timeout=timeout,
            invalid=block.one("invalid"),
            outcomes=tuple(block.of(Outcome)),
            goto=block.one("done") or block.goto,
            target=block.one("to", ""),
            tags=frozenset(block.all("tag")),
            listening=listening if kind in (StepKind.MENU, StepKind.ASK) else None,
            extension=block.one("extension", False),
            duplicates=tuple(block.repeated(self._span(meta))),
        )

    def human_block(self, _: Any, items: list[Any]) -> list[Any]:
        return items

    message_block = code_block = human_block

    # --- what a step hears

    def prompt(self, _: Any, items: list[Any]) -> list[Any]:
        return items

    def text(self, meta: Any, items: list[Any]) -> Prompt:
        words = _string(items[0])
        known = Duration(words=spoken_words(words))
        duration = Duration(_milliseconds(items[1])) if len(items) > 1 else known
        return Prompt(words, duration, self._span(meta))

    def audio(self, meta: Any, items: list[Any]) -> Prompt:
        """A recording: its length is declared, else measured beside the flow, else counted in words."""
        name, *texts = (_string(item) for item in items if item.type == "STRING")
        words = "".join(texts)
        path = os.path.join(os.path.dirname(self._source.path), name)
        declared = [_milliseconds(item) for item in items if item.type == "DURATION"]
        measured = declared[0] if declared else audio.milliseconds(path)
        if measured is not None:
            duration = Duration(measured)
        else:
            duration = Duration(words=spoken_words(words)) if words else Duration(exact=False)
        return Prompt(words, duration, self._span(meta), audio=name)

    def barge_in(self, meta: Any, items: list[Any]) -> Setting:
        return Setting("barge_in", items[0] == "on")

    def pause(self, _: Any, items: list[Any]) -> Setting:
        return Setting("pause", _milliseconds(items[0]))

    def option(self, meta: Any, items: list[Any]) -> Option:
        keys, *rest = items
        block = Block([item for item in rest if not isinstance(item, Token)])
        label = "".join(_string(item) for item in rest if isinstance(item, Token))
        assert block.goto is not None  # the grammar's option
        return Option(keys, block.one("words", ()), label, block.goto, self._span(meta))

    def spoken_option(self, meta: Any, items: list[Any]) -> Option:
        words, goto = items
        return Option((), words.value, "", goto, self._span(meta))

    def words(self, _: Any, items: list[Any]) -> Setting:
        return Setting("words", tuple(_string(item) for item in items))

    def keys(self, _: Any, items: list[Any]) -> tuple[str, ...]:
        return tuple(str(item) for item in items)

    def without(self, _: Any, items: list[Any]) -> Setting:
        return Setting("without", items[0])

    def dial(self, meta: Any, items: list[Any]) -> Dial:
        (fewest, most), *label, goto = items
        return Dial(fewest, most, _string(label[0]) if label else "", goto, self._span(meta))

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
        return Setting("ends", (_string(items[0]), len(items) > 1))

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
        attempts, wait = 1, None
        for item in items[:-1]:
            if item.type == "TIMES":
                attempts = max(int(item[1:]), 1)
            else:
                wait = _milliseconds(item)
        return Handler(attempts, wait, items[-1], self._span(meta))

    # --- what the system decides

    def outcome(self, meta: Any, items: list[Any]) -> Outcome:
        return Outcome(items[0].text, items[1], self._span(meta))

    def too_long(self, meta: Any, items: list[Any]) -> Outcome:
        return Outcome(f"after {items[0]}", items[1], self._span(meta), _milliseconds(items[0]))

    def unanswered(self, meta: Any, items: list[Any]) -> Outcome:
        wait = _milliseconds(items[0]) if len(items) > 1 else 0
        return Outcome("unanswered", items[-1], self._span(meta), wait)

    def turned_away(self, meta: Any, items: list[Any]) -> Outcome:
        return Outcome(items[0], items[1], self._span(meta))

    # --- where a call goes

    def goto(self, meta: Any, items: list[Any]) -> Goto:
        *calls, last = items
        action = isinstance(last, Setting)
        name = last.value if isinstance(last, Setting) else last
        return Goto(tuple(calls), name, action, self._span(meta))

    def step_ref(self, _: Any, items: list[Any]) -> Name:
        return self.name(_, items)

    def action(self, _: Any, items: list[Any]) -> Setting:
        return Setting("action", Name(str(items[0]), self._token_span(items[0])))

    def name(self, _: Any, items: list[Any]) -> Name:
        token = items[0]
        text = _string(token) if token.type == "STRING" else str(token)
        return Name(text, self._token_span(token))

    def to(self, _: Any, items: list[Any]) -> list[Setting]:
        tags = [Setting("tag", item) for item in items[1:]]
        return [Setting("to", _string(items[0])), *tags]

    def line_tag(self, _: Any, items: list[Any]) -> Setting:
        return Setting("tag", items[0])

    def say_tag(self, _: Any, items: list[Any]) -> Setting:
        return Setting("tag", str(items[0]))

    def title(self, _: Any, items: list[Any]) -> Setting:
        return Setting("title", _string(items[0]))

    def _word(self, _: Any, items: list[Any]) -> str:
        return str(items[0])

    condition_kind = human_kind = message_kind = switch = secret = overflow_kind = _word
    only = priority = charge = _word
