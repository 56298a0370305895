"""What is known along a call, and which block reads or changes it.

Facts are named by the JSONPath under which a flow reads them (``$.Attributes.language``). Beside these:

- ``queue``: the target queue, as (name, identifier verbatim);
- ``hook:EVENT``: the flow that runs when EVENT happens (the call waits in a queue, the agent has gone);
- ``hours:NAME``: whether hours NAME were found open;
- ``loop:FLOW/BLOCK``: how often that Loop block has sent the call round;
- ``lost``: that such counts have been forgotten;
- ``streaming``: that what the caller says is being recorded, and how;
- ``calls``: where modules return to, and the queue that a queue flow runs for, innermost first.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Any

from ivrlint.explore import Facts
from ivrlint.formats.connect.catalogue import NOT_FOR_CALLS
from ivrlint.formats.connect.language import Block

INPUT = "$.StoredCustomerInput"
CHANNEL, CALL = "$.Channel", "VOICE"
"""What a telephone call has come by."""
STREAMING = "streaming"
"""The name of a fact: what the caller says is kept, and how."""
WHOLLY, ALONE = "wholly", "alone"
"""By a media stream; by a recording of nobody but who speaks before an agent does."""
TIMEOUT = "Timeout"
"""What a stored input holds after silence."""
SHORTEST_MESSAGE = 10
"""Seconds; a shorter wait is for something else."""

_PATH = re.compile(r"\$((?:\.[\w-]+|\[\s*(?:'[^']*'|\"[^\"]*\"|\d+)\s*\])+)")
_SOUNDLESS = re.compile(r"<[^<>]*>|\bbeep\b|\s+")
_SPEAKING = re.compile(r"\b(?:record|speak|message|grab|mensaje|mensagem|enregistr|nachricht|registra)", re.I)
_PIECE = re.compile(r"\.([\w-]+)|\[\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))\s*\]")
_ANYWHERE = re.compile(r"\$(?:\.[\w-]+|\['[^']*'\])+")


class Unknown:
    """The value of what is not known."""


UNKNOWN = Unknown()


def path_of(value: Any) -> str:
    """``value`` as a JSONPath in its plain spelling; "" if it is none, or more than one path."""
    if not isinstance(value, str) or not value.startswith("$"):
        return ""
    match = _PATH.fullmatch(value.strip())
    if not match:
        return ""
    pieces = ("".join(filter(None, groups)) for groups in _PIECE.findall(match[1]))
    return "$." + ".".join(pieces)


def known(value: Any, facts: Facts) -> Hashable | Unknown:
    """What ``value`` is here: itself, or what its path is known to hold.

    None stands for digits that equal nothing they are compared with.
    """
    path = path_of(value)
    if path:
        return facts.get(path, UNKNOWN)
    text = str(value)
    return UNKNOWN if "$" in text and _ANYWHERE.search(text) else text


def known_text(value: str, facts: Facts) -> str:
    """``value``, or the text its path is known to hold."""
    held = known(value, facts)
    return held if isinstance(held, str) else value


def assignments(block: Block) -> dict[str, str]:
    """What ``block`` assigns: path -> constant or path."""
    found: dict[str, str] = {}
    if block.type == "UpdateContactAttributes" and block.text("TargetContact") in ("", "Current"):
        found |= _members(block.parameters.get("Attributes"), "$.Attributes.")
    elif block.type == "UpdateFlowAttributes":
        found |= _members(block.parameters.get("FlowAttributes"), "$.FlowAttributes.")
    return found


def _members(given: Any, prefix: str) -> dict[str, str]:
    pairs = given.items() if isinstance(given, dict) else ()
    values = ((key, value.get("Value") if isinstance(value, dict) else value) for key, value in pairs)
    return {prefix + key: str(value) for key, value in values if value is not None}


def after(block: Block, facts: Facts) -> Facts:
    """What is known once ``block`` has done what it does without fault."""
    if block.type == "InvokeLambdaFunction":
        return Facts({name: value for name, value in facts.items() if not name.startswith("$.External")})
    if block.type == "ConnectParticipantWithLexBot":
        return Facts({name: value for name, value in facts.items() if not name.startswith("$.Lex")})
    if block.type == "UpdateContactMediaStreamingBehavior":
        return facts.learn(STREAMING, WHOLLY) if _listens_in(block) else facts.forget(STREAMING)
    if "RecordingBehavior" in block.parameters and facts.get(STREAMING) != WHOLLY:
        return facts.learn(STREAMING, ALONE) if _records_alone(block) else facts.forget(STREAMING)
    learned = {path: known(value, facts) for path, value in assignments(block).items()}
    for path, value in learned.items():
        facts = facts.forget(path) if isinstance(value, Unknown) else facts.learn(path, value)
    return facts


def _listens_in(block: Block) -> bool:
    """Does a media stream begin at ``block`` that what the caller says goes to?"""
    if block.text("MediaStreamingState") != "Enabled":
        return False
    participants = block.parameters.get("Participants")
    given = [each.get("MediaDirections") for each in participants or () if isinstance(each, dict)]
    return not given or any("From" in directions for directions in given if isinstance(directions, list))


def _records_alone(block: Block) -> bool:
    """Is from ``block`` on nobody recorded but who speaks with the flow?"""
    behavior = block.parameters.get("RecordingBehavior")
    if not isinstance(behavior, dict) or behavior.get("RecordedParticipants"):
        return False
    return str(behavior.get("IVRRecordingBehavior")) == "Enabled"


def records(block: Block) -> bool:
    """May a message be left at ``block``, if what the caller says is being recorded? There is no block type
    for that: recorders are inputs without any choice, or waits. A key may end them."""
    if block.type == "Wait":
        seconds = block.number("TimeLimitSeconds")
        return seconds is None or seconds >= SHORTEST_MESSAGE
    if block.type != "GetParticipantInput":
        return False
    if block.stores:
        return False
    return not block.conditions or (_only_ends(block) and (is_silent(block) or _asks_to_speak(block)))


def is_silent(block: Block) -> bool:
    """Does ``block`` say nothing? At most it beeps."""
    if block.text("PromptId"):
        return "beep" in block.shown.get("promptid", "").lower()
    return not _SOUNDLESS.sub("", block.text("SSML") or block.text("Text"))


def _only_ends(block: Block) -> bool:
    """Do all keys do what silence does?"""
    silence = block.error("InputTimeLimitExceeded", "NoMatchingError")
    return silence is not None and all(each.to.id == silence.id for each in block.conditions)


def _asks_to_speak(block: Block) -> bool:
    return bool(_SPEAKING.search(block.text("SSML") or block.text("Text")))


def takes_message(block: Block, facts: Facts) -> bool:
    """Does the caller leave a message at ``block``? Calls may be recorded from the start: in such a
    recording, only what says nothing listens."""
    held = facts.get(STREAMING)
    return bool(held) and records(block) and (held == WHOLLY or (block.type != "Wait" and is_silent(block)))


_READ = frozenset(
    {
        *("ComparisonValue", "ContactFlowId", "FlowModuleId", "QueueId", "AgentId", "HoursOfOperationId"),
        *("ThirdPartyPhoneNumber", "LoopCount", "Text", "SSML"),
    }
)


def reads(block: Block, place: str) -> set[str]:
    """Names of the facts that ``block`` asks for."""
    values = [value for name, value in block.parameters.items() if name in _READ]
    values += [operand for condition in block.conditions for operand in condition.operands]
    values += assignments(block).values()
    found = {path_of(value) for value in values if isinstance(value, str) and value.startswith("$")}
    found.update(_more(block, place))
    return found - {""}


def _more(block: Block, place: str) -> Iterator[str]:
    hooks = block.parameters.get("EventHooks")
    yield from (path_of(value) for value in hooks.values()) if isinstance(hooks, dict) else ()
    if block.type in NOT_FOR_CALLS:
        yield CHANNEL
    if records(block):
        yield STREAMING
    match block.type:
        case "Loop":
            yield from (f"loop:{place}", "lost")
        case "TransferContactToQueue" | "DequeueContactAndTransferToQueue":
            yield from ("queue", "hook:CustomerQueue", "hook:CustomerRemaining", "calls")
        case "CheckMetricData" | "CreateCallbackContact":
            yield "queue"
        case "TransferContactToAgent" | "RouteContactToAgent":
            yield from ("queue", "hook:CustomerRemaining")
        case "CheckHoursOfOperation":
            yield from ("queue", f"hours:{hours_name(block)}")
        case "EndFlowExecution" | "EndFlowModuleExecution" | "MessageParticipantIteratively":
            yield "calls"


def writes(block: Block, place: str) -> Iterator[str]:
    """Names of the facts that may be known behind ``block`` because of it."""
    yield from assignments(block)
    match block.type:
        case "Compare":
            yield path_of(block.text("ComparisonValue"))
        case "CheckHoursOfOperation":
            yield f"hours:{hours_name(block)}"
        case "GetParticipantInput":
            yield INPUT
        case "InvokeFlowModule":
            yield "calls"
        case "Loop":
            yield from (f"loop:{place}", "lost")
        case "UpdateContactEventHooks":
            yield from ("hook:CustomerQueue", "hook:CustomerRemaining", "calls")
        case "UpdateContactMediaStreamingBehavior" | "UpdateContactRecordingBehavior":
            yield STREAMING
        case "UpdateContactTargetQueue":
            yield "queue"


def hours_name(block: Block) -> str:
    """The name of the hours that ``block`` checks; "" where they are those of the queue."""
    shown = block.shown.get("hours") or block.shown.get("hoursofoperationid")
    return shown or block.text("HoursOfOperationId").rsplit("/", 1)[-1]
