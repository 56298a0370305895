"""What a designer is told about slips that are easily made."""

from __future__ import annotations

import pytest

from ivrlint.config import Settings
from ivrlint.formats.ivr import read
from ivrlint.project import Project
from ivrlint.source import Source


def _told(text: str) -> list[tuple[str, str]]:
    flow = read([Source("slip.ivr", text)], Project(Settings()))
    return [(problem.message, problem.hint) for problem in flow.problems]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('menu main {\n  "1" -> agents\n}\n', "keys stand without quotes", "write `1`"),
        ('ask n {\n  digits "4"\n  done -> agents\n}\n', "numbers stand without quotes", "write `4`"),
        ("queue 2nd_level\n", "a name begins with a letter", 'put it in quotes: "2nd_level"'),
        (
            'say hello "Hello."\nqueue agents\n',
            "it is not said where `say hello` leads",
            "write `->` and the next step at its end, or `-> hangup`",
        ),
        (
            "check c d {\n  yes -> agents\n  menu -> agents\n}\n",
            "`menu` is a word of the language",
            'as a name it needs quotes: "menu"',
        ),
    ],
)
def test_a_slip_is_told_with_its_fix(text: str, message: str, hint: str) -> None:
    assert _told(text) == [(message, hint)]


def test_a_backslash_is_blamed_where_there_is_one() -> None:
    ((message, _),) = _told('say hello "C:\\new" -> hangup\n')
    assert message.startswith("a backslash")
