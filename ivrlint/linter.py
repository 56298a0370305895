"""Runs it all: find files, read them as one project, check, suppress, sort."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from ivrlint import discover, plugins
from ivrlint.config import Settings
from ivrlint.finding import Finding, Severity, Violation
from ivrlint.flow import Flow, MoveKind, Problem, ProblemKind, merge
from ivrlint.project import Project
from ivrlint.rules import Context, Rule, all_rules
from ivrlint.source import Source
from ivrlint.suppress import unsuppressed

_COULD_NOT_CHECK = frozenset({"IVR505", "IVR901", "IVR902", "IVR999"})


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
    """What a run found: ``findings`` in order of file, position, code and message."""

    findings: tuple[Finding, ...]
    reading: Reading

    @property
    def complete(self) -> bool:
        """Could everything be read and checked?"""
        return not any(finding.code in _COULD_NOT_CHECK for finding in self.findings)

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
    flows = _agreed([_read(format_, given, project) for format_, given in by_format.items()])
    comments = {
        source: sign
        for format_, flow in zip(by_format, flows, strict=True)
        for source in flow.sources
        if (sign := _comment(format_, source))
    }
    flow = merge([*flows, Flow(problems=tuple(problems))])
    return Reading(Context(flow, settings), len(flow.sources), comments)


def check(
    paths: Sequence[str],
    settings: Settings,
    stdin_filename: str = "stdin.ivr",
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Report:
    """Read ``paths``, and ``texts`` instead of what is on disk, and let every rule look at them."""
    reading = read(paths, settings, stdin_filename, texts)
    return Report(tuple(findings(reading)), reading)


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


def unmet_entries(reading: Reading) -> list[str]:
    """What the setting ``entry`` names and no reader found, in words; calls would come in nowhere."""
    told = {each.message: each.hint for each in reading.flow.problems if _is_about_entry(each)}
    return [f"{message}; {hint}" for message, hint in told.items()]


def _is_about_entry(problem: Problem) -> bool:
    return problem.kind is ProblemKind.NO_SUCH_ENTRY


def _agreed(flows: list[Flow]) -> list[Flow]:
    """``flows``, without what one reader said of a name in the setting ``entry`` that another one knows."""
    told = [{each.message for each in flow.problems if _is_about_entry(each)} for flow in flows]
    met = {message for messages in told for message in messages if not all(message in each for each in told)}
    if not met:
        return flows
    return [
        flow._replace(problems=tuple(each for each in flow.problems if each.message not in met))
        for flow in flows
    ]


def findings(reading: Reading) -> list[Finding]:
    """What the rules say of what was read, without what comments and settings silence.

    That something could not be checked is never silenced: a run that saw nothing must not pass.
    """
    found: dict[tuple[object, ...], Finding] = {}
    for rule in _selected(reading.context.settings):
        for finding in _apply(rule, reading.context):
            where = (finding.code, finding.span, finding.violation.message)
            found.setdefault(where, finding)
    fatal = [each for each in found.values() if each.code in _COULD_NOT_CHECK]
    others = [each for each in found.values() if each.code not in _COULD_NOT_CHECK]
    ignoring = reading.context.settings.ignored
    told = [each for each in others if not {each.code, each.name} & {*ignoring(each.span.path)}]
    return sorted([*fatal, *unsuppressed(told, reading.comments)], key=_order)


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.span.path, finding.span.start, finding.code, finding.violation.message


def _selected(settings: Settings) -> list[Rule]:
    asked = settings.extend_select
    return [
        rule for rule in all_rules() if getattr(rule, "DEFAULT", True) or {rule.CODE, rule.NAME} & {*asked}
    ]


def _apply(rule: Rule, context: Context) -> Iterator[Finding]:
    severity = Severity(context.settings.severity.get(rule.CODE, rule.SEVERITY))
    try:
        for violation in rule.check(context):
            yield Finding(rule.CODE, rule.NAME, severity, violation)
    except Exception as error:
        problem = _internal(f"rule {rule.NAME}", error, context.flow.sources)
        violation = Violation(problem.message, problem.span, problem.hint)
        yield Finding("IVR999", "internal-error", Severity.ERROR, violation)


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
