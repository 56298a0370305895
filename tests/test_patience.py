"""What takes too long is given up, and that is told: it was not checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from click.testing import Result

from ivrlint import patience
from ivrlint.config import Settings
from ivrlint.formats import asterisk
from ivrlint.linter import check

Run = Callable[..., Result]

FLOW = 'line "1" -> main\nmenu main "For help, press 1." { 1 -> agents 2 -> main }\nqueue agents "Hold."\n'
PLAN = "[a]\nexten => s,1,Background(x)\nexten => 1,1,Queue(q)\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.ivr").write_text(FLOW)
    return tmp_path


def clock(monkeypatch: pytest.MonkeyPatch, step: float) -> None:
    """Whenever somebody looks, so many seconds have gone by."""
    ticks: Iterator[float] = count(0.0, step)
    monkeypatch.setattr(patience, "thread_time", lambda: next(ticks))
    ages = count(0, 1_000_000)
    monkeypatch.setattr(patience, "monotonic", lambda: next(ages))


def test_reading_that_takes_too_long_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, 31)
    result = run("check", "a.ivr", "--ignore", "ALL")  # it cannot be ignored
    assert result.exit_code == 2
    assert "error[IVR902] unreadable-file: reading this took over 60 seconds" in result.output
    assert "a.ivr:1:1" in result.output
    assert "`file-seconds`" in result.output


def test_a_clock_that_runs_slower_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = run("check", "a.ivr")
    clock(monkeypatch, 0.001)
    assert (run("check", "a.ivr").output, usual.exit_code) == (usual.output, 1)


def test_checking_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check(["a.ivr"], Settings())
    assert len(whole.findings) > 2
    reading = whole.reading
    monkeypatch.setattr("ivrlint.linter.read", lambda *_: reading)
    clock(monkeypatch, 31)  # the second finding comes too late
    report = check(["a.ivr"], Settings())
    late = [each.violation.message for each in report.findings if each.code == "IVR902"]
    assert not report.complete
    assert late
    assert all(each.startswith("checking took over 60 seconds") for each in late)


def test_time_is_counted_for_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "bcd":
        Path(f"{name}.ivr").write_text(FLOW)
    clock(monkeypatch, 31)
    (told,) = check(["."], Settings()).findings
    assert told.violation.message.startswith("reading this and 3 more took over 240 seconds")
    clock(monkeypatch, 0.5)
    assert check(["."], Settings(file_seconds=120)).complete


def test_one_format_that_takes_too_long_does_not_hide_what_another_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def endless(*_: object) -> None:
        raise patience.OutOfTimeError

    Path("extensions.conf").write_text(PLAN)
    monkeypatch.setattr(asterisk, "read", endless)
    report = check(["."], Settings())
    told = {(each.span.path, each.code) for each in report.findings}
    assert ("extensions.conf", "IVR902") in told
    assert ("a.ivr", "IVR901") not in told
    assert {code for path, code in told if path == "a.ivr"}


def test_files_that_include_the_next_one_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(15):
        Path(f"{number}.conf").write_text(f"#include {number + 1}.conf\n" * 2)
    Path("15.conf").write_text(PLAN)
    clock(monkeypatch, 0.1)  # 60 seconds are over after 600 files; there would be 65,536
    report = check(["0.conf"], Settings())
    assert [each.code for each in report.findings] == ["IVR902"]


def test_a_busy_machine_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = run("check", "a.ivr")
    hours = count(0, 3600)
    monkeypatch.setattr(patience, "monotonic", lambda: next(hours))
    assert run("check", "a.ivr", "--no-cache").output == usual.output


def test_threads_have_clocks_of_their_own() -> None:
    late: list[str] = []

    def other() -> None:
        try:
            patience.go_on()
        except patience.OutOfTimeError:
            late.append("the other one")

    with patience.patience(-1):
        thread = Thread(target=other)
        thread.start()
        thread.join()
        with pytest.raises(patience.OutOfTimeError):
            patience.go_on()
    patience.go_on()
    assert late == []
