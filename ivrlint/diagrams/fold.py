"""Straight chains of announcements, drawn as one node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ivrlint.diagrams.sketch import Link, Sketch, Spot, joined
from ivrlint.flow import MoveKind, StepKind

_PLAIN = frozenset({MoveKind.NEXT, MoveKind.ERROR})


def chains_folded(sketch: Sketch) -> Sketch:
    """``sketch`` with every chain of steps at which nobody decides anything made one spot.

    What is said, recorded or set on the way is one thing to a reader; where a fault leads is kept.
    """
    out, into = sketch.out(), sketch.into()
    following = _unringed({name: _next(spot, out, into, sketch) for name, spot in sketch.spots.items()})
    chains = _chains(following)
    first = {name: head for head, chain in chains.items() for name in chain}
    spots = {head: _one([sketch.spots[name] for name in chain]) for head, chain in chains.items()}
    left: list[Link] = []
    for link in sketch.links:
        head = first[link.tail]
        if following[link.tail] != link.head:
            left.append(link._replace(tail=head, head=first[link.head]))
        elif link.numbers:
            numbers = {*spots[head].numbers, *link.numbers}
            spots[head] = spots[head]._replace(numbers=tuple(sorted(numbers)))
    return Sketch(spots, joined(left))


def _unringed(following: dict[str, str]) -> dict[str, str]:
    """``following`` without its rings: nothing is their first, so they are not folded."""
    folded = {name for chain in _chains(following).values() for name in chain}
    return {name: after if name in folded else "" for name, after in following.items()}


def _next(spot: Spot, out: Mapping[str, list[Link]], into: Mapping[str, list[Link]], sketch: Sketch) -> str:
    """What is folded into ``spot`` from behind; "" for nothing."""
    onward = [link for link in out[spot.name] if any(move.kind is not MoveKind.ERROR for move in link.moves)]
    if len(onward) != 1 or spot.hidden or not (_folds(spot, out) and _passed(out[spot.name])):
        return ""
    following = sketch.spots[onward[0].head]
    alone = len(into[following.name]) == 1 and following.name != spot.name and not following.hidden
    together = _sort(following) == _sort(spot)
    return following.name if alone and together and _folds(following, out) else ""


def _sort(spot: Spot) -> tuple[object, ...]:
    return spot.box, spot.flagged, spot.lost, spot.kind is StepKind.UNKNOWN


def _folds(spot: Spot, out: Mapping[str, list[Link]]) -> bool:
    """Is it an announcement, work of the system, or unknown?"""
    idle = spot.kind is StepKind.CHECK and _passed(out[spot.name])
    return idle or spot.kind in (StepKind.SAY, StepKind.UNKNOWN)


def _passed(out: Iterable[Link]) -> bool:
    """Do calls just go on along these links?"""
    return all(move.kind in _PLAIN for link in out for move in link.moves)


def _chains(following: Mapping[str, str]) -> dict[str, list[str]]:
    """The chains by their first."""
    later = set(following.values())
    return {name: _chain(name, following) for name in following if name not in later}


def _chain(name: str, following: Mapping[str, str]) -> list[str]:
    chain = [name]
    while following[chain[-1]]:
        chain.append(following[chain[-1]])
    return chain


def _one(spots: Sequence[Spot]) -> Spot:
    first = spots[0]
    if len(spots) == 1:
        return first
    return first._replace(
        steps=tuple(step for spot in spots for step in spot.steps),
        places=tuple(place for spot in spots for place in spot.places),
        numbers=tuple(sorted({number for spot in spots for number in spot.numbers})),
    )
