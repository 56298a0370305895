"""Steps that many others lead to, drawn at each use where edges to a shared one would tangle."""

from __future__ import annotations

from ivrlint.diagrams.options import Repeat
from ivrlint.diagrams.sketch import Link, Sketch, Spot, depths
from ivrlint.flow import StepKind

_LAST = frozenset({StepKind.HUMAN, StepKind.VOICEMAIL, StepKind.CALLBACK, StepKind.END, StepKind.UNKNOWN})

SHARED_ENDS = 1
SHARED_QUEUES = 3
SHARED_MENUS = 5
"""With ``auto``, so many uses of an end, a queue, any other step are drawn as edges to one node."""


def repeated(sketch: Sketch, mode: Repeat) -> Sketch:
    """``sketch`` with ends and queues drawn at each use; with ``auto`` only what has many uses, menus too.

    The copy at the first use (the flagged one, if any, else the nearest to a line) goes on to whatever
    follows; the others are stubs.
    """
    if mode == "never":
        return sketch
    spots, links = dict(sketch.spots), {(link.tail, link.head): link for link in sketch.links}
    depth, out = depths(sketch), sketch.out()
    for name, uses in sketch.into().items():
        spot = sketch.spots[name]
        uses = [link for link in uses if link.tail != name]
        if len(uses) <= _most(spot, mode):
            continue
        home = min(uses, key=lambda link: (not link.flagged, depth[link.tail]))
        others = [link for link in uses if link is not home and not (link.flagged and spot.kind not in _LAST)]
        for number, link in enumerate(others, 1):
            copy = _copy(spot, f"{name}_{number}", link, sketch.spots[link.tail], "→ " if out[name] else "")
            spots[copy.name] = copy
            links[link.tail, link.head] = link._replace(head=copy.name)
    return Sketch(spots, tuple(links.values()))


def _most(spot: Spot, mode: Repeat) -> int:
    if mode == "always":
        return 1 if spot.kind in _LAST else len(spot.places) + 10**9
    if spot.kind is StepKind.END:
        return SHARED_ENDS
    return SHARED_QUEUES if spot.kind in _LAST else SHARED_MENUS


def _copy(spot: Spot, name: str, link: Link, user: Spot, stub: str) -> Spot:
    return spot._replace(
        name=name, box=user.box, stub=stub, numbers=(), reached=None, flagged=link.flagged, hidden=0
    )
