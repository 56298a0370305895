"""A comparison for people, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from click import style

from ivrlint.differences.change import Change, Comparison, Effect, of
from ivrlint.finding import Finding
from ivrlint.words import place, plural, printable

_COLOURS = {Effect.WORSE: "red", Effect.BETTER: "green", Effect.OTHER: "yellow"}
MOST_LINES = 5
"""Lines named above what their callers feel."""

_SIGNS = {Effect.WORSE: "worse", Effect.BETTER: "better", Effect.OTHER: "other"}


def render(comparison: Comparison) -> str:
    """What callers notice, line by line; then menus, prompts, findings, and a line that sums up."""
    blocks = ["\n".join(_block(lines, changes)) for lines, changes in comparison.by_lines()]
    prompts = of(comparison.changes, "prompt")
    blocks += (
        ["\n".join(["Prompts", *(line for each in prompts for line in _prompt(each))])] if prompts else []
    )
    blocks += ["\n".join(_findings("new", comparison.new))] if comparison.new else []
    blocks += ["\n".join(_findings("fixed", comparison.fixed))] if comparison.fixed else []
    return "\n\n".join([*(block for block in blocks if block), summary(comparison)]) + "\n"


def summary(comparison: Comparison) -> str:
    """``Callers are worse off in 2 ways and better off in 1; 1 new finding, 0 fixed.``"""
    worse, better = comparison.count(Effect.WORSE), comparison.count(Effect.BETTER)
    if not (comparison.changes or comparison.new or comparison.fixed):
        return "Nothing changes for callers."
    felt = [f"worse off in {plural(worse, 'way')}"] if worse else []
    felt += [f"better off in {plural(better, 'way')}"] if better else []
    said = f"Callers are {' and '.join(felt)}" if felt else "Callers are neither worse nor better off"
    return f"{said}; {plural(len(comparison.new), 'new finding')}, {len(comparison.fixed)} fixed."


def _block(lines: list[str], changes: list[Change]) -> Iterator[str]:
    told = [change for change in changes if change.about != "prompt"]
    if told:
        yield style(printable(heading(lines)), bold=True)
    for change in told:
        sign = style(f"{_SIGNS[change.effect]:<6}", fg=_COLOURS[change.effect])
        subject = "" if change.subject in lines else f"{change.subject}: "
        yield f"  {sign}  {printable(subject + change.message)}"


def heading(lines: list[str]) -> str:
    """The lines, of many the first; without any, what is heard wherever a call comes in."""
    more = f" and {plural(len(lines) - MOST_LINES, 'line')} more" if len(lines) > MOST_LINES else ""
    return ", ".join(lines[:MOST_LINES]) + more or "On the way"


def _prompt(change: Change) -> Iterator[str]:
    yield f"  {printable(change.subject)} ({place(change.span)})" if change.span else f"  {change.subject}"
    for sign, text, colour in (("-", change.before, "red"), ("+", change.after, "green")):
        yield style(f"    {sign} {printable(str(text or ''))}".rstrip(), fg=colour)


def _findings(word: str, findings: list[Finding]) -> Iterator[str]:
    yield style(f"Findings that are {word}", bold=True)
    for finding in findings:
        message = printable(finding.violation.message)
        yield f"  {finding.severity}[{finding.code}] {message} ({place(finding.span)})"
