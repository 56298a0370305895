"""Read, ReadExten and what their answers decide; people, messages and the directory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.flow import MoveKind
from ivrlint.linter import findings

Connect = Callable[..., Any]


def main(*lines: str) -> str:
    """A dialplan whose context ``main`` runs ``lines`` at ``s``, one priority each."""
    first, *others = lines
    return "[main]\nexten => s,1," + first + "".join(f"\n same => n,{line}" for line in others) + "\n"


def test_one_digit_compared_is_a_menu(phone: Connect) -> None:
    call = phone(
        '[main]\nexten => s,1,Read(D,choose,1,,1,5)\n same => n,GotoIf($["${D}"="1"]?one,1)\n'
        ' same => n,GotoIf($["${D}"="2"]?two,1)\n same => n,Hangup()\n'
        "exten => one,1,Queue(one)\nexten => two,1,Queue(two)\n"
    )
    assert call.steps["main,s,1"].kind.value == "menu"
    assert [call("main,s", key).who for key in "12"] == ["one", "two"]
    assert call("main,s", "wrong").kind == "end"
    silent = call("main,s", "wait")
    assert (silent.kind, silent.ms) == ("end", 5_000)
    assert call.move("main,s,1", "1").keypresses == 1


def test_attempts_repeat_on_silence_only(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Read(D,,1,,3,2)\n same => n,Queue(q)\n")
    assert call("main,s", "wait").ms == 6_000


def test_goto_what_was_read(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Read(D,,1,,,2)\n same => n,Goto(${D},1)\nexten => 1,1,Queue(q)\n"
        "exten => i,1,Queue(rescue)\n"
    )
    assert call("main,s", "1").who == "q"
    assert call("main,s", "wrong").who == "rescue"


def test_what_was_read_as_part_of_a_name(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Read(D,,1,,,1)\n same => n,Goto(c-${D},1)\n"
        "exten => c-1,1,Queue(q)\nexten => c-,1,Queue(empty)\nexten => _c-.,1,Queue(other)\n"
    )
    assert call("main,s", "1").who == "q"
    assert call("main,s", "wait").who == "empty"
    assert (
        call("main,s", "7").who == "other"
        if "7" in call.keys("main,s,1")
        else call("main,s", "wrong").who == "other"
    )


def test_digits_nobody_looks_at_are_asked_for(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Read(ACCOUNT,account,8)\n same => n,Queue(q)\n")
    step = call.steps["main,s,1"]
    assert (step.kind.value, step.listening.most) == ("ask", 8)
    move = call.move("main,s,1", "12345678")
    assert (move.kind, move.keypresses) == (MoveKind.DIGITS, 1)
    assert call("main,s", "wait").who == "q"


def test_a_test_of_the_length_decides_the_fewest_digits(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Read(PIN,pin,6)\n same => n,GotoIf($[${LEN(${PIN})} >= 4]?ok,1:s,1)\n"
        "exten => ok,1,Queue(q)\n"
    )
    found = {move.keypresses for move in call.moves["main,s,1"] if call.steps[move.target].target == "q"}
    assert found == {4}


def test_longer_values_compared_are_options(phone: Connect) -> None:
    call = phone(
        '[main]\nexten => s,1,Read(D,x,4)\n same => n,GotoIf($["${D}"="42"]?ok,1)\n same => n,Hangup()\n'
        "exten => ok,1,Queue(q)\n"
    )
    move = call.move("main,s,1", "42")
    assert (move.keypresses, call.steps[move.target].target) == (2, "q")
    assert move.heard.ms == 10_000


def test_freepbx_collects_digits_in_a_loop(phone: Connect) -> None:
    call = phone(
        "[ivr-1] \ninclude => ivr-1-custom\nexten => s,1,Set(IVREXT=)\n same => n,Set(DIGITS=)\n"
        " same => n,While($[${LEN(${DIGITS})} < 1])\n same => n,Read(KEY,press,1,,,3)\n"
        " same => n,Set(DIGITS=${DIGITS}${KEY})\n"
        " same => n,ExecIf($[${LEN(${KEY})} = 0]?ExitWhile())\n same => n,EndWhile()\n"
        " same => n,GotoIf($[${LEN(${DIGITS})} = 0]?t,1)\n"
        " same => n,GotoIf($[${DIALPLAN_EXISTS(ivr-1,${DIGITS}${IVREXT},1)} = 0]?i,1)\n"
        " same => n,Goto(${DIGITS}${IVREXT},1)\n"
        "exten => 1,1,Queue(sales)\nexten => 2,1,Queue(service)\nexten => i,1,Queue(wrong)\n"
        "exten => t,1,Queue(silent)\n"
        "[from-outside]\nexten => s,1,Goto(ivr-1,s,1)\n"
    )
    assert call("from-outside,s", "1").who == "sales"
    assert call("from-outside,s", "2").who == "service"
    assert call("from-outside,s", "wrong").who == "wrong"
    assert call("from-outside,s", "wait").who == "silent"


def test_read_exten(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,ReadExten(D,choose,main,,2)\n same => n,Goto(${D},1)\nexten => 12,1,Queue(q)\n"
        "exten => i,1,Queue(wrong)\nexten => t,1,Queue(silent)\n"
    )
    assert call("main,s", "12").who == "q"
    assert call("main,s", "wrong").who == "wrong"
    assert call("main,s", "wait").who == "silent"


# --- people


def test_dial_unanswered_goes_on(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Dial(PJSIP/100,25)\n same => n,VoiceMail(100)\n")
    assert (call("main,s").kind, call("main,s").who) == ("human", "PJSIP/100")
    ending = call("main,s", "overflow")
    assert (ending.kind, ending.ms) == ("voicemail", 25_000)


def test_an_answered_dial_goes_on_with_g_only(phone: Connect) -> None:
    plain = phone("[main]\nexten => s,1,Dial(SIP/1,5)\n same => n,Queue(q)\n")
    assert [move.kind for move in plain.moves["main,s,1"]] == [MoveKind.OVERFLOW]
    going = phone("[main]\nexten => s,1,Dial(SIP/1,5,tg)\n same => n,Queue(q)\n")
    assert going("main,s", "on").who == "q"


def test_dial_d_lets_a_key_out(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Dial(SIP/1,5,d)\nexten => 1,1,VoiceMail(1)\n")
    assert call("main,s", "1").kind == "voicemail"
    plain = phone("[main]\nexten => s,1,Dial(SIP/1,5,M(d))\nexten => 1,1,VoiceMail(1)\n")
    assert plain.keys("main,s,1") == {}


def test_a_local_channel_that_rings_nobody_is_unknown(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Dial(Local/7@tape/n)\nexten => t,1,Dial(Local/8@tape)\n"
        "[tape]\nexten => 7,1,Playback(closed)\nexten => 8,1,Dial(SIP/8)\n",
        entry=("main,s",),
    )
    assert call("main,s").kind == "unknown"
    assert call.steps["main,t,1"].kind.value == "human"


def test_queue_without_answer_goes_on(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Queue(support,t,,,300)\n same => n,VoiceMail(1)\n")
    ending = call("main,s", "overflow")
    assert (ending.kind, ending.ms) == ("voicemail", 300_000)


def test_keys_leave_a_queue_only_by_its_context(phone: Connect) -> None:
    text = "[main]\nexten => s,1,Queue(q)\n[out]\nexten => 0,1,VoiceMail(1)\n"
    assert phone(text, entry=("main,s",)).keys("main,s,1") == {}
    call = phone(text, entry=("main,s",), queues="[q]\ncontext=out\n")
    assert call("main,s", "0").kind == "voicemail"


def test_a_queue_that_queues_conf_does_not_know_is_unknown(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Queue(gone)\n same => n,Queue(q)\n", queues="[general]\n[q]\nstrategy=ringall\n"
    )
    assert call("main,s").kind == "unknown"
    assert call("main,s", "on").who == "q"


def test_voicemail_exits(phone: Connect) -> None:
    text = "[main]\nexten => s,1,VoiceMail(100,u)\nexten => o,1,Queue(operator)\nexten => a,1,Queue(login)\n"
    alone = phone(text, entry=("main,s",))
    assert alone("main,s", "*").who == "login"
    assert "0" not in alone.keys("main,s,1")
    call = phone(text, entry=("main,s",), voicemail="[general]\noperator=yes\n")
    assert call("main,s", "0").who == "operator"
    own = phone(text, entry=("main,s",), voicemail="[general]\n[default]\n100 => 1,Ann,,,operator=yes\n")
    assert own("main,s", "0").who == "operator"
    other = phone(text, entry=("main,s",), voicemail="[general]\n[default]\n101 => 1,Ann,,,operator=yes\n")
    assert "0" not in other.keys("main,s,1")


def test_voicemail_exits_in_the_exit_context(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,VoiceMail(100,u)\n[vm]\nexten => o,1,Queue(operator)\n",
        entry=("main,s",),
        voicemail="[general]\noperator=yes\nexitcontext=vm\n",
    )
    assert call("main,s", "0").who == "operator"


def test_the_directory_dials_people_and_the_operator(phone: Connect) -> None:
    text = "[main]\nexten => s,1,Directory(staff,people)\n[people]\nexten => 7,1,Dial(SIP/7)\n"
    text += "exten => o,1,Queue(operator)\n"
    call = phone(
        text, entry=("main,s",), voicemail="[general]\n[staff]\n7 => 123,Ann Example\n8 => 1,Not There\n"
    )
    assert call("main,s", "0").who == "operator"
    assert [(m.label, m.target) for m in call.moves["main,s,1"] if m.kind is MoveKind.DIAL] == [
        ("Ann Example", "people,7,1")
    ]
    assert phone(text.replace("o,1", "x,1"), entry=("main,s",)).verdict("main,s") == "reachable"


def test_a_directory_without_voicemail_conf_is_unknown(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Directory(staff,people)\n[people]\nexten => 7,1,Dial(SIP/7)\n",
        entry=("main,s",),
    )
    assert call.verdict("main,s") == "unknown"


def test_conferences_pages_and_parking_are_people(phone: Connect) -> None:
    for app in ("ConfBridge(room)", "MeetMe(1)", "Page(SIP/1)", "FollowMe(1)", "RetryDial(x,1,1,SIP/1)"):
        assert phone(f"[main]\nexten => s,1,{app}\n")("main,s").kind == "human"


ROUND = """\
[main]
exten => s,1,Read(A,menu-a,1)
 same => n,Goto(a-${A},1)
exten => a-1,1,Goto(second,s,1)
exten => _a-.,1,Goto(s,1)
[second]
exten => s,1,Playback(hello)
 same => n,Read(B,menu-b,1)
 same => n,GotoIf($["${B}" = "1"]?third,s,1)
 same => n,GotoIf($["${B}" = "2"]?main,s,1)
 same => n,Queue(${B})
[third]
exten => s,1,Read(C,menu-c,1)
 same => n,Goto(c-${C},1)
exten => c-1,1,Queue(q)
exten => _c-.,1,Goto(main,s,1)
"""


def test_an_old_answer_makes_no_difference_once_it_is_asked_for_anew(phone: Connect) -> None:
    call = phone(ROUND, entry=("main,s",))
    asked = [step.place for step in call.flow.steps if step.listening]
    assert sorted(asked) == ["main,s,1", "second,s,2", "third,s,1"]
    assert call("main,s", "1", "1", "1").who == "q"
    assert call("main,s", "1", "7").who == "7"


@pytest.mark.parametrize("jump", ["s,asked", "main,s,asked", "s,4", "${WHERE},s,asked"])
def test_an_answer_that_is_looked_at_again_is_kept(phone: Connect, jump: str) -> None:
    """The second time the call comes in behind the question."""
    call = phone(
        main(
            "Read(A,menu,1)",
            'GotoIf($["${A}" = "1"]?again,1)',
            "Hangup()",
        )
        + ' same => n(asked),GotoIf($["${A}" = "1"]?6)\n same => n,Queue(others)\n same => n,Queue(one)\n'
        f"exten => again,1,Set(WHERE=main)\n same => n,Playback(hello)\n same => n,Goto({jump})\n",
        entry=("main,s",),
    )
    assert call("main,s", "1").who == "one"


def test_an_answer_survives_the_routine_that_asks_for_another(phone: Connect) -> None:
    call = phone(
        main("Read(A,menu,1)", "Gosub(more,s,1)", 'GotoIf($["${A}" = "1"]?one,1)', "Queue(others)")
        + "exten => one,1,Queue(one)\n"
        "[more]\nexten => s,1,Read(B,more,1)\n same => n,GotoIf($[${LEN(${B})} = 0]?1)\n"
        " same => n,Return()\n",
        entry=("main,s",),
    )
    assert call("main,s", "1", "2").who == "one"
    assert call("main,s", "2", "2").who == "others"


def test_nobody_waits_where_a_number_that_is_read_can_be_ended(phone: Connect) -> None:
    """``Read`` ends with #, whether what is longer is compared or typed."""
    call = phone(
        main(
            "Read(ORDER,order-number,4)",
            'GotoIf($["${ORDER}" = "*"]?back)',
            'GotoIf($["${ORDER}" = "*99"]?staff)',
            "Queue(orders)",
        )
        + " same => n(back),Queue(back)\n same => n(staff),Queue(staff)\n",
        entry=("main,s",),
    )
    assert call("main,s", "*").who == "back"
    assert not [each for each in findings(call.reading) if each.code == "IVR302"]
