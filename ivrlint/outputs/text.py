"""Findings for people: the message, the source with carets, the route hop by hop."""

from __future__ import annotations

from collections.abc import Iterator

from click import style

from ivrlint.finding import Finding, Severity
from ivrlint.flow import StepKind
from ivrlint.linter import Report
from ivrlint.routes import Hop, Route
from ivrlint.source import Span
from ivrlint.words import chain, excerpt, hop_deed, place, plural, printable, tally

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
    blocks = ["\n".join(_finding(number, each)) for number, each in enumerate(report.findings, 1)]
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


def _finding(number: int, finding: Finding) -> Iterator[str]:
    violation = finding.violation
    head = style(f"{finding.severity}[{finding.code}]", fg=_COLOURS[finding.severity], bold=True)
    yield f"{number}. {head} {finding.name}: {style(printable(violation.message), bold=True)}"
    yield from _place(finding.span, _COLOURS[finding.severity])
    if violation.route:
        yield from _route(violation.route)
    for words, span in violation.related:
        yield f"   note: {printable(words)}: {place(span)}"
    if violation.hint:
        yield f"   {style('help:', fg='green')} {printable(violation.hint)}"


def _place(span: Span, colour: str) -> Iterator[str]:
    yield f"   --> {style(place(span), fg='blue')}"
    if not span.source.text:
        return
    line, carets = excerpt(span)
    number = str(span.line)
    yield f"{number:>4} | {line}"
    yield f"     | {style(carets, fg=colour)}"


def _route(route: Route) -> Iterator[str]:
    yield f"   route: {chain(route.hops)}: {tally(route)}"
    hops = route.hops
    left_out = len(hops) - MOST_HOPS
    if left_out > 1:
        hops = (*hops[: MOST_HOPS // 2], *hops[-MOST_HOPS // 2 :])
    one_file = len({hop.step.span.path for hop in route.hops}) == 1
    places = [_hop_place(hop, one_file) for hop in hops]
    width = max(map(len, places))
    for number, (hop, where) in enumerate(zip(hops, places, strict=True)):
        if left_out > 1 and number == MOST_HOPS // 2:
            yield f"     ... {left_out} steps more ..."
        deed = hop_deed(hop)
        what = f"{hop.step.name}: {deed}" if deed else hop.step.name
        yield f"     {where:<{width}}  {printable(what)}"


def _hop_place(hop: Hop, one_file: bool) -> str:
    span = (hop.move or hop.step).span
    return f"line {span.line}" if one_file else printable(f"{span.path}:{span.line}")
