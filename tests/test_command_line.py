"""What the command line promises, promise by promise; details are in the tests of each part."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as Xml
from pathlib import Path

import pytest

from ivrlint.configfile import keys
from tests.conftest import ROOT

CLEAN = 'line "1" -> agents\nqueue agents "Please hold."\n'
LOST = CLEAN + 'say lost "Nobody hears\tthis, 漢字." -> hangup\n'
LONG = """line "1" -> main
menu main { 2 -> billing }
menu billing { 4 -> disputes }
menu disputes { 1 -> last }
menu last { 12 -> agents }
queue agents "Please hold."
"""
BROKEN = "menu {\n" + LOST
COMMANDS = "check routes diagram diff fmt convert rule init server"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"clean": CLEAN, "lost": LOST, "long": LONG, "broken": BROKEN}.items():
        Path(f"{name}.ivr").write_text(text, encoding="utf-8")
    return tmp_path


def main(*args: str, text: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as its users call it."""
    return subprocess.run(
        [sys.executable, "-m", "ivrlint", *args], input=text, capture_output=True, text=True, check=False,
        encoding="utf-8", env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )  # fmt: skip


def test_commands() -> None:
    listed = re.findall(r"^  ([a-z]+) ", main("-h").stdout.split("Commands:")[1], re.MULTILINE)
    assert set(COMMANDS.split()) <= set(listed)
    for command in listed:
        assert main(command, "-h").returncode == 0
    assert main("lost.ivr").stdout == main("check", "lost.ivr").stdout  # `ivrlint PATH` alone
    assert re.fullmatch(r"ivrlint \d+\.\d+\.\d+\n", main("--version").stdout)
    assert "mine.ivr:3:5" in main("check", "-", "--stdin-filename", "mine.ivr", text=LOST).stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("check clean.ivr", 0),
        ("check lost.ivr", 1),
        ("check lost.ivr --fail-on error", 0),
        ("check lost.ivr --fail-on info", 1),
        ("check broken.ivr", 2),
        ("check nowhere.ivr", 2),
        ("check clean.ivr --format xml", 2),
        ("check clean.ivr --limit x", 2),
        ("check clean.ivr --config nowhere.toml", 2),
        ("check clean.ivr --config clean.ivr", 2),
        ("check clean.ivr --baseline nowhere.json", 2),
        ("check clean.ivr --output-file no/folder/x", 2),
        ("check clean.ivr --select IVR999x", 2),
        ("check", 2),
        ("chekc", 2),
        ("rule IVR000", 2),
        ("routes nowhere.ivr", 2),
        ("diagram clean.ivr -o x.gif", 2),
    ],
)
def test_exit_codes_without_a_traceback(arguments: str, code: int) -> None:
    done = main(*arguments.split())
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_syntax_error_is_2_after_all_that_could_be_found() -> None:
    done = main("check", "broken.ivr", "long.ivr", "--format", "concise")
    assert done.returncode == 2
    assert {"IVR901", "IVR101"} <= set(re.findall(r"IVR\d+", done.stdout))


def test_text() -> None:
    said = main("check", "lost.ivr", "--select", "IVR502").stdout.splitlines()
    assert said[0] == "1. warning[IVR502] unreachable-step: no call can get to lost, nor to what follows it"
    assert said[1].strip() == "--> lost.ivr:3:5"
    assert said[2] == '   3 | say lost "Nobody hears    this, 漢字." -> hangup'
    assert said[3] == "     |     ^^^^"
    route = main("check", "long.ivr", "--select", "IVR101").stdout
    assert "1 -> main -2-> billing -4-> disputes -1-> last -12-> agents: 5 keypresses, 4 entries" in route
    assert "5 keypresses from 1 to agents (limit 3)" in route
    assert [f"line {number}" in route for number in range(1, 7)] == [True] * 6


def test_colour_statistics_quiet_and_output_file() -> None:
    assert "\x1b[" not in main("check", "lost.ivr").stdout
    assert "\x1b[" in main("check", "lost.ivr", FORCE_COLOR="1").stdout
    assert "\x1b[" not in main("check", "lost.ivr", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[" in main("check", "lost.ivr", "--color").stdout
    assert main("check", "lost.ivr", "--statistics").stdout == "1  warning  IVR502  unreachable-step\n"
    statistics = json.loads(main("check", "lost.ivr", "--statistics", "--format", "json").stdout)
    assert [(row["code"], row["count"]) for row in statistics] == [("IVR502", 1)]
    assert main("check", "clean.ivr", "--statistics", "--format", "sarif").returncode == 2
    assert main("check", "clean.ivr", "--quiet").stdout == ""
    assert "1 warning in" not in main("check", "lost.ivr", "--quiet").stdout
    done = main("check", "lost.ivr", "--color", "--output-file", "out.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert Path("out.txt").read_text(encoding="utf-8") == main("check", "lost.ivr").stdout


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "github", "gitlab", "concise"])
def test_formats_for_machines_keep_standard_output_clean(name: str) -> None:
    main("check", "lost.ivr", "--write-baseline", "--baseline", "known.json")
    done = main(
        "check", "lost.ivr", "long.ivr", "--baseline", "known.json", "--format", name, FORCE_COLOR="1"
    )
    assert "1 finding accepted" in done.stderr
    assert "\x1b[" not in done.stdout
    if name in ("json", "sarif", "gitlab"):
        json.loads(done.stdout)
    elif name == "junit":
        Xml.fromstring(done.stdout.encode())
    else:
        assert all(
            re.match(r"::(error|warning|notice) |long\.ivr:", line) for line in done.stdout.splitlines()
        )


def test_configuration() -> None:
    named = (
        "select ignore extend-select severity limit measure profile assume per-file-ignores exclude entry "
        "human not-human words-per-minute"
    )
    assert set(named.split()) <= {name.replace("_", "-") for name in keys()}
    for name, text in {"ivrlint.toml": "", ".ivrlint.toml": "", "pyproject.toml": "[tool.ivrlint]\n"}.items():
        Path(name).write_text(text + "limit = 9\n")
        assert main("check", "long.ivr", "--select", "IVR101").returncode == 0
        assert main("check", "long.ivr", "--select", "IVR101", "--limit", "4").returncode == 1
        assert main("check", "long.ivr", "--select", "IVR101", "--isolated").returncode == 1
        Path(name).write_text(text + "limitt = 9\n")
        done = main("check", "clean.ivr")
        assert (done.returncode, "did you mean `limit`?" in done.stderr) == (2, True)
        Path(name).unlink()
    Path("other.toml").write_text("limit = 9\n[too-many-options]\nfirst = 3\n")
    assert main("check", "long.ivr", "--select", "IVR101", "--config", "other.toml").returncode == 0


def test_the_json_of_check_has_just_the_promised_keys() -> None:
    report = json.loads(main("check", "long.ivr", "--select", "IVR101", "--format", "json").stdout)
    (finding,) = report["findings"]
    assert " ".join(report) == "version findings summary"
    assert " ".join(finding) == (
        "code name severity message file line column end_line end_column entry step keypresses entries route "
        "related hint"
    )
    assert " ".join(finding["route"][0]) == "step kind key file line"
    assert " ".join(report["summary"]) == "files steps moves errors warnings infos"


def test_the_json_of_routes_has_the_promised_keys() -> None:
    report = json.loads(main("routes", "long.ivr", "--format", "json").stdout)
    (entry,) = report["entries"]
    (route,) = entry["routes"]
    assert (report["version"], entry["entry"], entry["verdict"]) == (1, "1", "reachable")
    assert (route["human"], route["target"], route["keys"]) == ("agents", "agents", ["2", "4", "1", "12"])
    assert {"keypresses", "entries", "seconds", "seconds_exact", "when", "sure", "steps"} <= set(route)


def test_heavy_things_are_loaded_only_where_they_are_needed() -> None:
    for arguments in (["--version"], ["check", "sample_flows/bank.ivr", "--isolated"]):
        program = f"import sys; sys.argv = ['ivrlint', *{arguments!r}]\nfrom ivrlint.cli import main\n"
        program += "try: main()\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
        )
        loaded = done.stdout.splitlines()[-1]
        for module in (
            "graphviz",
            "pathspec",
            "ivrlint.outputs.junit",
            "ivrlint.outputs.sarif",
            "ivrlint.baseline",
        ):
            assert f"'{module}'" not in loaded, module
