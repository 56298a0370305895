"""What is included, or found as a link, is read only where the project is: lines of it are printed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.config import Settings
from ivrlint.linter import Report, check
from ivrlint.roots import inside, roots

Run = Callable[..., Result]

SECRET = "password=opensesame\nopensesame\n"
OUTSIDE = "lies outside of the project, and is not named on the command line"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``home/flows`` is checked; ``secret`` and ``etc`` lie beside ``home``."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/secret.conf").write_text(SECRET)
    (tmp_path / "etc/secret.ivr").write_text(SECRET)
    (tmp_path / "home/flows").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "home/flows")
    return tmp_path


def including(name: str) -> dict[str, str]:
    return {
        "a.ivr": f'include "{name}"\nline "1" -> q\nqueue q "Hello."\n',
        "extensions.conf": f"[a]\nexten => s,1,Queue(q)\n#include {name}\n",
        "extensions.ael": f'#include "{name}"\ncontext a {{ s => Queue(q); }}\n',
    }


FILES = tuple(including("x"))


def messages(report: Report) -> str:
    return "\n".join(each.violation.message for each in report.findings)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("way", ["absolute", "relative", "link", "linked folder", "wildcard"])
def test_an_include_does_not_lead_out_of_the_project(file: str, way: str, folder: Path, run: Run) -> None:
    Path("link.ivr").symlink_to(folder / "etc/secret.ivr")
    Path("there").symlink_to(folder / "etc")
    ways = {
        "absolute": f"{folder}/etc/secret.ivr",
        "relative": "../../etc/secret.ivr",
        "link": "link.ivr",
        "linked folder": "there/secret.ivr",
        "wildcard": f"{folder}/etc/*.ivr",
    }
    if way == "wildcard" and file == "a.ivr":
        ways[way] = "link.ivr"  # its language has none
    Path(file).write_text(including(ways[way])[file])
    result = run("check", file)
    assert result.exit_code == 2
    assert OUTSIDE in result.output
    assert "opensesame" not in result.output
    named = run("check", file, str(folder / "etc/secret.ivr"))  # whoever names it wants it read
    assert OUTSIDE not in named.output
    assert "opensesame" in named.output


def test_what_is_not_there_is_told_as_before(run: Run) -> None:
    Path("a.ivr").write_text(including("/nowhere/at/all.ivr")["a.ivr"])
    assert "No such file or directory" in run("check", "a.ivr").output


def test_the_project_is_what_is_given_its_repository_its_configuration_and_where_we_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> bool:
        return OUTSIDE in messages(check([f"{folder}/home/flows/main.ivr"], Settings()))

    Path("main.ivr").write_text('include "../common.ivr"\nline "1" -> q\n')
    Path("../common.ivr").write_text('queue q "Hello."\n')
    assert refused()
    monkeypatch.chdir("..")
    assert not refused()
    monkeypatch.chdir("flows")
    Path("../.git").mkdir()
    assert not refused()
    Path("../.git").rmdir()
    settings = Settings(base=str(folder / "home"))
    assert OUTSIDE not in messages(check(["main.ivr"], settings))


def test_a_home_and_the_root_are_no_projects(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("USERPROFILE", str(folder / "home"))
    (folder / "home/.git").mkdir()
    flows = str(folder / "home/flows")
    assert roots(["a.ivr"], Settings(base=str(folder / "home"))) == (flows,)
    monkeypatch.chdir("/")
    assert roots([f"{flows}/a.ivr"], Settings()) == (flows,)
    assert roots(["~/a.ivr".replace("~", str(folder / "home"))], Settings()) == (str(folder / "home"),)
    assert roots(["/"], Settings()) == ("/",)
    assert inside("/etc", ["/"])


def test_a_folder_whose_name_only_begins_alike_is_another_one(folder: Path) -> None:
    assert inside(f"{folder}/home/a", [f"{folder}/home"])
    assert not inside(f"{folder}/homes/a", [f"{folder}/home"])
    assert not inside(f"{folder}/home/../etc/a", [f"{folder}/home"])


def test_links_that_a_search_meets(folder: Path, run: Run) -> None:
    Path("good.ivr").write_text('line "1" -> q\nqueue q "Hello."\n')
    Path("near.ivr").symlink_to("good.ivr")
    assert OUTSIDE not in run("check", ".").output
    Path("far.ivr").symlink_to(folder / "etc/secret.ivr")
    Path("far.conf").symlink_to(folder / "etc/secret.conf")  # it is no dialplan: passed over as any other
    result = run("check", ".", "--format", "concise")
    assert result.exit_code == 2
    assert (
        f"far.ivr:1:1: error[IVR902] unreadable-file: this is a link; what it leads to {OUTSIDE}"
        in result.output
    )
    assert "opensesame" not in result.output
    assert "opensesame" in run("check", "far.ivr").output


def test_companions_of_a_dialplan_are_not_taken_from_outside(folder: Path) -> None:
    (folder / "etc/queues.conf").write_text("[q]\ncontext=keys\n")
    text = "[a]\nexten => s,1,Queue(q)\n[keys]\nexten => 1,1,Hangup()\n"
    Path("extensions.conf").write_text(text)

    def keys() -> list[str]:
        moves = check(["extensions.conf"], Settings(entry=("a,s",))).reading.flow.moves
        return [move.keys for move in moves if move.keys]

    assert keys() == []
    Path("queues.conf").symlink_to(folder / "etc/queues.conf")
    assert keys() == []
    os.unlink("queues.conf")
    Path("queues.conf").write_text((folder / "etc/queues.conf").read_text())
    assert keys() == ["1"]


def test_a_path_below_etc_asterisk_is_first_looked_for_beside_the_dialplan(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr("ivrlint.formats.asterisk.includes.CONFIGURATION", f"{folder}/etc/")
    name = f"{folder}/etc/secret.conf"
    Path("extensions.conf").write_text(f"[a]\n#include {name}\nexten => 1,1,Queue(q)\n")
    assert OUTSIDE in messages(check(["extensions.conf"], Settings()))
    Path("secret.conf").write_text("exten => s,1,Queue(q)\n")
    report = check(["extensions.conf"], Settings(entry=("a,s",)))
    assert [source.path for source in report.reading.flow.sources] == ["extensions.conf", "secret.conf"]
