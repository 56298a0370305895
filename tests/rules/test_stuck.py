"""Rules on getting stuck (2xx), on small flows."""

from __future__ import annotations

from typing import Any

from ivrlint.flow import Duration, Flow, Listening, Move, MoveKind, Prompt
from ivrlint.rules import (
    dead_handler,
    endless_retry,
    hangs_up_on_error,
    no_invalid_handling,
    queue_cut_off,
    trapped,
    unhandled_fault,
)
from tests.flows import dial_each, flow, follow, move, overflow, press, say, wait, when, wrong
from tests.rules.judged import as_copies, found, names, saying, with_step

# --- IVR201 trapped


def test_a_trap_is_told_once_at_the_first_step_that_callers_come_to() -> None:
    some = flow(
        "line:entry main:menu b:menu a:menu other:menu again:menu q:human lost:say",
        follow("line", "main"),
        press("main", "0", "q"),
        press("main", "1", "a"),
        press("main", "2", "other"),
        press("main", "3", "again"),
        press("a", "1", "b"),
        press("b", "1", "again"),
        press("again", "1", "a"),
        press("other", "1", "other"),
        follow("lost", "b"),
    )
    told = found(trapped, some)
    assert names(told) == ["a", "other"]
    assert {each.hint.partition(",")[0] for each in told} == {"lead some option"}


def test_an_announcement_without_end_offers_no_option_to_lead_out() -> None:
    some = flow(
        "line:entry main:menu q:human closed:say again:say",
        follow("line", "main"),
        press("main", "0", "q"),
        press("main", "1", "closed"),
        follow("closed", "again"),
        follow("again", "closed"),
    )
    (told,) = found(trapped, some)
    assert told.hint == "hang up, or lead callers to a person, after they have heard it a few times"


# --- IVR205 endless-retry and IVR204 hangs-up-on-error: handlers that menus share


def _two_menus(*moves: Move) -> Flow:
    """Menus a and b of one line, with a human behind 0 of each."""
    return flow(
        "line:entry a:menu b:menu q:human bye:end",
        follow("line", "a"),
        press("a", "0", "q"),
        press("a", "1", "b"),
        press("b", "0", "q"),
        press("b", "1", "a"),
        *moves,
    )


def test_a_retry_handler_that_menus_share_is_told_once() -> None:
    some = _two_menus(wait("a", "a"), wait("b", "b"))
    assert names(found(endless_retry, some)) == ["a", "b"]
    shared = some._replace(moves=(*some.moves[:-1], some.moves[-1]._replace(span=some.moves[-2].span)))
    assert names(found(endless_retry, shared)) == ["a"]


def test_a_handler_that_cuts_off_is_told_with_all_its_menus() -> None:
    some = _two_menus(wait("a", "bye"), wait("b", "bye"))
    assert [each.message for each in found(hangs_up_on_error, some)] == [
        "callers who keep silent in a are cut off",
        "callers who keep silent in b are cut off",
    ]
    shared = some._replace(moves=(*some.moves[:-1], some.moves[-1]._replace(span=some.moves[-2].span)))
    assert [each.message for each in found(hangs_up_on_error, shared)] == [
        "callers who keep silent in a (and in 1 other place) are cut off"
    ]


def test_all_handlers_of_a_menu_that_cut_off_are_one_finding() -> None:
    some = _two_menus(wait("a", "bye"), wrong("a", 3, "bye"))
    (violation,) = found(hangs_up_on_error, some)
    assert violation.message == "callers who keep silent or press a wrong key in a are cut off"
    assert violation.span == some.moves[-2].span
    assert violation.related == (("cut off here, too", some.moves[-1].span),)


def _heard_again(*moves: Move) -> Flow:
    """Menu a, which after silence is heard again in another state, b."""
    return flow(
        "line:entry a:menu s:say b:menu q:human",
        follow("line", "a"),
        press("a", "0", "q"),
        wait("a", "s"),
        follow("s", "b"),
        press("b", "0", "q"),
        *moves,
    )


def test_how_often_a_menu_may_be_heard_can_be_set() -> None:
    def judged(some: Flow, most: int) -> list[str]:
        return [
            each.message for each in found(endless_retry, some, rules={"IVR205": {"presentations": most}})
        ]

    twice = _heard_again(wait("b", "q"))
    again = as_copies(twice, "a", "b")
    assert judged(again, 0) == judged(again, 2) == judged(twice, 1) == []
    assert judged(again, 1) == ["callers who keep silent in a hear it 2 times (limit 1)"]
    tried = flow("line:entry a:menu q:human", follow("line", "a"), press("a", "0", "q"), wrong("a", 3, "q"))
    assert judged(tried, 2) == ["callers who press a wrong key in a hear it 3 times (limit 2)"]
    assert judged(tried, 3) == []
    faults = [move("s", "b", MoveKind.ERROR) if each == again.moves[3] else each for each in again.moves]
    assert judged(again._replace(moves=(*faults, follow("s", "q"))), 1) == []
    for_ever = as_copies(_heard_again(wait("b", "s")), "a", "b")
    assert judged(for_ever, 1) == ["callers who keep silent in a hear the same for ever"]
    both = tried._replace(moves=(*tried.moves, wait("a", "a")))
    assert judged(both, 1) == ["callers who keep silent in a hear the same for ever"]


def test_who_is_asked_to_call_again_may_keep_silent_but_not_be_cut_off_by_a_wrong_key() -> None:
    some = _two_menus(wait("a", "bye"), wrong("a", 3, "bye"))
    away = saying(some, a="We are closed. Please call again later, or press 0 to talk to the doorman.")
    (violation,) = found(hangs_up_on_error, away)
    assert violation.message == "callers who press a wrong key in a are cut off"
    silent = saying(_two_menus(wait("a", "bye")), a="Please call again later, or press 0.")
    assert found(hangs_up_on_error, silent) == []
    plain = saying(_two_menus(wait("a", "bye")), a="To be called back later, press 0.")
    assert names(found(hangs_up_on_error, plain)) == ["a"]


def test_a_bot_does_not_understand() -> None:
    some = _two_menus(wrong("a", 3, "bye"))
    (violation,) = found(hangs_up_on_error, with_step(some, "a", tags=frozenset({"bot"})))
    assert violation.message == "callers who are not understood in a are cut off"


# --- IVR206 queue-cut-off


def test_people_who_are_waited_for_cut_callers_off_in_every_way_that_is_told() -> None:
    full = [overflow("q", "bye"), overflow("q", "bye")._replace(label="")]
    some = flow("line:entry q:human bye:end box:voicemail", follow("line", "q"), *full)
    assert found(queue_cut_off, some) == []
    for tag in ("queue", "person", "transfer"):
        (violation,) = found(queue_cut_off, with_step(some, "q", tags=frozenset({tag})))
        assert violation.message == "callers to q are cut off if the queue is full"
        assert violation.related == (("cut off here, too", some.moves[2].span),)
    queue = with_step(some, "q", tags=frozenset({"queue"}))
    late = [each._replace(label="after 90 s") for each in queue.moves]
    (violation,) = found(queue_cut_off, queue._replace(moves=tuple(late)))
    assert violation.message.endswith("are cut off if nobody takes them (after 90 s)")
    left = queue._replace(moves=(some.moves[0], press("q", "9", "bye")))
    assert found(queue_cut_off, left) == []  # the caller's own choice
    (violation,) = found(queue_cut_off, queue._replace(moves=(some.moves[0], some.moves[2])))
    assert violation.message == "callers to q are cut off if nobody takes them"
    unsure = [each._replace(heard=Duration(exact=False)) for each in queue.moves]
    assert found(queue_cut_off, queue._replace(moves=tuple(unsure))) == []
    assert found(queue_cut_off, queue._replace(moves=(some.moves[0], overflow("q", "box")))) == []


# --- IVR207 unhandled-fault


LOOKUP = frozenset({"lookup"})


def _looking_up(*moves: Move) -> Flow:
    some = flow(
        "line:entry x:check y:check lost:check q:human bye:end gone:end",
        follow("line", "x"),
        when("x", "vip", "yes", "q"),
        when("x", "vip", "no", "y"),
        when("y", "age", "old", "q"),
        when("lost", "age", "old", "q"),
        *moves,
    )
    for step in ("x", "y", "lost"):
        some = with_step(some, step, tags=LOOKUP)
    return some


def test_faults_that_drop_calls_are_told_together_for_each_end() -> None:
    def faults(x: str, y: str) -> Flow:
        ends = (("x", x), ("y", y), ("lost", "bye"))
        return _looking_up(*(move(source, target, MoveKind.ERROR) for source, target in ends))

    (violation,) = found(unhandled_fault, faults("bye", "bye"))
    assert violation.message == "if x or y fails, the call is dropped"
    assert [word for word, _ in violation.related] == ["y"]
    assert [each.message for each in found(unhandled_fault, faults("bye", "gone"))] == [
        "if x fails, the call is dropped",
        "if y fails, the call is dropped",
    ]
    assert found(unhandled_fault, faults("q", "q")) == []


def test_a_fault_is_judged_where_a_human_could_have_been_reached_and_no_other_rule_says_it() -> None:
    steps = "line:entry m:menu x:check y:menu q:human bye:end"
    begin = follow("line", "m"), press("m", "0", "q"), press("m", "1", "x"), press("m", "2", "y")
    fault, shut = move("x", "bye", MoveKind.ERROR), when("x", "vip", "no", "bye")

    def judged(step: str, *moves: Move) -> list[str]:
        return names(found(unhandled_fault, with_step(flow(steps, *begin, *moves), step, tags=LOOKUP)))

    assert judged("x", fault, when("x", "vip", "yes", "q")) == ["x"]
    assert judged("x", fault, shut) == []
    assert judged("x", fault, shut, move("x", "q", MoveKind.ERROR)) == []
    assert judged("x", shut, when("x", "vip", "yes", "q")) == []
    said = press("y", "1", "q"), move("y", "bye", MoveKind.ERROR)
    assert judged("y", *said) == ["y"]
    assert judged("y", *said, wait("y", "bye")) == []


# --- IVR208 dead-handler


def test_a_handler_that_nothing_leads_to_can_never_run() -> None:
    some = flow("line:entry sales:human late:say", follow("line", "sales"), follow("late", "sales"))
    handler = frozenset({"handler"})
    (violation,) = found(dead_handler, with_step(some, "late", tags=handler))
    assert (violation.message, violation.step) == (
        "late can never run",
        with_step(some, "late", tags=handler).steps[2],
    )
    assert violation.hint.startswith("delete it, or lead there")
    assert found(dead_handler, with_step(some, "sales", tags=handler)) == []


def _leaving(*waits: Duration) -> Flow:
    """People from whom callers are led away after each of ``waits``, or when they press 9."""
    ways = [overflow("sales", "box")._replace(heard=heard) for heard in waits]
    leave = press("sales", "9", "box", ms=30_000)
    return flow("line:entry sales:human box:voicemail", follow("line", "sales"), leave, *ways)


def test_a_wait_is_too_late_that_is_longer_than_another() -> None:
    assert names(found(dead_handler, _leaving(Duration(1), Duration(9000)))) == ["sales"]
    assert found(dead_handler, _leaving(Duration(9000), Duration(9000))) == []
    assert found(dead_handler, _leaving(Duration(9000))) == []
    assert found(dead_handler, _leaving(Duration(0), Duration(9000))) == []  # at once: if it is full
    assert found(dead_handler, _leaving(Duration(500, exact=False), Duration(9000))) == []


def test_no_key_is_wrong_where_every_key_is_offered_and_nothing_can_be_said() -> None:
    every = [press("m", key, "q") for key in "0123456789*#"]
    handled = flow("line:entry m:menu q:human", follow("line", "m"), *every, wrong("m", 3, "q"))
    assert names(found(dead_handler, handled)) == ["m"]
    spoken = handled._replace(moves=(*handled.moves, say("m", "sales", "q")))
    assert found(dead_handler, spoken) == []
    assert found(dead_handler, handled._replace(moves=handled.moves[:-1])) == []
    assert found(dead_handler, handled._replace(moves=handled.moves[2:])) == []


DROPPING = Listening(drops=frozenset({MoveKind.WRONG}))


def test_a_wrong_key_for_which_nothing_is_written_has_no_handler() -> None:
    every = [press("m", key, "q") for key in "0123456789*#"]
    some = flow("line:entry m:menu q:human over:end", follow("line", "m"), *every, wrong("m", 1, "over"))
    dropped = with_step(some, "m", listening=DROPPING)
    assert names(found(dead_handler, some)) == ["m"]
    assert found(dead_handler, dropped) == found(no_invalid_handling, dropped) == []
    fewer = dropped._replace(moves=(*dropped.moves[:5], *dropped.moves[6:]))
    assert names(found(no_invalid_handling, fewer)) == ["m"]
    digits = dropped._replace(moves=tuple(each for each in dropped.moves if each.keys not in ("*", "#")))
    assert found(no_invalid_handling, digits) == []


def test_a_wrong_key_loses_nothing_where_nothing_is_offered_and_the_call_ends_anyway() -> None:
    def judged(*moves: Move) -> list[str]:
        steps = "line:entry m:menu q:human over:end"
        some = flow(steps, follow("line", "m"), wrong("m", 1, "over"), *moves)
        return names(found(no_invalid_handling, with_step(some, "m", listening=DROPPING)))

    assert judged(wait("m", "over")) == []
    assert judged(wait("m", "over"), press("m", "1", "m")) == []
    assert judged(wait("m", "over"), press("m", "1", "q")) == ["m"]
    assert judged(wait("m", "q")) == judged() == ["m"]


def test_a_line_that_could_be_dialled_is_no_offer_of_the_last_words() -> None:
    def judged(**how: Any) -> list[str]:
        some = flow(
            "line:entry m:menu q:human over:end",
            follow("line", "m"),
            wait("m", "over"),
            wrong("m", 1, "over"),
            *dial_each("m", q="100"),
        )
        bye = (Prompt("Goodbye", Duration(), some.steps[1].span),)
        some = with_step(some, "m", prompts=bye, listening=DROPPING._replace(**how))
        return names(found(no_invalid_handling, some))

    assert judged(timeout_ms=0) == []
    assert judged(timeout_ms=5000) == ["m"]
