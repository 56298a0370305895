"""Input of people who mean harm: what steers terminals, breaks out of a format, loops, nests or explodes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as Xml
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint import cli
from ivrlint.config import Settings
from ivrlint.linter import check
from ivrlint.plugins import names
from tests.conftest import ROOT

Run = Callable[..., Result]

EVIL = "\x1b]0;pwn\x07\x1b[2J\x9b31m\u202e\x7f%0A::error::x<script>alert(1)</script>](javascript:x)|`\uffff"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

FLOWS = {
    "a.ivr": f'line "1{EVIL}" -> m // ivrlint: ignore[IVR1{EVIL}] {EVIL}\nmenu m "For {EVIL}, press 1." {{\n'
    f'  1 "{EVIL}" -> q\n}}\nqueue q "Hello {EVIL}"\nsay lost "{EVIL}" -> hangup\n',
    "extensions.conf": f"[a{EVIL}]\nexten => s,1,Background(x{EVIL})\n same => n,{EVIL}()\n"
    f"exten => 1,1,Queue(q{EVIL})\nexten => 2,1,Goto(nowhere{EVIL},s,1)\n",
    "flow.json": json.dumps(
        {
            "Version": "2019-10-30",
            "StartAction": EVIL,
            "Metadata": {"name": EVIL},
            "Actions": [
                {
                    "Identifier": EVIL,
                    "Type": "MessageParticipant",
                    "Parameters": {"Text": EVIL},
                    "Transitions": {"NextAction": f"x{EVIL}", "Errors": [], "Conditions": []},
                },
            ],
        },
        ensure_ascii=False,
    ),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FLOWS)
@pytest.mark.parametrize("output", [f"check --format {name}" for name in names("outputs")]
                         + ["check --statistics", "routes", "routes --format json", "diff clean.ivr",
                            "diff --format markdown clean.ivr", "diff --format json clean.ivr"])  # fmt: skip
def test_nothing_steers_a_terminal(name: str, output: str, run: Run) -> None:
    Path("clean.ivr").write_text('line "1" -> q\nqueue q "Hello."\n')
    Path(name).write_text(FLOWS[name], encoding="utf-8")
    result = run(*output.split(), name)
    assert result.output
    assert not STEERING.findall(result.output)
    if "junit" in output:
        Xml.fromstring(result.output.encode())
    if "github" in output:
        assert all(re.match("::(error|warning|notice) file=", line) for line in result.output.splitlines())
        assert "%0A::" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        "no@.ivr", "check a.ivr --profile @", "check a.ivr --config @", "check a.ivr --select @",
        "check a.ivr --assume @", "check a.ivr --assume @=@", "check a.ivr --baseline @", "check a.ivr --@",
        "check a.ivr -o no/@", "check a.ivr --format @", "rule @", "rule --profile @",
        "diagram a.ivr -o @.gif", "diagram a.ivr -o no/@.svg", "diff @ @", "diff --git @ .", "fmt @",
        "check a.ivr --config c.toml", "check a.ivr --config d.toml", "check a.ivr --baseline b.json",
        "check a.ivr --sounds @", "init @", "server @",
    ],
)  # fmt: skip
def test_nor_do_messages_about_a_wrong_call(
    arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = EVIL.replace(" ", "") + "\n\x1b[1mError: all is well"
    Path("a.ivr").write_text('line "1" -> q\nqueue q "Hello."\n')
    Path("c.toml").write_text(f"{json.dumps(evil)} = 1\n")
    Path("d.toml").write_text(f"[severity]\n{json.dumps(evil)} = 1\n")
    Path("b.json").write_text(json.dumps({"version": evil, "findings": []}))
    monkeypatch.setattr("sys.argv", ["ivrlint", *(word.replace("@", evil) for word in arguments.split())])
    assert cli._run() == 2
    said = capsys.readouterr()
    assert not STEERING.findall(said.out + said.err)
    assert "\nError: all is well" not in said.err + said.out


def test_file_names_that_steer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    name = "a\x1b[2J\n\u202eb.ivr"
    Path(name).write_text('line   "1" -> q\nqueue q "Hello."\nsay lost "x" -> hangup\n')
    entry = {"file": name, "step": "x\x1b[2J", "rule": "IVR101", "route": "", "message": "\x1b[2J"}
    Path("base.json").write_text(json.dumps({"version": 1, "findings": [entry]}))
    for arguments in (
        ["check", "."], ["check", ".", "--format", "github"], ["fmt", ".", "--check"], ["fmt", "."],
        ["check", ".", "--baseline", "base.json"], ["init", name], ["check", name, "--show-settings"],
    ):  # fmt: skip
        monkeypatch.setattr("sys.argv", ["ivrlint", *arguments])
        cli._run()
        said = capsys.readouterr()
        assert not STEERING.findall(said.out + said.err), arguments


DEEP = 100_000
TERRAFORM = 'resource "aws_connect_contact_flow" "a" {\n content = '


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("flow.json", '{"Version": "2019-10-30", "Actions": ' + "[" * DEEP),
        ("flow.json", '{"Actions": ' + '{"a":' * DEEP),
        ("template.yaml", "Resources: " + "[" * 20_000),
        ("template.yaml", "Resources: &a\n  x: *a\n  y: {Type: AWS::Connect::ContactFlow, Properties: *a}\n"),
        ("flows.tf", 'resource "aws_connect_contact_flow" "a" { content = ' + "(" * DEEP),
        ("flows.tf", TERRAFORM + '"' + "${a}" * 60),
        ("flows.tf", TERRAFORM + "<<E\n" * DEEP),
        ("flows.tf", TERRAFORM + "/* " * DEEP),
        ("flows.tf", TERRAFORM + "x\n" + "\n" * DEEP),
        ("flows.tf", TERRAFORM + "9" * DEEP + "x"),
        ("flows.tf", TERRAFORM + "<<" * DEEP),
        ("flows.tf", TERRAFORM + '"' + "${" * DEEP),
        ("flows.tf", TERRAFORM + '"${"' * DEEP),
        ("flow.json", '{"StartAction": "2019-10-30", "Actions": ' + "\\" * DEEP),
        ("extensions.conf", "[a]\nexten => s,1,Set(X=" + "${" * DEEP),
        ("extensions.ael", "context a { s => " + "{" * DEEP),
        ("a.ivr", 'line "1" -> a ' + "{" * DEEP),
    ],
)  # fmt: skip
def test_nesting_and_bombs_are_told(name: str, text: str) -> None:
    report = check([f"/f/{name}"], Settings(), texts={f"/f/{name}": text})
    codes = {finding.code for finding in report.findings}
    assert codes & {"IVR501", "IVR506", "IVR901", "IVR902"}
    assert "IVR999" not in codes


def test_aliases_are_not_multiplied() -> None:
    levels = "".join(
        f"  {each}: &{each} [" + ",".join([f"*{before}"] * 9) + "]\n"
        for before, each in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )  # written out, the last level would have 9 ** 12 items
    text = f"Resources:\n  a: &a [x,x,x,x,x,x,x,x,x]\n{levels}  z: {{Type: AWS::Connect::ContactFlow}}\n"
    report = check(["/f/template.yaml"], Settings(), texts={"/f/template.yaml": text})
    assert report.reading.files == 1
    assert report.reading.flow.steps == ()
    assert "IVR999" not in {finding.code for finding in report.findings}


@pytest.mark.parametrize(
    "text", ["[" * DEEP, '{"version": 1, "findings": ' + "[" * DEEP, '{"version": 1}', "[]"]
)
def test_a_baseline_of_somebody_else(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.ivr").write_text('line "1" -> q\nqueue q "Hello."\n')
    Path("b.json").write_text(text)
    monkeypatch.setattr("sys.argv", ["ivrlint", "check", "a.ivr", "--baseline", "b.json"])
    assert cli._run() == 2
    assert capsys.readouterr().err.startswith("Error: b.json: this is no baseline of ivrlint")


@pytest.mark.parametrize("text", ["a = " + "[" * DEEP, "[" + "a." * 5000 + "a]", "a = " + "{a=" * DEEP])
def test_a_configuration_of_somebody_else(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("ivrlint.toml").write_text(text)
    monkeypatch.setattr("sys.argv", ["ivrlint", "check", "."])
    assert cli._run() == 2
    said = capsys.readouterr().err
    assert said.startswith("Error: ")
    assert said.count("\n") == 1


def test_links_that_go_round_in_a_circle(run: Run) -> None:
    Path("flows").mkdir()
    Path("flows/a.ivr").write_text('line "1" -> q\nqueue q "Hello."\n')
    Path("flows/again").symlink_to("../flows", target_is_directory=True)
    Path("flows/self.ivr").symlink_to("self.ivr")
    Path("flows/lost.ivr").symlink_to("nowhere.ivr")
    result = run("check", "flows", "--format", "json")
    summary = json.loads(result.stdout)
    assert summary["summary"]["steps"] == 2  # a.ivr once
    for name in ("self.ivr", "lost.ivr"):
        told = run("check", f"flows/{name}")
        assert (told.exit_code, told.output.count("cannot be read")) == (2, 1)


def test_pipes_and_devices_are_waited_for_only_where_they_are_named(run: Run) -> None:
    os.mkfifo("pipe.ivr")
    os.mkfifo("pipe.conf")
    Path("zero.ivr").symlink_to("/dev/zero")
    Path("a.ivr").write_text('line "1" -> q\nqueue q "Hello."\n')
    assert json.loads(run("check", ".", "--format", "json").stdout)["summary"]["files"] == 1
    Path("a.ivr").write_text('include "pipe.ivr"\ninclude "zero.ivr"\nline "1" -> hangup\n')
    Path("extensions.conf").write_text("#include pipe.conf\n[a]\nexten => s,1,Queue(q)\n")
    for name, times in (("a.ivr", 2), ("extensions.conf", 1)):
        told = run("check", name)
        assert (told.exit_code, told.output.count("this is a pipe or a device, not a file")) == (2, times)
    assert "binary" in run("check", "zero.ivr").output or "larger" in run("check", "zero.ivr").output


@pytest.mark.parametrize("name", ["a.ivr", "a.ael"])
def test_trees_are_not_made_of_texts_of_any_length(name: str) -> None:
    report = check([f"/f/{name}"], Settings(), texts={f"/f/{name}": "context a { " + "{" * 2**20})
    assert [finding.violation.message for finding in report.findings] == [
        "the file has more than 1,048,576 characters"
    ] or name == "a.ivr"  # there a line is too long before
    assert not report.complete


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "a.tf",
            'resource "aws_connect_contact_flow" "a" {}\n' + "# " * 2**20,
            "more than 2,097,152 characters",
        ),
        (
            "a.json",
            '{"Version": "2019-10-30", "Actions": [' + "1," * 2_000_000,
            "there are more than 2,000,000 values in it",
        ),
    ],
)
def test_texts_that_take_many_times_their_size_have_a_bound(name: str, text: str, message: str) -> None:
    report = check([f"/f/{name}"], Settings(), texts={f"/f/{name}": text})
    assert message in report.findings[0].violation.message
    assert not report.complete


def test_ignores_that_wait_for_a_line_of_code_are_no_burden() -> None:
    ignores = "; ivrlint: ignore\n" * 20_000  # looked for from each of them, the line would take minutes
    text = f"[a]\nexten => s,1,Queue(q)\n{ignores}exten => s,2,NoOp()\n"
    report = check(["/f/a.conf"], Settings(file_findings=100), texts={"/f/a.conf": text})
    told = [each.violation.message for each in report.findings if each.code == "IVR902"]
    assert told == ["19900 findings left out in this file; 100 are told at most"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "utf-16"])
def test_a_console_that_is_not_utf_8(encoding: str) -> None:
    Path("a.ivr").write_text(
        'line "1" -> q\nqueue q "Hello."\nsay lost "漢字 é" -> hangup\n', encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "ivrlint", "check", "a.ivr"], capture_output=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "LC_ALL": "C"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, b"")
    assert "漢字 é" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_change_nothing(end: str, mark: bytes, run: Run) -> None:
    texts = {
        "a.ivr": 'line "1" -> q\nqueue q "Hello."\nsay lost "x" -> hangup // ivrlint: ignore[IVR406]\n',
        "extensions.conf": "[a]\nexten => s,1,Background(x)\nexten => 1,1,Queue(q)\nexten => i,1,Hangup()\n",
        "flows.tf": (ROOT / "tests/fuzz/seeds/flows.tf").read_text(),
        "template.yaml": (ROOT / "tests/fuzz/seeds/template.yaml").read_text(),
    }
    for name, text in texts.items():
        if end == "\r" and name != "a.ivr":
            continue  # the programs that read these know no such line ends
        Path(name).write_text(text, encoding="utf-8")
        usual = run("check", name, "--format", "concise").output
        Path(name).write_bytes(mark + text.replace("\n", end).encode())
        assert run("check", name, "--format", "concise").output == usual, name
        assert usual


def test_backslashes_are_printed_as_slashes(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr("ivrlint.discover.os.path.normpath", lambda path: path.replace("/", "\\"))
    monkeypatch.setattr("ivrlint.discover.os.sep", "\\")
    Path("flows").mkdir()
    Path("flows/a.ivr").write_text('line "1" -> q\nqueue q "Hello."\nsay lost "x" -> hangup\n')
    output = run("check", "flows/a.ivr", "--format", "concise").output
    assert output.startswith("flows/a.ivr:3:5: ")


@pytest.mark.parametrize("name", FLOWS)
@pytest.mark.parametrize("output", ["page.html", "picture.svg", "picture.dot"])
def test_nothing_breaks_out_of_a_page_or_a_picture(name: str, output: str, run: Run) -> None:
    Path(name).write_text(FLOWS[name].replace("\uffff", ""), encoding="utf-8")
    # what cannot be checked is not drawn: what is wrong with the flow is mended first
    Path("a.ivr").write_text('line "1<script>alert(1)</script>" -> q\nqueue q "</script><!--]]>" \n')
    command = "report" if output.endswith("html") else "diagram"
    result = run(command, *(["a.ivr"] if run("routes", name).exit_code else [name]), "-o", output)
    assert result.exit_code == 0, result.output
    made = Path(output).read_text(encoding="utf-8")
    assert "alert" in made or name == "extensions.conf"  # there the names do not survive
    assert "alert(1)</script>" not in made or output.endswith("dot")
    if output.endswith("svg"):
        Xml.fromstring(made)


@pytest.mark.parametrize("range_", ["--output=owned", "HEAD..--output=owned", "--output=owned...HEAD"])
def test_a_revision_is_no_option_of_git(range_: str, run: Run) -> None:
    Path("a.ivr").write_text('line "1" -> q\nqueue q "Hello."\n')
    result = run("diff", f"--git={range_}", "a.ivr")
    assert result.exit_code
    assert "names no revisions" in result.output
    assert not Path("owned").exists()
