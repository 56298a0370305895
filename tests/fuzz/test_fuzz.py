"""A short seeded run of every target; long ones are made by hand with ``python -m tests.fuzz``."""

from __future__ import annotations

from random import Random

import pytest

from ivrlint.config import Settings
from ivrlint.flow import ProblemKind
from ivrlint.linter import Reading, read
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS, look_at

RUNS = 60


def _read(path: str, text: str) -> Reading:
    return read([path], Settings(), texts={path: text})


@pytest.mark.parametrize("name", TARGETS)
def test_broken_input_is_told_and_nothing_crashes(name: str) -> None:
    target = TARGETS[name]
    texts = [path.read_text(encoding="utf-8") for path in (*target.seeds, *target.larger)]
    random = Random(name)  # the same in every run
    for _ in range(RUNS):
        reading = target.run(mutated(texts, random))
        if reading:
            look_at(reading)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_broken_was_whole(name: str) -> None:
    """A seed that is not read breaks nothing behind the parser."""
    target = TARGETS[name]
    for path in (*target.seeds, *target.larger):
        reading = target.run(path.read_text(encoding="utf-8"))
        told = [each for each in reading.flow.problems if each.kind is ProblemKind.SYNTAX] if reading else []
        assert told == [], path
        assert reading is None or reading.flow.steps, path


@pytest.mark.parametrize(
    "line",
    [
        "Dial(PJSIP/1,1e999)",
        "Dial(PJSIP/1,nan)",
        "GotoIf($[" + "(" * 500 + "1]?1)",
        "GotoIf($[" + "!" * 3000 + "1]?1)",
        "GotoIf($[" + "9" * 5000 + " > 1]?1)",
        "GotoIf(" + "9" * 5000 + "?1)",
        "Set(X=$[1 % 0.5])",
        "Set(X=$[" + "9" * 300 + " * " + "9" * 300 + "])",
        "Set(X=${CUT(EXTEN,-,²)})",
        "Set(X=${MATH(" + "9" * 5000 + "+1,int)})",
        "Goto(" + "9" * 5000 + ")",
        "Goto(+²)",
        "Read(X,,٣,,²)",
        "Wait(1e308)",
        "Set(TIMEOUT(response)=1e400)",
        "Background(silence/" + "9" * 5000 + ")",
    ],
)
def test_numbers_and_expressions_beyond_all_bounds(line: str) -> None:
    text = f"[a]\nexten => s,1,{line}\n same => n,Queue(q)\n"
    look_at(_read("/f/extensions.conf", text))


@pytest.mark.parametrize(
    "text",
    [
        'line "1" -> m\nmenu m { timeout ' + "9" * 5000 + "s -> q }\nqueue q",
        'line "1" -> m\nmenu m { invalid x' + "9" * 5000 + " -> q }\nqueue q",
        'line "1" -> m\nask m { digits ' + "9" * 5000 + " done -> q }\nqueue q",
        'line "1" -> m\nmenu m { ' + "9" * 5000 + " -> q }\nqueue q",
    ],
)
def test_numbers_beyond_all_bounds_in_ivr(text: str) -> None:
    look_at(_read("/f/a.ivr", text))


@pytest.mark.parametrize("value", ["9" * 5000, "-" + "9" * 5000 + ".5", "1e999", "9" * 50_000 + "x", "٣"])
def test_numbers_beyond_all_bounds_in_terraform(value: str) -> None:
    action = f'{{Identifier = "a", Type = "Wait", Parameters = {{X = {value}}}, Transitions = {{}}}}'
    flow = f'jsonencode({{StartAction = "a", Actions = [{action}]}})'
    text = f'resource "aws_connect_contact_flow" "a" {{\n content = {flow}\n}}'
    look_at(_read("/f/flows.tf", text))


@pytest.mark.parametrize(
    "text",
    [
        # a menu of a context with a timed include: the hours are asked at its place too
        "[a]\nexten => s,1,Background(x)\nexten => 1,1,Queue(q)\nexten => 4,1,Read(DIGITS)\n"
        " same => n,Goto(${DIGITS},1)\ninclude => b,9:00-17:00,*,*,*\n",
        # a menu that stands in a timed include itself: if that did not hold, the call would not be there
        "[a]\ninclude => b,*,*,25,dec\nexten => _1XX,2,Queue(q)\n[b]\nexten => _1XX,1,Background(x)\n",
        # an extension whose name does not match itself
        "[a]\nexten => s,1,Macro(m)\n[macro-m]\nexten => s,1,Dial(PJSIP/1)\nexten => \x03-,1,Dial(PJSIP/1)\n",
    ],
)
def test_dialplans_that_were_found_to_break_it(text: str) -> None:
    look_at(_read("/f/extensions.conf", text))
