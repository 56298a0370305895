"""One cause is one finding, whatever the steps are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from ivrlint.config import Settings
from ivrlint.finding import Finding, Severity, Violation
from ivrlint.flow import Step, StepKind
from ivrlint.folding import folded
from ivrlint.linter import check
from ivrlint.source import Source

_TEXT = Source("calls.ivr", "line\n" * 9)


def made(name: str, words: str = "{} is silent", line: int = 1, **more: Any) -> Finding:
    """A finding about the step ``name`` in a line."""
    span = _TEXT.span(5 * line - 5, 5 * line - 1)
    step = Step(name, name, StepKind.MENU, span, name)
    return Finding("IVR406", "x", Severity.WARNING, Violation(words.format(name), span, step=step, **more))


def messages(*findings: Finding) -> list[str]:
    return [each.violation.message for each in folded(findings)]


def test_what_is_said_alike_of_one_line_is_told_of_the_first_step() -> None:
    one, *_ = folded([made("a"), made("b"), made("c")])
    assert messages(made("a"), made("b"), made("c")) == ["a (and in 2 other places) is silent"]
    assert (one.violation.step, one.violation.related) == (made("a").violation.step, ())


@pytest.mark.parametrize(
    "other",
    [
        made("b", line=2),
        made("b", "{} is loud"),
        made("b", hint="say something"),
        made("b")._replace(severity=Severity.INFO),
        made("b")._replace(code="IVR310"),
        made("b", related=(("here", _TEXT.span(0, 4)),)),
        made("", "b{} is silent"),
        made("c", "b is silent"),
    ],
)
def test_what_differs_is_told_by_itself(other: Finding) -> None:
    assert folded([made("a"), other]) == [made("a"), other]


def test_a_name_that_is_part_of_a_number_does_not_hide_the_number() -> None:
    found = [made("1", "{} waits 1 s"), made("2", "{} waits 2 s")]
    assert folded(found) == found


def test_a_cause_of_several_lines_is_told_once_and_shows_them() -> None:
    (one,) = folded([made("a", cause="x"), made("a", line=2, cause="x"), made("b", line=2, cause="x")])
    assert one.violation.message == "a (and in 2 other places) is silent"
    assert one.violation.related == (("and here", _TEXT.span(5, 9)),)
    assert len(folded([made("a", cause="x"), made("a", line=2, cause="y")])) == 2


# --- in a run

PLAN = """[desk]
include => numbers
exten => 1,1,Queue(a)
exten => 2,1,Queue(b)
exten => i,1,Queue(c)
exten => t,1,Queue(c)
[numbers]
exten => _2XX,1,Set(CALLERID(name)=${EXTEN})
 same => n,WaitExten(9)
[other]
exten => 1,1,Goto(desk,201,1)
exten => 2,1,Goto(desk,202,1)
exten => 3,1,Goto(desk,203,1)
exten => s,1,Background(x)
 same => n,WaitExten(9)
exten => i,1,Queue(c)
exten => t,1,Queue(c)
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    where = Path("extensions.conf")
    where.write_text(PLAN)
    return where


def silent(**settings: Any) -> list[tuple[int, str]]:
    found = check(["extensions.conf"], Settings(entry=("other,s",), select=("IVR406", "IVR903"), **settings))
    return [(each.span.line, each.violation.message) for each in found.findings]


def test_a_line_that_many_extensions_run_is_told_once(plan: Path) -> None:
    """201, 202, 203, and whichever number is dialled while it listens."""
    assert silent() == [(9, "desk,201 (and in 3 other places) plays nothing before it listens")]


def test_what_is_silenced_is_not_counted_and_hides_nothing_else(plan: Path) -> None:
    ignored = {"extensions.conf#desk,201": ("IVR406",)}
    assert silent(per_file_ignores=ignored) == [
        (9, "desk,202 (and in 2 other places) plays nothing before it listens")
    ]
    plan.write_text(PLAN.replace("WaitExten(9)", "WaitExten(9) ; ivrlint: ignore[IVR406] a pause", 1))
    assert silent() == []


def test_a_baseline_knows_it_by_the_first_step(plan: Path, run: Callable[..., Result]) -> None:
    Path("ivrlint.toml").write_text("select = ['IVR406']\nentry = ['other,s']\n")
    written = run("check", ".", "--baseline", "known.json", "--write-baseline")
    assert written.stderr == "1 finding accepted in known.json.\n"
    plan.write_text(PLAN.replace("exten => 3,1,Goto(desk,203,1)\n", ""))
    assert run("check", ".", "--baseline", "known.json").exit_code == 0


SHORT = """[desk]
exten => s,1,GotoIf($["${X}" = "1"]?short)
 same => n,Background(one)
 same => n(short),Background(two)
 same => n,WaitExten(2)
exten => 1,1,Queue(a)
exten => i,1,Queue(b)
exten => t,1,Queue(b)
"""


def told(code: str) -> list[Finding]:
    return [each for each in check(["extensions.conf"], Settings()).findings if each.code == code]


def test_one_wait_behind_two_beginnings_of_a_menu_is_one_short_timeout(plan: Path) -> None:
    plan.write_text(SHORT)
    (one,) = told("IVR310")
    assert one.violation.message == "desk (and in 1 other place) waits 2 s for the first key"
    assert sorted((one.span.line, one.violation.related[0][1].line)) == [3, 4]
    plan.write_text(
        SHORT.replace("Background(one)", "Background(one)\n same => n,WaitExten(2)\n same => n,Queue(c)")
    )
    assert len(told("IVR310")) == 2


MANY = "".join(f"exten => {key},1,Queue(q{key})\n" for key in range(1, 7))


def test_the_options_of_several_menus_are_one_list_that_is_too_long(plan: Path) -> None:
    plan.write_text(SHORT.replace("exten => 1,1,Queue(a)\n", MANY))
    (one,) = told("IVR303")
    assert one.violation.message.startswith("desk (and in 1 other place), a first menu, offers 6 options")
    plan.write_text(
        f"[desk]\nexten => s,1,Background(x)\n same => n,WaitExten(9)\n{MANY}"
        f"[shop]\nexten => s,1,Background(y)\n same => n,WaitExten(9)\n{MANY}"
    )
    assert len(told("IVR303")) == 2
