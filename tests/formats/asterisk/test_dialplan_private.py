"""What is no line of customers: calls to the outside, demonstrations, numbers that are asked for, notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.flow import ProblemKind
from tests.formats.asterisk.test_dialplan_findings import told

Connect = Callable[..., Any]

LOOKED_UP = "[house]\nexten => {},1,AGI(route.agi)\n same => n,Dial(SIP/${{EXTEN:1}}@trunk)\n"


@pytest.mark.parametrize("number", ["_91NXXNXXXXXX", "_9011.", "_0X."])
def test_nobody_asks_whether_calls_to_the_outside_reach_a_human(phone: Connect, number: str) -> None:
    assert told(phone(LOOKED_UP.format(number)), "IVR103") == []


@pytest.mark.parametrize("number", ["_X.", "_0301234XXX", "_1NXXNXXXXXX", "_9XX", "91234567"])
def test_other_numbers_may_be_called_by_anybody(phone: Connect, number: str) -> None:
    assert told(phone(LOOKED_UP.format(number)), "IVR103") == [2]


def test_a_chosen_line_is_one_whatever_its_number(phone: Connect) -> None:
    assert told(phone(LOOKED_UP.format("_9011."), entry=("house",)), "IVR103") == [2]


MENU = (
    "[in]\nexten => s,1,Background({})\n same => n,WaitExten(9)\nexten => 1,1,Playback(one)\n"
    " same => n,Goto(s,1)\nexten => 2,1,Playback(two)\n same => n,Goto(s,1)\n"
    "exten => 1234,1,Dial(SIP/desk)\nexten => i,1,Goto(s,1)\nexten => t,1,Goto(s,1)\n"
)


def test_a_demonstration_needs_no_operator(phone: Connect) -> None:
    shown = phone(MENU.format("demo-congrats&demo-instruct"), entry=("in,s",))
    assert told(shown, "IVR105") == []
    assert told(shown, "IVR205") == [3]
    assert told(phone(MENU.format("demo-congrats&menu"), entry=("in,s",)), "IVR105") == [2]


def test_a_number_that_is_asked_for_needs_no_operator(phone: Connect) -> None:
    text = (
        "[in]\nexten => s,1,Background(enter-the-number)\n same => n,WaitExten(9)\n"
        "exten => {},1,Set(number=${{EXTEN}})\n same => n,Playback(checking)\n"
        " same => n,Dial(SIP/${{number}})\nexten => i,1,Goto(s,1)\nexten => t,1,Goto(s,1)\n"
    )
    assert told(phone(text.format("_Z!"), entry=("in,s",)), "IVR105") == []


def test_options_that_set_something_and_meet_again_need_one(phone: Connect) -> None:
    sizes = "".join(f"exten => {key},1,Set(size={key})\n same => n,Goto(done,1)\n" for key in "1234")
    text = (
        "[in]\nexten => s,1,Background(which-size)\n same => n,WaitExten(9)\n"
        + sizes
        + "exten => done,1,Background(anything-else)\n same => n,WaitExten(9)\n same => n,Dial(SIP/${size})\n"
        "exten => i,1,Goto(s,1)\nexten => t,1,Goto(s,1)\n"
    )
    assert 2 in told(phone(text, entry=("in,s",)), "IVR105")


def test_the_length_of_what_was_typed_is_no_key(phone: Connect) -> None:
    text = (
        "[in]\nexten => s,1,Read(who,which-number,3)\n"
        ' same => n,GotoIf($["{}" != "3"]?bad)\n same => n,Dial(SIP/${{who}})\n'
        " same => n(bad),Playback(invalid)\n"
    )
    measured = phone(text.format("${LEN(${who})}"), entry=("in,s",))
    assert "3" not in measured.keys("in,s,1")
    assert "3" in phone(text.format("${who}"), entry=("in,s",)).keys("in,s,1")


def test_a_check_of_a_number_is_no_choice(phone: Connect) -> None:
    """A place that only seems to be a line, and asks for a number."""
    asked = (
        "[helper]\nexten => ask,1,Read(who,which-number,3)\n"
        ' same => n,GotoIf($["${LEN(${who})}" != "3"]?bad)\n same => n,Playback(thanks)\n'
        " same => n,Hangup()\n same => n(bad),Playback(invalid)\n"
    )
    assert told(phone(asked), "IVR102") == []
    chosen = "[in]\nexten => s,1,Background(menu)\n same => n,WaitExten(5)\nexten => 1,1,Playback(a)\n"
    assert told(phone(chosen + "exten => 2,1,Playback(b)\n"), "IVR102") == [2]


NOTES = "[in]\nexten => s,1,Queue(people)\n{}[6001]\ntype=friend\nsecret=x\nhost=dynamic\n"


def test_a_section_of_another_file_is_told_once(phone: Connect) -> None:
    call = phone(NOTES.format("exen => 2,1,Queue(lost)\nsame = hint\ntype=x\n"))
    told_of = [each for each in call.problems(ProblemKind.UNSUPPORTED) if "context knows" in each]
    assert told_of == [
        "3: `exen` is nothing that a context knows; Asterisk passes over this line",
        "5: `type` is nothing that a context knows; Asterisk passes over this line",
        "7: `type` (like 2 other lines of this section) is nothing that a context knows; "
        "Asterisk passes over this line",
    ]


def test_lines_for_single_callers_are_told_once_for_a_context(phone: Connect) -> None:
    call = phone(
        "[in]\nexten => s/100,1,Queue(a)\nexten => s/_2XX,1,Queue(b)\nexten => s,1,Queue(c)\n",
        entry=("in,s",),
    )
    assert call.problems(ProblemKind.UNSUPPORTED) == [
        "2: what s does for callers from 100 alone is not followed (nor 1 other line of in)"
    ]


def test_a_program_that_is_called_text_to_speech_speaks(phone: Connect) -> None:
    call = phone('[in]\nexten => s,1,AGI(text-to-speech.php,"Bonjour")\n same => n,Queue(people)\n')
    assert told(call, "IVR506") == []
    assert call.verdict("in,s") == "reachable"
    assert told(phone("[in]\nexten => s,1,AGI(speech-to-text.php,1)\n same => n,Queue(a)\n"), "IVR506") == [2]
