"""Findings for people: the message, the source with carets, the route hop by hop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from click import style

from ivrlint.finding import Finding, Severity
from ivrlint.flow import StepKind
from ivrlint.linter import Report
from ivrlint.routes import Route
from ivrlint.source import Span
from ivrlint.words import Told, chain, excerpt, place, plural, printable, tally, told

NAME = "text"

MOST_HOPS = 60
"""Steps of one route that are listed; of a longer one the beginning and the end."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(report: Report) -> str:
    """All findings, numbered as in diagrams, and a line that sums up."""
    findings = quiet(report)
    return f"{findings}\n{summary(report)}\n" if findings else f"{summary(report)}\n"


def quiet(report: Report) -> str:
    """All findings, and nothing if there are none."""
    writer = _Writer()
    blocks = ["\n".join(writer.lines(number, each)) for number, each in enumerate(report.findings, 1)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def summary(report: Report) -> str:
    """``2 errors, 1 warning in 3 files (5 entry points, 40 steps, 90 moves)``."""
    flow = report.reading.flow
    files = plural(report.reading.files, "file")
    counts = [
        (plural(report.count(each), each.value), _COLOURS[each], report.count(each)) for each in Severity
    ]
    said = ", ".join(style(words, fg=colour, bold=True) for words, colour, count in counts if count)
    entries = sum(step.kind is StepKind.ENTRY for step in flow.steps)
    counted = (entries, "entry point"), (len(flow.steps), "step"), (len(flow.moves), "move")
    size = ", ".join(plural(count, noun) for count, noun in counted)
    if not said:
        return style("No findings", fg="green", bold=True) + f" in {files} ({size})."
    return f"{said} in {files} ({size})." if flow.steps else f"{said} in {files}."


class _Writer:
    """Writes findings; hops and places that many of them share are put into words once."""

    def __init__(self) -> None:
        self._told = cache(told)
        self._place = cache(_place)

    def lines(self, number: int, finding: Finding) -> Iterator[str]:
        violation = finding.violation
        colour = _COLOURS[finding.severity]
        head = style(f"{finding.severity}[{finding.code}]", fg=colour, bold=True)
        yield f"{number}. {head} {finding.name}: {style(printable(violation.message), bold=True)}"
        yield self._place(finding.span, colour)
        if violation.route:
            yield from self._route(violation.route)
        for words, span in violation.related:
            yield f"   note: {printable(words)}: {place(span)}"
        if violation.hint:
            yield f"   {style('help:', fg='green')} {printable(violation.hint)}"

    def _route(self, route: Route) -> Iterator[str]:
        hops = [self._told(hop) for hop in route.hops]
        yield f"   route: {chain(route.hops, self._told)}: {tally(route)}"
        left_out = len(hops) - MOST_HOPS
        if left_out <= 1:
            yield from _listed(hops)
            return
        lines = _listed([*hops[: MOST_HOPS // 2], *hops[-MOST_HOPS // 2 :]])
        yield from lines[: MOST_HOPS // 2]
        yield f"     ... {left_out} steps more ..."
        yield from lines[MOST_HOPS // 2 :]


def _place(span: Span, colour: str) -> str:
    """Where it is, and the source with carets under it."""
    arrow = f"   --> {style(place(span), fg='blue')}"
    if not span.source.text:
        return arrow
    line, carets = excerpt(span)
    return f"{arrow}\n{span.line:>4} | {line}\n     | {style(carets, fg=colour)}"


def _listed(hops: Sequence[Told]) -> list[str]:
    """A line for each hop: where, and what happens."""
    one_file = len({hop.path for hop in hops}) == 1
    places = [f"line {hop.line}" if one_file else printable(f"{hop.path}:{hop.line}") for hop in hops]
    width = max(map(len, places))
    return [f"     {where.ljust(width)}  {hop.words}" for where, hop in zip(places, hops, strict=True)]
