"""Runs it all: find files, read them as one project, check, suppress, sort."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from ivrlint import discover, ignores, people, plugins, selection
from ivrlint.config import Settings
from ivrlint.finding import Finding, Severity, Violation
from ivrlint.flow import Flow, MoveKind, Problem, ProblemKind, merge
from ivrlint.project import Project
from ivrlint.rules import Context, Rule, all_rules, unknown_rule, unused_suppression
from ivrlint.selection import Selection
from ivrlint.silence import Silence, silence, unknown, unused
from ivrlint.source import Source
from ivrlint.suppress import Suppression

_REPAIR = "mend or uninstall it: what it would have found or read is missing"
COULD_NOT_CHECK = frozenset({"IVR505", "IVR901", "IVR902", "IVR999"})


class Reading(NamedTuple):
    """A project as it was read. ``comments`` tells what begins a comment in each text that can hold one."""

    context: Context
    files: int
    comments: dict[Source, str]

    @property
    def flow(self) -> Flow:
        """All steps and moves."""
        return self.context.flow


class Report(NamedTuple):
    """What a run found: ``findings`` in order of file, position, code and message.

    ``unused`` are the comments that hide nothing, or not all that they say, with the words to be removed.
    """

    findings: tuple[Finding, ...]
    reading: Reading
    unused: tuple[tuple[Suppression, tuple[str, ...]], ...] = ()

    @property
    def complete(self) -> bool:
        """Could everything be read and checked?"""
        return not any(finding.code in COULD_NOT_CHECK for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """How many findings are of ``severity``."""
        return sum(finding.severity is severity for finding in self.findings)


def read(
    paths: Sequence[str],
    settings: Settings,
    stdin_filename: str = "stdin.ivr",
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Reading:
    """The project made of the files and folders at ``paths``.

    Files that are in ``texts``, by real path, are taken from there: an editor has them so.
    """
    formats = plugins.modules("formats")
    by_format, problems = discover.sources(paths, formats, stdin_filename, texts)
    project = Project(settings, texts)
    project.add(source for sources in by_format.values() for source in sources)
    flows = [_read(format_, given, project) for format_, given in by_format.items()]
    comments = {
        source: sign
        for format_, flow in zip(by_format, flows, strict=True)
        for source in flow.sources
        if (sign := _comment(format_, source))
    }
    flow = people.counted(merge([*flows, Flow(problems=tuple(problems))]), settings)
    return Reading(Context(flow, settings), len(flow.sources), comments)


def check(
    paths: Sequence[str],
    settings: Settings,
    stdin_filename: str = "stdin.ivr",
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Report:
    """Read ``paths``, and ``texts`` instead of what is on disk, and let every rule look at them."""
    reading = read(paths, settings, stdin_filename, texts)
    told, quiet = silenced(reading)
    report = Report(tuple(told), reading)
    return report._replace(unused=tuple(quiet.unused)) if report.complete else report


def unmet_assumptions(reading: Reading) -> list[str]:
    """What the settings assume and the flow does not know, in words; it would remove every outcome."""
    outcomes: dict[str, list[str]] = {}
    for move in reading.flow.moves:
        if move.kind is MoveKind.WHEN:
            outcomes.setdefault(move.condition, []).append(move.label)
    unmet = []
    for condition, outcome in reading.context.settings.assume.items():
        if condition not in outcomes:
            known = ", ".join(sorted(outcomes)) or "nothing"
            unmet.append(f"nothing checks {condition!r}; there is: {known}")
        elif outcome not in outcomes[condition]:
            known = ", ".join(sorted(set(outcomes[condition])))
            unmet.append(f"{condition} has no outcome {outcome!r}; there is: {known}")
    return unmet


def findings(reading: Reading) -> list[Finding]:
    """What the rules say of what was read, without what comments and settings silence."""
    return silenced(reading)[0]


def silenced(reading: Reading) -> tuple[list[Finding], Silence]:
    """What is told in the end, and what was silenced.

    That something could not be checked is never silenced: a run that saw nothing must not pass. Of a run that
    did not see all, it is not told which silence hides nothing.
    """
    chosen = selection.selected(reading.context.settings)
    found = list(_found(reading, chosen))
    fatal = [each for each in found if each.code in COULD_NOT_CHECK]
    others = [each for each in found if each.code not in COULD_NOT_CHECK]
    settings = reading.context.settings
    quiet = silence(others, reading.flow, settings, reading.comments)
    told = [*fatal, *quiet.told]
    for rule, violations in ((unknown_rule, unknown), (unused_suppression, unused)):
        if rule.CODE in chosen.on and not (fatal and rule is unused_suppression):
            said = (_finding(rule, each, chosen.severity) for each in violations(quiet, settings))
            told += ignores.hide(said, reading.flow, settings)[0]
    return sorted(told, key=_order), quiet


def _found(reading: Reading, chosen: Selection) -> Iterator[Finding]:
    """What every rule says, each thing once."""
    said: set[tuple[object, ...]] = set()
    all_rules()  # plug-ins that cannot be used are known now
    for fault in plugins.faults():
        nowhere = Source("plug-in", "").span(0, 0)
        yield Finding("IVR999", "internal-error", Severity.ERROR, Violation(fault, nowhere, _REPAIR))
    for rule in all_rules():
        if rule.CODE in chosen.on or rule.CODE in COULD_NOT_CHECK:
            for finding in _apply(rule, reading.context, chosen.severity):
                where = (finding.code, finding.span, finding.violation.message)
                if where not in said:
                    said.add(where)
                    yield finding


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.span.path, finding.span.start, finding.code, finding.violation.message


def _apply(rule: Rule, context: Context, severity: Mapping[str, Severity]) -> Iterator[Finding]:
    try:
        for violation in rule.check(context):
            yield _finding(rule, violation, severity)
    except Exception as error:
        problem = _internal(f"rule {rule.NAME}", error, context.flow.sources)
        violation = Violation(problem.message, problem.span, problem.hint)
        yield Finding("IVR999", "internal-error", Severity.ERROR, violation)


def _finding(rule: Rule, violation: Violation, severity: Mapping[str, Severity]) -> Finding:
    own = rule.SEVERITY if rule.CODE in COULD_NOT_CHECK else severity.get(rule.CODE, rule.SEVERITY)
    milder = max(own, violation.severity or own, key=lambda each: each.rank)
    return Finding(rule.CODE, rule.NAME, milder, violation)


def _read(format_: ModuleType, sources: list[Source], project: Project) -> Flow:
    try:
        flow: Flow = format_.read(sources, project)
    except Exception as error:
        problem = _internal(f"the reader of {format_.NAME} files", error, tuple(sources))
        return Flow(problems=(problem,), sources=tuple(sources))
    return flow


def _comment(format_: ModuleType, source: Source) -> str:
    """What begins a comment in ``source``; a format of several languages has a function that tells."""
    sign: str | Callable[[Source], str] = format_.COMMENT
    return sign if isinstance(sign, str) else sign(source)


def _internal(part: str, error: Exception, sources: tuple[Source, ...]) -> Problem:
    """A crash as a problem: a linter that dies says nothing about the other files."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    span = (sources[0] if sources else Source("ivrlint", "")).span(0, 0)
    return Problem(
        ProblemKind.INTERNAL,
        f"{part} failed: {type(error).__name__}: {error}{place}",
        span,
        "this is a fault of ivrlint, not of the flow; please report it",
    )
