"""What stays the same about a finding when lines move: file, step, rule and route."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from ivrlint.finding import Finding
from ivrlint.flow import Flow
from ivrlint.ignores import at_step
from ivrlint.routes import Route
from ivrlint.words import action


class Key(NamedTuple):
    """Which finding it is; two of the same step may share one. ``file`` is as it was printed."""

    file: str
    step: str
    rule: str
    route: str


def key(finding: Finding, flow: Flow) -> Key:
    """The key of ``finding``, which never holds a line number."""
    step = at_step(finding, flow)
    route = finding.violation.route
    return Key(finding.span.path, step.name if step else "", finding.code, _walk(route) if route else "")


def fingerprints(findings: Sequence[Finding], flow: Flow) -> list[str]:
    """A text of hexadecimal digits for each of ``findings``, all different; equal keys are counted."""
    seen: Counter[Key] = Counter()
    found = []
    for finding in findings:
        known = key(finding, flow)
        words = "\0".join((*known, str(seen[known])))
        found.append(sha256(words.encode("utf-8", "surrogatepass")).hexdigest())
        seen[known] += 1
    return found


def _walk(route: Route) -> str:
    """``main -2-> billing -4-> agents``, whole, however long."""
    parts = [f"{hop.step.name} -{action(hop.move)}-> " if hop.move else hop.step.name for hop in route.hops]
    return "".join(parts).replace("--> ", "-> ")
