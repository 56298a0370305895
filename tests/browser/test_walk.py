"""The page's telephone and ``routes.py`` agree: on random flows, and on keys pressed one by one."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivrlint.config import Settings
from ivrlint.flow import Duration, Flow, Listening, MoveKind
from ivrlint.linter import Reading, Report
from ivrlint.report.data import as_json
from ivrlint.routes import Route
from ivrlint.rules import Context
from tests.flows import enter, flow, flows, follow, move, press, say, wait, when, wrong

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_SETTINGS = Settings(limit=2)


@pytest.fixture(scope="module")
def walk(browser: Browser) -> Iterator[Page]:
    """An empty page with the module ``walk.js``, as ``window.walk``."""
    source = (files("ivrlint.report") / "walk.js").read_bytes()
    page = browser.new_page()
    page.evaluate(
        "async (source) => { window.walk = await import(`data:text/javascript;base64,${source}`); }",
        b64encode(source).decode(),
    )
    yield page
    page.close()


def _data(calls: Flow) -> tuple[Context, dict[str, Any]]:
    context = Context(calls, _SETTINGS)
    return context, json.loads(as_json(Report((), Reading(context, 1, {})), {}))


def _spent(route: Route) -> dict[str, Any]:
    distance = route.distance
    return {
        "keypresses": distance.keypresses,
        "entries": distance.entries,
        "ms": distance.ms,
        "vague": not route.exact,
    }


@settings(max_examples=150)
@given(calls=flows())
def test_the_shortest_way_on_is_the_one_that_routes_know(walk: Page, calls: Flow) -> None:
    context, data = _data(calls)
    ways = walk.evaluate(
        """(data) => {
            const flow = new walk.Flow(data);
            return data.steps.map((_, step) => {
                const way = flow.wayOn(step);
                return way && [flow.sum(way), way.length, data.steps[way.at(-1)?.to ?? step].kind];
            });
        }""",
        data,
    )
    for step, way in zip(calls.steps, ways, strict=True):
        best = context.routes.best(step.id)
        if best is None:
            assert way is None
        else:
            spent, moves, end = way
            found = spent["keypresses"], spent["entries"], spent["ms"], moves, end
            assert found == (best.keypresses, best.entries, best.ms, best.moves, "human")


@settings(max_examples=150)
@given(calls=flows())
def test_a_route_that_is_walked_costs_what_routes_say(walk: Page, calls: Flow) -> None:
    context, data = _data(calls)
    for entry in context.routes.entries:
        start = context.routes.from_entry(entry.id)
        for route in (*start.cheapest(), *start.walks()):
            ends = [calls.moves.index(each) for each in route.moves]
            step, spent, over, passed = walk.evaluate(
                """([data, entry, route]) => {
                    const flow = new walk.Flow(data);
                    let call = walk.begin(flow, entry);
                    for (const move of route.map((number) => data.moves[number]))
                        if (call.step === move.from) call = walk.take(flow, call, move);
                    const passed = call.log.filter((event) => event.what === "at").map((event) => event.step);
                    return [call.step, call.spent, call.over, passed];
                }""",
                [data, calls.steps.index(entry), ends],
            )
            assert calls.steps[step] == route.human
            assert [calls.steps[number] for number in passed] == [hop.step for hop in route.hops]
            assert spent == _spent(route)
            assert over is (route.distance.keypresses > _SETTINGS.limit)


@settings(max_examples=150)
@given(calls=flows(), choices=st.lists(st.integers(0, 99), max_size=12))
def test_a_random_walk_follows_the_moves_and_adds_up(walk: Page, calls: Flow, choices: list[int]) -> None:
    _, data = _data(calls)
    entry = next(number for number, step in enumerate(data["steps"]) if step["kind"] == "entry")
    spent, taken, passed = walk.evaluate(
        """([data, entry, choices]) => {
            const flow = new walk.Flow(data);
            let call = walk.begin(flow, entry);
            for (const choice of choices) {
                const out = Object.values(flow.choices(call.step)).flat();
                if (call.lost || !out.length) break;
                call = walk.take(flow, call, out[choice % out.length]);
            }
            const told = (what) => call.log.filter((event) => event.what === what);
            const taken = told("move").map((event) => data.moves.indexOf(event.move));
            return [call.spent, taken, told("at").map((event) => event.step)];
        }""",
        [data, entry, choices],
    )
    # Every hop is a move of the flow: one that was taken, or one that nobody decides.
    made = [calls.moves[number] for number in taken]
    for source, target in pairwise(passed):
        here, there = calls.steps[source].id, calls.steps[target].id
        if made and (made[0].source, made[0].target) == (here, there):
            made.pop(0)
            continue
        nobody = [each for each in calls.moves if each.source == here and each.kind is MoveKind.NEXT]
        assert [each.target for each in nobody] == [there]
        taken.append(calls.moves.index(nobody[0]))
    assert made == []
    walked = [calls.moves[number] for number in taken]
    assert spent == {
        "keypresses": sum(each.keypresses for each in walked),
        "entries": sum(each.entries for each in walked),
        "ms": sum(each.heard.milliseconds(150) for each in walked),
        "vague": not all(each.heard.exact for each in walked),
    }


@settings(max_examples=100)
@given(calls=flows(), kind=st.sampled_from(["silence", "wrong"]))
def test_attempts_one_by_one_cost_what_the_move_costs(walk: Page, calls: Flow, kind: str) -> None:
    _, data = _data(calls)
    ends = walk.evaluate(
        """([data, kind]) => {
            const flow = new walk.Flow(data);
            const found = [];
            data.steps.forEach((_, step) => {
                const moves = flow.out[step].filter((each) => each.kind === kind);
                if (moves.length !== 1 || (kind === "wrong" && !moves[0].keypresses)) return;
                const fresh = { spent: walk.NOTHING, lost: "", over: false, log: [] };
                const call = { ...walk.begin(flow, step), step, ...fresh };
                const whole = walk.take(flow, call, moves[0]);
                let tried = call;
                for (let made = 0; made < (moves[0].attempts ?? 1); made += 1)
                    tried = kind === "wrong" ? walk.press(flow, tried, "D") : walk.wait(flow, tried);
                found.push([[whole.step, whole.spent], [tried.step, tried.spent]]);
            });
            return found;
        }""",
        [data, kind],
    )
    for whole, tried in ends:
        assert tried == whole


# --- keys pressed one by one


def _pressed(walk: Page, calls: Flow, keys: str) -> dict[str, Any]:
    """Where ``keys`` lead from the line; ``.`` is the pause that ends typing, ``-`` a timeout."""
    _, data = _data(calls)
    call: dict[str, Any] = walk.evaluate(
        """([data, keys]) => {
            const flow = new walk.Flow(data);
            let call = walk.begin(flow, 0);
            for (const key of keys) {
                if (key === ".") call = walk.finish(flow, call);
                else if (key === "-") call = walk.wait(flow, call);
                else call = walk.press(flow, call, key);
            }
            return { ...call, at: data.steps[call.step].name, log: call.log.map((event) => event.what) };
        }""",
        [data, keys],
    )
    return call


def _menu() -> Flow:
    return flow(
        "line:entry main:menu one:end twelve:end phone:human rescue:end quiet:end",
        follow("line", "main", ms=1000),
        press("main", "1", "one", ms=200),
        press("main", "12", "twelve"),
        move("main", "phone", MoveKind.DIAL, keypresses=4),
        wrong("main", 3, "rescue")._replace(heard=Duration(900)),
        wait("main", "quiet", ms=10_000)._replace(attempts=2),
    )


@pytest.mark.parametrize(
    ("keys", "at", "keypresses", "entries", "ms"),
    [
        ("", "main", 0, 0, 1000),
        ("1", "main", 0, 0, 1000),  # 12 or a number may follow
        ("1.", "one", 1, 1, 1200),
        ("12.", "twelve", 2, 1, 1000),
        ("4711", "phone", 4, 1, 1000),
        ("1234", "phone", 4, 1, 1000),
        ("*", "main", 1, 1, 1300),
        ("**#", "rescue", 3, 3, 1900),
        ("*1.", "one", 2, 2, 1500),
        ("45.", "main", 2, 1, 1300),  # too short for a number: as wrong as a key that is not offered
        ("-", "main", 0, 0, 6000),
        ("--", "quiet", 0, 0, 11_000),
        ("-*-", "quiet", 1, 1, 11_300),
    ],
)
def test_keys_of_a_menu(walk: Page, keys: str, at: str, keypresses: int, entries: int, ms: int) -> None:
    call = _pressed(walk, _menu(), keys)
    assert (call["at"], call["spent"]) == (
        at,
        {"keypresses": keypresses, "entries": entries, "ms": ms, "vague": False},
    )


def _ask(listening: Listening, fewest: int) -> Flow:
    calls = flow(
        "line:entry account:ask balance:end sorry:end",
        follow("line", "account"),
        enter("account", fewest, "balance"),
        wrong("account", 1, "sorry"),
    )
    asked = calls.steps[1]._replace(listening=listening)
    return calls._replace(steps=(calls.steps[0], asked, *calls.steps[2:]))


@pytest.mark.parametrize(
    ("listening", "fewest", "keys", "at", "keypresses"),
    [
        (Listening(fewest=4, most=4), 4, "123", "account", 0),
        (Listening(fewest=4, most=4), 4, "1234", "balance", 4),
        (Listening(fewest=4, most=4), 4, "123.", "sorry", 3),
        (Listening(fewest=4, most=4), 4, "12*", "sorry", 3),
        (Listening(fewest=2, most=6), 2, "12345", "account", 0),
        (Listening(fewest=2, most=6), 2, "12345.", "balance", 5),
        (Listening(fewest=2, most=6, terminator="#"), 2, "123#", "balance", 4),
        (Listening(fewest=2, most=6, terminator="#"), 2, "123.", "balance", 3),
        (Listening(fewest=2, most=6, terminator="#", terminator_needed=True), 3, "12#", "balance", 3),
        (Listening(fewest=2, most=6, terminator="#", terminator_needed=True), 3, "123.", "sorry", 3),
        (Listening(fewest=2, most=6, terminator="#", terminator_needed=True), 3, "123456", "balance", 6),
        (Listening(fewest=1), 1, "1234567890123.", "balance", 13),
    ],
)
def test_digits_of_an_ask(
    walk: Page, listening: Listening, fewest: int, keys: str, at: str, keypresses: int
) -> None:
    call = _pressed(walk, _ask(listening, fewest), keys)
    assert (call["at"], call["spent"]["keypresses"]) == (at, keypresses)


def test_what_nothing_is_written_for_ends_the_call(walk: Page) -> None:
    calls = flow("line:entry main:menu bye:end", follow("line", "main"), press("main", "1", "bye"))
    assert _pressed(walk, calls, "2")["lost"] == "wrong"
    assert _pressed(walk, calls, "-")["lost"] == "silence"


def test_a_key_that_needs_a_second_one_to_end_it_counts_both(walk: Page) -> None:
    ended = press("main", "1", "bye")._replace(keypresses=2)
    calls = flow("line:entry main:menu bye:end", follow("line", "main"), ended)
    assert _pressed(walk, calls, "1")["spent"]["keypresses"] == 2


def test_a_key_given_twice_is_the_callers_to_decide(walk: Page) -> None:
    calls = flow(
        "line:entry main:menu a:end b:end",
        follow("line", "main"),
        press("main", "2", "a"),
        press("main", "2", "b"),
    )
    call = _pressed(walk, calls, "2")
    assert call["at"] == "main"
    assert [each["to"] for each in call["open"]] == [2, 3]


def test_the_limit_is_told_once_where_it_is_passed(walk: Page) -> None:
    calls = flow(
        "line:entry a:menu b:menu c:menu d:menu agent:human",
        follow("line", "a"),
        *(press(one, "1", other) for one, other in zip("abc", "bcd", strict=True)),
        press("d", "1", "agent"),
    )
    assert _pressed(walk, calls, "11")["over"] is False
    call = _pressed(walk, calls, "1111")
    assert call["over"] is True
    # The limit of this module's settings is 2: the third key passes it, before its menu is heard.
    assert call["log"] == ["at", "at", "move", "at", "move", "at", "move", "limit", "at", "move", "at"]


def test_a_ring_that_nobody_decides_ends(walk: Page) -> None:
    calls = flow("line:entry a:say b:say", follow("line", "a"), follow("a", "b"), follow("b", "a"))
    assert _pressed(walk, calls, "")["lost"] == "ring"


def test_where_the_system_decides_no_key_helps(walk: Page) -> None:
    calls = flow(
        "line:entry office:check agent:human bye:end",
        follow("line", "office"),
        when("office", "office", "open", "agent"),
        when("office", "office", "closed", "bye"),
    )
    assert _pressed(walk, calls, "")["at"] == "office"


def test_spoken_words_are_an_entry_without_a_key(walk: Page) -> None:
    calls = flow("line:entry main:menu agent:human", follow("line", "main"), say("main", "agent", "agent"))
    _, data = _data(calls)
    spent = walk.evaluate(
        """(data) => {
            const flow = new walk.Flow(data);
            const call = walk.begin(flow, 0);
            return walk.take(flow, call, flow.choices(call.step).caller[0]).spent;
        }""",
        data,
    )
    assert spent == {"keypresses": 0, "entries": 1, "ms": 0, "vague": False}
