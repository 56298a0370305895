"""A telephone to try dialplans with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ivrlint.config import Settings
from ivrlint.flow import Duration, Flow, Move, MoveKind, ProblemKind, Step, StepKind
from ivrlint.formats.asterisk.patterns import compiled
from ivrlint.linter import Reading, read

CHOSEN = {MoveKind.KEY, MoveKind.DIAL, MoveKind.DIGITS}


class Ending(NamedTuple):
    """Where a call got to. ``ms`` is what was heard and waited, as far as it is known."""

    step: Step
    ms: int
    path: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.step.kind.value

    @property
    def who(self) -> str:
        """The destination if a person was reached, else the kind of step."""
        return self.step.target if self.step.kind is StepKind.HUMAN else self.step.kind.value


class Phone:
    """Calls into one dialplan."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.flow: Flow = reading.flow
        self.steps = {step.id: step for step in self.flow.steps}
        self.moves: dict[str, list[Move]] = {}
        for move in self.flow.moves:
            self.moves.setdefault(move.source, []).append(move)

    def problems(self, kind: ProblemKind) -> list[str]:
        """What was reported, as ``line: message``."""
        return [
            f"{problem.span.line}: {problem.message}"
            for problem in self.flow.problems
            if problem.kind is kind
        ]

    @property
    def entries(self) -> list[str]:
        return [step.name for step in self.flow.steps if step.kind is StepKind.ENTRY]

    def verdict(self, entry: str) -> str:
        return self.reading.context.routes.verdict(f"entry {entry}").value

    def __call__(self, entry: str, *does: str) -> Ending:
        """Call ``entry`` and do, in turn, what is given.

        Keys; ``wait`` for silence; ``wrong`` for a key not offered; the label of an outcome, where the system
        decides; ``overflow`` where nobody answers; ``on`` after a message or a call.
        """
        here, todo, heard = f"entry {entry}", list(does), Duration()
        path = [here]
        while (move := self._next(here, todo)) is not None:
            heard = heard.plus(move.heard)
            here = move.target
            path.append(here)
            assert len(path) < 200
        assert not todo, f"{todo} could not be done at {here}"
        return Ending(self.steps[here], heard.ms, tuple(path))

    def _next(self, here: str, todo: list[str]) -> Move | None:
        moves = self.moves.get(here, [])
        waits = self.steps[here].kind in (StepKind.HUMAN, StepKind.VOICEMAIL, StepKind.UNKNOWN)
        free = [move for move in moves if move.kind is MoveKind.NEXT and not waits]
        if free and not any(move.kind is not MoveKind.NEXT for move in moves):
            return free[0]
        if not todo or not moves:
            return None
        wanted = todo.pop(0)
        fitting = [move for move in moves if _fits(move, wanted)]
        assert fitting, (
            f"nobody can do {wanted!r} at {here}: {[(m.kind.value, m.keys, m.label) for m in moves]}"
        )
        return fitting[0]

    def keys(self, step: str) -> dict[str, str]:
        """Keys (or patterns) offered at a step, and the steps they lead to."""
        return {move.keys or move.label: move.target for move in self.moves[step] if move.kind in CHOSEN}

    def move(self, step: str, does: str) -> Move:
        return next(move for move in self.moves[step] if _fits(move, does))


def _fits(move: Move, wanted: str) -> bool:
    named = {
        "wait": MoveKind.SILENCE,
        "wrong": MoveKind.WRONG,
        "overflow": MoveKind.OVERFLOW,
        "on": MoveKind.NEXT,
    }
    if wanted in named:
        return move.kind is named[wanted]
    if move.kind is MoveKind.WHEN:
        return move.label == wanted
    if move.kind not in CHOSEN:
        return False
    if move.keys == wanted or (not move.keys and move.kind is MoveKind.DIGITS):
        return True
    if move.label.startswith("_"):
        return compiled(move.label).fit(wanted).full
    run = re.fullmatch(r"(\d)-(\d)", move.label)
    if len(wanted) == 1 and wanted in move.label.split(", "):
        return True
    return run is not None and len(wanted) == 1 and run[1] <= wanted <= run[2]


@pytest.fixture
def phone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Phone]]:
    """Reads a dialplan, and files beside it given by name (``queues="..."`` is queues.conf)."""
    monkeypatch.chdir(tmp_path)

    def connect(
        dialplan: str, entry: tuple[str, ...] = (), sounds: tuple[str, ...] = (), **beside: str
    ) -> Phone:
        Path("extensions.conf").write_text(dialplan, encoding="utf-8")
        for name, text in beside.items():
            Path(f"{name}.conf").write_text(text, encoding="utf-8")
        return Phone(read(["extensions.conf"], Settings(entry=entry, sounds=sounds)))

    return connect
