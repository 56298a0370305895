"""What a stored input is compared with later: that makes it a menu.

A ``GetParticipantInput`` that stores has no choices of its own. Real menus ``Compare`` the stored digits
afterwards, perhaps after having copied them to an attribute or returned from a module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from ivrlint.formats.connect.facts import INPUT, assignments, path_of
from ivrlint.formats.connect.language import Block, whole_number
from ivrlint.formats.connect.library import Library
from ivrlint.formats.connect.places import MOST_CALLS, At
from ivrlint.source import Span

Calls: TypeAlias = tuple[At, ...]

FARTHEST = 2000
"""Blocks that are searched for comparisons."""


class Tested(NamedTuple):
    """A value that tells branches apart, and where it is compared. ``exact`` if it is one of the values
    listed there; else it is an example of a range (``NumberGreaterThan 5``: 4, 5 or 6)."""

    value: str
    span: Span
    exact: bool


def compared(library: Library, start: At, calls: Calls) -> tuple[list[Tested], bool]:
    """What the input stored at ``start``, in a flow called by ``calls``, is compared with until it is
    overwritten; and whether the search came to its end. Found out once for each."""
    if (start, calls) not in library.tested:
        library.tested[start, calls] = _compared(library, start, calls)
    tested: tuple[list[Tested], bool] = library.tested[start, calls]
    return tested


def _compared(library: Library, start: At, calls: Calls) -> tuple[list[Tested], bool]:
    found: dict[str, Tested] = {}
    named = frozenset({INPUT})
    waiting = [(at, calls, named) for at, calls in _following(library, start, calls)]
    seen = set(waiting)
    while waiting and len(seen) < FARTHEST:
        at, calls, named = waiting.pop()
        block = library.flows[at.flow].blocks[at.block]
        if path_of(block.parameters.get("ComparisonValue")) in named:
            for tested in _tests(block):
                found.setdefault(tested.value, tested)
        named = _aliases(block, named)
        for place, after in _following(library, at, calls) if named else ():
            if (place, after, named) not in seen:
                seen.add((place, after, named))
                waiting.append((place, after, named))
    tests = sorted(found.values(), key=lambda tested: (tested.span.path, tested.span.start, tested.value))
    return tests, not waiting


def _following(library: Library, at: At, calls: Calls) -> Iterator[tuple[At, Calls]]:
    """Places that may follow ``at``, and what called the flows they are in."""
    flow = library.flows[at.flow]
    block = flow.blocks[at.block]
    starts = library.calls(block, flow.folder) if block.type in ("TransferToFlow", "InvokeFlowModule") else []
    inside = (at, *calls)[:MOST_CALLS] if block.type == "InvokeFlowModule" else calls
    for key in starts:
        start = library.flows[key].start
        if start and start.id in library.flows[key].blocks:
            yield At(key, start.id), inside
    if block.type in ("EndFlowModuleExecution", "EndFlowExecution") and calls:
        yield from _links(library, calls[0], calls[1:])
    elif not starts:
        yield from _links(library, at, calls)


def _links(library: Library, at: At, calls: Calls) -> Iterator[tuple[At, Calls]]:
    flow = library.flows[at.flow]
    for link in flow.blocks[at.block].links():
        if link.id in flow.blocks:
            yield At(at.flow, link.id), calls


def _aliases(block: Block, aliases: frozenset[str]) -> frozenset[str]:
    """Names under which the input is known after ``block``."""
    if block.stores:
        return aliases - {INPUT}
    assigned = assignments(block)
    copies = {path for path, value in assigned.items() if path_of(value) in aliases}
    return aliases.difference(assigned) | copies if assigned else aliases


def _tests(block: Block) -> Iterable[Tested]:
    for condition in block.conditions:
        for operand in condition.operands:
            number = whole_number(operand)
            if condition.operator.startswith("Number") and number is not None:
                for near in (number - 1, number, number + 1):
                    if near >= 0:
                        yield Tested(str(near), condition.to.span, False)
            elif not operand.startswith("$"):
                yield Tested(operand, condition.to.span, True)
