"""Findings for programs: JSON, version 1."""

from __future__ import annotations

import json
import re
from typing import Any

from ivrlint.finding import Finding, Severity
from ivrlint.linter import Report
from ivrlint.routes import Hop
from ivrlint.source import Span
from ivrlint.words import action

NAME = "json"

_STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render(report: Report) -> str:
    """One object: ``version``, ``findings`` and ``summary``."""
    flow = report.reading.flow
    return dumps(
        {
            "version": 1,
            "findings": [_finding(finding) for finding in report.findings],
            "summary": {
                "files": report.reading.files,
                "steps": len(flow.steps),
                "moves": len(flow.moves),
                "errors": report.count(Severity.ERROR),
                "warnings": report.count(Severity.WARNING),
                "infos": report.count(Severity.INFO),
            },
        }
    )


def dumps(value: object) -> str:
    """``value`` as JSON, a line end behind it; UTF-8 is left readable but for what could steer a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def hops(route: tuple[Hop, ...]) -> list[dict[str, Any]]:
    """A route as a list of steps and the keys pressed there."""
    return [
        {
            "step": hop.step.name,
            "kind": hop.step.kind.value,
            "key": (action(hop.move) or None) if hop.move else None,
            "file": (hop.move or hop.step).span.path,
            "line": (hop.move or hop.step).span.line,
        }
        for hop in route
    ]


def _finding(finding: Finding) -> dict[str, Any]:
    violation = finding.violation
    route = violation.route
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": violation.message,
        **_place(finding.span),
        "entry": violation.entry.name if violation.entry else None,
        "step": violation.step.name if violation.step else None,
        "keypresses": route.distance.keypresses if route else None,
        "entries": route.distance.entries if route else None,
        "route": hops(route.hops) if route else [],
        "related": [{"message": words, **_place(span)} for words, span in violation.related],
        "hint": violation.hint,
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
