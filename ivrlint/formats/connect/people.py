"""Blocks that hand the call to people, and those that say beforehand to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias, cast

from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.formats.connect.catalogue import FOLLOWED
from ivrlint.formats.connect.facts import UNKNOWN, known, known_text
from ivrlint.formats.connect.library import Reference, hooks, short_name
from ivrlint.formats.connect.places import Frame
from ivrlint.formats.connect.visit import Visit

Described: TypeAlias = tuple[Step, Iterable[Move]]

_CALLING_BACK = re.compile(
    r"\bcall\w*[ -]?back|\breturn\w* (?:the |a |this )?call|devol\w+ (?:la |de )?llamada|rappel|rückruf"
    r"|retorn\w+ (?:a |de )?(?:chamada|ligação)|richiam",
    re.I,
)
_TRANSFER = frozenset({"transfer"})
_QUEUE = frozenset({"queue", "announced"})
"""The flow that runs for a caller who waits in a queue speaks."""


def to_queue(visit: Visit, step: Step) -> Described:
    """What runs while the caller waits, and once the agent has gone, lies behind the hand-over."""
    name, target = _target(visit)
    waits = visit.block.type == "TransferContactToQueue" and not visit.waits_in_queue
    moved = visit.block.type == "DequeueContactAndTransferToQueue"  # the flow goes on in the other queue
    hooked = _hooked(visit, "CustomerQueue") if waits else visit.onward(label="moved") if moved else ()
    moves = [*hooked, *visit.faults(), *_talked(visit)]
    tags = _QUEUE if visit.block.type == "TransferContactToQueue" else step.tags
    return step._replace(name=name or step.name, kind=StepKind.HUMAN, target=target, tags=tags), moves


def _hooked(visit: Visit, event: str) -> Iterator[Move]:
    """What the flow set for ``event`` does, beside the hand-over."""
    hook = visit.facts.get(f"hook:{event}")
    if not isinstance(hook, Reference):
        return
    key = visit.found(hook)
    span = visit.block.span
    if key is None:
        name = hook.shown or short_name(hook.value) or hook.value
        to = visit.nowhere(visit.missing(hook), name, span)
    elif event == "CustomerQueue":
        to = visit.start(key, visit.then.learn("calls", (Frame("queue", visit.at),)))
    else:
        to = visit.start(key, visit.then.forget("calls"))
    kind = MoveKind.OVERFLOW if event == "CustomerQueue" else MoveKind.NEXT
    yield Move(visit.here, to, kind, span, label=FOLLOWED[event])


def _talked(visit: Visit) -> Iterator[Move]:
    return _hooked(visit, "CustomerRemaining")


def _target(visit: Visit) -> tuple[str, str]:
    """Name and identifier of the queue or agent that the call is handed to; "" where not known."""
    block = visit.block
    for key in ("QueueId", "AgentId"):
        if block.text(key):
            return _queue_of(visit, key)
    held = visit.facts.get("queue")
    return cast("tuple[str, str]", held) if isinstance(held, tuple) else ("", "")


def _queue_of(visit: Visit, key: str) -> tuple[str, str]:
    """The queue (or agent) under parameter ``key``."""
    value = known_text(visit.block.text(key), visit.facts)
    shown = visit.block.shown.get("queue" if key == "QueueId" else "agent") or visit.block.shown.get(
        key.lower()
    )
    return shown or short_name(value), value


def third_party(visit: Visit, step: Step) -> Described:
    """The call resumes here after the talk only if the block says so."""
    number = known_text(visit.block.text("ThirdPartyPhoneNumber"), visit.facts)
    name = number if number.startswith("+") else short_name(number)
    moves = list(visit.faults())
    if visit.block.text("ContinueFlowExecution").lower() == "true":
        moves = [*visit.onward(label="after the call"), *moves]
    step = step._replace(kind=StepKind.HUMAN, name=name or step.name, target=number, tags=_TRANSFER)
    return step, moves


def to_agent(visit: Visit, step: Step) -> Described:
    """Rings one agent. Who waits in a queue goes on waiting if the agent does not answer."""
    name, target = _target(visit)
    waits = [visit.move(MoveKind.OVERFLOW, visit.block.next, label="no answer")] if visit.block.next else []
    moves = [*waits, *visit.faults(), *_talked(visit)]
    return step._replace(kind=StepKind.HUMAN, name=name or step.name, target=target), moves


def callback(visit: Visit, step: Step) -> Described:
    """A number is left, to be called back."""
    _, target = _target(visit)
    moves = [*visit.onward(), *visit.faults()]
    return step._replace(kind=StepKind.CALLBACK, target=target), moves


def task(visit: Visit, step: Step) -> Described:
    """Work for an agent; if its name or description says so, that of calling back."""
    asked = " ".join(visit.block.text(each) for each in ("Name", "Description"))
    if _CALLING_BACK.search(asked):
        return callback(visit, step)
    return step, [*visit.onward(), *visit.faults()]


# --- what is set on the way


def set_queue(visit: Visit, step: Step) -> Described:
    """The queue (or agent) that a later hand-over means."""
    key = "QueueId" if visit.block.text("QueueId") else "AgentId"
    if visit.block.text(key):
        visit.then = visit.then.learn("queue", _queue_of(visit, key))
    return step, [*visit.onward(), *visit.faults()]


def set_hooks(visit: Visit, step: Step) -> Described:
    """Flows that start when something happens to the call later."""
    for event, hook in hooks(visit.block).items():
        if event in FOLLOWED:
            value = known(hook.value, visit.facts)
            kept = hook.value if value is UNKNOWN or not isinstance(value, str) else value
            visit.then = visit.then.learn(f"hook:{event}", Reference(kept, hook.shown))
    return step, [*visit.onward(), *visit.faults()]
