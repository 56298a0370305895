"""The same bytes whatever the machine is like: hash seed, locale, time zone, folder, order of files, jobs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivrlint.cli import cli
from tests.conftest import ROOT

FORMATS = ("text", "concise", "json", "sarif", "junit", "github", "gitlab", "html")
COMMANDS = (
    *(f"check . --format {name}" for name in FORMATS),
    "check . --statistics",
    "check . --show-settings",
    "check . --write-baseline --baseline out/baseline.json",
    "routes .",
    "routes . --format json",
    *(f"diagram awful.ivr -o out/picture.{kind}" for kind in ("dot", "mmd", "png", "svg")),
    "diagram extensions.conf -o out/dialplan.dot",
    "report bank.ivr -o out/report.html",  # small, so that its layout is far from the limit of time
    "rule",
    "rule IVR101",
    "rule --profile gethuman",
    "diff bank.ivr awful.ivr",
    "diff bank.ivr awful.ivr --format json",
    "diff bank.ivr awful.ivr --format markdown",
    "fmt --diff awful.ivr",
    "convert extensions.conf",
    "convert flow.json",
    "init awful.ivr",
)
"""Run one after the other in one process: what is compared is all that they print and write."""

_ALL = """
import contextlib, io, os, sys
from ivrlint.cli import cli
for command in sys.stdin.read().splitlines():
    try:
        code = cli.main(command.split(), prog_name="ivrlint", standalone_mode=False)
    except Exception as error:
        code = repr(error)
    print("ran:", command, code, flush=True)
"""

WAYS = {
    "hash seed 1, C": {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "hash seed 2, German, Chatham": {"PYTHONHASHSEED": "2", "LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Chatham"},
    "hash seed 3, Turkish, Honolulu": {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "TZ": "HST10"},
}


def _project(folder: Path, backwards: bool) -> Path:
    """The files, made in another order: folders list them so on some file systems."""
    folder.mkdir(parents=True)
    (folder / "out").mkdir()
    samples = [ROOT / "sample_flows" / f"{name}.ivr" for name in ("awful", "bank", "clinic")]
    seeds = [ROOT / "tests/fuzz/seeds" / name for name in ("extensions.conf", "flow.json", "template.yaml")]
    for path in sorted([*samples, *seeds], reverse=backwards):
        shutil.copy(path, folder)
    (folder / "nowhere.conf").write_text("; included by extensions.conf\n")
    return folder


def _outcome(folder: Path, environment: dict[str, str]) -> dict[str, bytes]:
    done = subprocess.run(
        [sys.executable, "-c", _ALL], input="\n".join(COMMANDS).encode(), cwd=folder, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"ran: ") == len(COMMANDS)
    assert b"Error(" not in done.stdout
    assert b"There is no diagram" not in (folder / "out/report.html").read_bytes()
    written = {
        path.name: path.read_bytes() for path in [*(folder / "out").iterdir(), folder / "ivrlint.toml"]
    }
    return written | {"output": done.stdout, "errors": done.stderr}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = _project(tmp_path_factory.mktemp("usual") / "flows", backwards=False)
    return _outcome(folder, {"PYTHONHASHSEED": "0", "TZ": "UTC"})


@pytest.mark.parametrize("way", WAYS)
def test_every_command_in_every_environment(way: str, usual: dict[str, bytes], tmp_path: Path) -> None:
    other = _outcome(_project(tmp_path / "a far deeper" / "folder", backwards=True), WAYS[way])
    assert other.keys() == usual.keys()
    for name, content in usual.items():
        assert other[name] == content, name
    assert len(usual) == 2 + 8  # what is printed, told; baseline, five diagrams, report, configuration


def _says(command: str, *arguments: str) -> str:
    done = CliRunner().invoke(cli, [*command.split(), *arguments])
    assert done.exit_code in (0, 1, 2)
    assert "Traceback" not in done.output
    return done.output


@pytest.mark.parametrize(
    "command", [*(f"check --format {name}" for name in FORMATS), "routes", "routes --format json"]
)
def test_order_of_files_and_jobs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _project(tmp_path / "flows", backwards=False)
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != "nowhere.conf")
    monkeypatch.chdir(folder)
    searched = _says(command, ".")
    assert "extensions.conf" in searched
    assert _says(command, *names) == searched
    assert _says(command, *reversed(names)) == searched
    if command.startswith("check"):
        assert _says(command, ".", "--jobs", "3") == searched
        assert _says(command, *reversed(names), "--jobs", "2") == searched
