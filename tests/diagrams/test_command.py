"""``ivrlint diagram`` as its users meet it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

from ivrlint.config import Settings
from ivrlint.diagrams.render import TooLongError
from ivrlint.diagrams.writers import svg
from ivrlint.linter import check
from tests.conftest import ROOT
from tests.diagrams.conftest import SVG, titles

Run = Callable[..., Result]

FLOW = """line "1" -> a
menu a { prompt "Press <1>." 1 "b" -> b  9 "again" -> a2 }
menu a2 { 1 "back" -> a }
menu b { 1 "c" -> c }
menu c { 1 "d" -> d }
menu d { 1 "people" -> people }
queue people
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("flow.ivr").write_text(FLOW)


def _svg(run: Run, *options: str) -> str:
    result = run("diagram", "flow.ivr", "-o", "a.svg", *options)
    assert (result.exit_code, result.output) == (0, "")
    return Path("a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "nodes"),
    [
        ([], ["s0", "s1", "s2", "s3", "s4", "s5", "s6"]),
        (["--from", "c"], ["s4", "s5", "s6"]),
        (["--from", "flow.ivr:5", "--depth", "1"], ["s4", "s5"]),
    ],
)
def test_what_is_drawn(options: list[str], nodes: list[str], run: Run) -> None:
    assert sorted(titles(_svg(run, *options), "node")) == nodes


ROUTE = ["s0", "s1", "s2", "s4", "s5", "s6"]


def test_the_route_of_a_finding(run: Run) -> None:
    codes = [finding.code for finding in check(["flow.ivr"], Settings()).findings]
    number = str(codes.index("IVR101") + 1)
    assert sorted(titles(_svg(run, "--route", number), "node")) == ROUTE
    assert set(titles(_svg(run, "--only-flagged"), "node")) >= set(ROUTE)


def test_links_and_themes(run: Run) -> None:
    drawn = _svg(run, "--theme", "dark", "--link-template", "https://x.org/{path}#L{line}")
    assert 'xlink:href="https://x.org/flow.ivr#L2"' in drawn
    assert "#14181d" in drawn


def test_orientation(run: Run) -> None:
    def size(*options: str) -> tuple[float, float]:
        root = ElementTree.fromstring(_svg(run, *options))
        return float(root.attrib["width"][:-2]), float(root.attrib["height"][:-2])

    down, right = size("--orientation", "down"), size("--orientation", "right")
    assert down[0] < right[0]
    assert down[1] > right[1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "nowhere"], "there is no step 'nowhere'"),
        (["--route", "999"], "there is no finding 999: this run has "),
        (["--link-template", "{file}"], "it may hold {path}, {line} and {column}"),
    ],
)
def test_what_cannot_be_drawn_is_said(options: list[str], said: str, run: Run) -> None:
    result = run("diagram", "flow.ivr", "-o", "a.svg", *options)
    assert said in result.output
    assert result.exit_code != 0
    assert not Path("a.svg").exists()


def test_an_ending_that_is_no_picture_is_told_which_there_are(run: Run) -> None:
    assert ".dot, .mmd, .pdf, .png, .svg" in run("diagram", "flow.ivr", "-o", "a.gif").output


def test_pages_are_numbered_and_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("flow.ivr").write_text('include "more.ivr"\n' + FLOW.replace("queue people\n", ""))
    Path("more.ivr").write_text('queue people { max 5m -> sorry }\nsay sorry "Sorry." -> hangup\n')

    def render(dot: str, format_: str, seconds: float) -> bytes:
        if ">a</b>" in dot and ">sorry</b>" in dot:
            raise TooLongError("too long")
        return b"<svg/>"

    monkeypatch.setattr(svg, "rendered", render)
    result = run("diagram", "flow.ivr", "-o", "a.svg", "--time-limit", "5")
    assert result.output.splitlines() == [
        "Note: laying it out takes more than 5 s, in a simpler way too: drawn in 2 pages.",
        "a-1.svg: flow.ivr",
        "a-2.svg: more.ivr",
    ]
    assert sorted(path.name for path in Path().glob("*.svg")) == ["a-1.svg", "a-2.svg"]


@pytest.mark.parametrize("kind", ["dot", "mmd", "svg"])
def test_the_same_bytes_whatever_the_hash_seed(kind: str) -> None:
    written = []
    for seed in ("1", "2"):
        path = Path(f"{seed}.{kind}").absolute()
        command = [sys.executable, "-m", "ivrlint", "diagram", "sample_flows/hospital", "-o", str(path)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def _seen(text: str) -> list[tuple[str, str]]:
    """What a picture shows, without where: that may differ a little from renderer to renderer."""
    root = ElementTree.fromstring(text)
    shown = (f"{SVG}title", f"{SVG}text")
    return [(element.tag, element.text or "") for element in root.iter() if element.tag in shown]


def test_the_picture_of_the_readme_is_current(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, drawn = ROOT / "sample_flows" / "irs.svg", tmp_path / "irs.svg"
    monkeypatch.chdir(ROOT)
    assert run("diagram", "sample_flows/irs.ivr", "-o", str(drawn)).exit_code == 0
    if os.environ.get("IVRLINT_GOLDEN") == "write":
        kept.write_bytes(drawn.read_bytes())
    assert _seen(drawn.read_text(encoding="utf-8")) == _seen(kept.read_text(encoding="utf-8"))
    assert "(sample_flows/irs.svg)" in (ROOT / "README.md").read_text(encoding="utf-8")
