"""``ivrlint init``: a commented configuration that fits the flows it finds."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator

from ivrlint import configfile, table
from ivrlint.flow import MoveKind, Step, StepKind
from ivrlint.linter import Report
from ivrlint.words import plural, printable

_MOST_NAMED = 8


def text(report: Report) -> str:
    """TOML. Every line that is commented out is a setting that may be switched on as it stands."""
    parts = (
        _head(report),
        _limit(report),
        _entries(report),
        _outcomes(report),
        _humans(report),
        _rules(report),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(report: Report) -> Iterator[str]:
    flow = report.reading.flow
    endings = Counter(os.path.splitext(source.path)[1] or "no suffix" for source in flow.sources)
    files = ", ".join(f"{count} {ending}" for ending, count in sorted(endings.items()))
    yield "# ivrlint: how many keypresses stand between callers and a human being."
    yield f"# Fits {files or 'no flow yet'}: {plural(len(flow.steps), 'step')}."
    yield "# `ivrlint check --show-settings` shows what applies in the end, `ivrlint rule` all rules."


def _limit(report: Report) -> Iterator[str]:
    yield f"# Rules and limits to start from ({', '.join(configfile.profiles())}, or a file of your own)."
    yield '# profile = "three-keys"'
    yield ""
    rows = [row for entry in table.entries(report.reading) for row in entry.rows]
    most = max((row.route.distance.keypresses for row in rows), default=0)
    yield "# The most keypresses that a route to a human may take."
    if rows:
        hardest = plural(most, "keypress")
        yield f"# The human who is hardest to reach here takes {hardest} by the shortest way."
    yield "limit = 3"
    yield 'measure = "keypresses"  # "entries" counts a whole typed number as one'


def _entries(report: Report) -> Iterator[str]:
    entries = _of(report, StepKind.ENTRY)
    yield f"# Where calls come in, if files do not say. Taken now: {_named(entries)}."
    yield f"# entry = {_texts(entries)}"


def _outcomes(report: Report) -> Iterator[str]:
    outcomes: dict[str, dict[str, None]] = {}
    for move in report.reading.flow.moves:
        if move.kind is MoveKind.WHEN and move.condition:
            outcomes.setdefault(move.condition, {})[move.label] = None
    yield "# What the system decides is open, unless it is fixed here."
    fixed = []
    for condition, labels in list(outcomes.items())[:_MOST_NAMED]:
        yield f"#   {_line(condition)}: {', '.join(map(_line, labels))}"
        fixed.append(f"{_text(condition)} = {_text(next(iter(labels)))}")
    yield f"# assume = {{{', '.join(fixed[:1])}}}"


def _humans(report: Report) -> Iterator[str]:
    unknown = _of(report, StepKind.UNKNOWN)
    yield "# Who counts as a human, where files do not tell: patterns of queues, numbers and flows."
    yield f"# human = {_texts(unknown)}"
    yield "# not-human = []  # machines: they count as leaving a message"


def _rules(report: Report) -> Iterator[str]:
    yield "# Rules, by code, beginning of a code, or name."
    yield "# extend-select = []"
    yield "# ignore = []"
    yield '# severity = {"IVR502" = "info"}'
    yield "# exclude = []  # as in a .gitignore"
    yield ""
    yield "# Silence for files that cannot be mended, and for steps of formats without comments."
    source = next(iter(report.reading.flow.sources), None)
    name = os.path.basename(source.path) if source else "flow.json"
    yield "# [per-file-ignores]"
    yield f"# {_text(name)} = []"
    yield f"# {_text(name + '#main menu')} = []"


def _of(report: Report, kind: StepKind) -> list[str]:
    steps: Iterable[Step] = (step for step in report.reading.flow.steps if step.kind is kind)
    return list(dict.fromkeys(step.name for step in steps))


def _named(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return (
        ", ".join([*map(_line, names[:_MOST_NAMED]), *([f"and {more} more"] if more > 0 else [])]) or "none"
    )


def _texts(names: list[str]) -> str:
    return "[" + ", ".join(map(_text, names[:_MOST_NAMED])) + "]"


def _text(word: str) -> str:
    """``word`` as TOML writes it."""
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")


def _line(word: str) -> str:
    """``word`` in a comment."""
    return printable(" ".join(word.split()))
