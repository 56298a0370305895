"""Portable network graphics."""

from __future__ import annotations

from ivrlint.diagrams.options import Options
from ivrlint.diagrams.picture import Picture
from ivrlint.diagrams.render import missing_glyphs, rendered
from ivrlint.diagrams.writers import dot

NAME = "png"


def write(picture: Picture, options: Options) -> bytes:
    """The file's bytes."""
    return rendered(dot.text(picture, options.theme), NAME, options.seconds)


def note(picture: Picture) -> str:
    """What cannot be shown; "" for nothing."""
    shown = [line for node in picture.nodes for line in (*node.title, *node.said, *node.facts)]
    shown += [part for edge in picture.edges for line in edge.lines for part in line]
    missing = missing_glyphs("".join(shown))
    return f"the font of .png has no {missing[:20]}; .svg shows every script" if missing else ""
