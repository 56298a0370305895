"""Profiles: those that come with ivrlint, one's own, and how one extends another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.config import ConfigError, Settings
from ivrlint.configfile import PROFILES, load, profiles
from ivrlint.selection import codes, words

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_default_profile_says_what_applies_anyway() -> None:
    settings, plain = load(None, {"profile": "three-keys"}), Settings()
    assert (settings.limit, settings.measure) == (plain.limit, plain.measure)
    assert list(words(settings)) == []
    assert settings.rules == {}


@pytest.mark.parametrize("name", profiles())
def test_a_profile_names_rules_that_are_there_and_its_sources(name: str) -> None:
    settings = load(None, {"profile": name})
    assert [word for word in words(settings) if not codes(word)] == []
    for line in (PROFILES / f"{name}.toml").read_text(encoding="utf-8").splitlines():
        setting = line and not line.startswith(("#", "[", "extends"))
        assert not setting or "  # " in line or "# Source" in (PROFILES / f"{name}.toml").read_text(), line


def test_a_file_wins_over_its_profile_and_the_command_line_over_both(folder: Path) -> None:
    Path("ivrlint.toml").write_text('profile = "one-button"\n')
    assert load(folder / "ivrlint.toml", {}).limit == 1
    assert load(folder / "ivrlint.toml", {"profile": "three-keys"}).limit == 3
    Path("ivrlint.toml").write_text('limit = 5\nprofile = "one-button"\n')
    assert load(folder / "ivrlint.toml", {}).limit == 5


def test_profiles_of_ones_own_extend_others_by_path_and_by_name(folder: Path) -> None:
    (folder / "house").mkdir()
    (folder / "house" / "strict.toml").write_text('extends = "base.toml"\nignore = ["IVR5"]\n')
    (folder / "house" / "base.toml").write_text('extends = "one-button"\nwords-per-minute = 100\n')
    (folder / "ivrlint.toml").write_text('profile = "house/strict.toml"\nextend-select = ["IVR502"]\n')
    settings = load(folder / "ivrlint.toml", {})
    assert (settings.limit, settings.words_per_minute) == (1, 100)
    assert [layer.ignore for layer in settings.layers][-2:] == [("IVR5",), ()]
    assert load(None, {"profile": "house/strict.toml"}).words_per_minute == 100


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a": 'extends = "b.toml"', "b": 'extends = "a.toml"'}, "in a circle: a -> b -> a"),
        ({"a": 'extends = "a.toml"'}, "in a circle: a -> a"),
        ({"a": 'extends = "ptt"'}, "there is no profile `ptt`; did you mean `pt`?"),
        ({"a": "extends = 1"}, "`extends` must be a text"),
        ({"a": 'profile = "pt"'}, "a profile has no `profile`; did you mean `extends`?"),
        ({}, "No such file"),
    ],
)
def test_a_profile_that_cannot_be_used(files: dict[str, str], message: str, run: Run) -> None:
    for name, text in files.items():
        Path(f"{name}.toml").write_text(text)
    with pytest.raises(ConfigError, match=message.replace("?", r"\?")):
        load(None, {"profile": "a.toml"})
    result = run("check", "--show-settings", "--profile", "a.toml")
    assert (result.exit_code != 0, message in result.output) == (True, True)
