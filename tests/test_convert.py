"""``ivrlint convert`` as its users meet it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

DIALPLAN = """[main]
exten => s,1,Answer()
 same => n,Background(welcome)
 same => n,WaitExten(5)
exten => 1,1,Queue(sales,,,,60)
 same => n,Hangup()
exten => 2,1,AGI(lookup.py)
 same => n,Goto(1,1)
exten => t,1,Goto(s,1)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("extensions.conf").write_text(DIALPLAN)
    return tmp_path


def test_a_dialplan_becomes_readable(run: Run) -> None:
    done = run("convert", "extensions.conf", "--entry", "main,s")
    assert (done.exit_code, done.stderr) == (0, "")
    assert 'line "main,s" -> "main,s_2"\n' not in done.stdout
    assert done.stdout.startswith("// Made by `ivrlint convert` from extensions.conf.\n")
    for line in ('prompt audio "welcome"', "-> sales", "queue sales {", "// not resolved: line 7"):
        assert line in done.stdout
    assert run("convert", "extensions.conf", "-o", "main.ivr", "--entry", "main,s").output == ""
    assert Path("main.ivr").read_text() == done.stdout
    assert run("fmt", "--check", "main.ivr").exit_code == 0
    assert run("routes", "main.ivr").output.count("sales") == 1


def test_what_cannot_be_read_is_not_converted(run: Run) -> None:
    Path("bad.ivr").write_text("menu {")
    done = run("convert", "bad.ivr", "-o", "out.ivr")
    assert done.exit_code == 2
    assert "IVR901" in done.stderr
    assert not Path("out.ivr").exists()


def test_names_are_unique_and_quoted_where_they_must_be(run: Run) -> None:
    Path("a.ivr").write_text(
        'line "1" -> a then b\nline "2" -> a then "menu"\nsay a "x" -> return\nqueue b\nqueue "menu"\n'
    )
    written = run("convert", "a.ivr").stdout
    assert 'say a "x" -> b\n' in written
    assert 'say a_2 "x" -> "menu"\n' in written
    assert "`name_2`" in written
