"""A whole dialplan as a flow: its entries, everything calls can get to, and what they cannot."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from operator import attrgetter

from ivrlint.explore import NOTHING, Facts
from ivrlint.flow import Flow, Move, MoveKind, ProblemKind, Step, StepKind
from ivrlint.formats.asterisk.applications import describe
from ivrlint.formats.asterisk.companions import Companions
from ivrlint.formats.asterisk.dialplan import Context, Dialplan, Extension
from ivrlint.formats.asterisk.entries import (
    SPECIAL,
    Entry,
    entries,
    is_number,
    rings_out,
    roots,
    unknown_choices,
)
from ivrlint.formats.asterisk.follow import NO_TAGS, Call
from ivrlint.formats.asterisk.jumps import led_to
from ivrlint.formats.asterisk.listening import SHORTEST_NUMBER
from ivrlint.formats.asterisk.machine import Machine
from ivrlint.formats.asterisk.names import HUMANS, LISTENING, PLAYED, SPEAKING, SPOKEN
from ivrlint.formats.asterisk.outline import CALLS
from ivrlint.formats.asterisk.quiet import decide
from ivrlint.formats.asterisk.sounds import Sounds
from ivrlint.formats.asterisk.state import Onward, Place
from ivrlint.formats.asterisk.values import digits
from ivrlint.source import Span

_NOTICED = HUMANS | LISTENING | PLAYED | SPOKEN | {"voicemail"}
_USING = {
    **dict.fromkeys("ao", frozenset(("voicemail", "directory"))),
    **dict.fromkeys("ite", frozenset(("background", SPEAKING, "waitexten"))),
}
"""What leads to the extensions that Asterisk jumps to by itself."""

_HANDLER = frozenset(("handler",))
_SUPPOSED = frozenset(("supposed",))
_STAFF = frozenset(("staff",))
_STRAY = frozenset(("supposed", "stray"))
_PASSED = frozenset(("passed",))
_ANY_CALLER = Facts({CALLS: None})
"""What is known where it is not told how a call would come there."""

_LETTERS = re.compile(r"[0-9*#]*[A-D][0-9A-D*#]*")
_EVERYTHING = frozenset(("_.", "_!"))
_INNER = re.compile(r"[tao]|_?s-.*")
"""Handlers, and what a status leads to."""

_UNFOLLOWED = frozenset(("h", "T", "fax", "hang", "failed"))


def follow(dialplan: Dialplan, companions: Companions, sounds: Sounds, chosen: Sequence[str] = ()) -> Flow:
    """The flow of ``dialplan``; ``chosen`` names entries (``CONTEXT[,EXTEN]``), else they are inferred."""
    machine = Machine(dialplan)
    call = Call(machine, sounds, companions, describe)
    found = entries(machine, chosen, companions)
    dialplan.problems += unknown_choices(dialplan, chosen)
    steps: list[Step] = []
    moves: list[Move] = []
    for entry in found:
        step, move = _entry(entry, call)
        steps.append(step)
        moves.append(move)
    call.explorer.run()
    found_by_calls = len(call.explorer.steps)
    _dial_names(call)
    passed = {priority.span for priority in call.executed}
    handlers: set[str] = set()
    for step, move in _follow_the_rest(call, handlers):
        steps.append(step)
        moves.append(move)
    _report(call, found)
    steps += call.explorer.steps[:found_by_calls]
    steps += (_seen_elsewhere(step, passed) for step in call.explorer.steps[found_by_calls:])
    if handlers:
        steps = [step._replace(tags=_HANDLER) if step.name in handlers else step for step in steps]
    moves += call.explorer.moves
    moves.sort(key=attrgetter("span.start"))
    if len(dialplan.sources) > 1:
        order = {source: index for index, source in enumerate(dialplan.sources)}
        moves.sort(key=lambda move: order[move.span.source])
    return Flow(tuple(steps), tuple(moves), tuple(dialplan.problems), tuple(dialplan.sources))


def _seen_elsewhere(step: Step, passed: Container[Span]) -> Step:
    """A step that no call comes to, though calls run its instruction without noticing it, is not lost."""
    return step._replace(tags=step.tags | _PASSED) if step.span in passed else step


def _entry(entry: Entry, call: Call) -> tuple[Step, Move]:
    here, tags = f"entry {entry.name}", _SUPPOSED if entry.supposed else NO_TAGS
    if entry.supposed and entry.place.exten == "s" and call.companions.puts_elsewhere(entry.place.context):
        tags = _STRAY
    if entry.supposed and rings_out(entry.place):
        tags |= _STAFF
    step = Step(
        here,
        entry.name,
        StepKind.ENTRY,
        entry.span,
        here,
        tags=tags,
        detail=entry.why,
        part=entry.place.context,
    )
    target, waited = call.to(Onward(entry.place, NOTHING))
    return step, Move(here, target, MoveKind.NEXT, entry.span, heard=waited)


def _report(call: Call, found: list[Entry]) -> None:
    dialplan = call.machine.dialplan
    if not found and dialplan.contexts:
        span = next(iter(dialplan.contexts.values())).span
        message = "nothing that is dialled carries a call into a menu or to a person: nothing is checked"
        call.machine.report(
            ProblemKind.UNSUPPORTED, message, span, "name where calls come in: --entry CONTEXT,EXTEN"
        )
    _report_unread(call)
    _report_forgotten(call)
    _report_callers(call)
    for pad in call.machine.keypads:
        if pad.cut_short:
            context = next(iter(dialplan.contexts.values()))
            message = "a context offers too many different numbers to follow all of them"
            call.machine.report(ProblemKind.UNSUPPORTED, message, context.span)


def _report_unread(call: Call) -> None:
    """A program is told once, however often it is run and with whatever arguments."""
    for (_, why), places in call.constructs.items():
        span = min(places, key=lambda span: (span.path, span.start))
        more = len(places) - 1
        others = f" (and in {more} other {'places' if more > 1 else 'place'})" if more else ""
        call.machine.report(ProblemKind.UNSUPPORTED, f"`{places[span]}`: {why}{others}", span)


def _report_forgotten(call: Call) -> None:
    """Once for the dialplan: in a generated one it would be told of a hundred places."""
    runs = [call.run(target, NOTHING) for target in call.explorer.forgotten if isinstance(target, Place)]
    spans = [run.priority.span for run in runs if run is not None]
    if spans:
        names = [target.name for target in call.explorer.forgotten if isinstance(target, Place)]
        others = f" (as are {len(spans) - 1} other places)" if len(spans) > 1 else ""
        call.machine.report(
            ProblemKind.UNSUPPORTED,
            f"{names[0]} is reached in too many ways to tell them apart{others}",
            spans[0],
            "what variables hold is given up from there on: conditions may go either way",
        )


def _report_callers(call: Call) -> None:
    """Extensions for single callers are not followed: who calls is not known. Told once for a context."""
    touched = {priority.extension.node.context for priority in call.executed}
    for context in call.machine.dialplan.contexts.values():
        single = [each for each in context.extensions.values() if each.caller]
        if single and context.name in touched:
            first, *others = single
            count = len(others)
            more = f" (nor {count} other line{'s' * (count > 1)} of {context.name})" if others else ""
            call.machine.report(
                ProblemKind.UNSUPPORTED,
                f"what {first.name} does for callers from {first.caller} alone is not followed{more}",
                first.span,
            )


# --- what no call can get to


def _follow_the_rest(call: Call, handlers: set[str]) -> Iterator[tuple[Step, Move]]:
    """Extensions that no call has come to, in contexts where calls do come, are part of the flow too, unless
    what should lead to them is garbled.

    The names of those that Asterisk would jump to by itself are put into ``handlers``.
    """
    if "*" in call.machine.maybe:
        return
    dialled = _dialled_contexts(call)
    maybe = led_to(call.machine.maybe, call.machine.outline.contexts)
    touched = {priority.extension.node.context for priority in call.executed}
    for context in call.machine.dialplan.contexts.values():
        if context.name in touched and context.name not in maybe and not context.lacks_some:
            for place in _lost(call, context, context.name in dialled):
                if place.exten in SPECIAL and place.number == 1:
                    handlers.add(place.name)
                yield from _lost_step(call, place)
                call.explorer.run()


def _dial_names(call: Call) -> None:
    """A telephone can dial a name as well as a number: what calls come to in that way is not lost."""
    dialled = _dialled_contexts(call)
    for context in call.machine.dialplan.contexts.values():
        for extension in context.extensions.values() if context.name in dialled else ():
            begun = not call.executed.isdisjoint(extension.priorities.values())
            if begun and 1 in extension.priorities and _is_name(extension):
                call.to(Onward(Place(context.name, extension.name, 1), NOTHING))
    call.explorer.run()


def _is_name(extension: Extension) -> bool:
    if extension.caller or extension.name in SPECIAL or extension.name == "s":
        return False
    return extension.pattern.literal and not is_number(extension, 0)


def _lost_step(call: Call, place: Place) -> Iterator[tuple[Step, Move]]:
    """A step for an instruction that no caller would notice: else nothing would show that it is lost."""
    run = call.run(place, _ANY_CALLER)
    if run is None:  # a name that nothing can be dialled for, not even itself
        return
    target, waited = call.to(Onward(place, _ANY_CALLER))
    decision = decide(run)
    if decision is not None and len(decision.ways) == 1:
        here, span = f"lost {place.name}", run.priority.span
        yield (
            Step(here, place.name, StepKind.SAY, span, here, part=place.context),
            Move(here, target, MoveKind.NEXT, span, heard=waited),
        )


def _dialled_contexts(call: Call) -> set[str]:
    """Contexts that telephones and lines may dial into directly."""
    contexts = call.machine.dialplan.contexts.values()
    included = {each.name: [include.context for include in each.includes] for each in contexts}
    return led_to(roots(call.machine, call.companions), included)


def _lost(call: Call, context: Context, dialled: bool) -> Iterator[Place]:
    start = context.extensions.get(("s", ""))
    if call.machine.dialplan.incomplete and start and call.executed.isdisjoint(start):
        return  # a line of another file may come in there, and go on anywhere in the context
    for extension in context.extensions.values():
        if extension.caller or extension.name in _UNFOLLOWED or 1 not in extension.priorities:
            continue
        if call.executed.issuperset(extension.priorities.values()):
            continue
        if not call.executed.isdisjoint(extension.priorities.values()):
            yield from _lost_parts(call, context, extension)
        elif dialled and extension.name not in SPECIAL:
            continue
        elif not _left_open(call, context, extension):
            yield _first(context, extension, 1)


def _left_open(call: Call, context: Context, extension: Extension) -> bool:
    """May an extension of which no entry was made lead to this handler? ``o`` may be allowed by a
    voicemail.conf that was not given, ``e`` runs when an application fails, too; where no file tells what
    telephones dial into, they may dial all numbers; a program outside may send calls anywhere.
    """
    if extension.name == "e" or (extension.name == "o" and call.companions.voicemail is None):
        return True
    if _LETTERS.fullmatch(extension.name):
        return True  # not all telephones have such keys
    if not _is_inner(context, extension) and _is_steered(call.machine.dialplan):
        return True
    if extension.name in ("t", "i") and not _EVERYTHING.isdisjoint(name for name, _ in context.extensions):
        return True  # written to keep it from the pattern
    if not call.companions.all_dialled and _may_be_dialled(call, context, extension):
        return True
    using = _USING.get(extension.name, frozenset())
    instructions = (each for other in context.extensions.values() for each in other)
    return any(each.does in using and each not in call.executed for each in instructions)


def _is_inner(context: Context, extension: Extension) -> bool:
    """Is it for the dialplan alone, so that no program sends calls there?"""
    return context.name.startswith("macro-") or _INNER.fullmatch(extension.name) is not None


def _is_steered(dialplan: Dialplan) -> bool:
    """Does a program outside take calls over? It can send them on into any extension."""
    extensions = (each for context in dialplan.contexts.values() for each in context.extensions.values())
    return any(priority.does == "stasis" for extension in extensions for priority in extension)


def _may_be_dialled(call: Call, context: Context, extension: Extension) -> bool:
    """Is it a number, and no key of a menu?"""
    asked = any(each.node in call.machine.outline.listening for each in context.extensions.values())
    return extension.name not in SPECIAL and is_number(extension, shortest=SHORTEST_NUMBER if asked else 1)


def _lost_parts(call: Call, context: Context, extension: Extension) -> Iterator[Place]:
    """Priorities that no call comes to although it comes to the extension; only what callers would notice,
    and up to where calls are dropped for what is not there.
    """
    for priority in extension:
        if (ProblemKind.UNDEFINED_TARGET, priority.span) in call.machine.reported:
            return
        if priority not in call.executed and priority.does in _NOTICED:
            yield _first(context, extension, priority.number)


def _first(context: Context, extension: Extension, number: int) -> Place:
    if extension.name.startswith("_"):
        return Place(context.name, digits(extension.name[1:]), number, extension.name)
    return Place(context.name, extension.name, number)
