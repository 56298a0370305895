"""A comparison for programs: JSON, version 1."""

from __future__ import annotations

from typing import Any

from ivrlint.differences.change import Change, Comparison, Effect, Figures
from ivrlint.finding import Finding
from ivrlint.outputs.json import dumps


def render(comparison: Comparison) -> str:
    """One object: ``version``, ``changes``, ``new`` and ``fixed`` findings, ``summary``."""
    return dumps(
        {
            "version": 1,
            "changes": [_change(change) for change in comparison.changes],
            "findings": {
                "new": [_finding(finding) for finding in comparison.new],
                "fixed": [_finding(finding) for finding in comparison.fixed],
            },
            "summary": {
                "worse": comparison.count(Effect.WORSE),
                "better": comparison.count(Effect.BETTER),
                "other": comparison.count(Effect.OTHER),
                "new": len(comparison.new),
                "fixed": len(comparison.fixed),
            },
        }
    )


def _change(change: Change) -> dict[str, Any]:
    return {
        "effect": change.effect.value,
        "about": change.about,
        "entry": change.entry or None,
        "subject": change.subject,
        "message": change.message,
        "file": change.span.path if change.span else None,
        "line": change.span.line if change.span else None,
        "before": _side(change.before),
        "after": _side(change.after),
    }


def _side(side: Figures | str | None) -> dict[str, Any] | str | None:
    if not isinstance(side, Figures):
        return side
    return {
        "keypresses": side.keypresses,
        "entries": side.entries,
        "seconds": side.seconds,
        "seconds_exact": side.exact,
        "sure": side.sure,
        "keys": list(side.keys),
        "when": list(side.when),
        "unknowns": side.unknowns,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.violation.message,
        "file": finding.span.path,
        "line": finding.span.line,
    }
