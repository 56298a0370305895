"""A whole flow in the ``.ivr`` language."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivrlint.flow import Flow, Move, Step, StepKind
from ivrlint.formatting.canonical import canonical
from ivrlint.formatting.names import name, quoted
from ivrlint.source import Source
from ivrlint.writing.arrows import Arrows, hangs_up, remark
from ivrlint.writing.conditions import Asked, conditions
from ivrlint.writing.naming import copies, names, same_human
from ivrlint.writing.statements import Statements, has_titles

MOST_PATHS = 5
"""Files named at the top of the text."""


class Converted(NamedTuple):
    """A flow as text; ``names`` are those of its steps, by id, ``lost`` what could not be said."""

    text: str
    names: dict[str, str]
    lost: list[tuple[Step, Move]]


def convert(flow: Flow, words_per_minute: int = 150) -> Converted:
    """``flow`` in the ``.ivr`` language, in canonical form.

    What is heard before a move is written as ``after`` where prompts and timeouts do not tell it; times that
    are counted in words become seconds there, at ``words_per_minute``.
    """
    called = names(flow)
    asked = conditions(flow)
    steps = {step.id: step for step in flow.steps}
    arrows = Arrows(steps, called, words_per_minute)
    statements = Statements(called, arrows, asked, words_per_minute)
    parts = [*_head(flow), *_declared(asked), *_steps(flow, statements)]
    parts += _unsaid(statements.lost, called)
    text = canonical(Source("converted.ivr", "\n".join(parts) + "\n"))
    assert isinstance(text, str), text
    return Converted(text, called, statements.lost)


def _head(flow: Flow) -> Iterator[str]:
    paths = [source.path for source in flow.sources]
    if len(paths) == 1:  # git gives files in folders that are new each time
        paths = [os.path.basename(paths[0])]
    more = f" and {len(paths) - MOST_PATHS} more" if len(paths) > MOST_PATHS else ""
    yield from _comment(f"Made by `ivrlint convert` from {', '.join(paths[:MOST_PATHS])}{more}.")
    if any(copies(flow)):
        yield from _comment(
            "A place where calls can be in several states (what was chosen, where they return to) is written "
            "once for each: `name`, `name_2`."
        )
    language = _language(flow)
    if language:
        yield f"\nlanguage {quoted(language)}"


def _language(flow: Flow) -> str:
    """The language of most prompts."""
    spoken = Counter(prompt.language for step in flow.steps for prompt in step.prompts if prompt.text)
    return spoken.most_common(1)[0][0] if spoken else ""


def _declared(asked: dict[str, Asked]) -> Iterator[str]:
    if asked:
        yield ""
    for condition, how in asked.items():
        yield f"{how.kind} {name(condition)}{' varies' if how.varies else ''}"


def _steps(flow: Flow, statements: Statements) -> Iterator[str]:
    out = _moves_out(flow)
    written: set[object] = set()
    led_to = {move.target for move in flow.moves}
    entries = [step for step in flow.steps if step.kind is StepKind.ENTRY]
    others = [step for step in flow.steps if step.kind is not StepKind.ENTRY]
    apart = True
    for step in (*entries, *others):
        key = same_human(step) if step.kind is StepKind.HUMAN else step.id
        if key in written or (hangs_up(step) and step.id in led_to):
            continue
        written.add(key)
        text = "\n".join([*_remarks(step, len(flow.sources) == 1), statements.statement(step, out[key])])
        if apart or "\n" in text:
            yield ""
        apart = "\n" in text or step is entries[-1]
        yield text


def _moves_out(flow: Flow) -> dict[object, list[Move]]:
    """By step; what follows a human in any state of the call is the same, and told once."""
    keys = {step.id: same_human(step) if step.kind is StepKind.HUMAN else step.id for step in flow.steps}
    out: dict[object, dict[object, Move]] = {key: {} for key in keys.values()}
    for move in flow.moves:
        same = (move.kind, move.keys, move.label, keys[move.target])
        key = same if isinstance(keys[move.source], tuple) else len(out[keys[move.source]])
        out[keys[move.source]].setdefault(key, move)
    return {key: list(moves.values()) for key, moves in out.items()}


def _remarks(step: Step, alone: bool) -> Iterator[str]:
    """What cannot be told, and what has no place in the statement; ``alone``: all is from one file."""
    if step.kind is StepKind.UNKNOWN:
        where = f"line {step.span.line}" if alone else f"{step.span.path}:{step.span.line}"
        yield from _comment(f"not resolved: {where}")
    elif remark(step) and step.kind in _UNTITLED and not (step.kind is StepKind.ENTRY and has_titles(step)):
        yield from _comment(remark(step))


_UNTITLED = frozenset(StepKind) - {StepKind.MENU, StepKind.ASK, StepKind.CHECK, StepKind.UNKNOWN}
"""Steps whose statement has no place for a remark."""


def _unsaid(lost: Sequence[tuple[Step, Move]], called: dict[str, str]) -> Iterator[str]:
    if lost:
        yield ""
        yield from _comment("What the language cannot say:")
    for step, move in lost:
        where = called[move.target]
        yield from _comment(f"`{called[step.id]}`: {move.kind.value} {move.keys or move.label} -> {where}")


def _comment(text: str) -> Iterator[str]:
    """``text`` in lines of at most 110 columns."""
    line = "//"
    for word in text.split():
        if len(line) + 1 + len(word) > 110 and line != "//":
            yield line
            line = "//"
        line += f" {word}"
    yield line
