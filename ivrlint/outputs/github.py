"""Findings as annotations in GitHub Actions: workflow commands."""

from __future__ import annotations

from ivrlint.finding import Finding, Severity
from ivrlint.linter import Report
from ivrlint.words import chain, printable, tally

NAME = "github"

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """``::error file=...,line=...::message``, one line each."""
    return "".join(map(_command, report.findings))


def _command(finding: Finding) -> str:
    span, violation = finding.span, finding.violation
    where = {"file": span.path, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub takes columns only within one line
        where |= {"col": span.column, "endColumn": span.end_column}
    where["title"] = f"{finding.code} {finding.name}"
    said = [violation.message]
    if violation.route:
        said.append(f"{chain(violation.route.hops)}: {tally(violation.route)}")
    said += [violation.hint] if violation.hint else []
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(chr(10).join(map(printable, said)))}\n"


def _data(text: str) -> str:
    """As the runner unescapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
