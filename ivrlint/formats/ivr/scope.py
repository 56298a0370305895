"""The names of one ``.ivr`` file and its includes: who defines what, and what nobody defines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Protocol, TypeVar

from ivrlint.flow import Problem, ProblemKind, StepKind
from ivrlint.formats.ivr.declarations import Condition, Declaration, Everywhere, Goto, Module, Name
from ivrlint.problems import Problems
from ivrlint.source import Source, Span


class _Named(Protocol):
    @property
    def name(self) -> Name: ...


N = TypeVar("N", bound=_Named)


class Scope:
    """Steps and conditions by name, with ``everywhere`` already applied to every menu.

    Lines cannot be led to, so they live under ``line NUMBER``. ``problems`` fills up as names are looked up.
    """

    def __init__(self, modules: Iterable[Module]) -> None:
        self.problems = Problems()
        self.steps: dict[str, Declaration] = {}
        self.conditions: dict[str, Condition] = {}
        modules = list(modules)
        shared = self._shared(each for module in modules for each in module.everywhere)
        for module in modules:
            for condition in module.conditions:
                self._define(self.conditions, condition.name.text, condition)
            for step in module.steps:
                if step.kind is StepKind.ENTRY:
                    self._define(self.steps, f"line {step.name.text}", step)
                else:
                    self._define(self.steps, step.name.text, _with(shared, step))

    def report(
        self,
        kind: ProblemKind,
        message: str,
        span: Span,
        hint: str = "",
        related: tuple[tuple[str, Span], ...] = (),
    ) -> None:
        """Keep a problem, once."""
        self.problems.append(Problem(kind, message, span, hint, related))

    def has_step(self, name: Name) -> bool:
        """Is there a step ``name``? If not, that is a problem."""
        if name.text in self.steps and self.steps[name.text].kind is not StepKind.ENTRY:
            return True
        known = [key for key, step in self.steps.items() if step.kind is not StepKind.ENTRY]
        self.report(
            ProblemKind.UNDEFINED_TARGET,
            f"there is no step `{name.text}`; a call that gets here is dropped",
            name.span,
            _suggestion(name.text, known),
        )
        return False

    def condition(self, name: Name) -> Condition | None:
        """The condition ``name``; if there is none, that is a problem."""
        if name.text not in self.conditions:
            self.report(
                ProblemKind.UNDEFINED_TARGET,
                f"no `hours`, `data` or `staffing` is named `{name.text}`",
                name.span,
                _suggestion(name.text, list(self.conditions))
                or f'declare it, for example: hours {name.text} "Mon-Fri 08:00-18:00"',
            )
        return self.conditions.get(name.text)

    def report_unused(self, root: Source) -> None:
        """Conditions of the file ``root`` that no step asks for. What an included file declares may be asked
        for by another flow that includes it."""
        asked = {step.condition.text for step in self.steps.values() if step.condition}
        if asked - self.conditions.keys():
            return  # one of them may be meant by a name that is mistyped
        for condition in self.conditions.values():
            if condition.span.source is root and condition.name.text not in asked:
                message = f"no `check` asks for `{condition.name.text}`"
                self.report(ProblemKind.UNUSED, message, condition.name.span, "ask for it, or delete it")

    def _shared(self, blocks: Iterable[Everywhere]) -> Everywhere:
        """All ``everywhere`` blocks as one; the first of two handlers counts."""
        shared = Everywhere()
        for block in blocks:
            for name in ("timeout", "invalid"):
                first, handler = getattr(shared, name), getattr(block, name)
                if first and handler:
                    self.report(
                        ProblemKind.DUPLICATE_NAME,
                        f"`{name}` is given twice for everywhere; the first one counts",
                        handler.span,
                        "keep one of them",
                        (("first given here", first.span),),
                    )
            shared = Everywhere(
                shared.options + block.options,
                shared.timeout or block.timeout,
                shared.invalid or block.invalid,
            )
        return shared

    def _define(self, table: dict[str, N], key: str, value: N) -> None:
        first = table.setdefault(key, value)
        if first is not value:
            self.report(
                ProblemKind.DUPLICATE_NAME,
                f"`{value.name.text}` is defined twice; the first definition counts",
                value.name.span,
                "give one of them another name",
                (("first defined here", first.name.span),),
            )


def gotos(step: Declaration) -> Iterator[Goto]:
    """Every ``->`` of a step."""
    if step.goto:
        yield step.goto
    for handler in (step.timeout, step.invalid):
        if handler:
            yield handler.goto
    for option in step.options:
        yield option.goto
    for dial in step.dials:
        yield dial.goto
    for outcome in step.outcomes:
        yield outcome.goto
    for fault in step.faults:
        yield fault.goto


def _with(shared: Everywhere, step: Declaration) -> Declaration:
    """``step`` with what holds everywhere, where it is a menu that does not say otherwise."""
    if step.kind is not StepKind.MENU:
        return step
    taken = step.without | {key for option in step.options for key in option.keys}
    added = []
    for option in shared.options:
        keys = tuple(key for key in option.keys if key not in taken)
        if keys or not option.keys:
            added.append(option._replace(keys=keys))
    return step._replace(
        options=(*step.options, *added),
        timeout=step.timeout or shared.timeout,
        invalid=step.invalid or shared.invalid,
    )


def _suggestion(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, 1)
    return f"did you mean `{close[0]}`?" if close else ""
