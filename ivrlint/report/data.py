"""What the page knows of a run, as JSON: steps, moves, findings, figures; each in the words of the model.

Steps are told by their number in the flow; places, moves, prompts, files and excerpts likewise. What is empty
is left out, so that a page stays small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from json import dumps
from typing import Any, TypeVar

from ivrlint.diagrams import places
from ivrlint.finding import Finding
from ivrlint.flow import Move, MoveKind, Step
from ivrlint.linter import Report
from ivrlint.net import Distance
from ivrlint.report.excerpts import Excerpts
from ivrlint.report.summary import summary
from ivrlint.routes import Route
from ivrlint.source import Span
from ivrlint.words import action, deed, printable, tally

T = TypeVar("T")

_MARKUP = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def as_json(report: Report, drawn: Mapping[str, Any]) -> str:
    """The page's data, and what was ``drawn``, as JSON that can stand in a ``<script>``: no sign in it could
    end the element."""
    text = dumps(_Data(report).all() | dict(drawn), ensure_ascii=False, separators=(",", ":"))
    return _MARKUP.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


class _Data:
    """The tables of one run, filled as steps, moves and findings are told."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._context = report.reading.context
        self._flow = report.reading.flow
        self._reached = self._context.routes.from_nearest_entry()
        self._excerpts = Excerpts()
        self._files: dict[str, int] = {}
        self._prompts: dict[tuple[str, str], int] = {}
        self._places = {place: int(name[1:]) for place, name in places(self._flow).items()}
        self._steps = {step.id: number for number, step in enumerate(self._flow.steps)}
        self._moves = {move: number for number, move in enumerate(self._flow.moves)}

    def all(self) -> dict[str, Any]:
        settings = self._context.settings
        told = {
            "limit": settings.limit,
            "measure": settings.measure,
            "wordsPerMinute": settings.words_per_minute,
            "assume": dict(settings.assume),
            "steps": [self._step(step) for step in self._flow.steps],
            "moves": [self._move(move) for move in self._flow.moves],
            "findings": [self._finding(finding) for finding in self._report.findings],
            "entries": [self._steps[step.id] for step in self._context.routes.entries],
            "summary": self._summary(),
        }
        tables = {
            "files": [printable(path) for path in self._files],
            "prompts": [{"text": text, "audio": audio} for text, audio in self._prompts],
            "excerpts": self._excerpts.table,
        }
        return told | tables

    def _step(self, step: Step) -> dict[str, Any]:
        routes = self._context.routes
        on = routes.way_on(step.id)
        return _filled(
            name=printable(step.name),
            kind=step.kind.value,
            place=self._places[step.place],
            prompts=[_number(self._prompts, (_said(p.text), printable(p.audio))) for p in step.prompts],
            target=printable(step.target),
            condition=printable(step.condition),
            detail=printable(step.detail),
            tags=sorted(step.tags),
            at=self._at(step.span),
            excerpt=self._excerpts.number(step.span),
            verdict=routes.verdict(step.id).value,
            best=self._distance(routes.best(step.id)),
            sure=self._distance(routes.sure(step.id)),
            reached=self._distance(self._reached.get(step.id)),
            on=None if on is None else self._moves[on],
            **self._listening(step),
        )

    def _listening(self, step: Step) -> dict[str, Any]:
        """How typed digits end: after ``most``, or with ``terminator``, if ``needed`` with nothing else."""
        if step.listening is None:
            return {}
        listening = step.listening
        ended = {"most": listening.most, "terminator": listening.terminator}
        return {**ended, "needed": listening.terminator_needed or None}

    def _distance(self, distance: Distance | None) -> list[int] | None:
        """Keypresses, entries, milliseconds, unknown steps passed."""
        return distance and [distance.keypresses, distance.entries, distance.ms, distance.unknowns]

    def _move(self, move: Move) -> dict[str, Any]:
        fixed = self._context.settings.assume.get(move.condition) if move.kind is MoveKind.WHEN else None
        return _filled(
            **{"from": self._steps[move.source], "to": self._steps[move.target]},
            kind=move.kind.value,
            keys=printable(move.keys),
            label=printable(move.label),
            condition=printable(move.condition),
            keypresses=move.keypresses or None,
            entries=move.entries or None,
            attempts=move.attempts if move.attempts > 1 else None,
            ms=move.heard.milliseconds(self._context.settings.words_per_minute) or None,
            vague=not move.heard.exact or None,
            unusual=not move.usual or None,
            assumed=fixed == move.label or None,
            deed=printable(deed(move)),
            action=printable(action(move)),
            at=self._at(move.span),
        )

    def _finding(self, finding: Finding) -> dict[str, Any]:
        violation = finding.violation
        step = violation.step or violation.entry
        return _filled(
            code=finding.code,
            name=finding.name,
            severity=finding.severity.value,
            message=printable(violation.message),
            hint=printable(violation.hint),
            at=self._at(finding.span),
            excerpt=self._excerpts.number(finding.span) if finding.span.source.text else None,
            step=self._steps[step.id] if step else None,
            related=[[printable(words), self._at(span)] for words, span in violation.related],
            route=self._route(violation.route),
        )

    def _route(self, route: Route | None) -> dict[str, Any] | None:
        """Where it starts, its moves, and its sum in words."""
        if route is None:
            return None
        moves = [self._moves[move] for move in route.moves]
        return {
            "start": self._steps[route.hops[0].step.id],
            "moves": moves,
            "tally": tally(route).replace(">= ", "≥\u00a0"),
        }

    def _summary(self) -> dict[str, Any]:
        found = summary(self._context)
        return {
            "lines": {verdict.value: count for verdict, count in found.lines.items()},
            "humans": found.humans,
            "routes": found.routes,
            "within": found.within,
            "counts": list(found.counts.items()),
            "worst": self._route(found.worst),
        }

    def _at(self, span: Span) -> list[int]:
        """File and line."""
        return [_number(self._files, span.path), span.line]


def _number(table: dict[T, int], row: T) -> int:
    """The number of ``row`` in ``table``, where it is put if it is new."""
    return table.setdefault(row, len(table))


def _said(text: str) -> str:
    """A prompt's text without signs that steer or turn the direction of reading."""
    return _STEERING.sub("", text)


def _filled(**fields: Any) -> dict[str, Any]:
    """Without what is empty; 0 is not."""
    return {name: value for name, value in fields.items() if value is not None and not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return isinstance(value, (str, Iterable)) and not value
