"""A step and the moves out of it as a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ivrlint.flow import Duration, Listening, Move, MoveKind, Step, StepKind
from ivrlint.formats.ivr import SUFFIXES
from ivrlint.formats.ivr.hearing import heard, typed
from ivrlint.formatting.names import name, quoted
from ivrlint.writing.arrows import Arrows, remark
from ivrlint.writing.conditions import Asked
from ivrlint.writing.prompts import time, written

_TAGS = ("priority", "toll-free", "charged", "premium")
_CHOICES = (MoveKind.KEY, MoveKind.SPEECH)
_HANDLERS = (MoveKind.SILENCE, MoveKind.WRONG)


class Statements:
    """Writes steps; what the language cannot say of one is kept in ``lost``, as (step, move)."""

    def __init__(
        self,
        names: Mapping[str, str],
        arrows: Arrows,
        conditions: Mapping[str, Asked],
        words_per_minute: int,
    ) -> None:
        self._names = names
        self._arrows = arrows
        self._conditions = conditions
        self._words_per_minute = words_per_minute
        self.lost: list[tuple[Step, Move]] = []

    def statement(self, step: Step, moves: Sequence[Move]) -> str:
        """``step`` with the moves out of it, an item a line; not in canonical form yet."""
        prompts = [written(prompt, self._words_per_minute) for prompt in step.prompts]
        said = [text for text, _ in prompts]
        step = step._replace(prompts=tuple(prompt for _, prompt in prompts))
        out = _Out(moves)
        text = "\n".join(self._lines(step, said, out))
        self.lost += [(step, move) for move in out.rest]
        return text

    def _lines(self, step: Step, said: list[str], out: _Out) -> Iterator[str]:
        match step.kind:
            case StepKind.ENTRY:
                yield from self._entry(step, out)
            case StepKind.SAY:
                yield from self._plain([*_say(self._name(step), step, said)], step, out)
            case StepKind.MENU | StepKind.ASK:
                yield from self._listening(step, said, out)
            case StepKind.CHECK:
                yield from self._check(step, out)
            case StepKind.HUMAN:
                yield from self._human(step, said, out)
            case StepKind.VOICEMAIL | StepKind.CALLBACK:
                yield from self._message(step, said, out)
            case StepKind.END:
                yield " ".join(["end", self._name(step), *said])
            case StepKind.UNKNOWN:
                yield from self._code(step, out)

    def _name(self, step: Step) -> str:
        return name(self._names[step.id])

    def _entry(self, step: Step, out: _Out) -> Iterator[str]:
        words = ["line", quoted(self._names[step.id])]
        words += [quoted(step.detail)] if step.detail and has_titles(step) else []
        yield from self._plain([*words, *(tag for tag in _TAGS if tag in step.tags)], step, out)

    def _plain(self, words: list[str], step: Step, out: _Out) -> Iterator[str]:
        """A statement that just goes on."""
        usual = heard(MoveKind.NEXT, step.prompts, step.listening)
        arrows = [self._arrows.arrow(move, usual) for move in out.take(MoveKind.NEXT, most=1)]
        yield " ".join([*words, *(arrows or ["-> hangup"])])
        if step.kind is not StepKind.ENTRY:
            yield from self._arrows.faults(out.take(MoveKind.ERROR))

    def _check(self, step: Step, out: _Out) -> Iterator[str]:
        first = next((move.condition for move in out.rest if move.kind is MoveKind.WHEN), None)
        if first is None:
            yield from self._plain(["do", self._name(step), *_text(remark(step))], step, out)
            return
        decided = out.take(MoveKind.WHEN, when=lambda move: move.condition == first)
        yield f"check {self._name(step)} {name(first)} {{"
        yield from self._arrows.outcomes(decided, self._conditions[first].marked)
        yield from self._arrows.faults(out.take(MoveKind.ERROR))
        yield "}"

    def _code(self, step: Step, out: _Out) -> Iterator[str]:
        words = ["code", self._name(step), *_text(remark(step))]
        if any(move.kind is MoveKind.NEXT for move in out.rest):
            yield from self._plain(words, step, out)
            return
        yield " ".join([*words, "{"])
        yield from self._arrows.outcomes(out.take(MoveKind.WHEN), marked=True)
        yield from self._arrows.faults(out.take(MoveKind.ERROR))
        yield "}"

    def _human(self, step: Step, said: list[str], out: _Out) -> Iterator[str]:
        yield " ".join([_human_kind(step), self._name(step), *said, *_to(step, self._names[step.id]), "{"])
        yield from self._arrows.options(out.take(*_CHOICES), step)
        talk = heard(MoveKind.NEXT, step.prompts, step.listening).plus(Duration(exact=False))
        done = out.take(MoveKind.NEXT, most=1)
        yield from (f"done {self._arrows.arrow(move, talk)}" for move in done)
        yield from self._arrows.overflows(out.take(MoveKind.OVERFLOW, MoveKind.NEXT))
        yield from self._arrows.faults(out.take(MoveKind.ERROR))
        yield "}"

    def _message(self, step: Step, said: list[str], out: _Out) -> Iterator[str]:
        yield " ".join([step.kind.value, self._name(step), *said, *_to(step, ""), "{"])
        yield from self._arrows.options(out.take(*_CHOICES), step)
        usual = heard(MoveKind.NEXT, step.prompts, step.listening)
        done = out.take(MoveKind.NEXT, most=1)
        yield from (f"done {self._arrows.arrow(move, usual)}" for move in done)
        yield from self._arrows.faults(out.take(MoveKind.ERROR))
        yield "}"

    def _listening(self, step: Step, said: list[str], out: _Out) -> Iterator[str]:
        takes_keys = out.takes_keys
        digits = [move for move in out.rest if move.kind is MoveKind.DIGITS and not move.keys]
        is_ask = step.kind is StepKind.ASK or bool(digits)
        listening = step.listening or Listening()
        yield " ".join(["ask" if is_ask else "menu", self._name(step), *_text(remark(step)), "{"])
        yield from (f"prompt {text}" for text in said)
        yield from _settings(listening)
        if is_ask:
            step = step._replace(listening=_fitting(listening, digits[0].keypresses if digits else 1))
            yield from _digits(step.listening or listening)
        keyed = out.take(*_CHOICES, MoveKind.DIGITS, when=lambda move: move not in digits)
        yield from self._arrows.options(keyed, step)
        yield from self._arrows.dials(out.take(MoveKind.DIAL), step)
        for move in out.take(MoveKind.DIGITS, most=1):
            yield self._arrows.done(move, step)
        for kind in _HANDLERS:
            yield from self._arrows.handlers(out.take(kind, most=1), step, is_ask or takes_keys)
        yield from self._arrows.faults(out.take(MoveKind.ERROR))
        yield "}"


class _Out:
    """The moves out of a step that have not been written yet."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self.rest = list(moves)
        kinds = {move.kind for move in moves}
        self.takes_keys = MoveKind.SPEECH not in kinds or bool(kinds & {MoveKind.KEY, MoveKind.DIAL})

    def take(
        self, *kinds: MoveKind, most: int | None = None, when: Callable[[Move], bool] = lambda _: True
    ) -> list[Move]:
        """The first ``most`` of ``kinds``, which then are no longer among the rest."""
        found = [move for move in self.rest if move.kind in kinds and when(move)][:most]
        self.rest = [move for move in self.rest if not any(move is each for each in found)]
        return found


def has_titles(step: Step) -> bool:
    """Is the detail of ``step`` its author's title? In other languages it is a reader's remark."""
    return step.span.path.lower().endswith(SUFFIXES)


def _say(called: str, step: Step, said: list[str]) -> Iterator[str]:
    for switch in ("on", "off"):
        if f"recording-{switch}" in step.tags:
            yield from ("recording", called, switch, *said)
            return
    yield from ("say", called, *said)
    yield from [tag for tag in ("advert", "notice") if tag in step.tags][:1]


def _text(detail: str) -> list[str]:
    return [quoted(detail)] if detail else []


def _human_kind(step: Step) -> str:
    return next((kind for kind in ("queue", "person", "transfer") if kind in step.tags), "queue")


def _to(step: Step, called: str) -> Iterator[str]:
    charges = [tag for tag in _TAGS[1:] if tag in step.tags]
    if charges or step.target not in ("", called):
        yield f"to {quoted(step.target)}"
        yield from charges[:1]


def _settings(listening: Listening) -> Iterator[str]:
    if listening.barge_in is not None:
        yield f"barge-in {'on' if listening.barge_in else 'off'}"
    if listening.pause_ms is not None:
        yield f"pause {time(listening.pause_ms)}"


def _digits(listening: Listening) -> Iterator[str]:
    fewest, most = listening.fewest, listening.most
    if (fewest, most) != (None, None):
        low = 1 if fewest is None else fewest
        yield f"digits {low}+" if most is None else f"digits {low}" if low == most else f"digits {low}-{most}"
    if listening.terminator:
        yield f"end {quoted(listening.terminator)}{' only' if listening.terminator_needed else ''}"
    if listening.sensitive:
        yield "sensitive" if listening.sensitive == "data" else f"sensitive {listening.sensitive}"


def _fitting(listening: Listening, keypresses: int) -> Listening:
    """``listening`` with as many digits as make ``keypresses``, where it says something else."""
    fewest = max(keypresses - len(listening.terminator) * listening.terminator_needed, 0)
    most = None if listening.most is None else max(listening.most, fewest)
    other = listening._replace(fewest=fewest, most=most)
    anyhow = listening._replace(fewest=keypresses, most=None, terminator_needed=False)
    return next((each for each in (listening, other) if typed(each)[0] == keypresses), anyhow)
