"""Where messages are left: there is no block type for that."""

from pathlib import Path

import pytest

from ivrlint.flow import StepKind
from tests.formats.connect.builder import FAULT, Project, block, bye, flow, hand, menu, say


def _stream(id_: str, next_: str, state: str, *directions: str) -> dict[str, object]:
    participants = [{"ParticipantType": "Customer", "MediaDirections": list(directions)}]
    type_ = "UpdateContactMediaStreamingBehavior"
    return block(id_, type_, next_, errors=FAULT, MediaStreamingState=state, Participants=participants)


def _recorder(**errors: str) -> dict[str, object]:
    return menu("record", {}, "Speak after the tone.", **errors)


def test_a_message_is_left_where_an_input_without_a_choice_is_streamed(tmp_path: Path) -> None:
    given = (_stream("start", "record", "Enabled", "From"), _recorder(), bye())
    project = Project(tmp_path, {"a.json": flow(*given)})
    assert project.step("record").kind is StepKind.VOICEMAIL


def test_no_message_is_left_without_a_stream_from_the_caller(tmp_path: Path) -> None:
    for number, stream in enumerate(
        [_stream("start", "record", "Enabled", "To"), _stream("start", "record", "Disabled", "From")]
    ):
        project = Project(tmp_path / str(number), {"a.json": flow(stream, _recorder(), bye())})
        assert project.step("record").kind is StepKind.ASK


def test_a_message_is_left_while_a_wait_is_streamed(tmp_path: Path) -> None:
    for seconds, kind in (("60", StepKind.VOICEMAIL), ("2", StepKind.CHECK)):
        wait = block("wait", "Wait", on={"WaitCompleted": "bye"}, errors=FAULT, TimeLimitSeconds=seconds)
        stream = _stream("start", "wait", "Enabled", "From")
        project = Project(tmp_path / seconds, {"a.json": flow(stream, wait, bye())})
        assert project.step("wait").kind is kind


def test_who_can_leave_a_message_after_hours_is_not_left_with_nothing(tmp_path: Path) -> None:
    answers = {"True": "hand", "False": "start"}
    hours = block("open", "CheckHoursOfOperation", on=answers, errors=FAULT, HoursOfOperationId="h")
    stream = _stream("start", "record", "Enabled", "From")
    project = Project(tmp_path, {"a.json": flow(hours, stream, _recorder(), hand(), bye())})
    assert "IVR110" not in project.codes()


BEEP = '<speak><say-as interpret-as="expletive">beep</say-as></speak>'
ENDED = dict.fromkeys(("InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError"), "then")


def _listens(text: str, **keys: str) -> dict[str, object]:
    given = {key.removeprefix("_"): to for key, to in keys.items()}
    kept = {"SSML" if "<" in text else "Text": text}
    return block("record", "GetParticipantInput", "bye", given, ENDED, StoreInput="False", **kept)


@pytest.mark.parametrize(
    ("recorder", "kind", "told"),
    [
        (_listens(" ", _1="then"), StepKind.VOICEMAIL, False),
        (_listens("Please record your name, press 1 to end.", _1="then"), StepKind.VOICEMAIL, False),
        (_listens("Stay on the line, or press 1 to go on.", _1="then"), StepKind.MENU, True),
        (_listens("Speak, or press 1 for help.", _1="help"), StepKind.MENU, False),
    ],
)
def test_a_key_that_does_what_silence_does_ends_a_message(
    tmp_path: Path, recorder: dict[str, object], kind: StepKind, told: bool
) -> None:
    stream = _stream("start", "record", "Enabled", "From")
    project = Project(
        tmp_path, {"a.json": flow(stream, recorder, say("then", "bye"), say("help", "bye"), bye())}
    )
    assert project.step("record").kind is kind
    assert ("IVR306" in project.codes()) is told


def _recording(switch: str, *people: str, id_: str = "start", next_: str = "record") -> dict[str, object]:
    behavior = {"RecordedParticipants": list(people), "IVRRecordingBehavior": switch}
    return block(id_, "UpdateContactRecordingBehavior", next_, RecordingBehavior=behavior)


def test_a_message_is_left_where_only_the_flow_is_recorded_and_nothing_is_said(tmp_path: Path) -> None:
    def kind(number: int, *before: dict[str, object], text: str = BEEP) -> StepKind:
        given = flow(*before, _listens(text), bye())
        return Project(tmp_path / str(number), {"a.json": given}).step("record").kind

    assert kind(1, _recording("Enabled")) is StepKind.VOICEMAIL
    assert kind(2, _recording("Disabled")) is StepKind.ASK
    assert kind(3, _recording("Enabled", "Agent", "Customer")) is StepKind.ASK
    assert kind(4, _recording("Enabled"), text="Press any key to go on.") is StepKind.ASK
    ended = _recording("Disabled", id_="stop")
    assert kind(5, _recording("Enabled", next_="stop"), ended) is StepKind.ASK
    streamed = _stream("stream", "start", "Enabled", "From")
    assert kind(6, streamed, _recording("Disabled"), text="Speak now.") is StepKind.VOICEMAIL
