"""Graphviz's own language."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import graphviz

from ivrlint.diagrams.options import Options
from ivrlint.diagrams.picture import Edge, Legend, Line, Look, Mark, Node, Picture
from ivrlint.diagrams.theme import THEMES, Theme

NAME = "dot"

FONT = "Helvetica"

_SHAPES: Mapping[Look, Mapping[str, str]] = {
    Look.ENTRY: {"shape": "oval", "margin": "0.02,0.01"},
    Look.SAY: {"shape": "note"},
    Look.MENU: {"shape": "box", "style": "rounded,filled"},
    Look.ASK: {"shape": "component"},
    Look.CHECK: {"shape": "hexagon", "margin": "0,0"},
    Look.WORK: {"shape": "box"},
    Look.HUMAN: {"shape": "box", "peripheries": "2"},
    Look.VOICEMAIL: {"shape": "folder"},
    Look.CALLBACK: {"shape": "tab"},
    Look.END: {"shape": "octagon", "margin": "0,0"},
    Look.UNKNOWN: {"shape": "box", "style": "dashed,filled"},
}
"""What tells looks apart without colour."""

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
        graph |= {"splines": "line", "nslimit": "1", "nslimit1": "1", "mclimit": "0.2"}
    return graphviz.Digraph(
        "ivr",
        graph_attr=graph,
        node_attr={"fontname": FONT, "fontsize": "12", "margin": "0.16,0.07", "height": "0.3"},
        edge_attr={"fontname": FONT, "fontsize": "10", "arrowsize": "0.8"},
    )


def _node(dot: graphviz.Digraph, node: Node, theme: Theme) -> None:
    paint = theme.paints[node.look]
    if node.stub:
        paint = paint._replace(fill=theme.background, ink=theme.ink)
    lines = [_font(line, paint.ink, bold=True) for line in node.title]
    lines += [_font(line, paint.ink, 10, italic=True) for line in node.said]
    lines += [_font(line, paint.ink, 10) for line in node.facts]
    shape = {"style": "filled", **_SHAPES[node.look]}
    if node.mark is Mark.REMOVED:
        shape["style"] += ",dashed"
    dot.node(
        node.name,
        _html(lines),
        **shape,
        fillcolor=paint.fill,
        color=theme.marks[node.mark] if node.mark else theme.flag if node.flagged else paint.border,
        penwidth="3" if node.flagged or node.mark else "1",
        tooltip=_plain(node.tooltip),
        **{"class": " ".join(node.places)},
        **({"URL": _verbatim(node.url.replace("\\", "%5C")), "target": "_top"} if node.url else {}),
    )


def _edge(dot: graphviz.Digraph, edge: Edge, theme: Theme) -> None:
    loud = theme.marks[edge.mark] if edge.mark else theme.flag
    colour, ink = (loud, loud) if edge.flagged or edge.mark else (theme.edge, theme.ink)
    lines = [
        "&#160;".join([_font(does, ink, 10, bold=True)] * bool(does) + [_font(words, ink, 10)] * bool(words))
        for does, words in edge.lines
    ]
    tip = _plain(edge.tooltip)
    dot.edge(
        edge.tail,
        edge.head,
        **({"label": _html([_GAP + line + _GAP for line in lines])} if lines else {}),
        style=Line.DASHED if edge.mark is Mark.REMOVED else edge.line,
        color=colour,
        penwidth="3" if edge.flagged or edge.mark else "1.2",
        weight="8" if edge.flagged else "1",
        tooltip=tip,
        labeltooltip=tip,
        **{"class": " ".join(f"{tail}-{head}" for tail, head in edge.pairs)},
    )


def _legend(dot: graphviz.Digraph, legend: Legend, right: bool, theme: Theme) -> None:
    """A column where calls go right, two where they go down; Graphviz stacks the nodes of a rank upwards."""
    lines = "".join(_font(line, theme.ink, 10) + '<br align="left"/>' for line in legend.lines)
    with dot.subgraph(name="cluster_legend") as box:
        box.attr(label=_html([_font("Legend", theme.quiet)]), style="rounded", color=theme.edge, margin="12")
        box.attr(tooltip=" ", **({"rank": "same"} if right else {}))
        names = ["legend_lines"]
        if right:
            box.node("legend_lines", f"<{lines}>", shape="plaintext", tooltip=" ")
        for look, words in reversed(legend.looks) if right else legend.looks:
            paint = theme.paints[look]
            names.insert(-1, f"legend_{look}")
            label = _html([_font(words, paint.ink, 10)])
            style = {"style": "filled", "fillcolor": paint.fill, "color": paint.border, **_SHAPES[look]}
            box.node(names[-2], label, tooltip=" ", **style)
        if not right:
            box.node("legend_lines", f"<{lines}>", shape="plaintext", tooltip=" ")
            for above, below in zip(names, names[_LEGEND_COLUMNS:], strict=False):
                box.edge(above, below, style="invis")


# --- text


def _plain(text: str) -> str:
    """``text`` as a tooltip, which Graphviz decodes like XML and looks through for escapes twice."""
    return _verbatim(text.replace("\\", "\\\\\\\\"))


def _verbatim(text: str) -> str:
    return graphviz.nohtml(text.replace("&", "&amp;").replace("\n", "&#10;"))  # type: ignore[no-any-return]


def _font(text: str, colour: str, size: int = 12, bold: bool = False, italic: bool = False) -> str:
    """``text`` as a part of an HTML-like label, which must not be empty."""
    inner = escape(text).replace("\\", "\\\\") or " "
    inner = f"<b>{inner}</b>" if bold else f"<i>{inner}</i>" if italic else inner
    return f'<font color="{colour}" point-size="{size}">{inner}</font>'


def _html(lines: list[str]) -> str:
    return f"<{'<br/>'.join(lines) or ' '}>"
