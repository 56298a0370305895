"""Which numbers callers dial, and ways that are known though they look computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ivrlint.config import Settings
from ivrlint.flow import ProblemKind
from ivrlint.formats.asterisk.arithmetic import value_of
from ivrlint.linter import read
from tests.formats.asterisk.conftest import Phone

Connect = Callable[..., Any]
OFFICE = "[office]\nexten => 10,1,Goto(menu,s,1)\nexten => 8000,1,Queue(sales)\n"
MENU = "[menu]\nexten => s,1,Background(hello)\n same => n,WaitExten(5)\nexten => 1,1,Queue(sales)\n"


def test_a_short_number_is_a_line_where_nothing_asks_for_keys(phone: Connect) -> None:
    assert phone(OFFICE + MENU).entries == ["office,10", "office,8000"]


@pytest.mark.parametrize(
    "asking",
    [
        "[office](+)\nexten => 8001,1,Background(hello)\n same => n,WaitExten(5)\n",
        "[menu](+)\ninclude => office\n[night]\ninclude => office\n",
        "[menu](+)\nexten => 2,1,Background(hello,,,office)\n",
        "[menu](+)\nexten => 2,1,ReadExten(number,hello,office)\n",
        "[menu](+)\nexten => 2,1,Background(hello,,,${where})\n",
    ],
)
def test_a_short_number_is_a_key_where_a_menu_takes_it(phone: Connect, asking: str) -> None:
    assert not {"office,10", "night,10"} & set(phone(OFFICE + MENU + asking).entries)


def test_a_short_number_is_a_key_where_a_queue_takes_it(phone: Connect) -> None:
    assert phone(OFFICE + MENU, queues="[sales]\ncontext = office\n").entries == ["office,8000"]


def test_no_call_comes_in_where_texts_do(phone: Connect) -> None:
    dialplan = "[texts]\nexten => 2000,1,Queue(one)\n[calls]\nexten => 3000,1,Queue(two)\n"
    assert phone(dialplan).entries == ["texts,2000", "calls,3000"]
    assert phone(dialplan, pjsip="[phone]\nmessage_context = texts\n").entries == ["calls,3000"]
    both = "[phone]\nmessage_context = texts\ncontext = texts\n"
    assert phone(dialplan, pjsip=both).entries == ["texts,2000", "calls,3000"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"10" > "9"', "0"),
        ('"9" < "10"', "0"),
        ('"9" >= "10"', "1"),
        ('"2" < "3"', "1"),
        ('"3" < "3"', "0"),
        ('"3" <= 3', "1"),
        ('"19" > "20"', "0"),
        ('"100" > "20"', "0"),
        ('"09" > "10"', "0"),
        ('"-1" < "1"', "1"),
        ('"5" < 5', "1"),  # the quote comes before any digit
        ('"95" > 9', "0"),
        ('9 < "10"', "0"),
        ('10 > "9"', "1"),
        ('"10" = 10', "0"),
        ('"10" = "10.0"', "0"),
        ('"x" > "5"', "1"),
        ('"Z" < "a"', "1"),
        ('"*" < "1"', "1"),
        ('"" < "1"', "1"),
        ('"" < ""', "0"),
        ("10 < b", "1"),
        ("10 > 9", "1"),
        ("2.5 > 10", "0"),
        ('"2" + "3"', "0"),
    ],
)
def test_texts_are_ordered_sign_by_sign(text: str, value: str | None) -> None:
    """As recorded on Asterisk 16.28."""
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ""),
        (" = 1", ""),  # as where a variable is empty
        ("1 = ", "0"),
        ("(1", "0"),
        ("1 2", "1"),
        ("5 = 5 6", "1"),
        ('"a" = "a" foo', "1"),
        ("a,b", "a"),
        ("{5} = ~5", "1"),
        ("2 & 12", "2"),
        ("007 & x", "7"),
        ('"" & x', '""'),
        ('"" | x', '""'),
        ("x & 0", "0"),
        ("0 | abc", "abc"),
        ('!"c"', "1"),
        ("!x", "1"),
        ("!1 = 0", "1"),
        ("-1 % 10", "-1"),
        ("-0 * 3", "-0"),
        ("5 / 0", "2147483647"),
        ("x + 3", "3"),
        ("3 - x", "3"),
        ("x - 3", "-3"),
        ("x * 3", "0"),
        ("1 ? a :: b", "a"),
        ('"" ? a :: b', "b"),
        ('"123" =~ "^1"', "1"),
        ('"123" =~ "([0-9])3"', "2"),
        ('"123" =~ "^(2|3)$"', ""),
        ('"123" : "2"', "0"),
        ('"123" : "12"', "2"),
        ('"12" ~~ x', "12x"),
        ("f(1)", None),
        ('"123" =~ "(1|12)"', None),
        ('"aaa" =~ "(a*)*"', None),
    ],
)
def test_expressions_as_recorded_on_asterisk(text: str, value: str | None) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("\x01${x}\x02 | 1", None),  # nothing at all would be a fault
        ("1 | \x01${x}\x02", None),
        ('"\x01${x}\x02" = "1" | 1 = 1', "1"),
        ('"\x01${x}\x02" = "1" & 1 = 0', "0"),
        ("\x01${x}\x02 = 1 & 0", "0"),
        ("\x01${x}\x02 1", None),
    ],
)
def test_what_is_not_known_may_be_nothing(text: str, value: str | None) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("jump", "pattern"),
    [
        ("_1XX", "_1XX"),
        ("_1xx", "_1XX"),
        ("_NXXXXXX", "_NXX-XXXX"),
        ("_NXX-XXXX", "_NXX-XXXX"),
        ("_X.", "_X."),
    ],
)
def test_a_pattern_is_what_its_own_name_means(phone: Connect, jump: str, pattern: str) -> None:
    """As recorded on Asterisk 16.28: whatever the dashes, and in whichever case."""
    plan = (
        f"[lines]\nexten => s,1,Goto({jump},1)\nexten => {pattern},1,Queue(own)\nexten => i,1,Queue(wrong)\n"
    )
    assert phone(plan, entry=("lines,s",))("lines,s").who == "own"


def test_another_pattern_is_no_name_of_this_one(phone: Connect) -> None:
    plan = "[lines]\nexten => s,1,Goto(_1XXX,1)\nexten => _1XX,1,Queue(own)\nexten => i,1,Queue(wrong)\n"
    assert phone(plan, entry=("lines,s",))("lines,s").who == "wrong"


def test_a_context_may_be_included_at_several_times(phone: Connect) -> None:
    """As recorded on Asterisk 16.28: at two o'clock it is day."""
    call = phone(
        "[in]\ninclude => day,07:00-11:00,*,*,*\ninclude => day,13:00-17:00,*,*,*\ninclude => night\n"
        "[day]\nexten => 6000,1,Background(hello)\n same => n,WaitExten(5)\nexten => 1,1,Queue(people)\n"
        "[night]\nexten => 6000,1,Background(closed)\n same => n,Hangup()\n"
    )
    assert call("in,6000", "no", "yes", "1").who == "people"
    assert call("in,6000", "no", "no", "wait").kind == "end"


def test_a_switch_in_a_pattern_leads_to_all_its_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("extensions.ael").write_text(
        "context lines {\n  _20XX => { switch (${EXTEN}) {\n    case 2001: Queue(sales); break;\n"
        "    default: Queue(others); } }\n}\n"
    )
    call = Phone(read(["extensions.ael"], Settings()))
    people = {step.target for step in call.flow.steps if step.kind.value == "human"}
    assert people == {"sales", "others"}
    assert call.verdict("lines,_20XX") == "reachable"
    assert not call.flow.problems


def test_an_application_without_brackets_is_none(phone: Connect) -> None:
    """As recorded on Asterisk 16.28: `No application 'Dial,SIP/1'`. What was meant is followed."""
    call = phone(
        "[in]\nexten => s,1,Background,menu\nexten => s,2,WaitExten|5\nexten => 1,1,Dial,SIP/1,20\n"
        "exten => 2,1,NoOp(a,b)\nexten => 2,2,Queue(c)\nexten => 3,1,n,Queue(d)\n",
        entry=("in,s",),
    )
    assert call("in,s", "1").who == "SIP/1"
    (problem,) = (each for each in call.flow.problems if each.kind is ProblemKind.UNDEFINED_TARGET)
    assert problem.span.line == 2
    assert problem.message.startswith("`Background,menu` (and in 2 other places) is no application")
    assert problem.hint.startswith("write `Background(menu)`")
    assert [span.line for _, span in problem.related] == [3, 4]
