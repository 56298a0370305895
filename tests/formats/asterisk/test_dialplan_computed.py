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


CALLED = "[main]\nexten => s,1,Read(d,ask,3)\n same => n,{call}\n same => n,Hangup()\n"
COMPARES = """exten => s,1,Set(n=${ARG2})
 same => n,GotoIf($["${n}" = "100"]?yes)
 same => n,Playback(sorry)
 same => n,Hangup()
 same => n(yes),Queue(sales)
"""


@pytest.mark.parametrize(
    ("call", "context"), [("Gosub(route,s,1(x,${d}))", "route"), ("Macro(route,x,${d})", "macro-route")]
)
def test_what_was_typed_is_compared_where_it_is_handed_over_to(
    phone: Connect, call: str, context: str
) -> None:
    made = phone(f"{CALLED.format(call=call)}[{context}]\n{COMPARES}", entry=("main,s",))
    assert made("main,s", "100").who == "sales"


def test_what_was_typed_is_compared_where_it_is_returned_to(phone: Connect) -> None:
    text = """[ask]
exten => s,1,Read(digits,ask,4)
 same => n,Return(${digits})
[main]
exten => s,1,Gosub(ask,s,1)
 same => n,GotoIf($["${GOSUB_RETVAL}" = "9"]?letters)
 same => n,Hangup()
 same => n(letters),Gosub(ask,s,1)
 same => n,GotoIf($["${GOSUB_RETVAL}" = "777"]?shuttle)
 same => n,Hangup()
 same => n(shuttle),Queue(shuttle)
"""
    call = phone(text, entry=("main,s",))
    assert call("main,s", "9", "777").who == "shuttle"


@pytest.mark.parametrize(
    "condition",
    [
        "$[${d} > 500]",
        "$[${d} != 50]",
        "$[${d} + 1 = 101]",
        '$["x${d}" = "x123"]',
        "$[${d}${d} = 1212]",
        "$[-${d} < -5]",
    ],
)
def test_typed_digits_within_an_expression_may_come_to_anything(phone: Connect, condition: str) -> None:
    text = f"[main]\nexten => s,1,Read(d,ask,3)\n same => n,GotoIf({condition}?yes)\n same => n,Hangup()\n"
    call = phone(f"{text} same => n(yes),Queue(sales)\n", entry=("main,s",))
    assert call.verdict("main,s") == "reachable"


@pytest.mark.parametrize("priority", ["2:", "2nd"])
def test_a_priority_is_a_number_and_nothing_else(phone: Connect, priority: str) -> None:
    """Asterisk 16.28: "Priority '2:' must be a number > 0, or valid label", and the call is dropped."""
    text = f"[main]\nexten => s,1,Goto(other,{priority})\nexten => other,1,Hangup()\n"
    call = phone(f"{text}exten => other,2,Queue(sales)\n", entry=("main,s",))
    assert call.verdict("main,s") == "unreachable"


def test_a_voicemail_in_a_macro_lets_callers_out_into_the_macro_first(phone: Connect) -> None:
    text = """[main]
exten => 60,1,Macro(leave,60)
exten => a,1,Queue(of-main)
[macro-leave]
exten => s,1,VoiceMail(${ARG1})
exten => a,1,Queue(of-macro)
"""
    assert phone(text, entry=("main,60",))("main,60", "*").who == "of-macro"
    without = phone(text.rpartition("exten")[0], entry=("main,60",))
    assert without("main,60", "*").who == "of-main"


def test_a_star_without_quotes_is_no_operand(phone: Connect) -> None:
    """``$[* = 0]`` comes to nothing in Asterisk 16.28, which is false."""
    text = "[main]\nexten => s,1,Read(d,ask,1)\n same => n,GotoIf($[${d} = 0]?yes)\n same => n,Hangup()\n"
    call = phone(f"{text} same => n(yes),Queue(sales)\n", entry=("main,s",))
    assert call("main,s", "0").who == "sales"
    assert call("main,s", "wrong").kind == "end"
