"""Rules on reaching a human (1xx), on small flows."""

from __future__ import annotations

from typing import Any

from ivrlint.flow import Duration, Flow, Listening, Move, MoveKind, Problem, ProblemKind, Prompt
from ivrlint.rules import (
    best_customers_wait,
    cul_de_sac,
    data_gate,
    human_unknown,
    no_human,
    no_operator_key,
    not_guaranteed,
    silent_handover,
    slow_to_human,
    too_many_keypresses,
)
from tests.flows import dial_each, enter, flow, follow, move, press, say, wait, when
from tests.rules.judged import ELSEWHERE, as_copies, found, names, saying, with_step

# --- IVR101 too-many-keypresses


def test_walks_that_differ_in_a_move_only_are_told_each_and_lines_that_share_them_together() -> None:
    some = flow(
        "old:entry new:entry m:menu q:human",
        follow("old", "m"),
        follow("new", "m"),
        press("m", "1234", "q"),
        press("m", "5678", "q"),
    )
    first, second = found(too_many_keypresses, some)
    assert [first.span, second.span] == [some.moves[2].span, some.moves[3].span]
    assert first.message.startswith("4 keypresses from old to q (limit 3)")
    assert first.related == (("new comes the same way", some.steps[1].span),)


def _over_limit(*moves: Move) -> Flow:
    steps = "line:entry m:menu n:menu copy:menu p:human q:human"
    return flow(steps, follow("line", "m"), *moves)


def test_what_passes_the_limit_in_one_place_is_told_once_for_each_human() -> None:
    some = _over_limit(
        press("m", "1", "n"), press("m", "2", "copy"), press("n", "234", "q"), press("copy", "234", "q")
    )
    assert len(found(too_many_keypresses, some)) == 2
    assert len(found(too_many_keypresses, as_copies(some, "n", "copy"))) == 1
    ends = _over_limit(press("m", "1234", "q"), press("m", "1234", "p"))
    here = ends.moves[1].span
    again = [each._replace(span=here) if each.source == "m" else each for each in ends.moves]
    assert names(found(too_many_keypresses, ends._replace(moves=tuple(again)))) == ["m", "m"]


def test_a_number_that_is_known_beforehand_does_not_count() -> None:
    some = _over_limit(*dial_each("m", n="404"), press("n", "1", "q"))
    assert found(too_many_keypresses, some) == []


def test_a_walk_that_comes_twice_to_what_is_written_once_is_a_way_back() -> None:
    some = _over_limit(
        press("m", "1", "n"),
        press("m", "2", "q"),
        press("n", "*", "copy"),
        press("copy", "1", "n"),
        press("copy", "2", "q"),
    )
    assert len(found(too_many_keypresses, some, limit=2)) == 1
    assert found(too_many_keypresses, as_copies(some, "m", "copy"), limit=2) == []


def test_past_an_unknown_step_a_route_takes_at_least_what_is_counted() -> None:
    some = flow(
        "line:entry m:menu script:unknown q:human",
        follow("line", "m"),
        press("m", "1234", "script"),
        follow("script", "q"),
    )
    (violation,) = found(too_many_keypresses, some)
    assert violation.message.startswith("at least 4 keypresses from line to q")


# --- IVR102 no-human


def test_a_line_that_leads_nowhere_is_another_finding_and_excuses_no_other_line() -> None:
    some = flow("gone:entry none:entry lost:end bye:end", follow("gone", "lost"), follow("none", "bye"))
    assert names(found(no_human, some)) == ["gone", "none"]
    nowhere = Problem(ProblemKind.UNDEFINED_TARGET, "nothing is there", some.steps[2].span)
    assert names(found(no_human, some._replace(problems=(nowhere,)))) == ["none"]


def test_what_is_only_supposed_to_be_a_line_is_judged_if_there_is_a_choice() -> None:
    """A line that takes one thing of its callers, or any key, may be a service that works by itself."""
    some = flow(
        "code:entry line:entry any:entry m:menu n:menu bye:end song:say",
        follow("code", "bye"),
        follow("line", "m"),
        press("m", "1", "bye"),
        press("m", "2", "song"),
        follow("any", "n"),
        press("n", "1", "song"),
        press("n", "2", "song"),
        follow("song", "bye"),
    )
    assert names(found(no_human, some)) == ["code", "line", "any"]
    for line in ("code", "line", "any"):
        some = with_step(some, line, tags=frozenset({"supposed"}))
    assert names(found(no_human, some)) == ["line"]


def _machine(steps: str, *moves: Move, **changes: Any) -> list[str]:
    """What is found where an entry, only guessed, leads through ``steps`` to an end."""
    some = flow(f"line:entry {steps} bye:end", follow("line", steps.split(":")[0]), *moves)
    for step, given in changes.items():
        some = with_step(some, step, **given)
    assert names(found(no_human, some)) == ["line"]
    return names(found(no_human, with_step(some, "line", tags=frozenset({"guessed"}))))


def test_where_an_entry_is_guessed_an_announcement_or_an_answering_machine_needs_no_human() -> None:
    note = follow("note", "bye")
    assert _machine("note:say", note) == []
    assert _machine("box:voicemail", follow("box", "bye")) == []
    assert _machine("m:menu box:voicemail", press("m", "1", "box"), follow("box", "bye")) == []
    assert _machine("look:check note:say", follow("look", "note"), note) == []


def test_where_an_entry_is_guessed_a_service_needs_a_human() -> None:
    note = follow("note", "bye")
    looks_up = {"tags": frozenset({"lookup"})}
    assert _machine("look:check note:say", follow("look", "note"), note, look=looks_up) == ["line"]
    decided = move("look", "bye", MoveKind.WHEN)
    assert _machine("look:check note:say", follow("look", "note"), note, decided) == ["line"]
    assert _machine("ask:ask note:say", follow("ask", "note"), note) == ["line"]
    two = [press("m", "1", "box"), press("m", "2", "note"), follow("box", "bye"), note]
    assert _machine("m:menu box:voicemail note:say", *two) == ["line"]
    answer = {"prompts": (Prompt("", Duration(exact=False), ELSEWHERE),)}
    assert _machine("box:voicemail note:say", follow("box", "note"), note, note=answer) == ["line"]


def test_who_runs_the_system_needs_no_human() -> None:
    dead = flow("line:entry bye:end", follow("line", "bye"))
    open_ = flow("line:entry script:unknown", follow("line", "script"))
    staff = {"tags": frozenset({"staff"})}
    assert found(no_human, with_step(dead, "line", **staff)) == []
    assert found(human_unknown, with_step(open_, "line", **staff)) == []


def test_a_human_behind_a_fault_is_told_of() -> None:
    some = flow("line:entry ask:check q:human bye:end", follow("line", "ask"), follow("ask", "bye"))
    (plain,) = found(no_human, some)
    faulty = move("ask", "q", MoveKind.ERROR)
    (but_for,) = found(no_human, flow("line:entry ask:check q:human bye:end", *some.moves[:2], faulty))
    assert plain.message == "no caller to line can reach a human"
    assert but_for.message == "no caller to line can reach a human as long as nothing fails"


def test_nobody_calls_in_where_the_platform_calls_out() -> None:
    dead = flow("line:entry bye:end", follow("line", "bye"))
    open_ = flow("line:entry script:unknown", follow("line", "script"))
    assert names(found(no_human, dead) + found(human_unknown, open_)) == ["line", "line"]
    calls_out = {"tags": frozenset({"outgoing"})}
    assert found(no_human, with_step(dead, "line", **calls_out)) == []
    assert found(human_unknown, with_step(open_, "line", **calls_out)) == []


# --- IVR103 human-unknown


def test_the_first_three_unknown_steps_are_named_by_what_could_not_be_told() -> None:
    some = flow(
        "line:entry m:menu a:unknown b:unknown c:unknown d:unknown",
        follow("line", "m"),
        *(press("m", key, step) for key, step in zip("1234", "abcd", strict=True)),
    )
    (violation,) = found(human_unknown, with_step(some, "a", detail="AGI(call.py)"))
    assert violation.message.endswith("it depends on a, b, c")
    assert [word for word, _ in violation.related] == ["AGI(call.py)", "b", "c"]


def test_what_only_seems_to_be_lines_is_told_once_a_file() -> None:
    some = flow(
        "old:entry new:entry a:unknown b:unknown",
        follow("old", "a"),
        follow("new", "b"),
    )
    assert names(found(human_unknown, some)) == ["old", "new"]
    for line in ("old", "new"):
        some = with_step(some, line, tags=frozenset({"supposed"}))
    (violation,) = found(human_unknown, some)
    assert violation.message.startswith(
        "whether a caller to old (and to 1 other line) can reach a human is unknown"
    )
    assert violation.related[-1] == ("nor is it known of new", some.steps[1].span)


# --- IVR104 cul-de-sac


def test_out_of_a_cul_de_sac_an_option_to_the_people_most_options_lead_to_is_advised() -> None:
    some = flow(
        "line:entry main:menu prices:menu zoe:human agent:human gone:human bye:end",
        follow("line", "main"),
        press("main", "1", "prices"),
        press("main", "2", "zoe"),
        press("main", "3", "agent"),
        press("main", "4", "agent"),
        press("prices", "1", "bye"),
        *(follow("gone", "gone") for _ in range(5)),
    )
    (violation,) = found(cul_de_sac, some)
    assert violation.option is not None
    assert [violation.option.menu.name, violation.option.key, violation.option.target.name] == [
        "prices", "0", "agent",
    ]  # fmt: skip


def test_where_no_key_is_free_a_way_back_is_advised() -> None:
    some = flow(
        "line:entry main:menu prices:menu agent:human bye:end",
        follow("line", "main"),
        press("main", "1", "prices"),
        press("main", "2", "agent"),
        *(press("prices", key, "bye") for key in "0123456789"),
    )
    (violation,) = found(cul_de_sac, some)
    assert violation.hint == "offer a key for a person here, or a way back to a menu that has one"
    assert violation.option is None


# --- IVR105 no-operator-key


def _operator(*moves: Move) -> Flow:
    steps = "line:entry m:menu n:menu agent:human box:voicemail lost:end script:unknown"
    return flow(steps, follow("line", "m"), press("n", "7", "agent"), *moves)


def test_an_operator_is_called_by_the_key_or_by_any_option_that_hands_over() -> None:
    alone = press("m", "1", "n")
    assert names(found(no_operator_key, _operator(alone))) == ["m"]
    assert found(no_operator_key, _operator(alone, press("m", "0", "n"))) == []
    assert found(no_operator_key, _operator(alone, press("m", "2", "agent"))) == []
    assert found(no_operator_key, _operator(alone, press("m", "2", "script"))) == []
    (violation,) = found(no_operator_key, _operator(alone, press("m", "0", "box")))
    assert violation.message == "0 leads to no human in m"


def test_who_waits_as_told_needs_no_operators_key() -> None:
    told = "To be called back, press 1. Otherwise, remain on the line."
    waits = _operator(press("m", "1", "n"), wait("m", "agent"))
    asks_again = _operator(press("m", "1", "n"), wait("m", "m"))
    assert found(no_operator_key, saying(waits, m=told)) == []
    assert names(found(no_operator_key, saying(waits, m="To be called back, press 1."))) == ["m"]
    assert names(found(no_operator_key, saying(asks_again, m=told))) == ["m"]
    strict = {"rules": {"IVR105": {"always": True}}}
    assert names(found(no_operator_key, saying(waits, m=told), **strict)) == ["m", "n"]


def test_an_operator_is_missed_only_where_keys_are_offered_and_a_human_can_be_reached() -> None:
    assert found(no_operator_key, _operator(say("m", "more", "n"))) == []
    assert found(no_operator_key, _operator(press("m", "1", "box"))) == []
    assert found(no_operator_key, _operator(wait("m", "n"))) == []


def test_an_option_to_nowhere_is_another_finding() -> None:
    some = _operator(press("m", "1", "n"), press("m", "2", "lost"))
    nowhere = Problem(ProblemKind.UNDEFINED_TARGET, "nothing is there", some.steps[5].span)
    assert names(found(no_operator_key, some)) == ["m"]
    assert found(no_operator_key, some._replace(problems=(nowhere,))) == []


def test_the_operator_key_can_be_another_and_can_be_asked_for_in_every_menu() -> None:
    handed = _operator(press("m", "1", "agent"))
    assert names(found(no_operator_key, handed, rules={"IVR105": {"always": True}})) == ["m"]
    (violation,) = found(no_operator_key, _operator(press("m", "0", "n")), rules={"IVR105": {"key": "9"}})
    assert violation.message == "m has no key 9 for an operator"


# --- IVR107 best-customers-wait


def test_the_best_customers_wait_only_for_people_that_are_there() -> None:
    some = flow(
        "line:entry main:menu agent:human box:voicemail", follow("line", "main"), press("main", "1", "agent")
    )
    some = with_step(some, "line", tags=frozenset({"priority"}))
    assert names(found(best_customers_wait, some)) == ["line"]
    assert found(best_customers_wait, with_step(some, "line", tags=frozenset())) == []
    nobody = some._replace(moves=(some.moves[0], press("main", "1", "box")))
    assert found(best_customers_wait, nobody) == []


# --- IVR108 slow-to-human


def test_a_line_is_slow_past_the_limit_and_lines_with_one_first_step_are_told_together() -> None:
    for ms, expected in ((45_000, 0), (45_001, 1)):
        some = flow("old:entry new:entry m:menu q:human", follow("old", "m"), follow("new", "m"))
        pressed = press("m", "1", "q", ms=ms)
        violations = found(slow_to_human, some._replace(moves=(*some.moves, pressed)))
        assert len(violations) == expected
    assert violations[0].message.startswith("callers to old wait at least 45 s")
    assert violations[0].related == (("new comes the same way", some.steps[1].span),)


def test_slow_lines_that_begin_apart_are_told_apart() -> None:
    some = flow(
        "one:entry two:entry none:entry a:say b:say m:menu q:human bye:end",
        follow("one", "a"),
        follow("two", "b"),
        follow("none", "bye"),
        follow("a", "m", ms=20_000),
        follow("b", "m", ms=20_000),
        press("m", "1", "q", ms=20_000),
    )
    assert found(slow_to_human, some) == []
    assert names(found(slow_to_human, some, rules={"IVR108": {"seconds": 39}})) == ["one", "two"]


# --- IVR109 data-gate


def test_gates_are_told_that_lead_to_a_human_on_ways_that_a_call_may_take() -> None:
    some = flow(
        "line:entry m:menu account:ask card:ask jobs:ask broken:ask agent:human box:voicemail",
        follow("line", "m"),
        press("m", "1", "account"),
        press("m", "2", "card"),
        press("m", "3", "jobs"),
        move("m", "broken", MoveKind.ERROR),
        move("m", "agent", MoveKind.ERROR),
        enter("account", 6, "agent"),
        enter("card", 16, "agent"),
        enter("jobs", 5, "box"),
        enter("broken", 5, "agent"),
    )
    (violation,) = found(data_gate, some)
    assert violation.message.endswith("without typing data first, at account, card")
    nobody = [each for each in some.moves if each.target != "agent"]
    assert found(data_gate, some._replace(moves=tuple(nobody))) == []


def test_a_gate_is_where_the_data_are_asked_first_and_is_told_for_all_its_lines() -> None:
    some = flow(
        "old:entry new:entry hello:say account:ask pin:ask agent:human",
        follow("old", "hello"),
        follow("new", "hello"),
        follow("hello", "account"),
        enter("account", 6, "pin"),
        enter("pin", 4, "agent"),
    )
    (violation,) = found(data_gate, some)
    assert violation.message.endswith("without typing data first, at account")
    account, new = some.steps[3].span, some.steps[1].span
    assert violation.related == (("account asks for data", account), ("new comes the same way", new))


def test_digits_without_an_upper_bound_are_data_and_one_or_two_are_a_choice() -> None:
    some = flow("line:entry card:ask agent:human", follow("line", "card"), enter("card", 2, "agent"))
    for most, expected in ((None, 1), (3, 1), (2, 0)):
        asked = with_step(some, "card", listening=Listening(most=most))
        assert len(found(data_gate, asked)) == expected


# --- IVR110 not-guaranteed


def _closing(*moves: Move, tag: str = "hours") -> Flow:
    some = flow(
        "line:entry office:check main:menu holiday:check q:human bye:end",
        when("office", "office", "open", "main"),
        press("main", "1", "q"),
        *moves,
    )
    return with_step(with_step(some, "office", tags=frozenset({tag})), "holiday", tags=frozenset({tag}))


def test_an_outcome_that_leaves_nothing_is_told_where_another_leaves_something() -> None:
    closed = when("office", "office", "closed", "bye")
    (violation,) = found(not_guaranteed, _closing(follow("line", "office"), closed))
    assert violation.step is not None
    assert violation.step.name == "office"
    assert found(not_guaranteed, _closing(follow("line", "office"), closed, tag="other")) == []
    never = [when("holiday", "holiday", day, "bye") for day in ("yes", "no")]
    nested = _closing(follow("line", "office"), when("office", "office", "closed", "holiday"), *never)
    assert [each.span for each in found(not_guaranteed, nested)] == [nested.moves[3].span]


def test_outcomes_that_leave_nothing_are_told_for_each_place_and_faults_are_none() -> None:
    outcomes = [when("office", "office", "closed", "bye"), when("office", "office", "holiday", "holiday")]
    some = _closing(follow("line", "office"), *outcomes, when("holiday", "day", "any", "bye"))
    assert len(found(not_guaranteed, some)) == 2
    faulty = _closing(follow("line", "office"), move("office", "bye", MoveKind.ERROR))
    assert found(not_guaranteed, faulty) == []


def test_an_outcome_that_leads_nowhere_is_another_finding() -> None:
    some = _closing(follow("line", "office"), when("office", "office", "closed", "bye"))
    nowhere = Problem(ProblemKind.UNDEFINED_TARGET, "nothing is there", some.steps[-1].span)
    assert found(not_guaranteed, some._replace(problems=(nowhere,))) == []


def test_an_outcome_that_only_the_silent_meet_is_not_judged() -> None:
    late = [follow("line", "main"), wait("main", "holiday"), when("holiday", "day", "yes", "q")]
    assert found(not_guaranteed, _closing(*late, when("holiday", "day", "no", "bye"))) == []


def test_all_outcomes_that_lead_to_one_place_are_one_finding() -> None:
    closed = [when("office", "office", each, "bye") for each in ("closed", "holiday")]
    some = _closing(follow("line", "office"), *closed)
    (violation,) = found(not_guaranteed, some)
    assert violation.span == some.moves[3].span
    assert [span for _, span in violation.related] == [some.moves[4].span]


# --- IVR111 silent-handover


def _handing(how: Move, *moves: Move) -> Flow:
    return flow("line:entry m:menu c:check q:human box:voicemail", follow("line", "m"), how, *moves)


def test_a_handover_is_silent_if_nothing_is_said_from_the_choice_on() -> None:
    chosen = when("c", "agents", "free", "q")
    for how in (press("m", "1", "c"), say("m", "agent", "c")):
        some = _handing(how, chosen)
        assert names(found(silent_handover, some)) == ["q"]
        assert found(silent_handover, saying(some, c="One moment.")) == []
        assert found(silent_handover, saying(some, q="Please hold.")) == []
        assert found(silent_handover, with_step(some, "q", tags=frozenset({"announced"}))) == []
    assert found(silent_handover, _handing(wait("m", "c"), chosen)) == []
    assert found(silent_handover, _handing(enter("m", 4, "c"), chosen)) == []


def test_a_handover_after_a_fault_or_a_message_is_not_that_of_the_choice() -> None:
    steps = "line:entry m:menu s:say box:voicemail q:human"
    chosen = follow("line", "m"), press("m", "1", "s")
    assert names(found(silent_handover, flow(steps, *chosen, follow("s", "q")))) == ["q"]
    assert found(silent_handover, flow(steps, *chosen, move("s", "q", MoveKind.ERROR))) == []
    assert found(silent_handover, flow(steps, *chosen, follow("s", "box"), follow("box", "q"))) == []


def test_who_has_left_a_message_is_served_already() -> None:
    some = flow(
        "line:entry box:voicemail m:menu q:human",
        follow("line", "box"),
        follow("box", "m"),
        press("m", "1", "q"),
    )
    assert found(silent_handover, some) == []


def test_a_recording_may_say_who_answers_those_who_wait() -> None:
    some = _handing(press("m", "1", "c"), when("c", "agents", "free", "q"), wait("m", "q"))
    assert found(silent_handover, saying(some, m="")) == []
    assert names(found(silent_handover, saying(some, m="For sales, press 1."))) == ["q"]
    assert names(found(silent_handover, some)) == ["q"]
    elsewhere = some._replace(moves=(*some.moves[:-1], some.moves[-1]._replace(target="box")))
    assert names(found(silent_handover, saying(elsewhere, m=""))) == ["q"]
