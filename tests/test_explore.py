"""The explorer: facts, states, the bound on states, and which facts are still read."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivrlint.explore import NOTHING, Explorer, Facts, State, liveness
from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.source import Source

NAMES = st.sampled_from(["queue", "key", "count", "language"])
VALUES = st.sampled_from(["1", "2", "sales"]) | st.integers(2, 4) | st.just(NOTHING)
ITEMS = st.dictionaries(NAMES, VALUES)


def steady(count: int) -> settings:
    """The same ``count`` examples in every run."""
    return settings(max_examples=count, deadline=None, derandomize=True)


# --- facts


def test_facts_do_not_change_with_what_they_were_made_of() -> None:
    items: dict[str, Hashable] = {"queue": "sales"}
    facts = Facts(items)
    items["queue"] = "bills"
    items["key"] = "1"
    assert dict(facts) == {"queue": "sales"}


def test_facts_cannot_be_set() -> None:
    facts: Any = Facts({"queue": "sales"})
    with pytest.raises(TypeError):
        facts["queue"] = "bills"
    with pytest.raises(TypeError):
        del facts["queue"]


def test_what_is_learned_or_forgotten_leaves_the_old_facts_alone() -> None:
    facts = Facts({"queue": "sales"})
    assert dict(facts.learn("key", "1")) == {"queue": "sales", "key": "1"}
    assert dict(facts.learn("queue", "bills")) == {"queue": "bills"}
    assert dict(facts.forget("queue")) == {}
    assert dict(facts.keep(["key"])) == {}
    assert dict(facts) == {"queue": "sales"}


def test_a_name_that_is_missing_is_not_known() -> None:
    assert "queue" not in NOTHING
    assert NOTHING.get("queue") is None
    with pytest.raises(KeyError):
        NOTHING["queue"]


def test_facts_are_no_plain_dictionary() -> None:
    assert Facts({"key": "1"}) != {"key": "1"}


@steady(100)
@given(ITEMS, ITEMS)
def test_equal_facts_are_those_with_equal_items(one: dict[str, Hashable], other: dict[str, Hashable]) -> None:
    assert (Facts(one) == Facts(other)) == (one == other)
    turned = Facts(reversed(list(one.items())))
    assert turned == Facts(one)
    assert hash(turned) == hash(Facts(one))


@steady(200)
@given(ITEMS, NAMES, VALUES, st.frozensets(NAMES))
def test_facts_agree_with_dictionaries(
    items: dict[str, Hashable], name: str, value: Hashable, names: frozenset[str]
) -> None:
    facts = Facts(items)
    assert dict(facts.learn(name, value)) == {**items, name: value}
    assert dict(facts.forget(name)) == {key: items[key] for key in items if key != name}
    assert dict(facts.keep(names)) == {key: items[key] for key in items if key in names}
    assert len(facts) == len(items)


def test_facts_can_hold_the_facts_they_are_added_to() -> None:
    before = Facts({"queue": "sales"})
    assert before.learn("saved", Facts({"queue": "sales"})).get("saved") == before


# --- the explorer

TEXT = Source("calls.ivr", "line\n")
SPAN = TEXT.span(0, 4)
Ways = Mapping[str, list[tuple[str, Mapping[str, Hashable]]]]


def explore(ways: Ways, start: str = "a", **how: Any) -> Explorer[str]:
    """Explores ``ways``: from each place to others, learning facts on the way; a fact ``n`` counts up."""

    def describe(here: str, state: State[str], explorer: Explorer[str]) -> tuple[Step, list[Move]]:
        facts = ",".join(f"{name}={value}" for name, value in sorted(state.facts.items()))
        step = Step(here, state.place, StepKind.SAY, SPAN, state.place, detail=facts)
        moves = []
        for place, learned in ways[state.place]:
            there = State(place, _after(state.facts, learned))
            moves.append(Move(here, explorer.visit(there), MoveKind.NEXT, SPAN))
        return step, moves

    explorer = Explorer(describe, lambda place: place, **how)
    explorer.visit(State(start))
    explorer.run()
    return explorer


def _after(facts: Facts, learned: Mapping[str, Hashable]) -> Facts:
    for name, value in learned.items():
        count = facts.get("n", 0)
        facts = facts.learn(name, count + 1 if name == "n" and isinstance(count, int) else value)
    return facts


def edges(explorer: Explorer[str]) -> list[tuple[str, str]]:
    return [(move.source, move.target) for move in explorer.moves]


def test_a_place_without_facts_is_one_step() -> None:
    explorer = explore({"a": [("b", {}), ("c", {})], "b": [("a", {})], "c": [("b", {})]})
    assert [step.id for step in explorer.steps] == ["a", "b", "c"]
    assert edges(explorer) == [("a", "b"), ("a", "c"), ("b", "a"), ("c", "b")]
    assert list(explorer.forgotten) == []


def test_a_place_met_with_other_facts_is_another_step() -> None:
    explorer = explore(
        {"a": [("b", {"key": "1"}), ("b", {"key": "2"}), ("b", {"key": "1"})], "b": [("c", {})], "c": []}
    )
    assert [(step.id, step.detail) for step in explorer.steps] == [
        ("a", ""),
        ("b", "key=1"),
        ("b@2", "key=2"),
        ("c", "key=1"),
        ("c@2", "key=2"),
    ]
    assert edges(explorer) == [("a", "b"), ("a", "b@2"), ("a", "b"), ("b", "c"), ("b@2", "c@2")]


def test_facts_that_nothing_reads_later_make_no_other_step() -> None:
    live = {"a": ["key"], "b": ["key"], "c": []}
    explorer = explore(
        {"a": [("b", {"key": "1"}), ("b", {"key": "2"})], "b": [("c", {"noise": "x"})], "c": []},
        live=lambda place: live[place],
    )
    assert [(step.id, step.detail) for step in explorer.steps] == [
        ("a", ""),
        ("b", "key=1"),
        ("b@2", "key=2"),
        ("c", ""),
    ]
    assert edges(explorer)[2:] == [("b", "c"), ("b@2", "c")]


def test_a_place_met_too_often_forgets_its_facts_and_is_named() -> None:
    explorer = explore({"a": [("b", {"n": 0})], "b": [("b", {"n": 0})]}, bound=3)
    assert [(step.id, step.detail) for step in explorer.steps] == [
        ("a", ""),
        ("b", "n=1"),
        ("b@2", "n=2"),
        ("b@3", "n=3"),
        ("b@4", ""),
    ]
    # Without facts the count starts anew, at a state that is known already.
    assert edges(explorer)[-2:] == [("b@3", "b@4"), ("b@4", "b")]
    assert list(explorer.forgotten) == ["b"]


def test_as_many_states_as_the_bound_forget_nothing() -> None:
    ways: Ways = {"a": [("b", {"key": "1"}), ("b", {"key": "2"})], "b": []}
    assert list(explore(ways, bound=2).forgotten) == []
    assert list(explore(ways, bound=1).forgotten) == ["b"]
    assert [(step.id, step.detail) for step in explore(ways, bound=1).steps][1:] == [
        ("b", "key=1"),
        ("b@2", ""),
    ]


def test_what_is_left_at_the_bound_is_given_up_where_it_gets_too_much() -> None:
    ways = {"a": [("a", {"n": 0})]}

    def steps(**how: Any) -> int:
        explorer = explore(ways, forget=lambda facts: Facts({"n": facts["n"] % 50}), bound=4, **how)
        return len(explorer.steps)

    assert steps() == 51  # nothing known, then n=1 to n=49, and n=0
    assert steps(give_up=lambda _: NOTHING) == 9  # in the tenth, nothing is known any more: as in the first


def test_what_is_forgotten_at_the_bound_is_the_readers_choice() -> None:
    explorer = explore(
        {"a": [("b", {"language": "fr", "n": 0})], "b": [("b", {"n": 0})]},
        forget=lambda facts: facts.keep(["language"]),
        bound=1,
    )
    # From b@2 the count starts anew: n=1 in French is the first state of b.
    assert [(step.id, step.detail) for step in explorer.steps][1:] == [
        ("b", "language=fr,n=1"),
        ("b@2", "language=fr"),
    ]
    assert edges(explorer) == [("a", "b"), ("b", "b@2"), ("b@2", "b")]


def test_only_places_that_were_met_count_as_visited() -> None:
    explorer = explore({"a": [], "b": []})
    assert explorer.visited("a")
    assert not explorer.visited("b")


@steady(150)
@given(st.data(), st.integers(1, 4))
def test_every_state_is_described_once_and_no_place_more_often_than_the_bound(
    data: st.DataObject, bound: int
) -> None:
    one_way = st.tuples(st.sampled_from("abcd"), st.dictionaries(st.sampled_from(["n", "key"]), VALUES))
    ways: Ways = {place: data.draw(st.lists(one_way, max_size=3)) for place in "abcd"}
    explorer = explore(ways, bound=bound)
    ids = [step.id for step in explorer.steps]
    assert len(ids) == len(set(ids))
    assert {end for edge in edges(explorer) for end in edge} <= set(ids)
    for place in {step.place for step in explorer.steps}:
        copies = [step for step in explorer.steps if step.place == place]
        assert len({step.detail for step in copies}) == len(copies)
        assert len(copies) <= bound + (place in explorer.forgotten)


# --- liveness


def _read_from(
    place: str, successors: Mapping[str, Collection[str]], reads: Mapping[str, Collection[str]]
) -> set[str]:
    """What is read at a place that can be reached from ``place``, by walking."""
    reached: set[str] = set()
    ahead = {place}
    while ahead:
        here = ahead.pop()
        reached.add(here)
        ahead |= set(successors.get(here, ())) - reached
    return {name for here in reached for name in reads.get(here, ())}


PLACES = st.sampled_from("abcdef")


@steady(300)
@given(
    st.dictionaries(PLACES, st.lists(PLACES, max_size=3)),
    st.dictionaries(PLACES, st.lists(NAMES, max_size=2)),
)
def test_a_fact_lives_where_something_reads_it_there_or_later(
    successors: dict[str, list[str]], reads: dict[str, list[str]]
) -> None:
    live = liveness(successors, reads)
    places = {*successors, *reads, *(there for following in successors.values() for there in following)}
    assert live == {place: _read_from(place, successors, reads) for place in places}


def test_what_is_read_at_a_place_without_a_way_on_lives_before_it() -> None:
    live = liveness({"a": ["b"]}, {"b": ["key"]})
    assert live == {"a": {"key"}, "b": {"key"}}


def test_a_place_may_be_called_like_the_copy_of_another() -> None:
    explorer: Explorer[str] = Explorer(lambda *_: (None, ()), name=str)  # type: ignore[arg-type, return-value]
    ids = [
        explorer.visit(State(*state)) for state in (("a", Facts()), ("a@2", Facts()), ("a", Facts({"x": 1})))
    ]
    assert len(set(ids)) == 3
