"""Where callers can still get to, and what becomes of silence and wrong keys, on small flows."""

from __future__ import annotations

from hypothesis import given

from ivrlint.flow import Flow, Listening, MoveKind, Problem, ProblemKind, Step, StepKind
from ivrlint.handling import FAULTS, Handling
from ivrlint.moves import Moves
from ivrlint.reach import Reach
from tests.flows import enter, flow, flows, follow, move, press, wait, when, wrong


def _reach(given_flow: Flow, **assume: str) -> Reach:
    return Reach(given_flow, Moves(given_flow), assume)


def _handling(given_flow: Flow) -> Handling:
    moves = Moves(given_flow)
    return Handling(moves, Reach(given_flow, moves, {}))


def _names(steps: list[Step]) -> list[str]:
    return [step.name for step in steps]


OFFICE = flow(
    "line:entry office:check main:menu sales:human box:voicemail bye:end",
    follow("line", "office"),
    when("office", "office", "open", "main"),
    when("office", "office", "closed", "bye", usual=False),
    press("main", "1", "sales"),
    press("main", "2", "box"),
    wait("main", "bye"),
    wrong("main", 1, "main"),
    move("sales", "bye", MoveKind.OVERFLOW),
)


def test_what_leads_to_a_human_and_what_may_lead_to_one() -> None:
    reach = _reach(OFFICE)
    assert reach.human == reach.surely_human == {"line", "office", "main", "sales"}
    assert reach.hopeful == reach.human | {"box"}
    assert reach.direct == {"sales"}
    assert reach.dropped == {"bye"}


def test_what_is_assumed_closes_the_other_ways() -> None:
    reach = _reach(OFFICE, office="closed")
    assert reach.human == {"main", "sales"}
    assert reach.reached == set()


def test_an_unknown_step_may_be_a_human_and_is_no_drop() -> None:
    reach = _reach(flow("line:entry code:unknown", follow("line", "code")))
    assert reach.human == {"line", "code"}
    assert reach.surely_human == set()
    assert reach.dropped == set()


def test_a_call_is_dropped_only_if_every_outcome_drops_it() -> None:
    some = flow(
        "line:entry a:check b:check bye:end sales:human",
        follow("line", "a"),
        when("a", "x", "yes", "bye"),
        when("a", "x", "no", "b"),
        when("b", "y", "yes", "bye"),
        when("b", "y", "no", "sales"),
    )
    assert _reach(some).dropped == {"bye"}
    both = some._replace(moves=(*some.moves[:-1], when("b", "y", "no", "bye")))
    assert _reach(both).dropped == {"line", "a", "b", "bye"}


def test_no_route_uses_a_fault_or_an_overflow_or_goes_on_from_a_human() -> None:
    some = flow(
        "line:entry a:check b:check c:human d:human script:unknown sales:human",
        follow("line", "a"),
        move("a", "sales", MoveKind.ERROR),
        move("b", "sales", MoveKind.OVERFLOW),
        follow("c", "a"),
        follow("script", "sales"),
        when("b", "x", "yes", "script"),
    )
    reach = _reach(some)
    assert reach.passable.all == (some.moves[0], *some.moves[4:])
    assert reach.human == {"b", "c", "d", "script", "sales"}
    assert reach.surely_human == {"c", "d", "sales"}
    assert reach.hopeful == reach.human
    assert reach.direct == {"b", "c", "d", "script", "sales"}


def test_where_the_call_goes_by_itself_depends_on_what_is_assumed() -> None:
    assert _reach(OFFICE).at_once == {"line", "office", "main", "bye"}
    assert _reach(OFFICE, office="open").at_once == {"line", "office", "main"}
    handed = flow("line:entry q:human m:menu", follow("line", "q"), follow("q", "m"))
    assert _reach(handed).at_once == {"line", "q"}


def test_who_gets_where_before_anybody_serves_them_and_without_a_fault() -> None:
    some = flow(
        "line:entry main:menu q:human box:voicemail cb:callback after:say later:say quiet:say odd:say "
        "broken:say full:say told:say end:end",
        follow("line", "main"),
        press("main", "1", "q"),
        press("main", "2", "box"),
        press("main", "3", "cb"),
        press("main", "4", "told"),
        wait("main", "quiet"),
        wrong("main", 1, "odd"),
        move("main", "broken", MoveKind.ERROR),
        follow("box", "after"),
        follow("cb", "later"),
        move("q", "full", MoveKind.OVERFLOW),
    )
    reach = _reach(some)
    everything = {step.id for step in some.steps} - {"end"}
    assert reach.reached == everything
    assert reach.unserved == everything - {"after", "later", "full"}
    assert reach.willing == {"line", "main", "q", "box", "cb", "told"}


def test_what_drops_the_call_is_the_end_and_what_only_leads_there_by_itself() -> None:
    some = flow(
        "line:entry a:say b:check c:say m:menu k:say q:human bye:end lost:end",
        follow("line", "m"),
        move("a", "bye", MoveKind.ERROR),
        follow("a", "q"),
        follow("b", "bye"),
        move("b", "q", MoveKind.ERROR),
        follow("c", "lost"),
        wait("m", "bye"),
        press("m", "1", "q"),
        follow("q", "bye"),
        follow("k", "bye"),
    )
    assert _reach(some).dropped == {"b", "k", "bye", "c", "lost"}
    nowhere = Problem(ProblemKind.UNDEFINED_TARGET, "nothing is there", some.steps[8].span)
    reach = _reach(some._replace(problems=(nowhere,)))
    assert reach.undefined == {"lost"}
    assert reach.dropped == {"b", "k", "bye"}
    assert reach.operator == reach.human | {"lost"}
    unused = nowhere._replace(kind=ProblemKind.UNUSED)
    elsewhere = nowhere._replace(span=some.steps[1].span)  # a is no end
    assert _reach(some._replace(problems=(unused, elsewhere))).undefined == set()


TRAP = flow(
    "line:entry main:menu sales:human jobs:menu list:say",
    follow("line", "main"),
    press("main", "0", "sales"),
    press("main", "1", "jobs"),
    press("jobs", "1", "list"),
    wait("jobs", "jobs"),
    follow("list", "jobs"),
)


def test_a_region_without_a_way_out_is_a_trap_and_no_cul_de_sac() -> None:
    reach = _reach(TRAP)
    assert reach.trapped == {"jobs", "list"}
    assert reach.culs_de_sac == []


def test_a_menu_that_drops_the_silent_is_no_trap() -> None:
    steps = [
        step._replace(listening=Listening(drops=frozenset({MoveKind.SILENCE}))) if step.id == "jobs" else step
        for step in TRAP.steps
    ]
    reach = _reach(TRAP._replace(steps=tuple(steps)))
    assert reach.trapped == set()
    assert _names(reach.culs_de_sac) == ["jobs"]


def test_a_region_that_only_a_fault_leaves_is_a_trap_and_one_where_somebody_may_answer_is_none() -> None:
    faulty = TRAP._replace(moves=(*TRAP.moves, move("list", "sales", MoveKind.ERROR)))
    assert _reach(faulty).trapped == {"jobs", "list"}
    tags = [s._replace(tags=frozenset({"waiting"})) if s.id == "list" else s for s in TRAP.steps]
    assert _reach(TRAP._replace(steps=tuple(tags))).trapped == set()
    kinds = [s._replace(kind=StepKind.UNKNOWN) if s.id == "list" else s for s in TRAP.steps]
    assert _reach(TRAP._replace(steps=tuple(kinds))).trapped == set()
    heard = [s._replace(listening=Listening()) if s.id == "jobs" else s for s in TRAP.steps]
    assert _reach(TRAP._replace(steps=tuple(heard))).trapped == {"jobs", "list"}


def test_a_line_without_a_human_is_no_trap_and_has_no_cul_de_sac() -> None:
    reach = _reach(TRAP._replace(moves=tuple(each for each in TRAP.moves if each.target != "sales")))
    assert reach.trapped == set()
    assert reach.culs_de_sac == []


def test_the_first_of_several_menus_without_a_human_is_the_cul_de_sac() -> None:
    nested = flow(
        "line:entry main:menu sales:human prices:menu gas:menu bye:end",
        follow("line", "main"),
        press("main", "0", "sales"),
        press("main", "1", "prices"),
        press("prices", "1", "gas"),
        press("gas", "1", "bye"),
    )
    assert _names(_reach(nested).culs_de_sac) == ["prices"]


def test_culs_de_sac_are_told_in_the_order_of_the_flow_each_place_once() -> None:
    some = flow(
        "line:entry main:menu sales:human zoe:menu say:say abe:menu copy:menu call:callback form:ask "
        "quiet:menu late:menu bye:end",
        follow("line", "main"),
        press("main", "0", "sales"),
        press("main", "1", "say"),
        follow("say", "zoe"),
        press("main", "2", "abe"),
        press("main", "3", "copy"),
        press("main", "4", "form"),
        enter("form", 4, "quiet"),
        press("quiet", "1", "call"),
        move("main", "late", MoveKind.ERROR),
        *(press(menu, "9", "bye") for menu in ("zoe", "abe", "copy", "late")),
    )
    assert _names(_reach(some).culs_de_sac) == ["zoe", "abe", "copy"]
    spans = {step.id: step.span for step in some.steps}
    shared = [s._replace(span=spans["zoe"]) if s.id == "copy" else s for s in some.steps]
    assert _names(_reach(some._replace(steps=tuple(shared))).culs_de_sac) == ["zoe", "abe"]
    alive = [s._replace(span=spans["main"]) if s.id == "copy" else s for s in some.steps]
    assert _names(_reach(some._replace(steps=tuple(alive))).culs_de_sac) == ["zoe", "abe"]


def test_who_leaves_a_queue_by_a_key_has_had_a_human() -> None:
    some = flow(
        "line:entry sales:human dead:menu bye:end",
        follow("line", "sales"),
        press("sales", "1", "dead"),
        press("dead", "1", "bye"),
    )
    assert _reach(some).culs_de_sac == []


def test_what_the_system_closes_is_no_cul_de_sac() -> None:
    night = flow(
        "line:entry office:check main:menu sales:human night:menu bye:end",
        follow("line", "office"),
        when("office", "office", "open", "main"),
        when("office", "office", "closed", "night", usual=False),
        press("main", "0", "sales"),
        press("night", "1", "bye"),
    )
    assert _reach(night).culs_de_sac == []


def test_silence_that_only_comes_back_is_endless_and_an_unknown_outcome_ends_that() -> None:
    loop = flow(
        "line:entry main:menu sales:human sorry:say",
        follow("line", "main"),
        press("main", "0", "sales"),
        wait("main", "sorry"),
        follow("sorry", "main"),
        wrong("main", 3, "sales"),
    )
    assert _names(_handling(loop).endless(MoveKind.SILENCE)) == ["main"]
    assert _handling(loop).endless(MoveKind.WRONG) == []
    counted = flow(
        "line:entry main:menu sales:human rounds:check",
        follow("line", "main"),
        press("main", "0", "sales"),
        wait("main", "rounds"),
        when("rounds", "rounds", "again", "main"),
        when("rounds", "rounds", "done", "sales"),
    )
    assert _handling(counted).endless(MoveKind.SILENCE) == []


def test_of_menus_that_lead_to_a_loop_only_the_loop_is_endless() -> None:
    chain = flow(
        "line:entry first:menu second:menu sales:human",
        follow("line", "first"),
        press("first", "0", "sales"),
        press("second", "0", "sales"),
        wait("first", "second"),
        wait("second", "second"),
    )
    assert _names(_handling(chain).endless(MoveKind.SILENCE)) == ["second"]


def test_menus_that_silence_leads_round_are_told_once_and_others_each() -> None:
    some = flow(
        "line:entry a:menu b:menu c:menu s:say t:say sales:human",
        follow("line", "a"),
        press("a", "0", "sales"),
        press("a", "1", "b"),
        press("b", "0", "sales"),
        press("c", "0", "sales"),
        wait("a", "s"),
        follow("s", "c"),
        wait("c", "t"),
        follow("t", "a"),
        wait("b", "b"),
    )
    assert _names(_handling(some).endless(MoveKind.SILENCE)) == ["a", "b"]
    assert _handling(some).endless(MoveKind.WRONG) == []


def test_silence_that_leads_past_a_message_and_back_is_not_endless() -> None:
    some = flow(
        "line:entry main:menu box:voicemail sales:human",
        follow("line", "main"),
        press("main", "0", "sales"),
        wait("main", "box"),
        follow("box", "main"),
    )
    assert _handling(some).endless(MoveKind.SILENCE) == []


def test_a_menu_that_no_call_gets_to_is_not_judged() -> None:
    some = flow(
        "line:entry main:menu lost:menu sales:human bye:end",
        follow("line", "main"),
        press("main", "0", "sales"),
        press("lost", "0", "sales"),
        wait("lost", "bye"),
        wrong("lost", 1, "lost"),
    )
    drops = Listening(drops=frozenset({MoveKind.SILENCE}))
    some = some._replace(
        steps=tuple(s._replace(listening=drops if s.id == "lost" else None) for s in some.steps)
    )
    handling = _handling(some)
    assert list(handling.unhandled(MoveKind.SILENCE)) == []
    assert handling.endless(MoveKind.WRONG) == []
    assert handling.cut_off(some.steps[2]._replace(listening=None)) == []


def test_who_is_cut_off_where_somebody_could_help() -> None:
    main = Moves(OFFICE).steps["main"]
    assert [each.kind for each in _handling(OFFICE).cut_off(main)] == [MoveKind.SILENCE]


def _slowly(given_flow: Flow, start: str) -> set[str]:
    """Every step that any moves lead to from ``start``, by going round until nothing is new."""
    found = {start}
    while True:
        more = found | {each.target for each in given_flow.moves if each.source in found}
        if more == found:
            return found
        found = more


@given(flows())
def test_regions_are_what_they_say(given_flow: Flow) -> None:
    reach = _reach(given_flow)
    kinds = {step.id: step.kind.value for step in given_flow.steps}
    for step in reach.trapped:
        goals = {"human", "voicemail", "callback", "end", "unknown"}
        assert not {kinds[each] for each in _slowly(_no_faults(given_flow), step)} & goals
    for menu in reach.culs_de_sac:
        assert menu.id in reach.reached
        assert menu.id not in reach.human | reach.trapped
    assert reach.direct <= reach.human <= reach.hopeful


@given(flows())
def test_endless_handlers_lead_nowhere_else(given_flow: Flow) -> None:
    handling = _handling(given_flow)
    for fault in FAULTS:
        for step in handling.endless(fault):
            only = [each for each in given_flow.moves if each.kind.value in ("next", "when", fault.value)]
            beyond = _slowly(given_flow._replace(moves=tuple(only)), step.id)
            sources = {each.source for each in only}
            assert beyond <= sources
            assert step.id in {each.target for each in only if each.source in beyond}
            assert handling.cut_off(step) == [] or fault not in {m.kind for m in handling.cut_off(step)}


def _no_faults(given_flow: Flow) -> Flow:
    kept = [each for each in given_flow.moves if each.kind is not MoveKind.ERROR]
    return given_flow._replace(moves=tuple(kept))
