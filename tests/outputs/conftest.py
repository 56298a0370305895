"""A folder of flows with findings of every severity, in files whose names need escaping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

LONG = """line "1" -> a
menu a { 1 "50 % más, 🎧" -> b }
menu b { 1 -> c }
menu c { 1 -> d }
menu d { 1 -> agents }
queue agents "Please hold."
"""
LOST = 'line "1" -> agents\nqueue agents "Please hold."\nsay lost "Nobody hears this." -> hangup\n'
GOOD = 'line "1" -> agents\nqueue agents "Please hold."\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("flows").mkdir()
    Path("flows/l o,n:g%.ivr").write_text(LONG, encoding="utf-8")
    Path("flows/lost.ivr").write_text(LOST)
    Path("flows/good.ivr").write_text(GOOD)
    Path("ivrlint.toml").write_text("select = ['IVR101', 'IVR5', 'IVR9']\n")
    return tmp_path


@pytest.fixture
def printed(run: Callable[..., Result]) -> Callable[[str], str]:
    """What `check --format NAME flows` prints on standard output."""

    def invoke(name: str) -> str:
        result = run("check", "flows", "--format", name, "--limit", "2")
        assert result.exit_code == 1
        assert result.stderr == ""
        return result.stdout

    return invoke
