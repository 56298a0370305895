"""Calls that call one another in ever new ways: given up, and told, before that takes long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
