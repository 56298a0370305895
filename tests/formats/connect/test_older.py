"""The exports of before the flow language."""

import json
from pathlib import Path

from ivrlint.flow import MoveKind, StepKind
from tests.formats.connect.builder import LEGACY, SALES, Project, bye, flow, module, say
from tests.formats.connect.builder import block as action


def test_the_older_export_says_the_same(tmp_path: Path) -> None:
    project = Project(tmp_path, {"old": json.dumps(LEGACY)})
    assert project.entries == ["Old"]
    assert project.ways() == {"Sales": ["1", "42"]}
    (route,) = project.cheapest()
    assert (route.human.target, route.conditions) == ("arn:q", (("hours of operation", "open"),))
    assert project.step("m").listening.timeout_ms == 7000  # type: ignore[union-attr]
    assert project.step("hi").prompts[0].span.text == "Hi"


def test_the_older_export_records_messages_and_names_the_queue_that_is_asked_about(tmp_path: Path) -> None:
    staff = module("s", "CheckStaffing", "True:t False:r Error:bye", Status="Available")
    staff["parameters"] += SALES["parameters"]
    record = module("r", "StartMediaStreaming", "Success:m Error:bye", Track="FromCustomer")
    wait = module("m", "GetUserInput", "Timeout:e NoMatch:e Error:bye", "Digits", MaxDigits=1)
    ends = [module("e", "StopMediaStreaming", "Success:bye Error:bye"), *LEGACY["modules"][-2:]]
    old = {**LEGACY, "modules": [staff, record, wait, *ends], "start": "s"}
    project = Project(tmp_path, {"old": json.dumps(old)})
    assert project.step("m").kind is StepKind.VOICEMAIL
    assert {move.condition for move in project.moves("s", MoveKind.WHEN)} == {"agents available in Sales"}


def test_the_first_exports_called_some_blocks_otherwise(tmp_path: Path) -> None:
    fetch = module("f", "InvokeExternal", "Success:c Error:bye", FunctionArn="arn:f")
    check = module("c", "CheckCallAttribute", "=a:p NoMatch:bye", Attribute="x", Namespace="External")
    ends = LEGACY["modules"][-1:]
    old = [
        fetch,
        check,
        module("p", "PercentileBranching", "=50:q =100:bye"),
        module("bye", "Disconnect", ""),
    ]
    old[3:3] = [SALES, module("t", "CustomerInQueue", "AtCapacity:bye Error:bye")]
    project = Project(tmp_path, {"old": json.dumps({**LEGACY, "modules": [*old[:-1], *ends], "start": "f"})})
    assert not {"IVR506", "IVR103"} & set(project.codes())
    assert (project.step("c").condition, project.step("t").name) == ("$.External.x", "Sales")


def test_the_older_export_tells_by_blind_transfer_whether_a_call_comes_back(tmp_path: Path) -> None:
    def out(blind: bool) -> Project:
        branches = "Success:after CallFailure:bye Timeout:bye Error:bye"
        call = module("out", "Transfer", branches, "PhoneNumber", PhoneNumber="+1800", BlindTransfer=blind)
        after = module("after", "PlayPrompt", "Success:bye", Text="Bye")
        old = {**LEGACY, "modules": [call, after, *LEGACY["modules"][-1:]], "start": "out"}
        return Project(tmp_path / str(blind), {"old": json.dumps(old)})

    assert out(False).moves("out")[0].kind is MoveKind.NEXT
    assert "IVR502" not in out(False).codes()
    assert MoveKind.NEXT not in {move.kind for move in out(True).moves("out")}
    assert "IVR502" in out(True).codes()


def test_what_older_exports_call_a_known_block(tmp_path: Path) -> None:
    data = module("d", "SetContactData", "Success:q Error:q")
    text = json.dumps({**LEGACY, "modules": [data, *LEGACY["modules"][-3:]], "start": "d"})
    project = Project(tmp_path, {"old": text})
    assert (project.messages(), list(project.ways())) == ([], ["Sales"])


def test_an_older_module_is_followed_and_no_line(tmp_path: Path) -> None:
    older = {**LEGACY, "metadata": {"name": "Ask"}, "settings": {}}
    older["blocks"] = [*older.pop("modules")[:-1], module("bye", "ReturnFromFlowModule", "")]
    del older["type"]
    calls = action("call", "InvokeFlowModule", "bye", FlowModuleId="Ask")
    project = Project(tmp_path, {"ask": json.dumps(older), "main.json": flow(calls, say("x", "bye"), bye())})
    assert project.entries == ["Main"]
    assert project.ways() == {"Sales": ["1", "42"]}


def test_other_files_with_blocks_are_no_modules(tmp_path: Path) -> None:
    text = '{"start": 1, "metadata": {}, "blocks": [{"type": "PlayPrompt"}]}'
    project = Project(tmp_path, {"main.json": flow(say("hi", "bye"), bye()), "notes.json": text})
    assert (project.messages(), project.entries) == ([], ["Main"])
