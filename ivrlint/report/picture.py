"""The diagram's SVG as the page shows it: shapes and words only, and which places each shape stands for.

Everything is rebuilt from a list of what is let through, so that nothing in a drawing can be a script, a link
or a style; colours come from the page, which knows light, dark and paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SHAPES = ("path", "polygon", "polyline", "ellipse", "text")
_KEPT = ("d", "points", "cx", "cy", "rx", "ry", "x", "y", "text-anchor", "font-size", "stroke-dasharray")
_NODE = re.compile(r"s(\d+)(?:_\d+)?")
_EDGE = re.compile(r"(s\d+(?:_\d+)?)->(s\d+(?:_\d+)?)")
_PAIR = re.compile(r"s(\d+)-s(\d+)")
_TRANSLATION = re.compile(r"translate\(-?[\d.]+[ ,]-?[\d.]+\)")


def picture(svg: str, kinds: Mapping[str, str]) -> str:
    """``svg`` as markup to put into HTML; ``kinds`` gives the kind of step of every place by its name.

    Nodes get ``data-name`` and ``data-places`` (numbers of places), edges ``data-tail``, ``data-head`` and
    ``data-pairs`` (the places that their moves lead between). The legend and all titles are left out.

    Raises:
        ElementTree.ParseError: if it is not XML.
    """
    root = ElementTree.fromstring(svg)
    graph = next(group for group in root.iter() if _class(group) == "graph")
    moved = _TRANSLATION.search(graph.get("transform", ""))
    inside = "".join(_group(group, kinds) for group in _groups(graph))
    transform = f' transform="{moved[0]}"' if moved else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true"><g{transform}>{inside}</g></svg>'


def _groups(graph: Element) -> Iterator[Element]:
    """Clusters first, so that they lie below; edges, then nodes."""
    order = {"cluster": 0, "edge": 1, "node": 2}
    groups = [group for group in graph.iter() if _kind(group) in order]
    yield from sorted(groups, key=lambda group: order[_kind(group)])


def _group(group: Element, kinds: Mapping[str, str]) -> str:
    makers: dict[str, Callable[[Element, str, Mapping[str, str]], str]] = {
        "cluster": _cluster,
        "edge": _edge,
        "node": _node,
    }
    title = next((child.text or "" for child in group if _tag(child) == "title"), "")
    begin = makers[_kind(group)](group, title, kinds)
    return f"<g {begin}>{''.join(_shapes(group))}</g>" if begin else ""


def _cluster(_: Element, title: str, __: Mapping[str, str]) -> str:
    return "" if title == "cluster_legend" else 'class="cluster"'


def _edge(group: Element, title: str, _: Mapping[str, str]) -> str:
    ends = _EDGE.fullmatch(title)
    if not ends:
        return ""
    pairs = (_PAIR.fullmatch(word) for word in group.get("class", "").split())
    joined = " ".join(f"{pair[1]}-{pair[2]}" for pair in pairs if pair)
    return f'class="edge" data-tail="{ends[1]}" data-head="{ends[2]}" data-pairs="{joined}"'


def _node(group: Element, title: str, kinds: Mapping[str, str]) -> str:
    name = _NODE.fullmatch(title)
    if not name:
        return ""
    named = (_NODE.fullmatch(word) for word in group.get("class", "").split())
    places = list(dict.fromkeys([name[1], *(match[1] for match in named if match)]))
    kind = kinds.get(f"s{name[1]}", "unknown")
    return f'class="node {kind}" data-name="{title}" data-places="{" ".join(places)}"'


def _shapes(group: Element) -> Iterator[str]:
    for element in group.iter():
        tag = _tag(element)
        if tag not in _SHAPES:
            continue
        hollow = ' fill="none"' if element.get("fill") == "none" and tag != "text" else ""
        kept = "".join(f' {name}="{escape(element.get(name, ""))}"' for name in _KEPT if element.get(name))
        words = escape("".join(element.itertext())) if tag == "text" else ""
        yield f"<{tag}{kept}{hollow}>{words}</{tag}>"


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _class(element: Element) -> str:
    return element.get("class", "") if _tag(element) == "g" else ""


def _kind(element: Element) -> str:
    return (_class(element).split() or [""])[0]
