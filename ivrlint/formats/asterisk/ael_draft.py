"""Extensions in the making: instructions that lead to each other before they have numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ivrlint.flow import ProblemKind
from ivrlint.formats.asterisk.dialplan import Context, Dialplan, Priority
from ivrlint.source import Span

_OWN_EXTEN = re.compile(r"\$\{EXTEN([}:])")
_VARIABLE = re.compile(r"\$\{(\w+)\}")


FIRST_OF_CASE = 10
"""The priority that the instructions of a ``case`` begin with."""


@dataclass(eq=False, slots=True)
class Line:
    """One instruction to be. ``leads`` words its arguments once all numbers are known."""

    app: str
    args: str
    span: Span
    leads: Callable[[Line], str] | None = None
    number: int = 0
    named: str = ""  # the extension to name in a jump to here, "" if it is the jump's own

    def place(self, beyond: int = 0) -> str:
        """What a jump to here is written as."""
        number = str(self.number + beyond)
        return f"{self.named},{number}" if self.named else number


@dataclass(eq=False, slots=True)
class Draft:
    """An extension to be, and those that its cases and catches become. A string among the lines is a label.

    ``keeps_exten``: ``${EXTEN}`` has been saved, for every ``case`` is an extension of its own.
    """

    name: str
    context: Context
    span: Span
    first: int = 1
    caller: str = ""
    keeps_exten: bool = False
    lines: list[Line | str] = field(default_factory=list)
    others: list[Draft] = field(default_factory=list)

    def all(self) -> Iterator[Draft]:
        """This one and the others, the last one first, as Asterisk chains them."""
        yield self
        for other in reversed(self.others):
            yield from other.all()

    def add(self, line: Line) -> None:
        """Write ``line``; the extension dialled has another name below a ``switch``."""
        if self.keeps_exten:
            line.args = _OWN_EXTEN.sub(r"${~~EXTEN~~\1", line.args)
        self.lines.append(line)

    def run(self, app: str, args: str, span: Span) -> None:
        """Write an instruction that leads nowhere."""
        self.add(Line(app, args, span))

    def other(self, name: str, span: Span, first: int = 1) -> Draft:
        """Another extension of the same context that belongs to this one."""
        draft = Draft(name, self.context, span, first, keeps_exten=self.keeps_exten)
        self.others.append(draft)
        return draft

    def count(self) -> None:
        """Number the instructions; labels take no number."""
        number = self.first
        for line in self.lines:
            if isinstance(line, Line):
                line.number = number
                number += 1

    def write(self, plan: Dialplan) -> None:
        """Put the instructions into ``plan``. Of two labels in a row Asterisk keeps the second."""
        if not any(isinstance(line, Line) for line in self.lines):
            return
        name = _VARIABLE.sub(lambda found: plan.globals.get(found[1], found[0]), self.name)
        extension = self.context.extension(name, self.span, self.caller)
        if extension.priorities and self.first == FIRST_OF_CASE:
            related = (("the one that counts", extension.span),)
            plan.report(ProblemKind.DUPLICATE_NAME, "this `case` is there twice", self.span, "", related)
            return
        label = ""
        for line in self.lines:
            if isinstance(line, str):
                label = line
                continue
            args = line.leads(line) if line.leads else line.args
            plan.add(Priority(extension, line.number, line.app, args, line.span, label))
            label = ""


def jump(target: Line, span: Span, beyond: int = 0) -> Line:
    """To ``target``, or ``beyond`` instructions behind it."""
    return Line("Goto", "", span, lambda _: target.place(beyond))


def branch(test: str, otherwise: Line, span: Span, beyond: int = 0) -> Line:
    """On where ``test`` holds, else to ``otherwise`` or ``beyond`` instructions behind it."""
    return Line(
        "GotoIf",
        f"$[{test}]",
        span,
        lambda line: f"{line.args}?{line.number + 1}:{otherwise.number + beyond}",
    )


def at_times(times: str, span: Span) -> Line:
    """Over the next instruction, which leads elsewhere, where ``times`` hold."""
    return Line("GotoIfTime", times, span, lambda line: f"{line.args}?{line.number + 2}")
