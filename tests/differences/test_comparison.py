"""What a change does to callers, said of them and not of blocks."""

from __future__ import annotations

from click import unstyle
from hypothesis import given

from ivrlint.config import Settings
from ivrlint.differences import as_json, markdown, text
from ivrlint.differences.change import Change, Comparison, Effect
from ivrlint.differences.comparison import compare
from ivrlint.flow import Flow
from tests.differences.versions import OLD, compared, effects, report, told
from tests.flows import flows


def edited(*edits: tuple[str, str]) -> str:
    new = OLD
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    return new


@given(flows())
def test_nothing_changes_from_a_flow_to_itself(flow: Flow) -> None:
    comparison = compare(report(flow), report(flow))
    assert comparison == ([], [], [])
    assert text.render(comparison) == "Nothing changes for callers.\n"


@given(flows(), flows())
def test_what_is_gained_one_way_is_lost_the_other(one: Flow, other: Flow) -> None:
    there, back = compare(report(one), report(other)), compare(report(other), report(one))
    for comparison in (there, back):
        assert all(render(comparison) for render in (text.render, markdown.render, as_json.render))
    assert len(there.new) == len(back.fixed)


def test_more_keypresses_and_the_limit() -> None:
    deeper = edited(
        ('2 "claims"  -> claims', '2 "claims"  -> b'),
        ('queue claims "Claims."', "menu b { 1 -> c 0 -> agents }\nmenu c { 1 -> d 0 -> agents }\n"
         'menu d { 1 -> claims 0 -> agents }\nqueue claims "Claims."'),
    )  # fmt: skip
    assert told(compared(OLD, deeper), "human") == [
        "worse claims: 1 -> 4 keypresses, over the limit of 3, worst case 1 -> 4, 2 -> 2 1 1 1"
    ]
    assert told(compared(deeper, OLD), "human") == [
        "better claims: 4 -> 1 keypress, within the limit of 3, worst case 4 -> 1, 2 1 1 1 -> 2"
    ]
    higher = Settings(limit=4)
    assert "limit" not in told(compared(OLD, deeper, higher), "human")[0]


def test_typed_data_is_told_in_keypresses_and_entries() -> None:
    asked = edited(("line", "ask a { digits 4 done -> main }\nline"), ('"1" -> main', '"1" -> a'))
    assert told(compared(OLD, asked), "human")[0] == (
        "worse agents: 0 -> 4 keypresses, over the limit of 3, 0 -> 1 entry, worst case 0 -> 4, "
        "wait wait -> 4 digits wait wait"
    )


def test_silence_that_now_drops_the_call() -> None:
    dropping = edited(("timeout 5s x2 -> agents", "timeout 5s x2 -> bye"), ("line", 'end bye "Bye."\nline'))
    assert told(compared(OLD, dropping), "choice") == [
        "worse main: silence now drops the call (it led to agents)"
    ]
    without = edited(("  timeout 5s x2 -> agents\n", ""))
    assert told(compared(OLD, without), "choice") == [
        "worse main: silence now drops the call (it led to agents)"
    ]
    assert told(compared(without, OLD), "choice") == [
        "better main: silence no longer drops the call, but leads to agents"
    ]


def test_somebody_who_is_no_longer_reachable_after_hours() -> None:
    late = "check late office { open -> claims closed -> bye }\nend bye\nline"
    closed = edited(("-> claims", "-> late"), ("line", late))
    assert told(compared(OLD, closed), "human") == [
        "worse claims: no longer sure, whatever the system decides, now needs office = open",
        "worse claims: can no longer be reached when office = closed",
    ]
    nobody = edited(
        ('"1" -> main', '"1" -> late'),
        ("line", "check late office { open -> main closed -> bye }\nend bye\nline"),
    )
    assert "worse 1: nobody can be reached any more when office = closed" in told(compared(OLD, nobody))


def test_humans_gained_and_lost() -> None:
    without = edited(('  2 "claims"  -> claims\n', ""))
    assert told(compared(OLD, without), "human") == ["worse claims: can no longer be reached"]
    assert told(compared(without, OLD), "human") == ["better claims: can be reached now, with 1 keypress (2)"]
    gone = without.replace('queue claims "Claims."\n', "")
    assert told(compared(OLD, gone), "human") == ["worse claims: is gone"]


def test_lines() -> None:
    other = edited(("line", 'line "2" -> agents\nline'))
    assert told(compared(OLD, other)) == ["other 2: is new; a human is reachable"]
    assert told(compared(other, OLD)) == ["worse 2: is gone"]
    lost = edited(('"1" -> main', '"1" -> bye'), ("line", "end bye\nline"))
    assert "worse 1: a human was reachable, now unreachable" in told(compared(OLD, lost), "entry")


def test_callers_who_wait_in_vain() -> None:
    dropped = edited(("max 5m -> agents", "max 5m -> hangup"))
    assert told(compared(OLD, dropped)) == [
        "worse billing: waiting in vain (after 5m) now drops the call (it led to agents)"
    ]


def test_keys_that_mean_something_else() -> None:
    swapped = edited(
        ('1 "billing" -> opening', '1 "claims" -> claims'), ('2 "claims"  -> claims', '3 "x" -> opening')
    )
    assert told(compared(OLD, swapped), "choice") == [
        'other main: 1 ("claims") now leads to claims, not to opening',
        'other main: 3 ("x") is new (to opening)',
        'other main: 2 ("claims") is no longer offered (it led to claims)',
    ]


def test_prompts() -> None:
    comparison = compared(OLD, edited(("For an agent, press 0.", "For a person, press 0.")))
    (change,) = comparison.changes
    assert (change.effect, change.about, change.subject) == (Effect.OTHER, "prompt", "main")
    assert str(change.after).endswith("For a person, press 0.")


def test_longer_waits_count_only_where_no_key_is_saved() -> None:
    slow = edited(("line", f'say hello "{"word " * 50}" -> main\nline'), ('"1" -> main', '"1" -> hello'))
    assert effects(compared(OLD, slow)) == {Effect.WORSE}
    assert "worse claims: 3 s -> 23 s" in told(compared(OLD, slow))
    brief = edited(("line", 'say hello "One two three." -> main\nline'), ('"1" -> main', '"1" -> hello'))
    assert effects(compared(OLD, brief)) == {Effect.OTHER}


def test_findings_new_and_fixed() -> None:
    bad = edited(("line", 'say lost "Nobody hears this." -> agents\nline'))
    there, back = compared(OLD, bad), compared(bad, OLD)
    assert [finding.code for finding in there.new] == ["IVR502"]
    assert (there.fixed, back.new) == ([], [])
    assert [finding.code for finding in back.fixed] == ["IVR502"]
    renamed = bad.replace("lost", "unheard")
    assert (compared(bad, renamed).new, compared(bad, renamed).fixed) == ([], [])


def test_what_several_lines_share_is_told_and_counted_once() -> None:
    two = OLD.replace("line", 'line "2" -> main\nline')
    without = two.replace('  2 "claims"  -> claims\n', "")
    comparison = compared(two, without)
    shown = unstyle(text.render(comparison)).splitlines()
    assert shown[:2] == ["2, 1", "  worse   claims: can no longer be reached"]
    assert comparison.count(Effect.WORSE) == 1


def test_what_the_system_does_unheard_is_no_change() -> None:
    noted = edited(("-> claims", "-> note"), ("line", "do note -> claims fault -> agents\nline"))
    assert told(compared(OLD, noted)) == []
    assert told(compared(noted, OLD)) == []


def test_a_fault_that_now_drops_the_call() -> None:
    noted = edited(("-> claims", "-> note"), ("line", "do note -> claims fault -> agents\nline"))
    dropped = noted.replace("fault -> agents", "fault -> sorry").replace("line", 'end sorry "Sorry."\nline')
    assert told(compared(noted, dropped)) == ["worse note: a fault now drops the call (it led to agents)"]
    assert told(compared(dropped, noted)) == [
        "better note: a fault no longer drops the call, but leads to agents"
    ]


def test_what_copies_of_a_menu_share_stands_under_one_heading() -> None:
    change = Change(Effect.OTHER, "choice", "", "main", "9 is new")
    assert Comparison([change, change], [], []).by_lines() == [([], [change])]
