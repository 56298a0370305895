"""What the system decides, and what it does with calls it has handed over."""

from pathlib import Path

import pytest

from ivrlint.flow import MoveKind, StepKind
from ivrlint.routes import Verdict
from tests.formats.connect.builder import FAULT, Project, block, bye, compare, flow, hand, menu, queue, say


def test_hours_are_a_named_check_and_closed_is_unusual(tmp_path: Path) -> None:
    hours = block(
        "open",
        "CheckHoursOfOperation",
        on={"True": "hand", "False": "closed"},
        errors=FAULT,
        HoursOfOperationId="arn:aws:connect:x:1:instance/i/operating-hours/h1",
    )
    text = flow(hours, hand(), say("closed", "bye"), bye(), metadata={"open": {"Hours": {"text": "Office"}}})
    project = Project(tmp_path, {"a.json": text})
    outcomes = {move.label: (move.condition, move.usual) for move in project.moves("open", MoveKind.WHEN)}
    assert outcomes == {"open": ("Office", True), "closed": ("Office", False)}
    assert project.cheapest()[0].conditions == (("Office", "open"),)


def test_hours_asked_twice_answer_the_same(tmp_path: Path) -> None:
    def ask(id_: str, yes: str, no: str) -> dict[str, object]:
        return block(
            id_, "CheckHoursOfOperation", on={"True": yes, "False": no}, errors=FAULT, HoursOfOperationId="h1"
        )

    project = Project(
        tmp_path, {"a.json": flow(ask("one", "bye", "two"), ask("two", "hand", "bye"), hand(), bye())}
    )
    assert project.verdict() is Verdict.UNREACHABLE


def test_staffing_is_a_named_check(tmp_path: Path) -> None:
    check = block(
        "staff",
        "CheckMetricData",
        on={"0": "hand"},
        errors={"NoMatchingCondition": "bye", **FAULT},
        operator="NumberGreaterThan",
        MetricType="NumberOfAgentsAvailable",
    )
    project = Project(tmp_path, {"a.json": flow(queue("q", "Sales", "staff"), check, hand(), bye())})
    assert project.cheapest()[0].conditions == (("agents available in Sales", "staffed"),)
    assert {move.label for move in project.moves("staff", MoveKind.WHEN)} == {"staffed", "unstaffed"}


def test_an_attribute_set_on_the_way_decides(tmp_path: Path) -> None:
    main = menu("main", {"1": "en", "2": "fr"})
    en = block("en", "UpdateContactAttributes", "which", Attributes={"lang": "en"})
    fr = block("fr", "UpdateContactAttributes", "which", Attributes={"lang": "fr"})
    which = compare("which", "$.Attributes['lang']", {"en": "q1", "fr": "q2"}, "bye")
    project = Project(
        tmp_path,
        {"a.json": flow(main, en, fr, which, queue("q1", "English"), queue("q2", "French"), hand(), bye())},
    )
    assert project.ways() == {"English": ["1"], "French": ["2"]}
    assert all(not route.conditions for route in project.cheapest())


def test_what_is_not_known_is_a_decision_of_the_system(tmp_path: Path) -> None:
    fetch = block("fetch", "InvokeLambdaFunction", "which", errors=FAULT)
    which = compare("which", "$.External.vip", {"yes": "hand"}, "bye")
    project = Project(tmp_path, {"a.json": flow(fetch, which, hand(), bye())})
    assert project.cheapest()[0].conditions == (("$.External.vip", "yes"),)
    assert project.routes.sure(project.entry().id) is None


def test_calls_are_voice(tmp_path: Path) -> None:
    which = compare("which", "$.Channel", {"CHAT": "hand"}, "bye")
    project = Project(tmp_path, {"a.json": flow(which, hand(), bye())})
    assert project.verdict() is Verdict.UNREACHABLE


def test_what_is_for_chats_is_neither_met_by_calls_nor_accused(tmp_path: Path) -> None:
    which = compare("c", "$.Channel", {"CHAT": "hello", "VOICE": "hand"}, "other")
    chats = [say("hello", "bye"), say("other", "bye")]
    project = Project(tmp_path, {"a.json": flow(which, *chats, hand(), bye())})
    assert project.ways() == {"Transfer to queue": []}
    assert [(move.kind, move.target.split("/")[1]) for move in project.moves("c")] == [
        (MoveKind.ERROR, "hello"),
        (MoveKind.NEXT, "hand"),
        (MoveKind.ERROR, "other"),
    ]
    assert "IVR502" not in project.codes()


def test_a_block_for_chats_sends_calls_down_its_error_branch(tmp_path: Path) -> None:
    sign_in = block("s", "AuthenticateParticipant", "bye", {"OptedOut": "bye"}, {"NoMatchingError": "hand"})
    project = Project(tmp_path, {"a.json": flow(sign_in, hand(), bye())})
    assert project.verdict() is Verdict.REACHABLE
    assert project.routes.sure(project.entry().id) is not None


def test_an_invented_event_is_told_by_name(tmp_path: Path) -> None:
    hook = block("h", "UpdateContactEventHooks", "hand", errors=FAULT, EventHooks={"CustomerSings": "Choir"})
    project = Project(tmp_path, {"a.json": flow(hook, hand(), bye())})
    (problem,) = project.flow.problems
    assert problem.message == "`CustomerSings` is no event that starts a flow"
    assert problem.span.text == "Choir"


def test_what_a_lambda_said_is_forgotten_with_the_next(tmp_path: Path) -> None:
    first = compare("one", "$.External.x", {"a": "fetch"}, "bye")
    again = compare("two", "$.External.x", {"b": "hand"}, "bye")
    fetch = block("fetch", "InvokeLambdaFunction", "two", errors=FAULT)
    assert (
        Project(tmp_path / "1", {"a.json": flow(first, fetch, again, hand(), bye())}).verdict()
        is Verdict.REACHABLE
    )
    straight = compare("one", "$.External.x", {"a": "two"}, "bye")
    assert (
        Project(tmp_path / "2", {"a.json": flow(straight, again, hand(), bye())}).verdict()
        is Verdict.UNREACHABLE
    )


def test_the_branch_after_a_hand_over_is_no_second_queue(tmp_path: Path) -> None:
    other = block("other", "TransferContactToQueue", "bye", errors=FAULT, QueueId="Second")
    project = Project(tmp_path, {"a.json": flow(queue("q", "First"), hand(full="other"), other, bye())})
    assert [route.human.name for route in project.cheapest()] == ["First"]
    assert {move.kind for move in project.moves("hand")} == {MoveKind.OVERFLOW, MoveKind.ERROR}


def test_a_queue_that_a_path_names_is_still_people(tmp_path: Path) -> None:
    set_ = block("q", "UpdateContactTargetQueue", "hand", errors=FAULT, QueueId="$.External.queue")
    project = Project(tmp_path, {"a.json": flow(set_, hand(), bye())})
    (route,) = project.cheapest()
    assert (route.human.name, route.human.target) == ("Transfer to queue", "$.External.queue")


def test_a_fault_while_setting_a_queue_leaves_the_old_one(tmp_path: Path) -> None:
    second = block(
        "second", "UpdateContactTargetQueue", "bye", errors={"NoMatchingError": "hand"}, QueueId="B"
    )
    project = Project(tmp_path, {"a.json": flow(queue("first", "A", "second"), second, hand(), bye())})
    assert [step.name for step in project.steps("hand")] == ["A"]


def test_a_call_that_comes_back_goes_on(tmp_path: Path) -> None:
    errors = {"CallFailed": "busy", "NoMatchingError": "bye"}

    def out(resumes: str) -> dict[str, object]:
        return block(
            "out",
            "TransferParticipantToThirdParty",
            "after",
            errors=errors,
            ThirdPartyPhoneNumber="+18005550100",
            ContinueFlowExecution=resumes,
        )

    rest = (say("after", "bye"), say("busy", "bye"), bye())
    back = Project(tmp_path / "1", {"a.json": flow(out("True"), *rest)})
    gone = Project(tmp_path / "2", {"a.json": flow(out("False"), *rest)})
    assert back.step("out").target == "+18005550100"
    assert [move.kind for move in back.moves("out")] == [MoveKind.NEXT, MoveKind.OVERFLOW, MoveKind.ERROR]
    assert [move.kind for move in gone.moves("out")] == [MoveKind.OVERFLOW, MoveKind.ERROR]


def test_outcomes_among_the_errors_are_no_faults(tmp_path: Path) -> None:
    errors = {"NoneFoundError": "hand", "MultipleFoundError": "bye", "NoMatchingError": "bye"}
    find = block("find", "GetCustomerProfile", "bye", errors=errors)
    project = Project(tmp_path, {"a.json": flow(find, hand(), bye())})
    kinds = {move.label: move.kind for move in project.moves("find")}
    assert kinds == {
        "done": MoveKind.WHEN,
        "NoneFoundError": MoveKind.WHEN,
        "MultipleFoundError": MoveKind.WHEN,
        "NoMatchingError": MoveKind.ERROR,
    }
    assert project.verdict() is Verdict.REACHABLE


def test_a_fault_is_no_route(tmp_path: Path) -> None:
    fetch = block("fetch", "InvokeLambdaFunction", "bye", errors={"NoMatchingError": "hand"})
    assert Project(tmp_path, {"a.json": flow(fetch, hand(), bye())}).verdict() is Verdict.UNREACHABLE


def test_a_callback_is_no_human(tmp_path: Path) -> None:
    text = flow(
        queue("q", "Sales", "call"), block("call", "CreateCallbackContact", "bye", errors=FAULT), bye()
    )
    project = Project(tmp_path, {"a.json": text})
    assert project.step("call").kind is StepKind.CALLBACK
    assert project.step("call").target.endswith("/Sales")
    assert project.verdict() is Verdict.UNREACHABLE


def test_an_invented_type_is_unknown_by_name(tmp_path: Path) -> None:
    odd = block("odd", "TeleportContact", "hand", errors=FAULT)
    project = Project(tmp_path, {"a.json": flow(odd, hand(), bye())})
    assert project.step("odd").kind is StepKind.UNKNOWN
    assert project.verdict() is Verdict.UNKNOWN
    assert any("`TeleportContact`" in message for message in project.messages())
    assert "IVR506" in project.codes()


def test_facts_give_way_to_a_bound(tmp_path: Path) -> None:
    """Seven counters make more states than are told apart; that is said, and humans are still found."""
    blocks = []
    for number in range(7):
        nxt = f"l{number + 1}" if number < 6 else "hand"
        blocks.append(
            block(f"l{number}", "Loop", nxt, {"ContinueLooping": "m", "DoneLooping": nxt}, LoopCount="3")
        )
    keys = {str(number): f"l{number}" for number in range(7)}
    project = Project(tmp_path, {"a.json": flow(menu("m", keys), *blocks, hand(), bye())})
    assert project.verdict() is Verdict.REACHABLE
    assert "IVR506" in project.codes()


def test_a_wait_is_waited_out(tmp_path: Path) -> None:
    on = {"WaitCompleted": "hand", "BotParticipantDisconnected": "bye"}
    project = Project(
        tmp_path, {"a.json": flow(block("w", "Wait", "bye", on, FAULT, TimeLimitSeconds="30"), hand(), bye())}
    )
    assert project.cheapest()[0].distance.ms == 30_000
    assert [move.kind for move in project.moves("w")] == [MoveKind.NEXT, MoveKind.ERROR, MoveKind.ERROR]


def test_a_flow_that_waits_for_a_chatter_is_no_entry(tmp_path: Path) -> None:
    wait = block("w", "Wait", "bye", {"WaitCompleted": "bye", "CustomerReturn": "hand"}, FAULT)
    assert Project(tmp_path, {"a.json": flow(wait, hand(), bye())}).entries == []


def test_percentages_are_the_systems_choice(tmp_path: Path) -> None:
    split = block(
        "s",
        "DistributeByPercentage",
        "bye",
        {"50": "hand"},
        {"NoMatchingCondition": "other"},
        "NumberLessThan",
    )
    project = Project(tmp_path, {"a.json": flow(split, hand(), say("other", "bye"), bye())})
    assert [(move.kind, move.label, move.target.split("/")[1]) for move in project.moves("s")] == [
        (MoveKind.WHEN, "50", "hand"),
        (MoveKind.WHEN, "NoMatchingCondition", "other"),
    ]


def test_rounds_through_a_hand_over_that_fails_come_to_their_end(tmp_path: Path) -> None:
    call = block(
        "call",
        "TransferParticipantToThirdParty",
        errors={"NoMatchingError": "try"},
        ThirdPartyPhoneNumber="+1",
    )
    rounds = block("try", "Loop", on={"ContinueLooping": "call", "DoneLooping": "sorry"}, LoopCount="1")
    project = Project(tmp_path, {"a.json": flow(call, rounds, say("sorry", "bye"), bye())})
    assert {move.label for move in project.moves("try")} == {"again", "done"}
    assert not {"IVR201", "IVR502"} & set(project.codes())


def test_hours_that_lead_to_nowhere_are_one_finding(tmp_path: Path) -> None:
    hours = block("open", "CheckHoursOfOperation", on={"True": "hand", "False": "gone"}, errors=FAULT)
    codes = Project(tmp_path, {"a.json": flow(hours, hand(), bye())}).codes()
    assert "IVR501" in codes
    assert "IVR110" not in codes


def test_only_the_recording_of_the_menus_counts(tmp_path: Path) -> None:
    def tags(number: int, **parameters: object) -> set[str]:
        set_ = block("r", "UpdateContactRecordingBehavior", "bye", **parameters)
        if "VoiceBehavior" in parameters:
            set_["Type"] = "UpdateContactRecordingAndAnalyticsBehavior"
        return set(Project(tmp_path / str(number), {"a.json": flow(set_, bye())}).step("r").tags)

    people = {"RecordedParticipants": ["Agent", "Customer"]}
    assert tags(1, RecordingBehavior=people) == set()
    assert tags(2, RecordingBehavior={**people, "IVRRecordingBehavior": "Enabled"}) == {"recording-on"}
    assert tags(3, RecordingBehavior={**people, "IVRRecordingBehavior": "Disabled"}) == {"recording-off"}
    voice = {"VoiceRecordingBehavior": {**people, "IVRRecordingBehavior": "Enabled"}}
    assert tags(4, VoiceBehavior=voice) == {"recording-on"}


def test_a_branch_whose_operand_stands_in_no_list_is_one(tmp_path: Path) -> None:
    asks = compare("c", "$.Attributes.vip", {"yes": "hand"}, "bye")
    for branch in asks["Transitions"]["Conditions"]:
        branch["Condition"]["Operand"] = branch["Condition"].pop("Operands")[0]
    project = Project(tmp_path, {"a.json": flow(asks, hand(), bye())})
    assert [move.label for move in project.moves("c")] == ["yes", "no match"]
    assert "IVR502" not in project.codes()


def test_a_queue_flow_goes_on_where_the_call_has_been_moved_to_another_queue(tmp_path: Path) -> None:
    hooks = block(
        "hooks", "UpdateContactEventHooks", "hand", errors=FAULT, EventHooks={"CustomerQueue": "Wait"}
    )
    move = block("move", "DequeueContactAndTransferToQueue", "note", errors=FAULT, QueueId="arn:q")
    files = {"a.json": flow(queue("q", "Sales", "hooks"), hooks, hand(), bye())}
    files["b.json"] = flow(move, say("note", "bye"), bye(), name="Wait", kind="customerQueue")
    project = Project(tmp_path, files)
    assert [each.label for each in project.moves("move", MoveKind.NEXT)] == ["moved"]
    assert "IVR502" not in project.codes()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Call back request", StepKind.CALLBACK),
        ("Return the call of $.CustomerEndpoint.Address", StepKind.CALLBACK),
        ("Look into the invoice", StepKind.CHECK),
        ("Fallback", StepKind.CHECK),
    ],
)
def test_a_task_of_calling_back_is_a_callback(tmp_path: Path, name: str, kind: StepKind) -> None:
    create = block("task", "CreateTask", "thanks", errors=FAULT, Name=name, ContactFlowId="tasks")
    answers = {"True": "hand", "False": "task"}
    hours = block("open", "CheckHoursOfOperation", on=answers, errors=FAULT, HoursOfOperationId="h")
    project = Project(tmp_path, {"a.json": flow(hours, create, say("thanks", "bye"), hand(), bye())})
    assert project.step("task").kind is kind
    assert [move.kind for move in project.moves("task")] == [MoveKind.NEXT, MoveKind.ERROR]
    assert ("IVR110" in project.codes()) is (kind is StepKind.CHECK)
