"""Profiles: those that come with ivrlint, one's own, and how one extends another."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.config import ConfigError, Settings
from ivrlint.configfile import PROFILES, load, profiles
from ivrlint.selection import Selection, codes, selected, words

Run = Callable[..., Result]

FLOW = """line "1" -> offer
say offer "Buy our new tariff now." advert -> main
menu main {
  prompt "For help, press 1. To hear this again, press 9. For an agent, press 0."
  1 "help" -> help
  9 "again" -> main
  0 "agent" -> welcome
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
menu help {
  prompt "For bills, press 1. For an agent, press 0."
  1 "bills" -> agents
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
menu welcome {
  prompt "To go on to an agent, press 0."
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue agents "Please hold." { max 10m -> hangup }
"""


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
        says_nothing = not line or line.startswith(("#", "[", "]", "extends =", "extend-select = ["))
        assert says_nothing or re.search(r"  # \S", line), line


def test_profiles_turn_on_what_they_are_for() -> None:
    def chosen(name: str) -> Selection:
        return selected(load(None, {"profile": name}))

    default = selected(Settings()).on
    assert chosen("three-keys").on == chosen("gethuman").on == chosen("ie-public").on == default
    assert chosen("pt").on - default == {"IVR106", "IVR407"}
    assert chosen("es").on - default == {"IVR106"}
    assert {chosen("es").severity[code] for code in ("IVR104", "IVR106", "IVR206")} == {"error"}
    assert load(None, {"profile": "ie-public"}).rules["IVR303"] == {"first": 4, "others": 4}
    assert load(None, {"profile": "ie-public"}).rules["IVR205"] == {"presentations": 2}
    assert load(None, {"profile": "pt"}).rules["IVR303"] == {"first": 5}


@pytest.mark.parametrize(
    ("name", "codes"),
    [("three-keys", set()), ("one-button", {"IVR101"}), ("pt", {"IVR106", "IVR407", "IVR206"}),
     ("es", {"IVR106", "IVR206"})],
)  # fmt: skip
def test_what_a_profile_finds(name: str, codes: set[str], run: Run) -> None:
    Path("main.ivr").write_text(FLOW)
    found = json.loads(run("check", "main.ivr", "--profile", name, "--format", "json").stdout)["findings"]
    assert {each["code"] for each in found if each["severity"] == "error"} == codes


def test_a_profile_lists_what_applies_and_why(run: Run) -> None:
    lines = run("rule", "--profile", "es").output.splitlines()
    (place,) = [number for number, line in enumerate(lines) if line.startswith("IVR106")]
    assert lines[place].split()[:3] == ["IVR106", "human-not-in-first-menu", "error"]
    assert lines[place + 1 : place + 3] == [
        "        art. 8(2): a person can be asked for (P)",
        '        human-not-in-first-menu = "error": art. 8(2) (P)',
    ]
    assert not [line for line in lines if line.startswith("IVR407")]
    assert "there is no profile `se`" in run("rule", "--profile", "se").output


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
