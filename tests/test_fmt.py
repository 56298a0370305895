"""``ivrlint fmt`` as its users meet it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

LOOSE = 'line   "1"->a\nqueue a   // people\n'
TIDY = 'line "1" -> a\nqueue a  // people\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_and_folders_are_rewritten(run: Run) -> None:
    os.mkdir("flows")
    Path("flows/loose.ivr").write_text(LOOSE)
    Path("flows/tidy.ivr").write_text(TIDY)
    os.chmod("flows/loose.ivr", 0o640)
    Path("link.ivr").symlink_to("flows/loose.ivr")
    done = run("fmt", "link.ivr", "flows")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "formatted link.ivr\n")
    assert Path("flows/loose.ivr").read_text() == TIDY
    assert Path("link.ivr").is_symlink()
    assert os.stat("flows/loose.ivr").st_mode & 0o777 == 0o640
    assert run("fmt", "flows").output == ""


def test_check_and_diff_write_nothing(run: Run) -> None:
    Path("loose.ivr").write_text(LOOSE)
    check = run("fmt", "--check", "loose.ivr")
    assert (check.exit_code, check.stdout, check.stderr) == (1, "", "would format loose.ivr\n")
    diff = run("fmt", "--diff", "loose.ivr")
    assert (diff.exit_code, diff.stdout) == (0, (
        "--- loose.ivr\n+++ loose.ivr (formatted)\n@@ -1,2 +1,2 @@\n"
        '-line   "1"->a\n-queue a   // people\n+line "1" -> a\n+queue a  // people\n'
    ))  # fmt: skip
    assert run("fmt", "--check", "--diff", "loose.ivr").exit_code == 1
    assert Path("loose.ivr").read_text() == LOOSE
    Path("loose.ivr").write_text(TIDY)
    assert run("fmt", "--check", "loose.ivr").exit_code == 0


def test_standard_input(run: Run) -> None:
    assert run("fmt", "-", input=LOOSE).output == TIDY
    assert run("fmt", "-", input=TIDY).output == TIDY
    assert run("fmt", "--check", "-", input=LOOSE).exit_code == 1
    assert run("fmt", "-", "other.ivr", input=TIDY).exit_code == 2


def test_a_file_with_an_error_is_not_touched_and_the_others_are(run: Run) -> None:
    broken = 'line   "1" -> a\nqueue\n'
    Path("broken.ivr").write_text(broken)
    Path("loose.ivr").write_text(LOOSE)
    done = run("fmt", "broken.ivr", "loose.ivr")
    assert done.exit_code == 2
    assert "IVR901" in done.stderr
    assert "broken.ivr:2:6" in done.stderr
    assert Path("broken.ivr").read_text() == broken
    assert Path("loose.ivr").read_text() == TIDY


def test_only_files_of_the_language(run: Run) -> None:
    Path("extensions.conf").write_text("[a]\nexten => s,1,Answer()\n")
    done = run("fmt", "extensions.conf")
    assert done.exit_code == 2
    assert "it reads: ivr" in done.stderr
