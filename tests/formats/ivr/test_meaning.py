"""What each construct of the language means for callers: routes, keys, verdicts."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from ivrlint import table
from ivrlint.config import Settings
from ivrlint.flow import Flow, MoveKind, StepKind
from ivrlint.linter import Report
from ivrlint.routes import Verdict

Lint = Callable[..., Report]

HEAD = 'line "1" -> main\nqueue q "Please hold."\nqueue p "Please wait."\n'


def routes(report: Report, entry: int = 0) -> dict[str, tuple[int, int, str]]:
    """Human -> keypresses, entries and what the caller does, from one entry."""
    rows = table.entries(report.reading)[entry].rows
    return {
        row.route.human.name: (
            row.route.distance.keypresses,
            row.route.distance.entries,
            " ".join(row.keys),
        )
        for row in rows
    }


def verdict(report: Report) -> Verdict:
    return table.entries(report.reading)[0].verdict


def codes(report: Report) -> list[str]:
    """What rules say of what was read; how good the menu is, is not asked here."""
    return [f.code for f in report.findings if f.code[:4] in ("IVR5", "IVR9") or f.code <= "IVR103"]


def ms(flow: Flow, kind: MoveKind) -> tuple[int, bool]:
    """Milliseconds before the first move of ``kind`` at 150 words a minute, and whether that is exact."""
    heard = next(move.heard for move in flow.moves if move.kind is kind)
    return heard.milliseconds(150), heard.exact


def test_two_keys_are_two_keypresses_and_one_entry(lint: Lint) -> None:
    report = lint(main=HEAD + "menu main { 12 -> q 3, 4 -> p }")
    assert routes(report) == {"q": (2, 1, "12"), "p": (1, 1, "3")}


def test_typed_data(lint: Lint) -> None:
    report = lint(main=HEAD + 'ask main { prompt "Your number?" digits 4-10 done -> q }')
    assert routes(report) == {"q": (4, 1, "4 digits")}
    assert ms(report.reading.flow, MoveKind.DIGITS) == (800, False)  # how long the pause is, is not said


def test_a_pause_ends_short_input(lint: Lint) -> None:
    report = lint(main=HEAD + 'ask main { prompt "Your number?" digits 4-10 pause 3s done -> q }')
    assert ms(report.reading.flow, MoveKind.DIGITS) == (3800, True)


@pytest.mark.parametrize(
    ("input_", "keypresses"),
    [
        ('digits 4-10 end "#"', 4),  # a pause ends it too
        ('digits 4-10 end "#" only', 5),
        ('digits 10 end "#" only', 10),  # the tenth digit ends it
        ('digits 4+ end "#" only', 5),
        ("digits 0-4", 0),
    ],
)
def test_when_the_terminator_counts(input_: str, keypresses: int, lint: Lint) -> None:
    report = lint(main=HEAD + f"ask main {{ {input_} done -> q }}")
    assert routes(report)["q"][0] == keypresses


def test_a_known_extension_is_no_choice_that_is_judged(lint: Lint) -> None:
    report = lint(main=HEAD + "menu main { dial 4 -> q 1 -> p }")
    assert routes(report) == {"p": (1, 1, "1"), "q": (4, 1, "4 digits")}
    assert "IVR101" not in codes(report)
    assert "IVR101" in codes(lint(main=HEAD + "ask main { digits 4 done -> q }"))
    assert "IVR101" not in codes(lint(main=HEAD + "ask main { digits 4 extension done -> q }"))


def test_speech_is_an_entry_without_a_key(lint: Lint) -> None:
    report = lint(main=HEAD + 'menu main { 1 spoken "billing" "bill" -> q spoken "agent" -> p }')
    assert routes(report) == {"q": (0, 1, '"billing"'), "p": (0, 1, '"agent"')}


def test_silence_and_wrong_keys_are_counted_by_attempt(lint: Lint) -> None:
    report = lint(main=HEAD + 'menu main { prompt "Hello." timeout 5s x2 -> q invalid x3 -> p }')
    assert routes(report) == {"q": (0, 0, "wait wait"), "p": (3, 3, "wrong wrong wrong")}
    assert ms(report.reading.flow, MoveKind.SILENCE) == (2 * (400 + 5000), True)
    assert ms(report.reading.flow, MoveKind.WRONG) == (0, True)


def test_an_option_can_be_pressed_when_it_has_been_named(lint: Lint) -> None:
    text = HEAD + 'menu main {{ prompt "For help, press 1. For sales, press 2." {} 1 -> q }}'
    assert ms(lint(main=text.format("")).reading.flow, MoveKind.KEY) == (4 * 400, True)
    assert ms(lint(main=text.format("barge-in off")).reading.flow, MoveKind.KEY) == (8 * 400, True)


def test_declared_lengths_and_audio(lint: Lint) -> None:
    report = lint(main='line "1" -> s\nsay s "Hello." 4s audio "a.wav" says "Bye." 500ms -> q\nqueue q')
    assert [move.heard.ms for move in report.reading.flow.moves] == [0, 4500]
    report = lint(main='line "1" -> s\nsay s audio "a.wav" -> q\nqueue q')
    assert not report.reading.flow.moves[1].heard.exact


def test_a_recording_beside_the_flow_is_measured(lint: Lint, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "hello.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * 3))
    (tmp_path / "bye.gsm").write_bytes(bytes(33 * 100))
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    text = 'line "1" -> s\nsay s audio "{}" says "Hello there." -> q\nqueue q'
    for name, ms in (("hello.wav", 3000), ("bye.gsm", 2000), ("broken.wav", 800), ("none.wav", 800)):
        assert ms_of_next(lint(main=text.format(name)).reading.flow) == ms


def ms_of_next(flow: Flow) -> int:
    return flow.moves[1].heard.milliseconds(150)


def test_everywhere_and_without(lint: Lint) -> None:
    text = """everywhere { 0 -> q 9 -> repeat timeout 5s -> p invalid x2 -> p }
    menu main { 1 -> sub }
    menu sub { without 0 9 -> p invalid -> q }"""
    flow = lint(main=HEAD + text).reading.flow
    names = {step.id: step.name for step in flow.steps}
    moves = [move for move in flow.moves if move.source != "line 1"]
    assert {(move.source, move.keys or move.kind.value, names[move.target]) for move in moves} == {
        ("main", "1", "sub"), ("main", "0", "q"), ("main", "9", "main"),
        ("main", "silence", "p"), ("main", "wrong", "p"),
        ("sub", "9", "p"), ("sub", "silence", "p"), ("sub", "wrong", "q"),
    }  # fmt: skip


def test_a_sub_menu_returns_to_whoever_called_it(lint: Lint) -> None:
    text = """menu main { 1 -> identify then q 2 -> identify then other }
    menu other { 3 -> p }
    ask identify { digits 4 done -> return }"""
    report = lint(main=HEAD + text)
    assert routes(report) == {"q": (5, 2, "1 4 digits"), "p": (6, 3, "2 4 digits 3")}
    assert [step.id for step in report.reading.flow.steps if step.name == "identify"] == [
        "identify",
        "identify@2",
    ]


def test_calls_follow_one_another_and_nest(lint: Lint) -> None:
    text = """menu main { 1 -> a then b then q }
    menu a { 2 -> inner then return }
    menu inner { 3 -> return }
    menu b { 4 -> return }"""
    assert routes(lint(main=HEAD + text)) == {"q": (4, 4, "1 2 3 4")}


def test_recursion_becomes_unknown(lint: Lint) -> None:
    report = lint(main=HEAD + "menu main { 1 -> main then main 2 -> return }")
    assert verdict(report) is Verdict.UNKNOWN
    assert {"IVR103", "IVR506"} <= set(codes(report))


def test_a_call_that_never_returns_calls_nobody(lint: Lint) -> None:
    assert verdict(lint(main=HEAD + "menu main { 1 -> main then q }")) is Verdict.UNREACHABLE


def test_a_return_that_nobody_called_is_an_undefined_target(lint: Lint) -> None:
    report = lint(main='line "1" -> main\nmenu main { 1 -> return }')
    assert codes(report) == ["IVR501"]  # once that is mended, there may be a human
    (undefined,) = [finding for finding in report.findings if finding.code == "IVR501"]
    assert "nothing to return to" in undefined.violation.message


def test_back_leads_to_the_menu_before(lint: Lint) -> None:
    text = "menu main { 1 -> a 2 -> b }\nmenu a { 3 -> c }\nmenu b { 4 -> c 5 -> q }\nmenu c { * -> back }"
    flow = lint(main=HEAD + text).reading.flow
    assert {(m.source, m.target) for m in flow.moves if m.keys == "*"} == {("c", "a"), ("c@2", "b")}


def test_back_at_the_first_menu_repeats_it(lint: Lint) -> None:
    flow = lint(main=HEAD + "menu main { * -> back 1 -> q }").reading.flow
    assert [(m.source, m.target) for m in flow.moves if m.keys == "*"] == [("main", "main")]


def test_a_condition_once_met_stays_as_it_is(lint: Lint) -> None:
    text = """hours office
    check main office { open -> second closed -> hangup }
    check second office { open -> hangup closed -> q }"""
    report = lint(main=HEAD + text)
    assert verdict(report) is Verdict.UNREACHABLE


def test_the_open_side_of_hours_is_what_callers_usually_meet(lint: Lint) -> None:
    text = HEAD + "hours office\ncheck main office {{ {} -> day {} -> q }}\nmenu day {{ 1 -> p }}"
    for first, second in (("open", "closed"), ("abierto", "cerrado")):
        flow = lint(main=text.format(first, second)).reading.flow
        assert [(m.label, m.usual) for m in flow.moves if m.condition] == [(first, True), (second, False)]
    flow = lint(main=(HEAD + "data vip\ncheck main vip { yes -> p no -> q }")).reading.flow
    assert all(move.usual for move in flow.moves)


def test_assume_fixes_an_outcome(lint: Lint) -> None:
    text = HEAD + "data vip\ncheck main vip { yes -> p no -> hangup }"
    assert table.entries(lint(main=text).reading)[0].rows[0].sure is None
    sure = table.entries(lint(Settings(assume={"vip": "yes"}), main=text).reading)[0].rows[0].sure
    assert sure is not None
    assert sure.keypresses == 0
    assert verdict(lint(Settings(assume={"vip": "no"}), main=text)) is Verdict.UNREACHABLE


def test_code_is_unknown_whatever_it_leads_to(lint: Lint) -> None:
    report = lint(main=HEAD + 'code main "the CRM" { gold -> q other -> p }')
    assert verdict(report) is Verdict.UNKNOWN
    assert [row.route.distance.unknowns for row in table.entries(report.reading)[0].rows] == [1, 1]


def test_overflow_is_no_route(lint: Lint) -> None:
    text = (
        'line "1" -> q\nqueue q { max 10m -> p full -> p }\nperson p { unanswered 20s -> vm }\nvoicemail vm'
    )
    report = lint(main=text)
    assert routes(report) == {"q": (0, 0, "")}
    assert "IVR502" not in codes(report)


def test_a_key_out_of_voicemail(lint: Lint) -> None:
    report = lint(main=HEAD + 'voicemail main "Leave a message or press 0." { 0 -> q done -> hangup }')
    assert routes(report) == {"q": (1, 1, "0")}


def test_kinds_targets_and_tags(lint: Lint) -> None:
    text = """line "1" "Main" priority toll-free -> rec
    recording rec on "This call is recorded." -> ad
    say ad "Buy now." advert -> menu1
    menu menu1 { 1 -> t 2 -> p 3 -> cb }
    transfer t "Claims" to "+1 900 1" premium
    person p to "PJSIP/maria"
    callback cb "We call you back." -> bye
    end bye "Goodbye."
    """
    steps = {step.name: step for step in lint(main=text).reading.flow.steps}
    assert steps["1"].tags == {"priority", "toll-free"}
    assert steps["rec"].tags == {"recording-on"}
    assert steps["ad"].tags == {"advert"}
    assert (steps["t"].kind, steps["t"].target, steps["t"].tags) == (
        StepKind.HUMAN, "+1 900 1", {"transfer", "premium"},
    )  # fmt: skip
    assert (steps["p"].target, steps["cb"].kind, steps["bye"].kind) == (
        "PJSIP/maria", StepKind.CALLBACK, StepKind.END,
    )  # fmt: skip


def test_names_in_quotes_and_in_any_script(lint: Lint) -> None:
    report = lint(
        main='line "1" -> "Main Menu"\nmenu "Main Menu" { 1 -> "queue" 2 -> menú }\nqueue "queue"\nqueue menú'
    )
    assert routes(report) == {"queue": (1, 1, "1"), "menú": (1, 1, "2")}


def test_undefined_names_are_told_with_a_suggestion(lint: Lint) -> None:
    report = lint(
        main=HEAD + "menu main { 1 -> qq 2 -> q 3 -> p }\ncheck c ofice { open -> q }\nhours office"
    )
    found = {(f.code, f.violation.hint) for f in report.findings}
    assert ("IVR501", "did you mean `q`?") in found
    assert ("IVR501", "did you mean `office`?") in found
    assert "IVR502" in codes(report)


def test_duplicates(lint: Lint) -> None:
    text = HEAD + 'menu main { 1 -> q 2 -> p timeout -> q timeout -> p }\nqueue q "Again."\nline "1" -> p\n'
    report = lint(main=text + "everywhere { invalid -> q }\neverywhere { invalid -> p }")
    assert codes(report).count("IVR503") == 4


def test_includes_share_names_and_are_read_once(lint: Lint) -> None:
    report = lint(
        main='include "b.ivr"\ninclude "c.ivr"\nline "1" -> b_menu',
        b='include "c.ivr"\nmenu b_menu { 1 -> shared }',
        c='queue shared "Please hold."',
    )
    assert codes(report) == []
    assert routes(report) == {"shared": (1, 1, "1")}


def test_files_that_do_not_include_each_other_are_flows_of_their_own(lint: Lint) -> None:
    one, two = (
        'line "1" -> main\nmenu main { 1 -> q }\nqueue q',
        'line "2" -> main\nmenu main { 5 -> q }\nqueue q',
    )
    report = lint(a=one, b=two)
    assert codes(report) == []
    assert [routes(report, entry) for entry in (0, 1)] == [{"q": (1, 1, "1")}, {"q": (1, 1, "5")}]


def test_a_finding_is_silenced_where_it_stands(lint: Lint) -> None:
    text = HEAD + "ask main { digits 10 done -> q }{}\n"
    assert codes(lint(main=text.replace("{}", ""))) == ["IVR502", "IVR101"]
    assert codes(lint(main=text.replace("{}", " // ivrlint: ignore[IVR101] a card number"))) == ["IVR502"]
    above = text.replace("{}", "").replace(
        "ask", "// ivrlint: ignore[too-many-keypresses] a card number\nask"
    )
    assert codes(lint(main=above)) == ["IVR502"]
    other = text.replace("{}", " // ivrlint: ignore[IVR102]")
    assert codes(lint(main=other)) == ["IVR502", "IVR101", "IVR903"]


def test_many_ways_to_a_menu_are_bounded_and_said(lint: Lint) -> None:
    names = [f"m{number}" for number in range(8)]
    menus = [
        f"menu {name} {{ * -> back " + " ".join(f"{n} -> {other}" for n, other in enumerate(names)) + " }"
        for name in names
    ]
    report = lint(main=HEAD + "menu main { 1 -> m0 2 -> q 3 -> p }\n" + "\n".join(menus))
    assert "IVR506" in codes(report)
    assert len(report.reading.flow.steps) < 500
    assert verdict(report) is Verdict.REACHABLE


def test_what_is_called_deeper_than_is_remembered_is_reached_all_the_same(lint: Lint) -> None:
    steps = "".join(f'say s{depth} "On." -> s{depth + 1} then back_{depth}\n' for depth in range(10))
    backs = "".join(f'say back_{depth} "Back." -> return\n' for depth in range(1, 10))
    end = "queue r\nsay back_0 -> r\nmenu s10 { 1 -> q 2 -> return }\nqueue q\n"
    report = lint(main=f'line "1" -> s0\n{steps}{backs}{end}')
    reached = report.reading.context.moves.reached
    unknown = {step.detail for step in report.reading.flow.steps if step.kind is StepKind.UNKNOWN}
    assert unknown == {"where this leads depends on the way here"}
    assert {"s10", "q", "back_9", "back_2", "back_1", "back_0", "r"} <= reached
    assert "IVR502" not in {finding.code for finding in report.findings}
    routes = report.reading.context.routes
    to_r = routes.from_entry(routes.entries[0].id).cheapest()[-1]
    assert (to_r.human.name, to_r.distance.keypresses, to_r.distance.unknowns) == ("r", 1, 1)
    assert verdict(report) is Verdict.REACHABLE
