"""The counting of routes: against a reference that enumerates paths, and by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from ivrlint.config import Measure
from ivrlint.flow import CHOICES, Duration, Flow, Move, MoveKind, StepKind
from ivrlint.moves import Moves
from ivrlint.net import Distance, Edge
from ivrlint.routes import EntryRoutes, Route, Routes, Verdict
from tests.flows import CONDITIONS, OUTCOMES, enter, flow, flows, follow, move, press, say, wait, when, wrong
from tests.reference import Path, Reference

# --- against the reference


class Case(NamedTuple):
    """A flow and how it is to be judged."""

    flow: Flow
    measure: Measure
    words_per_minute: int
    assume: Mapping[str, str] | None
    judged: frozenset[MoveKind]

    def routes(self) -> Routes:
        return Routes(Moves(self.flow), self.measure, self.assume, self.judged, self.words_per_minute)

    def reference(self) -> Reference:
        return Reference(self.flow, self.measure, self.words_per_minute, self.assume, self.judged)

    @property
    def steps(self) -> list[str]:
        return [step.id for step in self.flow.steps]

    @property
    def entries(self) -> list[str]:
        return [step.id for step in self.flow.steps if step.kind is StepKind.ENTRY]


MEASURES: list[Measure] = ["keypresses", "entries"]
CASES = st.builds(
    Case,
    flows(),
    st.sampled_from(MEASURES),
    st.sampled_from([150, 64, 130, 400]),
    st.none() | st.dictionaries(st.sampled_from(CONDITIONS), st.sampled_from(OUTCOMES)),
    st.sampled_from([CHOICES, CHOICES | {MoveKind.DIAL}]),
)


def examples(count: int) -> settings:
    """The same ``count`` examples in every run."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=count, deadline=None, derandomize=True, suppress_health_check=slow)


def paths(case: Case, routes: list[Route]) -> list[Path]:
    """``routes`` as the reference writes them."""
    rank = {move: rank for rank, move in enumerate(case.flow.moves)}
    return [tuple(rank[move] for move in route.moves) for route in routes]


@examples(400)
@given(CASES)
def test_distances_and_verdicts_are_those_of_the_cheapest_paths(case: Case) -> None:
    routes, reference = case.routes(), case.reference()
    for step in case.steps:
        assert routes.best(step) == reference.best(step)
        assert routes.verdict(step) == reference.verdict(step)
        assert routes.distances_from(step) == reference.distances_from(step)
        assert [unknown.id for unknown in routes.unknowns_from(step)] == reference.unknowns_from(step)
        way = reference.way_on(step)
        assert routes.way_on(step) == (case.flow.moves[way[0]] if way else None)


@examples(100)
@given(CASES)
def test_the_nearest_entry_is_the_one_from_where_a_step_costs_least(case: Case) -> None:
    reference = case.reference()
    expected = {}
    for step in case.steps:
        ways = [way for entry in case.entries if (way := reference.way_to(entry, step)) is not None]
        if ways:
            expected[step] = reference.figures(min(map(reference.cost, ways)))
    assert case.routes().from_nearest_entry() == expected


@examples(400)
@given(CASES, st.data())
def test_sure_is_what_the_caller_can_force(case: Case, data: st.DataObject) -> None:
    humans = [step.id for step in case.flow.steps if step.kind is StepKind.HUMAN]
    wanted = data.draw(st.lists(st.sampled_from(humans), unique=True))
    routes, reference = case.routes(), case.reference()
    for step in case.steps:
        assert routes.sure(step) == reference.sure(step)
    for entry in case.entries:
        for each in (wanted, *([human] for human in humans)):
            assert routes.from_entry(entry).sure(each) == reference.sure(entry, each)


@examples(700)
@given(CASES)
def test_routes_from_an_entry_are_the_cheapest_to_each_human_and_through_each_choice(case: Case) -> None:
    routes, reference = case.routes(), case.reference()
    assert [entry.id for entry in routes.entries] == case.entries
    for entry in case.entries:
        start = routes.from_entry(entry)
        assert start.entry.id == entry
        assert start.landing.id == reference.landing(entry)
        _compare(case, list(start.walks()), reference.walks(entry))
        _compare(case, start.cheapest(), reference.cheapest(entry))
        for route in [*start.walks(), *start.cheapest()]:
            _check_route(route, entry)
        for end in start.ends():
            _check_end(start, end, case.measure)


def _compare(case: Case, routes: list[Route], expected: list[Path]) -> None:
    reference = case.reference()
    assert paths(case, routes) == expected
    assert [route.distance for route in routes] == [reference.figures(reference.cost(p)) for p in expected]


def _check_end(start: EntryRoutes, end: Edge, measure: Measure) -> None:
    """What is told of a walk without making it is so."""
    walk = start.walk(end)
    assert (start.distance(end), start.human(end)) == (walk.distance, walk.human)
    counted = [0 if move.kind is MoveKind.DIAL else getattr(move, measure) for move in walk.moves]
    for limit in range(4):
        over = (hop for number, hop in enumerate(walk.hops[:-1], 1) if sum(counted[:number]) > limit)
        assert start.passing(end, limit) is next(over, None)


def _check_route(route: Route, entry: str) -> None:
    moves = route.moves
    assert [hop.step.id for hop in route.hops] == [entry, *(move.target for move in moves)]
    assert [hop.move for hop in route.hops] == [*moves, None]
    assert route.human.kind is StepKind.HUMAN
    assert route.human.id == moves[-1].target
    assert route.exact == all(move.heard.exact for move in moves)
    needed = [(move.condition, move.label) for move in moves if move.kind is MoveKind.WHEN]
    assert set(route.conditions) == set(needed)
    assert len(route.conditions) == len(set(needed))


# --- the random flows hold what they should


def _kinds(flow: Flow) -> dict[str, StepKind]:
    return {step.id: step.kind for step in flow.steps}


def _leaves(flow: Flow, kind: StepKind, *moves: MoveKind) -> bool:
    kinds = _kinds(flow)
    return any(kinds[move.source] is kind and move.kind in moves for move in flow.moves)


def _a_landing_is_shared(flow: Flow) -> bool:
    reference = Reference(flow)
    entries = [step.id for step in flow.steps if step.kind is StepKind.ENTRY]
    return len({reference.landing(entry) for entry in entries}) < len(entries)


def _most_walks(flow: Flow) -> int:
    reference = Reference(flow)
    return max(len(reference.walks(s.id)) for s in flow.steps if s.kind is StepKind.ENTRY)


def _a_way_back_is_dropped(flow: Flow) -> bool:
    reference = Reference(flow)
    entry = next(step.id for step in flow.steps if step.kind is StepKind.ENTRY)
    landing = reference.landing(entry)
    walks = (reference._walk(landing, rank) for rank in reference.usable)
    return any(walk and not reference._is_judged(entry, walk) for walk in walks)


def _conditions_twice(flow: Flow) -> bool:
    asked = {(move.source, move.condition) for move in flow.moves if move.kind is MoveKind.WHEN}
    return len(asked) > len({condition for _, condition in asked})


HOLDS: dict[str, Callable[[Flow], bool]] = {
    "self-loop": lambda f: any(move.source == move.target for move in f.moves),
    "parallel moves": lambda f: len({(move.source, move.target) for move in f.moves}) < len(f.moves),
    "entries that share a landing": _a_landing_is_shared,
    "several humans": lambda f: [*_kinds(f).values()].count(StepKind.HUMAN) > 1,
    "a human's own key": lambda f: _leaves(f, StepKind.HUMAN, MoveKind.KEY),
    "overflow": lambda f: _leaves(f, StepKind.HUMAN, MoveKind.OVERFLOW),
    "an error": lambda f: any(move.kind is MoveKind.ERROR for move in f.moves),
    "an unknown with outcomes": lambda f: _leaves(f, StepKind.UNKNOWN, MoveKind.WHEN),
    "an unknown without": lambda f: (
        StepKind.UNKNOWN in set(_kinds(f).values())
        and not _leaves(f, StepKind.UNKNOWN, MoveKind.WHEN, MoveKind.NEXT)
    ),
    "a condition asked twice": _conditions_twice,
    "an unusual outcome": lambda f: any(not move.usual for move in f.moves),
    "data": lambda f: any(move.kind is MoveKind.DIGITS and move.keypresses == 10 for move in f.moves),
    "an extension": lambda f: any(move.kind is MoveKind.DIAL for move in f.moves),
    "several keys": lambda f: any(len(move.keys) > 1 for move in f.moves),
    "wrong keys": lambda f: any(move.kind is MoveKind.WRONG and move.attempts == 3 for move in f.moves),
    "silence": lambda f: any(move.kind is MoveKind.SILENCE for move in f.moves),
    "speech": lambda f: any(move.kind is MoveKind.SPEECH for move in f.moves),
    "a key out of voicemail": lambda f: _leaves(f, StepKind.VOICEMAIL, MoveKind.KEY),
    "say after say": lambda f: any(
        _kinds(f)[move.source] is _kinds(f)[move.target] is StepKind.SAY for move in f.moves
    ),
    "words and an inexact time": lambda f: any(m.heard.words and not m.heard.exact for m in f.moves),
    "three walks from one entry": lambda f: _most_walks(f) > 2,
    "a way back": _a_way_back_is_dropped,
    "a sure way past a check": lambda f: any(
        kind is StepKind.CHECK and Reference(f).sure(step) for step, kind in _kinds(f).items()
    ),
}


@pytest.mark.parametrize("feature", HOLDS)
def test_random_flows_hold(feature: str) -> None:
    quickly = settings(max_examples=500, derandomize=True, database=None, phases=[Phase.generate])
    assert find(flows(), HOLDS[feature], settings=quickly)


# --- by hand


def routes_of(steps: str, *moves: Move, measure: Measure = "keypresses") -> Routes:
    return Routes(Moves(flow(steps, *moves)), measure)


def keys(route: Route) -> list[str]:
    """What the caller presses on the way, or what else goes on there."""
    return [move.keys or move.label or str(move.kind) for move in route.moves]


def walks(routes: Routes, entry: str = "line") -> list[tuple[list[str], int]]:
    return [(keys(walk), walk.distance.keypresses) for walk in routes.from_entry(entry).walks()]


def test_every_choice_is_judged_by_the_cheapest_way_to_it_and_on() -> None:
    routes = routes_of(
        "line:entry main:menu bills:menu sales:human accounts:human",
        follow("line", "main", ms=1000),
        press("main", "1", "sales", ms=4000),
        press("main", "22", "bills", ms=6000),
        press("bills", "1", "accounts", ms=2000),
        press("bills", "345", "sales", ms=500),
    )
    assert walks(routes) == [(["next", "1"], 1), (["next", "22", "1"], 3), (["next", "22", "345"], 5)]
    assert routes.best("line") == Distance(keypresses=1, entries=1, ms=5000, moves=2)
    assert routes.best("bills") == Distance(1, 1, 2000, 1)
    assert [(keys(r), r.human.id) for r in routes.from_entry("line").cheapest()] == [
        (["next", "1"], "sales"),
        (["next", "22", "1"], "accounts"),
    ]
    assert routes.from_entry("line").sure(["accounts"]) == Distance(3, 2, 9000, 3)


def sure_keypresses(routes: Routes, *humans: str) -> list[int | None]:
    """What a caller at the line can force, for each of ``humans``."""
    each = (routes.from_entry("line").sure([human]) for human in humans)
    return [found and found.keypresses for found in each]


def test_who_is_put_back_to_the_menu_when_closed_is_sure_of_nobody_behind_the_check() -> None:
    routes = routes_of(
        "line:entry main:menu hours:check closed:say sales:human agents:human",
        follow("line", "main"),
        press("main", "1", "hours"),
        press("main", "222", "agents"),
        when("hours", "office", "open", "sales"),
        when("hours", "office", "closed", "closed"),
        follow("closed", "main"),
    )
    assert sure_keypresses(routes, "sales", "agents") == [None, 3]


def test_who_is_put_back_to_another_menu_may_be_sure_of_somebody() -> None:
    routes = routes_of(
        "line:entry main:menu more:menu hours:check sales:human",
        follow("line", "main"),
        press("main", "1", "hours"),
        press("main", "2", "more"),
        press("more", "3456", "sales"),
        press("more", "7", "hours"),
        when("hours", "office", "open", "sales"),
        when("hours", "office", "closed", "more"),
    )
    assert sure_keypresses(routes, "sales") == [5]


def test_a_caller_who_has_no_say_at_first_is_sure_of_whom_every_outcome_leads_to() -> None:
    routes = routes_of(
        "line:entry hours:check main:menu night:menu sales:human agents:human guard:human",
        follow("line", "hours"),
        when("hours", "office", "open", "main"),
        when("hours", "office", "closed", "night"),
        press("main", "1", "sales"),
        press("main", "2", "agents"),
        press("night", "33", "agents"),
        press("night", "4", "guard"),
    )
    assert sure_keypresses(routes, "sales", "agents", "guard") == [None, 2, None]


def test_a_way_back_is_not_judged() -> None:
    routes = routes_of(
        "line:entry main:menu bills:menu sales:human accounts:human",
        follow("line", "main"),
        press("main", "1", "sales"),
        press("main", "2", "bills"),
        press("bills", "1234", "accounts"),
        press("bills", "*", "main"),
        press("bills", "9", "bills"),
    )
    # "2" leads on to a human over "*" and "1", which is a way back; "1234", the last choice, is judged.
    assert walks(routes) == [(["next", "1"], 1), (["next", "2", "1234"], 5)]


def test_a_human_behind_a_way_back_does_not_escape() -> None:
    routes = routes_of(
        "line:entry main:menu known:check tune:say desk:human specialist:human boss:human",
        follow("line", "main"),
        wait("main", "desk"),
        enter("main", 6, "known"),
        when("known", "vip", "best", "boss", usual=False),
        when("known", "vip", "yes", "tune"),
        when("known", "vip", "no", "main"),
        follow("tune", "specialist", ms=60_000),
    )
    # From the check it is cheaper to go back to the menu and wait than to hear the tune, so the walk through
    # the six digits is a way back; but the six digits are also the only way to the specialist. To the boss
    # they lead only if the system decides as it mostly does not.
    assert walks(routes) == [(["next", "digits", "yes", "next"], 6)]


def test_humans_behind_ways_back_are_told_the_nearest_first() -> None:
    routes = routes_of(
        "line:entry main:menu known:check tune:say song:say desk:human far:human near:human",
        follow("line", "main"),
        wait("main", "desk"),
        enter("main", 6, "known"),
        when("known", "vip", "yes", "song"),
        when("known", "vip", "maybe", "tune"),
        when("known", "vip", "no", "main"),
        follow("song", "far", ms=90_000),
        follow("tune", "near", ms=60_000),
    )
    assert walks(routes) == [(["next", "digits", "maybe", "next"], 6), (["next", "digits", "yes", "next"], 6)]


def test_a_key_that_repeats_its_own_menu_is_a_way_back() -> None:
    routes = routes_of(
        "line:entry main:menu bills:menu accounts:human",
        follow("line", "main"),
        press("main", "1", "bills"),
        press("bills", "9", "bills"),
        press("bills", "2", "accounts"),
    )
    assert walks(routes) == [(["next", "1", "2"], 2)]


def test_the_last_choice_before_a_human_is_judged_however_far() -> None:
    routes = routes_of(
        "line:entry a:menu b:menu c:menu near:human far:human",
        follow("line", "a"),
        press("a", "0", "near"),
        press("a", "1", "b"),
        press("b", "*", "a"),
        press("b", "12", "c"),
        press("c", "*", "a"),
        press("c", "123", "far"),
    )
    assert walks(routes) == [(["next", "0"], 1), (["next", "1", "12", "123"], 6)]


def test_wrong_keys_that_end_at_an_agent_cost_but_are_not_judged() -> None:
    routes = routes_of(
        "line:entry main:menu agent:human bye:end",
        follow("line", "main"),
        press("main", "1", "bye"),
        wrong("main", 3, "agent"),
    )
    assert routes.best("line") == Distance(keypresses=3, entries=3, ms=0, moves=2)
    assert walks(routes) == []
    assert keys(routes.from_entry("line").cheapest()[0]) == ["next", "wrong"]


def test_speech_is_an_entry_without_a_key() -> None:
    steps = "line:entry main:menu agent:human"
    moves = [follow("line", "main"), press("main", "1", "agent"), say("main", "agent", "agent")]
    assert routes_of(steps, *moves).best("line") == Distance(keypresses=0, entries=1, ms=0, moves=2)
    # By entries both count one, and the keypress decides.
    assert routes_of(steps, *moves, measure="entries").best("line") == Distance(0, 1, 0, 2)
    assert walks(routes_of(steps, *moves)) == [(["next", "1"], 1), (["next", "agent"], 0)]


def test_a_typed_number_is_one_entry_and_as_many_keys_as_digits() -> None:
    moves = [follow("line", "card"), enter("card", 10, "agent"), wait("card", "menu", 6000)]
    moves += [press("menu", "1", "sub"), press("sub", "2", "agent")]
    steps = "line:entry card:ask menu:menu sub:menu agent:human"
    assert routes_of(steps, *moves).best("line") == Distance(2, 2, 6000, 4)
    assert routes_of(steps, *moves, measure="entries").best("line") == Distance(10, 1, 0, 2)


def test_the_system_against_the_caller() -> None:
    steps = "line:entry hours:check main:menu agent:human guard:human bye:end"
    moves = [
        follow("line", "hours"),
        when("hours", "office", "open", "main"),
        press("main", "12", "agent", ms=700),
        wrong("main", 1, "guard"),
    ]
    closed = when("hours", "office", "closed", "bye", usual=False)
    assert routes_of(steps, *moves).sure("line") == Distance(1, 1, 0, 3)
    assert routes_of(steps, *moves, closed).sure("line") is None
    assert routes_of(steps, *moves, closed).best("line") == Distance(1, 1, 0, 3)
    night = when("hours", "office", "closed", "guard", usual=False)
    assert routes_of(steps, *moves, night).best("line") == Distance(1, 1, 0, 3)
    assert routes_of(steps, *moves, night).sure("line") == Distance(1, 1, 0, 3)
    assert routes_of(steps, *moves, night).from_entry("line").sure(["agent"]) is None
    assert routes_of(steps, *moves, night).from_entry("line").sure(["agent", "guard"]) == Distance(1, 1, 0, 3)


def test_the_dearest_outcome_counts_even_if_its_step_is_nearer_to_a_human() -> None:
    slow = move("office", "near", MoveKind.WHEN, condition="office", label="open", heard=Duration(9000))
    routes = routes_of(
        "line:entry office:check near:menu far:menu agent:human",
        follow("line", "office"),
        slow,
        when("office", "office", "closed", "far"),
        press("near", "1", "agent", ms=100),
        press("far", "1", "agent", ms=200),
    )
    assert routes.sure("line") == Distance(1, 1, 9100, 3)


def test_routes_that_end_with_one_human_share_the_hop_there() -> None:
    routes = routes_of(
        "line:entry main:menu agent:human",
        follow("line", "main"),
        press("main", "1", "agent"),
        press("main", "2", "agent"),
    )
    first, second = routes.from_entry("line").walks()
    assert first.hops[0] is second.hops[0]
    assert first.hops[1] is not second.hops[1]
    assert first.hops[2] is second.hops[2]


def test_who_is_with_a_human_already_needs_no_move() -> None:
    (route,) = routes_of("agent:human").from_entry("agent").cheapest()
    assert (route.moves, route.human.id, route.distance) == ([], "agent", Distance(0, 0, 0, 0))


def test_the_system_can_send_the_caller_round_for_ever() -> None:
    routes = routes_of(
        "line:entry busy:check tune:say agent:human",
        follow("line", "busy"),
        when("busy", "agents", "free", "agent"),
        when("busy", "agents", "taken", "tune"),
        follow("tune", "busy", ms=30_000),
    )
    assert routes.best("tune") == Distance(0, 0, 30_000, 2)
    assert routes.sure("tune") is None
    assert routes.sure("agent") == Distance(0, 0, 0, 0)


def test_a_caller_may_have_to_take_the_dearer_key_to_be_sure() -> None:
    routes = routes_of(
        "line:entry main:menu luck:check agent:human bye:end",
        follow("line", "main"),
        press("main", "1", "luck"),
        when("luck", "coin", "heads", "agent"),
        when("luck", "coin", "tails", "bye"),
        press("main", "234", "agent"),
    )
    assert routes.best("line") == Distance(1, 1, 0, 3)
    assert routes.sure("line") == Distance(3, 1, 0, 2)


def test_hours_are_assumed_open_unless_nothing_else_leads_to_a_human() -> None:
    steps = "line:entry hours:check main:menu night:menu agent:human guard:human"
    moves = [
        follow("line", "hours"),
        when("hours", "office", "closed", "night", usual=False),
        when("hours", "office", "open", "main"),
        press("main", "123", "agent"),
        press("night", "1", "guard"),
    ]
    joined = Moves(flow(steps, *moves))
    assert walks(Routes(joined)) == [(["next", "open", "123"], 3)]
    assert Routes(joined).best("line") == Distance(3, 1, 0, 3)
    assert walks(Routes(joined, assume={"office": "closed"})) == []  # unusual, though it is the only way
    assert Routes(joined, assume={"office": "closed"}).best("line") == Distance(1, 1, 0, 3, unusual=1)
    assert [r.conditions for r in Routes(joined).from_entry("line").cheapest()] == [
        (("office", "open"),),
        (("office", "closed"),),
    ]


def test_several_choices_with_one_walk_are_one_route() -> None:
    routes = routes_of(
        "old:entry new:entry main:menu account:ask team:menu agent:human",
        follow("old", "main"),
        follow("new", "main"),
        press("main", "1", "account"),
        enter("account", 6, "team"),
        say("team", "agent", "agent"),
    )
    assert walks(routes, "old") == [(["next", "1", "digits", "agent"], 7)]
    assert walks(routes, "new") == walks(routes, "old")
    assert routes.from_entry("old").landing == routes.from_entry("new").landing


def test_three_verdicts() -> None:
    routes = routes_of(
        "a:entry b:entry c:entry d:entry e:entry gone:unknown script:unknown agent:human bye:end",
        follow("a", "agent"),
        follow("b", "gone"),
        follow("c", "bye"),
        follow("d", "script"),
        when("script", "result", "ok", "agent"),
        press("agent", "1", "gone"),
        follow("e", "agent", ms=9000),
        move("e", "script", MoveKind.ERROR),
    )
    verdicts = {entry.id: routes.verdict(entry.id) for entry in routes.entries}
    assert verdicts == {
        "a": Verdict.REACHABLE,
        "b": Verdict.UNKNOWN,
        "c": Verdict.UNREACHABLE,
        "d": Verdict.UNKNOWN,
        "e": Verdict.REACHABLE,
    }
    assert routes.best("d") == Distance(0, 0, 0, 2, unusual=0, unknowns=1)
    assert routes.sure("d") is None
    assert [step.id for step in routes.unknowns_from("d")] == ["script"]
    assert routes.unknowns_from("e") == []


def test_a_known_way_goes_before_a_shorter_one_over_an_unknown() -> None:
    routes = routes_of(
        "line:entry main:menu script:unknown agent:human",
        follow("line", "main"),
        press("main", "1", "script"),
        follow("script", "agent"),
        press("main", "2345", "agent"),
    )
    assert routes.best("line") == Distance(4, 1, 0, 2)
    assert routes.verdict("line") is Verdict.REACHABLE


def test_words_take_time_and_may_make_it_a_lower_bound() -> None:
    steps = "line:entry main:menu agent:human"
    moves = [
        follow("line", "main", ms=400),
        move("main", "agent", MoveKind.KEY, keys="1", keypresses=1, heard=Duration(100, 3, exact=False)),
    ]
    (route,) = Routes(Moves(flow(steps, *moves)), words_per_minute=120).from_entry("line").walks()
    assert route.distance.ms == 400 + 100 + 1500
    assert Routes(Moves(flow(steps, *moves))).best("line") == Distance(1, 1, 400 + 100 + 1200, 2)
    assert not route.exact


def test_of_equal_ways_the_first_in_the_file_is_told() -> None:
    routes = routes_of(
        "line:entry main:menu a:say b:say agent:human",
        follow("line", "main"),
        follow("b", "agent"),
        follow("a", "agent"),
        press("main", "1", "a"),
        press("main", "2", "b"),
        press("main", "3", "b"),
    )
    # Forward, "1" is the first way on from the menu; backward, b -> agent is the first way to the agent.
    (cheapest,) = routes.from_entry("line").cheapest()
    assert keys(cheapest) == ["next", "2", "next"]
    # "1" ends at its own a -> agent (rank 2), "2" at b -> agent (rank 1), "3" at itself (rank 5).
    assert [keys(walk)[1] for walk in routes.from_entry("line").walks()] == ["2", "1", "3"]


def test_of_equal_outcomes_the_first_in_the_file_is_told() -> None:
    routes = routes_of(
        "line:entry main:menu day:check late:human early:human",
        follow("line", "main"),
        press("main", "1", "day"),
        when("day", "day", "even", "early"),
        when("day", "day", "odd", "late"),
    )
    assert walks(routes) == [(["next", "1", "even"], 1)]


def test_the_nearest_human_is_told_first() -> None:
    routes = routes_of(
        "line:entry far:human near:human main:menu",
        follow("line", "main"),
        press("main", "12", "far"),
        press("main", "3", "near"),
    )
    assert [route.human.id for route in routes.from_entry("line").cheapest()] == ["near", "far"]


def test_a_ring_without_a_choice_ends() -> None:
    routes = routes_of("line:entry a:say b:say", follow("line", "a"), follow("a", "b"), follow("b", "a"))
    assert routes.from_entry("line").landing.id == "b"
    assert walks(routes) == []
    assert routes.verdict("line") is Verdict.UNREACHABLE
