"""What designers are told of a syntax error: golden files, one pair for each kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from ivrlint.flow import ProblemKind
from ivrlint.formats import ivr
from ivrlint.linter import Report
from ivrlint.project import Project
from ivrlint.source import Source
from tests.conftest import ROOT, golden

FOLDER = ROOT / "tests" / "golden" / "errors"
PIECES = ["", "{", "}", '"', "->", "\\", "\r", "\x00", "menu ", "1", "é"]
SAMPLES = sorted((ROOT / "sample_flows").rglob("*.ivr"))


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.ivr")))
def test_each_kind_of_error(name: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    result = run("check", f"{name}.ivr")
    assert result.exit_code == 2
    golden(f"errors/{name}.txt", result.output)


def test_nothing_is_linted_from_a_half_read_file(lint: Callable[..., Report]) -> None:
    report = lint(main='line "1" -> nowhere\nmenu main { 1 "x" }\n')
    assert {finding.code for finding in report.findings} == {"IVR901"}
    assert not report.reading.flow.steps


def test_all_errors_of_all_files_come_in_one_run(lint: Callable[..., Report]) -> None:
    report = lint(a="menu a { 1 x }\n", b='line "1" -> q\nqueue q\nmanu c {}\n')
    assert [finding.span.path for finding in report.findings] == ["a.ivr", "b.ivr"]


def test_the_number_of_errors_is_bounded(lint: Callable[..., Report]) -> None:
    report = lint(main="menu main {\n" + "  1 x\n" * 500 + "}\n")
    assert len(report.findings) == 20


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_no_text_makes_the_reader_raise(data: st.DataObject) -> None:
    """Samples with pieces cut out, doubled and replaced give steps, or problems with a place."""
    text = data.draw(st.sampled_from(SAMPLES)).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        new = data.draw(st.sampled_from(PIECES))
        text = text[:start] + new + text[end:]
    source = Source("mutated.ivr", text)
    flow = ivr.read([source], Project())
    if flow.broken:
        assert all(0 <= problem.span.start <= len(text) for problem in flow.problems)
        assert not flow.steps or any(p.kind is not ProblemKind.SYNTAX for p in flow.problems)
    else:
        ids = {step.id for step in flow.steps}
        assert all(move.source in ids and move.target in ids for move in flow.moves)
