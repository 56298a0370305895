"""What each type of block is as a step, and which moves lead out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, cast

from ivrlint.flow import Duration, Move, MoveKind, Step, StepKind
from ivrlint.formats.connect.catalogue import CONSOLE_NAMES
from ivrlint.formats.connect.decisions import compare, hours, loop, metric
from ivrlint.formats.connect.facts import UNKNOWN, known, known_text, path_of
from ivrlint.formats.connect.library import Reference, hooks, references, short_name
from ivrlint.formats.connect.listening import lex, menu, stored
from ivrlint.formats.connect.places import Frame
from ivrlint.formats.connect.prompts import prompts
from ivrlint.formats.connect.visit import Visit
from ivrlint.speech import whole

Handler: TypeAlias = Callable[[Visit, Step], tuple[Step, Iterable[Move]]]


def described(visit: Visit, name: str) -> tuple[Step, Iterable[Move]]:
    """The step of a visit, called ``name``, and the moves out of it."""
    block = visit.block
    detail = block.console_name if block.friendly else f"{block.console_name}, {block.id}"
    step = Step(
        visit.here, name, StepKind.CHECK, block.span, str(visit.at), detail=detail, part=visit.flow.title
    )
    handler = _HANDLERS.get(block.type, _unknown if block.type not in CONSOLE_NAMES else _other)
    return handler(visit, step)


def _unknown(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    detail = f"`{visit.block.type}` is no block type that ivrlint knows"
    return step._replace(kind=StepKind.UNKNOWN, detail=detail), _branches(visit)


def _other(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    return step, _branches(visit)


def _branches(visit: Visit) -> Iterator[Move]:
    """The system's outcomes, if there are several; else what follows. Beside a branch for what matches no
    condition, ``NextAction`` is never taken."""
    faults = list(visit.faults(decides=True))
    outcomes = [visit.when(each.to, " ".join(each.operands)) for each in visit.block.conditions]
    if outcomes or any(move.kind is MoveKind.WHEN for move in faults):
        yield from outcomes
        if visit.block.next and not (outcomes and visit.block.error("NoMatchingCondition")):
            yield visit.when(visit.block.next, "otherwise" if outcomes else "done")
    else:
        yield from visit.onward()
    yield from faults


def _say(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    played = prompts(visit.block, visit.facts)
    moves = [*visit.onward(whole(played)), *visit.faults()]
    return step._replace(kind=StepKind.SAY, prompts=played), moves


def _loop_prompts(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """Prompts that go round until the interval is over; without one the caller just waits on."""
    block = visit.block
    played = prompts(block, visit.facts)
    seconds = block.number("InterruptFrequencySeconds")
    interval = Duration(exact=False) if seconds is None else Duration(seconds * 1000)
    moves = [
        visit.move(MoveKind.NEXT, each.to, label="interrupted", heard=interval) for each in block.conditions
    ]
    if not moves and visit.waits_in_queue:
        moves = list(visit.back(block.span))
    return step._replace(kind=StepKind.SAY, prompts=played), [*moves, *visit.faults()]


def _wait(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """A caller on the line waits until the time is over. The other outcomes are for chats and bots: there,
    but on no caller's route."""
    block = visit.block
    seconds = block.number("TimeLimitSeconds")
    interval = Duration(exact=False) if seconds is None else Duration(seconds * 1000)
    over = [each.to for each in block.conditions if "WaitCompleted" in each.operands]
    moves = [visit.move(MoveKind.NEXT, link, heard=interval) for link in over] or list(visit.onward(interval))
    for each in block.conditions:
        if each.to not in over:
            moves.append(visit.move(MoveKind.ERROR, each.to, label=" ".join(each.operands)))
    return step, [*moves, *visit.faults()]


def _ends(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    return step._replace(kind=StepKind.END), ()


def _ends_flow(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """Drops the call in a flow that nothing waits for; else only ends this flow."""
    if visit.block.type == "EndFlowExecution" and not visit.calls:
        return step._replace(kind=StepKind.END), ()
    return step, visit.back(visit.block.span)


# --- other flows


def _transfer(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    reference = _resolved(visit)
    key = visit.found(reference)
    if key is None:
        return _missing(visit, step, reference), visit.faults()
    facts = visit.then if visit.waits_in_queue else visit.then.forget("calls")
    span = visit.block.parameters.span("ContactFlowId")
    move = Move(
        visit.here, visit.start(key, facts), MoveKind.NEXT, span, label=visit.library.flows[key].title
    )
    return step, [move, *visit.faults()]


def _module(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    reference = _resolved(visit)
    key = visit.found(reference)
    if key is None:
        return _missing(visit, step, reference), _branches(visit)
    span = visit.block.parameters.span("FlowModuleId")
    facts = visit.called(Frame("module", visit.at))
    title = visit.library.flows[key].title
    to = visit.nowhere("deep", title, span) if facts is None else visit.start(key, facts)
    return step, [Move(visit.here, to, MoveKind.NEXT, span, label=title), *visit.faults()]


def _resolved(visit: Visit) -> Reference:
    """The flow that the block names, with what is known put in for a path."""
    reference = next(references(visit.block), Reference(""))
    return Reference(known_text(reference.value, visit.facts), reference.shown)


def _missing(visit: Visit, step: Step, reference: Reference) -> Step:
    name = reference.shown or short_name(reference.value) or reference.value or step.name
    why = {
        "flow": f"flow `{name}` is not among the files given",
        "several": f"several flows are called `{name}`",
    }[visit.missing(reference)]
    if not (reference.shown or reference.value):
        why = "the block does not name a flow"
    elif path_of(reference.value):
        why = f"which flow follows is decided by {reference.value}"
    key = "ContactFlowId" if "ContactFlowId" in visit.block.parameters else "FlowModuleId"
    span = visit.block.parameters.span(key) if key in visit.block.parameters else visit.block.span
    return step._replace(name=name, kind=StepKind.UNKNOWN, span=span, detail=why)


# --- people


def _queue(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    name, target = _target(visit)
    moves = list(visit.faults())
    hook = visit.facts.get("hook")
    if (
        visit.block.type == "TransferContactToQueue"
        and isinstance(hook, Reference)
        and not visit.waits_in_queue
    ):
        moves.insert(0, _waiting(visit, hook))
    return step._replace(name=name or step.name, kind=StepKind.HUMAN, target=target), moves


def _waiting(visit: Visit, hook: Reference) -> Move:
    """What runs for the caller who waits in the queue."""
    key = visit.found(hook)
    span = visit.block.span
    if key is None:
        name = hook.shown or short_name(hook.value) or hook.value
        to = visit.nowhere(visit.missing(hook), name, span)
    else:
        to = visit.start(key, visit.then.learn("calls", (Frame("queue", visit.at),)))
    return Move(visit.here, to, MoveKind.OVERFLOW, span, label="while waiting")


def _target(visit: Visit) -> tuple[str, str]:
    """Name and identifier of the queue or agent that the call is handed to; "" where not known."""
    block = visit.block
    for key in ("QueueId", "AgentId"):
        if block.text(key):
            return queue_of(visit, key)
    held = visit.facts.get("queue")
    return cast("tuple[str, str]", held) if isinstance(held, tuple) else ("", "")


def queue_of(visit: Visit, key: str) -> tuple[str, str]:
    """The queue (or agent) under parameter ``key``."""
    value = known_text(visit.block.text(key), visit.facts)
    shown = visit.block.shown.get("queue" if key == "QueueId" else "agent") or visit.block.shown.get(
        key.lower()
    )
    return shown or short_name(value), value


def _third_party(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """The call resumes here after the talk only if the block says so."""
    number = known_text(visit.block.text("ThirdPartyPhoneNumber"), visit.facts)
    moves = list(visit.faults())
    if visit.block.text("ContinueFlowExecution").lower() == "true":
        moves = [*visit.onward(label="after the call"), *moves]
    return step._replace(kind=StepKind.HUMAN, name=short_name(number) or step.name, target=number), moves


def _agent(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    name, target = _target(visit)
    return step._replace(kind=StepKind.HUMAN, name=name or step.name, target=target), visit.faults()


def _callback(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    _, target = _target(visit)
    moves = [*visit.onward(), *visit.faults()]
    return step._replace(kind=StepKind.CALLBACK, target=target), moves


# --- what is set on the way


def _set_queue(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    key = "QueueId" if visit.block.text("QueueId") else "AgentId"
    if visit.block.text(key):
        visit.then = visit.then.learn("queue", queue_of(visit, key))
    return step, [*visit.onward(), *visit.faults()]


def _set_hooks(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    waiting = hooks(visit.block).get("CustomerQueue")
    if waiting:
        value = known(waiting.value, visit.facts)
        kept = waiting.value if value is UNKNOWN or not isinstance(value, str) else value
        visit.then = visit.then.learn("hook", Reference(kept, waiting.shown))
    return step, [*visit.onward(), *visit.faults()]


_HANDLERS: dict[str, Handler] = {
    "CheckHoursOfOperation": hours,
    "CheckMetricData": metric,
    "Compare": compare,
    "ConnectParticipantWithLexBot": lex,
    "CreateCallbackContact": _callback,
    "DisconnectParticipant": _ends,
    "EndFlowExecution": _ends_flow,
    "EndFlowModuleExecution": _ends_flow,
    "GetParticipantInput": lambda visit, step: (stored if visit.block.stores else menu)(visit, step),
    "InvokeFlowModule": _module,
    "Loop": loop,
    "MessageParticipant": _say,
    "MessageParticipantIteratively": _loop_prompts,
    "TransferContactToAgent": _agent,
    "TransferParticipantToThirdParty": _third_party,
    "TransferToFlow": _transfer,
    "UpdateContactEventHooks": _set_hooks,
    "UpdateContactTargetQueue": _set_queue,
    "Wait": _wait,
    **dict.fromkeys(("TransferContactToQueue", "DequeueContactAndTransferToQueue"), _queue),
}
