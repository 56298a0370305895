"""Gosub and Macro inside one another, as on a running Asterisk 16."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.flow import ProblemKind

Connect = Callable[..., Any]


def test_a_gosub_does_not_leave_the_macro_that_it_stands_in(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Answer()\n same => n,Macro(m)\n same => n,Queue(behind)\n"
        "[routine]\nexten => 1,1,Return()\n"
        "[macro-m]\nexten => s,1,Gosub(routine,1,1)\n"
    )
    assert call("main,s").who == "behind"


def test_a_goto_leaves_the_macro(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Answer()\n same => n,Macro(m)\n same => n,Queue(behind)\n"
        "[other]\nexten => 1,1,NoOp()\n"
        "[macro-m]\nexten => s,1,Goto(other,1,1)\n"
    )
    assert call("main,s").kind == "end"


@pytest.mark.parametrize("there", ["2", "${x}"])
def test_a_gosub_knows_of_no_handlers(phone: Connect, there: str) -> None:
    call = phone(
        f"[main]\nexten => s,1,Set(x=2)\n same => n,Gosub(other,{there},1)\n same => n,Queue(behind)\n"
        "[other]\nexten => i,1,Queue(invalid)\nexten => 1,1,Return()\n"
    )
    assert call("main,s").kind == "end"
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == [
        "3: there is no extension `2` in other: the call is dropped"
    ]
    assert (
        phone("[main]\nexten => s,1,Goto(other,2,1)\n[other]\nexten => i,1,Queue(i)\n")("main,s").who == "i"
    )
