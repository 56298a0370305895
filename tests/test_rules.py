"""Each rule on its own cases: ``tests/cases/CODE/{good,bad}*.ivr``, expected findings beside the bad ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint import rules
from ivrlint.config import Settings
from ivrlint.configfile import load
from ivrlint.finding import Violation
from ivrlint.linter import Report, check
from ivrlint.rules import Context, too_many_keypresses
from tests.conftest import ROOT, golden

CASES = ROOT / "tests" / "cases"
FILES = sorted(path.relative_to(CASES) for path in CASES.glob("*/*.ivr"))
OF_TEXTS = {"IVR501", "IVR503", "IVR504", "IVR505", "IVR506", "IVR901", "IVR902", "IVR903", "IVR904"}


def _settings(case: Path) -> Settings:
    """Those of the case's folder: a rule that is off by default is turned on there."""
    given = CASES / case.parent / "ivrlint.toml"
    return load(given if given.exists() else None, {})


@pytest.mark.parametrize("case", [case for case in FILES if case.name.startswith("good")], ids=str)
def test_a_good_flow_has_no_finding(case: Path) -> None:
    assert check([str(CASES / case)], _settings(case)).findings == ()


@pytest.mark.parametrize("case", [case for case in FILES if case.name.startswith("bad")], ids=str)
def test_a_bad_flow_has_just_what_it_was_written_for(
    case: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES / case.parent)
    assert {finding.code for finding in check([case.name], _settings(case)).findings} >= {case.parent.name}
    golden(f"../cases/{case.with_suffix('.txt')}", run("check", case.name).output)


@pytest.mark.parametrize("case", [case for case in FILES if case.name.startswith("bad")], ids=str)
def test_a_finding_in_a_call_tells_its_step_or_line_and_speaks_of_it(case: Path) -> None:
    for finding in check([str(CASES / case)], _settings(case)).findings:
        violation = finding.violation
        told = [step for step in (violation.entry, violation.step) if step]
        assert bool(told) == (finding.code not in OF_TEXTS)
        if finding.code != "IVR110":  # it speaks of what is decided there
            assert all(step.name in violation.message for step in told)
        assert (violation.option is not None) == ("; of " in violation.hint)  # so many are left then
        assert violation.option is None or violation.hint.startswith(f"{violation.option}; of ")
        if violation.route:
            assert violation.entry is violation.route.hops[0].step
            assert violation.step in [hop.step for hop in violation.route.hops]


def test_every_rule_has_a_good_and_a_bad_case() -> None:
    missing = {
        (rule.CODE, kind)
        for rule in rules.all_rules()
        for kind in ("good", "bad")
        if not list((CASES / rule.CODE).glob(f"{kind}*.ivr"))
    }
    assert missing == {("IVR999", "good"), ("IVR999", "bad")}  # crashes are made below


def test_rules_are_found_and_complete() -> None:
    found = rules.all_rules()
    assert len({rule.CODE for rule in found}) == len({rule.NAME for rule in found}) == len(found)
    for rule in found:
        title, *rest = rule.__doc__.splitlines()
        assert title.endswith("."), rule.CODE
        headings = [line.removeprefix("## ") for line in rest if line.startswith("## ")]
        wanted = ["What it does", "Why is this bad", "Example", "Use instead", "Options", "Source"]
        assert headings == [heading for heading in wanted if heading != "Options" or heading in headings]


def test_a_rule_that_crashes_is_named_and_the_run_goes_on(
    lint: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: Context) -> Iterator[Violation]:
        raise RecursionError("too deep")

    monkeypatch.setattr(too_many_keypresses, "check", crash)
    report = lint(main='line "1" -> hangup\n')
    assert [finding.code for finding in report.findings] == ["IVR102", "IVR999"]
    assert report.findings[1].name == "internal-error"
    assert "rule too-many-keypresses failed: RecursionError: too deep" in report.findings[1].violation.message
    assert not report.complete


def test_a_reader_that_crashes_is_named_and_the_run_goes_on(
    lint: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivrlint.formats.ivr.files.follow", lambda *_: 1 / 0)
    report = lint(main='line "1" -> hangup\n')
    assert [finding.code for finding in report.findings] == ["IVR999"]
    assert "the reader of ivr files failed: ZeroDivisionError" in report.findings[0].violation.message
