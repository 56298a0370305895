"""Findings for GitLab's merge requests: a Code Quality report."""

from __future__ import annotations

from typing import Any

from ivrlint.finding import Finding, Severity
from ivrlint.fingerprint import fingerprints
from ivrlint.linter import Report
from ivrlint.outputs.json import dumps

NAME = "gitlab"

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """A list of issues; each fingerprint outlives that lines move."""
    prints = fingerprints(report.findings, report.reading.flow)
    return dumps([_issue(*each) for each in zip(report.findings, prints, strict=True)])


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    span = finding.span
    return {
        "description": f"{finding.code} {finding.name}: {finding.violation.message}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": span.path, "lines": {"begin": span.line, "end": span.end_line}},
    }
