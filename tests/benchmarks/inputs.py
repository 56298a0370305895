"""Large inputs to measure with, always the same: menus that lead to three others each, and a person on 0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

MENUS = 2000
CHAIN = 1500
FILES = 1000
FLOWS = 300
LARGE = 15
"""Exports of which the largest project is made; with ``LARGE_MENUS`` each, they hold a million moves."""

LARGE_MENUS = 9_600


class Inputs(NamedTuple):
    """Paths of files, and of folders that are one project each."""

    dialplan: str
    export: str
    twice: str
    menus: str
    chain: str
    files: str
    flows: str


def written(folder: Path) -> Inputs:
    """All of them, put into ``folder``."""
    small = menus(3)
    return Inputs(
        _file(folder / "extensions.conf", dialplan(MENUS)),
        _file(folder / "export.json", export(MENUS)),
        _file(folder / "twice.json", export(2 * MENUS)),
        _file(folder / "menus.ivr", menus(MENUS)),
        _file(folder / "chain.ivr", chain(CHAIN)),
        _folder(folder / "files", {f"{number}.ivr": small for number in range(FILES)}),
        _folder(folder / "flows", {f"flow-{number}.json": linked(number) for number in range(FLOWS)}),
    )


def large(folder: Path) -> str:
    """A project of a million moves."""
    one = export(LARGE_MENUS)
    return _folder(folder / "large", {f"{number}.json": one for number in range(LARGE)})


def _folder(path: Path, texts: dict[str, str]) -> str:
    path.mkdir()
    for name, text in texts.items():
        _file(path / name, text)
    return str(path)


def _file(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def _others(number: int, count: int) -> list[int]:
    return [(3 * number + key) % count for key in (1, 2, 3)]


def dialplan(count: int) -> str:
    """Eleven lines a menu."""
    return "".join(_context(number, _others(number, count)) for number in range(count))


def _context(number: int, others: list[int]) -> str:
    gotos = "".join(f"exten => {key},1,Goto(menu-{each},s,1)\n" for key, each in enumerate(others, 1))
    return (
        f"[menu-{number}]\nexten => s,1,Answer()\n same => n(again),Background(menus/{number})\n"
        f" same => n,WaitExten(5)\n{gotos}exten => 0,1,Queue(support-{number % 40})\n"
        "exten => i,1,Playback(invalid)\n same => n,Goto(s,again)\nexten => t,1,Hangup()\n"
    )


def export(count: int, *onward: str) -> str:
    """One flow; a block a menu. From its queue, faults lead ``onward``: each to the flow of such a name."""
    blocks = [_block(number, _others(number, count)) for number in range(count)]
    fault, *faults = [f"to-{name}" for name in onward] + ["end"]
    errors = [_to("end", ErrorType="QueueAtCapacity"), _to(fault, ErrorType="NoMatchingError")]
    queue = {"NextAction": "end", "Conditions": [], "Errors": errors}
    blocks += [
        {"Identifier": "queue", "Type": "TransferContactToQueue", "Parameters": {}, "Transitions": queue},
        {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
    ]
    for name, following in zip(onward, faults, strict=True):
        transfer = {"NextAction": "end", "Errors": [_to(following, ErrorType="NoMatchingError")]}
        blocks.append(
            {
                "Identifier": f"to-{name}",
                "Type": "TransferToFlow",
                "Parameters": {"ContactFlowId": f"{{{{{name}}}}}"},
                "Transitions": transfer,
            }
        )
    flow = {"Version": "2019-10-30", "StartAction": "menu-0", "Metadata": {}, "Actions": blocks}
    return json.dumps(flow, indent=1)


def linked(number: int) -> str:
    """One of :data:`FLOWS` flows of ten menus, which lead to three others each."""
    return export(10, *(f"flow-{other}" for other in _others(number, FLOWS)))


def _block(number: int, others: list[int]) -> dict[str, object]:
    targets = {"0": "queue"} | {str(key): f"menu-{each}" for key, each in enumerate(others, 1)}
    errors = ("InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError")
    return {
        "Identifier": f"menu-{number}",
        "Type": "GetParticipantInput",
        "Parameters": {"Text": f"Menu {number}", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
        "Transitions": {
            "NextAction": "queue",
            "Conditions": [
                _to(target, Condition={"Operator": "Equals", "Operands": [key]})
                for key, target in targets.items()
            ],
            "Errors": [_to("end", ErrorType=error) for error in errors],
        },
    }


def _to(target: str, **when: object) -> dict[str, object]:
    return {"NextAction": target, **when}


_START = 'line "+1 800 555 0100" -> m0\nqueue agents "Please hold for an agent."\n'


def menus(count: int) -> str:
    """Nine lines a menu."""
    return _START + "".join(_menu(number, _others(number, count)) for number in range(count))


def _menu(number: int, others: list[int]) -> str:
    said = " ".join(f"For subject {each}, press {key}." for key, each in enumerate(others, 1))
    options = "".join(f'  {key} "subject {each}" -> m{each}\n' for key, each in enumerate(others, 1))
    return (
        f'menu m{number} {{\n  prompt "{said} For an agent, press 0."\n{options}  0 "agent" -> agents\n'
        "  timeout 5s x2 -> agents\n  invalid x3 -> agents\n}\n"
    )


def chain(count: int) -> str:
    """Each menu leads to the next, and silence back to the first."""
    parts = [_START]
    for number in range(count):
        following = f"m{number + 1}" if number + 1 < count else "agents"
        parts.append(
            f'menu m{number} {{\n  prompt "For more, press 1."\n  1 "more" -> {following}\n'
            "  timeout 5s x2 -> m0\n  invalid x3 -> m0\n}\n"
        )
    return "".join(parts)
