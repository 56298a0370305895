"""What is seldom needed in a file written by hand, and needed to say what other systems do."""

from __future__ import annotations

import pytest

from ivrlint.flow import Duration, Flow, Move, MoveKind, StepKind
from tests.ivr_texts import read

AT_LEAST = Duration(exact=False)


def moves(text: str, source: str = "a") -> list[Move]:
    flow = read(f'line "1" -> a\n{text}\nqueue q\nqueue r\n')
    assert flow.problems == (), flow.problems
    return [move for move in flow.moves if move.source == source]


def targets(flow_moves: list[Move]) -> list[tuple[MoveKind, str, str]]:
    return [(move.kind, move.label, move.target) for move in flow_moves]


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ('"one two"+', Duration(words=2, exact=False)),
        ('"one" 3s+', Duration(3000, exact=False)),
        ('audio "none.wav" says "one"+', Duration(words=1, exact=False)),
        ('""+', AT_LEAST),
        ('"one"', Duration(words=1)),
        ("", Duration()),
    ],
)
def test_a_prompt_and_more(written: str, length: Duration) -> None:
    (move,) = moves(f"say a {written} -> q")
    assert move.heard == length


def test_after_says_what_is_heard_instead() -> None:
    key, silence = moves('menu a { prompt "one two" 1 after 3s -> q timeout 5s x2 after 1s+ -> r }')
    assert key.heard == Duration(3000)
    assert (silence.heard, silence.attempts) == (Duration(1000, exact=False), 2)


def test_faults_of_every_step() -> None:
    assert targets(moves('say a "x" -> q fault -> r')) == [
        (MoveKind.NEXT, "", "q"),
        (MoveKind.ERROR, "", "r"),
    ]
    for step in ("menu a {", "ask a {", "queue a {", "voicemail a {", "code a {", "data c\ncheck a c {"):
        assert targets(moves(f'{step} fault "no answer" -> r }}')) == [(MoveKind.ERROR, "no answer", "r")]


def test_the_system_does_something() -> None:
    flow: Flow = read('line "1" -> a\ndo a "notes it" -> q\nqueue q\n')
    (step,) = (each for each in flow.steps if each.name == "a")
    assert (step.kind, step.detail) == (StepKind.CHECK, "notes it")
    assert targets(moves('do a "notes it" -> q fault -> r')) == [
        (MoveKind.NEXT, "", "q"),
        (MoveKind.ERROR, "", "r"),
    ]


def test_a_known_number_is_dialled() -> None:
    number, extension = moves('menu a { dial "5551" "shop" -> q dial 3 -> r }')
    assert (number.kind, number.keys, number.keypresses, number.label) == (MoveKind.DIAL, "5551", 4, "shop")
    assert (extension.keys, extension.keypresses) == ("", 3)


def test_an_ask_takes_extensions_and_words() -> None:
    assert targets(moves('ask a { digits 4 dial 3 "Maria" -> q spoken "help" -> r done -> q }')) == [
        (MoveKind.DIAL, "Maria", "q"),
        (MoveKind.SPEECH, "help", "r"),
        (MoveKind.DIGITS, "", "q"),
    ]


def test_a_wrong_number_costs_its_digits_and_a_wrong_word_no_key() -> None:
    assert [move.keypresses for move in moves("ask a { invalid x2 digits 4 -> q }")] == [8]
    assert [move.keypresses for move in moves("ask a { invalid x2 -> q }")] == [2]
    assert [m.keypresses for m in moves('menu a { spoken "x" -> q invalid x2 -> r }')] == [0, 0]
    assert [m.keypresses for m in moves('menu a { 1 spoken "x" -> q invalid x2 -> r }')] == [1, 0, 2]


def test_waiting_callers() -> None:
    found = moves('queue a { unanswered 20s "nobody there" -> q full "queue full" -> r done -> q }')
    assert [(move.kind, move.label, move.heard) for move in found] == [
        (MoveKind.OVERFLOW, "nobody there", Duration(20_000)),
        (MoveKind.OVERFLOW, "queue full", Duration()),
        (MoveKind.NEXT, "", AT_LEAST),
    ]
    assert [move.heard for move in moves("queue a { unanswered -> q }")] == [AT_LEAST]


def test_a_program_that_comes_back() -> None:
    assert targets(moves('code a "looks it up" -> q')) == [(MoveKind.NEXT, "", "q")]


def test_outcomes_that_are_not_usual() -> None:
    checked = "check a c { open -> q holiday unusual -> r closed -> r }"
    for kind in ("hours", "data"):
        assert [move.usual for move in moves(f"{kind} c\n{checked}")] == [True, False, True]


def test_what_varies_is_not_remembered() -> None:
    text = "check a c { yes -> b no -> r }\ncheck b c { yes -> q no -> r }"
    assert [m.target for m in moves(f"data c\n{text}", "b")] == ["q"]
    assert [m.target for m in moves(f"data c varies\n{text}", "b")] == ["q", "r"]


def test_the_language_holds_for_prompts_before_it_too() -> None:
    flow = read('line "1" -> a\nsay a "hola" -> q\nqueue q\nlanguage "es"\n')
    assert [prompt.language for step in flow.steps for prompt in step.prompts] == ["es"]
