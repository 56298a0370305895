"""The ratchet: what was there passes, what is new fails, what is mended is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
LONG = """line "1" -> a
menu a { 1 -> b }
menu b { 1 -> c }
menu c { 1 -> d }
menu d { 1 -> agents }
queue agents "Please hold."
"""
LOST = 'say lost "Nobody hears this." -> hangup\n'
UNDEFINED = "menu bad { 1 -> nowhere 2 -> nobody timeout 5s -> agents }\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("flows").mkdir()
    Path("flows/main.ivr").write_text(LONG + LOST)
    Path("ivrlint.toml").write_text("select = ['IVR101', 'IVR5', 'IVR9']\n")
    return tmp_path


@pytest.fixture
def check(run: Run) -> Run:
    """`check flows --baseline known.json`, by which two findings are accepted."""
    written = run("check", "flows", "--baseline", "known.json", "--write-baseline")
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == "2 findings accepted in known.json.\n"

    def invoke(*args: str) -> Result:
        return run("check", "flows", "--baseline", "known.json", "--format", "concise", *args)

    return invoke


def test_what_was_there_passes_and_is_counted(check: Run) -> None:
    result = check()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 findings accepted in known.json.\n"
    assert check("--quiet").stderr == ""


def test_nothing_is_new_when_a_flow_moves_down_by_100_lines(check: Run) -> None:
    Path("flows/main.ivr").write_text("// moved\n" * 100 + LONG + LOST)
    result = check()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no longer" not in result.stderr


def test_it_holds_no_line_number(check: Run) -> None:
    entries = json.loads(Path("known.json").read_text())["findings"]
    assert [(each["file"], each["step"], each["rule"], each["route"]) for each in entries] == [
        ("flows/main.ivr", "d", "IVR101", "1 -> a -1-> b -1-> c -1-> d -1-> agents"),
        ("flows/main.ivr", "lost", "IVR502", ""),
    ]
    assert all(set(each) == {"file", "step", "rule", "route", "message"} for each in entries)


def test_what_is_new_fails(check: Run) -> None:
    Path("flows/main.ivr").write_text(LONG + LOST + LOST.replace("lost", "other"))
    result = check()
    assert result.exit_code == 1
    assert [line.split(" ", 1)[0] for line in result.stdout.splitlines()] == ["flows/main.ivr:8:5:"]


def test_another_route_over_the_limit_is_new(check: Run) -> None:
    Path("flows/main.ivr").write_text(LONG.replace("1 -> agents", "1 -> agents 2 -> agents") + LOST)
    assert check().stdout.count("IVR101") == 1


def test_of_findings_alike_as_many_pass_as_were_there(run: Run) -> None:
    Path("flows/main.ivr").write_text(LONG.replace("1 -> agents", "1 -> agents 2 -> x"))
    run("check", "flows", "--baseline", "known.json", "--write-baseline")
    Path("flows/main.ivr").write_text(LONG.replace("1 -> agents", "1 -> agents 2 -> x 3 -> y"))
    result = run("check", "flows", "--baseline", "known.json", "--format", "concise", "--select", "IVR501")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "`y`" in result.stdout  # the one whose words were not there before


def test_what_no_longer_occurs_is_told_and_dropped_when_written_anew(check: Run) -> None:
    Path("flows/main.ivr").write_text(LONG)
    result = check()
    assert result.exit_code == 0
    assert "1 entry of known.json no longer occurs" in result.stderr
    assert "  flows/main.ivr: IVR502 at lost: no call can get to lost" in result.stderr
    check("--write-baseline")
    assert "no longer" not in check().stderr


def test_entries_of_files_that_were_not_read_have_not_expired(check: Run, run: Run) -> None:
    Path("other.ivr").write_text('line "2" -> q\nqueue q\n')
    assert run("check", "other.ivr", "--baseline", "known.json").stderr == ""
    Path("flows/main.ivr").unlink()
    assert "2 entries of known.json no longer occur" in (
        run("check", "other.ivr", "--baseline", "known.json").stderr
    )


def test_entries_of_rules_that_are_off_have_not_expired(check: Run) -> None:
    assert check("--select", "IVR101").stderr == "1 finding accepted in known.json.\n"


def test_it_may_lie_in_another_folder(
    check: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(folder / "flows")
    result = run("check", "main.ivr", "--baseline", "../known.json")
    assert (result.exit_code, result.stderr) == (0, "2 findings accepted in ../known.json.\n")


def test_what_could_not_be_checked_is_never_accepted(check: Run, run: Run) -> None:
    before = Path("known.json").read_text()
    Path("flows/bad.ivr").write_text("menu {")
    result = run("check", "flows", "--baseline", "known.json", "--write-baseline")
    assert result.exit_code == 2
    assert "IVR901" in result.stderr
    assert Path("known.json").read_text() == before
    assert "IVR901" in check().stdout
    assert check().exit_code == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "known.json cannot be read: No such file or directory; --write-baseline makes it"),
        ("{", "known.json: this is no baseline of ivrlint (JSONDecodeError"),
        ("[]", "this is no baseline of ivrlint (TypeError"),
        ('{"version": 2, "findings": []}', "its version is 2, not 1"),
        ('{"version": 1, "findings": [{"file": 1}]}', "this is no baseline of ivrlint (KeyError"),
    ],
)
def test_a_baseline_that_cannot_be_used(text: str | None, words: str, run: Run) -> None:
    if text is not None:
        Path("known.json").write_text(text)
    result = run("check", "flows", "--baseline", "known.json")
    assert result.exit_code != 0
    assert words in result.output
