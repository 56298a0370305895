"""Two versions of flows, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain

from ivrlint.differences import callers, choices, hours, words
from ivrlint.differences.callers import Side
from ivrlint.differences.change import Comparison
from ivrlint.differences.matching import Matching
from ivrlint.finding import Finding
from ivrlint.flow import Step
from ivrlint.ignores import at_step
from ivrlint.linter import Report


def compare(old: Report, new: Report) -> Comparison:
    """What has changed for callers from ``old`` to ``new``, both complete."""
    before, after = Side(old.reading), Side(new.reading)
    matching = Matching(before.stations, after.stations)
    parts = callers.compare, hours.compare, words.names, choices.compare, words.prompts
    changes = list(chain.from_iterable(part(before, after, matching) for part in parts))

    def renamed(step: Step) -> str:
        key = matching.after.get(before.stations.of(step.id).key)
        return after.stations.all[key].step.name if key else step.name

    were, are = _keys(old, renamed), _keys(new, lambda step: step.name)
    return Comparison(changes, _without(new.findings, are, were), _without(old.findings, were, are))


def _keys(report: Report, name: Callable[[Step], str]) -> list[tuple[str, ...]]:
    """What makes each finding the same one in another version: rule, step and line."""
    found: list[tuple[str, ...]] = []
    for finding in report.findings:
        step, entry = at_step(finding, report.reading.flow), finding.violation.entry
        found.append((finding.code, name(step) if step else "", name(entry) if entry else ""))
    return found


def _without(
    findings: Sequence[Finding], keys: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]
) -> list[Finding]:
    """``findings`` that are not among the ``others``, each of which stands for one."""
    left = Counter(others)
    kept = []
    for finding, key in zip(findings, keys, strict=True):
        if left[key]:
            left[key] -= 1
        else:
            kept.append(finding)
    return kept
