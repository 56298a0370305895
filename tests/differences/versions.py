"""Two versions of a flow, and what is told of them."""

from __future__ import annotations

from ivrlint import linter
from ivrlint.config import Settings
from ivrlint.differences.change import Change, Comparison, Effect
from ivrlint.differences.comparison import compare
from ivrlint.flow import Flow
from ivrlint.linter import Reading, Report
from ivrlint.rules import Context
from tests.ivr_texts import read

OLD = """line "1" -> main
hours office "9-5"
menu main {
  prompt "For billing, press 1. For claims, press 2. For an agent, press 0."
  1 "billing" -> opening
  2 "claims"  -> claims
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
check opening office { open -> billing closed -> agents }
queue billing "Billing." { max 5m -> agents }
queue claims "Claims."
queue agents "Agents."
"""


def report(flow: Flow, settings: Settings = Settings()) -> Report:  # noqa: B008
    """What the rules say of ``flow``."""
    reading = Reading(Context(flow, settings), 1, {})
    return Report(tuple(linter.findings(reading)), reading)


def compared(old: str, new: str, settings: Settings = Settings()) -> Comparison:  # noqa: B008
    """What changes from one text to the other."""
    return compare(report(read(old), settings), report(read(new), settings))


def told(comparison: Comparison, *about: str) -> list[str]:
    """Changes as ``worse claims: is gone``."""
    changes = [change for change in comparison.changes if not about or change.about in about]
    return [_line(change) for change in changes]


def _line(change: Change) -> str:
    return f"{change.effect} {change.subject}: {change.message}"


def effects(comparison: Comparison) -> set[Effect]:
    """How callers fare."""
    return {change.effect for change in comparison.changes}
