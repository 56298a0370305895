"""``ivrlint init``: what it writes is a configuration that fits, whole and with every comment switched on."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.configfile import load
from tests.conftest import ROOT

Run = Callable[..., Result]
FLOW = """line "+1 800" -> opening
hours office "Mon-Fri 08:00-18:00"
check opening office { open -> a closed -> away }
menu a { prompt "For help, press 1." 1 "help" -> b timeout 5s -> away invalid x2 -> away }
menu b { prompt "To wait, press 2." 2 "wait" -> agents timeout 5s -> away invalid x2 -> away }
queue agents "Please hold."
code away "the old exchange"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_fits_what_is_found(run: Run) -> None:
    Path("main.ivr").write_text(FLOW)
    before = run("check", ".").output
    result = run("init")
    assert (result.exit_code, result.output) == (0, "ivrlint.toml is written. Try: ivrlint check .\n")
    text = Path("ivrlint.toml").read_text()
    for line in (
        "# Fits 1 .ivr: 6 steps.",
        '# entry = ["+1 800"]',
        '# assume = {"office" = "open"}',
        "#   office: open, closed",
        '# human = ["away"]',
        "# The human who is hardest to reach here takes 2 keypresses by the shortest way.",
    ):
        assert line in text.splitlines()
    assert run("check", ".").output == before


@pytest.mark.parametrize("flows", ["sample_flows", "nothing"])
def test_every_line_that_is_commented_out_may_be_switched_on(flows: str, run: Run, folder: Path) -> None:
    (folder / "nothing").mkdir()
    if flows == "sample_flows":
        shutil.copytree(ROOT / flows, folder / flows)
    result = run("init", flows)
    assert result.exit_code == 0
    text = Path("ivrlint.toml").read_text(encoding="utf-8")
    tomllib.loads(text)
    switched = re.sub(r"^# (?=[a-z-]+ = |\[|\")", "", text, flags=re.MULTILINE)
    Path("all.toml").write_text(switched, encoding="utf-8")
    settings = load(folder / "all.toml", {})
    assert settings.profile == "three-keys"
    assert len(tomllib.loads(switched)) > len(tomllib.loads(text)) + 8


def test_a_configuration_that_is_there_is_not_overwritten(run: Run) -> None:
    Path("main.ivr").write_text(FLOW)
    Path("ivrlint.toml").write_text("limit = 7\n")
    assert run("init").exit_code == 2
    assert Path("ivrlint.toml").read_text() == "limit = 7\n"
    assert run("init", "--force").exit_code == 0
    assert "limit = 3" in Path("ivrlint.toml").read_text()
