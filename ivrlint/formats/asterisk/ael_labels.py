"""Where a ``goto`` of AEL leads, found as Asterisk's compiler finds it (``match_pval``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ivrlint.formats.asterisk.ael_syntax import Kind, Node

ANY = "*"
_SETS = {"X": "[0-9X]", "Z": "[1-9Z]", "N": "[2-9N]", ".": ".*", "!": ".*"}


def matches(name: str, pattern: str) -> bool:
    """Does the extension ``pattern`` take what a ``goto`` calls ``name``?"""
    if name == pattern:
        return True
    if not pattern.startswith("_"):
        return False
    parts = re.findall(r"\[[^\]]*\]?|.", pattern[1:], re.DOTALL)
    try:
        return re.fullmatch("_?" + "".join(map(_part, parts)), name, re.DOTALL) is not None
    except re.error:
        return False


def _part(part: str) -> str:
    if part.startswith("[") and len(part) > 2:
        return "[" + re.escape(part[1:].rstrip("]")).replace(r"\-", "-") + "]"
    return _SETS.get(part) or re.escape(part)


class Labels:
    """The labels of all contexts and macros of one AEL text.

    ``across`` is False for the compiler's second look, when labels inside a ``case`` are resolved: it no
    longer knows other contexts then.
    """

    def __init__(self, items: list[Node], across: bool = True) -> None:
        self._items = items
        self._across = across

    def named(self, name: str) -> Node | None:
        """The first context or macro of that name."""
        items = self._items if self._across else []
        return next((node for node in items if _is_context(node) and node.name == name), None)

    def target(self, goto: Node) -> Node | None:
        """What ``goto`` leads to; None if nothing or if a variable decides."""
        words = goto.words[:3]
        if not words or any("${" in word for word in words):
            return None
        if len(words) == 1:
            return self.first(words[0], goto)
        if len(words) == 2:
            context = goto.inside(Kind.CONTEXT, Kind.MACRO)
            return self._in_context(words[0], words[1], context, set()) if context else None
        return self._anywhere(*words) if self._across else None

    def first(self, label: str, node: Node) -> Node | None:
        """``label`` in the extension or macro that ``node`` stands in, or in one that follows it."""
        place = node.inside(Kind.EXTENSION, Kind.CONTEXT, Kind.MACRO)
        if place is None:
            return None
        siblings = place.parent.body if place.parent else self._items
        following = siblings[siblings.index(place) :]
        return _find(following, ANY, ANY, label)

    def _in_context(self, exten: str, label: str, context: Node, seen: set[Node]) -> Node | None:
        if context.kind is not Kind.CONTEXT or context in seen:
            return None  # in a macro the compiler looks at its parameters
        seen.add(context)
        found = _find(context.body, ANY, exten, label)
        return found or self._in_included(exten, label, context, seen)

    def _in_included(self, exten: str, label: str, context: Node, seen: set[Node]) -> Node | None:
        for name in included(context):
            other = self.named(name)
            found = self._in_context(exten, label, other, seen) if other else None
            if found:
                return found
        return None

    def _anywhere(self, name: str, exten: str, label: str) -> Node | None:
        found = _find(self._items, name, exten, label)
        context = self.named(name)
        if found or context is None:
            return found
        return self._in_included(exten, label, context, {context})


def included(context: Node) -> Iterator[str]:
    """The contexts that ``context`` includes, in order."""
    for node in context.body:
        if node.kind is Kind.INCLUDES:
            yield from (entry.name for entry in node.body)


def _is_context(node: Node) -> bool:
    return node.kind in (Kind.CONTEXT, Kind.MACRO)


def _find(nodes: Iterable[Node], context: str, exten: str, label: str) -> Node | None:
    for node in nodes:
        found = _find_in(node, context, exten, label)
        if found:
            return found
    return None


def _find_in(node: Node, context: str, exten: str, label: str) -> Node | None:
    if node.kind is Kind.LABEL:
        return node if node.name == label else None
    if _is_context(node) and context not in (ANY, node.name):
        return None
    if node.kind is Kind.EXTENSION:
        if exten != ANY and not matches(exten, node.name):
            return None
        if label == "1":
            return next((inner for inner in node.body if inner.kind is not Kind.LABEL), None)
    return _find(node.body, context, exten, label)
