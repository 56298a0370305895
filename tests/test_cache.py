"""What is remembered of a run, and everything that must make it be forgotten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint import cache, grammar, linter
from ivrlint.cache import Outcome, remembered
from ivrlint.linter import Report

Run = Callable[..., Result]

FLOW = 'include "shared.ivr"\nline "1" -> main\nmenu main { 1 -> agents 2 -> agents }\n'
SHARED = 'queue agents "Hold."\n'
DIALPLAN = "[a]\nexten => s,1,Answer()\n same => n,Background(hello)\n same => n,WaitExten(5)\n" + (
    "exten => 1,1,Queue(help)\nexten => 2,1,Queue(help)\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVRLINT_CACHE", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    flows = tmp_path / "flows"
    flows.mkdir()
    monkeypatch.chdir(flows)
    Path("a.ivr").write_text(FLOW)
    Path("shared.ivr").write_text(SHARED)
    Path("pbx.conf").write_text(DIALPLAN)
    return tmp_path


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """The reports that were made; a remembered run makes none."""
    made: list[Report] = []
    check = linter.check

    def counted(*args: object, **options: object) -> Report:
        made.append(check(*args, **options))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(linter, "check", counted)
    return made


def test_the_second_run_says_the_same_and_checks_nothing(run: Run, checks: list[Report]) -> None:
    first, second = run("check", "."), run("check", ".")
    assert (second.output, second.exit_code) == (first.output, first.exit_code)
    assert "no-timeout-handling" in first.output
    assert first.exit_code == 1
    assert len(checks) == 1


def _write(name: str, text: str) -> Callable[[], object]:
    return lambda: Path(name).write_text(text)


CHANGES: dict[str, Callable[[], object]] = {
    "a flow": _write("a.ivr", FLOW.replace("2 ->", "3 ->")),
    "what it includes": _write("shared.ivr", SHARED.replace("Hold", "Wait")),
    "an include that is gone": lambda: Path("shared.ivr").unlink(),
    "another flow": _write("b.ivr", 'line "2" -> a\nhuman a\n'),
    "a file in a folder below": lambda: (
        Path("sub").mkdir(),
        Path("sub/c.ivr").write_text('line "3" -> x\n'),
    ),
    "a companion": _write("queues.conf", "[help]\ncontext=a\n"),
    "what git ignores": _write(".gitignore", "pbx.conf\n"),
    "where git begins": lambda: Path(".git").mkdir(),
    "the configuration": _write("ivrlint.toml", "limit = 0\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_run_saw_counts(run: Run, checks: list[Report], change: str) -> None:
    run("check", ".")
    CHANGES[change]()
    after = run("check", ".")
    assert len(checks) == 2
    assert after.output == run("check", "--no-cache", ".").output


def test_so_does_what_it_is_told(run: Run, checks: list[Report]) -> None:
    for told in (
        [],
        ["--limit", "1"],
        ["--format", "json"],
        ["--quiet"],
        ["--statistics"],
        ["--fail-on", "info"],
    ):
        run("check", ".", *told)
    assert len(checks) == 6


def test_a_recording_that_comes_to_the_sounds_counts(run: Run, checks: list[Report]) -> None:
    Path("../sounds").mkdir()
    run("check", ".", "--sounds", "../sounds")
    Path("../sounds/core.txt").write_text("hello: For help, press 1. For sales, press 2.\n")
    run("check", ".", "--sounds", "../sounds")
    assert len(checks) == 2


def test_the_same_from_another_folder_is_another_run(
    run: Run, checks: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("check", "a.ivr")
    Path("other").mkdir()
    for name in ("a.ivr", "shared.ivr"):
        Path("other", name).write_text(Path(name).read_text())
    monkeypatch.chdir("other")
    run("check", "a.ivr")
    assert len(checks) == 2


def test_a_run_that_could_not_read_all_is_not_remembered(run: Run, checks: list[Report]) -> None:
    Path("a.ivr").write_text("menu {")
    assert [run("check", ".").exit_code for _ in range(2)] == [2, 2]
    assert len(checks) == 2


def test_what_writes_or_compares_is_not_remembered(run: Run, checks: list[Report]) -> None:
    for told in (
        ["--write-baseline"],
        ["--baseline", "ivrlint-baseline.json"],
        ["--fix-suppressions"],
        ["-"],
    ):
        for _ in range(2):
            run("check", "a.ivr", *told, input=SHARED)
    assert len(checks) == 8


def test_the_output_file_is_written_by_a_remembered_run_too(run: Run, checks: list[Report]) -> None:
    run("check", ".", "-o", "../one.txt")
    run("check", ".", "-o", "../two.txt")
    assert Path("../two.txt").read_text() == Path("../one.txt").read_text() != ""
    assert len(checks) == 1


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"{}", b'{"asked": [], "text": "x"}', b"[" * 100_000, b"\xff\0"]
)
def test_a_damaged_entry_is_none(run: Run, checks: list[Report], folder: Path, damage: bytes) -> None:
    first = run("check", ".")
    (entry,) = (folder / "cache").rglob("*.json")
    entry.write_bytes(damage)
    assert run("check", ".").output == first.output
    assert run("check", ".").output == first.output
    assert len(checks) == 2


def test_a_folder_that_cannot_be_written_only_costs_time(
    run: Run, checks: list[Report], folder: Path
) -> None:
    (folder / "cache").write_text("a file, no folder")
    assert run("check", ".").output == run("check", ".").output
    assert len(checks) == 2


def test_a_user_without_a_home_has_no_cache(
    run: Run, checks: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless(*_: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_cache_path", homeless)
    grammar.load.cache_clear()
    assert [run("check", ".").exit_code for _ in range(2)] == [1, 1]
    assert len(checks) == 2


def test_what_changes_while_it_is_read_is_not_remembered(tmp_path: Path) -> None:
    file = tmp_path / "flow"
    file.write_text("before")

    def meddled() -> Outcome:
        text = file.read_text()
        file.write_text("after, and longer")
        return Outcome(text, 0)

    assert remembered(tmp_path / "cache/runs", "x", meddled).text == "before"
    assert (
        remembered(tmp_path / "cache/runs", "x", lambda: Outcome(file.read_text(), 0)).text
        == "after, and longer"
    )


def test_what_is_no_plain_file_is_not_remembered(tmp_path: Path) -> None:
    said = iter(("first", "second"))

    def run() -> Outcome:
        with open(os.devnull):
            return Outcome(next(said), 0)

    assert [remembered(tmp_path / "cache/runs", "x", run).text for _ in range(2)] == ["first", "second"]


def test_only_so_many_runs_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_KEPT", 3)
    for number in range(5):
        remembered(tmp_path / "runs", number, lambda: Outcome("", 0))
    assert len(list((tmp_path / "runs").iterdir())) == 3
