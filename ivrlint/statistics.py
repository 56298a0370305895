"""``--statistics``: how often each rule was broken."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ivrlint.finding import Severity
from ivrlint.linter import Report


def rows(report: Report) -> list[dict[str, Any]]:
    """``code``, ``name``, ``severity`` and ``count``, the most frequent first."""
    counts = Counter((each.code, each.name, each.severity) for each in report.findings)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], *item[0]))
    return [
        {"code": code, "name": name, "severity": severity.value, "count": count}
        for (code, name, severity), count in ordered
    ]


def as_text(report: Report) -> str:
    """A line for each rule and severity; nothing if nothing was found."""
    found = rows(report)
    digits = max((len(str(row["count"])) for row in found), default=0)
    widest = max(len(severity.value) for severity in Severity)
    return "".join(
        f"{row['count']:>{digits}}  {row['severity']:<{widest}}  {row['code']}  {row['name']}\n"
        for row in found
    )
