"""Which numbers callers dial, and ways that are known though they look computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ivrlint.config import Settings
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
        ('"2" < "3"', "1"),
        ('"3" < "3"', "0"),
        ('"3" <= 3', "1"),
        ('"19" > "20"', "0"),
        ('"9" < "10"', None),
        ('"2" < "x"', None),
        ('"" < ""', None),
        ('"2" + "3"', None),
    ],
)
def test_texts_of_as_many_digits_are_ordered_as_numbers(text: str, value: str | None) -> None:
    assert value_of(text) == value


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
