"""What rules say of dialplans, where the dialplan's own ways matter: announcements, pauses, telephones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ivrlint.config import Settings
from ivrlint.flow import StepKind
from ivrlint.linter import findings, read

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


def test_nobody_is_asked_to_answer_an_announcement_that_ends_the_call(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n"
        "exten => 1,1,Queue(sales)\nexten => 2,1,Background(hours)\nexten => t,1,Queue(sales)\n",
        entry=("office,s",),
    )
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
    """Behind ``note`` what the test asks is not known: there alone it is a step. It leads to ``note``,
    which is what no call gets to.
    """
    call = phone(
        "[office]\nexten => s,1,Set(tries=1)\n same => n(again),GotoIf($[${tries} > 3]?note,1)\n"
        " same => n,Background(menu)\n same => n,WaitExten(8)\n same => n,Queue(people)\n"
        "exten => 1,1,Queue(people)\nexten => note,1,Playback(note)\n same => n,Goto(s,again)\n"
        "[line]\nexten => s,1,Goto(office,s,1)\n",
        entry=("line,s",),
        sip="[trunk]\ncontext=line\n",
    )
    assert told(call, "IVR502") == [8]


def test_keys_of_one_pattern_are_one_option(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n"
        "exten => _[0-9],1,Set(to=${DB(menu/${EXTEN})})\n same => n,GotoIf($[${EXTEN} > 4]?far)\n"
        " same => n,Dial(SIP/${to})\n same => n(far),Dial(SIP/far-${to})\n",
        entry=("office,s",),
    )
    assert told(call, "IVR303") == []


HOUSE = """[house]
exten => _1XX,1,Dial(SIP/${EXTEN})
exten => 200,1,Queue(sales)
exten => 300,1,Goto(evening,s,1)
[evening]
exten => s,1,Background(menu)
 same => n,WaitExten(8)
exten => 1,1,Goto(house,200,1)
exten => i,1,Goto(s,1)
exten => t,1,Goto(s,1)
[lines]
exten => 5550100,1,Goto(evening,s,1)
"""


def test_telephones_dial_into_the_contexts_that_their_files_name(phone: Connect) -> None:
    call = phone(
        HOUSE, pjsip="[desk](!)\ntype=endpoint\ncontext=house\n[100](desk)\n[trunk]\ncontext=lines\n"
    )
    assert sorted(call.entries) == ["house,200", "house,300", "house,_1XX", "lines,5550100"]
    assert told(call, "IVR502") == []


def test_numbers_may_be_dialled_where_no_file_names_contexts(phone: Connect) -> None:
    call = phone(HOUSE)
    assert call.entries == ["lines,5550100"]
    assert told(call, "IVR502") == []


def test_numbers_of_a_context_that_no_telephone_is_in_are_lost(phone: Connect) -> None:
    call = phone(HOUSE, sip="[trunk]\ncontext=lines\n")
    assert told(call, "IVR502") == [2, 4]


def test_what_is_dialled_in_a_menu_is_no_line(phone: Connect) -> None:
    call = phone(
        "[lines]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\nexten => 0,1,Queue(people)\n"
        "exten => 101,1,Dial(SIP/101)\nexten => 5550100,1,Queue(people)\n"
    )
    assert sorted(call.entries) == ["lines,5550100", "lines,s"]
    assert call("lines,s", "101").who == "SIP/101"


def test_a_menu_under_a_name_is_the_line_and_not_its_keys(phone: Connect) -> None:
    call = phone(
        "[lines]\nexten => shop,1,Background(menu)\n same => n,WaitExten(8)\nexten => 1,1,Queue(people)\n"
        "exten => 2,1,Goto(shop,1)\n"
    )
    assert call.entries == ["lines,shop"]


def test_a_computed_number_is_a_line(phone: Connect) -> None:
    call = phone(
        "[lines]\nexten => ${DB(our/number)},1,Goto(menu,s,1)\n[menu]\nexten => s,1,Queue(people)\n"
        "[desk]\nexten => 20,1,Goto(menu,s,1)\n"
    )
    assert "lines,${DB(our/number)}" in call.entries


def test_a_number_typed_into_read_is_no_option(phone: Connect) -> None:
    extens = "".join(f"exten => 10{n},1,Dial(SIP/10{n})\n" for n in range(8))
    call = phone(
        "[lines]\nexten => s,1,Read(who,enter-number,3)\n same => n,Goto(desks,${who},1)\n[desks]\n" + extens,
        entry=("lines,s",),
    )
    assert call("lines,s", "103").who == "SIP/103"
    assert told(call, "IVR303") == told(call, "IVR105") == told(call, "IVR111") == []


def test_extensions_in_the_general_section_are_in_no_context(phone: Connect) -> None:
    call = phone(
        "[general]\nstatic=yes\nexten => 100,1,Goto(lines,s,1)\n[lines]\nexten => s,1,Queue(people)\n"
    )
    assert told(call, "IVR506") == [3]


def test_a_call_that_may_wait_behind_the_last_priority_is_in_no_menu(phone: Connect) -> None:
    plan = (
        "[general]\nautofallthrough=no\n[office]\nexten => s,1,Playback(hello)\nexten => t,1,Queue(people)\n"
    )
    call = phone(plan, entry=("office,s",))
    assert call("office,s").who == "people"
    assert told(call, "IVR308") == told(call, "IVR406") == told(call, "IVR203") == []


def test_what_is_recorded_is_a_message(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,GotoIfTime(8:00-18:00,mon-fri,*,*?open)\n same => n,Record(message%d:wav)\n"
        " same => n,Hangup()\n same => n(open),Queue(people)\n",
        entry=("office,s",),
    )
    assert call("office,s", "closed").kind == "voicemail"
    assert told(call, "IVR110") == []


def parts(folder: Path, **files: str) -> Any:
    """Findings in a folder without ``extensions.conf``, by file, code and line."""
    for name, text in files.items():
        (folder / f"{name}.conf").write_text(text, encoding="utf-8")
    found = findings(read([str(folder)], Settings()))
    return sorted(
        (Path(each.violation.span.path).stem, each.code, each.violation.span.line) for each in found
    )


CONTEXTS = "".join(f"[desk{n}]\nexten => 10{n},1,Dial(SIP/10{n})\n" for n in range(5))


def test_parts_may_say_the_same_as_no_file_tells_that_both_are_loaded(tmp_path: Path) -> None:
    once = "[desk0]\nexten => 100,1,Dial(SIP/again)\n"
    assert parts(tmp_path, extensions_additional=CONTEXTS, extensions_override_our=once) == []
    twice = 2 * "[desk9]\nexten => 109,1,Dial(SIP/109)\n"
    assert parts(tmp_path, extensions_custom=twice) == [("extensions_custom", "IVR503", 4)]


def test_an_overriding_part_comes_first(tmp_path: Path) -> None:
    lines = "[lines]\nexten => 5550100,1,Goto(office,s,1)\n[office]\nexten => s,1,Hangup()\n"
    menu = "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\nexten => 1,1,Queue(people)\n"
    found = parts(tmp_path, extensions_additional=lines, extensions_override_our=menu)
    assert ("extensions_override_our", "IVR202", 2) in found


def test_another_version_of_a_part_is_read_by_itself(tmp_path: Path) -> None:
    flow = read(
        [_written(tmp_path, "2024-extensions"), _written(tmp_path, "extensions_additional")], Settings()
    )
    entries = [step.name for step in flow.flow.steps if step.kind is StepKind.ENTRY]
    assert len(entries) == 10


def _written(folder: Path, name: str) -> str:
    path = folder / f"{name}.conf"
    path.write_text(CONTEXTS, encoding="utf-8")
    return str(path)


def test_a_jump_to_a_number_computed_in_the_same_words_is_known(phone: Connect) -> None:
    call = phone(
        "[lines]\nexten => _00X.,1,Goto(${DB(our/number)},1)\nexten => ${DB(our/number)},1,Queue(people)\n"
    )
    assert call("lines,_00X.").who == "people"


def test_contexts_that_a_computed_name_may_be_are_no_lines(phone: Connect) -> None:
    menu = "exten => s,1,Queue(people)\n"
    call = phone(
        "[lines]\nexten => 5550100,1,Set(day=${DB(our/day)})\n same => n,Goto(menu-${day},s,1)\n"
        f"[menu-open]\n{menu}[menu-closed]\n{menu}[other]\n{menu}"
    )
    assert sorted(call.entries) == ["lines,5550100", "other,s"]


def test_what_an_unresolved_jump_may_lead_on_to_is_not_lost(phone: Connect) -> None:
    call = phone(
        "[lines]\nexten => 5550100,1,Goto(desks,${DB(who)},1)\nexten => 5550101,1,Goto(rooms,lobby,1)\n"
        "[desks]\nexten => _desk.,1,Goto(rooms,cellar,1)\n"
        "[rooms]\nexten => lobby,1,Queue(lobby)\nexten => cellar,1,Queue(cellar)\n"
    )
    assert told(call, "IVR502") == []


STAFF = """[office]
exten => 5550100,1,Queue(people)
exten => 700,1,Read(pin,enter-pin,4)
 same => n,GotoIf($["${pin}" = "1234"]?in)
 same => n,Hangup()
 same => n(in),VoiceMailMain(s100@default)
exten => 701,1,Authenticate(1234)
 same => n,Dial(SIP/desk)
[survey]
exten => s,1,Background(how-was-it)
 same => n,WaitExten(8)
exten => 1,1,Hangup()
exten => 2,1,Playback(sorry)
"""


def test_what_staff_dial_need_not_lead_to_a_human(phone: Connect) -> None:
    assert told(phone(STAFF), "IVR102") == [10]
    assert told(phone(STAFF), "IVR109") == []


def test_where_no_line_is_put_nobody_calls(phone: Connect) -> None:
    assert told(phone(STAFF, sip="[general]\ncontext=office\n"), "IVR102") == []


def test_strangers_dial_into_the_default_context(phone: Connect) -> None:
    plan = "[default]\nexten => s,1,Queue(people)\n[office]\nexten => 100,1,Goto(default,s,1)\n"
    call = phone(plan, sip="[general]\nallowguest=yes\n[100]\ncontext=office\n")
    assert sorted(call.entries) == ["default,s", "office,100"]


def test_numbers_of_the_context_that_background_names_are_not_followed(phone: Connect) -> None:
    """Only single keys are looked up there; what a number would lead to is not lost for it."""
    call = phone(
        "[lines]\nexten => s,1,Background(menu,m,,desks)\n same => n,WaitExten(8)\n same => n,Queue(people)\n"
        "[desks]\nexten => 9,1,Queue(nine)\nexten => *41,1,GotoIf($[${on} = 1]?off)\n"
        " same => n,Playback(on)\n same => n(off),Queue(off)\n"
        "[phones]\nexten => 5550100,1,Set(on=0)\n same => n,Goto(desks,*41,1)\n"
        "exten => 5550101,1,Goto(lines,s,1)\n",
        sip="[desk]\ncontext=phones\n",
    )
    assert told(call, "IVR502") == []


def test_what_a_return_that_is_not_remembered_may_lead_to_is_not_lost(phone: Connect) -> None:
    nested = "".join(
        f"[{here}]\nexten => s,1,Gosub({there},s,1)\n same => n,Playback({here})\n same => n,Return()\n"
        for here, there in ("ab", "bc", "cd", "de")
    )
    call = phone(
        "[lines]\nexten => 5550100,1,Gosub(a,s,1)\n same => n,Queue(people)\n" + nested + "[e]\n"
        "exten => s,1,Set(n=0)\n same => n(more),Set(n=$[${n} + 1])\n same => n,Playback(beep)\n"
        " same => n,GotoIf($[${n} > 100]?:more)\n same => n,Return()\n"
    )
    assert told(call, "IVR502") == []


def test_single_digits_are_dialled_where_there_is_no_menu(phone: Connect) -> None:
    desks = "[desks]\nexten => 0,1,Dial(SIP/trunk)\nexten => out,1,Dial(SIP/trunk)\n"
    call = phone("[lines]\nexten => 5550100,1,Goto(desks,out,1)\n" + desks)
    assert told(call, "IVR502") == []


def test_a_part_may_be_where_lines_of_another_file_come_in(tmp_path: Path) -> None:
    plan = (
        "[menu]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\nexten => 1,1,Queue(one)\n"
        "exten => i,1,Goto(s,1)\nexten => t,1,Goto(s,1)\nexten => again,1,Queue(people)\n"
        "[lines]\nexten => 5550100,1,Goto(menu,again,1)\n"
    )
    assert [code for _, code, _ in parts(tmp_path, extensions_custom=plan)] == []
    assert [code for _, code, _ in parts(tmp_path, extensions=plan)] == ["IVR502"]


CLOSED = """[closed]
exten => s,1,Background(we-are-closed)
 same => n,Hangup()
exten => _X,1,Goto(closed,s,1)
"""


def test_a_last_word_that_any_key_plays_again_is_no_menu(phone: Connect) -> None:
    call = phone(CLOSED, entry=("closed,s",))
    assert told(call, "IVR203") == told(call, "IVR306") == []


CAUGHT = """[main]
exten => s,1,Background(menu)
 same => n,WaitExten(8)
exten => 1,1,Queue(sales)
exten => _[02-9*#],1,Goto(main,s,1)
exten => t,1,Goto(main,s,1)
"""


def test_a_pattern_for_all_other_keys_handles_wrong_ones(phone: Connect) -> None:
    call = phone(CAUGHT, entry=("main,s",))
    assert told(call, "IVR203") == told(call, "IVR208") == []


def test_keys_that_are_passed_over_while_recording_are_no_options(phone: Connect) -> None:
    """All keys but # lead back to the wait, or, if nothing is recorded, out of it: # ends the recording."""
    keys = "".join(f"exten => {key},1,Goto(waiting,1)\n" for key in "0123456789*")
    for recording in ("1", "${DB(recording)}"):
        call = phone(
            f"[record]\nexten => s,1,Set(on={recording})\n same => n,Playback(speak)\n"
            " same => n,MixMonitor(x.wav)\n same => n,WaitExten(120)\n"
            'exten => waiting,1,ExecIf($["${on}"="1"]?WaitExten(120))\n same => n,NoOp()\n'
            f"{keys}exten => #,1,StopMixMonitor()\n same => n,Queue(people)\n",
            entry=("record,s",),
        )
        assert told(call, "IVR303") == told(call, "IVR306") == []


LAST = """[office]
exten => s,1,Background(menu)
 same => n,WaitExten(8)
 same => n,Queue(people)
exten => 1,1,Goto(done,s,1)
exten => i,1,Queue(people)
[done]
exten => s,1,Background(done)
 same => n,Goto(bye,s,1)
exten => _[1-8],1,Goto(bye,s,1)
[bye]
exten => s,1,Background(goodbye)
 same => n,{last}
exten => _[1-8],1,Goto(bye,s,1)
"""


def test_last_words_may_be_several(phone: Connect) -> None:
    """A key that is not offered loses but a goodbye; where somebody answers in the end, it loses that."""
    assert told(phone(LAST.format(last="Hangup()"), entry=("office,s",)), "IVR203") == []
    assert told(phone(LAST.format(last="Queue(people)"), entry=("office,s",)), "IVR203") == [8, 12]


def test_who_has_left_a_message_may_keep_silent(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n same => n,Hangup()\n"
        "exten => 1,1,Record(q%d:wav)\n same => n,Goto(after,s,1)\nexten => 2,1,Queue(people)\n"
        "exten => i,1,Queue(people)\n"
        "[after]\nexten => s,1,Background(more)\n same => n,WaitExten(8)\n same => n,Hangup()\n"
        "exten => 1,1,Goto(office,s,1)\nexten => i,1,Queue(people)\n",
        entry=("office,s",),
    )
    assert told(call, "IVR204") == [3]  # and not the silence at 11


def test_keys_to_a_menu_whose_options_lead_back_are_options(phone: Connect) -> None:
    keys = "".join(f"exten => {key},1,Goto(more,s,1)\n" for key in "123456")
    played = "".join(f"exten => {key},1,Playback({key})\n same => n,Goto(s,1)\n" for key in "123")
    wait = " same => n,WaitExten(8)\n same => n,Queue(people)\n"
    call = phone(
        f"[office]\nexten => s,1,Background(menu)\n{wait}{keys}"
        f"[more]\nexten => s,1,Background(more)\n{wait}{played}",
        entry=("office,s",),
    )
    assert told(call, "IVR303") == [2]


def test_last_words_during_which_keys_count_are_no_time_to_choose(phone: Connect) -> None:
    for last, expected in (("Hangup()", [2]), ("Goto(s,1)", [])):
        call = phone(
            "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(4)\n"
            f" same => n,Playback(pause)\n same => n,Background(bye)\n same => n,{last}\n"
            "exten => 1,1,Queue(sales)\nexten => 2,1,Queue(repairs)\n",
            entry=("office,s",),
        )
        assert told(call, "IVR310") == expected


def test_a_refused_key_that_is_counted_is_no_choice(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Answer()\n same => n(again),Background(wait)\n same => n,WaitExten(2)\n"
        "exten => i,1,Set(refused=1)\n same => n,Goto(end,1)\nexten => t,1,Goto(end,1)\n"
        'exten => end,1,Playback(sorry)\n same => n,GotoIf($["${refused}" = "1"]?last)\n'
        " same => n,Goto(s,again)\n same => n(last),Queue(people)\n",
        entry=("office,s",),
    )
    assert told(call, "IVR310") == []
