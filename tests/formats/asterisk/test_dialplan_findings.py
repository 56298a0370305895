"""What rules say of dialplans, where the dialplan's own ways matter: announcements, pauses, telephones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ivrlint.linter import findings

Connect = Callable[..., Any]


def told(call: Any, code: str) -> list[int]:
    """The lines at which ``code`` is found."""
    return [each.violation.span.line for each in findings(call.reading) if each.code == code]


OFFICE = """[office]
exten => s,1,Background(menu)
 same => n,WaitExten(8)
 same => n,Background(goodbye)
 same => n,Hangup()
exten => 1,1,Background(you-chose-sales)
 same => n,Queue(sales)
exten => 2,1,Background(you-chose-support)
 same => n,Queue(support)
exten => i,1,Playback(invalid)
 same => n,Hangup()
"""


def test_an_announcement_by_background_is_no_menu_of_its_own(phone: Connect) -> None:
    call = phone(OFFICE, entry=("office,s",))
    assert told(call, "IVR105") == []  # 1 and 2 do hand over
    assert told(call, "IVR204") == [2]  # i, told of the menu alone
    assert told(call, "IVR202") == []


def test_a_menu_without_a_wait_is_still_one(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,Hangup()\nexten => 1,1,Queue(sales)\n",
        entry=("office,s",),
    )
    assert told(call, "IVR204") == [2]
    assert told(call, "IVR203") == [2]


def test_waitexten_before_the_prompt_is_a_pause(phone: Connect) -> None:
    call = phone(
        "[robot]\nexten => s,1,WaitExten(1)\n same => n,Playback(hello)\n same => n,Queue(people)\n",
        entry=("robot,s",),
    )
    assert told(call, "IVR308") == told(call, "IVR310") == told(call, "IVR406") == []


def test_any_key_ends_a_prompt_where_there_is_an_invalid_extension(phone: Connect) -> None:
    """As recorded: without any option the key still ends the prompt, and ``i`` runs."""
    call = phone(
        "[help]\nexten => s,1,Background(help)\n same => n,Hangup()\nexten => i,1,Queue(people)\n",
        entry=("help,s",),
    )
    assert call("help,s", "wrong").who == "people"
    assert told(call, "IVR208") == told(call, "IVR308") == []


def test_a_wrong_password_is_meant_to_end_the_call(phone: Connect) -> None:
    call = phone(
        "[staff]\nexten => 700,1,Authenticate(1234)\n same => n,Dial(SIP/desk)\n", entry=("staff,700",)
    )
    assert told(call, "IVR204") == []


def test_a_conference_says_itself_who_is_there(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n"
        "exten => 1,1,ConfBridge(team)\nexten => 2,1,Dial(SIP/desk)\n",
        entry=("office,s",),
    )
    assert told(call, "IVR111") == [5]


def test_what_is_reached_on_another_way_is_not_called_unreachable(phone: Connect) -> None:
    """Behind the dead ``t`` what the test asks is not known, in the menu it is: it is a step there alone."""
    call = phone(
        "[office]\nexten => s,1,Set(tries=1)\n same => n(again),GotoIf($[${tries} > 3]?end)\n"
        " same => n,Background(menu)\n same => n,WaitExten(8)\n same => n(end),Queue(people)\n"
        "exten => 1,1,Queue(people)\nexten => t,1,Goto(s,again)\n",
        entry=("office,s",),
    )
    assert told(call, "IVR502") == []
    assert told(call, "IVR208") == [8]


def test_keys_of_one_pattern_are_one_option(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n"
        "exten => _[0-9],1,Set(to=${DB(menu/${EXTEN})})\n same => n,GotoIf($[${EXTEN} > 4]?far)\n"
        " same => n,Dial(SIP/${to})\n same => n(far),Dial(SIP/far-${to})\n",
        entry=("office,s",),
    )
    assert told(call, "IVR303") == []
