"""One defect in each file, which the file's name tells: just that is found, once, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivrlint.config import Settings
from ivrlint.linter import check
from tests.conftest import ROOT

SEEDED = ROOT / "tests" / "seeded"
FILES = sorted(path.relative_to(SEEDED) for path in SEEDED.rglob("*.*"))


@pytest.mark.parametrize("file", FILES, ids=str)
def test_each_file_has_its_defect_and_no_other(file: Path) -> None:
    code = file.stem
    selected = () if code == "good" else (code,)
    report = check([str(SEEDED / file)], Settings(extend_select=selected))
    found = [(finding.code, finding.violation.message) for finding in report.findings]
    assert [each for each, _ in found] == ([] if code == "good" else [code]), found


def test_every_format_has_a_good_file() -> None:
    assert {file.parent for file in FILES} == {file.parent for file in FILES if file.stem == "good"}
