"""Mermaid, which Markdown of GitHub and GitLab shows as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivrlint.diagrams.options import Options
from ivrlint.diagrams.picture import Edge, Line, Look, Mark, Node, Picture
from ivrlint.diagrams.theme import THEMES, Theme

NAME = "mmd"

MOST_EDGES = 500
MOST_SIGNS = 50_000
"""What Mermaid draws unless its page allows more (``maxEdges``, ``maxTextSize``)."""

_SHAPES = {
    Look.ENTRY: ("([", "])"),
    Look.SAY: (">", "]"),
    Look.MENU: ("(", ")"),
    Look.ASK: ("[/", "/]"),
    Look.CHECK: ("{{", "}}"),
    Look.WORK: ("[", "]"),
    Look.HUMAN: ("[[", "]]"),
    Look.VOICEMAIL: ("[(", ")]"),
    Look.CALLBACK: ("[\\", "\\]"),
    Look.END: ("[/", "\\]"),
    Look.UNKNOWN: ("[", "]"),
}

_ARROWS = {Line.SOLID: "-->", Line.DOTTED: "-.->", Line.DASHED: "-.->"}
_MERMAIDS = {"light": "default", "dark": "dark", "print": "neutral"}

_UNSAFE = re.compile(r"[^\w ,/()'?…→×“”]|_")


def write(picture: Picture, options: Options) -> bytes:
    """The text of a flowchart."""
    return ("\n".join(_lines(picture, options.theme)) + "\n").encode()


def note(picture: Picture) -> str:
    """What Mermaid may refuse; "" for nothing."""
    signs = sum(map(len, _lines(picture, "light")))
    if len(picture.edges) <= MOST_EDGES and signs <= MOST_SIGNS:
        return ""
    return f"Mermaid draws no more than {MOST_EDGES} edges or {MOST_SIGNS} characters unless it is told to"


def _lines(picture: Picture, name: str) -> Iterator[str]:
    theme = THEMES[name]
    yield f'%%{{init: {{"theme": "{_MERMAIDS[name]}", "flowchart": {{"wrappingWidth": 300}}}}}}%%'
    yield f"flowchart {'LR' if picture.right else 'TD'}"
    framed = {name for box in picture.boxes for name in box.nodes}
    nodes = {node.name: node for node in picture.nodes}
    for box in picture.boxes:
        yield f'  subgraph {box.name}["{_text(box.label)}"]'
        yield from (f"  {_node(nodes[name])}" for name in box.nodes)
        yield "  end"
    yield from (_node(node) for node in picture.nodes if node.name not in framed)
    yield from map(_edge, picture.edges)
    yield from _styles(picture, theme)
    yield from (f'  click {node.name} href "{_url(node.url)}"' for node in picture.nodes if node.url)


def _node(node: Node) -> str:
    opened, closed = _SHAPES[node.look]
    title = "<br/>".join(map(_text, node.title))
    rest = "".join(f"<br/>{_text(line)}" for line in (*node.said, *node.facts))
    return f'  {node.name}{opened}"<b>{title}</b>{rest}"{closed}:::{_class(node)}'


def _class(node: Node) -> str:
    return "stub" if node.stub else f"is_{node.look}"


def _edge(edge: Edge) -> str:
    lines = [
        " ".join(filter(None, (f"<b>{_text(does)}</b>" if does else "", _text(words))))
        for does, words in edge.lines
    ]
    label = f'|"{"<br/>".join(lines)}"|' if lines else ""
    return f"  {edge.tail} {_ARROWS[edge.line]}{label} {edge.head}"


def _styles(picture: Picture, theme: Theme) -> Iterator[str]:
    for look in dict.fromkeys(node.look for node in picture.nodes):
        paint = theme.paints[look]
        dashes = ",stroke-dasharray:5 4" if look is Look.UNKNOWN else ""
        yield f"  classDef is_{look} fill:{paint.fill},stroke:{paint.border},color:{paint.ink}{dashes}"
    yield f"  classDef stub fill:{theme.background},stroke:{theme.edge},color:{theme.ink}"
    bold = f"stroke:{theme.flag},stroke-width:4px"
    yield from (f"  style {node.name} {bold}" for node in picture.nodes if node.flagged)
    for mark, colour in theme.marks.items():
        yield from _marked(picture, mark, f"stroke:{colour},stroke-width:4px")
    flagged = [str(number) for number, edge in enumerate(picture.edges) if edge.flagged]
    if flagged:
        yield f"  linkStyle {','.join(flagged)} {bold}"


def _marked(picture: Picture, mark: Mark, style: str) -> Iterator[str]:
    """Nodes and edges of one ``mark``."""
    style += ",stroke-dasharray:5 4" if mark is Mark.REMOVED else ""
    yield from (f"  style {node.name} {style}" for node in picture.nodes if node.mark is mark)
    edges = [str(number) for number, edge in enumerate(picture.edges) if edge.mark is mark]
    if edges:
        yield f"  linkStyle {','.join(edges)} {style}"


# --- text


def _text(text: str) -> str:
    """``text`` with a code for each sign that could mean something to Mermaid, Markdown or HTML."""
    return _UNSAFE.sub(lambda sign: f"#{ord(sign[0])};", text)


def _url(url: str) -> str:
    return re.sub(r'[\s"<>`\\]', lambda sign: f"%{ord(sign[0]):02X}", url)
