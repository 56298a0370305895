"""Pictures of a flow.

What other parts rely on: in the SVG every step is a ``<g class="node">`` whose ``<title>`` is the name that
:func:`places` gives to its place, with ``_1``, ``_2``... behind it where the place is drawn once more; its
classes name all places drawn in that node (a folded chain is one node with the name of its first place). An
edge's title is ``<tail>-><head>``, a cluster's begins with ``cluster_``; nodes of the legend begin with
``legend_``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ivrlint.diagrams import render
from ivrlint.diagrams.drawing import draw
from ivrlint.diagrams.names import places
from ivrlint.finding import Finding
from ivrlint.rules import Context

__all__ = ["draw", "places", "svg"]


def svg(context: Context, findings: Sequence[Finding]) -> str:
    """The diagram of a flow as SVG text; ``findings`` are numbered in their order.

    Raises:
        RenderError: if it cannot be drawn.
    """
    return render.picture(draw(context, findings), "svg").decode()
