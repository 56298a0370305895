"""Formats that list findings: each as its reader takes it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
from click.testing import Result
from junitparser import Error, Failure, JUnitXml

from tests.conftest import ROOT

Printed = Callable[[str], str]
Run = Callable[..., Result]

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^./]"},
                    "lines": {
                        "type": "object", "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}  # fmt: skip
"""What GitLab's documentation ("Code Quality report format") asks for; it publishes no schema."""


def test_concise(printed: Printed) -> None:
    assert printed("concise").splitlines() == [
        "flows/l o,n:g%.ivr:4:10: error[IVR101] too-many-keypresses: "
        "4 keypresses from 1 to agents (limit 2); the limit is passed at c",
        "flows/lost.ivr:3:5: warning[IVR502] unreachable-step: "
        "no call can get to lost, nor to what follows it",
    ]


def test_junit_is_read_by_junitparser(printed: Printed) -> None:
    Path("out.xml").write_text(printed("junit"), encoding="utf-8")
    report = JUnitXml.fromfile("out.xml")
    report.update_statistics()
    assert (report.tests, report.failures, report.errors) == (3, 2, 0)
    suites = {suite.name: list(suite) for suite in report}
    assert list(suites) == ["flows/good.ivr", "flows/l o,n:g%.ivr", "flows/lost.ivr"]
    assert suites["flows/good.ivr"][0].is_passed
    (case,) = suites["flows/l o,n:g%.ivr"]
    assert case.name == "IVR101 too-many-keypresses at c"
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message[:22]) == ("error", "4 keypresses from 1 to")
    assert "1 -> a -1-> b -1-> c -1-> d -1-> agents" in failure.text


def test_in_junit_an_info_passes_and_an_unreadable_file_is_an_error(run: Run) -> None:
    Path("flows/bad.ivr").write_text("menu {\x01")
    Path("ivrlint.toml").write_text('select = ["IVR502"]\nseverity.IVR502 = "info"\n')
    output = run("check", "flows/bad.ivr", "flows/lost.ivr", "--format", "junit").stdout
    suites = {suite.name: list(suite) for suite in JUnitXml.fromstring(output.encode())}
    assert [type(each) for each in suites["flows/bad.ivr"][0].result] == [Error]
    assert suites["flows/lost.ivr"][0].is_passed
    assert "no call can get to lost" in suites["flows/lost.ivr"][0].system_out


def test_github_annotations_are_unescaped_to_what_was_said(printed: Printed) -> None:
    command = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
    lines = [command.fullmatch(line) for line in printed("github").splitlines()]
    assert [match and match[1] for match in lines] == ["error", "warning"]
    match = lines[0]
    assert match
    properties = dict(each.split("=") for each in match[2].split(","))
    assert properties == {
        "file": "flows/l o%2Cn%3Ag%25.ivr", "line": "4", "endLine": "4", "col": "10", "endColumn": "16",
        "title": "IVR101 too-many-keypresses",
    }  # fmt: skip
    message, route, hint = match[3].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%").split("\n")
    assert message.startswith("4 keypresses from 1 to agents")
    assert route.startswith("1 -> a -1-> b")
    assert hint.startswith("offer agents")


def test_gitlab_takes_its_code_quality_report(printed: Printed) -> None:
    issues = json.loads(printed("gitlab"))
    jsonschema.validate(issues, CODE_QUALITY)
    assert [(issue["check_name"], issue["severity"], issue["location"]) for issue in issues] == [
        ("IVR101", "major", {"path": "flows/l o,n:g%.ivr", "lines": {"begin": 4, "end": 4}}),
        ("IVR502", "minor", {"path": "flows/lost.ivr", "lines": {"begin": 3, "end": 3}}),
    ]
    assert len({issue["fingerprint"] for issue in issues}) == 2


def test_equal_findings_have_fingerprints_of_their_own(run: Run) -> None:
    Path("twice.ivr").write_text('line "1" -> a\nmenu a { 1 -> b 2 -> c timeout 5s -> q }\nqueue q\n')
    issues = json.loads(run("check", "twice.ivr", "--format", "gitlab").stdout)
    undefined = [issue["fingerprint"] for issue in issues if issue["check_name"] == "IVR501"]
    assert len(set(undefined)) == len(undefined) == 2


def test_an_unknown_format_is_an_error(run: Run) -> None:
    result = run("check", "flows", "--format", "xml")
    assert result.exit_code == 2
    assert "'xml' is not one of concise, github, gitlab" in result.stderr


def test_every_output_has_its_format_in_the_help(run: Run) -> None:
    own = {path.stem for path in (ROOT / "ivrlint" / "outputs").glob("[a-z]*.py")}
    helped = re.sub(r"\s+", " ", run("check", "--help").output)
    assert own == set(re.findall(r"--format NAME (.*?), or a plug-in's", helped)[0].split(", "))
