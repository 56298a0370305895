"""The command line as its users meet it: exit codes, messages, files written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.rules import all_rules
from tests.conftest import ROOT

GOOD = 'line "1" -> agents\nqueue agents "Please hold."\n'
WARNING = GOOD + 'say lost "Nobody hears this." -> hangup\n'
LONG = """line "1" -> a
menu a { 1 -> b }
menu b { 1 -> c }
menu c { 1 -> d }
menu d { 1 -> agents }
queue agents "Please hold."
"""

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"good": GOOD, "warning": WARNING, "long": LONG}.items():
        Path(f"{name}.ivr").write_text(text)
    return tmp_path


def main(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    command = [sys.executable, "-m", "ivrlint", *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def only(*rules: str) -> None:
    """No rule is told in this folder but ``rules``."""
    ignored = [rule.CODE for rule in all_rules() if rule.CODE not in rules]
    Path("ivrlint.toml").write_text(f"ignore = {json.dumps(ignored)}")


def test_exit_codes(run: Run) -> None:
    assert run("check", "good.ivr").exit_code == 0
    assert run("check", "warning.ivr").exit_code == 1
    assert run("check", "warning.ivr", "--fail-on", "error").exit_code == 0
    assert run("check", "long.ivr", "--fail-on", "error").exit_code == 1
    assert main("check", "nowhere.ivr").returncode == 2
    assert main("check", "good.ivr", "--nonsense").returncode == 2
    assert main("check").returncode == 2
    assert main("diagram", "good.ivr", "-o", "picture.gif").returncode == 2
    assert main("rule", "IVR000").returncode == 2
    assert main("--version").returncode == 0


def test_check_is_meant_where_no_command_is_named() -> None:
    assert main("warning.ivr").stdout == main("check", "warning.ivr").stdout
    assert main("warning.ivr").returncode == 1


def test_the_limit_and_the_measure(run: Run) -> None:
    only("IVR101")
    assert run("check", "long.ivr", "--limit", "4").exit_code == 0
    assert "4 keypresses from 1 to agents (limit 2)" in run("check", "long.ivr", "--limit", "2").output
    Path("data.ivr").write_text('line "1" -> a\nask a { digits 10 done -> q }\nqueue q\n')
    assert run("check", "data.ivr").exit_code == 1
    assert run("check", "data.ivr", "--measure", "entries").exit_code == 0


def test_a_folder_is_searched_and_a_file_is_read_once(run: Run) -> None:
    summary = json.loads(run("check", ".", "good.ivr", "--format", "json").output)["summary"]
    assert summary["files"] == 3


def test_standard_input(run: Run) -> None:
    result = run("check", "-", "--stdin-filename", "mine.ivr", input=WARNING)
    assert result.exit_code == 1
    assert "mine.ivr:3:5" in result.output


def test_check_json(run: Run) -> None:
    only("IVR101")
    report = json.loads(run("check", "long.ivr", "--format", "json").output)
    assert report["version"] == 1
    (finding,) = report["findings"]
    assert finding | {"route": [], "message": "", "hint": ""} == {
        "code": "IVR101", "name": "too-many-keypresses", "severity": "error", "message": "",
        "file": "long.ivr", "line": 5, "column": 10, "end_line": 5, "end_column": 21,
        "entry": "1", "step": "d", "keypresses": 4, "entries": 4, "route": [], "related": [], "hint": "",
    }  # fmt: skip
    assert [(hop["step"], hop["kind"], hop["key"], hop["line"]) for hop in finding["route"]] == [
        ("1", "entry", None, 1), ("a", "menu", "1", 2), ("b", "menu", "1", 3),
        ("c", "menu", "1", 4), ("d", "menu", "1", 5), ("agents", "human", None, 6),
    ]  # fmt: skip
    assert report["summary"] == {
        "files": 1, "steps": 6, "moves": 5, "errors": 1, "warnings": 0, "infos": 0,
    }  # fmt: skip


def test_routes_json(run: Run) -> None:
    text = (
        'line "1" -> opening\nhours office\ncheck opening office { open -> a closed -> hangup }\n'
        'menu a { prompt "For help, press 2." timeout 3s x2 -> q 2 -> p }\n'
        'queue q to "support_q"\nperson p "Maria"\n'
    )
    Path("hours.ivr").write_text(text)
    (entry,) = json.loads(run("routes", "hours.ivr", "--format", "json").output)["entries"]
    assert (entry["entry"], entry["verdict"]) == ("1", "reachable")
    silence, key = entry["routes"]
    assert (silence["human"], silence["target"], silence["keys"]) == ("q", "support_q", ["wait", "wait"])
    assert (silence["keypresses"], silence["entries"], silence["when"]) == (0, 0, ["office = open"])
    assert silence["seconds"] == 2 * (3 + 4 * 60 / 150)
    assert (key["human"], key["keypresses"], key["keys"], key["sure"]) == ("p", 1, ["2"], None)
    opened = json.loads(run("routes", "hours.ivr", "--format", "json", "--assume", "office=open").output)
    assert [route["sure"] for route in opened["entries"][0]["routes"]] == [0, 1]


def test_an_assumption_that_the_flow_does_not_know_is_an_error() -> None:
    Path("vip.ivr").write_text('line "1" -> c\ndata vip\ncheck c vip { yes -> q no -> q }\nqueue q\n')
    assert main("check", "vip.ivr", "--assume", "vip=yes").returncode == 0
    for assumption, words in (("vip=maybe", "vip has no outcome 'maybe'; there is: no, yes"),
                              ("vpi=yes", "nothing checks 'vpi'; there is: vip"),
                              ("vip", "not of the form CONDITION=OUTCOME")):  # fmt: skip
        done = main("check", "vip.ivr", "--assume", assumption)
        assert done.returncode == 2
        assert words in done.stderr


def test_an_entry_that_nothing_is_called_is_an_error() -> None:
    Path("extensions.conf").write_text("[office]\nexten => s,1,Dial(SIP/1)\n")
    assert main("check", "extensions.conf", "--entry", "office").returncode == 0
    done = main("check", "extensions.conf", "--entry", "offcie")
    assert done.returncode == 2
    assert "nothing is called 'offcie'; there is: office" in done.stderr


def test_routes_table(run: Run) -> None:
    assert run("routes", "long.ivr").output.splitlines()[:3] == [
        "1 (long.ivr:1:1): a human is reachable",
        "  human   keypresses  entries  seconds  worst case  keys     when",
        "  agents           4        4      0 s           4  1 1 1 1",
    ]


@pytest.mark.parametrize("kind", ["svg", "png", "dot"])
def test_diagram_writes_the_same_bytes_each_time(kind: str, run: Run) -> None:
    first, second = Path(f"a.{kind}"), Path(f"b.{kind}")
    assert run("diagram", "long.ivr", "-o", str(first)).exit_code == 0
    assert run("diagram", "long.ivr", "-o", str(second)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert len(first.read_bytes()) > 1000
    assert sorted(path.name for path in Path().iterdir() if "ivrlint" in path.name) == []


def test_a_diagram_of_a_broken_flow_is_not_written(run: Run) -> None:
    Path("bad.ivr").write_text("menu {")
    result = run("diagram", "bad.ivr", "-o", "bad.svg")
    assert result.exit_code == 2
    assert "IVR901" in result.output
    assert not Path("bad.svg").exists()


def test_a_picture_that_cannot_be_written_is_an_error_for_people() -> None:
    done = main("diagram", "good.ivr", "-o", "no/such/folder/a.svg")
    assert (done.returncode, done.stderr) == (
        2, "Error: no/such/folder/a.svg cannot be written: No such file or directory\n",
    )  # fmt: skip


def test_rule_explains_and_suggests(run: Run) -> None:
    assert run("rule", "IVR101").output == run("rule", "too-many-keypresses").output
    assert "## Why is this bad" in run("rule", "ivr101").output
    assert "did you mean `no-human`" in main("rule", "no-humans").stderr
    assert len(run("rule").output.splitlines()) >= 11


def test_colour_only_where_it_belongs() -> None:
    force, no = {"FORCE_COLOR": "1"}, {"NO_COLOR": "1"}
    assert "\x1b[" not in main("check", "warning.ivr").stdout
    assert "\x1b[" in main("check", "warning.ivr", env=force).stdout
    assert "\x1b[" not in main("check", "warning.ivr", env=force | no).stdout
    assert "\x1b[" in main("check", "warning.ivr", "--color", env=no).stdout


def test_a_closed_pipe_is_quiet() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = f"{sys.executable} -m ivrlint check long.ivr | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert done.stderr == ""


def test_output_does_not_depend_on_the_hash_seed() -> None:
    command = ["check", str(ROOT / "sample_flows"), "--format", "json"]
    assert len({main(*command, env={"PYTHONHASHSEED": seed}).stdout for seed in "012"}) == 1
