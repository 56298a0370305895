"""Runs it all: read files as one project, check, suppress, sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ivrlint import ignores, plugins, selection
from ivrlint.config import Settings
from ivrlint.finding import Finding, Severity, Violation
from ivrlint.folding import folded
from ivrlint.patience import OutOfTimeError, go_on, patience
from ivrlint.reading import ALONE, TOO_MANY, TOO_SLOW, Manner, Reading, internal, read, seconds
from ivrlint.rules import Context, Rule, all_rules, unknown_rule, unused_suppression
from ivrlint.selection import Selection
from ivrlint.silence import Silence, silence, unknown, unused
from ivrlint.source import Source, Span
from ivrlint.suppress import Suppression
from ivrlint.words import plural

__all__ = ["Reading", "Report", "check", "findings", "read", "silenced"]

_REPAIR = "mend or uninstall it: what it would have found or read is missing"
COULD_NOT_CHECK = frozenset({"IVR505", "IVR901", "IVR902", "IVR999"})
"""Rules that say that not all could be checked; they are never silenced."""


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


def check(
    paths: Sequence[str],
    settings: Settings,
    stdin_filename: str = "stdin.ivr",
    texts: Mapping[str, str] = MappingProxyType({}),
    manner: Manner = ALONE,
) -> Report:
    """Read ``paths``, and ``texts`` instead of what is on disk, and let every rule look at them."""
    reading = read(paths, settings, stdin_filename, texts, manner)
    told, quiet = silenced(reading, manner)
    report = Report(tuple(told), reading)
    return report._replace(unused=tuple(quiet.unused)) if report.complete else report


def findings(reading: Reading) -> list[Finding]:
    """What the rules say of what was read, without what comments and settings silence."""
    return silenced(reading)[0]


def silenced(reading: Reading, manner: Manner = ALONE) -> tuple[list[Finding], Silence]:
    """What is told in the end, and what was silenced.

    That something could not be checked is never silenced: a run that saw nothing must not pass. Of a run that
    did not see all, it is not told which silence hides nothing.
    """
    chosen = selection.selected(reading.context.settings)
    settings = reading.context.settings
    with patience(seconds(settings, reading.files)):
        found = list(_bounded(_found(reading, chosen, manner), settings.file_findings))
    fatal = [each for each in found if each.code in COULD_NOT_CHECK]
    others = [each for each in found if each.code not in COULD_NOT_CHECK]
    quiet = silence(others, reading.flow, settings, reading.comments)
    told = [*fatal, *folded(quiet.told)]
    for rule, violations in ((unknown_rule, unknown), (unused_suppression, unused)):
        if rule.CODE in chosen.on and not (fatal and rule is unused_suppression):
            said = (_finding(rule, each, chosen.severity) for each in violations(quiet, settings))
            told += _bounded(ignores.hide(said, reading.flow, settings)[0], settings.file_findings)
    return sorted(told, key=_order), quiet


def _bounded(findings: Iterable[Finding], most: int) -> Iterator[Finding]:
    """``findings``, of each file at most so many, and how many are left out."""
    counts: Counter[Source] = Counter()
    for finding in findings:
        fatal = finding.code in COULD_NOT_CHECK  # of these, readers tell no more than they may
        counts[finding.span.source] += not fatal
        if fatal or counts[finding.span.source] <= most:
            yield finding
    for source, count in counts.items():
        if count > most:
            words = f"{plural(count - most, 'finding')} left out in this file; {most:,} are told at most"
            yield _could_not_check(words, source.span(0, 0), TOO_MANY)


def _could_not_check(words: str, span: Span, hint: str) -> Finding:
    return Finding("IVR902", "unreadable-file", Severity.ERROR, Violation(words, span, hint))


def _found(reading: Reading, chosen: Selection, manner: Manner) -> Iterator[Finding]:
    """What every rule says, each thing once."""
    said: set[tuple[object, ...]] = set()
    rules = [rule for rule in all_rules() if rule.CODE in chosen.on or rule.CODE in COULD_NOT_CHECK]
    for fault in plugins.faults():  # all rules are loaded now
        nowhere = Source("plug-in", "").span(0, 0)
        yield Finding("IVR999", "internal-error", Severity.ERROR, Violation(fault, nowhere, _REPAIR))
    for number, rule in enumerate(rules):
        manner.say("checking", number, len(rules))
        for finding in _in_time(rule, reading, chosen.severity):
            where = (finding.code, finding.span, finding.violation.message)
            if where not in said:
                said.add(where)
                yield finding


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.span.path, finding.span.start, finding.code, finding.violation.message


def _in_time(rule: Rule, reading: Reading, severity: Mapping[str, Severity]) -> Iterator[Finding]:
    """What ``rule`` says while there is time, and where there is none left, that."""
    try:
        for finding in _apply(rule, reading.context, severity):
            go_on()
            yield finding
    except OutOfTimeError:
        within = seconds(reading.context.settings, reading.files)
        words = f"checking took over {within} seconds, so not all was looked for: {rule.NAME}"
        span = reading.flow.sources[0].span(0, 0)
        yield _could_not_check(words, span, TOO_SLOW)


def _apply(rule: Rule, context: Context, severity: Mapping[str, Severity]) -> Iterator[Finding]:
    try:
        for violation in rule.check(context):
            yield _finding(rule, violation, severity)
    except Exception as error:
        problem = internal(f"rule {rule.NAME}", error, context.flow.sources)
        violation = Violation(problem.message, problem.span, problem.hint)
        yield Finding("IVR999", "internal-error", Severity.ERROR, violation)


def _finding(rule: Rule, violation: Violation, severity: Mapping[str, Severity]) -> Finding:
    own = rule.SEVERITY if rule.CODE in COULD_NOT_CHECK else severity.get(rule.CODE, rule.SEVERITY)
    if violation.severity and violation.severity.rank > own.rank:
        own = violation.severity
    return Finding(rule.CODE, rule.NAME, own, violation)
