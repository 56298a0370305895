"""Third parties' rules, formats and outputs: a package that pip installs, and a broken one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

RULE = '''"""A queue is called after somebody.

## What it does
Tells queues with a person's name.
"""
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import StepKind

CODE = "ACM001"
NAME = "named-queue"
SEVERITY = Severity.WARNING


class Options(NamedTuple):
    names: tuple[str, ...] = ("bob",)


def check(context):
    names = context.options(CODE, Options).names
    for step in context.flow.steps:
        if step.kind is StepKind.HUMAN and step.name in names:
            yield Violation(f"{step.name} is a person", step.span, step=step)
'''
FORMAT = '''"""Lines `number -> queue`."""
from ivrlint.flow import Flow, Move, MoveKind, Step, StepKind

NAME = "acme"
SUFFIXES = (".acme",)
COMMENT = "#"


def detect(source):
    return source.path.endswith(".acme")


def read(sources, project):
    steps, moves = [], []
    for source in sources:
        offset = 0
        for line in source.text.splitlines(keepends=True):
            number, _, queue = (part.strip() for part in line.split("#")[0].partition("->"))
            span = source.span(offset, offset + len(line.rstrip()))
            if queue:
                steps.append(Step(number, number, StepKind.ENTRY, span, number))
                steps.append(Step(queue, queue, StepKind.HUMAN, span, queue))
                moves.append(Move(number, queue, MoveKind.NEXT, span))
            offset += len(line)
    return Flow(tuple(steps), tuple(moves), sources=tuple(sources))
'''
OUTPUT = """NAME = "acme-count"


def render(report):
    return f"{len(report.findings)} found\\n"
"""
WHOLE = {"acme/rule.py": RULE, "acme/reader.py": FORMAT, "acme/count.py": OUTPUT, "acme/__init__.py": ""}
POINTS = {
    "rules": {"named-queue": "acme.rule"},
    "formats": {"acme": "acme.reader"},
    "outputs": {"acme-count": "acme.count"},
}


def install(folder: Path, files: dict[str, str], points: dict[str, dict[str, str]]) -> None:
    """A wheel of ``files``, installed with pip into ``folder``."""
    wheel = folder / "acme-1.0-py3-none-any.whl"
    written = [
        f"[ivrlint.{group}]\n" + "".join(f"{k} = {v}\n" for k, v in p.items()) for group, p in points.items()
    ]
    info = {
        "METADATA": "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "entry_points.txt": "\n".join(written),
        "RECORD": "",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in (
            files | {f"acme-1.0.dist-info/{name}": text for name, text in info.items()}
        ).items():
            archive.writestr(name, text)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    subprocess.run([*pip, "--no-deps", "--target", str(folder / "site"), str(wheel)], check=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("flows").mkdir()
    Path("flows/a.acme").write_text("100 -> bob\n200 -> eve # ivrlint: ignore[ACM001] her desk\n")
    return tmp_path


def main(*args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["site", str(ROOT)])}
    command = [sys.executable, "-m", "ivrlint", *args]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_a_rule_a_format_and_an_output_of_others_work(folder: Path) -> None:
    install(folder, WHOLE, POINTS)
    done = main("check", "flows", "--format", "concise")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "flows/a.acme:1:1: warning[ACM001] named-queue: bob is a person",
        "flows/a.acme:2:14: warning[IVR903] unused-suppression: nothing is hidden by this ignore of ACM001",
    ]
    Path("ivrlint.toml").write_text('[named-queue]\nnames = ["bob", "eve"]\n')
    assert main("check", "flows", "--format", "acme-count").stdout == "1 found\n"
    assert main("check", "flows", "--ignore", "ACM").returncode == 1
    assert "Tells queues with a person's name." in main("rule", "named-queue").stdout
    Path("ivrlint.toml").write_text("[ACM001]\nnams = []\n")
    done = main("check", "flows")
    assert (done.returncode, "did you mean `names`?" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("files", "points", "words"),
    [
        ({"acme/__init__.py": "1 / 0"}, {"rules": {"bad": "acme"}},
         "the plug-in 'bad' (rules) of acme cannot be loaded: ZeroDivisionError: division by zero"),
        ({}, {"formats": {"bad": "acme.gone"}},
         "the plug-in 'bad' (formats) of acme cannot be loaded: ModuleNotFoundError: No module named 'acme'"),
        ({"acme/__init__.py": "NAME = 'bad'"}, {"formats": {"bad": "acme"}},
         "the plug-in 'bad' (formats) of acme cannot be used: it has no SUFFIXES, COMMENT, detect, read"),
        ({"acme/__init__.py": RULE.replace("ACM001", "IVR101")}, {"rules": {"bad": "acme"}},
         "the plug-in 'bad' (rules) of acme cannot be used: its CODE 'IVR101' is taken"),
        ({"acme/__init__.py": RULE.replace("names = ", "names = 1 / 0 #")}, {"rules": {"bad": "acme"}},
         "rule named-queue failed: ZeroDivisionError: division by zero"),
        ({"acme/__init__.py": FORMAT.replace("source.path", "source.pth")}, {"formats": {"bad": "acme"}},
         "the format acme failed to look at this file: AttributeError"),
    ],
)  # fmt: skip
def test_a_broken_one_is_named_and_the_run_goes_on(
    files: dict[str, str], points: dict[str, dict[str, str]], words: str, folder: Path
) -> None:
    install(folder, files, points)
    Path("flows/b.ivr").write_text('line "1" -> agents\nqueue agents\nsay lost "Lost." -> hangup\n')
    done = main("check", "flows", "--format", "json")
    assert (done.returncode, done.stderr) == (2, "")
    findings = json.loads(done.stdout)["findings"]
    assert "IVR502" in {each["code"] for each in findings}
    (fault,) = [each for each in findings if each["code"] == "IVR999"]
    assert fault["message"].startswith(words)


def test_an_output_that_is_broken_is_an_error_only_for_those_who_ask_for_it(folder: Path) -> None:
    install(folder, {"acme/__init__.py": "1 / 0"}, {"outputs": {"bad": "acme"}})
    Path("flows/b.ivr").write_text('line "1" -> agents\nqueue agents\n')
    assert main("check", "flows/b.ivr").returncode == 0
    done = main("check", "flows", "--format", "bad")
    assert done.returncode == 2
    assert "the plug-in 'bad' (outputs) of acme cannot be loaded: ZeroDivisionError" in done.stderr
