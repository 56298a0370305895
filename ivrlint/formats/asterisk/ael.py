"""AEL, Asterisk's other dialplan language (``extensions.ael``), read as its own compiler reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivrlint.flow import ProblemKind
from ivrlint.formats.asterisk import ENCODINGS
from ivrlint.formats.asterisk.ael_check import check
from ivrlint.formats.asterisk.ael_compile import compile_into
from ivrlint.formats.asterisk.ael_errors import dialect, word
from ivrlint.formats.asterisk.ael_syntax import Kind, Node, nodes
from ivrlint.formats.asterisk.dialplan import Dialplan
from ivrlint.formats.asterisk.includes import files
from ivrlint.grammar import parse
from ivrlint.patience import go_on
from ivrlint.project import EmptyError, Project, ReadError
from ivrlint.source import Source

_WHOLE = re.compile(r"(?:^|[/\\])extensions\.ael2?$", re.IGNORECASE)
_INCLUDE = re.compile(
    r"""^[ \t]*#[ \t]*(?:try)?include[ \t]*["'<]?([^\s"'>;]+)""", re.MULTILINE | re.IGNORECASE
)

DEEPEST_INCLUDE = 50
"""Files that include one another in a chain; Asterisk stops there too (``MAX_INCLUDE_DEPTH``)."""

_TOP = frozenset({Kind.CONTEXT, Kind.MACRO, Kind.GLOBALS})
_IN_CONTEXT = frozenset(
    (Kind.EXTENSION, Kind.INCLUDES, Kind.SWITCHES, Kind.ESWITCHES, Kind.IGNOREPAT, Kind.ASSIGN, Kind.LOCAL)
)
_NO_STATEMENTS = _TOP | _IN_CONTEXT - {Kind.ASSIGN, Kind.LOCAL} | {Kind.CATCH}
_LISTS = frozenset({Kind.INCLUDES, Kind.SWITCHES, Kind.ESWITCHES, Kind.SWITCH})


def load(source: Source, project: Project, plan: Dialplan) -> None:
    """Add the contexts and globals of ``source``, and of what it includes, to ``plan``.

    A file that cannot be parsed adds problems only, as Asterisk then loads no AEL at all.
    """
    reader = _Reader(source, project, plan)
    try:
        items = reader.read()
        if items is not None:
            plan.problems += check(items)
            compile_into(plan, items)
    except RecursionError:
        plan.report(ProblemKind.UNREADABLE, "statements are nested too deeply", source.span(0, 0))


class _Reader:
    """Parses a file and puts those it includes into their places."""

    def __init__(self, root: Source, project: Project, plan: Dialplan) -> None:
        self._root = root
        self._project = project
        self._plan = plan
        self._broken = False

    def read(self) -> list[Node] | None:
        """All contexts, macros and globals, or None if some of the text cannot be parsed."""
        self._note(self._root)
        items = self._items(self._root, (), None)
        return None if self._broken else items

    def _is_fragment(self, items: list[Node], source: Source, parent: Node | None) -> bool:
        """Is all of it written for the inside of a context, which another file than those given includes?"""
        if parent is not None or source is not self._root or _WHOLE.search(source.path):
            return False
        written = [item.kind for item in items if item.kind is not Kind.FILE]
        return bool(written) and not _TOP.intersection(written)

    def _pass_over(self, source: Source, item: Node) -> None:
        message = "what is written here belongs inside a context of a file that includes this one"
        hint = "give ivrlint that file: this one is not checked by itself"
        self._plan.report(ProblemKind.UNSUPPORTED, message, item.span, hint)
        self._note_included(source)

    def _note_included(self, source: Source) -> None:
        """Files that a text names, of which nothing else can be read."""
        patterns = [each for written in _INCLUDE.findall(source.text) for each in _braces(written)]
        for name in [name for pattern in patterns for name in files(pattern, self._root)]:
            try:
                found = self._project.include(name, self._root, ENCODINGS)
            except ReadError:
                continue
            if found not in self._plan.sources:
                self._note(found)
                self._note_included(found)

    def _note(self, source: Source) -> None:
        if source not in self._plan.sources:
            self._plan.sources.append(source)

    def _items(self, source: Source, chain: tuple[Source, ...], parent: Node | None) -> list[Node]:
        """The nodes of a file with those of the files it includes in their places."""
        go_on()
        tree = parse("ael", source, dialect())
        if isinstance(tree, list):
            self._plan.problems += (error._replace(span=word(error.span)) for error in tree)
            self._broken = True
            self._note_included(source)
            return []
        items = nodes(tree, source)
        if self._is_fragment(items, source, parent):
            self._pass_over(source, items[0])
            return []
        return list(self._linked(items, (*chain, source), parent))

    def _linked(self, items: list[Node], chain: tuple[Source, ...], parent: Node | None) -> Iterator[Node]:
        for item in items:
            if item.kind is Kind.FILE:
                for source in self._files(item, chain):
                    yield from self._items(source, chain, parent)
            elif self._fits(item, parent):
                item.adopt(list(self._linked(item.body, chain, item)))
                yield item

    def _fits(self, item: Node, parent: Node | None) -> bool:
        """May ``item`` stand in ``parent``? The grammar leaves it open what included files hold."""
        if parent is None:
            fits = item.kind in _TOP
        elif parent.kind is Kind.CONTEXT:
            fits = item.kind in _IN_CONTEXT
        elif parent.kind is Kind.GLOBALS:
            fits = item.kind is Kind.ASSIGN
        elif parent.kind is Kind.MACRO:
            fits = item.kind not in _NO_STATEMENTS or item.kind in (Kind.CATCH, Kind.INCLUDES)
        else:
            fits = parent.kind in _LISTS or item.kind not in _NO_STATEMENTS
        if not fits:
            where = f"in `{parent.span.text}`" if parent else "outside a context or macro"
            self._problem(ProblemKind.SYNTAX, item, f"`{item.span.text}` cannot stand {where}")
            self._broken = True
        return fits

    def _files(self, item: Node, chain: tuple[Source, ...]) -> Iterator[Source]:
        """What ``#include`` names, in order; Asterisk skips what it cannot read or is reading already."""
        for name in self._names(item):
            try:
                source = self._project.include(name, self._root, ENCODINGS)
            except EmptyError:
                continue
            except ReadError as error:
                self._missing(item, f'"{name}": {error.message}')
                continue
            if source in chain or len(chain) > DEEPEST_INCLUDE:
                message = f'including "{name}" goes round in a circle'
                self._problem(ProblemKind.INCLUDE_CYCLE, item, message)
                continue
            self._note(source)
            yield source

    def _names(self, item: Node) -> Iterator[str]:
        """The files a pattern stands for, seen from the folder of the first file: the config folder."""
        for pattern in _braces(item.name):
            found = files(pattern, self._root)
            if not found:
                self._missing(item, f'"{pattern}": no file has such a name')
            yield from found

    def _missing(self, item: Node, message: str) -> None:
        self._plan.incomplete = True
        self._problem(ProblemKind.UNREADABLE, item, message)

    def _problem(self, kind: ProblemKind, item: Node, message: str) -> None:
        self._plan.report(kind, message, item.span)


def _braces(pattern: str) -> list[str]:
    """``a{b,c}`` is ``ab`` and ``ac``."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    if found is None:
        return [pattern]
    before, after = pattern[: found.start()], pattern[found.end() :]
    return [each for part in found[1].split(",") for each in _braces(before + part + after)]
