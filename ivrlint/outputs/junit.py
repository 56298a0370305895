"""Findings for Jenkins and others that read JUnit's XML: a suite for each file, a case for each finding."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from ivrlint.finding import Finding, Severity
from ivrlint.flow import Flow
from ivrlint.ignores import at_step
from ivrlint.linter import COULD_NOT_CHECK, Report
from ivrlint.words import chain, place, printable, tally

NAME = "junit"


def render(report: Report) -> str:
    """``<testsuites>``. A file without findings is a case that passes, and so is what is only told (info)."""
    by_file: dict[str, list[Finding]] = {source.path: [] for source in report.reading.flow.sources}
    for finding in report.findings:
        by_file.setdefault(finding.span.path, []).append(finding)
    suites = [_suite(path, found, report.reading.flow) for path, found in sorted(by_file.items())]
    root = Xml.Element("testsuites", {"name": "ivrlint", **_sums(suites)})
    root.extend(suites)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _suite(path: str, findings: list[Finding], flow: Flow) -> Xml.Element:
    cases = [_case(path, finding, flow) for finding in findings] or [
        Xml.Element("testcase", {"name": "no findings", "classname": printable(path)})
    ]
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
    }
    suite = Xml.Element("testsuite", {"name": printable(path), **{k: str(v) for k, v in counts.items()}})
    suite.extend(cases)
    return suite


def _case(path: str, finding: Finding, flow: Flow) -> Xml.Element:
    step = at_step(finding, flow)  # not the line: a case is followed from build to build by its name
    name = printable(f"{finding.code} {finding.name}" + (f" at {step.name}" if step else ""))
    case = Xml.Element("testcase", {"name": name, "classname": printable(path)})
    message = printable(finding.violation.message)
    if finding.severity is Severity.INFO:
        Xml.SubElement(case, "system-out").text = f"{message}\n{_more(finding)}"
        return case
    kind = "error" if finding.code in COULD_NOT_CHECK else "failure"
    bad = Xml.SubElement(case, kind, {"type": finding.severity.value, "message": message})
    bad.text = _more(finding)
    return case


def _more(finding: Finding) -> str:
    violation = finding.violation
    said = [place(finding.span)]
    if violation.route:
        said.append(f"{chain(violation.route.hops)}: {tally(violation.route)}")
    return "\n".join([*said, *([printable(violation.hint)] if violation.hint else [])])


def _sums(suites: list[Xml.Element]) -> dict[str, str]:
    names = ("tests", "failures", "errors")
    return {name: str(sum(int(suite.get(name, 0)) for suite in suites)) for name in names}
