"""``If`` and what belongs to it (app_if.c of Asterisk 20), and applications of every kind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from ivrlint.formats.asterisk import names

Connect = Callable[..., Any]

CLASSES = ("HUMANS", "LISTENING", "SPOKEN", "PLAYED", "SILENT", "DROPPING")


def _plan(*lines: str) -> str:
    return "[main]\nexten => s,1,Answer()\n" + "".join(f" same => n,{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("value", "who"), [("1", "one"), ("2", "two"), ("3", "other"), ("4", "other"), ("", "other")]
)
def test_the_branch_whose_condition_holds_is_taken(phone: Connect, value: str, who: str) -> None:
    plan = _plan(
        f"Set(x={value})",
        'If($["${x}" = "1"])',
        "Queue(one)",
        'ElseIf($["${x}" = "2"])',
        "Queue(two)",
        "Else()",
        "If($[0])",
        "Queue(inner)",
        "Else()",
        "NoOp(other)",
        "EndIf()",
        "Queue(other)",
        "EndIf()",
        "Queue(behind)",
    )
    assert phone(plan)("main,s").who == who


def test_behind_a_branch_comes_what_follows_its_end(phone: Connect) -> None:
    plan = _plan("If($[1])", "Wait(1)", "Else()", "Queue(no)", "EndIf()", "Queue(behind)")
    assert phone(plan)("main,s").who == "behind"
    plan = _plan("If($[1])", "ExitIf()", "Queue(no)", "EndIf()", "Queue(behind)")
    assert phone(plan)("main,s").who == "behind"
    plan = _plan("If($[0])", "Queue(no)", "EndIf()", "Queue(behind)")
    assert phone(plan)("main,s").who == "behind"


def test_what_is_not_known_is_followed_both_ways(phone: Connect) -> None:
    call = phone(_plan("If($[${DB(open/now)} = 1])", "Queue(open)", "EndIf()", "VoiceMail(100)"))
    assert call("main,s", "yes").who == "open"
    assert call("main,s", "no").kind == "voicemail"


def test_without_an_end_the_next_priority_is_run(phone: Connect) -> None:
    assert phone(_plan("If($[0])", "Queue(next)"))("main,s").who == "next"


def test_every_application_is_of_one_kind() -> None:
    for one, other in combinations(CLASSES, 2):
        assert not getattr(names, one) & getattr(names, other), (one, other)
    assert names.ELSEWHERE.keys() & {app for kind in CLASSES for app in getattr(names, kind)} == {"disa"}


@pytest.mark.parametrize(
    "app", ["Transfer(SIP/200)", "Bridge(SIP/200-1)", "Incomplete()", "StasisBroadcast()"]
)
def test_where_others_decide_is_unknown(phone: Connect, app: str) -> None:
    assert phone(_plan(app, "Hangup()"))("main,s").kind == "unknown"


def test_an_agent_is_a_human(phone: Connect) -> None:
    assert phone(_plan("AgentRequest(1200)", "Hangup()"))("main,s").kind == "human"


def test_tones_that_are_received_are_not_known(phone: Connect) -> None:
    call = phone(
        _plan("Set(d=1)", "ReceiveMF(d,5)", 'GotoIf($["${d}" = "1"]?q)', "Hangup()", "Queue(no)")
        + " same => n(q),Queue(q)\n"
    )
    assert call("main,s", "yes").who == "q"
    assert call("main,s", "no").kind == "end"


def test_a_number_where_agents_log_in_is_no_line(phone: Connect) -> None:
    queue = "[main]\nexten => 1000,1,Queue(q)\n"
    agents = "exten => _20X,1,AgentLogin(${EXTEN})\n same => n,AgentRequest(${EXTEN})\n"
    assert phone(queue + agents).entries == ["main,1000"]
    assert phone("[main]\n" + agents).entries == ["main,_20X"]
