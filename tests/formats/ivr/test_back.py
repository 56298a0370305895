"""``back`` leads to the very menu the caller came from, not to another copy of it."""

from __future__ import annotations

from ivrlint.config import Settings
from ivrlint.flow import Flow
from ivrlint.formats.ivr import read
from ivrlint.project import Project
from ivrlint.source import Source

FLOW = """
line "1" -> main
menu main { 1 -> below  0 -> agents }
menu below { %s -> %s  2 -> account }
ask account { done -> below }
queue agents
"""


def _flow(key: str, target: str) -> Flow:
    return read([Source("back.ivr", FLOW % (key, target))], Project(Settings()))


def _leads_to(flow: Flow, step: str, key: str) -> str:
    return next(move.target for move in flow.moves if move.source == step and move.keys == key)


def test_back_leads_to_the_first_menu_as_it_was_first_met() -> None:
    assert _leads_to(_flow("*", "back"), "below", "*") == "main"


def test_a_menu_met_again_after_a_question_is_the_same_menu() -> None:
    flow = _flow("*", "back")
    assert [step.place for step in flow.steps].count("below") == 1


def test_going_to_the_first_menu_by_its_name_is_going_back_to_it() -> None:
    text = FLOW % ("*", "main") + "menu other { 1 -> back }\n"
    flow = read([Source("back.ivr", text.replace("2 -> account", "2 -> other"))], Project(Settings()))
    assert _leads_to(flow, "below", "*") == "main"
    assert _leads_to(flow, "other", "1") == "below"
