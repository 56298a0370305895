"""A comparison as a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivrlint.differences.change import Change, Comparison, Effect, Figures, of
from ivrlint.differences.text import heading, summary
from ivrlint.finding import Finding
from ivrlint.words import printable

_SIGNS = {Effect.WORSE: "🔴", Effect.BETTER: "🟢", Effect.OTHER: "🔸"}


def render(comparison: Comparison) -> str:
    """A heading, a table of humans for each line, and lists of what else has changed."""
    parts = [f"### Phone menus: what changes for callers\n\n{summary(comparison)}"]
    for lines, changes in comparison.by_lines():
        head = f"**{_plain(heading(lines))}**"
        table = [change for change in changes if isinstance(change.after, Figures)]
        table += [change for change in changes if isinstance(change.before, Figures) and change.after is None]
        listed = [change for change in changes if change not in table and change.about != "prompt"]
        body = "\n".join([*_table(table), *([""] if table and listed else []), *_list(listed, lines)])
        parts += [f"{head}\n\n{body}"] if body else []
    parts += _prompts(of(comparison.changes, "prompt"))
    parts += _findings("new", comparison.new) + _findings("fixed", comparison.fixed)
    return "\n\n".join(parts) + "\n"


def _table(changes: list[Change]) -> Iterator[str]:
    if changes:
        yield "| | human | keypresses | seconds | keys | worst case | |"
        yield "|---|---|---|---|---|---|---|"
    for change in changes:
        sides = [_figures(each) for each in (change.before, change.after)]
        cells = [one if one == other else f"{one} → {other}" for one, other in zip(*sides, strict=True)]
        words = [part for part in change.message.split(", ") if " -> " not in part]
        cells = [_SIGNS[change.effect], _plain(change.subject), *cells, _plain(", ".join(words))]
        yield f"| {' | '.join(cells)} |"


def _figures(figures: Figures | str | None) -> tuple[str, ...]:
    if not isinstance(figures, Figures):
        return ("–",) * 4
    keys = f"`{_plain(' '.join(figures.keys))}`" if figures.keys else "none"
    seconds = f"{'' if figures.exact else '≥ '}{round(figures.seconds)}"
    return str(figures.keypresses), seconds, keys, "none" if figures.sure is None else str(figures.sure)


def _list(changes: list[Change], lines: list[str]) -> Iterator[str]:
    for change in changes:
        subject = "" if change.subject in lines else f"**{_plain(change.subject)}**: "
        yield f"- {_SIGNS[change.effect]} {subject}{_plain(change.message)}"


def _prompts(changes: list[Change]) -> list[str]:
    if not changes:
        return []
    lines = ["<details><summary>Prompts that are played otherwise</summary>", ""]
    for change in changes:
        lines += [f"- **{_plain(change.subject)}**"]
        lines += [f"  - ~~{_plain(str(change.before))}~~"] if change.before else []
        lines += [f"  - {_plain(str(change.after))}"] if change.after else []
    return ["\n".join(lines) + "\n\n</details>"]


def _findings(word: str, findings: list[Finding]) -> list[str]:
    lines = []
    for finding in findings:
        where = f"`{finding.span.path}:{finding.span.line}`"
        lines.append(f"- {finding.severity} **{finding.code}** {_plain(finding.violation.message)} ({where})")
    return [f"**Findings that are {word}**\n\n" + "\n".join(lines)] if lines else []


def _plain(text: str) -> str:
    """``text`` without what Markdown or HTML would make of it."""
    return re.sub(r"([\\`*_|<\[\]~])", r"\\\1", printable(" ".join(text.split())))
