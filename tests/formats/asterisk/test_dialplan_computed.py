"""Jumps that are computed in part lead to what their text may come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.flow import StepKind

Connect = Callable[..., Any]

BEGIN = "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(5)\n same => n,Hangup()\n"
STATES = """exten => 1,1,Goto(dev-${DEVICE_STATE(${HINT})})
 same => n(dev-IDLE),Queue(sales)
 same => n(dev-INUSE),Playback(busy)
 same => n(dev-GONE),Hangup()
 same => n(other),Queue(nobody-comes-here)
"""


def test_a_label_computed_in_part_is_one_of_those_that_fit(phone: Connect) -> None:
    call = phone(BEGIN + STATES, entry=("office,s",))
    assert call("office,s", "1", "dev-IDLE").who == "sales"
    assert call("office,s", "1", "dev-GONE").kind == "end"
    assert call.verdict("office,s") == "reachable"
    assert not [step for step in call.flow.steps if step.kind is StepKind.UNKNOWN]


@pytest.mark.parametrize("jump", ["dev-${WHO},1", "office,dev-${WHO},1"])
def test_an_extension_computed_in_part_is_one_of_those_that_fit(phone: Connect, jump: str) -> None:
    line = f"exten => 1,1,Goto({jump})\nexten => dev-a,1,Queue(a)\nexten => dev-b,1,Queue(b)\n"
    call = phone(BEGIN + line + "exten => door,1,Queue(door)\n", entry=("office,s",))
    assert call("office,s", "1", "dev-a").who == "a"
    assert call("office,s", "1", "dev-b").who == "b"
    assert call.verdict("office,s") == "reachable"
    wrong = phone(BEGIN + line + "exten => i,1,Queue(c)\n", entry=("office,s",))
    assert wrong("office,s", "1", "others").who == "c"


def test_where_a_pattern_may_fit_too_something_is_unknown(phone: Connect) -> None:
    line = "exten => 1,1,Goto(dev-${WHO},1)\nexten => dev-a,1,Queue(a)\nexten => _dev-.,1,Queue(b)\n"
    call = phone(BEGIN + line, entry=("office,s",))
    assert call("office,s", "1", "dev-a").who == "a"
    assert call("office,s", "1", "elsewhere").kind == "unknown"


def test_an_extension_computed_as_a_whole_is_one_that_has_the_label(phone: Connect) -> None:
    line = (
        "exten => 1,1,Goto(lang,${CHANNEL(language)},hello)\n[lang]\nexten => en,1,Queue(early)\n"
        " same => n(hello),Queue(english)\nexten => ja,1(hello),Queue(japanese)\nexten => de,1,Queue(none)\n"
    )
    call = phone(BEGIN + line, entry=("office,s",))
    assert call("office,s", "1", "en").who == "english"
    assert call("office,s", "1", "ja").who == "japanese"
    assert call.verdict("office,s") == "reachable"


@pytest.mark.parametrize(
    "jump", ["${WHO}", "${WHO},1", "1${WHO},1", "1${WHO}", "nobody-${WHO},1", "${WHERE},dev-${WHO},1"]
)
def test_a_jump_that_may_be_any_number_is_unknown(phone: Connect, jump: str) -> None:
    line = f"exten => 1,1,Goto({jump})\n same => n(dev-a),Queue(a)\nexten => 12,1,Queue(b)\n"
    call = phone(BEGIN + line, entry=("office,s",))
    assert call("office,s", "1").kind == "unknown"


def test_a_jump_that_may_go_to_too_many_places_is_unknown(phone: Connect) -> None:
    labels = "".join(f" same => n(dev-{number}),Queue(a)\n" for number in range(33))
    call = phone(BEGIN + "exten => 1,1,Goto(dev-${WHO})\n" + labels, entry=("office,s",))
    assert call("office,s", "1").kind == "unknown"
    fewer = labels.replace("(dev-32)", "")
    call = phone(BEGIN + "exten => 1,1,Goto(dev-${WHO})\n" + fewer, entry=("office,s",))
    assert call("office,s", "1", "dev-31").who == "a"


def test_what_computes_the_options_of_a_call_is_no_option(phone: Connect) -> None:
    """``IF(`` is no ``F(``, which would jump after the call, and its ``g`` no ``g``."""
    options = '${IF($["${MUSIC}"="g"]?m(${X}))}'
    call = phone(f"[office]\nexten => s,1,Dial(SIP/1,20,{options})\n same => n,Hangup()\n")
    assert [move.label for move in call.flow.moves if move.label] == ["unanswered"]
    assert not call.flow.problems
