"""Small flows for the tests, written as Connect exports them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ivrlint import linter
from ivrlint.config import Settings
from ivrlint.flow import Move, MoveKind, Step
from ivrlint.routes import Route, Verdict

FAULT = {"NoMatchingError": "bye"}


def block(
    id_: str,
    type_: str,
    next_: str = "",
    on: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    operator: str = "Equals",
    **parameters: Any,
) -> dict[str, Any]:
    """One action; ``on`` maps an operand to the block that follows."""
    transitions: dict[str, Any] = {"NextAction": next_} if next_ else {}
    if on is not None:
        transitions["Conditions"] = [
            {"NextAction": to, "Condition": {"Operator": operator, "Operands": [value]}}
            for value, to in on.items()
        ]
    if errors is not None:
        transitions["Errors"] = [{"NextAction": to, "ErrorType": type_} for type_, to in errors.items()]
    return {"Identifier": id_, "Type": type_, "Parameters": parameters, "Transitions": transitions}


def say(id_: str, next_: str, text: str = "Hello.") -> dict[str, Any]:
    return block(id_, "MessageParticipant", next_, Text=text)


def menu(id_: str, keys: dict[str, str], text: str = "Choose.", **errors: str) -> dict[str, Any]:
    given = {
        "InputTimeLimitExceeded": "bye",
        "NoMatchingCondition": "bye",
        "NoMatchingError": "bye",
        **errors,
    }
    return block(
        id_,
        "GetParticipantInput",
        "bye",
        keys,
        given,
        Text=text,
        StoreInput="False",
        InputTimeLimitSeconds="5",
    )


def store(id_: str, next_: str, most: int = 4, **parameters: Any) -> dict[str, Any]:
    return block(
        id_,
        "GetParticipantInput",
        next_,
        errors=FAULT,
        Text="Please type.",
        StoreInput="True",
        InputTimeLimitSeconds="6",
        InputValidation={"CustomValidation": {"MaximumLength": str(most)}},
        **parameters,
    )


def compare(
    id_: str, path: str, on: dict[str, str], otherwise: str, operator: str = "Equals"
) -> dict[str, Any]:
    errors = {"NoMatchingCondition": otherwise}
    return block(id_, "Compare", otherwise, on, errors, operator, ComparisonValue=path)


def queue(id_: str, name: str, hand: str = "hand") -> dict[str, Any]:
    """A block that makes queue ``name`` the target; hands on to block ``hand``."""
    arn = f"arn:aws:connect:eu-west-1:1:instance/i/queue/{name}"
    return block(id_, "UpdateContactTargetQueue", hand, errors=FAULT, QueueId=arn)


def hand(id_: str = "hand", full: str = "bye") -> dict[str, Any]:
    errors = {"QueueAtCapacity": full, "NoMatchingError": "bye"}
    return block(id_, "TransferContactToQueue", "bye", errors=errors)


def bye(id_: str = "bye") -> dict[str, Any]:
    return block(id_, "DisconnectParticipant")


def flow(
    *blocks: dict[str, Any], name: str = "Main", kind: str = "contactFlow", start: str = "", **more: Any
) -> str:
    """The text of an export; it starts at the first block unless told otherwise."""
    metadata: dict[str, Any] = {"name": name, "type": kind, "ActionMetadata": more.pop("metadata", {})}
    root = {
        "Version": "2019-10-30",
        "StartAction": start or blocks[0]["Identifier"],
        "Metadata": metadata,
        "Actions": list(blocks),
        **more,
    }
    return json.dumps(root, indent=1)


def module(id_: str, type_: str, branches: str, target: str = "", **parameters: object) -> dict[str, object]:
    """A module of the older export; ``branches`` are "Condition:target" or "=value:target"."""
    listed: list[dict[str, str]] = []
    for branch in branches.split():
        condition, _, to = branch.partition(":")
        value = {"conditionType": "Equals", "conditionValue": condition[1:]} if condition[0] == "=" else {}
        listed.append({"condition": "Evaluate" if value else condition, "transition": to, **value})
    given = [{"name": name, "value": value} for name, value in parameters.items()]
    return {"id": id_, "type": type_, "target": target, "branches": listed, "parameters": given}


SALES = module("q", "SetQueue", "Success:t Error:bye")
SALES["parameters"] = [{"name": "Queue", "value": "arn:q", "resourceName": "Sales"}]
LEGACY = {
    "modules": [
        module("hi", "PlayPrompt", "Success:m", Text="Hi"),
        module(
            "m", "GetUserInput", "=1:pin Timeout:m NoMatch:m Error:bye", "Digits", Timeout="7", MaxDigits=1
        ),
        module("pin", "StoreUserInput", "Success:c Error:bye", Text="Pin?", MaxDigits=2),
        module(
            "c", "CheckAttribute", "=42:h NoMatch:bye", Attribute="Stored customer input", Namespace="System"
        ),
        module("h", "CheckHoursOfOperation", "True:q False:bye Error:bye"),
        SALES,
        module("t", "Transfer", "AtCapacity:bye", "Queue"),
        module("bye", "Disconnect", ""),
    ],
    "version": "1",
    "type": "contactFlow",
    "start": "hi",
    "metadata": {"name": "Old", "type": "contactFlow"},
}


class Project:
    """Files read as one project."""

    def __init__(self, folder: Path, files: dict[str, str | bytes], **settings: Any) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.folder = folder
        self.reading = linter.read([str(folder)], Settings(**settings))
        self.flow = self.reading.flow
        self.routes = self.reading.context.routes

    @property
    def entries(self) -> list[str]:
        return [entry.name for entry in self.routes.entries]

    def entry(self, name: str = "") -> Step:
        return next(entry for entry in self.routes.entries if not name or entry.name == name)

    def verdict(self, name: str = "") -> Verdict:
        return self.routes.verdict(self.entry(name).id)

    def cheapest(self, name: str = "") -> list[Route]:
        return self.routes.from_entry(self.entry(name).id).cheapest()

    def ways(self, name: str = "") -> dict[str, list[str]]:
        """What a caller does to get to each human: keys, "wait" and "wrong"."""
        return {
            route.human.name: [done for move in route.moves if (done := _done(move))]
            for route in self.cheapest(name)
        }

    def step(self, block_id: str) -> Step:
        return next(step for step in self.flow.steps if step.place.endswith(f"/{block_id}"))

    def steps(self, block_id: str) -> list[Step]:
        return [step for step in self.flow.steps if step.place.endswith(f"/{block_id}")]

    def moves(self, block_id: str, kind: MoveKind | None = None) -> list[Move]:
        here = self.step(block_id).id
        return [move for move in self.flow.moves if move.source == here and kind in (None, move.kind)]

    def messages(self) -> list[str]:
        return [problem.message for problem in self.flow.problems]

    def codes(self) -> list[str]:
        return [finding.code for finding in linter.findings(self.reading)]


def _done(move: Move) -> str:
    match move.kind:
        case MoveKind.KEY | MoveKind.DIGITS:
            return move.keys or "#" * move.keypresses
        case MoveKind.SPEECH:
            return f'"{move.label}"'
        case MoveKind.SILENCE:
            return "wait"
        case MoveKind.WRONG:
            return "wrong"
    return ""
