"""IVR205 with a limit: how often the same menu is heard before something else happens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ivrlint.config import Settings
from ivrlint.linter import check
from tests.formats.connect.builder import block, bye, compare, flow, hand, menu

MENU = """line "+1 800 555 0100" -> main
menu main {{
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s {silence}
  invalid {wrong}
}}
say sorry "Please try again." -> {after}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
"""


def _told(path: Path, presentations: int) -> list[str]:
    rules: Mapping[str, Mapping[str, Any]] = {"IVR205": {"presentations": presentations}}
    settings = Settings(select=("IVR205",), rules=rules)
    return [finding.violation.message for finding in check([str(path)], settings).findings]


def _ivr(folder: Path, presentations: int, silence: str, wrong: str, after: str = "agents") -> list[str]:
    path = folder / "a.ivr"
    path.write_text(MENU.format(silence=silence, wrong=wrong, after=after), encoding="utf-8")
    return _told(path, presentations)


def test_a_menu_may_be_heard_as_often_as_is_set(tmp_path: Path) -> None:
    given = "x2 -> agents", "x3 -> sorry"
    assert _ivr(tmp_path, 0, *given) == _ivr(tmp_path, 3, *given) == []
    assert _ivr(tmp_path, 2, *given) == ["callers who press a wrong key in main hear it 3 times (limit 2)"]
    both = "callers who keep silent or press a wrong key in main hear it 3 times (limit 1)"
    assert _ivr(tmp_path, 1, *given) == [both]


def test_what_repeats_for_ever_is_told_once(tmp_path: Path) -> None:
    (found,) = _ivr(tmp_path, 2, "x2 -> agents", "x3 -> sorry", "main")
    assert found.endswith("for ever")


@pytest.mark.parametrize(("rounds", "times"), [("1", 2), ("2", 3), ("$.External.rounds", 0)])
def test_rounds_of_a_loop_are_counted(tmp_path: Path, rounds: str, times: int) -> None:
    errors = {"InputTimeLimitExceeded": "again", "NoMatchingCondition": "hand", "NoMatchingError": "bye"}
    main = menu("main", {"1": "hand"}, "For an agent, press 1.", **errors)
    again = block("again", "Loop", on={"ContinueLooping": "main", "DoneLooping": "hand"}, LoopCount=rounds)
    path = tmp_path / "a.json"
    path.write_text(flow(main, again, hand(), bye()), encoding="utf-8")
    said = f"callers who keep silent in Get customer input hear it {times} times (limit {times - 1})"
    assert _told(path, max(times, 1)) == []
    assert _told(path, max(times - 1, 1)) == ([said] if times > 1 else [])


def test_a_question_between_makes_it_another_menu(tmp_path: Path) -> None:
    ask = menu("ask", {"1": "main"}, "To go on, press 1.", InputTimeLimitExceeded="hand")
    main = menu("main", {"1": "hand"}, "For an agent, press 1.", InputTimeLimitExceeded="ask")
    which = compare("which", "$.Attributes.x", {"y": "main"}, "ask")
    path = tmp_path / "a.json"
    path.write_text(flow(which, main, ask, hand(), bye()), encoding="utf-8")
    assert _told(path, 1) == []
