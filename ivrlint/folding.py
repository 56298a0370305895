"""One cause, one finding: what a rule says alike of several steps is told of the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ivrlint.finding import Finding
from ivrlint.words import plural


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """``findings``, those of one cause as one that says in how many other places it is so.

    They are alike if they differ in nothing but the names of their steps and, where their rule names a
    ``cause``, in where these are written. What has a route of its own is told by itself.
    """
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_cause(finding), []).append(finding)
    return [_together(group) for group in alike.values()]


def _cause(finding: Finding) -> object:
    violation = finding.violation
    name = violation.step.name if violation.step else ""
    if violation.route or not name or name not in violation.message:
        return id(finding)
    said = violation.message.partition(name)[::2]
    cause = violation.cause or violation.span
    return finding.code, finding.severity, said, violation.hint, violation.related, cause


def _together(group: Sequence[Finding]) -> Finding:
    first = min(group, key=lambda each: (each.span.path, each.span.start))
    if len(group) == 1 or not first.violation.step:
        return first
    name = first.violation.step.name
    before, _, after = first.violation.message.partition(name)
    message = f"{before}{name} (and in {plural(len(group) - 1, 'other place')}){after}"
    spans = dict.fromkeys(each.span for each in group if each.span != first.span)
    related = (*first.violation.related, *(("and here", span) for span in spans))
    return first._replace(violation=first.violation._replace(message=message, related=related))
