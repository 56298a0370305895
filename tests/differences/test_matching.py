"""Renaming or moving a menu is no removal."""

from __future__ import annotations

from hypothesis import given

from ivrlint.differences.matching import Matching
from ivrlint.differences.stations import Stations
from ivrlint.flow import Flow
from tests.differences.versions import OLD, compared, told
from tests.flows import flows
from tests.ivr_texts import read


def pairs(old: str, new: str) -> dict[str, str]:
    matching = Matching(Stations(read(old)), Stations(read(new)))
    return {old.step.name: new.step.name for old, new in matching.pairs()}


def same(text: str) -> dict[str, str]:
    return {step.name: step.name for step in read(text).steps}


@given(flows())
def test_every_station_is_its_own(flow: Flow) -> None:
    stations = Stations(flow)
    assert Matching(stations, Stations(flow)).after == {key: key for key in stations.all}


@given(flows(), flows())
def test_nobody_is_paired_twice(one: Flow, other: Flow) -> None:
    matching = Matching(Stations(one), Stations(other))
    assert matching.before == {new: old for old, new in matching.after.items()}


def test_a_renamed_menu_is_the_same_menu() -> None:
    new = OLD.replace("main", "start")
    assert pairs(OLD, new) == same(OLD) | {"main": "start"}
    assert told(compared(OLD, new)) == ["other start: was called main"]


def test_a_menu_that_is_renamed_and_edited_is_known_by_what_leads_there() -> None:
    old = OLD.replace('2 "claims"  -> claims', '2 "claims"  -> sort').replace(
        "line", 'menu sort { prompt "Press 1 or 0." 1 -> claims 0 -> agents }\nline'
    )
    new = old.replace("sort", "kind_of_claim").replace("Press 1 or 0.", "For a claim, press 1, else 0.")
    assert pairs(old, new)["sort"] == "kind_of_claim"


def test_a_queue_with_another_name_behind_the_same_key_is_the_same_people() -> None:
    assert pairs(OLD, OLD.replace("billing", "billing_team"))["billing"] == "billing_team"


def test_other_people_behind_the_same_key_are_others() -> None:
    new = OLD.replace("-> claims", "-> web").replace('queue claims "Claims."', 'queue web "Our website."')
    assert "claims" not in pairs(OLD, new)
    assert told(compared(OLD, new), "human") == [
        "worse claims: is gone",
        "better web: can be reached now, with 1 keypress (2)",
    ]


def test_a_moved_menu_keeps_its_name() -> None:
    old = OLD.replace("line", "menu deep { 1 -> claims timeout -> agents }\nline").replace(
        "-> claims\n", "-> deep\n", 1
    )
    new = old.replace('1 "billing" -> opening', '1 "billing" -> deep').replace(
        '2 "claims"  -> deep', "2 -> opening"
    )
    assert pairs(old, new) == same(old)
