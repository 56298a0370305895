"""What applications leave behind, and where calls go on by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ivrlint.flow import ProblemKind

Connect = Callable[..., Any]

QUEUED = "[office]\nexten => s,1,Queue(${WHICH})\n same => n,Goto(${QUEUESTATUS},1)\n"
ENDED = "".join(
    f"exten => {status},1,Playback({status})\n"
    for status in ("TIMEOUT", "FULL", "JOINEMPTY", "LEAVEEMPTY", "JOINUNAVAIL", "LEAVEUNAVAIL", "CONTINUE")
)


def test_a_queue_that_is_not_there_is_unknown(phone: Connect) -> None:
    """As recorded: QUEUESTATUS is UNKNOWN then."""
    call = phone(QUEUED + ENDED + "exten => UNKNOWN,1,Dial(SIP/desk)\n", entry=("office,s",))
    assert call("office,s", "overflow", "QUEUESTATUS = UNKNOWN").who == "SIP/desk"


def test_nothing_need_be_written_for_a_queue_that_is_not_there(phone: Connect) -> None:
    call = phone(QUEUED + ENDED, entry=("office,s",))
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == []


def test_a_status_that_the_condition_excludes_needs_no_extension(phone: Connect) -> None:
    text = (
        "[office]\nexten => s,1,Dial(SIP/boss,20)\n"
        ' same => n,GotoIf($["${WHO}" != "" & "${DIALSTATUS}" = "BUSY"]?s-${DIALSTATUS},1)\n'
        " same => n,Hangup()\nexten => s-BUSY,1,Queue(busy)\n"
    )
    call = phone(text, entry=("office,s",))
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == []
    assert call("office,s", "overflow", "yes, DIALSTATUS = BUSY").who == "busy"


def test_a_status_that_the_condition_allows_needs_one(phone: Connect) -> None:
    text = (
        "[office]\nexten => s,1,Dial(SIP/boss,20)\n"
        ' same => n,GotoIf($["${WHO}" != "" & "${DIALSTATUS}" = "BUSY"]?Hangup,1:s-${DIALSTATUS},1)\n'
        "exten => Hangup,1,Hangup()\nexten => s-NOANSWER,1,Queue(late)\nexten => s-BUSY,1,Queue(busy)\n"
        "exten => s-CHANUNAVAIL,1,Queue(gone)\n"
    )
    call = phone(text, entry=("office,s",))
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == [
        "3: there is no extension `s-CONGESTION` in office: the call is dropped"
    ]


def test_digits_that_are_filtered_for_digits_stay(phone: Connect) -> None:
    text = (
        "[trunk]\nexten => _X.,1,Set(NUMBER=${FILTER(0-9,${EXTEN})})\n same => n,Goto(in,${NUMBER},1)\n"
        "[in]\nexten => _X.,1,Queue(all)\nexten => 800,1,Queue(free)\n"
    )
    call = phone(text, entry=("trunk",))
    assert call.verdict("trunk,_X.") == "reachable"
    signs = phone(text.replace("0-9,", "a-z,"), entry=("trunk",))
    assert signs.verdict("trunk,_X.") == "unknown"
    given = phone(text.replace("${EXTEN}", "+8-0x0"), entry=("trunk",))
    assert given("trunk,_X.").who == "free"
