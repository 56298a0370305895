"""One cause is one finding, however many places of a dialplan show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ivrlint.linter import findings

Connect = Callable[..., Any]


def told(call: Any, code: str) -> list[str]:
    """The lines at which ``code`` is found, and what is said."""
    found = (each.violation for each in findings(call.reading) if each.code == code)
    return [f"{each.span.line}: {each.message}" for each in found]


ECHOING = """[office]
exten => s,1,Background(menu)
 same => n,WaitExten(8)
 same => n,Goto(3,1)
exten => 1,1,Background(digits/1)
 same => n,WaitExten(8)
exten => 2,1,Background(digits/2)
 same => n,WaitExten(8)
exten => 3,1,Goto(shop,s,1)
[shop]
exten => s,1,Background(shop)
 same => n,WaitExten(8)
 same => n,Queue(shop)
exten => 1,1,Queue(shop)
"""


def test_a_missing_i_or_t_is_told_once_for_all_menus_of_its_context(phone: Connect) -> None:
    call = phone(ECHOING, entry=("office,s",))
    wrong = "nothing is written for wrong keys in"
    assert told(call, "IVR203") == [
        f"2: {wrong} office (and in 2 other places): the call is dropped",
        f"11: {wrong} shop: the call is dropped",
    ]
    silent = "nothing is written for callers who keep silent in"
    assert told(call, "IVR202") == [f"5: {silent} office,1 (and in 1 other place): the call is dropped"]


def test_lines_that_lead_to_one_menu_without_a_human_are_told_together(phone: Connect) -> None:
    call = phone(
        "[public]\nexten => 5551,1,Goto(menu,s,1)\n"
        "exten => 5552,1,Playback(hello)\n same => n,Goto(menu,s,1)\n"
        "exten => 5553,1,Background(other)\n same => n,WaitExten(5)\n same => n,Goto(1)\n"
        "[menu]\nexten => s,1,Background(menu)\n same => n,WaitExten(5)\n same => n,Goto(1)\n"
        "exten => 1,1,Playback(hours)\n same => n,Hangup()\n",
        entry=("public",),
    )
    assert told(call, "IVR102") == [
        "2: no caller to public,5551 (and to 1 other line) can reach a human",
        "5: no caller to public,5553 can reach a human",
    ]


def test_a_menu_that_no_line_leads_to_needs_no_operator(phone: Connect) -> None:
    """Nobody is put into ``codes``: what stands there, staff come to by some feature."""
    menu = "exten => s,1,Background(menu)\n same => n,WaitExten(8)\n same => n,Goto(1)\n"
    plan = f"[codes]\n{menu}exten => 1,1,Goto(2,s,1)\n"
    plan += f"[2]\n{menu}exten => 2,1,Queue(people)\n[lines]\nexten => s,1,Queue(people)\n"
    assert told(phone(plan), "IVR105") == ["2: codes has no key 0 for an operator"]
    assert told(phone(plan, sip="[trunk]\ncontext=lines\n"), "IVR105") == []
    assert told(phone(plan, sip="[trunk]\ncontext=codes\n"), "IVR105") == [
        "2: codes has no key 0 for an operator"
    ]


def test_options_that_set_something_else_differ_wherever_they_lead(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n same => n,Goto(1)\n"
        "exten => 1,1,NoOp(one)\n same => n,Set(CALLERID(name)=Sales)\n same => n,Queue(people)\n"
        "exten => 2,1,NoOp(two)\n same => n,Set(CALLERID(name)=Repairs)\n same => n,Goto(1,3)\n"
        "exten => 3,1,NoOp(three)\n same => n,Set(CALLERID(name)=Repairs)\n same => n,Goto(1,3)\n"
        "exten => 4,1,Playback(four)\n same => n,Set(X=1)\n same => n,Goto(1,3)\n"
        "exten => 5,1,Gosub(ticket,s,1(5))\nexten => 6,1,Gosub(ticket,s,1(6))\n"
        "exten => 7,1,Gosub(ticket,s,1(6))\n"
        "[ticket]\nexten => s,1,Playback(thanks)\n same => n,Hangup()\n",
        entry=("office,s",),
    )
    assert told(call, "IVR507") == [
        "11: 2 and 3 of office both lead to people",
        "19: 6 and 7 of office both lead to ticket,s,1",
    ]


def test_a_program_is_named_once_and_as_it_is_written(phone: Connect) -> None:
    """In two states of the call it is given something else."""
    call = phone(
        "[office]\nexten => s,1,Read(number,menu,4)\n same => n,AGI(find.py,${number})\n"
        " same => n,Hangup()\n",
        entry=("office,s",),
    )
    assert told(call, "IVR103") == [
        "2: whether a caller to office,s can reach a human is unknown: it depends on AGI(find.py,${number})"
    ]
    assert told(call, "IVR506") == ["3: `AGI(find.py,${number})`: a program decides what happens"]


def test_what_a_database_tells_is_not_known_but_the_call_goes_on(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Set(vip=0)\n same => n,MYSQL(Connect id localhost u p db)\n"
        " same => n,MYSQL(Query result ${id} SELECT vip, name FROM t)\n"
        " same => n,MYSQL(Fetch row ${result} vip name)\n"
        ' same => n,GotoIf($["${vip}" = "1"]?vips)\n same => n,Queue(all)\n same => n(vips),Queue(vips)\n',
        entry=("office,s",),
    )
    assert call("office,s", "yes").who == "vips"
    assert call("office,s", "no").who == "all"
    assert told(call, "IVR103") == told(call, "IVR506") == []


def test_a_walk_past_several_questions_is_told_once(phone: Connect) -> None:
    """Any of the three numbers is the fourth key; the others may be left out."""
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n same => n,Queue(people)\n"
        "exten => 1,1,Goto(2,s,1)\n[2]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n"
        " same => n,Hangup()\nexten => 1,1,Goto(3,s,1)\n[3]\nexten => s,1,Background(menu)\n"
        " same => n,WaitExten(8)\n same => n,Hangup()\nexten => 1,1,Read(tax,tax-number)\n"
        " same => n,Read(born,birthday)\n same => n,Read(card,card)\n same => n,Queue(loans)\n",
        entry=("office,s",),
    )
    (only,) = told(call, "IVR101")
    assert only.startswith("15: 4 keypresses from office,s to loans")


def test_what_lies_behind_a_password_is_for_staff(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => 702,1,Playback(pin)\n same => n,Authenticate(1234)\n same => n,Dial(SIP/1)\n",
        entry=("office,702",),
    )
    (route,) = call.reading.context.routes.from_entry("entry office,702").cheapest()
    assert route.distance.keypresses == 5
    assert told(call, "IVR101") == []


def test_a_number_that_the_caller_types_and_is_put_through_to_is_no_long_way(phone: Connect) -> None:
    """As with an extension that is dialled in a menu: who types it knows whom they call."""
    for called, told_at in (("SIP/out/${to}", []), ("SIP/desk", ["5"])):
        call = phone(
            "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n same => n,Queue(people)\n"
            "exten => 1,1,Read(number,number,9)\n same => n,Set(to=9${number})\n"
            " same => n,GotoIf($[${LEN(${number})} < 9]?1)\n"
            f" same => n,Dial({called})\n",
            entry=("office,s",),
        )
        assert [each.partition(":")[0] for each in told(call, "IVR101")] == told_at
