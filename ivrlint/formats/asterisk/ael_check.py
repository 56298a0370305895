"""What Asterisk's compiler refuses in AEL that parses: one error, and it loads nothing.

Source: ``ael2_semantic_check`` in ``res/ael/pval.c``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ivrlint.flow import Problem, ProblemKind
from ivrlint.formats.asterisk.ael_labels import Labels
from ivrlint.formats.asterisk.ael_syntax import CASES, LOOPS, Kind, Node, walk


def check(items: list[Node]) -> list[Problem]:
    """All errors in ``items``, an AEL text with its includes, in the order of the text."""
    checker = _Checker(items)
    found = chain.from_iterable(checker.check(node) for node in walk(items))
    return list(dict.fromkeys(found))


class _Checker:
    def __init__(self, items: list[Node]) -> None:
        self._labels = Labels(items)
        self._included = {
            entry.name for node in walk(items) if node.kind is Kind.INCLUDES for entry in node.body
        }

    def check(self, node: Node) -> Iterable[Problem]:
        match node.kind:
            case Kind.GOTO:
                return self._goto(node)
            case Kind.LABEL:
                return self._label(node)
            case Kind.CALL:
                return self._call(node)
            case Kind.MACRO_CALL:
                return self._macro_call(node)
            case Kind.BREAK | Kind.CONTINUE:
                return _leave(node)
            case Kind.SWITCH if not node.body:
                return [_refused(node, "this `switch` has no `case`", "Asterisk cannot load it")]
        return ()

    def _goto(self, node: Node) -> Iterator[Problem]:
        words = node.words[:3]
        if any("${" in word for word in words) or self._unchecked(node):
            return
        if len(words) == 3 and self._labels.named(words[0]) is None:
            return  # it may be a context of extensions.conf
        if self._labels.target(node) is None:
            place = {1: "this extension", 2: "this context"}.get(len(words), f"context {words[0]}")
            message = f"{place} has no {_target(words)}: Asterisk does not load the file"
            yield Problem(ProblemKind.UNDEFINED_TARGET, message, node.span, "")

    def _unchecked(self, node: Node) -> bool:
        """In a context marked ``abstract`` or ``extend`` that nothing includes."""
        context = node.inside(Kind.CONTEXT)
        return context is not None and bool(context.tags) and context.name not in self._included

    def _label(self, node: Node) -> Iterator[Problem]:
        first = self._labels.first(node.name, node)
        if first is not None and first is not node:
            yield Problem(
                ProblemKind.DUPLICATE_NAME,
                f"label {node.name} is there already: Asterisk does not load the file",
                node.span,
                "name one of them differently",
                (("the first one", first.span),),
            )

    def _call(self, node: Node) -> Iterator[Problem]:
        macro = self._labels.named(node.name)
        if macro is not None and macro.kind is Kind.MACRO:
            yield _refused(node, f"{node.name} is a macro, not an application", f"write `&{node.name}(...)`")

    def _macro_call(self, node: Node) -> Iterator[Problem]:
        macro = self._labels.named(node.name)
        if macro is None:
            return  # it may be one of extensions.conf
        if macro.kind is not Kind.MACRO:
            yield _refused(node, f"{node.name} is a context, not a macro", "")
        elif len(node.words) != len(macro.words):
            given, taken = len(node.words) - 1, len(macro.words) - 1
            yield _refused(node, f"macro {node.name} takes {taken} arguments, not {given}", "", macro)


def _leave(node: Node) -> Iterator[Problem]:
    allowed = LOOPS if node.kind is Kind.CONTINUE else (*LOOPS, *CASES)
    around = node.inside(*allowed)
    if around is None:
        where = "a loop" if node.kind is Kind.CONTINUE else "a loop or a `switch`"
        yield _refused(node, f"`{node.kind}` stands outside {where}", "")
    elif node.kind is Kind.CONTINUE and node.inside(*LOOPS, *CASES) is not around:
        hint = "take it out of the `switch`; Asterisk crashes over it"
        yield _refused(node, "`continue` cannot leave a `switch`", hint)


def _target(words: tuple[str, ...]) -> str:
    if len(words) < 2:
        return f"label {words[0] if words else ''}".rstrip()
    exten, label = words[-2:]
    return f"extension {exten}" if label == "1" else f"label {label} in an extension {exten}"


def _refused(node: Node, message: str, hint: str, definition: Node | None = None) -> Problem:
    related = (("it is defined here", definition.span),) if definition else ()
    text = f"{message}: Asterisk does not load the file"
    return Problem(ProblemKind.SYNTAX, text, node.span, hint, related)
