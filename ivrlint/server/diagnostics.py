"""Findings as diagnostics, with the route as related information."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from ivrlint.finding import Finding, Severity
from ivrlint.linter import Report
from ivrlint.server.positions import Positions, uri
from ivrlint.words import hop_deed, printable

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_MOST_HOPS = 60


def by_file(report: Report, positions: Positions) -> dict[str, list[types.Diagnostic]]:
    """The diagnostics of each file of the project, by URI; a file without findings has none."""
    found: dict[str, list[types.Diagnostic]] = {uri(each.path): [] for each in report.reading.flow.sources}
    for finding in report.findings:
        found.setdefault(uri(finding.span.path), []).append(diagnostic(finding, positions))
    return found


def diagnostic(finding: Finding, positions: Positions) -> types.Diagnostic:
    """``finding`` as the protocol has it."""
    violation = finding.violation
    hint = f"\n{violation.hint}" if violation.hint else ""
    return types.Diagnostic(
        positions.range(finding.span),
        printable(violation.message) + hint,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source="ivrlint",
        related_information=list(_related(finding, positions)),
    )


def _related(finding: Finding, positions: Positions) -> Iterator[types.DiagnosticRelatedInformation]:
    route = finding.violation.route
    for hop in route.hops[:_MOST_HOPS] if route else ():
        span = hop.move.span if hop.move else hop.step.span
        words = printable(f"{hop.step.name}: {hop_deed(hop)}")
        yield types.DiagnosticRelatedInformation(positions.location(span), words)
    for words, span in finding.violation.related:
        yield types.DiagnosticRelatedInformation(positions.location(span), printable(words))
