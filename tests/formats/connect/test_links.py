"""Calls that cross files: transfers, modules, queue flows, and where calls come in."""

import json
from pathlib import Path

import pytest

from ivrlint.flow import MoveKind, StepKind
from ivrlint.reading import unmet_entries
from ivrlint.routes import Verdict
from tests.formats.connect.builder import (
    FAULT,
    Project,
    block,
    bye,
    compare,
    flow,
    hand,
    menu,
    queue,
    say,
    store,
)

ARN = "arn:aws:connect:eu-west-1:1:instance/i/contact-flow/"


def transfer(id_: str, to: str) -> dict[str, object]:
    return block(id_, "TransferToFlow", "bye", errors=FAULT, ContactFlowId=to)


def module(id_: str, to: str, next_: str) -> dict[str, object]:
    return block(id_, "InvokeFlowModule", next_, errors=FAULT, FlowModuleId=to)


def end(id_: str = "end") -> dict[str, object]:
    return block(id_, "EndFlowModuleExecution")


def sales(**more: object) -> str:
    return flow(menu("m", {"4": "hand"}), hand(), bye(), name="Sales desk", **more)  # type: ignore[arg-type]


def test_a_transfer_goes_on_in_the_other_file(tmp_path: Path) -> None:
    main = flow(menu("m", {"1": "go"}), transfer("go", "Sales desk"), bye())
    project = Project(tmp_path, {"a.json": main, "b/other": sales()})
    assert project.entries == ["Main"]
    assert project.ways() == {"Transfer to queue": ["1", "4"]}


@pytest.mark.parametrize(
    ("value", "shown", "files"),
    [
        (ARN + "77", "", {"x.json": json.dumps({"ContactFlow": {"Arn": ARN + "77", "Content": sales()}})}),
        (ARN + "old", "Sales desk", {"x.json": sales()}),
        ("${sales_desk_arn}", "", {"sales_desk.json": sales().replace("Sales desk", "?")}),
        ("arn:${R}:x/contact-flow/${F:Sales desk:F}", "", {"x.json": sales()}),
        ("", "Sales desk", {"x.json": sales()}),
        (
            "77",
            "",
            {"x.json": json.dumps({"Id": "77", "Name": "?", "Type": "CONTACT_FLOW", "Content": sales()})},
        ),
    ],
)
def test_a_flow_is_found_by_any_of_its_names(
    tmp_path: Path, value: str, shown: str, files: dict[str, str]
) -> None:
    metadata = {"go": {"ContactFlow": {"text": shown}}} if shown else {}
    main = flow(menu("m", {"1": "go"}), transfer("go", value), bye(), metadata=metadata)
    assert Project(tmp_path, {"main.json": main, **files}).ways("Main") == {"Transfer to queue": ["1", "4"]}


def test_the_identifier_counts_before_the_name(tmp_path: Path) -> None:
    main = flow(transfer("go", ARN + "1"), bye(), metadata={"go": {"ContactFlow": {"text": "Sales desk"}}})
    right = json.dumps(
        {
            "Arn": ARN + "1",
            "Name": "Right",
            "Type": "CONTACT_FLOW",
            "Content": flow(queue("q", "Right"), hand(), bye(), name="Right"),
        }
    )
    project = Project(tmp_path, {"a.json": main, "b.json": right, "c.json": sales()})
    assert [route.human.name for route in project.cheapest("Main")] == ["Right"]


def test_a_flow_that_is_not_there_is_unknown_by_name(tmp_path: Path) -> None:
    main = flow(transfer("go", ARN + "1"), bye(), metadata={"go": {"ContactFlow": {"text": "Night desk"}}})
    project = Project(tmp_path, {"a.json": main})
    assert project.verdict() is Verdict.UNKNOWN
    step = project.step("go")
    assert (step.kind, step.name, step.span.text) == (StepKind.UNKNOWN, "Night desk", ARN + "1")
    assert "not among the files" in step.detail


def test_two_flows_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    main = flow(transfer("go", "Sales desk"), bye())
    project = Project(tmp_path, {"main.json": main, "x/a.json": sales(), "y/a.json": sales()})
    assert project.verdict("Main") is Verdict.UNKNOWN


def test_of_two_the_one_in_the_same_folder_is_meant(tmp_path: Path) -> None:
    main = flow(transfer("go", "Sales desk"), bye())
    project = Project(tmp_path, {"x/main.json": main, "x/a.json": sales(), "y/a.json": sales()})
    assert project.ways("Main") == {"Transfer to queue": ["4"]}


def test_a_flow_named_by_a_known_attribute_is_followed(tmp_path: Path) -> None:
    set_ = block(
        "set", "UpdateFlowAttributes", "go", errors=FAULT, FlowAttributes={"next": {"Value": "Sales desk"}}
    )
    main = flow(set_, transfer("go", "$.FlowAttributes.next"), bye())
    assert Project(tmp_path, {"a.json": main, "b.json": sales()}).ways("Main") == {"Transfer to queue": ["4"]}


def test_a_flow_named_by_a_lambda_is_unknown(tmp_path: Path) -> None:
    project = Project(tmp_path, {"a.json": flow(transfer("go", "$.External.flow"), bye())})
    assert project.verdict() is Verdict.UNKNOWN
    assert "$.External.flow" in project.step("go").detail


def test_a_module_returns_to_whoever_called_it(tmp_path: Path) -> None:
    main = flow(
        menu("m", {"1": "one", "2": "two"}),
        module("one", "Check", "q1"),
        module("two", "Check", "q2"),
        queue("q1", "First"),
        queue("q2", "Second"),
        hand(),
        bye(),
    )
    check = flow(menu("ask", {"7": "end"}), end(), bye(), name="Check", Settings={"InputParameters": []})
    project = Project(tmp_path, {"a.json": main, "m.json": check})
    assert project.entries == ["Main"]
    assert project.ways() == {"First": ["1", "7"], "Second": ["2", "7"]}


def test_digits_typed_in_a_module_are_compared_by_its_caller(tmp_path: Path) -> None:
    main = flow(
        menu("m", {"1": "one", "2": "two"}),
        module("one", "Ask", "t1"),
        module("two", "Ask", "t2"),
        compare("t1", "$.StoredCustomerInput", {"11": "q1"}, "bye"),
        compare("t2", "$.StoredCustomerInput", {"222": "q2"}, "bye"),
        queue("q1", "First"),
        queue("q2", "Second"),
        hand(),
        bye(),
    )
    ask = flow(store("ask", "end"), end(), bye(), name="Ask", Settings={"InputParameters": []})
    project = Project(tmp_path, {"a.json": main, "m.json": ask})
    assert project.ways() == {"First": ["1", "11"], "Second": ["2", "222"]}
    keys = [
        sorted(m.keys for m in project.flow.moves if m.source == step.id and m.kind is MoveKind.KEY)
        for step in project.steps("ask")
    ]
    assert keys == [["11"], ["222"]]


def test_a_missing_module_is_passed_as_unknown(tmp_path: Path) -> None:
    project = Project(tmp_path, {"a.json": flow(module("one", "Gone", "hand"), hand(), bye())})
    assert project.verdict() is Verdict.UNKNOWN
    assert project.step("one").name == "Gone"


def test_a_module_that_calls_itself_ends_in_an_unknown(tmp_path: Path) -> None:
    again = flow(module("again", "Again", "end"), end(), bye(), name="Again", Settings={})
    project = Project(
        tmp_path, {"a.json": flow(module("one", "Again", "hand"), hand(), bye()), "m.json": again}
    )
    assert project.verdict() is Verdict.UNKNOWN


def test_the_name_shown_is_that_of_a_file(tmp_path: Path) -> None:
    shown = {"go": {"ContactFlow": {"text": "SalesDesk"}}}
    go = block("go", "TransferToFlow", "bye", errors=FAULT, ContactFlowId="{{flow-17}}")
    desk = flow(queue("q", "Sales"), hand(), bye(), name="", kind="")
    files = {"main.json": flow(go, bye(), metadata=shown), "SalesDesk.json": desk}
    assert Project(tmp_path, files).ways("Main") == {"Sales": []}


def test_a_disconnect_flow_runs_after_the_call(tmp_path: Path) -> None:
    hook = block(
        "hook", "UpdateContactEventHooks", "q", errors=FAULT, EventHooks={"CustomerRemaining": "Survey"}
    )
    survey = flow(
        menu("happy", {"1": "end", "2": "bye"}), block("end", "EndFlowExecution"), bye(), name="Survey"
    )
    project = Project(tmp_path, {"a.json": flow(hook, queue("q", "Sales"), hand(), bye()), "s.json": survey})
    assert project.entries == ["Main"]
    assert project.ways() == {"Sales": []}
    after = [move for move in project.moves("hand") if move.target == project.step("happy").id]
    assert [(move.kind, move.label) for move in after] == [(MoveKind.NEXT, "after the call")]
    assert project.step("end").kind is StepKind.END
    assert project.codes() == ["IVR206"]  # that a full queue drops the call; nothing of the survey


def test_flows_that_are_only_heard_are_not_followed(tmp_path: Path) -> None:
    hook = block("hook", "UpdateContactEventHooks", "q", errors=FAULT, EventHooks={"CustomerHold": "Tune"})
    tune = flow(say("la", "bye"), bye(), name="Tune", kind="customerHold")
    project = Project(tmp_path, {"a.json": flow(hook, queue("q", "Sales"), hand(), bye()), "t.json": tune})
    assert project.entries == ["Main"]
    assert all(not step.place.startswith("Tune") for step in project.flow.steps)


def test_an_interrupted_agent_is_a_human(tmp_path: Path) -> None:
    hook = block("h", "UpdateContactEventHooks", "q", errors=FAULT, EventHooks={"CustomerQueue": "Waiting"})
    ring = block("ring", "RouteContactToAgent", "la", errors=FAULT)
    tune = block("la", "MessageParticipantIteratively", "", {}, {}, Messages=[{"Text": "Hold on."}])
    waiting = flow(ring, tune, bye(), name="Waiting", kind="customerQueue")
    project = Project(tmp_path, {"a.json": flow(hook, queue("q", "Sales"), hand(), bye()), "w.json": waiting})
    assert project.step("ring").kind is StepKind.HUMAN
    (unanswered,) = project.moves("ring", MoveKind.OVERFLOW)
    assert unanswered.target == project.step("la").id


def test_a_queue_flow_runs_after_the_hand_over(tmp_path: Path) -> None:
    hook = block(
        "hook", "UpdateContactEventHooks", "q", errors=FAULT, EventHooks={"CustomerQueue": "Waiting"}
    )
    tune = block(
        "tune",
        "MessageParticipantIteratively",
        "",
        {"MessagesInterrupted": "offer"},
        {},
        Messages=[{"Text": "Hold on."}],
        InterruptFrequencySeconds="20",
    )
    stay = block("stay", "EndFlowExecution")
    leave = block("leave", "DequeueContactAndTransferToQueue", "bye", errors=FAULT, QueueId="Other")
    waiting = flow(
        tune,
        menu("offer", {"1": "leave", "2": "stay"}),
        leave,
        stay,
        bye(),
        name="Waiting",
        kind="customerQueue",
    )
    project = Project(tmp_path, {"a.json": flow(hook, queue("q", "Sales"), hand(), bye()), "w.json": waiting})
    assert [(route.human.name, route.distance.keypresses) for route in project.cheapest()] == [("Sales", 0)]
    assert [move.label for move in project.moves("hand", MoveKind.OVERFLOW)] == [
        "while waiting",
        "full",
    ]
    assert project.step("leave").name == "Other"
    (back,) = project.moves("stay")
    assert back.target == project.step("hand").id
    assert project.moves("tune")[0].heard.ms == 20_000


def test_whispers_holds_and_guides_are_left_alone(tmp_path: Path) -> None:
    quiet = flow(say("hi", "end"), block("end", "EndFlowExecution"), name="Whisper", kind="agentWhisper")
    view = flow(block("view", "ShowView", "bye", {"Next": "bye"}, FAULT), bye(), name="Guide")
    survey = flow(store("ask", "bye"), bye(), name="Survey after the call")
    loose = flow(say("hi", "end"), block("end", "EndFlowExecution"), name="Loose", kind="")
    files = {"w.json": quiet, "g.json": view, "s.json": survey, "l.json": loose}
    project = Project(tmp_path, files)
    assert (project.entries, project.flow.steps, project.codes()) == ([], (), [])


def test_flows_that_lead_round_in_a_circle_are_all_entries(tmp_path: Path) -> None:
    main = flow(menu("m", {"1": "go", "0": "hand"}), transfer("go", "Bill"), hand(), bye())
    bill = flow(menu("m", {"1": "go"}), transfer("go", "Main"), bye(), name="Bill")
    project = Project(tmp_path, {"a.json": main, "b.json": bill})
    assert project.entries == ["Main", "Bill"]
    assert project.ways("Bill") == {"Transfer to queue": ["1", "0"]}


def test_many_flows_that_lead_back_to_the_main_menu_are_no_entries(tmp_path: Path) -> None:
    names = [f"Part {number}" for number in range(1, 8)]
    keys = {str(number): f"go{number}" for number in range(1, 8)}
    parts = [transfer(f"go{number}", name) for number, name in enumerate(names, 1)]
    files = {"main.json": flow(menu("main", keys), *parts, bye())}
    for name in names:
        back = flow(
            menu("m", {"1": "q", "0": "back"}),
            transfer("back", "Main"),
            queue("q", name),
            hand(),
            bye(),
            name=name,
        )
        files[f"{name}.json"] = back
    project = Project(tmp_path, files)
    assert project.entries == ["Main"]
    assert project.ways()["Part 7"] == ["7", "1"]


def test_settings_name_the_entries(tmp_path: Path) -> None:
    main = flow(transfer("go", "Sales desk"), bye())
    project = Project(tmp_path, {"a.json": main, "b.json": sales()}, entry=("Sales desk",))
    assert project.entries == ["Sales desk"]


def test_what_the_settings_name_and_nothing_is_called_is_told(tmp_path: Path) -> None:
    project = Project(tmp_path, {"a.json": flow(say("x", "bye"), bye())}, entry=("Main", "Mian"))
    assert unmet_entries(project.reading) == ["nothing is called 'Mian'; there is: Main"]


def test_a_name_that_another_format_knows_is_not_told(tmp_path: Path) -> None:
    dialplan = "[office]\nexten => s,1,Dial(SIP/1)\n"
    files = {"a.json": flow(say("x", "bye"), bye()), "extensions.conf": dialplan}
    project = Project(tmp_path, files, entry=("Main", "office,s", "Mian"))
    told = unmet_entries(project.reading)
    assert [each.partition(";")[0] for each in told] == ["nothing is called 'Mian'"]
    assert project.entries == ["Main", "office,s"]


def test_phone_numbers_are_entries(tmp_path: Path) -> None:
    numbers = {
        "FlowAssociationSummaryList": [
            {"ResourceId": "+1555", "FlowId": ARN + "9", "ResourceType": "VOICE_PHONE_NUMBER"}
        ]
    }
    inner = json.dumps({"Arn": ARN + "9", "Name": "Sales desk", "Type": "CONTACT_FLOW", "Content": sales()})
    main = flow(transfer("go", "Sales desk"), bye())
    project = Project(tmp_path, {"a.json": main, "b.json": inner, "numbers.json": json.dumps(numbers)})
    assert project.entries == ["Main", "Sales desk"]
    assert project.entry("Sales desk").detail == "phone number +1555"


def test_blocks_are_called_what_the_console_calls_them(tmp_path: Path) -> None:
    one, two = "4f2c1a9b-0000-4000-8000-000000000001", "4f2c1a9c-0000-4000-8000-000000000002"
    text = flow(
        say(one, two),
        say(two, "Say goodbye"),
        say("Say goodbye", "bye"),
        bye(),
        metadata={"Say goodbye": {"isFriendlyName": True}},
    )
    project = Project(tmp_path, {"a.json": text})
    assert project.step(one).name == "Play prompt 4f2c1a9b"
    assert project.step(one).place == f"Main/{one}"
    assert project.step("Say goodbye").name == "Say goodbye"
    assert project.step("bye").name == "Disconnect"
    assert one in project.step(one).detail


def test_an_identifier_shown_with_a_name_once_is_that_flows_everywhere(tmp_path: Path) -> None:
    shown = {"go": {"ContactFlow": {"text": "Sales desk"}}}
    main = flow(
        menu("m", {"1": "go", "2": "other"}),
        transfer("go", ARN + "1"),
        transfer("other", "Other"),
        bye(),
        metadata=shown,
    )
    other = flow(say("hi", "go"), transfer("go", ARN + "1"), bye(), name="Other")
    desk = flow(queue("q", "Sales"), hand(), bye(), name="Sales desk")
    project = Project(tmp_path, {"a.json": main, "b.json": other, "c.json": desk})
    assert project.entries == ["Main"]
    assert not [step for step in project.flow.steps if step.kind is StepKind.UNKNOWN]


def test_a_folder_of_300_flows_is_one_project(tmp_path: Path) -> None:
    files = {}
    for number in range(300):
        go = transfer("go", f"Flow {number + 1}") if number < 299 else queue("go", "Last")
        files[f"f{number:03}.json"] = flow(menu("m", {"1": "go"}), go, hand(), bye(), name=f"Flow {number}")
    project = Project(tmp_path, files)
    assert project.entries == ["Flow 0"]
    assert project.cheapest()[0].distance.keypresses == 300
    assert project.reading.files == 300


def test_a_queue_is_called_by_what_follows_the_variables_of_its_identifier(tmp_path: Path) -> None:
    for arn, name in (
        ("arn:${P}:connect:${R}:1:instance/${InstanceId}/queue/7f", "7f"),
        ("arn:aws:connect:r:1:instance/i/queue/${SalesQueue}", "SalesQueue"),
    ):
        target = block("q", "UpdateContactTargetQueue", "hand", errors=FAULT, QueueId=arn)
        project = Project(tmp_path / name, {"a.json": flow(target, hand(), bye())})
        assert list(project.ways()) == [name]
