"""Files that Asterisk loads only where another one includes them, and lines it does not take as meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ivrlint.config import Settings
from ivrlint.flow import ProblemKind
from ivrlint.linter import check, findings, read
from tests.formats.asterisk.conftest import Phone

Connect = Callable[..., Any]
WAITING = "[general]\nautofallthrough=no\n"


def told(call: Any, code: str) -> list[int]:
    """The lines at which ``code`` is found."""
    return [each.violation.span.line for each in findings(call.reading) if each.code == code]


def folder(where: Path, **texts: str) -> Phone:
    """The dialplan of a folder with these files."""
    for name, text in texts.items():
        (where / f"{name}.conf").write_text(text, encoding="utf-8")
    return Phone(read([str(where)], Settings()))


# --- autofallthrough


def test_a_call_that_only_lasts_longer_asks_for_no_keys(phone: Connect) -> None:
    call = phone(f"{WAITING}[lines]\nexten => 2001,1,Dial(SIP/2001)\nexten => _0XX.,1,Dial(SIP/out)\n")
    assert call("lines,2001", "overflow").kind == "end"
    assert told(call, "IVR202") == told(call, "IVR203") == told(call, "IVR406") == []


@pytest.mark.parametrize(
    "more", ["exten => 1,1,Queue(people)", "exten => t,1,Queue(people)", "exten => i,1,Queue(people)"]
)
def test_a_call_waits_for_keys_where_some_do_something(phone: Connect, more: str) -> None:
    call = phone(f"{WAITING}[lines]\nexten => 2001,1,Dial(SIP/2001)\n{more}\n", entry=("lines,2001",))
    assert call.steps["lines,2001,2 WaitExten()"].kind == "menu"


def test_a_call_waits_for_a_number_that_it_was_asked_for(phone: Connect) -> None:
    call = phone(
        f"{WAITING}[lines]\nexten => s,1,Playback(dial)\nexten => 2001,1,Dial(SIP/2001)\n", ("lines,s",)
    )
    assert call("lines,s", "2001").who == "SIP/2001"


def test_a_call_that_has_answered_a_question_is_asked_nothing_more(phone: Connect) -> None:
    """Whatever it answered: no key does anything once the priorities have run out."""
    call = phone(
        f"{WAITING}[lines]\nexten => 2001,1,Playback(pin)\n same => n,Read(pin,,4)\n"
        ' same => n,GotoIf($["${pin}" = "1234"]?in)\n same => n,Wait(1)\n'
        "exten => 2001,9(in),Queue(people)\n",
        ("lines,2001",),
    )
    assert call("lines,2001", "wait").kind == "end"


OFFICE = """[office]
exten => s,1,Background(menu)
exten => s,n,Goto(200,1)
exten => 1,1,Queue(sales)
exten => i,1,Playback(invalid)
exten => t,1,Goto(200,1)
exten => 200,1,Queue(people)
"""


def test_a_part_runs_as_the_file_says_that_asterisk_begins_with(tmp_path: Path) -> None:
    call = folder(tmp_path, extensions=f"{WAITING}[lines]\nexten => 1,1,Queue(q)\n", extensions_office=OFFICE)
    assert call("office,s", "wrong", "wait").who == "people"
    assert told(call, "IVR208") == told(call, "IVR204") == []


def test_a_part_of_other_files_hangs_up_behind_the_last_priority(tmp_path: Path) -> None:
    call = folder(tmp_path, extensions="[lines]\nexten => 1,1,Queue(q)\n", extensions_office=OFFICE)
    assert call("office,s", "wrong").kind == "end"
    assert told(call, "IVR208") == [6]


# --- sections


ADDED = "[globals](+)\nX=1\n[main]\nexten => s,1,Background(menu)\n"


def test_what_a_part_adds_to_may_be_in_the_file_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "extensions_office.conf").write_text(ADDED, encoding="utf-8")
    call = folder(tmp_path)
    assert call.problems(ProblemKind.UNREADABLE) == []


def test_what_the_first_file_adds_to_has_to_be_there(phone: Connect) -> None:
    assert phone(ADDED).problems(ProblemKind.UNREADABLE) == [
        "1: there is no section `globals` before this to add to"
    ]


@pytest.mark.parametrize("first", ["exten => s,1,Answer()", "=" * 20, "words"])
def test_lines_of_no_section_are_told_once(tmp_path: Path, first: str) -> None:
    """As recorded, Asterisk rejects the file at the first of them."""
    (tmp_path / "extensions.conf").write_text(
        f"{first}\n same => n,Background(menu)\n same => n,WaitExten()\n", encoding="utf-8"
    )
    (finding,) = check([str(tmp_path)], Settings()).findings
    assert finding.violation.message == "this line belongs to no `[section]`"


def test_an_extension_that_is_written_twice_is_told_once(phone: Connect) -> None:
    twice = "exten => 1,1,Answer()\n same => n,Wait(1)\n same => n,Queue(q)\n"
    call = phone(
        f"[main]\n{twice}{twice}exten => 2,1,Queue(q)\nexten => 2,1,Queue(r)\nexten => 2,1,Queue(s)\n"
    )
    assert [each.partition(":")[0] for each in call.problems(ProblemKind.DUPLICATE_NAME)] == ["5", "9", "10"]


# --- what is told elsewhere


def test_what_another_program_fills_in_is_not_known(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Set(cell={{ salt['pillar.get']('people:cell') }})\n"
        " same => n,Goto(out,${cell},1)\n[out]\nexten => _NXX!,1,Dial(SIP/${EXTEN})\n"
    )
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == []
    assert call("main,s").kind == "unknown"


@pytest.mark.parametrize(
    "app", ["MobileStatus(phone,STATUS)", "MobileSendSMS(a,b,c)", "MYSQL(Connect c host user pw db)"]
)
def test_what_modules_of_asterisk_do_in_silence_is_known(phone: Connect, app: str) -> None:
    call = phone(f"[main]\nexten => s,1,{app}\n same => n,Queue(people)\n")
    assert call("main,s").who == "people"
    assert call.problems(ProblemKind.UNSUPPORTED) == []


def test_e_is_for_applications_that_fail_too(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Background(menu)\n same => n,Queue(people)\nexten => 1,1,Queue(q)\n"
        "exten => i,1,Queue(people)\nexten => e,1,Goto(i,1)\n",
        entry=("main,s",),
    )
    assert told(call, "IVR208") == []


def test_a_call_may_be_given_up_while_it_rings(phone: Connect) -> None:
    """The option H of Dial lets a caller do so and go on."""
    call = phone(
        "[main]\nexten => s,1,Macro(ring)\n"
        "[macro-ring]\nexten => s,1,Dial(SIP/desk,20,H)\n same => n,Goto(s-${DIALSTATUS},1)\n"
        "exten => s-BUSY,1,Queue(people)\nexten => s-CANCEL,1,Playback(bye)\nexten => _s-.,1,Queue(others)\n",
        entry=("main,s",),
    )
    assert told(call, "IVR502") == []


def test_one_prompt_that_promises_a_key_is_told_once(phone: Connect) -> None:
    call = phone(
        '[office]\nexten => 700,1,Espeak("For the main menu, press 0. For sales, press 1.",any)\n'
        " same => n,WaitExten(8)\nexten => 1,1,Goto(home,700,1)\n"
        "[home]\ninclude => office\nexten => 2,1,Queue(people)\n",
        entry=("office,700", "home,700"),
    )
    assert told(call, "IVR401") == [2]


def test_a_key_that_returns_to_several_places_is_one_option(phone: Connect) -> None:
    keys = "".join(f'exten => {key},1,Return("{key}")\n' for key in range(1, 5))
    call = phone(
        "[home]\nexten => s,1,Gosub(choose,s,1)\n same => n,Queue(one)\n"
        "[more]\nexten => s,1,Gosub(choose,s,1)\n same => n,Queue(two)\n"
        f"[choose]\nexten => s,1,Background(choose)\n same => n,WaitExten(8)\n{keys}",
        entry=("home,s", "more,s"),
    )
    assert told(call, "IVR303") == []


# --- times that leave none over

DAY = (
    "exten => s,n,GotoIfTime(0:00-11:59|*|*|*?am,1)\nexten => s,n,GotoIfTime(12:00-15:59|*|*|*?pm,1)\n"
    "exten => s,n,GotoIfTime(16:00-23:59|*|*|*?late,1)\n"
)
THREE = "exten => am,1,Queue(a)\nexten => pm,1,Queue(b)\nexten => late,1,Queue(c)\n"


def test_times_that_together_hold_always_leave_nothing_over(phone: Connect) -> None:
    call = phone(f"[main]\nexten => s,1,Answer()\n{DAY}{THREE}", ("main,s",))
    assert "main,s,3" in call.steps
    assert "main,s,4" not in call.steps
    assert told(call, "IVR110") == []


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ("11:59|*", "11:58|*"),
        ("11:59|*|*|*", "11:59|mon-sat|*|*"),
        ("11:59|*|*|*", "11:59|*|1-30|*"),
        ("n,GotoIfTime(16", "n(late),GotoIfTime(16"),
    ],
)
def test_times_that_leave_some_over_do(phone: Connect, changed: str, by: str) -> None:
    call = phone(f"[main]\nexten => s,1,Answer()\n{DAY.replace(changed, by, 1)}{THREE}", ("main,s",))
    assert [move.label for move in call.moves["main,s,4"]] in (["yes", "no"], ["no", "yes"])


@pytest.mark.parametrize(
    "jump", ["exten => x,1,Goto(s,4)", "exten => s,n,Goto(4)", "exten => x,1,Goto(s,${n})"]
)
def test_times_may_be_passed_by(phone: Connect, jump: str) -> None:
    call = phone(f"[main]\nexten => s,1,Answer()\n{DAY}{jump}\n{THREE}", ("main,s",))
    assert len(call.moves["main,s,4"]) == 2


def test_the_days_of_a_week_leave_nothing_over(phone: Connect) -> None:
    days = "".join(f"exten => s,n,GotoIfTime(*,{day},*,*?am,1)\n" for day in ("mon-thu", "fri&sat", "sun"))
    call = phone(f"[main]\nexten => s,1,Answer()\n{days}exten => s,n,Queue(nobody)\n{THREE}", ("main,s",))
    assert told(call, "IVR502") == [6]


# --- announcements


def test_an_announcement_before_a_voicemail_is_no_cul_de_sac(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n same => n,Goto(bye,199,1)\n"
        "exten => 1,1,Queue(people)\nexten => 2,1,Goto(bye,199,1)\n"
        "[bye]\nexten => 199,1,Background(happy-monday)\n same => n,VoiceMail(100)\n",
        entry=("office,s",),
    )
    assert told(call, "IVR104") == []


def test_options_that_lead_to_one_place_are_told_once_wherever_they_are_offered(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => s,1,Background(menu)\n same => n,WaitExten(8)\n same => n,Goto(more,1)\n"
        "exten => more,1,Background(more)\n same => n,WaitExten(8)\n same => n,Queue(people)\n"
        "exten => 1,1,Goto(9,1)\nexten => 2,1,Goto(9,1)\nexten => 9,1,Queue(people)\n",
        ("office,s",),
    )
    assert len(told(call, "IVR507")) == 1


# --- lines that are passed over


def test_what_a_garbled_line_should_lead_to_is_not_called_unreachable(phone: Connect) -> None:
    """The line is told; that nothing gets past it follows."""
    menu = " same => n,Background(menu)\nexten => 1,1,Queue(one)\nexten => 2,1,Queue(two)\n"
    lost = "[lines]\nexten => 5550100,1,Goto(menu,start,1)\n[menu]\n"
    garbled = phone(f"{lost}exten => start,Answer()\n{menu}exten => i,1,Playback(no)\n", ("lines,5550100",))
    assert len(garbled.problems(ProblemKind.UNSUPPORTED)) == 1
    assert told(garbled, "IVR502") == []
    other = phone(f"{lost}exten => begin,1,Answer()\n{menu}exten => i,1,Playback(no)\n", ("lines,5550100",))
    assert told(other, "IVR502") != []


@pytest.mark.parametrize("pattern", ["_.", "_!"])
def test_t_keeps_a_timeout_from_a_pattern_of_everything(phone: Connect, pattern: str) -> None:
    plan = "[lines]\nexten => t,1,NoOp(never)\nexten => {},1,Dial(SIP/gate/${{EXTEN}})\n"
    assert told(phone(plan.format(pattern), ("lines,5",)), "IVR208") == []
    assert told(phone(plan.format("_X."), ("lines,55",)), "IVR208") == [2]


def test_keys_of_a_menu_are_no_lines_where_its_name_is_one(phone: Connect) -> None:
    call = phone(
        "[office]\nexten => start,1,Background(menu)\n same => n,WaitExten(5)\n"
        "exten => 1,1,Queue(people)\nexten => 8,1,Directory(default)\n"
    )
    assert call.entries == ["office,start"]


# --- what is not as it seems


def test_zapateller_plays_a_tone_and_goes_on(phone: Connect) -> None:
    """app_zapateller.c: whoever stays on the line gets to the next priority."""
    call = phone("[main]\nexten => s,1,Zapateller(answer|nocallerid)\n same => n,Dial(SIP/desk)\n")
    assert call("main,s").who == "SIP/desk"


def test_lines_before_the_first_section_of_a_part_belong_to_who_includes_it(tmp_path: Path) -> None:
    (tmp_path / "ura.conf").write_text(f"exten => 8000,1,Goto(office,s,1)\n{OFFICE}", encoding="utf-8")
    call = folder(tmp_path)
    assert call.problems(ProblemKind.UNREADABLE) == []
    assert call("office,s", "1").who == "sales"


def test_comments_with_a_hash_are_told_once(phone: Connect) -> None:
    call = phone("[main]\n# one\n#two\nexten => s,1,Queue(q)\n# three\n")
    assert [each.partition(":")[0] for each in call.problems(ProblemKind.UNSUPPORTED)] == ["2"]


def test_nothing_is_read_behind_a_section_that_is_not_closed(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Queue(q)\n[menu\nexten => s,n,Queue(r)\nexten => 1,Queue(r)\n")
    assert call.problems(ProblemKind.UNREADABLE) == ["3: this section's name is not closed with `]`"]
    assert call.problems(ProblemKind.UNSUPPORTED) == []


def test_what_follows_a_garbled_line_is_not_told_again(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,Answer()\n same => n,Queue(q)\n same => n,Hangup()\nexten => 1,n,Queue(q)\n"
    )
    lines = [each.partition(":")[0] for each in call.problems(ProblemKind.UNSUPPORTED)]
    assert lines == ["2", "5", "1"]  # at last: nothing leads to a person


def test_a_call_that_was_answered_needs_no_label(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Dial(SIP/desk,20)\n same => n,Goto(${DIALSTATUS})\n"
        " same => n(BUSY),VoiceMail(1,b)\n"
        " same => n,Hangup()\n same => n(NOANSWER),VoiceMail(1,u)\n same => n,Hangup()\n"
        " same => n(CHANUNAVAIL),Hangup()\n same => n(CONGESTION),Hangup()\n"
    )
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == []


def test_what_follows_a_jump_to_nowhere_is_not_told_to_be_unreachable(phone: Connect) -> None:
    call = phone(
        "[lines]\nexten => 5550100,1,Goto(main,s,1)\n[main]\nexten => s,1,Gosub(status,start,1)\n"
        " same => n,Background(menu)\n same => n,Queue(q)\n",
        ("lines,5550100",),
    )
    assert told(call, "IVR501") == [4]
    assert told(call, "IVR502") == []


def test_some_telephones_have_keys_with_letters(phone: Connect) -> None:
    call = phone(
        "[lines]\nexten => 5550100,1,Goto(menu,s,1)\n[menu]\nexten => s,1,Background(menu)\n"
        " same => n,WaitExten(8)\nexten => 1,1,Queue(q)\n"
        "exten => B,1,Playback(b)\nexten => E,1,Playback(e)\n",
        ("lines,5550100",),
    )
    assert told(call, "IVR502") == [8]


@pytest.mark.parametrize("code", ["*21", "2000*", "_20X**", "#1"])
def test_a_number_with_a_star_is_a_code_of_staff(phone: Connect, code: str) -> None:
    call = phone(f"[lines]\nexten => {code},1,Queue(q)\nexten => 5550100,1,Queue(q)\n")
    assert call.entries == ["lines,5550100"]


PAUSE = "[lines]\nexten => 200,1,Answer()\n same => n,WaitExten(1)\n same => n,Queue(people)\n"


@pytest.mark.parametrize("more", ["exten => 10,1,Echo()", "exten => _Z,1,Dial(SIP/${EXTEN})"])
def test_a_wait_without_a_word_among_numbers_is_a_pause(phone: Connect, more: str) -> None:
    call = phone(f"{PAUSE}{more}\n", ("lines,200",))
    assert told(call, "IVR105") == told(call, "IVR310") == told(call, "IVR406") == []


def test_a_wait_without_a_word_is_a_menu_where_there_are_options(phone: Connect) -> None:
    call = phone(f"{PAUSE}exten => 1,1,Queue(q)\nexten => 2,1,Queue(r)\n", ("lines,200",))
    assert told(call, "IVR406") == told(call, "IVR310") == [3]


def test_what_a_module_tells_of_a_telephone_is_not_known(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,MobileStatus(phone,STATUS)\n"
        ' same => n,GotoIf($["${STATUS}" = "1"]?gone)\n same => n,Queue(people)\n same => n(gone),Hangup()\n'
    )
    assert call("main,s", "yes").kind == "end"
    assert call("main,s", "no").who == "people"


@pytest.mark.parametrize("app", ["Espeak", "Flite", "Festival"])
def test_a_key_that_may_cut_speech_short_is_dialled(phone: Connect, app: str) -> None:
    """app_festival.c, as the others: the key is what the application returns."""
    call = phone(
        f'[main]\nexten => s,1,{app}("For sales, press 1.",any)\n same => n,Queue(people)\n'
        "exten => 1,1,Queue(sales)\n",
        ("main,s",),
    )
    assert call("main,s", "1").who == "sales"
    assert call("main,s", "wait").who == "people"
    assert call.steps["main,s,1"].prompts[0].text == "For sales, press 1."


def test_speech_without_such_keys_is_heard_to_its_end(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Espeak(hello)\n same => n,Queue(people)\nexten => 1,1,Queue(q)\n")
    assert call.steps["main,s,1"].kind == "say"


def test_one_option_that_several_prompts_offer_is_one_meaning_of_its_key(phone: Connect) -> None:
    """Three menus lead back with 0; the options of the last are offered by three prompts of it."""
    back = "".join(
        f"[{name}]\nexten => s,1,Background({name})\n same => n,WaitExten(8)\nexten => 0,1,Goto(main,s,1)\n"
        for name in ("a", "b", "c")
    )
    call = phone(
        "[main]\nexten => s,1,Background(main)\n same => n,WaitExten(8)\nexten => 1,1,Goto(a,s,1)\n"
        "exten => 2,1,Goto(b,s,1)\nexten => 3,1,Goto(c,s,1)\nexten => 4,1,Goto(last,s,1)\n"
        f"exten => 5,1,Queue(people)\n{back}"
        "[last]\nexten => s,1,Background(one)\n same => n,Playback(x)\n same => n,Background(two)\n"
        " same => n,Playback(x)\n same => n,Background(three)\n same => n,WaitExten(8)\n"
        "exten => 0,1,Goto(other,s,1)\n"
        "[other]\nexten => s,1,Background(other)\n same => n,WaitExten(8)\nexten => 1,1,Queue(people)\n",
        ("main,s",),
    )
    assert len(told(call, "IVR305")) == 1
