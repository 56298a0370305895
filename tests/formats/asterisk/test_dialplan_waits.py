"""Waits that nobody wrote: with ``autofallthrough=no``, Asterisk waits for keys behind the last priority."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.linter import findings

Connect = Callable[..., Any]

WAITING = "[general]\nautofallthrough=no\n"
KEYS = "exten => 1,1,Queue(people)\nexten => 12,1,Queue(others)\nexten => t,1,Hangup()\n"
MANNERS = {"IVR202", "IVR203", "IVR204", "IVR205", "IVR302", "IVR303", "IVR310", "IVR406"}


def told(call: Any, *codes: str) -> list[tuple[str, int]]:
    """What is found of ``codes``, with its line."""
    found = ((each.code, each.span.line) for each in findings(call.reading))
    return sorted(each for each in found if each[0] in (codes or MANNERS))


@pytest.mark.parametrize(
    "last",
    [
        "Dial(SIP/9,20)",
        "ChanSpy(,q)",
        "Milliwatt()",
        "VoiceMailMain()",
        "ParkedCall(default,9)",
        'GotoIf($["${X}" = "1"]?1,1)',
    ],
)
def test_a_wait_that_nobody_wrote_is_no_menu(phone: Connect, last: str) -> None:
    call = phone(f"{WAITING}[desk]\nexten => s,1,Answer()\n same => n,{last}\n{KEYS}", ("desk,s",))
    assert "unwritten" in call.steps["desk,s,3 WaitExten()"].tags
    assert told(call) == []


def test_what_keys_do_in_it_is_followed_all_the_same(phone: Connect) -> None:
    call = phone(f"{WAITING}[desk]\nexten => s,1,ChanSpy(,q)\nexten => 7,1,Queue(people)\n", ("desk,s",))
    assert call("desk,s", "7").who == "people"
    assert call.verdict("desk,s") == "reachable"
    assert told(call, "IVR102", "IVR502") == []


@pytest.mark.parametrize(
    "before",
    [
        "Background(menu)\n same => n,Set(CALLERID(name)=x)\n same => n,Goto(end,1)\nexten => end,1,NoOp()",
        "Background(menu)\n same => n,PlayTones(ring)",
        "Playback(menu)",
        "AGI(speak.py,menu)",
        "Read(number,menu,4)",
    ],
)
def test_it_is_a_menu_where_keys_may_have_been_asked_for(phone: Connect, before: str) -> None:
    call = phone(f"{WAITING}[desk]\nexten => s,1,{before}\n{KEYS}", ("desk,s",))
    assert {code for code, _ in told(call)} >= {"IVR203", "IVR204", "IVR302"}


def test_a_prompt_before_somebody_was_called_asks_for_nothing_behind_it(phone: Connect) -> None:
    call = phone(
        f"{WAITING}[desk]\nexten => s,1,Playback(welcome)\n same => n,Dial(SIP/9,20)\n{KEYS}", ("desk,s",)
    )
    assert told(call) == []


def test_a_wait_that_is_written_is_judged(phone: Connect) -> None:
    call = phone(f"{WAITING}[desk]\nexten => s,1,WaitExten(2)\n{KEYS}", ("desk,s",))
    assert told(call, "IVR310", "IVR406") == [("IVR310", 4), ("IVR406", 4)]


MENU = "exten => s,1,Background(menu)\n same => n,WaitExten(10)\nexten => 1,1,Queue(people)\n"


def test_callers_who_have_not_answered_a_menu_are_still_in_it(phone: Connect) -> None:
    """``t`` does not end the call: it waits, and is run again."""
    call = phone(f"{WAITING}[desk]\n{MENU}exten => t,1,Set(X=1)\n", ("desk,s",))
    assert [code for code, _ in told(call, "IVR205")] == ["IVR205"]


def test_nor_have_those_who_pressed_a_wrong_key(phone: Connect) -> None:
    call = phone(f"{WAITING}[desk]\n{MENU}exten => i,1,Set(X=1)\nexten => t,1,Hangup()\n", ("desk,s",))
    assert told(call, "IVR204") == [("IVR204", 5), ("IVR204", 7)]


def test_a_queue_that_gives_up_drops_the_call_though_it_waits_a_little(phone: Connect) -> None:
    call = phone(
        f"{WAITING}[desk]\nexten => s,1,Queue(people,,,,60)\nexten => 1,1,Queue(people)\n"
        "exten => t,1,Hangup()\n",
        ("desk,s",),
    )
    assert told(call, "IVR206") == [("IVR206", 4)]
    assert told(call) == []


DEAD = """exten => 2,1,Goto(dead,s,1)
[dead]
exten => s,1,ChanSpy(,q)
exten => 5,1,Playback(no)
 same => n,Hangup()
"""


@pytest.mark.parametrize("after", ["exten => t,1,Goto(far,s,1)", "exten => t,1,Hangup()"])
def test_a_cul_de_sac_is_a_menu(phone: Connect, after: str) -> None:
    """The wait is none, but a menu behind it is."""
    far = "[far]\nexten => s,1,Background(menu)\n same => n,WaitExten()\nexten => 1,1,Hangup()\n"
    call = phone(f"{WAITING}[desk]\n{MENU}{DEAD}{after}\n{far}", ("desk,s",))
    assert told(call, "IVR104") == ([("IVR104", 14)] if "far" in after else [])


@pytest.mark.parametrize(("heard", "found"), [("ChanSpy(,q)", []), ("Background(menu)", [("IVR111", 5)])])
def test_who_has_not_been_asked_is_promised_no_word(phone: Connect, heard: str, found: Any) -> None:
    call = phone(f"{WAITING}[desk]\nexten => s,1,{heard}\nexten => 1,1,Queue(people)\n", ("desk,s",))
    assert told(call, "IVR111") == found
