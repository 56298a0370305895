"""Scalable vector graphics: tooltips hold what nodes and edges cut short, nodes are links."""

from __future__ import annotations

from ivrlint.diagrams.options import Options
from ivrlint.diagrams.picture import Picture
from ivrlint.diagrams.render import rendered
from ivrlint.diagrams.writers import dot

NAME = "svg"


def write(picture: Picture, options: Options) -> bytes:
    """The file's bytes."""
    return rendered(dot.text(picture, options.theme), NAME, options.seconds)
