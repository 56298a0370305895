"""One defect per rule and format: ``tests/seeded/FORMAT/CODE.*`` has that one finding and no other.

Where a defect cannot but be found twice, the name has every finding's code: ``CODE+CODE.*``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ivrlint.config import Settings
from ivrlint.linter import check
from ivrlint.rules import all_rules
from tests.conftest import ROOT

ABSENT = {
    "ivr": {"IVR999": "a fault of ours"},
    "asterisk": {
        "IVR107": "no number is marked as that of the best customers",
        "IVR207": "a function that fails goes on with the next priority",
        "IVR301": "of two extensions of one number the first counts: IVR503",
        "IVR308": "WaitExten without extensions is a pause",
        "IVR309": "what speech recognition is asked for is told by another file, its grammar",
        "IVR407": "no prompt is marked as advertising",
        "IVR504": "what no call gets to is IVR502; there are no declarations beside it",
        "IVR601": "what is recorded (MixMonitor) is not read",
        "IVR602": "what is recorded (MixMonitor) is not read",
        "IVR603": "what a number costs is not written",
        "IVR999": "a fault of ours",
    },
    "connect": {
        "IVR107": "no number is marked as that of the best customers",
        "IVR202": "Connect publishes no input without a branch for silence",
        "IVR203": "Connect publishes no input without a branch for wrong keys",
        "IVR208": "a menu in which no key can be wrong has twelve options, and so IVR303",
        "IVR308": "an input without choices is a question, or records a message",
        "IVR309": "which words and keys a bot takes is told by none of the files",
        "IVR407": "no prompt is marked as advertising",
        "IVR504": "what no call gets to is IVR502; there are no declarations beside it",
        "IVR505": "a flow includes no other",
        "IVR603": "what a number costs is not written",
        "IVR903": "JSON has no remarks; what the settings silence is tested with them",
        "IVR904": "JSON has no remarks; what the settings name is tested with them",
        "IVR999": "a fault of ours",
    },
}
"""Rules that a file of a format cannot be made to break (alone), and why."""

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


@pytest.mark.parametrize("format_", ABSENT)
def test_every_rule_has_a_file_or_a_reason(format_: str) -> None:
    found = {
        code for file in FILES if file.parent.name == format_ for code in file.stem.split("-")[0].split("+")
    }
    rules = {rule.CODE for rule in all_rules()}
    assert rules - found == ABSENT[format_].keys()


def test_every_format_has_a_file_without_defect() -> None:
    assert {file.parent for file in FILES} == {file.parent for file in FILES if file.stem == "good"}
