"""A ``.ivr`` text cut into statements and the lines of their blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from lark import Token, Tree

from ivrlint.flow import Problem
from ivrlint.formats.ivr.files import tree_of
from ivrlint.formatting.tokens import Word, words
from ivrlint.grammar import tokens
from ivrlint.source import Source

Row = list[Word]
"""What is written on a line, unless that would be too long."""


class Statement(NamedTuple):
    """``head`` ends with its ``{`` where there is a block; ``end`` is the closing brace, or empty."""

    head: Row
    items: list[Row]
    end: Row

    @property
    def words(self) -> Iterator[Word]:
        """All of it."""
        for row in (self.head, *self.items, self.end):
            yield from row


class Text(NamedTuple):
    """A whole file; ``end`` holds the comments behind the last statement."""

    statements: list[Statement]
    end: Word


def read(source: Source) -> Text | list[Problem]:
    """The statements of ``source``, or its syntax errors."""
    tree = tree_of(source)
    if isinstance(tree, list):
        return tree
    names = {_start(name) for name in tree.find_pred(lambda each: each.data in ("name", "step_ref"))}
    *found, end = words(tokens("ivr", source), names, source)
    begins = {_start(statement): statement for statement in _trees(tree)}
    statements = [_statement(row, begins[row[0].start]) for row in _cut(found, begins)]
    return Text(statements, end)


def _statement(row: Row, tree: Tree[Token]) -> Statement:
    brace = next((index for index, word in enumerate(row) if word.kind == "LBRACE"), None)
    if brace is None:
        return Statement(row, [], [])
    items = {_start(item) for item in _items(tree)}
    return Statement(row[: brace + 1], list(_cut(row[brace + 1 : -1], items)), row[-1:])


def _items(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    for child in _trees(tree):
        if child.data.endswith("_block"):
            yield from _trees(child)
        else:
            yield child


def _trees(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    return (child for child in tree.children if isinstance(child, Tree))


def _start(tree: Tree[Token]) -> int:
    return -1 if tree.meta.empty else tree.meta.start_pos


def _cut(found: Row, begins: Collection[int]) -> Iterator[Row]:
    """``found`` cut before each word that begins something."""
    row: Row = []
    for word in found:
        if word.start in begins and row:
            yield row
            row = []
        row.append(word)
    if row:
        yield row
