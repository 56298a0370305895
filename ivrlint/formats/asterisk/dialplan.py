"""A dialplan as Asterisk holds it in memory, whatever it was written in.

The parsers of ``extensions.conf`` and of AEL fill a :class:`Dialplan`; the interpreter only reads it. Nothing
is interpreted here: arguments and variables stand as they were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ivrlint.flow import Problem, ProblemKind
from ivrlint.formats.asterisk.names import meant
from ivrlint.formats.asterisk.patterns import Pattern, compiled
from ivrlint.problems import Problems
from ivrlint.source import Source, Span


class Node(NamedTuple):
    """The name of an extension in its context; ``exten`` is "*" for all that keys can call there."""

    context: str
    exten: str


@dataclass(slots=True, eq=False)
class Priority:
    """One instruction: ``app`` in the author's letter case, ``does`` in the one in which applications are
    compared; ``args`` without the outer parentheses.
    """

    extension: Extension = field(repr=False)
    number: int
    app: str
    args: str
    span: Span
    label: str = ""
    does: str = field(init=False)

    def __post_init__(self) -> None:
        self.does, self.args = meant(self.app.lower(), self.args)


@dataclass(slots=True, eq=False)
class Extension:
    """What a call to ``name`` does, which begins with ``_`` if it is written as a pattern.

    ``caller`` is the caller ID that the extension is for ("" for any).
    """

    node: Node
    span: Span
    caller: str = ""
    priorities: dict[int, Priority] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    name: str = field(init=False)
    pattern: Pattern = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.node.exten
        self.pattern = compiled(self.name)

    def __iter__(self) -> Iterator[Priority]:
        """Instructions in order of their numbers."""
        return (self.priorities[number] for number in sorted(self.priorities))


@dataclass(frozen=True, slots=True)
class Include:
    """``include => context,times``; ``times`` ("" for always) is ``hours,days,dates,months``."""

    context: str
    times: str
    span: Span


@dataclass(frozen=True, slots=True)
class Switch:
    """``switch => driver/data``: extensions that another place than this dialplan knows."""

    driver: str
    data: str
    span: Span


@dataclass(slots=True)
class Context:
    """A set of extensions. ``title`` is what people call it (from a comment), "" if nothing tells;
    ``garbled`` are names of extensions in lines that Asterisk passes over.
    """

    name: str
    span: Span
    title: str = ""
    extensions: dict[tuple[str, str], Extension] = field(default_factory=dict)
    includes: list[Include] = field(default_factory=list)
    switches: list[Switch] = field(default_factory=list)
    garbled: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)  # ignorepat: keeps the dial tone, no bearing on keys

    @property
    def lacks_some(self) -> bool:
        """Is an extension meant to be here that is not?"""
        return not self.garbled <= {name for name, _ in self.extensions}

    def extension(self, name: str, span: Span, caller: str = "") -> Extension:
        """The extension ``name``, made at ``span`` if there is none yet."""
        found = self.extensions.get((name, caller))
        if found is None:
            found = self.extensions[name, caller] = Extension(Node(self.name, name), span, caller)
        return found


@dataclass(slots=True)
class Dialplan:
    """All contexts that are loaded together.

    ``globals`` are the variables every call begins with. ``falls_through`` is ``autofallthrough``: a call
    that runs out of priorities is hung up, else it waits for keys. ``incomplete``: there may be contexts in
    files that were not given.
    """

    contexts: dict[str, Context] = field(default_factory=dict)
    globals: dict[str, str] = field(default_factory=dict)
    falls_through: bool = True
    incomplete: bool = False
    problems: Problems = field(default_factory=Problems)
    sources: list[Source] = field(default_factory=list)
    twice: Priority | None = None

    def context(self, name: str, span: Span) -> Context:
        """The context ``name``, made at ``span`` if there is none yet; contexts of one name are one."""
        found = self.contexts.get(name)
        if found is None:
            found = self.contexts[name] = Context(name, span)
        return found

    def add(self, priority: Priority) -> bool:
        """Put ``priority`` into its extension; False if its number is taken: Asterisk keeps the first. Of an
        extension that is written twice, the first such priority is reported.
        """
        extension = priority.extension
        taken = extension.priorities.get(priority.number)
        before, self.twice = self.twice, priority if taken else None
        if taken is not None:
            if before and before.extension is extension and before.number < priority.number:
                return False
            self.report(
                ProblemKind.DUPLICATE_NAME,
                f"priority {priority.number} of {extension.name} is there already; the first one counts",
                priority.span,
                "delete one of them",
                (("the first one", taken.span),),
            )
            return False
        extension.priorities[priority.number] = priority
        if priority.label:
            extension.labels.setdefault(priority.label, priority.number)
        return True

    def report(
        self,
        kind: ProblemKind,
        message: str,
        span: Span,
        hint: str = "",
        related: tuple[tuple[str, Span], ...] = (),
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(kind, message, span, hint, related))
