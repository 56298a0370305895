"""What is different on Windows, as far as it can be seen on another system."""

from __future__ import annotations

import errno
import ntpath
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from ivrlint import cli, discover, files, project, roots
from ivrlint.config import Settings
from ivrlint.formats.asterisk import includes
from ivrlint.ignores import in_file
from ivrlint.linter import check
from ivrlint.source import Source
from tests.conftest import ROOT

Run = Callable[..., Result]

FLOW = 'line "1" -> main\nmenu main "For help, press 1." { 1 -> main }\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths have drives and backslashes, letter case does not count, and ``C:\\plans`` is where we are."""
    path = SimpleNamespace(**vars(ntpath) | {"abspath": absolute, "realpath": absolute})
    monkeypatch.setattr(ntpath, "abspath", absolute)  # which relpath asks
    for module in (files, discover, roots, includes, project):
        names = vars(os) | {"path": path, "sep": "\\", "name": "nt"}
        monkeypatch.setattr(module, "os", SimpleNamespace(**names))
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32", audit=sys.audit))


def absolute(path: str) -> str:
    return ntpath.normpath(ntpath.join("C:\\plans", path))


@pytest.mark.parametrize(
    ("path", "base", "seen"),
    [
        ("C:\\plans\\sub\\a.ivr", "C:\\plans", "sub/a.ivr"),
        ("sub\\a.ivr", ".", "sub/a.ivr"),
        ("C:/plans/a.ivr", "C:\\plans\\sub", "../a.ivr"),
        ("c:\\PLANS\\a.ivr", "C:\\plans", "a.ivr"),
        ("D:\\flows\\a.ivr", "C:\\plans", "D:/flows/a.ivr"),
        ("\\\\server\\share\\a.ivr", "C:\\plans", "//server/share/a.ivr"),
    ],
)
@pytest.mark.usefixtures("windows")
def test_a_path_seen_from_a_folder(path: str, base: str, seen: str) -> None:
    assert files.near(path, base) == seen
    assert in_file(seen, path, base)


@pytest.mark.usefixtures("windows")
def test_a_path_that_a_file_names() -> None:
    assert files.beside("C:/plans/stack.yaml", "flows/main.json") == "C:/plans/flows/main.json"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("flows\\a.ivr", "flows/a.ivr"),
        (".\\flows\\..\\a.ivr", "a.ivr"),
        ("C:\\flows\\a.ivr", "C:/flows/a.ivr"),
        ("C:a.ivr", "C:a.ivr"),
        ("flows/a.ivr", "flows/a.ivr"),
    ],
)
@pytest.mark.usefixtures("windows")
def test_paths_are_printed_with_slashes(given: str, shown: str) -> None:
    assert discover._shown(given) == shown


@pytest.mark.parametrize(
    ("path", "is_inside"),
    [
        ("C:\\Plans\\flows\\a.ivr", True),
        ("c:/plans/flows/a.ivr", True),
        ("sub\\..\\flows\\a.ivr", True),
        ("C:\\plans\\flows2\\a.ivr", False),
        ("D:\\plans\\flows\\a.ivr", False),
        ("..\\secret.ivr", False),
        ("\\\\server\\plans\\flows\\a.ivr", False),
    ],
)
@pytest.mark.usefixtures("windows")
def test_the_project_ends_at_its_folders(path: str, is_inside: bool) -> None:
    assert roots.inside(path, ["C:\\plans\\flows"]) is is_inside


@pytest.mark.parametrize(
    "name", ["con", "NUL.ivr", "aux.conf", "Com1", "LPT9.txt", "prn .ivr", "conin$", "COM²"]
)
@pytest.mark.usefixtures("windows")
def test_names_of_devices_are_not_read(name: str) -> None:
    assert files.is_special(f"flows\\{name}")
    assert not files.is_special(f"flows\\my-{name}")
    assert not files.is_special(f"flows\\{name[:3]}tact.ivr")


@pytest.mark.parametrize("name", ["con", "nul.ivr"])
def test_elsewhere_they_are_names_as_any_other(name: str) -> None:
    Path(name).write_text(FLOW)
    assert not files.is_special(name)


@pytest.mark.usefixtures("windows")
def test_a_path_of_unix_is_looked_for_beside_the_dialplan(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"C:/pbx\\extra.conf"}
    monkeypatch.setattr(includes, "exists", lambda path: path in there)
    root = Source("C:/pbx/extensions.conf", "")
    assert includes.placed("/etc/asterisk/extra.conf", root) == "extra.conf"
    assert includes.placed("/opt/pbx/extra.conf", root) == "extra.conf"
    assert includes.placed("/opt/pbx/other.conf", root) == "/opt/pbx/other.conf"
    assert includes.placed("sub\\extra.conf", root) == "sub\\extra.conf"


def test_a_pipe_that_is_closed_is_an_invalid_argument_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(**_: Any) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(cli.cli, "main", closed)
    monkeypatch.setattr(cli, "_abandon_output", lambda: None)
    assert cli._run() == 2
    assert capsys.readouterr().err == "Error: Invalid argument\n"
    monkeypatch.setattr("sys.platform", "win32")
    assert cli._run() == 141
    assert capsys.readouterr().err == ""


SPAWNING = """
import sys
from multiprocessing import get_context
from ivrlint import workers

workers._context = lambda: get_context("spawn")
if __name__ == "__main__":
    from ivrlint.__main__ import main
    sys.argv = ["ivrlint", "check", "flows", "--format", "json", "--jobs", "3"]
    main()
"""


def test_processes_that_are_no_copies_of_this_one(run: Run) -> None:
    """As on Windows and macOS: what they are given must be sent to them."""
    Path("flows").mkdir()
    Path("flows/a.ivr").write_text(FLOW)
    Path("flows/extensions.conf").write_text("[a]\nexten => s,1,Background(x)\nexten => 1,1,Queue(q)\n")
    Path("flows/flow.json").write_text((ROOT / "tests/fuzz/seeds/flow.json").read_text())
    Path("ivrlint.toml").write_text(
        'severity = {IVR104 = "info"}\nassume = {}\n[no-operator-key]\nkey = "9"\n'
    )
    Path("program.py").write_text(SPAWNING)
    done = subprocess.run(
        [sys.executable, "program.py"], capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout == run("check", "flows", "--format", "json").stdout
    assert '"findings": [' in done.stdout


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_what_is_written_has_the_ends_of_lines_that_were_there(end: str, run: Run) -> None:
    Path("a.ivr").write_bytes(FLOW.replace("menu main", "menu   main").replace("\n", end).encode())
    assert run("fmt", "a.ivr").exit_code == 0
    written = Path("a.ivr").read_bytes()
    assert written.count(end.encode()) == written.count(b"\n") > 1


def test_an_include_that_is_written_with_backslashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows makes of it, by its own rules for paths."""
    asked: list[str] = []
    source = Source("C:/plans/flows/a.ivr", 'include "..\\\\shared\\\\b.ivr"\n' + FLOW)
    names = vars(os) | {"path": ntpath, "sep": "\\"}
    monkeypatch.setattr(project, "os", SimpleNamespace(**names))
    monkeypatch.setattr(project, "is_special", lambda _: False)
    monkeypatch.setattr(project, "read_bytes", lambda path, _: asked.append(path) or FLOW.encode())
    found = project.Project(Settings()).include("..\\shared\\b.ivr", source)
    assert asked == ["C:\\plans\\shared\\b.ivr"]
    assert found.path == "C:/plans/shared/b.ivr"
    assert check(["/f/a.ivr"], Settings(), texts={"/f/a.ivr": source.text}).findings
