"""What is converted has the same routes: the same humans, keys, seconds and conditions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given

from ivrlint import linter, table
from ivrlint.config import Settings
from ivrlint.flow import Flow, Move, MoveKind, Step, StepKind
from ivrlint.formatting.canonical import canonical
from ivrlint.linter import Reading
from ivrlint.rules import Context
from ivrlint.source import Source
from ivrlint.writing.text import convert
from tests.conftest import ROOT
from tests.flows import flows
from tests.ivr_texts import read, texts

MOST_BYTES = 300_000
"""Larger files of the corpus would take minutes."""


def _routes(flow: Flow) -> list[dict[str, Any]]:
    """What ``ivrlint routes`` tells, apart from where it is written; equally near humans in order of name."""
    printed = table.as_json(Reading(Context(flow, Settings()), 1, {}))
    entries: list[dict[str, Any]] = json.loads(printed)["entries"]
    for entry in entries:
        for key in ("file", "line", "detail"):
            del entry[key]
        for route in entry["routes"]:
            for step in route["steps"]:
                del step["file"], step["line"]
        entry["routes"].sort(key=lambda route: (route["human"], route["keys"]))
    return entries


def _as_named(flow: Flow, names: dict[str, str]) -> Flow:
    """``flow`` with the names that were written; a menu in which data is typed is written as an ask."""
    steps = {step.id: step for step in flow.steps}
    typing = {move.source for move in flow.moves if move.kind is MoveKind.DIGITS and not move.keys}

    def named(step: Step) -> Step:
        kind = StepKind.ASK if step.kind is StepKind.MENU and step.id in typing else step.kind
        target = step.target or (names[step.id] if kind is StepKind.HUMAN else "")
        return step._replace(name=names[step.id], kind=kind, target=target)

    def asked(move: Move) -> Move:
        by_code = move.kind is MoveKind.WHEN and steps[move.source].kind is StepKind.UNKNOWN
        return move._replace(condition=names[move.source]) if by_code else move

    return flow._replace(steps=tuple(map(named, flow.steps)), moves=tuple(map(asked, flow.moves)))


def _check(flow: Flow) -> None:
    done = convert(flow)
    again = read(done.text)
    assert [problem.message for problem in again.problems] == []
    assert _routes(again) == _routes(_as_named(flow, done.names))
    assert canonical(Source("text.ivr", done.text)) == done.text


_ONE = {MoveKind.NEXT, MoveKind.DIGITS, MoveKind.SILENCE, MoveKind.WRONG}
_ORDER = [*(MoveKind.KEY, MoveKind.SPEECH, MoveKind.DIAL, MoveKind.DIGITS), *MoveKind]


def _sayable(flow: Flow) -> Flow:
    """``flow`` without what no telephone system does: a line that fails or is led to, two equal timeouts,
    two questions at once; and its moves in the order of writing, which decides between equal routes.
    """
    kinds = {step.id: step.kind for step in flow.steps}
    order = {step.id: (step.kind is not StepKind.ENTRY, rank) for rank, step in enumerate(flow.steps)}
    moves = sorted(flow.moves, key=lambda move: (order[move.source], _ORDER.index(move.kind)))
    kept: list[Move] = []
    for move in moves:
        before = [each for each in kept if each.source == move.source]
        kind = kinds[move.source]
        twice = move.kind in _ONE and any(each.kind is move.kind for each in before)
        fails = kind is StepKind.ENTRY and move.kind is MoveKind.ERROR
        waits = kind is StepKind.HUMAN and move.kind is MoveKind.SILENCE
        if twice or fails or waits or kinds[move.target] is StepKind.ENTRY:
            continue
        asked = next((each.condition for each in before if each.kind is MoveKind.WHEN), move.condition)
        if move.kind is MoveKind.WHEN:
            move = move._replace(condition=move.source if kind is StepKind.UNKNOWN else asked)
        kept.append(move)
    return flow._replace(moves=tuple(kept))


@given(flows())
def test_random_flows_keep_their_routes(flow: Flow) -> None:
    assert convert(_sayable(flow)).lost == []
    _check(_sayable(flow))


@given(texts())
def test_random_texts_keep_their_routes(text: str) -> None:
    _check(read(text)._replace(problems=()))


def _files() -> Iterator[Path]:
    yield ROOT / "sample_flows"
    yield from sorted((ROOT / "sample_flows").rglob("*.ivr"))
    corpus = os.environ.get("IVRLINT_CORPUS")
    for path in sorted(Path(corpus).rglob("*")) if corpus else ():
        if path.is_file() and path.stat().st_size < MOST_BYTES:
            yield path


def test_samples_and_the_corpus_keep_their_routes() -> None:
    converted = 0
    for path in _files():
        flow = linter.read([str(path)], Settings()).flow
        if flow.steps and not flow.broken:
            _check(flow._replace(problems=()))
            converted += 1
    assert converted >= 13
