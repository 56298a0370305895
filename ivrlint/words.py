"""Moves, routes and source lines in words, the same in every output."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ivrlint.flow import Move, MoveKind, StepKind
from ivrlint.net import Distance
from ivrlint.routes import Hop, Route
from ivrlint.source import Span

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_WIDEST_EXCERPT = 160
_LONGEST_CHAIN = 16
_LONGEST_DEED = 40


def printable(text: str) -> str:
    """``text`` with an escape for every sign that could steer a terminal or turn the direction of reading."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


def plural(count: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``2 entries``, ``2 keypresses``."""
    if count == 1:
        return f"1 {noun}"
    if noun.endswith("ry"):
        return f"{count} {noun[:-1]}ies"
    return f"{count} {noun}es" if noun.endswith("s") else f"{count} {noun}s"


def listed(items: Sequence[str]) -> str:
    """``1, 2 and 3``."""
    *before, last = items
    return f"{', '.join(before)} and {last}" if before else last


def action(move: Move) -> str:
    """What the caller does: keys, ``10 digits``, ``"billing"``, ``wait``, ``wrong``; "" for nothing."""
    match move.kind:
        case MoveKind.KEY:
            return move.keys
        case MoveKind.DIGITS | MoveKind.DIAL:
            return move.keys or plural(move.keypresses, "digit")
        case MoveKind.SPEECH:
            return f'"{move.label}"'
        case MoveKind.SILENCE:
            return "wait"
        case MoveKind.WRONG:
            return "wrong"
    return ""


def deed(move: Move) -> str:
    """``move`` as a sentence fragment: ``press 1, "billing"``, ``office is open``."""
    label = f', "{move.label}"' if move.label else ""
    times = f" {move.attempts} times" if move.attempts > 1 else ""
    match move.kind:
        case MoveKind.KEY:
            return f"press {move.keys}{label}"
        case MoveKind.DIGITS:
            return f"type {action(move)}{label}"
        case MoveKind.DIAL:
            return f"dial {action(move)}{label}"
        case MoveKind.SPEECH:
            return f"say {action(move)}"
        case MoveKind.SILENCE:
            return f"wait{times or ' for the timeout'}"
        case MoveKind.WRONG:
            return f"press a wrong key{times}"
        case MoveKind.WHEN:
            return f"{move.condition} = {move.label}" if move.condition else move.label
        case MoveKind.OVERFLOW | MoveKind.ERROR:
            return move.label or move.kind.value
    return ""


def seconds(distance: Distance, exact: bool) -> str:
    """``12 s``, or ``>= 12 s`` where something of unknown length is heard too."""
    return f"{'' if exact else '>= '}{round(distance.ms / 1000)} s"


def tally(route: Route) -> str:
    """``5 keypresses, 3 entries, >= 40 s``."""
    distance = route.distance
    least = "at least " if distance.unknowns else ""
    return (
        f"{least}{plural(distance.keypresses, 'keypress')}, "
        f"{plural(distance.entries, 'entry')}, {seconds(distance, route.exact)}"
    )


class Told(NamedTuple):
    """A hop in words: where it is, what happens there, and how a chain shows it (``main -2-> ``).

    ``acts`` says whether the caller does anything.
    """

    path: str
    line: int
    words: str
    link: str
    acts: bool


def told(hop: Hop) -> Told:
    """``hop`` in words."""
    step, move = hop.step, hop.move
    done, made, link = hop_deed(hop), "", step.name
    if move is not None:
        made = action(move)
        shown = made or (done if move.kind is MoveKind.WHEN else "")
        link = f"{step.name} -{shortened(shown)}-> " if shown else f"{step.name} -> "
    span = (move or step).span
    words = f"{step.name}: {done}" if done else step.name
    return Told(span.path, span.line, printable(words), printable(link), bool(made))


def hop_deed(hop: Hop) -> str:
    """What happens at ``hop``; at the end of a route, who is reached."""
    if hop.move:
        return deed(hop.move)
    return "a human" if hop.step.kind is StepKind.HUMAN else hop.step.kind.value


def chain(hops: Sequence[Hop], tell: Callable[[Hop], Told] = told) -> str:
    """``main -2-> billing -4-> disputes -1-> agents``; of a long route only where the caller acts.

    ``tell`` may be a :func:`told` that remembers.
    """
    shown = [tell(hop) for hop in hops]
    if len(hops) > _LONGEST_CHAIN:
        acting = [hop for hop in shown[1:-1] if hop.acts]
        shown = [shown[0], *acting[: _LONGEST_CHAIN - 2], shown[-1]]
    return "".join([hop.link for hop in shown])


def shortened(text: str) -> str:
    """At most the beginning of ``text`` that a line has room for."""
    return text if len(text) <= _LONGEST_DEED else text[: _LONGEST_DEED - 1] + "…"


def place(span: Span) -> str:
    """``file:line:column``."""
    return printable(str(span))


def excerpt(span: Span) -> tuple[str, str]:
    """The first line of ``span`` and the carets under it.

    Tabs are shown as four columns, wide characters get carets of their width, very long lines are cut.
    """
    number, column = span.source.position(span.start)
    line = span.source.line(number)
    start = column - 1
    last, end_column = span.source.position(span.end)
    end = end_column - 1 if last == number else len(line)
    if len(line) > _WIDEST_EXCERPT:
        first = max(0, start - 40)
        line, start, end = line[first : first + _WIDEST_EXCERPT], start - first, end - first
    before, marked, after = (_flat(part) for part in (line[:start], line[start:end], line[max(start, end) :]))
    carets = " " * width(before) + "^" * max(width(marked), 1)
    return (before + marked + after).rstrip(), carets


def _flat(text: str) -> str:
    return printable(text.replace("\t", "    "))


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)
