"""What is wrong in one text is told up to a bound, and then that there is more: it was not all checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.config import Settings
from ivrlint.flow import Problem, ProblemKind
from ivrlint.formats import asterisk
from ivrlint.linter import Report, check
from ivrlint.problems import Problems, TooManyError, at_most
from ivrlint.source import Source
from tests.benchmarks.hostile import TEXTS

Run = Callable[..., Result]

MENU = 'line "1" -> m0\n' + "".join(f'menu m{n} "For x, press 1." {{ 1 -> m{n + 1} }}\n' for n in range(9))
FLOW = MENU + 'queue m9 "Hold."\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(report: Report) -> list[str]:
    """Messages of IVR902."""
    return [each.violation.message for each in report.findings if each.code == "IVR902"]


TOO_MANY = {
    "a.json": '{"Version": "2019-10-30", "StartAction": "a", "Actions": [{}' + ",{}" * 20 + "]}",
    "b.json": "[" + ",".join(['{"Version": "2019-10-30", "Actions": []}'] * 20) + "]",
    "c.json": json.dumps(
        {"Version": "2019-10-30", "StartAction": "a", "Actions": [
            {"Identifier": "a", "Type": "Loop", "Transitions": {"Conditions": [
                {"NextAction": f"b{n}", "Condition": {"Operator": "Equals", "Operands": [str(n)]}}
                for n in range(20)
            ]}},
        ]}
    ),
    "d.conf": "[a]\nexten => s,1,Queue(q)\n" + "x\n" * 20,
    "e.conf": "[a]\nexten => s,1,Queue(q)\n" + "exten => s,1,Queue(q)\n" * 20,
    "f.ael": "context a { s => { " + "break; " * 20 + "} }\n",
    "g.ivr": 'line "1" -> m\nmenu m "x" { ' + " ".join(f"{n} -> m{n}" for n in range(1, 20)) + " }\n",
    "h.tf": "".join(f'resource "aws_connect_contact_flow" "a{n}" {{}}\n' for n in range(20)),
}  # fmt: skip
"""Texts of every reader in which it meets more than nineteen problems."""


@pytest.mark.parametrize("name", TOO_MANY)
def test_a_reader_that_meets_too_many_problems_gives_up(name: str) -> None:
    def checked(most: int) -> Report:
        settings = Settings(file_findings=most, ignore=("ALL",))  # that it gives up cannot be ignored
        return check([f"/f/{name}"], settings, texts={f"/f/{name}": TOO_MANY[name]})

    report = checked(5)
    assert not report.complete
    (late,) = [each for each in told(report) if "there are more than 5 problems" in each]
    assert late.split("given up at this one: ")[1]
    problems = report.reading.flow.problems
    assert len(problems) == 6
    assert problems[-1].span.start > problems[0].span.start
    assert report.reading.flow.steps == ()  # a flow that is known by half is not judged
    assert not [each for each in told(checked(1000)) if "there are more than" in each]


def test_what_was_met_before_is_told(run: Run) -> None:
    Path("extensions.conf").write_text(TOO_MANY["d.conf"])
    Path("ivrlint.toml").write_text("file-findings = 3\n")
    result = run("check", "extensions.conf", "--format", "concise")
    lines = result.stdout.splitlines()
    assert result.exit_code == 2
    assert [line.split(":")[1] for line in lines if "has no `=`; Asterisk passes over it" in line] == [
        "3", "4", "5", "6",
    ]  # fmt: skip
    assert "more than 3 problems, so reading was given up at this one: this line has no `=`" in lines[-1]
    assert "`file-findings` in the configuration" in run("check", "extensions.conf").stdout


def test_problems_are_counted_in_each_text(run: Run) -> None:
    for number in range(5):
        Path(f"{number}.conf").write_text("[a]\nexten => s,1,Queue(q)\nx\n")
    Path("ivrlint.toml").write_text("file-findings = 3\n")
    assert "IVR902" not in run("check", ".").output


def test_of_rules_no_more_is_told_either_and_how_much_is_left_out() -> None:
    Path("a.ivr").write_text(FLOW)
    Path("b.ivr").write_text('line "2" -> main\nmenu main "For help, press 1." { 1 -> main }\n')
    everything = check(["."], Settings())
    report = check(["."], Settings(file_findings=8))
    of_a = sum(each.span.path == "a.ivr" for each in everything.findings)
    assert of_a > 9
    assert told(report) == [f"{of_a - 8} findings left out in this file; 8 are told at most"]
    assert not report.complete
    assert sum(each.span.path == "a.ivr" for each in report.findings) == 8 + 1
    others = [[each for each in one.findings if each.span.path == "b.ivr"] for one in (report, everything)]
    assert [each.violation.message for each in others[0]] == [each.violation.message for each in others[1]]


def test_as_many_as_may_be_told_are_told() -> None:
    Path("a.ivr").write_text(FLOW)
    count = len(check(["a.ivr"], Settings()).findings)
    assert len(check(["a.ivr"], Settings(file_findings=count)).findings) == count
    assert check(["a.ivr"], Settings(file_findings=count)).complete


def test_problems_are_kept_once_and_in_order() -> None:
    source = Source("a", "xyz")
    first, second = (Problem(ProblemKind.SYNTAX, word, source.span(0, 1)) for word in ("one", "two"))
    with at_most(2):
        problems = Problems([first, second, first])
        problems += [second]
        assert list(problems) == [first, second]
        assert len(problems) == 2
        assert first in problems
        third = first._replace(message="three")
        with pytest.raises(TooManyError) as error:
            problems.append(third)
    assert error.value.met == (first, second, third)
    problems.append(first._replace(message="four"))  # outside there is no bound


def test_too_little_memory_is_told(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def too_large(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(asterisk, "read", too_large)
    Path("extensions.conf").write_text("[a]\nexten => s,1,Queue(q)\n")
    result = run("check", "extensions.conf")
    assert (result.exit_code, "took more memory than there is" in result.output) == (2, True)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_mean_harm_are_what_they_say(name: str) -> None:
    file, text = TEXTS[name]
    assert 900 <= len(text(1000)) <= 1000
    assert check([f"/f/{file}"], Settings(), texts={f"/f/{file}": text(1000)}).findings
