"""Configuration files: found, checked, overridden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.config import _KINDS, ConfigError, Settings, find, load

Run = Callable[..., Result]
DATA = 'line "1" -> a\nask a { digits 10 done -> q }\nqueue q\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("flow.ivr").write_text(DATA)
    return tmp_path


def test_every_setting_can_be_configured() -> None:
    assert _KINDS.keys() == {each.name for each in fields(Settings)}


def test_all_keys(folder: Path) -> None:
    text = """
    limit = 4
    measure = "entries"
    words-per-minute = 120
    assume = {office = "open"}
    sounds = ["sounds"]
    entry = "from-pstn,s"
    ignore = ["IVR502"]
    per-file-ignores = {"old/*" = ["no-human", "IVR101"]}
    """
    Path("ivrlint.toml").write_text(text)
    expected = Settings(
        4, "entries", 120, {"office": "open"}, ("sounds",), ("from-pstn,s",), ("IVR502",),
        {"old/*": ("no-human", "IVR101")},
    )  # fmt: skip
    assert load(folder / "ivrlint.toml", {}) == expected
    assert load(folder / "ivrlint.toml", {"limit": 9}).limit == 9


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limt = 3", "unknown key `limt`; did you mean `limit`?"),
        ("limit = -1", "`limit` must be a number, 0 or more"),
        ("limit = true", "`limit` must be a number"),
        ('measure = "keys"', "`measure` must be one of keypresses, entries"),
        ("entry = 3", "`entry` must be a text or a list of texts"),
        ("assume = 3", "`assume` must be a table"),
        ("limit = ", "ivrlint.toml: "),
    ],
)
def test_a_bad_file_is_an_error_for_people(text: str, message: str, run: Run, folder: Path) -> None:
    Path("ivrlint.toml").write_text(text)
    with pytest.raises(ConfigError, match=message.replace("?", r"\?")):
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


def test_that_a_file_could_not_be_read_is_never_silenced(run: Run) -> None:
    Path("ivrlint.toml").write_text('ignore = ["IVR901", "unreadable-file"]')
    Path("bad.ivr").write_text('queue q "Please hold. // ivrlint: ignore\n')
    Path("empty.ivr").write_text("")
    for name, code in (("bad.ivr", "IVR901"), ("empty.ivr", "IVR902")):
        result = run("check", name)
        assert (result.exit_code, code in result.output) == (2, True)
