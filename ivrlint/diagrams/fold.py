"""Straight chains of announcements, drawn as one node."""

from __future__ import annotations

from collections.abc import Sequence

from ivrlint.diagrams.sketch import Link, Sketch, Spot, joined
from ivrlint.flow import MoveKind, StepKind

_PLAIN = frozenset({MoveKind.NEXT, MoveKind.ERROR})


def chains_folded(sketch: Sketch) -> Sketch:
    """``sketch`` with every chain of steps at which nobody decides anything made one spot.

    What is said, recorded or set on the way is one thing to a reader; where a fault leads is kept.
    """
    out, into = sketch.out(), sketch.into()
    following = {name: _next(spot, out[name], into, sketch) for name, spot in sketch.spots.items()}
    second = {name for name in following.values() if name}
    chains = {name: _chain(name, following) for name in sketch.spots if name not in second}
    first = {name: head for head, chain in chains.items() for name in chain}
    if len(first) < len(sketch.spots):  # rings without a way in
        return sketch
    spots = {head: _one([sketch.spots[name] for name in chain]) for head, chain in chains.items()}
    inside = {(tail, head) for tail, head in following.items() if head}
    for link in sketch.links:
        if (link.tail, link.head) in inside and link.numbers:
            spot = spots[first[link.tail]]
            spots[spot.name] = spot._replace(numbers=tuple(sorted({*spot.numbers, *link.numbers})))
    links = [
        link._replace(tail=first[link.tail], head=first[link.head])
        for link in sketch.links
        if (link.tail, link.head) not in inside
    ]
    return Sketch(spots, joined(links))


def _next(spot: Spot, out: Sequence[Link], into: dict[str, list[Link]], sketch: Sketch) -> str:
    """What is folded into ``spot`` from behind; "" for nothing."""
    onward = [link for link in out if any(move.kind is not MoveKind.ERROR for move in link.moves)]
    if len(onward) != 1 or not _passed(spot, out):
        return ""
    (link,) = onward
    following = sketch.spots[link.head]
    alone = len(into[link.head]) == 1 and link.head != spot.name
    same = (following.box, following.flagged, following.lost) == (spot.box, spot.flagged, spot.lost)
    together = (spot.kind is StepKind.UNKNOWN) == (following.kind is StepKind.UNKNOWN)
    return link.head if alone and same and together and not following.hidden and _folds(following) else ""


def _passed(spot: Spot, out: Sequence[Link]) -> bool:
    """Does every call just go on from ``spot``?"""
    return (
        _folds(spot) and not spot.hidden and all(move.kind in _PLAIN for each in out for move in each.moves)
    )


def _folds(spot: Spot) -> bool:
    step = spot.step
    idle = step.kind is StepKind.CHECK and not step.condition
    return idle or step.kind in (StepKind.SAY, StepKind.UNKNOWN)


def _chain(name: str, following: dict[str, str]) -> list[str]:
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
