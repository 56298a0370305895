"""Pictures of a flow.

How one is made: flow -> ``sketch`` (what there is to draw) -> ``select``, ``fold``, ``alike``, ``repeat`` ->
``compose`` (what it says) -> ``picture`` -> ``writers`` (what it looks like) -> files.

What other parts rely on: in the SVG every node is a ``<g class="node">`` whose ``<title>`` is the name that
:func:`places` gives to its place, with ``_1``, ``_2``... behind it where the place is drawn once more. Its
classes name all places that are drawn in it: a folded chain, or branches that are alike, are one node with
the name of the first. An edge's title is ``<tail>-><head>``, its classes are ``<place>-<place>`` for every
pair of places that its moves lead between. A box's title begins with ``cluster_``, a node of the legend's
with ``legend_``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ivrlint.diagrams.names import places
from ivrlint.diagrams.options import DiagramError, Options
from ivrlint.diagrams.pages import Drawing, draw, formats, picture, written
from ivrlint.diagrams.render import TooLongError
from ivrlint.finding import Finding
from ivrlint.rules import Context

__all__ = ["DiagramError", "Drawing", "Options", "draw", "formats", "picture", "places", "svg", "written"]


def svg(context: Context, findings: Sequence[Finding], wanted: Options = Options(legend=False)) -> str:  # noqa: B008
    """The diagram as the text of one SVG, without a legend; ``findings`` are numbered in their order.

    Raises:
        DiagramError: if it cannot be drawn, or not in one piece in time.
    """
    try:
        (page,) = draw(context, findings, replace(wanted, paged=False), "svg").pages
    except TooLongError:
        raise DiagramError("the diagram is too large to be laid out in one piece") from None
    return page.data.decode()
