"""What each type of block is as a step, and which moves lead out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from ivrlint.flow import OTHER_CHANNEL, Duration, Move, MoveKind, Step, StepKind
from ivrlint.formats.connect.catalogue import CONSOLE_NAMES, LOOKUPS, NOT_FOR_CALLS
from ivrlint.formats.connect.decisions import compare, hours, loop, metric
from ivrlint.formats.connect.facts import CALL, CHANNEL, known_text, path_of
from ivrlint.formats.connect.library import Reference, chooses, references, short_name
from ivrlint.formats.connect.listening import lex, menu, stored
from ivrlint.formats.connect.people import (
    callback,
    set_hooks,
    set_queue,
    task,
    third_party,
    to_agent,
    to_queue,
)
from ivrlint.formats.connect.places import KEPT_AFTER_HANDOVER, LOST, Frame
from ivrlint.formats.connect.visit import Visit
from ivrlint.speech import whole

Handler: TypeAlias = Callable[[Visit, Step], tuple[Step, Iterable[Move]]]

_UNTAGGED: frozenset[str] = frozenset()
_LOOKUP = frozenset({"lookup"})
_WAITING = frozenset({"waiting"})


def described(visit: Visit, name: str) -> tuple[Step, Iterable[Move]]:
    """The step of a visit, called ``name``, and the moves out of it."""
    block = visit.block
    detail = block.console_name if block.friendly else f"{block.console_name}, {block.id}"
    tags = _LOOKUP if block.type in LOOKUPS else _UNTAGGED
    part = visit.flow.title
    step = Step(
        visit.here, name, StepKind.CHECK, block.span, str(visit.at), detail=detail, tags=tags, part=part
    )
    handler = _HANDLERS.get(block.type, _unknown if block.type not in CONSOLE_NAMES else _other)
    return handler(visit, step)


def _unknown(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    detail = f"`{visit.block.type}` is no block type that ivrlint knows"
    return step._replace(kind=StepKind.UNKNOWN, detail=detail), _branches(visit)


def _recording(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """What callers say before somebody answers is recorded only where that is switched on."""
    voice = visit.block.parameters.get("VoiceBehavior")
    given = voice if isinstance(voice, dict) else visit.block.parameters
    behavior = given.get("VoiceRecordingBehavior", given.get("RecordingBehavior"))
    switch = behavior.get("IVRRecordingBehavior") if isinstance(behavior, dict) else None
    tag = {"Enabled": "recording-on", "Disabled": "recording-off"}.get(str(switch))
    return step._replace(tags=step.tags | {tag} if tag else step.tags), _branches(visit)


def _other(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    return step, _branches(visit)


def _not_for_calls(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """A call takes the error branch; the others are there for chats and e-mail."""
    wrong = visit.block.error("NoMatchingError")
    if visit.facts.get(CHANNEL) != CALL or wrong is None:
        return _other(visit, step)
    others = [link for link in visit.block.links() if link != wrong]
    moves = [
        visit.move(MoveKind.ERROR, link, label="other channels", condition=OTHER_CHANNEL) for link in others
    ]
    return step, [visit.move(MoveKind.NEXT, wrong, label="not for calls"), *moves]


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
    played = visit.played
    moves = [*visit.onward(whole(played)), *visit.faults()]
    return step._replace(kind=StepKind.SAY, prompts=played), moves


def _loop_prompts(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """Prompts that go round until the interval is over; without one the caller just waits on."""
    block = visit.block
    played = visit.played
    seconds = block.number("InterruptFrequencySeconds")
    interval = Duration(exact=False) if seconds is None else Duration(seconds * 1000)
    moves = [
        visit.move(MoveKind.NEXT, each.to, label="interrupted", heard=interval) for each in block.conditions
    ]
    if not moves and visit.waits_in_queue:
        moves = list(visit.back(block.span))
    step = step._replace(kind=StepKind.SAY, prompts=played, tags=_WAITING)
    return step, [*moves, *visit.faults()]


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
            label = " ".join(each.operands)
            moves.append(visit.move(MoveKind.ERROR, each.to, label=label, condition=OTHER_CHANNEL))
    kind = StepKind.VOICEMAIL if visit.takes_message else step.kind
    return step._replace(kind=kind), [*moves, *visit.faults()]


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
        step = _missing(visit, step, reference)
        return step, [*_chosen(visit, step), *visit.faults()]
    facts = visit.then if visit.waits_in_queue else visit.then.forget("calls")
    span = visit.block.parameters.span("ContactFlowId")
    move = Move(
        visit.here, visit.start(key, facts), MoveKind.NEXT, span, label=visit.library.flows[key].title
    )
    return step, [move, *visit.faults()]


def _chosen(visit: Visit, step: Step) -> Iterator[Move]:
    """To flows that may be meant by what only the call will tell: there, but on no caller's route. What is
    known here is not carried there."""
    facts = visit.then.keep(KEPT_AFTER_HANDOVER - {"calls"}).learn(LOST, True)
    for key in visit.library.choosable if chooses(visit.block) else ():
        to = visit.start(key, facts)
        yield Move(visit.here, to, MoveKind.ERROR, step.span, label=visit.library.flows[key].title)


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


_HANDLERS: dict[str, Handler] = {
    "CheckHoursOfOperation": hours,
    "CheckMetricData": metric,
    "Compare": compare,
    "ConnectParticipantWithLexBot": lex,
    "CreateCallbackContact": callback,
    "CreateTask": task,
    "DisconnectParticipant": _ends,
    "EndFlowExecution": _ends_flow,
    "EndFlowModuleExecution": _ends_flow,
    "GetParticipantInput": lambda visit, step: (stored if visit.block.stores else menu)(visit, step),
    "InvokeFlowModule": _module,
    "Loop": loop,
    "MessageParticipant": _say,
    "MessageParticipantIteratively": _loop_prompts,
    "RouteContactToAgent": to_agent,
    "TransferContactToAgent": to_agent,
    "TransferParticipantToThirdParty": third_party,
    "TransferToFlow": _transfer,
    "UpdateContactEventHooks": set_hooks,
    "UpdateContactRecordingAndAnalyticsBehavior": _recording,
    "UpdateContactRecordingBehavior": _recording,
    "UpdateContactTargetQueue": set_queue,
    "Wait": _wait,
    **dict.fromkeys(NOT_FOR_CALLS, _not_for_calls),
    **dict.fromkeys(("TransferContactToQueue", "DequeueContactAndTransferToQueue"), to_queue),
}
