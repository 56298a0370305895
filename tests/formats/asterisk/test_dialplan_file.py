"""The file format, entries, prompts, companions, and input that is not what it should be."""

from __future__ import annotations

import os
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivrlint.config import Settings
from ivrlint.flow import ProblemKind
from ivrlint.formats import asterisk
from ivrlint.formats.asterisk.sections import blanked
from ivrlint.linter import check, findings, read
from ivrlint.project import Project
from ivrlint.rules import no_repeat
from ivrlint.source import Source
from tests.formats.asterisk.conftest import Phone

Connect = Callable[..., Any]
SIMPLE = "[main]\nexten => s,1,Background(greeting)\n same => n,WaitExten()\nexten => 1,1,Queue(q)\n"


@pytest.mark.parametrize(
    "text",
    [
        "[main]\nexten = s,1,Queue(q)",
        "[main]\nEXTEN => s,1,Queue(q)",
        "[main]\nexten=>s,1,queue(q)",
        "[main]\r\nexten => s,1,Answer()\r\nSame => n,Queue(q)\r\n",
        "[main]\n\texten => s,1,Queue(q) ; comment",
        "[main]\nexten => s,1,Answer\nexten => s,n,Queue(q)",
        "[main]\nexten => s,1(start),Answer()\nexten => s,n+1,Queue(no)\nexten => s,2,Queue(q)",
        "[main]\nexten => s,1,NoOp(a)b)\nexten => s,2,Queue(q)",
        "[main]\n;-- exten => s,1,Queue(no)\nexten => s,1,Queue(no) --;\nexten => s,1,Queue(q)",
        "[main]\n;---- not a block\nexten => s,1,Queue(q)\n;----",
        "[main]\nexten => s,1,Queue(q) ;-- block --; ; rest",
        "[base](!)\nexten => s,1,Queue(q)\n[main](base)\n",
        "[main]\nexten => s,1,Answer()\n[other]\n[main](+)\nexten => s,2,Queue(q)",
        "[main]\nexten => s,1,Answer()\n[main]\nexten => s,2,Queue(q)",
        "[globals]\nX=s\n[main]\nexten => ${X},1,Queue(q)",
        "[main]\nexten => s,1,Queue(q)\nexten => s,1,Queue(second)",
        "[main]\nexten => s,1,Answer()\nexten => s,s,Queue(no)\nexten => s,n,Queue(q)",
        "[main]\nexten => s,hint,SIP/1\nexten => s,1,Queue(q)",
        "[general]\nexten => s,1,Queue(no)\n[main]\nexten => s,1,Queue(q)\nignorepat => 9\n",
        "[main]\nexten => s,1,Answer()\nnonsense\nfrobnicate => yes\n same => n,Queue(q)",
    ],
)
def test_ways_of_writing(phone: Connect, text: str) -> None:
    call = phone(text, entry=("main,s",))
    assert call("main,s").who == "q"


def test_n_carries_over_between_extensions(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,WaitExten()\nexten => 2,n,Queue(q)\nexten => i,1,Hangup()\n", entry=("main,s",)
    )
    assert call.keys("main,s,1") == {}


def test_a_lacking_priority_rejects_the_line_and_same_takes_priority_2(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,WaitExten()\nexten => t,Set(X=1)\n same => n,Queue(q)\n", entry=("main,s",)
    )
    assert call("main,s", "wait").kind == "end"
    assert [problem for problem in call.problems(ProblemKind.UNSUPPORTED) if problem.startswith("3:")] == [
        "3: the priority is missing; Asterisk passes over this line"
    ]


def test_a_repeated_priority_is_reported(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Queue(q)\nexten => s,1,Queue(second)\n")
    assert call.problems(ProblemKind.DUPLICATE_NAME) == [
        "3: priority 1 of s is there already; the first one counts"
    ]


@pytest.mark.parametrize(
    "text",
    [
        '#include "missing.conf"\n' + SIMPLE,
        SIMPLE + "[x](nobase)\nexten => 1,1,Hangup()\n",
        SIMPLE + "[x](+)\nexten => 1,1,Hangup()\n",
        "exten => s,1,Hangup()\n" + SIMPLE,
        SIMPLE + "[unclosed\n",
    ],
)
def test_what_makes_asterisk_reject_the_whole_configuration(phone: Connect, text: str) -> None:
    call = phone(text)
    assert len(call.problems(ProblemKind.UNREADABLE)) == 1


def test_files_are_included_in_the_open_section(phone: Connect) -> None:
    Path("more").mkdir()
    Path("more/a.conf").write_text("exten => 1,1,Queue(one)\n[other]\nexten => s,1,Queue(other)\n")
    call = phone('[main]\nexten => s,1,WaitExten()\n#include "more/*.conf"\nexten => 2,1,Goto(other,s,1)\n')
    assert call("main,s", "1").who == "one"
    assert call("main,s", "2").who == "other"
    assert call.steps["main,1,1"].span.path == "more/a.conf"


def test_tryinclude_and_exec_are_said_and_leave_the_rest_unknown(phone: Connect) -> None:
    call = phone(
        "#tryinclude gone.conf\n#exec /bin/contexts\n[main]\nexten => s,1,Goto(elsewhere,s,1)\n",
        entry=("main,s",),
    )
    assert len(call.problems(ProblemKind.UNSUPPORTED)) == 2
    assert call.verdict("main,s") == "unknown"


def test_files_that_include_each_other_are_reported(phone: Connect) -> None:
    call = phone(SIMPLE + "#include extensions.conf\n")
    assert len(call.problems(ProblemKind.INCLUDE_CYCLE)) == 1


def test_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "extensions.conf"
    path.write_bytes(SIMPLE.replace("greeting", "grüße").encode("latin-1"))
    reading = read([str(path)], Settings())
    assert [prompt.audio for step in reading.flow.steps for prompt in step.prompts] == ["grüße"]


def test_block_comments_leave_offsets_as_they_are() -> None:
    text = "a ;-- b\n c --; d ;--- e\n;-- f ;-- g --; h --; i \\;-- j"
    kept = blanked(text)
    assert len(kept) == len(text)
    assert kept.split() == ["a", "d", ";---", "e", "i", "\\;--", "j"]
    assert all(kept.index(word) == text.index(word) for word in ("d ;--- e", "i \\;-- j", "\n"))


# --- which files, which entries


def test_other_configuration_files_are_passed_over_in_folders(tmp_path: Path) -> None:
    (tmp_path / "extensions.conf").write_text(SIMPLE)
    (tmp_path / "sip.conf").write_text("[general]\nport=5060\n")
    reading = read([str(tmp_path)], Settings())
    assert reading.flow.problems == ()
    assert reading.files == 1


def test_other_configuration_may_speak_of_extensions_too(tmp_path: Path) -> None:
    (tmp_path / "extensions.conf").write_text(SIMPLE)
    (tmp_path / "res_ldap.conf").write_text("[extensions]\nexten = AstExtension\nadditionalFilter=(a=b)\n")
    assert read([str(tmp_path)], Settings()).flow.problems == ()


def test_what_is_included_from_another_folder_is_no_dialplan_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "extensions.conf").write_text("[main]\nexten => s,1,Goto(q,s,1)\n#include parts/q.conf\n")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "q.conf").write_text(
        "[q]\nexten => s,1,Gosub(hello,s,1)\nexten => s,n,Queue(q)\n#include parts/hello.conf\n"
    )
    (tmp_path / "parts" / "hello.conf").write_text("[hello]\nexten => s,1,Return()\n")
    call = Phone(read([str(tmp_path)], Settings()))
    assert call.entries == ["main,s"]
    assert call("main,s").who == "q"
    assert call.flow.problems == ()


@pytest.mark.parametrize(
    "name", ["/etc/asterisk/more/q.conf", "/srv/pbx/q.conf", "/etc/asterisk/more/*.conf"]
)
def test_absolute_names_are_found_in_a_copy_of_the_configuration(tmp_path: Path, name: str) -> None:
    (tmp_path / "extensions.conf").write_text(f"[main]\nexten => s,1,Goto(q,s,1)\n#include {name}\n")
    (tmp_path / "more").mkdir()
    for path in (tmp_path / "q.conf", tmp_path / "more" / "q.conf"):
        path.write_text("[q]\nexten => s,1,Queue(q)\n")
    call = Phone(read([str(tmp_path / "extensions.conf")], Settings()))
    assert call("main,s").who == "q"
    assert call.flow.problems == ()


def test_what_asterisk_does_not_load_is_read_by_itself(tmp_path: Path) -> None:
    (tmp_path / "extensions.conf").write_text(SIMPLE)
    (tmp_path / "extensions_old.conf").write_text(SIMPLE)
    reading = read([str(tmp_path)], Settings())
    assert reading.files == 2
    assert reading.flow.problems == ()  # no priority is there twice


def test_lua_dialplans_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "extensions.lua"
    path.write_text("extensions = {\n  default = {}\n}\n")
    problem, *others = read([str(path)], Settings()).flow.problems
    assert problem.kind is ProblemKind.UNSUPPORTED
    assert not others


def test_entries_are_contexts_that_nothing_leads_to(phone: Connect) -> None:
    call = phone(
        "[incoming]\ninclude => people\nexten => 5551000,1,Goto(menu,s,1)\nexten => 5551001,1,Playback(fax)\n"
        "[menu]\nexten => s,1,Background(greeting)\n same => n,WaitExten()\nexten => 1,1,Queue(q)\n"
        "[people]\nexten => 100,1,Dial(SIP/100)\n[macro-x]\nexten => s,1,Dial(SIP/1)\n"
        "[sub]\nexten => s,1,Dial(SIP/2)\n same => n,Return()\n"
    )
    assert call.entries == ["incoming,5551000", "incoming,100"]
    assert "nothing jumps into context incoming" in call.steps["entry incoming,100"].detail


def test_the_keys_of_a_menu_are_no_entries(phone: Connect) -> None:
    assert phone(SIMPLE).entries == ["main,s"]


def test_codes_that_staff_dial_are_no_lines_without_a_human(phone: Connect) -> None:
    """888 listens to a call, 666 takes a fax and #1 logs out; 900 is a menu, and nobody is behind it."""
    call = phone(
        "[internal]\nexten => _1XX,1,Macro(caller)\n same => n,Dial(SIP/${EXTEN})\n"
        "exten => 888,1,Macro(caller)\n same => n,ChanSpy()\n same => n,Hangup()\n"
        "exten => 666,1,Macro(caller)\n same => n,ReceiveFAX(/tmp/fax.tif)\n"
        "exten => _#X,1,Macro(caller)\n same => n,Playback(bye)\n"
        "exten => 900,1,Macro(caller)\n same => n,Read(X,menu,1)\n"
        ' same => n,GotoIf($["${X}" = "1"]?7)\n same => n,GotoIf($["${X}" = "2"]?8)\n same => n,Hangup()\n'
        "exten => 900,7,Playback(a)\nexten => 900,8,Playback(b)\n"
        "[macro-caller]\nexten => s,1,GotoIf($[${X} = 1]?2:3)\nexten => s,2,NoOp()\nexten => s,3,NoOp()\n"
    )
    assert [call.verdict(each) for each in ("internal,888", "internal,666")] == ["unreachable"] * 2
    told = [f.violation.entry.name for f in findings(call.reading) if f.code in ("IVR102", "IVR103")]
    assert told == ["internal,900"]
    chosen = phone("[internal]\nexten => 888,1,ChanSpy()\n", entry=("internal,888",))
    assert "IVR102" in [finding.code for finding in findings(chosen.reading)]


def test_contexts_in_a_circle_are_entered_at_the_first(phone: Connect) -> None:
    call = phone(
        "[a]\nexten => s,1,Background(x)\n same => n,WaitExten()\nexten => 1,1,Goto(b,s,1)\n"
        "[b]\nexten => s,1,Background(x)\n same => n,WaitExten()\nexten => 1,1,Goto(a,s,1)\n"
        "exten => 0,1,Queue(q)\n"
    )
    assert call.entries == ["a,s"]


def test_entries_can_be_chosen(phone: Connect) -> None:
    text = SIMPLE + "[other]\nexten => s,1,Goto(main,s,1)\n"
    assert phone(text, entry=("main",)).entries == ["main,s"]
    assert phone(text, entry=("main,1",)).entries == ["main,1"]
    call = phone(text, entry=("nowhere",))
    assert any("nowhere" in problem for problem in call.problems(ProblemKind.NO_SUCH_ENTRY))


def test_a_menu_is_called_by_the_comment_above_it(phone: Connect) -> None:
    call = phone("; Main menu\n" + SIMPLE.replace("main", "ivr-3"))
    assert call.steps["ivr-3,s,1"].name == "Main menu"
    beside = phone(SIMPLE.replace("[main]", "[ivr-3] ; Main menu"))
    assert beside.steps["ivr-3,s,1"].name == "Main menu"


def test_extensions_for_single_callers_are_said_not_to_be_followed(phone: Connect) -> None:
    call = phone("[main]\nexten => s/555,1,Hangup()\nexten => s,1,Queue(q)\n")
    assert call("main,s").who == "q"
    assert call.problems(ProblemKind.UNSUPPORTED) == [
        "2: what s does for callers from 555 alone is not followed"
    ]


def test_fragments_may_lead_to_files_that_were_not_given(tmp_path: Path) -> None:
    path = tmp_path / "extensions_additional.conf"
    path.write_text("[main]\nexten => s,1,Goto(from-internal,s,1)\n[q]\nexten => s,1,Queue(q)\n")
    reading = read([str(path)], Settings(entry=("main,s",)))
    assert reading.context.routes.verdict("entry main,s").value == "unknown"


def test_extensions_that_callers_know_are_not_counted_as_keypresses(phone: Connect) -> None:
    """2 gives more information, during which every extension can be dialled as before; 8 is a directory."""
    call = phone(
        "[main]\nexten => s,1,Background(hello)\n same => n(again),Background(menu)\n same => n,WaitExten()\n"
        "exten => 2,1,Background(more)\n same => n,Goto(s,again)\n"
        "exten => 8,1,Directory(default,main)\n"
        "exten => 1236,1,Dial(SIP/1236)\n",
        voicemail="[default]\n1236 = 1,Somebody\n",
    )
    assert "IVR101" not in [finding.code for finding in findings(call.reading)]


def codes(call: Any, *wanted: str) -> list[str]:
    """Codes of the findings that are among ``wanted``."""
    return [finding.code for finding in findings(call.reading) if finding.code in wanted]


def test_the_parts_of_one_menu_are_told_once(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Background(one)\n same => n,Playback(between)\n same => n,Background(two)\n"
        " same => n,Playback(between)\n same => n,Background(three)\n same => n,WaitExten()\n"
        "exten => 1,1,Queue(q)\n"
    )
    told = [finding.violation for finding in findings(call.reading) if finding.code == "IVR203"]
    assert [(each.span.line, [span.line for _, span in each.related]) for each in told] == [(2, [4, 6])]


def test_a_handler_that_a_number_of_no_interest_uses_is_not_dead(phone: Connect) -> None:
    """555 leads to a mailbox only, which is no line of interest; its star leads to ``a``."""
    dialplan = (
        "[main]\nexten => 444,1,Dial(SIP/1)\nexten => 555,1,{}(555)\n same => n,Hangup()\n"
        "exten => a,1,Hangup()\n"
    )
    assert codes(phone(dialplan.format("VoiceMail")), "IVR208") == []
    assert codes(phone(dialplan.format("Playback")), "IVR208") == ["IVR208"]


def test_a_key_may_repeat_more_than_the_menu(phone: Connect) -> None:
    """2 tells more and goes on with the menu alone; 3 begins with the greeting again, then the menu."""
    dialplan = (
        "[main]\nexten => s,1(hello),Background(hello)\n same => n(menu),Background(menu)\n"
        " same => n,WaitExten()\nexten => 2,1,Playback(more)\n same => n,Goto(s,menu)\n"
        "exten => 3,1,Goto(s,hello)\nexten => 4,1,Queue(q)\n"
    )
    assert not list(no_repeat.check(phone(dialplan).reading.context))
    assert list(no_repeat.check(phone(dialplan.replace("3,1,Goto(s,hello)", "3,1,Queue(q)")).reading.context))


def test_keys_that_are_ignored_are_no_options(phone: Connect) -> None:
    """While a message is recorded, only # does something."""
    keys = "".join(f"exten => {key},1,Goto(waiting,1)\n" for key in "0123456789*")
    call = phone(
        "[main]\nexten => s,1,Background(record)\n same => n,Goto(waiting,1)\n"
        f"exten => waiting,1,WaitExten(120)\n same => n,Hangup()\n{keys}exten => #,1,Queue(q)\n"
    )
    assert codes(call, "IVR303", "IVR507") == []


def test_keys_that_are_refused_are_no_options(phone: Connect) -> None:
    """Silence is counted, a wrong key is not: they lead to different places, and both back."""
    call = phone(
        "[main]\nexten => s,1,Set(times=0)\n same => n(ask),Read(key,menu,1)\n"
        ' same => n,GotoIf($["${key}" = ""]?silent)\n'
        ' same => n,GotoIf($["${key}" = "1"]?sales)\n'
        ' same => n,GotoIf($["${key}" = "2"]?service)\n'
        " same => n,Playback(invalid)\n same => n,Goto(ask)\n"
        " same => n(silent),Set(times=$[${times} + 1])\n same => n,GotoIf($[${times} < 3]?ask)\n"
        " same => n,Hangup()\n same => n(sales),Queue(sales)\n same => n(service),Queue(${key})\n"
    )
    assert codes(call, "IVR303", "IVR507") == []


def test_who_can_end_the_number_need_not_wait(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Read(day,enter-the-day-or-0-and-hash,4)\n"
        ' same => n,GotoIf($["${day}" = "0"]?1)\n same => n,GotoIf($["${day}" = "00"]?people)\n'
        " same => n,Hangup()\n same => n(people),Queue(q)\n"
    )
    assert codes(call, "IVR302") == []


# --- prompts


def test_transcripts_and_lengths(phone: Connect) -> None:
    Path("sounds").mkdir()
    Path("sounds/core-sounds-en.txt").write_text(
        "; comment\ngreeting: Press 1 for sales.\nlong: Some words here.\n"
    )
    Path("sounds/raw.gsm").write_bytes(b"\0" * 33 * 50)
    Path("sounds/law.ulaw").write_bytes(b"\0" * 4000)
    Path("sounds/lin.sln").write_bytes(b"\0" * 32000)
    with wave.open("sounds/greeting.wav", "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0" * 16000 * 3)
    call = phone(
        "[main]\nexten => s,1,Playback(greeting&raw&law&lin&long&silence/2&nowhere)\n"
        " same => n,SayDigits(12)\n"
        ' same => n,Flite("Hello there")\n same => n,Queue(q)\n',
        sounds=("sounds",),
    )
    prompts = call.steps["main,s,1"].prompts
    assert [prompt.duration.ms for prompt in prompts] == [3000, 1000, 500, 2000, 0, 2000, 0]
    assert (prompts[0].text, prompts[4].duration.words) == ("Press 1 for sales.", 3)
    assert [prompt.duration.exact for prompt in prompts] == [True] * 6 + [False]
    assert call.steps["main,s,2"].prompts[0].text == "1 2"
    assert call.steps["main,s,3"].prompts[0].text == "Hello there"


# --- suppression, and input of any kind


def test_a_comment_silences_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "extensions.conf"
    text = "[main]\nexten => s,1,Goto(nope,1){}\nexten => 1,1,Queue(q)\n"
    path.write_text(text.format(""))
    assert "IVR501" in {finding.code for finding in check([str(path)], Settings(entry=("main,s",))).findings}
    path.write_text(text.format(" ; ivrlint: ignore[IVR501] known"))
    assert "IVR501" not in {
        finding.code for finding in check([str(path)], Settings(entry=("main,s",))).findings
    }


PARTS = st.sampled_from(
    [
        "exten",
        "=>",
        "same",
        "=>",
        "n",
        ",",
        "1",
        "s",
        "i",
        "t",
        "_X.",
        "_[1-3",
        "[",
        "]",
        "(",
        ")",
        "${",
        "}",
        "$[",
        "${EXTEN}",
        "${EXTEN:1}",
        "$[1+1]",
        "GotoIf",
        "Goto",
        "Gosub",
        "Return",
        "Macro",
        "While",
        "EndWhile",
        "Read",
        "Background",
        "WaitExten",
        "Queue",
        "Dial",
        "VoiceMail",
        "ExecIf",
        "Set",
        "x=",
        "${x}",
        "?",
        ":",
        "&",
        "|",
        "[main]",
        "[b](!)",
        "[c](b)",
        "#include",
        "include",
        "switch",
        ";",
        ";--",
        "--;",
        "\\",
        '"',
        "Directory",
        "ReadExten",
        "GotoIfTime",
        "9-17,mon-fri,*,*",
        "!",
    ]
)
LINE = st.lists(PARTS, max_size=8).map(" ".join) | st.lists(PARTS, max_size=8).map("".join)
LINES = st.lists(LINE | st.sampled_from(SIMPLE.splitlines()), max_size=14).map("\n".join)


@settings(deadline=None, max_examples=300)
@given(LINES)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    source = Source("extensions.conf", "[main]\nexten => s,1,Answer()\n" + text)
    flow = asterisk.read([source], Project())
    names = {step.id for step in flow.steps}
    assert len(names) == len(flow.steps)
    assert all(move.source in names and move.target in names for move in flow.moves)


if "IVRLINT_CORPUS" in os.environ:  # a folder of other people's dialplans, where there is one

    def test_the_corpus_is_read_without_a_crash() -> None:
        paths = sorted((Path(os.environ["IVRLINT_CORPUS"]) / "asterisk").rglob("extensions*"))
        files = [path for path in paths if path.is_file() and path.suffix != ".ael"]
        assert files
        for path in files:
            problems = read([str(path)], Settings()).flow.problems
            assert ProblemKind.INTERNAL not in {problem.kind for problem in problems}, path
