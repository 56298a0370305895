"""Moves as items of a statement: ``1 "billing" -> billing``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ivrlint.flow import AT_ONCE, Duration, Move, MoveKind, Step, StepKind
from ivrlint.formats.ivr.hearing import heard, pause, typed
from ivrlint.formatting.names import name, quoted
from ivrlint.speech import whole
from ivrlint.writing.prompts import length, time

_OVERFLOWS = ("full", "busy", "unstaffed", "unanswered")


class Arrows:
    """Writes where the moves of a flow lead; ``steps`` and ``names`` are by id."""

    def __init__(self, steps: Mapping[str, Step], names: Mapping[str, str], words_per_minute: int) -> None:
        self._steps = steps
        self._names = names
        self._words_per_minute = words_per_minute

    def arrow(self, move: Move, usual: Duration) -> str:
        """``-> main``; with ``after`` where what is heard is not what is ``usual``."""
        target = self._steps[move.target]
        comment = ""
        if hangs_up(target):
            to, comment = "hangup", _reason(target)
        elif move.source == move.target:
            to = "repeat"
        else:
            to = name(self._names[move.target])
        if self._same(move.heard, usual):
            return f"-> {to}{comment}"
        return f"after {length(move.heard, self._words_per_minute)} -> {to}{comment}"

    def _same(self, one: Duration, other: Duration) -> bool:
        figures = {(each.milliseconds(self._words_per_minute), each.exact) for each in (one, other)}
        return len(figures) == 1

    def options(self, moves: Sequence[Move], step: Step) -> Iterator[str]:
        """Keys and spoken words; those of one line have one label and lead to one step."""
        lines: list[_Choice] = []
        for move in moves:
            arrow = self.arrow(move, heard(move.kind, step.prompts, step.listening, move.keys))
            choice = _Choice((move.keys,) if move.keys else (), move.label, move.kind, arrow)
            if lines and (joined := lines[-1].joined(choice)):
                lines[-1] = joined
            else:
                lines.append(choice)
        return (choice.text for choice in lines)

    def dials(self, moves: Iterable[Move], step: Step) -> Iterator[str]:
        """Extensions and numbers that are dialled."""
        for move in moves:
            ended = move.heard == AT_ONCE or bool(move.keys)
            what = quoted(move.keys) if move.keys else f"{move.keypresses}{'' if ended else '+'}"
            arrow = self.arrow(move, AT_ONCE if ended else pause(step.listening))
            yield f"dial {what}{_label(move.label)} {arrow}"

    def done(self, move: Move, step: Step) -> str:
        """Where an ask leads when the number has been typed."""
        assert step.listening is not None
        end = typed(step.listening)[1]
        return f"done {self.arrow(move, heard(MoveKind.DIGITS, step.prompts, step.listening).plus(end))}"

    def handlers(self, moves: Iterable[Move], step: Step, takes_keys: bool) -> Iterator[str]:
        """``timeout`` and ``invalid``."""
        for move in moves:
            silence = move.kind is MoveKind.SILENCE
            wait = _silence(move, step) if silence else None
            usual = heard(move.kind, step.prompts, step.listening, "", move.attempts, wait)
            words = ["timeout" if silence else "invalid"]
            words += [time(wait)] if wait is not None else []
            words += [f"x{move.attempts}"] if move.attempts > 1 else []
            keys = 0 if silence or not takes_keys else move.attempts
            words += [f"digits {move.keypresses // move.attempts}"] if move.keypresses != keys else []
            yield f"{' '.join(words)} {self.arrow(move, usual)}"

    def outcomes(self, moves: Iterable[Move], marked: bool) -> Iterator[str]:
        """What the system decides; ``marked``: what is not usual is said to be so."""
        for move in moves:
            unusual = " unusual" if marked and not move.usual else ""
            yield f"{name(move.label)}{unusual} {self.arrow(move, AT_ONCE)}"

    def overflows(self, moves: Iterable[Move]) -> Iterator[str]:
        """What happens to those who wait."""
        for move in moves:
            words, label, usual = _overflow(move)
            yield f"{words}{label} {self.arrow(move, usual)}"

    def faults(self, moves: Sequence[Move]) -> Iterator[str]:
        """Where faults lead; what fails is said where there are several."""
        for move in moves:
            label = _label(move.label) if len(moves) > 1 else ""
            yield f"fault{label} {self.arrow(move, AT_ONCE)}"


class _Choice(NamedTuple):
    keys: tuple[str, ...]
    label: str
    kind: MoveKind
    arrow: str
    spoken: bool = False

    def joined(self, other: _Choice) -> _Choice | None:
        """Both as one line, if they say the same."""
        if (self.label, self.arrow) != (other.label, other.arrow) or self.spoken or not self.keys:
            return None
        if other.kind is MoveKind.SPEECH:
            return self._replace(spoken=True) if self.label else None
        return self._replace(keys=self.keys + other.keys)

    @property
    def text(self) -> str:
        if not self.keys:
            return f"spoken {quoted(self.label)} {self.arrow}"
        spoken = f" spoken {quoted(self.label)}" if self.spoken else ""
        return f"{', '.join(self.keys)}{_label(self.label)}{spoken} {self.arrow}"


def hangs_up(step: Step) -> bool:
    """Is ``step`` nothing but the end of the call?"""
    return step.kind is StepKind.END and not step.prompts


def remark(step: Step) -> str:
    """The detail of ``step``; "" where that is its name and its number in another system."""
    called, comma, _ = step.detail.partition(",")
    return "" if comma and step.name.startswith(called) else step.detail


def _reason(step: Step) -> str:
    """Why the call ends, as a comment, where its author says more than a name."""
    words = " ".join(f"{step.name}: {remark(step)}".split())
    return f"  // {words}" if remark(step) else ""


def _label(text: str) -> str:
    return f" {quoted(text)}" if text else ""


def _silence(move: Move, step: Step) -> int | None:
    """How long one timeout lasts, if what is heard is the prompts and that."""
    all_prompts = whole(step.prompts).times(move.attempts)
    ms = move.heard.ms - all_prompts.ms
    fits = move.heard._replace(ms=0) == all_prompts._replace(ms=0)
    return ms // move.attempts if fits and ms >= 0 and ms % move.attempts == 0 else None


def _overflow(move: Move) -> tuple[str, str, Duration]:
    """The words of the language, the author's where they are others, and the wait that they tell."""
    wait = move.heard.ms if move.heard == Duration(move.heard.ms) else None
    if wait and move.label == f"after {time(wait)}":
        return f"max {time(wait)}", "", move.heard
    full = any(word in move.label.casefold() for word in ("full", "capacity"))
    word = move.label if move.label in _OVERFLOWS else "full" if full else "unanswered"
    label = _label(move.label) if word != move.label else ""
    if word != "unanswered":
        return word, label, AT_ONCE
    if wait is not None:
        return f"unanswered {time(wait)}", label, move.heard
    return word, label, Duration(exact=False)
