"""From the parse tree of a ``.ivr`` file to what it declares."""

from __future__ import annotations

from typing import Any, NamedTuple

from lark import Token, Tree

from ivrlint.flow import Listening, Prompt, StepKind
from ivrlint.formats.ivr.blocks import Block
from ivrlint.formats.ivr.declarations import (
    Condition,
    Declaration,
    Dial,
    Everywhere,
    Fault,
    Module,
    Name,
    Option,
    Outcome,
)
from ivrlint.formats.ivr.items import Items, string
from ivrlint.source import Source


def declarations(tree: Tree[Token], source: Source) -> Module:
    """What the parsed ``source`` declares."""
    module = Module()
    items = _Builder(source).build(tree)
    language = next((item.text for item in items if isinstance(item, _Language)), "")
    for item in items:
        match item:
            case _Include():
                module.includes.append(item.name)
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


class _Builder(Items):
    """Statements."""

    def start(self, _: Any, items: list[Any]) -> list[Any]:
        return items

    # --- the file

    def include(self, _: Any, items: list[Any]) -> _Include:
        return _Include(Name(string(items[0]), self._token_span(items[0])))

    def language(self, _: Any, items: list[Any]) -> _Language:
        return _Language(string(items[0]))

    def condition(self, meta: Any, items: list[Any]) -> Condition:
        kind, name, *rest = items
        text = "".join(string(item) for item in rest if isinstance(item, Token))
        return Condition(kind, name, text, self._span(meta), "varies" in rest)

    def everywhere(self, _: Any, items: list[Any]) -> Everywhere:
        block = Block(items)
        return Everywhere(tuple(block.of(Option)), block.one("timeout"), block.one("invalid"))

    # --- steps

    def line(self, meta: Any, items: list[Any]) -> Declaration:
        number, *rest = items
        block = Block(rest)
        text = string(number)
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

    def doing(self, meta: Any, items: list[Any]) -> Declaration:
        return self._titled(StepKind.CHECK, meta, items)

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
        return self._titled(StepKind.UNKNOWN, meta, items)

    def _titled(self, kind: StepKind, meta: Any, items: list[Any]) -> Declaration:
        name, *rest = items
        title = "".join(string(item) for item in rest if isinstance(item, Token))
        block = [item for item in rest if not isinstance(item, Token)]
        return self._step(kind, meta, name, block)._replace(title=title)

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
            faults=tuple(block.of(Fault)),
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
