"""AEL as a tree of :class:`Node`, one class for all, as Asterisk's compiler keeps it (``pval``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lark import Token, Tree

from ivrlint.source import Source, Span


class Kind(StrEnum):
    """What a node is; the names are the rules of ``ael.lark``."""

    CONTEXT = "context"
    MACRO = "macro"
    GLOBALS = "globals"
    EXTENSION = "extension"
    INCLUDES = "includes"
    INCLUDED = "included"
    SWITCHES = "switches"
    ESWITCHES = "eswitches"
    SWITCHED = "switched"
    IGNOREPAT = "ignorepat"
    ASSIGN = "assign"
    LOCAL = "local"
    GOTO = "goto"
    LABEL = "label"
    CALL = "call"
    MACRO_CALL = "macro_call"
    FOR = "for"
    WHILE = "while"
    IF = "if"
    IFTIME = "iftime"
    RANDOM = "random"
    ELSE = "else"
    SWITCH = "switch"
    CASE = "case"
    PATTERN = "pattern"
    DEFAULT = "default"
    BREAK = "break"
    CONTINUE = "continue"
    RETURN = "return"
    BLOCK = "block"
    CATCH = "catch"
    FILE = "include"  # #include "..."


LOOPS = (Kind.FOR, Kind.WHILE)
_NO_TAGS = frozenset[str]()  # one for all: an empty set takes as much room as a node
CASES = (Kind.CASE, Kind.PATTERN, Kind.DEFAULT)


@dataclass(eq=False, slots=True)
class Node:
    """A construct: ``words`` are the names and texts of its head as written, ``body`` what it holds.

    ``span`` covers the head (``if (...)``, ``context main``). An ``else`` is the last node of its ``if``.
    ``tags`` are the words ``abstract``, ``extend`` and ``regexten``.
    """

    kind: Kind
    span: Span
    words: tuple[str, ...] = ()
    body: list[Node] = field(default_factory=list)
    tags: frozenset[str] = _NO_TAGS
    parent: Node | None = None

    @property
    def name(self) -> str:
        """The first word of the head."""
        return self.words[0] if self.words else ""

    @property
    def then(self) -> list[Node]:
        """What an ``if`` does where its test holds."""
        return [node for node in self.body if node.kind is not Kind.ELSE]

    @property
    def otherwise(self) -> list[Node]:
        """What it does where it does not; ``else;`` counts as no ``else``."""
        return [node for other in self.body if other.kind is Kind.ELSE for node in other.body]

    def adopt(self, nodes: Iterable[Node]) -> None:
        """Make ``nodes`` the body."""
        self.body = list(nodes)
        for node in self.body:
            node.parent = self

    def around(self) -> Iterator[Node]:
        """This node and all it stands in, from the inside out."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *kinds: Kind) -> Node | None:
        """The innermost node of one of ``kinds`` that this one is, or stands in."""
        return next((node for node in self.around() if node.kind in kinds), None)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """``nodes`` and all below them, in the order of the text."""
    for node in nodes:
        yield node
        yield from walk(node.body)


def nodes(tree: Tree[Token], source: Source) -> list[Node]:
    """The constructs of a parsed text. The tree is used up: it is far larger than the text."""
    return list(_children(tree, source))


def arguments(text: str) -> tuple[str, ...]:
    """The arguments in ``text``: commas inside ``()`` do not part them, those in ``[]`` and ``{}`` do."""
    found, depth, start = [], 0, 0
    for match in re.finditer(r"\\[,()\[\]{}]|[(),]", text):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if match[0] == "," and not depth:
            found.append(text[start : match.start()])
            start = match.end()
    return (*found, text[start:])


_TAGS = ("ABSTRACT", "EXTEND", "REGEXTEN")
_NAMES = ("time", "joined", "joined3", "exten_at")
_TEXTS = ("raw", "value", *_NAMES)
_NO_NODES = ("closed", "hint", "priority", "at_context", *_TEXTS)
_BODIED = frozenset(Kind) - {
    *(Kind.INCLUDED, Kind.SWITCHED, Kind.IGNOREPAT, Kind.ASSIGN, Kind.LOCAL, Kind.GOTO, Kind.LABEL),
    *(Kind.CALL, Kind.MACRO_CALL, Kind.BREAK, Kind.CONTINUE, Kind.RETURN, Kind.FILE),
}
_KEYWORD = re.compile(r"\w+|.")


def _children(tree: Tree[Token], source: Source) -> Iterator[Node]:
    left = [child for child in reversed(tree.children) if isinstance(child, Tree)]
    tree.children = []
    while left:
        child = left.pop()
        if child.data not in _NO_NODES:
            yield _node(child, source)


def _node(tree: Tree[Token], source: Source) -> Node:
    if tree.data == "function":
        return _function(tree, source)
    kind = Kind.GOTO if tree.data == "jump" else Kind(tree.data)
    tags = _tags(tree)
    node = Node(kind, _span(tree, kind, source), tuple(_words(tree, source)), tags=tags)
    node.adopt(_children(tree, source))
    if kind in (Kind.CALL, Kind.MACRO_CALL):
        node.words = (node.name, *_arguments_of(node))
    if kind is Kind.CALL and node.name.lower() == "macroexit":
        return Node(Kind.RETURN, node.span)
    if kind is Kind.CALL and node.name.lower() == "goto":
        return Node(Kind.GOTO, node.span, node.words[1:])
    return node


def _tags(tree: Tree[Token]) -> frozenset[str]:
    found = [str(token) for token in tree.children if _is_tag(token)]
    return frozenset(found) if found else _NO_TAGS


def _is_tag(item: Any) -> bool:
    return isinstance(item, Token) and item.type in _TAGS


def _arguments_of(call: Node) -> tuple[str, ...]:
    """None at all in ``Name;`` and ``Name()``; a macro's first one loses the blanks before it."""
    text = call.words[1] if len(call.words) > 1 else ""
    if call.kind is Kind.MACRO_CALL:
        text = text.lstrip()
    return arguments(text) if text else ()


def _function(tree: Tree[Token], source: Source) -> Node:
    """``FUNC(a,b) = value;``"""
    call, value = tree.children
    assert isinstance(call, Tree)
    name, raw = call.children
    variable = f"{name}({_text(raw, source)})"
    return Node(Kind.ASSIGN, _whole(tree, source), (variable, _text(value, source)))


def _words(tree: Tree[Token], source: Source) -> Iterator[str]:
    if tree.data == "jump":
        yield from _jump(tree, source)
    elif tree.data == "include":
        yield str(tree.children[0]).split('"')[1]
    elif tree.data != "default":
        for child in tree.children:
            if isinstance(child, Tree) and child.data in _TEXTS:
                yield _text(child, source)
            elif isinstance(child, Token) and not _is_tag(child):
                yield str(child)


def _jump(tree: Tree[Token], source: Source) -> Iterator[str]:
    """``exten,priority@context`` in the order of a ``goto``: context, extension, priority."""
    parts = {child.data: child for child in tree.children if isinstance(child, Tree)}
    if "at_context" in parts:
        yield str(parts["at_context"].children[0])
    yield _text(parts["joined"], source)
    yield str(parts["priority"].children[0]) if "priority" in parts else "1"


def _text(item: Any, source: Source) -> str:
    """Arguments and values verbatim; names without what stands between them."""
    if item.data in _NAMES:
        return "".join(str(token) for token in item.children)
    return "" if item.meta.empty else source.text[item.meta.start_pos : item.meta.end_pos]


def _whole(tree: Tree[Token], source: Source) -> Span:
    return source.span(tree.meta.start_pos, tree.meta.end_pos)


def _span(tree: Tree[Token], kind: Kind, source: Source) -> Span:
    """A short statement as a whole; of one with a body, keyword and head."""
    if kind not in _BODIED:
        return _whole(tree, source)
    start = tree.meta.start_pos
    end = max(_head_ends(tree), default=0)
    if not end:
        word = _KEYWORD.match(source.text, start)
        return source.span(start, word.end() if word else start)
    return source.span(start, end + source.text.startswith(")", end))


def _head_ends(tree: Tree[Token]) -> Iterator[int]:
    for child in tree.children:
        if isinstance(child, Token):
            yield child.end_pos or 0
        elif child.data in _TEXTS and not child.meta.empty:
            yield child.meta.end_pos
