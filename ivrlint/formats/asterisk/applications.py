"""What a caller notices of each application: one small function for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ivrlint.flow import Duration, Move, MoveKind, Prompt, Step, StepKind
from ivrlint.formats.asterisk.arguments import argument, seconds, split
from ivrlint.formats.asterisk.follow import NO_TAGS, Seen
from ivrlint.formats.asterisk.listening import Described, key_context, menu
from ivrlint.formats.asterisk.names import (
    DROPPING,
    ELSEWHERE,
    HUMANS,
    PLAYED,
    PROGRAMS,
    SPEAKING,
    SPOKEN,
    variables,
)
from ivrlint.formats.asterisk.reading import read, read_exten
from ivrlint.formats.asterisk.running import Run
from ivrlint.formats.asterisk.sounds import spoken
from ivrlint.formats.asterisk.state import Nowhere, Onward, Place, without_variables
from ivrlint.formats.asterisk.values import is_known, is_unknown, known_parts, shown
from ivrlint.speech import whole


def describe(seen: Seen) -> tuple[Step, list[Move]]:
    """The step of an instruction and the moves out of it."""
    app = seen.run.app
    handler = _HANDLERS.get(app)
    if handler is not None:
        return handler(seen)
    if app in ELSEWHERE:
        return _elsewhere(seen, ELSEWHERE[app], variables=True)
    if app in HUMANS:
        return _person(seen)
    if app in SPOKEN or app in PLAYED:
        return _heard(seen)
    name = seen.run.app if seen.run.place.doing else seen.run.priority.app
    why = f"`{name}` is no application of Asterisk that is known here"
    return _elsewhere(seen, why, variables=True)


def _heard(seen: Seen) -> Described:
    """Something is played or said, and the call goes on."""
    run = seen.run
    first = argument(split(run.args), 0)
    prompts: tuple[Prompt, ...]
    tags = NO_TAGS
    if run.app in SPOKEN:
        prompts = spoken(
            first.strip('"'), seen.span, digits=run.app.startswith(("saydigits", "sayalpha", "sayphon"))
        )
    elif run.app in ("playback", "controlplayback"):
        prompts = seen.call.sounds.prompts(first, seen.span)
    else:
        prompts = (Prompt("", Duration(exact=False), seen.span),)
        tags = _MAILBOX if run.app == "voicemailmain" else _WORDLESS
    step = seen.step(StepKind.SAY, prompts=prompts, tags=tags)
    return step, [seen.move(MoveKind.NEXT, run.on(), whole(prompts))]


def _dropped(seen: Seen) -> Described:
    return seen.step(StepKind.END), []


def _elsewhere(seen: Seen, why: str, variables: bool = False) -> Described:
    """Control leaves the dialplan; the call may come back to the next priority (``variables``: with any of
    them set).
    """
    run = seen.run
    args, app = shown(run.args), run.priority.app if not run.place.doing else run.app
    name = f"{app}({run.raw})"
    construct = name if not variables else app
    if run.app in PROGRAMS:
        construct = f"{app}({argument(split(args), 0)})"
    seen.call.unread(construct, name, why, seen.span)
    tags = NO_TAGS if run.app in _NO_PROGRAMS else _PROGRAM
    step = seen.step(StepKind.UNKNOWN, name, target=args, detail=why, tags=tags)
    onward = run.on(without_variables(run.facts) if variables else run.facts)
    return step, [] if isinstance(onward.place, Nowhere) else [seen.move(MoveKind.NEXT, onward)]


# --- people


def _person(seen: Seen) -> Described:
    args = split(seen.run.args)
    target = shown(argument(args, 0)) or seen.run.app
    tags = _ANNOUNCED if seen.run.app in _CONFERENCES else NO_TAGS
    step = seen.step(StepKind.HUMAN, target, target=target, tags=tags)
    waited = Duration(exact=False)
    return step, [seen.move(MoveKind.OVERFLOW, seen.run.on(), waited, label="nobody there")]


def _dial(seen: Seen) -> Described:
    """``Dial(who,timeout,options)``."""
    run = seen.run
    args = split(run.args)
    who, timeout, options = argument(args, 0), seconds(argument(args, 1)), argument(args, 2)
    options = "".join(known_parts(options))
    flags = _flags(options)
    strange = _local(seen, who)
    if strange:
        return _elsewhere(seen, strange)
    rings = Duration(exact=False) if timeout is None else Duration(round(timeout * 1000))
    moves: list[Move] = []
    if "d" in flags:
        context, _ = key_context(run)
        moves += _exits(seen, context)
    moves += _after_answer(seen, flags, options)
    moves.append(seen.move(MoveKind.OVERFLOW, run.on(), rings, label="unanswered"))
    name = shown(who) or "Dial"
    tags = _DIALLED if variables(argument(split(run.raw), 0)) & run.machine.outline.typed else NO_TAGS
    return seen.step(StepKind.HUMAN, name, target=shown(who), tags=tags), moves


def _after_answer(seen: Seen, flags: str, options: str) -> Iterator[Move]:
    """``g`` and ``F`` go on behind Dial; ``F(...)`` there, and ``G(...)`` there (the one who was called, one
    priority further).
    """
    run = seen.run
    jumps = {name: place.replace("^", ",") for name, place in _JUMP.findall(options)}
    for flag in "gGF":
        if flag in flags and flag not in jumps:
            yield seen.move(MoveKind.NEXT, run.on(), Duration(exact=False), label="after the call")
            return
    for name, place in jumps.items():
        for way in run.goto(place):
            yield seen.move(MoveKind.NEXT, way.onward, Duration(exact=False), label="after the call")
            there = way.onward.place
            if name == "G" and isinstance(there, Place):
                onward = run.machine.after(there, way.onward.facts, seen.span)
                yield seen.move(MoveKind.NEXT, onward, Duration(exact=False), label="who was called")


_JUMP = re.compile(r"([GF])\(([^)]+)\)")


def _flags(options: str) -> str:
    """Option letters without what stands in their brackets."""
    letters, depth = "", 0
    for sign in options:
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif not depth:
            letters += sign
    return letters


def _local(seen: Seen, who: str) -> str:
    """Why it is not known whom a ``Local/`` channel rings; "" if it rings somebody."""
    machine = seen.run.machine
    for part in who.split("&"):
        technology, _, rest = part.partition("/")
        if technology.lower() != "local" or is_unknown(rest):
            return ""
        exten, _, context = rest.partition("@")
        context = context.partition("/")[0]
        found = machine.table(context, seen.run.facts).matching(exten)
        if not found:
            if machine.dialplan.incomplete:
                return ""
            continue
        if found[0].node in machine.outline.carries:
            return ""
    return "what it rings leads to nobody that the dialplan shows"


def _exits(seen: Seen, context: str) -> Iterator[Move]:
    """Keys that leave a ringing Dial, or a queue: on the first exact match."""
    facts = key_context(seen.run)[1]
    for choice in seen.run.machine.keypad(context, facts).choices:
        if len(choice.keys) == 1 and choice.extension is not None:
            onward = Onward(Place(context, choice.keys, 1), facts)
            span = choice.extension.priorities[1].span
            yield seen.move(MoveKind.KEY, onward, span=span, keys=choice.keys)


def _queue(seen: Seen) -> Described:
    """``Queue(name,options,url,announce,timeout)``."""
    run = seen.run
    args = split(run.args)
    queue, timeout = shown(argument(args, 0)), seconds(argument(args, 4))
    if seen.call.companions.lacks(queue) and is_known(argument(args, 0)):
        return _elsewhere(
            seen,
            f"there is no queue `{queue}` in queues.conf; unless it is kept in a database, the call goes on",
        )
    moves: list[Move] = []
    context = seen.call.companions.exit_context(queue)
    if context in run.machine.dialplan.contexts:
        moves += _exits(seen, context)
    waited = Duration(exact=False) if timeout is None else Duration(round(timeout * 1000))
    label = "full or empty" if timeout is None else f"nobody within {timeout:g} s"
    moves.append(seen.move(MoveKind.OVERFLOW, run.on(), waited, label=label))
    return seen.step(StepKind.HUMAN, queue or "Queue", target=queue, tags=_QUEUE), moves


# --- messages and names


def _voicemail(seen: Seen) -> Described:
    """``VoiceMail(box)``: 0 leads to ``o`` where that is allowed, * to ``a``."""
    run = seen.run
    box = shown(argument(split(run.args), 0))
    moves = []
    for key, name in (("0", "o"), ("*", "a")):
        allowed = key == "*" or seen.call.companions.operator(box)
        onward = _exit(run, name, seen.call.companions.voicemail_exit) if allowed else None
        if onward:
            moves.append(seen.move(MoveKind.KEY, onward, keys=key))
    moves.append(seen.move(MoveKind.NEXT, run.on(), Duration(exact=False)))
    return seen.step(StepKind.VOICEMAIL, f"voicemail {box}".strip(), target=box), moves


def _exit(run: Run, name: str, context: str) -> Onward | None:
    """Where a voicemail lets a caller out: in ``context`` if that is set, else in that of the call, which in
    a macro is the macro's own, else in that of the macro's caller (app_voicemail.c, ``leave_voicemail``).
    """
    caller, facts = key_context(run)
    places = [(context, facts)] if context else [(run.place.context, run.facts), (caller, facts)]
    for there, known in places:
        if run.machine.table(there, known).instruction(name, 1) is not None:
            return Onward(Place(there, name, 1), known)
    return None


def _record(seen: Seen) -> Described:
    """``Record(file)``: the caller speaks after a tone."""
    onward = seen.run.on()
    return seen.step(StepKind.VOICEMAIL), [seen.move(MoveKind.NEXT, onward, Duration(exact=False))]


def _directory(seen: Seen) -> Described:
    """``Directory(voicemail context,dial context,options)``: names are spelled, 0 is ``o``, * ``a``."""
    run = seen.run
    args = split(run.args)
    here, facts = key_context(run)
    context = argument(args, 1) or argument(args, 0) or here
    moves = []
    table = run.machine.table(context, facts)
    for key, name in (("0", "o"), ("*", "a")):
        if table.instruction(name, 1) is not None:
            moves.append(seen.move(MoveKind.KEY, Onward(Place(context, name, 1), facts), keys=key))
    boxes = seen.call.companions.people(argument(args, 0) or "default")
    found = [(box, owner) for box, owner in boxes.items() if table.instruction(box, 1) is not None]
    for box, owner in found[:100]:
        onward = Onward(Place(context, box, 1), facts)
        moves.append(seen.move(MoveKind.DIAL, onward, label=owner, keypresses=4))
    if not boxes:
        given = seen.call.companions.voicemail is not None
        reason = f"whom the directory knows is {'not in' if given else 'in'} voicemail.conf"
        reason += "" if given else ", which was not given"
        onward = Onward(Nowhere(reason, run.place.name, seen.span, True), facts)
        moves.append(seen.move(MoveKind.DIAL, onward, keypresses=4))
    moves.append(seen.move(MoveKind.SILENCE, run.on(), Duration(exact=False)))
    return seen.step(StepKind.ASK, f"directory {shown(argument(args, 0))}".strip()), moves


def _authenticate(seen: Seen) -> Described:
    """A password: right goes on, three wrong ones hang up."""
    drop = Onward(
        Nowhere("the password is wrong: Asterisk hangs up", seen.run.place.name, seen.span), seen.run.facts
    )
    password = argument(split(seen.run.args), 0)
    count = len(password) if password.isdigit() else 1
    moves = [
        seen.move(MoveKind.DIGITS, seen.run.on(), keypresses=count + 1),
        seen.move(MoveKind.WRONG, drop, keypresses=3, attempts=3),
    ]
    return seen.step(StepKind.ASK, tags=_LOCK), moves


_LOCK = frozenset(("lock",))
_WORDLESS = frozenset(("wordless",))
_MAILBOX = _LOCK | _WORDLESS
_PROGRAM = frozenset(("program",))
_NO_PROGRAMS = (HUMANS | ELSEWHERE.keys()) - PROGRAMS
_DIALLED = frozenset(("dialled",))
_ANNOUNCED = frozenset(("announced",))
_CONFERENCES = frozenset(("confbridge", "meetme"))
"""They say themselves who is there."""

_QUEUE = frozenset(("queue",))
_HANDLERS: dict[str, Callable[[Seen], Described]] = {
    "background": menu,
    SPEAKING: menu,
    "waitexten": menu,
    "read": read,
    "readexten": read_exten,
    "dial": _dial,
    "queue": _queue,
    "voicemail": _voicemail,
    "minivmrecord": _voicemail,
    "record": _record,
    "directory": _directory,
    "authenticate": _authenticate,
    "vmauthenticate": _authenticate,
    **dict.fromkeys(DROPPING, _dropped),
}
