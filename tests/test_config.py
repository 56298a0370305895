"""Configuration files: found, checked, overridden."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.config import ConfigError, Layer, Settings
from ivrlint.configfile import find, keys, load
from ivrlint.selection import selected

Run = Callable[..., Result]
DATA = """line "1" -> a
ask a { prompt "Type your number." digits 10 done -> q timeout 5s x2 -> q invalid x2 -> q }
queue q "Please hold."
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("flow.ivr").write_text(DATA)
    return tmp_path


def test_all_keys(folder: Path) -> None:
    text = """
    limit = 4
    measure = "entries"
    words-per-minute = 120
    assume = {office = "open"}
    sounds = ["sounds"]
    entry = "from-pstn,s"
    human = ["desk*"]
    not-human = ["*bot"]
    select = ["IVR1"]
    extend-select = ["no-human"]
    ignore = ["IVR502"]
    severity = {IVR103 = "info"}
    per-file-ignores = {"old/*" = ["no-human", "IVR101"]}
    exclude = ["old/"]
    force-exclude = true
    respect-gitignore = false
    file-seconds = 5
    file-findings = 7
    """
    Path("ivrlint.toml").write_text(text)
    settings = load(folder / "ivrlint.toml", {})
    assert replace(settings, sources=()) == Settings(
        limit=4, measure="entries", words_per_minute=120, assume={"office": "open"}, sounds=("sounds",),
        entry=("from-pstn,s",), human=("desk*",), not_human=("*bot",),
        per_file_ignores={"old/*": ("no-human", "IVR101")}, exclude=("old/",), force_exclude=True,
        respect_gitignore=False, file_seconds=5, file_findings=7, base=str(folder),
        layers=(Layer(("IVR1",), ("no-human",), ("IVR502",), {"IVR103": "info"}),),
    )  # fmt: skip
    assert [source.path for source in settings.sources] == ["ivrlint.toml"]
    assert load(folder / "ivrlint.toml", {"limit": 9}).limit == 9
    said = set(tomllib.loads(text)) | {"profile"}
    assert said == {name.replace("_", "-") for name in keys()}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limt = 3", "unknown key `limt`; did you mean `limit`?"),
        ("limit = -1", "`limit` must be a number, 0 or more"),
        ("limit = true", "`limit` must be a number"),
        ('measure = "keys"', "`measure` must be one of keypresses, entries"),
        ("entry = 3", "`entry` must be a text or a list of texts"),
        ("assume = 3", "`assume` must be a table"),
        ("words-per-minute = 10", "`words-per-minute` must be a number from 30 to 600"),
        ("severity = {IVR101 = 'bad'}", "`severity.IVR101` must be one of error, warning, info, off"),
        ("select = 1", "`select` must be a text or a list of texts"),
        ("force-exclude = 1", "`force-exclude` must be true or false"),
        ("per-file-ignores = ['a']", "`per-file-ignores` must be a table"),
        ("[no-humn]", "unknown key `no-humn`; did you mean `no-human`?"),
        ("no-human = 1", "`no-human` must be a table of the rule's options"),
        ("[IVR102]\nlimit = 2", "`IVR102`: the rule IVR102 (no-human) has no options"),
        ("profile = 'oneButton'", "there is no profile `oneButton`; did you mean `one-button`?"),
        ("limit = ", "ivrlint.toml: "),
    ],
)
def test_a_bad_file_is_an_error_for_people(text: str, message: str, run: Run, folder: Path) -> None:
    Path("ivrlint.toml").write_text(text)
    with pytest.raises(ConfigError, match=re.escape(message)):
        load(folder / "ivrlint.toml", {})
    result = run("check", "flow.ivr")
    assert result.exit_code != 0
    assert message in result.output
    assert run("check", "flow.ivr", "--isolated", "--limit", "10").exit_code == 0


def test_the_nearest_file_counts(folder: Path) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.ivrlint]\nlimit = 5\n")
    assert find(folder / "a" / "b") == folder / "pyproject.toml"
    (folder / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find(folder / "a" / "b") == folder / "pyproject.toml"
    (folder / "a" / ".ivrlint.toml").write_text("limit = 6\n")
    assert find(folder / "a" / "b") == folder / "a" / ".ivrlint.toml"


def test_the_command_line_wins(run: Run) -> None:
    Path("ivrlint.toml").write_text("limit = 10\n")
    assert run("check", "flow.ivr").exit_code == 0
    assert run("check", "flow.ivr", "--limit", "9").exit_code == 1
    Path("other.toml").write_text("limit = 2\n")
    assert "(limit 2)" in run("check", "flow.ivr", "--config", "other.toml").output


def test_rules_are_ignored_by_code_name_and_file(run: Run) -> None:
    assert run("check", "flow.ivr").exit_code == 1
    by_file = 'per-file-ignores = {"fl*" = ["IVR101"]}'
    for text in ('ignore = ["IVR101"]', 'ignore = "too-many-keypresses"', by_file):
        Path("ivrlint.toml").write_text(text)
        assert run("check", "flow.ivr").exit_code == 0
    Path("ivrlint.toml").write_text('per-file-ignores = {"other*" = ["IVR101"]}')
    assert run("check", "flow.ivr").exit_code == 1


def test_patterns_of_files_are_relative_to_the_configuration(run: Run, folder: Path) -> None:
    (folder / "flows" / "old").mkdir(parents=True)
    (folder / "flows" / "old" / "a.ivr").write_text(DATA)
    (folder / "ivrlint.toml").write_text('per-file-ignores = {"flows/old/*" = ["IVR1"]}')
    os.chdir(folder / "flows")
    assert run("check", "old/a.ivr").exit_code == 0
    (folder / "ivrlint.toml").write_text('per-file-ignores = {"!flows/old/*" = ["IVR1"]}')
    assert run("check", "old/a.ivr").exit_code == 1


def test_rules_on_the_command_line(run: Run) -> None:
    assert run("check", "flow.ivr", "--ignore", "IVR101").exit_code == 0
    assert run("check", "flow.ivr", "--select", "IVR5,no-human").exit_code == 0
    Path("ivrlint.toml").write_text('select = ["IVR5"]')
    assert run("check", "flow.ivr").exit_code == 0
    assert run("check", "flow.ivr", "--extend-select", "IVR10").exit_code == 1
    assert "did you mean `no-human`?" in run("check", "flow.ivr", "--ignore", "no-humans").output


def test_a_rule_that_is_not_there_is_told_where_it_is_written(run: Run) -> None:
    text = '# IVR777\n"ignore" = ["IVR777", "no-humans"]\nseverity = {"a#b" = "info", "IVR778" = "info"}\n'
    Path("ivrlint.toml").write_text(text)
    found = json.loads(run("check", "flow.ivr", "--format", "json").output)["findings"]
    assert [(each["code"], each["line"], each["column"]) for each in found if each["code"] != "IVR101"] == [
        ("IVR904", 2, 14), ("IVR904", 2, 24), ("IVR904", 3, 14), ("IVR904", 3, 30),
    ]  # fmt: skip
    assert found[2]["hint"] == "did you mean no-human?"


def test_severities_are_changed_and_rules_switched_off(run: Run) -> None:
    for level, code in (("error", 1), ("info", 0), ("off", 0)):
        Path("ivrlint.toml").write_text(f'severity."too-many-keypresses" = "{level}"')
        assert run("check", "flow.ivr").exit_code == code
        assert ("IVR101" in run("check", "flow.ivr").output) == (level != "off")


def test_what_is_shown_as_settings_is_a_configuration_that_says_the_same(run: Run, folder: Path) -> None:
    text = 'limit = 9\nassume = {"office hours" = "open"}\nignore = ["IVR5"]\nseverity.IVR101 = "info"\n'
    Path("ivrlint.toml").write_text(text)
    shown = run("check", "--show-settings").output
    assert "# Read from: ivrlint.toml" in shown
    Path("ivrlint.toml").write_text(shown)
    assert run("check", "--show-settings").output == shown
    settings = load(folder / "ivrlint.toml", {})
    assert (settings.limit, settings.assume) == (9, {"office hours": "open"})
    assert "IVR501" not in selected(settings).on
    assert selected(settings).severity["IVR101"] == "info"


def test_who_counts_as_a_human(run: Run) -> None:
    Path("desk.ivr").write_text('line "1" -> vm_sales\nqueue vm_sales\n')
    assert run("check", "desk.ivr").exit_code == 0
    Path("ivrlint.toml").write_text('not-human = "VM_*"')
    assert "IVR102" in run("check", "desk.ivr").output
    Path("box.ivr").write_text('line "1" -> box\nvoicemail box "Leave a message." -> hangup\n')
    assert "IVR102" in run("check", "box.ivr").output
    Path("ivrlint.toml").write_text('human = "b?x"')
    assert run("check", "box.ivr").exit_code == 0
    Path("ivrlint.toml").write_text('human = "b?x"\nnot-human = "box"')
    assert "IVR102" in run("check", "box.ivr").output


def test_that_a_file_could_not_be_read_is_never_silenced(run: Run) -> None:
    Path("ivrlint.toml").write_text('ignore = ["IVR901", "unreadable-file"]')
    Path("bad.ivr").write_text('queue q "Please hold. // ivrlint: ignore\n')
    Path("empty.ivr").write_text("")
    for name, code in (("bad.ivr", "IVR901"), ("empty.ivr", "IVR902")):
        result = run("check", name)
        assert (result.exit_code, code in result.output) == (2, True)


def test_a_key_of_thousands_of_parts_is_refused_before_it_takes_minutes(tmp_path: Path) -> None:
    path = tmp_path / "ivrlint.toml"
    path.write_text(f"limit = 3\n{'a.' * 200_000}b = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="a key has more than 100 parts"):
        load(path, {})
    dots, many = "." * 500, "'a.b.c', " * 200
    path.write_text(f'exclude = ["{dots}", {many}]\n', encoding="utf-8")
    assert len(load(path, {}).exclude) == 201
