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
        "3: `2` of other is not there to be called: the call is dropped"
    ]
    assert (
        phone("[main]\nexten => s,1,Goto(other,2,1)\n[other]\nexten => i,1,Queue(i)\n")("main,s").who == "i"
    )


def test_a_macro_that_goes_to_a_priority_it_has_not_is_over(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Macro(m)\n same => n,Queue(behind)\n"
        "[macro-m]\nexten => s,1,NoOp()\n same => n,Goto(3)\n"
    )
    assert call("main,s").who == "behind"
    lost = phone(
        "[main]\nexten => s,1,Macro(m)\n same => n,Queue(behind)\n"
        "[macro-m]\nexten => s,1,NoOp()\n same => n,Goto(nolabel)\n"
    )
    assert lost("main,s").kind == "end"


@pytest.mark.parametrize("there", ["3", "9,1", "macro-m,9,1"])
def test_a_macro_that_calls_what_it_has_not_ends_the_call(phone: Connect, there: str) -> None:
    call = phone(
        "[main]\nexten => s,1,Macro(m)\n same => n,Queue(behind)\n"
        f"[macro-m]\nexten => s,1,NoOp()\n same => n,Gosub({there})\n"
    )
    assert call("main,s").kind == "end"


def test_a_local_variable_has_its_value_back_after_the_call(phone: Connect) -> None:
    compare = 'GotoIf($["${a}" = "1"]?one)'
    call = phone(
        f"[main]\nexten => s,1,Set(a=1)\n same => n,Gosub(routine,1,1)\n same => n,{compare}\n"
        " same => n,Queue(two)\n same => n(one),Queue(one)\n"
        f"[routine]\nexten => 1,1,Set(LOCAL(a)=2)\n same => n,Set(LOCAL(a)=3)\n same => n,{compare}\n"
        " same => n,Return()\n same => n(one),Hangup()\n"
    )
    assert call("main,s").who == "one"


def test_outside_of_a_routine_nothing_is_local(phone: Connect) -> None:
    compare = 'GotoIf($["${a}" = "2"]?two)'
    call = phone(
        "[main]\nexten => s,1,Set(a=1)\n same => n,Macro(m)\n"
        f"[macro-m]\nexten => s,1,Set(LOCAL(a)=2)\n same => n,{compare}\n same => n,Queue(one)\n"
        " same => n(two),Queue(two)\n"
    )
    assert call("main,s").who == "one"


def test_what_goes_round_unheard_ends_as_soon_as_it_is_seen(phone: Connect) -> None:
    """Wherever a call comes into it, and without walking it to the bound from each place."""
    into = "".join(f"exten => {key},1,Goto(s,l{key})\n" for key in range(1, 10))
    ring = "".join(f" same => n(l{key}),NoOp({key})\n" for key in range(1, 10))
    call = phone(f"[main]\nexten => s,1,WaitExten(5)\n{ring} same => n,Goto(l1)\n{into}")
    for key in range(1, 10):
        assert call("main,s", str(key)).kind == "unknown"
    assert len([step for step in call.flow.steps if step.kind == "unknown"]) == 1


def test_a_label_of_an_extension_that_is_not_there_is_no_wrong_number(phone: Connect) -> None:
    other = "[other]\nexten => i,1,Queue(i)\nexten => 3,1(here),Queue(three)\n"
    assert phone(f"[main]\nexten => s,1,Goto(other,2,here)\n{other}")("main,s").kind == "end"
    assert phone(f"[main]\nexten => s,1,Goto(other,3,here)\n{other}")("main,s").who == "three"
    beyond = phone(f"[main]\nexten => s,1,Goto(other,2,here)\n{other}switch => Realtime/@\n")
    assert beyond("main,s").kind == "unknown"


def test_stackpop_forgets_a_gosub_and_not_a_macro(phone: Connect) -> None:
    macro = "[macro-m]\nexten => s,1,StackPop()\n"
    call = phone(f"[main]\nexten => s,1,Macro(m)\n same => n,Queue(behind)\n{macro}")
    assert call("main,s").who == "behind"
    routine = "[routine]\nexten => 1,1,Macro(m)\n same => n,Return()\n"
    call = phone(f"[main]\nexten => s,1,Gosub(routine,1,1)\n same => n,Queue(behind)\n{routine}{macro}")
    assert call("main,s").kind == "end"
