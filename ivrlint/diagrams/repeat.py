"""Steps that many others lead to, drawn at each use where edges to a shared one would tangle."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ivrlint.diagrams.options import Repeat
from ivrlint.diagrams.sketch import Link, Sketch, Spot, depths
from ivrlint.flow import StepKind

_LAST = frozenset({StepKind.HUMAN, StepKind.VOICEMAIL, StepKind.CALLBACK, StepKind.END, StepKind.UNKNOWN})

FEW = 40
SHARED_QUEUES = 3
SHARED_MENUS = 5
"""With ``auto``, among few spots, so many uses of a queue and of any other step are edges to one node. Among
more, every use is drawn apart: the picture is a tree, which the eye can follow and is soon laid out.
"""


def repeated(sketch: Sketch, mode: Repeat) -> Sketch:
    """``sketch`` with ends and queues drawn at each use; with ``auto`` only what has many uses, menus too.

    Where something follows, it does so at one use (the flagged one, if any, else the nearest to a line); the
    others are stubs.
    """
    spots, links = dict(sketch.spots), {(link.tail, link.head): link for link in sketch.links}
    depth, out, into = depths(sketch), sketch.out(), sketch.into()
    for name, spot in sketch.spots.items():
        uses = [link for link in into[name] if link.tail != name]
        if len(uses) <= _most(spot, mode, len(sketch.spots)):
            continue
        if out[name]:
            uses = _elsewhere(spot, uses, depth)
        else:
            del spots[name]
        for link in uses:
            copy = _copy(spot, link, sketch.spots[link.tail], "→ " if out[name] else "", spots)
            spots[copy.name] = copy
            links[link.tail, link.head] = link._replace(head=copy.name)
    return Sketch(spots, tuple(links.values()))


def _most(spot: Spot, mode: Repeat, size: int) -> float:
    """How many uses may share it, in a sketch of so many spots."""
    if mode == "auto" and spot.kind is not StepKind.END:
        return 1 if size > FEW else SHARED_QUEUES if spot.kind in _LAST else SHARED_MENUS
    return 1 if mode != "never" and spot.kind in _LAST else float("inf")


def _elsewhere(spot: Spot, uses: Sequence[Link], depth: dict[str, int]) -> list[Link]:
    """Those of its uses that get a stub; flagged routes, if few, go through menus without one."""
    home = min(uses, key=lambda link: (not link.flagged, depth[link.tail]))
    through = spot.kind not in _LAST and sum(use.flagged for use in uses) <= SHARED_QUEUES
    return [use for use in uses if use is not home and not (use.flagged and through)]


def _copy(spot: Spot, link: Link, user: Spot, stub: str, taken: Collection[str]) -> Spot:
    """``spot`` for one use: those of its places that ``link`` leads to, beside the step that uses them."""
    places = tuple(dict.fromkeys(head for _, head in link.pairs))
    name, number = places[0], 0
    while name in taken:
        number += 1
        name = f"{places[0]}_{number}"
    steps = (spot.step, *spot.alike)
    if not stub and len(spot.steps) == 1:
        steps = tuple(step for place, step in zip(spot.places, steps, strict=True) if place in places)
    return spot._replace(
        name=name,
        steps=spot.steps if len(spot.steps) > 1 else steps[:1],
        alike=steps[1:],
        places=places,
        box=user.box,
        stub=stub,
        numbers=() if stub else spot.numbers,
        reached=None,
        flagged=link.flagged,
        hidden=0,
    )
