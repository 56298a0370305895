"""What is judged as what callers meet: not the codes of staff, not the keys that are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.formats.asterisk.test_dialplan_findings import told

Connect = Callable[..., Any]

DIALLED = "[in]\nexten => s,1,Background(menu)\n same => n,WaitExten(9)\n same => n,Queue(people)\n"
ASKED = (
    "exten => {},1,Read(number,which-number,4,,1,2)\n"
    ' same => n,GotoIf($["${{number}}" = ""]?out,1)\n same => n,Dial(SIP/${{number}})\n'
    "exten => out,1,Hangup()\nexten => i,1,Queue(people)\nexten => 1,1,Queue(sales)\n"
)


@pytest.mark.parametrize("code", ["*98", "_*98.", "*4XX"])
def test_codes_of_staff_are_not_judged_as_what_callers_meet(phone: Connect, code: str) -> None:
    call = phone(DIALLED + ASKED.format(code), entry=("in,s",))
    assert [told(call, rule) for rule in ("IVR204", "IVR310", "IVR105")] == [[], [], []]
    assert told(call, "IVR502") == []


@pytest.mark.parametrize("number", ["*9", "498", "_4X."])
def test_numbers_and_options_are(phone: Connect, number: str) -> None:
    call = phone(DIALLED + ASKED.format(number), entry=("in,s",))
    assert [told(call, rule) for rule in ("IVR204", "IVR310")] == [[5], [5]]


def test_a_code_that_is_a_line_of_its_own_is_judged(phone: Connect) -> None:
    call = phone(DIALLED + ASKED.format("*98"), entry=("in,*98",))
    assert told(call, "IVR310") == [5]


REFUSED = "".join(f"exten => {key},1,Playback(not-understood)\n same => n,Goto(s,2)\n" for key in "4567890")
CHOICE = (
    "[in]\nexten => s,1,Background(welcome)\n same => n,Background(menu)\n same => n,WaitExten(9)\n"
    " same => n,Queue(people)\nexten => 1,1,Queue(a)\nexten => 2,1,Queue(b)\nexten => 3,1,Queue(c)\n"
)


def test_keys_of_which_each_is_refused_in_the_same_words_are_no_options(phone: Connect) -> None:
    assert told(phone(CHOICE + REFUSED, entry=("in,s",)), "IVR303") == []


def test_keys_that_say_something_else_each_are_options(phone: Connect) -> None:
    lines = REFUSED.split("not-understood")
    informed = "".join(f"{line}about-{number}" for number, line in enumerate(lines[:-1])) + lines[-1]
    assert told(phone(CHOICE + informed, entry=("in,s",)), "IVR303") == [2, 3]


def test_a_pattern_that_refuses_keys_needs_no_words(phone: Connect) -> None:
    text = (
        '[in]\nexten => s,1,agi(googletts.agi,"Pour Marc, tapez 1. Pour Alain, tapez 2.",fr,any)\n'
        " same => n,WaitExten(9)\n same => n,Queue(people)\n"
        "exten => 1,1,Dial(SIP/${{EXTEN}})\nexten => 2,1,Queue(b)\n"
        "exten => _[3-9],1,{}\n same => n,Goto(s,1)\n"
    )
    call = phone(text.format('agi(googletts.agi,"Entrée invalide",fr,any)'), entry=("in,s",))
    assert told(call, "IVR402") == []
    hidden = phone(text.format("Queue(hidden-${EXTEN})"), entry=("in,s",))
    assert told(hidden, "IVR402") == [7]


NAMED = (
    "[phones]\nexten => _X.,1,Set(asked=1)\n same => n,Goto(call,1)\n"
    "exten => call,1,GotoIf($[${asked}]?ok)\n same => n,Playback(do-not-dial-this)\n same => n,Hangup()\n"
    " same => n(ok),Dial(SIP/someone)\n same => n,Hangup()\n same => n,Playback(never)\n"
)


def test_a_telephone_can_dial_a_name(phone: Connect) -> None:
    assert told(phone(NAMED, sip="[desk]\ncontext=phones\n"), "IVR502") == [9]


def test_a_name_that_no_telephone_can_dial_is_called_by_the_dialplan_alone(phone: Connect) -> None:
    inner = "[in]\nexten => s,1,Goto(phones,22,1)\n" + NAMED
    assert told(phone(inner, entry=("in,s",)), "IVR502") == [7, 11]


STEERED = (
    "[in]\nexten => s,1,{}\n same => n,Gosub(sub,s,1)\n same => n,Dial(SIP/desk)\n"
    "[sub]\nexten => s,1,Return()\nexten => support,1,Queue(support)\n same => n,Hangup()\n"
    " same => n,Playback(never)\nexten => i,1,Playback(invalid)\n"
)


def test_a_program_outside_can_send_calls_to_any_name(phone: Connect) -> None:
    told_of = [
        (told(call, "IVR502"), told(call, "IVR208"))
        for call in (
            phone(STEERED.format(first), entry=("in,s",)) for first in ("Stasis(crm)", "Playback(hello)")
        )
    ]
    assert told_of == [([], []), ([7], [10])]


def test_no_program_sends_calls_into_a_macro_or_to_what_a_status_leads_to(phone: Connect) -> None:
    text = STEERED.format("Stasis(crm)").replace("support,", "s-GONE,")
    assert told(phone(text, entry=("in,s",)), "IVR502") == [7]
    macro = text.replace("s-GONE,", "support,").replace("Gosub(sub,s,1)", "Macro(sub)")
    macro = macro.replace("[sub]", "[macro-sub]").replace("Return", "MacroExit")
    assert told(phone(macro, entry=("in,s",)), "IVR502") == [7]


def test_a_dialled_name_returns_nowhere(phone: Connect) -> None:
    """What follows the jump stays lost, though a subroutine of its context can be dialled by its name."""
    text = (
        "[phones]\nexten => 100,1,Gosub(sub,1)\n same => n,Goto(end,1)\n same => n,Dial(SIP/never)\n"
        "exten => sub,1,Return()\nexten => end,1,Queue(people)\n"
    )
    assert told(phone(text, sip="[desk]\ncontext=phones\n"), "IVR502") == [4]


@pytest.mark.parametrize(("number", "expected"), [("*98", []), ("498", [7])])
def test_options_behind_codes_of_staff_are_not_counted(
    phone: Connect, number: str, expected: list[int]
) -> None:
    keys = "".join(f"exten => {key},1,Queue(team-{key})\n" for key in range(10))
    menu = f"exten => {number},1,Goto(staff,s,1)\n[staff]\nexten => s,1,Background(teams)\n"
    call = phone(f"{DIALLED}{menu} same => n,WaitExten(9)\n{keys}", entry=("in,s",))
    assert told(call, "IVR303") == expected
