"""Which files a search of folders meets, and that it does not matter how the run goes about its work."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.commands import _progress
from ivrlint.config import Settings
from ivrlint.plugins import modules
from ivrlint.search import files
from tests.conftest import ROOT

Run = Callable[..., Result]
FLOW = 'line "1" -> agents\nqueue agents "Please hold."\n'
DIALPLAN = "[main]\nexten => s,1,Answer()\nexten => s,n,Queue(sales)\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.ivr", "old/b.ivr", "old/keep.ivr", "deep/er/c.ivr", "deep/build/d.ivr"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(FLOW)
    return tmp_path


def met(*paths: str, settings: Settings = Settings()) -> list[str]:  # noqa: B008
    found = [each.file for path in paths for each in files(path, modules("formats"), settings)]
    return [os.path.normpath(file).replace(os.sep, "/") for file in found]


def write(name: str, *lines: str) -> None:
    Path(name).write_text("".join(f"{line}\n" for line in lines))


def test_everything_is_met_in_order() -> None:
    assert met(".") == ["a.ivr", "deep/build/d.ivr", "deep/er/c.ivr", "old/b.ivr", "old/keep.ivr"]


def test_gitignore_is_respected_in_a_repository_and_outside_of_one(folder: Path) -> None:
    write(".gitignore", "build/", "/old/*.ivr", "!keep.ivr")
    expected = ["a.ivr", "deep/er/c.ivr", "old/keep.ivr"]
    assert met(".") == expected
    (folder / ".git").mkdir()
    assert met(".") == expected
    assert len(met(".", settings=Settings(respect_gitignore=False))) == 5


def test_the_nearest_gitignore_decides(folder: Path) -> None:
    write(".gitignore", "*.ivr")
    write("old/.gitignore", "!b.ivr")
    assert met(".") == ["old/b.ivr"]


def test_those_above_count_up_to_the_root_of_the_repository(folder: Path) -> None:
    write(".gitignore", "b.ivr")
    assert met("old") == ["old/b.ivr", "old/keep.ivr"]  # no repository: what lies above is none of ours
    (folder / ".git").mkdir()
    assert met("old") == ["old/keep.ivr"]
    (folder / "old" / ".git").mkdir()
    assert met("old") == ["old/b.ivr", "old/keep.ivr"]


def test_what_is_named_itself_is_read(folder: Path) -> None:
    (folder / ".git").mkdir()
    write(".gitignore", "old/")
    settings = Settings(exclude=("deep/", "a.ivr"))
    assert met(".", settings=settings) == []
    assert met("a.ivr", "old", "deep/er", settings=settings) == [
        "a.ivr", "old/b.ivr", "old/keep.ivr", "deep/er/c.ivr",
    ]  # fmt: skip
    forced = Settings(exclude=("deep/", "a.ivr"), force_exclude=True)
    assert met("a.ivr", "deep/er", "old/b.ivr", settings=forced) == ["old/b.ivr"]


def test_excludes_are_relative_to_the_configuration(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("ivrlint.toml", 'exclude = ["/old/b.ivr", "build"]')
    monkeypatch.chdir(folder / "old")
    summary = json.loads(run("check", "..", "--format", "json").stdout)["summary"]
    assert summary["files"] == 3
    summary = json.loads(run("check", "..", "--exclude", "*.ivr", "a.ivr", "--format", "json").stdout)[
        "summary"
    ]
    assert summary["files"] == 0


def test_the_output_is_the_same_for_any_number_of_jobs(folder: Path) -> None:
    (folder / "pbx").mkdir()
    (folder / "pbx" / "extensions.conf").write_text(DIALPLAN)
    command = [sys.executable, "-m", "ivrlint", "check", ".", "--format", "json", "--select", "ALL", "--jobs"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    printed = {
        subprocess.run([*command, jobs], capture_output=True, env=environment, check=False).stdout
        for jobs in ("1", "2", "8")
    }
    assert len(printed) == 1
    (text,) = printed
    assert json.loads(text)["summary"]["files"] == 6


def test_a_bar_is_shown_on_a_terminal_and_nowhere_else(folder: Path) -> None:
    """With no patience at all, so that the test need not wait."""
    program = (
        "import sys; from ivrlint.commands import _progress; _progress.PATIENCE = 0.0\n"
        "sys.argv = ['ivrlint', 'check', 'a.ivr', '--format', 'json']\n"
        "from ivrlint.cli import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    plain = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert plain.stderr == b""
    ours, theirs = pty.openpty()
    shown = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    told = b""
    with suppress(OSError), open(ours, "rb", buffering=0) as terminal:  # its end is an error on Linux
        while part := terminal.read(1000):
            told += part
    assert b"checking" in told
    assert shown.stdout == plain.stdout
    assert _progress.PATIENCE == 1.0
