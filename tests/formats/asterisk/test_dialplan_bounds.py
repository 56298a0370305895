"""Calls that call one another in ever new ways: given up, and told, before that takes long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.flow import ProblemKind

Connect = Callable[..., Any]

LINE = "[line]\nexten => s,1,Gosub(deep,s,1)\n same => n,Dial(SIP/one)\n"


def deep(count: int) -> str:
    """A routine that may call itself from ``count`` places, and returns."""
    calls = "".join(
        f" same => n,GotoIf($[${{RAND(0,1)}}]?n{each})\n same => n,Gosub(deep,s,1)\n"
        f" same => n(n{each}),Playback(p)\n"
        for each in range(count)
    )
    return f"[deep]\nexten => s,1,NoOp()\n{calls} same => n,Return()\n"


def test_routines_that_call_one_another_in_ever_new_ways_are_given_up(phone: Connect) -> None:
    call = phone(f"{LINE}{deep(15)}")
    assert any("too many ways" in each for each in call.problems(ProblemKind.UNSUPPORTED))
    assert len(call.flow.steps) < 8_000
    assert any("where this returns to is not known" in step.detail for step in call.flow.steps)


def test_a_routine_that_is_called_from_many_places_returns_to_each(phone: Connect) -> None:
    keys = "".join(
        f"exten => {each},1,Gosub(say,s,1(${{EXTEN}}))\n same => n,Dial(SIP/{each})\n"
        for each in range(100, 300)
    )
    call = phone(
        f"[line]\nexten => s,1,Background(menu)\n same => n,WaitExten()\n{keys}"
        "[say]\nexten => s,1,Playback(number)\n same => n,SayDigits(${ARG1})\n same => n,Return()\n"
    )
    assert [call("line,s", str(each)).who for each in (100, 199, 299)] == ["SIP/100", "SIP/199", "SIP/299"]


def many(out: str) -> str:
    """A menu of 200 numbers, all of which call the same routine: the last ten by the pattern of ``out``."""
    numbers = "".join(
        f"exten => {each},1,Gosub(say,s,1)\n same => n,Dial(SIP/{each})\n" for each in range(100, 290)
    )
    more = "".join(f"exten => {each},1,Goto(out,${{EXTEN}},1)\n" for each in range(290, 300))
    return (
        f"[line]\nexten => s,1,Background(menu)\n same => n,WaitExten()\n{numbers}{more}"
        f"[say]\nexten => s,1,Playback(one)\n same => n,Return()\n"
        f"[out]\nexten => _XXX,1,Gosub(say,s,1)\n same => n,{out}\n"
        "[later]\nexten => _XXX,1,Dial(SIP/${EXTEN})\n"
        "[macro-ring]\nexten => s,1,Dial(SIP/${MACRO_EXTEN})\n"
    )


def test_routines_do_not_tell_numbers_apart_that_nothing_asks_for_behind_them(phone: Connect) -> None:
    call = phone(many("GotoIf($[1=1]?there)\n same => n,Hangup()\n same => n(there),Dial(SIP/out)"))
    assert [call("line,s", str(each)).who for each in (100, 290, 299)] == ["SIP/100", "SIP/out", "SIP/out"]
    assert len([step for step in call.flow.steps if step.place == "say,s,1"]) == 191


@pytest.mark.parametrize(
    "behind",
    [
        "Dial(SIP/${EXTEN})",
        "Goto(there)\n same => n,Hangup()\n same => n(there),Dial(SIP/${EXTEN})",
        "GotoIf($[1=1]?there)\n same => n,Hangup()\n same => n(there),Dial(SIP/${EXTEN})",
        "Goto(later,${EXTEN},1)",
        "Goto(later,,1)",
        "ExecIf($[1=1]?Goto(later,,1))",
        "Random(100:there)\n same => n,Hangup()\n same => n(there),Dial(SIP/${EXTEN})",
        "If($[0])\n same => n,Hangup()\n same => n,EndIf()\n same => n,Dial(SIP/${EXTEN})",
        "Dial(SIP/one,,G(there))\n same => n,Hangup()\n same => n(there),Dial(SIP/${EXTEN})",
        "Macro(ring)",
        "ExecIf($[1=1]?Macro(ring))",
        "Set(W=${EXTEN})\n same => n,Dial(SIP/${W})",
        "Set(N=TEN)\n same => n,Dial(SIP/${EX${N}})",
        "Gosub(name)\n same => n,Hangup()\n same => n(name),Dial(SIP/${EXTEN})",
        "NoOp()\nexten => 299,3,Dial(SIP/299)\nexten => _XX!,3,Dial(SIP/290)",
    ],
)
def test_routines_tell_numbers_apart_that_something_asks_for_behind_them(phone: Connect, behind: str) -> None:
    call = phone(many(behind))
    assert {"SIP/290", "SIP/299"} <= {step.target for step in call.flow.steps}
