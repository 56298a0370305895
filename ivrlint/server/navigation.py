"""What is at a place of a text, where it is defined, and where it is used.

In ``.ivr`` names tell; in other formats the moves do: what is written where a call goes on leads to a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ivrlint.flow import Step
from ivrlint.formats.ivr import SUFFIXES
from ivrlint.formats.ivr.names import Mention, Names
from ivrlint.formats.ivr.names import names as _names
from ivrlint.server.workspace import Checked
from ivrlint.source import Source, Span

names = lru_cache(maxsize=64)(_names)
"""The names of a ``.ivr`` text; of the same text they are the same."""


def is_ivr(source: Source) -> bool:
    """Is this our own language?"""
    return source.path.lower().endswith(SUFFIXES)


def named(checked: Checked, offset: int) -> Mention | None:
    """The name at ``offset`` of a ``.ivr`` text."""
    return names(checked.source).at(offset) if is_ivr(checked.source) else None


def mentions(checked: Checked, like: Mention) -> list[Mention]:
    """All places of the project where what ``like`` names is named, definitions first."""
    found = [
        each
        for index in _texts(checked)
        for each in index.mentions
        if each.name == like.name and each.condition == like.condition
    ]
    return sorted(found, key=lambda each: not each.keyword)


def known(checked: Checked, condition: bool) -> dict[str, Mention]:
    """The steps (or conditions) that calls can be led to, by name."""
    return {
        each.name: each
        for index in _texts(checked)
        for each in index.mentions
        if each.keyword and each.keyword != "line" and each.condition == condition
    }


def definitions(checked: Checked, offset: int) -> list[Span]:
    """Where what is named, or led to, at ``offset`` is defined."""
    mention = named(checked, offset)
    if mention:
        return [each.span for each in mentions(checked, mention) if each.keyword]
    return list(dict.fromkeys(step.span for step in _targets(checked, offset)))


def references(checked: Checked, offset: int, declaration: bool) -> list[Span]:
    """Where the step at ``offset`` is led to, with its definition if ``declaration``."""
    mention = named(checked, offset)
    if mention:
        return [each.span for each in mentions(checked, mention) if declaration or not each.keyword]
    places = {step.place for step in steps_at(checked, offset)}
    flow = checked.report.reading.flow
    ids = {step.id for step in flow.steps if step.place in places}
    own = [step.span for step in flow.steps if step.place in places] if declaration else []
    return list(dict.fromkeys([*own, *(move.span for move in flow.moves if move.target in ids)]))


def steps_at(checked: Checked, offset: int) -> list[Step]:
    """The copies of the step that is defined, named or led to at ``offset``."""
    mention = named(checked, offset)
    flow = checked.report.reading.flow
    if mention:
        spans = {each.span for each in mentions(checked, mention) if each.keyword}
        return [step for step in flow.steps if step.span in spans]
    covering = _smallest({step.span for step in flow.steps if _covers(step.span, checked.source, offset)})
    return [step for step in flow.steps if step.span == covering] or list(_targets(checked, offset))


def _texts(checked: Checked) -> Iterator[Names]:
    yield names(checked.source)
    for source in checked.sources:
        if source is not checked.source and is_ivr(source):
            yield names(source)


def _targets(checked: Checked, offset: int) -> Iterator[Step]:
    flow = checked.report.reading.flow
    here = _smallest({move.span for move in flow.moves if _covers(move.span, checked.source, offset)})
    targets = {move.target for move in flow.moves if move.span == here}
    return (step for step in flow.steps if step.id in targets)


def _covers(span: Span, source: Source, offset: int) -> bool:
    return span.source is source and span.start <= offset <= span.end


def _smallest(spans: Iterable[Span]) -> Span | None:
    return min(spans, key=lambda span: (span.end - span.start, span.start), default=None)
