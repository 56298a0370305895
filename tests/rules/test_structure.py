"""Rules on structure, privacy and money (5xx, 6xx), on small flows."""

from __future__ import annotations

from ivrlint.flow import Listening, StepKind
from ivrlint.rules import (
    card_data_recorded,
    premium_transfer,
    same_target,
    unreachable_step,
)
from tests.flows import dial_each, enter, flow, follow, press
from tests.rules.judged import as_copies, found, names, saying, with_step

# --- IVR502 unreachable-step


def test_of_steps_that_lead_to_each_other_the_first_written_is_told() -> None:
    some = flow(
        "line:entry q:human zoe:say abe:say alone:say after:say",
        follow("line", "q"),
        follow("zoe", "abe"),
        follow("abe", "zoe"),
        follow("abe", "after"),
    )
    assert [each.message for each in found(unreachable_step, some)] == [
        "no call can get to zoe, nor to what follows it",
        "no call can get to alone",
    ]


# --- IVR507 same-target


def test_options_with_one_target_are_told_if_they_are_so_in_every_copy() -> None:
    some = flow(
        "line:entry m:menu n:menu a:human b:human",
        follow("line", "m"),
        follow("line", "n"),
        press("m", "1", "a"),
        press("m", "2", "a"),
        press("n", "1", "a"),
        press("n", "2", "a"),
    )
    assert [each.message for each in found(same_target, as_copies(some, "m", "n"))] == [
        "1 and 2 of m both lead to a"
    ]
    apart = some._replace(moves=(*some.moves[:-1], press("n", "2", "b")))
    assert found(same_target, as_copies(apart, "m", "n")) == []


def test_options_with_one_target_are_told_together() -> None:
    some = flow(
        "line:entry m:menu a:human b:human",
        follow("line", "m"),
        *(press("m", key, "a") for key in "136"),
        *(press("m", key, "b") for key in "245"),
    )
    assert [each.message for each in found(same_target, some)] == [
        "1, 3 and 6 of m all lead to a",
        "2, 4 and 5 of m all lead to b",
    ]


def test_keys_for_everything_else_and_extensions_may_lead_where_an_option_leads() -> None:
    some = flow(
        "line:entry m:menu a:human script:unknown",
        follow("line", "m"),
        *(press("m", key, "a") for key in "10*#"),
        *dial_each("m", a="404"),
        press("m", "2", "script"),
        press("m", "3", "script"),
    )
    assert found(same_target, some) == []
    judged = found(same_target, some, rules={"IVR507": {"exempt": ["*", "#"]}})
    assert [each.message for each in judged] == ["1 and 0 of m both lead to a"]


# --- IVR601 card-data-recorded


RECORDED = with_step(
    with_step(
        flow(
            "line:entry rec:say card:ask agent:human",
            follow("line", "rec"),
            follow("rec", "card"),
            enter("card", 16, "agent"),
        ),
        "rec",
        tags=frozenset({"recording-on"}),
    ),
    "card",
    listening=Listening(sensitive="card"),
)


def test_a_secret_is_recorded_whether_an_ask_or_a_menu_takes_it() -> None:
    assert names(found(card_data_recorded, RECORDED)) == ["card"]
    assert names(found(card_data_recorded, with_step(RECORDED, "card", kind=StepKind.MENU))) == ["card"]
    assert found(card_data_recorded, with_step(RECORDED, "card", listening=Listening(sensitive="data"))) == []
    assert found(card_data_recorded, with_step(RECORDED, "card", listening=None)) == []
    assert found(card_data_recorded, RECORDED, rules={"IVR601": {"secrets": ["pin"]}}) == []


def test_a_question_for_a_card_is_known_by_its_words() -> None:
    for written in ("", "data"):
        some = with_step(RECORDED, "card", listening=Listening(sensitive=written))
        assert names(found(card_data_recorded, saying(some, card="Enter your credit card number."))) == [
            "card"
        ]
        assert found(card_data_recorded, saying(some, card="Enter your customer number.")) == []
        menu = saying(
            with_step(some, "card", kind=StepKind.MENU), card="Enter your credit card number, or press 0."
        )
        assert found(card_data_recorded, menu) == []  # which of its options takes the number is not known


def test_a_recording_that_no_call_begins_records_nothing() -> None:
    elsewhere = RECORDED._replace(moves=(follow("line", "card"), *RECORDED.moves[1:]))
    assert found(card_data_recorded, elsewhere) == []


# --- IVR603 premium-transfer


def test_a_charged_number_is_told_with_the_first_free_line_that_leads_there() -> None:
    some = flow(
        "other:entry paid:entry free:entry q:human p:human",
        follow("other", "p"),
        follow("paid", "q"),
        follow("free", "q"),
    )
    free = frozenset({"toll-free"})
    some = with_step(with_step(some, "other", tags=free), "free", tags=free)
    for cost in ("premium", "charged"):
        (violation,) = found(premium_transfer, with_step(some, "q", tags=frozenset({cost})))
        assert violation.message == f"free is free, and q hands its callers to a {cost} number"
        assert violation.related == (("the free line", some.steps[2].span),)
    assert found(premium_transfer, some) == []
