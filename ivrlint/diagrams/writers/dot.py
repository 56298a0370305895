"""Graphviz's own language."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import graphviz

from ivrlint.diagrams.options import Options
from ivrlint.diagrams.picture import Edge, Legend, Line, Node, Picture
from ivrlint.diagrams.theme import THEMES, Theme
from ivrlint.flow import StepKind

NAME = "dot"

FONT = "Helvetica"

_SHAPES: Mapping[StepKind, Mapping[str, str]] = {
    StepKind.ENTRY: {"shape": "oval", "margin": "0.02,0.01"},
    StepKind.SAY: {"shape": "note"},
    StepKind.MENU: {"shape": "box", "style": "rounded,filled"},
    StepKind.ASK: {"shape": "component"},
    StepKind.CHECK: {"shape": "hexagon", "margin": "0,0"},
    StepKind.HUMAN: {"shape": "box", "peripheries": "2"},
    StepKind.VOICEMAIL: {"shape": "folder"},
    StepKind.CALLBACK: {"shape": "tab"},
    StepKind.END: {"shape": "octagon", "margin": "0,0"},
    StepKind.UNKNOWN: {"shape": "box", "style": "dashed,filled"},
}
"""What tells the kinds of steps apart without colour."""

_LEGEND_COLUMNS = 2
_GAP = "&#160;&#160;"


def write(picture: Picture, options: Options) -> bytes:
    """The picture's text."""
    return text(picture, options.theme).encode()


def text(picture: Picture, theme_name: str) -> str:
    """``picture`` in a theme. Nothing that users wrote is markup in it."""
    theme = THEMES[theme_name]
    dot = _graph(picture, theme)
    for node in picture.nodes:
        _node(dot, node, theme)
    for box in picture.boxes:
        with dot.subgraph(name=box.name) as inner:
            label = _html([_font(box.label, theme.quiet, bold=True)])
            inner.attr(label=label, tooltip=_plain(box.label), style="rounded,filled", margin="14")
            inner.attr(color=theme.edge, fillcolor=theme.box)
            for name in box.nodes:
                inner.node(name)
    for edge in picture.edges:
        _edge(dot, edge, theme)
    if picture.legend:
        _legend(dot, picture.legend, picture.right, theme)
    source: str = dot.source
    return source


def _graph(picture: Picture, theme: Theme) -> graphviz.Digraph:
    graph = {
        "fontname": FONT, "nodesep": "0.25", "ranksep": "0.45", "pad": "0.3", "bgcolor": theme.background,
        "rankdir": "LR" if picture.right else "TB", "tooltip": " ",
    }  # fmt: skip
    if picture.simple:
        graph |= {"splines": "polyline", "nslimit": "2", "nslimit1": "2", "mclimit": "0.2"}
    return graphviz.Digraph(
        "ivr",
        graph_attr=graph,
        node_attr={"fontname": FONT, "fontsize": "12", "margin": "0.16,0.07", "height": "0.3"},
        edge_attr={"fontname": FONT, "fontsize": "10", "arrowsize": "0.8"},
    )


def _node(dot: graphviz.Digraph, node: Node, theme: Theme) -> None:
    paint = theme.paints[node.kind]
    if node.stub:
        paint = paint._replace(fill=theme.background, ink=theme.ink)
    lines = [_font(line, paint.ink, bold=True) for line in node.title]
    lines += [_font(line, paint.ink, 10, italic=True) for line in node.said]
    lines += [_font(line, paint.ink, 10) for line in node.facts]
    dot.node(
        node.name,
        _html(lines),
        **{"style": "filled", **_SHAPES[node.kind]},
        fillcolor=paint.fill,
        color=theme.flag if node.flagged else paint.border,
        penwidth="3" if node.flagged else "1",
        tooltip=_plain(node.tooltip),
        **{"class": " ".join(node.places)},
        **({"URL": _plain(node.url), "target": "_top"} if node.url else {}),
    )


def _edge(dot: graphviz.Digraph, edge: Edge, theme: Theme) -> None:
    colour = theme.flag if edge.flagged else theme.edge
    ink = theme.flag if edge.flagged else theme.ink
    lines = [
        _GAP.join([_font(does, ink, 10, bold=True)] * bool(does) + [_font(words, ink, 10)] * bool(words))
        for does, words in edge.lines
    ]
    tip = _plain(edge.tooltip)
    dot.edge(
        edge.tail,
        edge.head,
        **({"label": _html([_GAP + line + _GAP for line in lines])} if lines else {}),
        style=edge.line if edge.line is not Line.SOLID else "solid",
        color=colour,
        penwidth="3" if edge.flagged else "1.2",
        weight="8" if edge.flagged else "1",
        tooltip=tip,
        labeltooltip=tip,
        **{"class": " ".join(f"{tail}-{head}" for tail, head in edge.pairs)},
    )


def _legend(dot: graphviz.Digraph, legend: Legend, right: bool, theme: Theme) -> None:
    with dot.subgraph(name="cluster_legend") as box:
        box.attr(label=_html([_font("Legend", theme.quiet)]), style="rounded", color=theme.edge, margin="12")
        names = [f"legend_{kind}" for kind, _ in legend.kinds]
        for name, (kind, words) in zip(names, legend.kinds, strict=True):
            paint = theme.paints[kind]
            box.node(name, _html([_font(words, paint.ink, 10)]), fillcolor=paint.fill, color=paint.border,
                     tooltip=" ", **{"style": "filled", **_SHAPES[kind]})  # fmt: skip
        lines = "".join(_font(line, theme.ink, 10) + '<br align="left"/>' for line in legend.lines)
        box.node("legend_lines", f"<{lines}>", shape="plaintext", tooltip=" ")
        names.append("legend_lines")
        if right:
            box.attr(rank="same")
            return
        for above, below in zip(names, names[_LEGEND_COLUMNS:], strict=False):
            box.edge(above, below, style="invis")


# --- text


def _plain(text: str) -> str:
    """``text`` as the value of an attribute, which Graphviz decodes like XML."""
    quoted: str = graphviz.escape(text.replace("&", "&amp;").replace("\n", "&#10;"))
    return quoted


def _font(text: str, colour: str, size: int = 12, bold: bool = False, italic: bool = False) -> str:
    """``text`` as a part of an HTML-like label; a label must not be empty."""
    inner = escape(text) or " "
    inner = f"<b>{inner}</b>" if bold else f"<i>{inner}</i>" if italic else inner
    return f'<font color="{colour}" point-size="{size}">{inner}</font>'


def _html(lines: list[str]) -> str:
    return f"<{'<br/>'.join(lines) or ' '}>"
