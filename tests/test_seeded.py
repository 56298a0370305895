"""One defect per rule and format: ``tests/seeded/FORMAT/CODE.*`` has that one finding and no other.

Where a defect cannot but be found twice, the name has every finding's code: ``CODE+CODE.*``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ivrlint.config import Settings
from ivrlint.linter import check
from tests.conftest import ROOT

SEEDED = ROOT / "tests" / "seeded"
SOUNDS = str(SEEDED / "asterisk" / "sounds.txt")
FILES = sorted(path.relative_to(SEEDED) for path in SEEDED.glob("*/*") if path.suffix != ".txt")


def _codes(file: Path, *selected: str) -> list[str]:
    settings = Settings(extend_select=selected, sounds=(SOUNDS,))
    return sorted(finding.code for finding in check([str(SEEDED / file)], settings).findings)


@pytest.mark.parametrize("file", [file for file in FILES if file.stem.startswith("good")], ids=str)
def test_a_file_without_a_defect_has_no_finding(file: Path) -> None:
    assert _codes(file) == []


@pytest.mark.parametrize("file", [file for file in FILES if not file.stem.startswith("good")], ids=str)
def test_a_defect_is_found_and_nothing_else(file: Path) -> None:
    codes = file.stem.split("-")[0].split("+")
    assert _codes(file, *codes) == codes


def test_every_format_has_a_file_without_defect() -> None:
    assert {file.parent for file in FILES} == {file.parent for file in FILES if file.stem == "good"}
