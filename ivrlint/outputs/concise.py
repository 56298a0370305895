"""Findings for people and editors: one line each."""

from __future__ import annotations

from ivrlint.linter import Report
from ivrlint.words import place, printable

NAME = "concise"


def render(report: Report) -> str:
    """``file:line:column: severity[CODE] name: message``; nothing at all if nothing was found."""
    return "".join(
        f"{place(each.span)}: {each.severity}[{each.code}] {each.name}: {printable(each.violation.message)}\n"
        for each in report.findings
    )
