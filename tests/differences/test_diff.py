"""``ivrlint diff`` as its users meet it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.differences.versions import OLD

Run = Callable[..., Result]

NEW = OLD.replace("timeout 5s x2 -> agents", "timeout 5s x2 -> hangup")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("old.ivr").write_text(OLD)
    Path("new.ivr").write_text(NEW)
    return tmp_path


def git(*words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


@pytest.fixture
def repository(folder: Path) -> Path:
    """Two commits: the old flow as flows/main.ivr, and the new one; in the working folder it is broken."""
    git("init", "-q", "-b", "main")
    flows = folder / "flows"
    flows.mkdir()
    for text in (OLD, NEW):
        (flows / "main.ivr").write_text(
            'include "common.ivr"\n' + text.replace('queue agents "Agents."\n', "")
        )
        (flows / "common.ivr").write_text('queue agents "Agents."\n')
        git("add", "flows")
        git("commit", "-q", "-m", "a flow")
    (flows / "main.ivr").write_text("menu {")
    return folder


def test_exit_codes(run: Run) -> None:
    assert run("diff", "old.ivr", "new.ivr").exit_code == 1
    assert run("diff", "new.ivr", "old.ivr").exit_code == 0
    assert run("diff", "old.ivr", "new.ivr", "--fail-on", "never").exit_code == 0
    assert run("diff", "old.ivr", "old.ivr").output == "Nothing changes for callers.\n"
    assert run("diff", "old.ivr").exit_code == 2
    assert run("diff", "old.ivr", "nowhere.ivr").exit_code == 2


def test_new_findings_only(run: Run) -> None:
    Path("lost.ivr").write_text(OLD + 'say lost "Nobody hears this." -> agents\n')
    assert run("diff", "old.ivr", "lost.ivr").exit_code == 0
    assert run("diff", "old.ivr", "lost.ivr", "--fail-on", "new-findings").exit_code == 1
    Path("lost.ivr").write_text(OLD.replace("max 5m -> agents", "max 5m -> hangup"))
    assert run("diff", "old.ivr", "lost.ivr").exit_code == 1


def test_markdown(run: Run) -> None:
    printed = run("diff", "old.ivr", "new.ivr", "--format", "markdown").output
    assert printed.startswith("### Phone menus: what changes for callers\n\nCallers are worse off in ")
    assert "| 🔴 | agents | 0 → 1 | 20 → 5 | `wait wait` → `0` | 0 → 1 |  |" in printed
    assert "- 🔴 **main**: silence now drops the call (it led to agents)" in printed


def test_json(run: Run) -> None:
    told = json.loads(run("diff", "old.ivr", "new.ivr", "--format", "json").output)
    assert told["version"] == 1
    assert told["summary"] == {"worse": 2, "better": 0, "other": 0, "new": 1, "fixed": 0}
    human, choice = told["changes"]
    assert (human["about"], human["entry"], human["subject"], human["effect"]) == (
        "human",
        "1",
        "agents",
        "worse",
    )
    assert (human["before"]["keypresses"], human["after"]["keypresses"]) == (0, 1)
    assert (human["before"]["keys"], human["after"]["keys"]) == (["wait", "wait"], ["0"])
    assert (choice["about"], choice["file"], choice["line"]) == ("choice", "new.ivr", 8)


@pytest.mark.usefixtures("repository")
def test_revisions(run: Run) -> None:
    done = run("diff", "--git", "HEAD~1..HEAD", "flows")
    assert done.exit_code == 1
    assert "worse   main: silence now drops the call (it led to agents)" in done.output
    assert run("diff", "--git", "HEAD..HEAD~1", "flows").exit_code == 0
    assert run("diff", "--git", "HEAD~1...", "flows/main.ivr").output == done.output


@pytest.mark.usefixtures("repository")
def test_a_revision_and_the_files_as_they_are(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("diff", "--git", "HEAD", "flows").exit_code == 2
    Path("flows/main.ivr").write_text(NEW)
    monkeypatch.chdir("flows")
    assert run("diff", "--git", "HEAD", "main.ivr").output == "Nothing changes for callers.\n"
    assert "silence now drops" in run("diff", "--git", "HEAD~1", "main.ivr").output


@pytest.mark.usefixtures("repository")
def test_flows_that_one_revision_does_not_have(run: Run) -> None:
    Path("more").mkdir()
    Path("more/more.ivr").write_text('line "9" -> q\nqueue q\n')
    assert run("diff", "--git", "HEAD", "more").output.splitlines()[:2] == [
        "9", "  other   is new; a human is reachable",
    ]  # fmt: skip
    assert run("diff", "--git", "HEAD~1..HEAD", "more").exit_code == 2


def test_what_git_cannot_do_is_told(run: Run) -> None:
    assert "not a git repository" in run("diff", "--git", "main", "old.ivr").output
    git("init", "-q")
    done = run("diff", "--git", "nowhere..HEAD", "old.ivr")
    assert done.output.startswith("Error: git: ")
