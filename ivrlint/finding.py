"""What a rule says about a flow."""

from __future__ import annotations

from collections.abc import Hashable
from enum import StrEnum
from typing import NamedTuple

from ivrlint.flow import Step
from ivrlint.routes import Route
from ivrlint.source import Span


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Option(NamedTuple):
    """A new option that would help: ``key`` of ``menu`` leads to ``target``."""

    menu: Step
    key: str
    target: Step

    def __str__(self) -> str:
        return f"let {self.key} in {self.menu.name} lead to {self.target.name}"


class Violation(NamedTuple):
    """What a rule yields: the primary ``span``, what is wrong there and what to do (``hint``).

    ``entry`` and ``step`` are the steps concerned, ``route`` the evidence, ``related`` other places with a
    word each. ``severity`` is given where this is milder than the rule's others, ``option`` where the hint
    names one that can be written. ``cause`` is what is to be mended where that is not what ``span`` shows:
    what is said alike of one cause is told once.
    """

    message: str
    span: Span
    hint: str = ""
    entry: Step | None = None
    step: Step | None = None
    route: Route | None = None
    related: tuple[tuple[str, Span], ...] = ()
    severity: Severity | None = None
    option: Option | None = None
    cause: Hashable = None


class Finding(NamedTuple):
    """A violation with the rule it breaks; the engine, not the rule, attaches code, name and severity."""

    code: str
    name: str
    severity: Severity
    violation: Violation

    @property
    def span(self) -> Span:
        """Where it is."""
        return self.violation.span
