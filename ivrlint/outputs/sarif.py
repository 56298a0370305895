"""Findings for code scanning: SARIF 2.1.0, with the route as a code flow.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ivrlint import __version__
from ivrlint.finding import Finding, Severity
from ivrlint.fingerprint import fingerprints
from ivrlint.linter import Report
from ivrlint.outputs.json import dumps
from ivrlint.routes import Hop, Route
from ivrlint.rules import Rule, all_rules
from ivrlint.source import Span
from ivrlint.words import hop_deed

NAME = "sarif"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report) -> str:
    """A log of one run. Columns count code points, as everywhere in ivrlint."""
    rules = all_rules()
    numbers = {rule.CODE: number for number, rule in enumerate(rules)}
    prints = fingerprints(report.findings, report.reading.flow)
    run = {
        "tool": {"driver": {"name": "ivrlint", "version": __version__, "rules": [*map(_rule, rules)]}},
        "invocations": [{"executionSuccessful": report.complete}],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, numbers[finding.code], fingerprint)
            for finding, fingerprint in zip(report.findings, prints, strict=True)
        ],
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    title, _, manual = rule.__doc__.strip().partition("\n")
    return {
        "id": rule.CODE,
        "name": "".join(part.capitalize() for part in rule.NAME.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": manual.strip() or title, "markdown": manual.strip() or title},
        "defaultConfiguration": {
            "enabled": bool(getattr(rule, "DEFAULT", True)),
            "level": _LEVELS[rule.SEVERITY],
        },
    }


def _result(finding: Finding, number: int, fingerprint: str) -> dict[str, Any]:
    violation = finding.violation
    hint = f"\n{violation.hint}" if violation.hint else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": violation.message + hint},
        "locations": [_location(finding.span)],
        "partialFingerprints": {"ivrlint/v1": fingerprint},
    }
    if violation.route:
        result["codeFlows"] = [_code_flow(violation.route)]
    if violation.related:
        result["relatedLocations"] = [_location(span, words) for words, span in violation.related]
    return result


def _code_flow(route: Route) -> dict[str, Any]:
    return {"threadFlows": [{"locations": [{"location": _hop(hop)} for hop in route.hops]}]}


def _hop(hop: Hop) -> dict[str, Any]:
    deed = hop_deed(hop)
    return _location((hop.move or hop.step).span, f"{hop.step.name}: {deed}" if deed else hop.step.name)


def _location(span: Span, message: str = "") -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column}
    region |= {"endLine": span.end_line, "endColumn": span.end_column}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(span.path)}, "region": region}
    }
    return location | ({"message": {"text": message}} if message else {})


def _uri(path: str) -> str:
    return Path(path).as_uri() if os.path.isabs(path) else quote(path)
