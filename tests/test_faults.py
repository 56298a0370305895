"""What goes wrong around the program: full disks, closed pipes, vanishing files, Ctrl-C, two runs at once."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from ivrlint import cli, files, grammar, leaving, project
from ivrlint.commands import _common
from tests.conftest import ROOT

Run = Callable[..., Result]

FLOW = 'line "1" -> main\nmenu main "For help, press 1." { 1 -> agents 0 -> agents }\nqueue agents "Hold."\n'
UGLY = FLOW.replace("menu main", "menu    main")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.ivr").write_text(UGLY)
    return tmp_path


def start(*args: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ivrlint", *args], env=ENVIRONMENT, text=True, encoding="utf-8",
        stderr=subprocess.PIPE, **{"stdout": subprocess.PIPE, **options},  # type: ignore[call-overload]
    )  # fmt: skip


def done(*args: str, **options: object) -> tuple[int, str]:
    """The exit code, and what is said on standard error."""
    process = start(*args, **options)
    _, said = process.communicate(timeout=60)
    return process.returncode, said


WRITING = {
    "check": "check a.ivr -o out.txt",
    "baseline": "check a.ivr --write-baseline --baseline out.txt",
    "convert": "convert a.ivr -o out.txt",
    "diagram": "diagram a.ivr -o out.dot",
    "fmt": "fmt a.ivr",
    "init": "init a.ivr --force",
}


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("deed", ["open", "fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(
    name: str, deed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in ("out.txt", "out.dot", "ivrlint.toml"):
        Path(each).write_text("# before")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, "os", SimpleNamespace(**vars(os) | {deed: full}))
    monkeypatch.setattr("sys.argv", ["ivrlint", *WRITING[name].split()])
    assert cli._run() == 2
    assert re.fullmatch(r"Error: \S+ cannot be written: No space left on device\n", capsys.readouterr().err)
    written = {path.name: path.read_text() for path in Path().iterdir()}
    assert written == {
        "a.ivr": UGLY,
        "out.txt": "# before",
        "out.dot": "# before",
        "ivrlint.toml": "# before",
    }


def test_a_full_device_behind_standard_output() -> None:
    for command in ("check a.ivr", "check a.ivr --format sarif", "routes a.ivr", "rule", "-h"):
        with open("/dev/full", "w") as full:
            code, said = done(*command.split(), stdout=full)
        assert (code, said) == (2, "Error: No space left on device\n")


def test_a_device_is_written_to_and_never_replaced() -> None:
    Path("there").symlink_to("/dev/full")
    code, said = done("convert", "a.ivr", "-o", "there")
    assert (code, said) == (2, "Error: there cannot be written: No space left on device\n")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    process = start("convert", "a.ivr", "-o", "/dev/stdout")
    assert "queue agents" in process.communicate()[0]


def test_what_a_link_leads_to_is_written() -> None:
    Path("real").mkdir()
    Path("real/out.ivr").write_text("before")
    Path("link.ivr").symlink_to("real/out.ivr")
    files.write("link.ivr", b"after")
    assert Path("link.ivr").is_symlink()
    assert Path("real/out.ivr").read_text() == "after"


def test_rights_stay_and_new_files_are_as_the_umask_says() -> None:
    Path("secret").write_text("x")
    Path("secret").chmod(0o640)
    before = os.umask(0o077)
    try:
        files.write("secret", b"y")
        files.write("new", b"z")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(os.stat(each).st_mode) for each in ("secret", "new")] == [0o640, 0o600]


def test_a_folder_that_cannot_be_written_to() -> None:
    code, said = done("convert", "a.ivr", "-o", "/proc/out.ivr")  # nobody may write there, not even root
    assert code == 2
    assert re.fullmatch(r"Error: /proc/out.ivr cannot be written: .+\n", said)


@pytest.mark.parametrize(
    "command", ["-h", "rule", "check a.ivr", "check a.ivr --format sarif", "convert a.ivr"]
)
def test_a_closed_pipe(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert done(*command.split(), stdout=writing) == (141, "")
    finally:
        os.close(writing)


def test_closed_streams() -> None:
    for closed, code in (("<&-", 2), (">&-", 1), ("2>&-", 1)):
        command = f"{sys.executable} -m ivrlint check {'-' if '<' in closed else 'a.ivr'} {closed}"
        ended = subprocess.run(
            ["bash", "-c", command], env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        assert (ended.returncode, ended.stderr) == (code, "")
        assert closed != "<&-" or "standard input is closed" in ended.stdout


def test_a_file_that_vanishes_between_search_and_reading(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = project.read_bytes

    def too_late(path: str, *rest: Any) -> bytes:
        Path(path).unlink(missing_ok=True)
        return reading(path, *rest)

    monkeypatch.setattr("ivrlint.discover.read_bytes", too_late)
    result = run("check", ".")
    assert result.exit_code == 2
    assert "a.ivr:1:1" in result.output
    assert "No such file or directory" in result.output


def test_ignores_are_not_taken_out_of_a_file_that_has_changed_meanwhile(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.ivr").write_text(FLOW + "// ivrlint: ignore[IVR101]\n")
    monkeypatch.setattr("ivrlint.commands._fix.read_bytes", lambda _: b"somebody else's work")
    result = run("check", "a.ivr", "--fix-suppressions")
    assert "nothing is removed" in result.output
    assert Path("a.ivr").read_text() == FLOW + "// ivrlint: ignore[IVR101]\n"


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_ctrl_c_at_any_moment(jobs: str) -> None:
    Path("b.conf").write_text("[a]\nexten => s,1,Dial(PJSIP/1)\n")
    Path("c.json").write_text((ROOT / "tests/fuzz/seeds/flow.json").read_text())
    Path("out.txt").write_text("before")
    ended = []
    ours = "import sys; from ivrlint.__main__ import main; sys.stderr.write('!'); sys.stderr.flush(); main()"
    for delay in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7):
        process = subprocess.Popen(
            [sys.executable, "-c", ours, "check", ".", "--jobs", jobs, "-o", "out.txt"],
            env=ENVIRONMENT, text=True, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert process.stderr is not None
        assert process.stderr.read(1) == "!"  # Python itself, before it comes to us, is not quiet
        time.sleep(delay)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        ended.append((process.communicate(timeout=60)[1].strip(), process.returncode))
    assert {said for said, _ in ended} == {""}
    # while Python itself ends, the signal does it, which a shell calls 130 as well
    assert {code for _, code in ended} <= {0, 1, 130, -signal.SIGINT}
    assert Path("out.txt").read_text().endswith(("before", ").\n"))
    assert [path.name for path in Path().iterdir() if path.name.startswith(".ivrlint-")] == []


def test_ctrl_c_while_a_file_is_written_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    Path("out").write_text("before")
    monkeypatch.setattr(files, "os", SimpleNamespace(**vars(os) | {"fsync": interrupted}))
    with pytest.raises(KeyboardInterrupt):
        files.write("out", b"after")
    assert sorted(path.name for path in Path().iterdir()) == ["a.ivr", "out"]
    assert Path("out").read_text() == "before"


INTERRUPTED = """
import os, signal
from ivrlint import leaving
leaving.on_interruption()
{before}
def interrupt(*_):
    os.kill(os.getpid(), signal.SIGINT)
    print("went on")
{there}
"""

DURING = {
    "writing": ("from ivrlint import files", "os.fsync = interrupt\nfiles.write('out', b'after')"),
    "comparing revisions": (
        "from ivrlint.differences import revisions\nimport tempfile\ntempfile.tempdir = os.getcwd()\n"
        "revisions._git = lambda *words, cwd=None: bytes(1024) if words[0] == 'archive' else b''",
        "with revisions.checked_out('HEAD', []): interrupt()",
    ),
    "an import": ("import sys, types", "sys.meta_path.insert(0, types.SimpleNamespace(find_spec=interrupt))\n"
                  "try:\n    import nowhere\nexcept BaseException:\n    print('went on')"),
    "tidying of Python's own": ("", "class A:\n    __del__ = interrupt\nA()\nprint('went on')"),
}  # fmt: skip


@pytest.mark.parametrize("name", DURING)
def test_ctrl_c_ends_it_at_once_and_leaves_nothing_behind(name: str) -> None:
    Path("out").write_text("before")
    before, there = DURING[name]
    program = INTERRUPTED.format(before=before, there=there)
    ended = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
    assert sorted(path.name for path in Path().iterdir()) == ["a.ivr", "out"]
    assert Path("out").read_text() == "before"


def test_ctrl_c_gives_the_terminal_its_cursor_back(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    terminal = SimpleNamespace(isatty=lambda: True, write=told.append, flush=lambda: None)
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("ivrlint.commands._progress.PATIENCE", 0)

    def ended(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr("ivrlint.leaving.os", SimpleNamespace(_exit=ended))
    monkeypatch.setattr("ivrlint.linter.check", lambda *_, manner: (manner.say("x", 1, 2), leaving._leave()))
    with pytest.raises(SystemExit, match="130"):
        _common.checked(("a.ivr",), {"config": None, "isolated": True})
    shown = "".join(told)
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


def test_ctrl_c_stays_ignored_where_it_was() -> None:
    program = "import os, signal; from ivrlint import leaving; leaving.on_interruption(); "
    program += "os.kill(os.getpid(), signal.SIGINT); print('went on')"
    command = f"trap '' INT; {sys.executable} -c \"{program}\""
    ended = subprocess.run(
        ["bash", "-c", command], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert ended.stdout == "went on\n"


def test_two_runs_at_once_share_a_cache_and_an_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENVIRONMENT, "XDG_CACHE_HOME", str(Path("cache").absolute()))
    runs = [start("check", "a.ivr", "-o", "out.txt") for _ in range(4)]
    assert [(each.communicate()[1], each.returncode) for each in runs] == [("", 1)] * 4
    assert Path("out.txt").read_text().endswith(").\n")
    kept = [path.name for path in Path("cache").rglob("*") if path.is_file()]
    assert [name.partition("-")[0] for name in kept] == ["ivr"]


def test_a_cache_that_somebody_has_damaged_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "cache_folder", lambda: Path("cache").absolute())
    grammar.load.cache_clear()
    grammar.load("ivr")
    (kept,) = Path("cache").iterdir()
    good = kept.read_bytes()
    for bad in (b"", good[: len(good) // 2], b"[]", b'{"data": {}, "memo": {}}', b"[" * 100_000, b"\xff\0"):
        kept.write_bytes(bad)
        grammar.load.cache_clear()
        assert grammar.load("ivr").parse(FLOW).data
        assert json.loads(kept.read_bytes()).keys() == {"data", "memo"}
