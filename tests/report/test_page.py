"""The page as a text: what it holds, what it allows itself, and that it is always the same."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from ivrlint.linter import Report
from ivrlint.report.page import SCRIPTS, STYLES, composed, page

HOSTILE = """line "+1 <script>alert(1)</script>" "</script><img src=x onerror=alert(1)>" -> main
menu main "</title></svg><b>bold" {
  prompt "<!-- ]]> </SCRIPT><script>x</script> 'quotes' &amp; \u2028\u202egnp مرحبا $policy"
  1 "</style><img src=x onerror=alert(2)>" -> agents
  timeout 5s -> agents
  invalid -> agents
}
queue agents "Please hold </textarea>."
"""


def _inside(text: str, begin: str, end: str) -> str:
    (found,) = re.findall(f"{re.escape(begin)}(.*?){re.escape(end)}", text, re.DOTALL)
    return str(found)


def _data(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        _inside(text, '<script type="application/json" id="data">', "</script>")
    )
    return data


def _composed(report: Report) -> str:
    return composed(report, {"undrawn": "not drawn here"})


def test_what_authors_wrote_is_data_and_never_markup(lint: Callable[..., Report]) -> None:
    text = _composed(lint(main=HOSTILE))
    data = _data(text)
    assert data["steps"][0]["name"] == "+1 <script>alert(1)</script>"
    assert data["prompts"][0]["text"].startswith("<!-- ]]> </SCRIPT><script>x</script> 'quotes' &amp; ")
    inside = _inside(text, '<script type="application/json" id="data">', "</script>")
    assert not re.search("[<>&\u2028\u2029]", inside)
    assert text.count("<script") == 2
    assert text.count("</script>") == 2


def test_the_direction_of_reading_cannot_be_turned(lint: Callable[..., Report]) -> None:
    text = _composed(lint(main=HOSTILE))
    assert "\u202e" not in text
    assert "مرحبا" in _data(text)["prompts"][0]["text"]


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(
    lint: Callable[..., Report],
) -> None:
    text = _composed(lint(main=HOSTILE))

    def hashed(part: str) -> str:
        return "sha256-" + b64encode(sha256(part.encode()).digest()).decode()

    policy = _inside(text, '<meta http-equiv="Content-Security-Policy" content="', '">')
    allowed = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    style, script = _inside(text, "<style>", "</style>"), _inside(text, '<script type="module">', "</script>")
    assert allowed["style-src"] == f"'{hashed(style)}'"
    assert allowed["script-src"] == f"'{hashed(script)}'"


def test_the_page_loads_nothing(lint: Callable[..., Report]) -> None:
    text = _composed(lint(main=HOSTILE))
    frame = text.replace(_inside(text, '<script type="application/json" id="data">', "</script>"), "")
    assert not re.search(
        r"<link|<img|<iframe|@import|url\(|\bfetch\(|XMLHttpRequest|\bimport\b|\bexport\b", frame
    )
    assert set(re.findall(r"https?://[^\s\"']+", frame)) == {
        "http://www.w3.org/2000/svg"
    }  # a name, no address


def test_every_file_of_the_page_is_used_in_an_order_that_imports_allow() -> None:
    folder = files("ivrlint.report")
    assert {each.name for each in folder.iterdir() if each.name.endswith(".js")} == set(SCRIPTS)
    assert {each.name for each in folder.iterdir() if each.name.endswith(".css")} == set(STYLES)
    for number, name in enumerate(SCRIPTS):
        imported = re.findall(r'from "\./([^"]+)"', (folder / name).read_text(encoding="utf-8"))
        assert set(imported) <= set(SCRIPTS[:number]), name


def test_the_same_run_makes_the_same_bytes(lint: Callable[..., Report]) -> None:
    assert page(lint(main=HOSTILE)) == page(lint(main=HOSTILE))


def test_a_finding_carries_its_route_and_its_source(lint: Callable[..., Report]) -> None:
    menus = "".join(
        f'menu m{n} {{\n  prompt "Press 1."\n  1 "on" -> m{n + 1}\n  timeout -> m{n}\n  invalid -> m{n}\n}}\n'
        for n in range(4)
    )
    data = _data(_composed(lint(main=f'line "1" -> m0\n{menus}queue m4 "Hold."\n')))
    (finding,) = [each for each in data["findings"] if each["code"] == "IVR101"]
    way = [data["moves"][number] for number in finding["route"]["moves"]]
    names = [data["steps"][move["to"]]["name"] for move in way]
    assert names == ["m0", "m1", "m2", "m3", "m4"]
    assert [move.get("keypresses", 0) for move in way] == [0, 1, 1, 1, 1]
    excerpt = data["excerpts"][finding["excerpt"]]
    assert excerpt["lines"][excerpt["from"] - excerpt["start"]].strip() == '1 "on" -> m4'


def test_a_long_line_is_cut_around_what_is_meant(lint: Callable[..., Report]) -> None:
    data = _data(_composed(lint(main='line "1" -> agents\nqueue agents "' + "x" * 300 + '"\n')))
    lines = data["excerpts"][data["steps"][1]["excerpt"]]["lines"]
    assert max(map(len, lines)) == 161
    assert lines[1] == 'queue agents "' + "x" * 146 + "…"


def test_a_flow_that_is_empty_makes_a_page_too(lint: Callable[..., Report]) -> None:
    assert _data(page(lint(main="// nothing\n")))["undrawn"] == "There is nothing to draw."


@pytest.fixture
def flow_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "main.ivr"
    path.write_text(HOSTILE, encoding="utf-8")
    return path


def test_the_command_and_the_format_make_the_same_page(run: Callable[..., Result], flow_file: Path) -> None:
    done = run("report", "main.ivr", "-o", "page.html")
    assert (done.exit_code, done.output) == (0, "")
    assert (
        Path("page.html").read_text(encoding="utf-8") == run("check", "main.ivr", "--format", "html").output
    )


def test_what_cannot_be_read_makes_no_page(run: Callable[..., Result], flow_file: Path) -> None:
    flow_file.write_text("menu {", encoding="utf-8")
    done = run("report", "main.ivr", "-o", "page.html")
    assert done.exit_code == 2
    assert "IVR901" in done.output
    assert not Path("page.html").exists()


def test_a_page_that_cannot_be_written_is_said(run: Callable[..., Result], flow_file: Path) -> None:
    done = run("report", "main.ivr", "-o", "no/such/folder.html")
    assert done.exit_code != 0
    assert "no/such/folder.html cannot be written" in done.output
