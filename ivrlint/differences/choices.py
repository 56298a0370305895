"""What callers can do at a station, and what happens to them there, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.differences.callers import Side
from ivrlint.differences.change import Change, Effect
from ivrlint.differences.matching import Matching
from ivrlint.differences.stations import Choice, Station, Stations
from ivrlint.flow import Move, MoveKind, StepKind

_MUST = ((MoveKind.SILENCE, ""), (MoveKind.WRONG, ""))
"""What a caller can do anywhere, whether a move says what follows or none."""

_TOLD = frozenset(MoveKind) - {MoveKind.ERROR, MoveKind.WHEN, MoveKind.NEXT}


def compare(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What each key leads to, what becomes of those who wait, and of calls in which something fails."""
    for one, other in matching.pairs():
        if one.key in old.stations.reached and other.key in new.stations.reached:
            for done in _done(one, other):
                yield from _way(done, (one, other), (old.stations, new.stations), matching)


def _done(one: Station, other: Station) -> Iterator[Choice]:
    """All that callers can do at either, or that can fail at both."""
    listening = other.step.kind in (StepKind.MENU, StepKind.ASK)
    told = _TOLD if listening or other.step.kind is StepKind.HUMAN else ()
    for done in dict.fromkeys((*other.ways, *one.ways, *(_MUST if listening else ()))):
        if done[0] in told or (done[0] is MoveKind.ERROR and done in one.ways and done in other.ways):
            yield done


def _way(
    done: Choice, both: tuple[Station, Station], sides: tuple[Stations, Stations], matching: Matching
) -> Iterator[Change]:
    """What has become of one thing that callers can do."""
    one, other = both
    before, after = one.ways.get(done), other.ways.get(done)
    change = _drop(done, both, sides) or _move(done, (before, after), both, sides, matching)
    if change:
        message, effect = change
        span = (after or other.step).span
        yield Change(effect, _about(done, other), "", other.step.name, message, span)


def _drop(
    done: Choice, both: tuple[Station, Station], sides: tuple[Stations, Stations]
) -> tuple[str, Effect] | None:
    """Does it drop the call now, or no longer?"""
    before, after = (station.ways.get(done) for station in both)
    dropped = [_dropped(done, *each) for each in zip(both, sides, strict=True)]
    words = _words(done, after or before)
    if dropped == [False, True]:
        return f"{words} now drops the call{_instead(_name(before, sides[0]))}", Effect.WORSE
    if dropped == [True, False]:
        return f"{words} no longer drops the call, but leads to {_name(after, sides[1])}", Effect.BETTER
    return None


def _move(
    done: Choice,
    moves: tuple[Move | None, Move | None],
    both: tuple[Station, Station],
    sides: tuple[Stations, Stations],
    matching: Matching,
) -> tuple[str, Effect] | None:
    """Does it lead elsewhere? Where else a fault leads is seldom noticed, and is not told."""
    before, after = moves
    if done[0] is MoveKind.ERROR:
        return None
    words = _words(done, after or before)
    if before and after:
        if _dropped(done, both[1], sides[1]) or _same(before, after, sides, matching):
            return None
        to = f"{_name(after, sides[1])}, not to {_name(before, sides[0])}"
        return f"{words} now leads to {to}", Effect.OTHER
    if done in _MUST:
        return None
    if before:
        return f"{words} is no longer offered (it led to {_name(before, sides[0])})", Effect.OTHER
    return (f"{words} is new (to {_name(after, sides[1])})", Effect.OTHER) if after else None


def _about(done: Choice, station: Station) -> str:
    if done[0] is MoveKind.ERROR:
        return "fault"
    return "waiting" if station.step.kind is StepKind.HUMAN else "choice"


def _dropped(done: Choice, station: Station, side: Stations) -> bool:
    if done in station.ways:
        return side.drops(station.ways[done].target)
    listening = station.step.listening
    return listening is not None and done[0] in listening.drops


def _same(before: Move, after: Move, sides: tuple[Stations, Stations], matching: Matching) -> bool:
    one, other = sides[0].noticed(before.target), sides[1].noticed(after.target)
    return matching.after.get(one.key) == other.key


def _name(move: Move | None, side: Stations) -> str:
    return side.noticed(move.target).step.name if move else ""


def _instead(name: str) -> str:
    return f" (it led to {name})" if name else ""


def _words(done: Choice, move: Move | None) -> str:
    """``silence``, ``1 ("billing")``, ``who has waited too long``."""
    kind, what = done
    label = f' ("{move.label}")' if move and move.label and move.label != what else ""
    match kind:
        case MoveKind.SILENCE:
            return "silence"
        case MoveKind.WRONG:
            return "a wrong key"
        case MoveKind.SPEECH:
            return f'saying "{what}"'
        case MoveKind.DIGITS:
            return f"typing {what}{label}" if what else "typing the number"
        case MoveKind.DIAL:
            return f"dialling {what or 'an extension'}{label}"
        case MoveKind.OVERFLOW:
            return f"waiting in vain ({what})" if what else "waiting in vain"
        case MoveKind.ERROR:
            return f"a fault ({what})" if what else "a fault"
    return f"{what}{label}"
