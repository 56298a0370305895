"""Read and ReadExten: keys that go into a variable, which later instructions look at."""

from __future__ import annotations

from typing import NamedTuple

from ivrlint.flow import AT_ONCE, Duration, Listening, Move, MoveKind, Prompt, StepKind
from ivrlint.formats.asterisk.arguments import argument, integer, seconds, split
from ivrlint.formats.asterisk.follow import Seen
from ivrlint.formats.asterisk.listening import (
    DIGIT_TIMEOUT,
    RESPONSE_TIMEOUT,
    SHORTEST_NUMBER,
    Described,
    choice_kind,
    menu_name,
    timeout,
)
from ivrlint.formats.asterisk.outline import TIMEOUTS
from ivrlint.formats.asterisk.state import Onward, assign
from ivrlint.formats.asterisk.values import TYPED, digits
from ivrlint.speech import until_named, whole

_MOST_VALUES = 200


class Asked(NamedTuple):
    """What a Read takes."""

    variable: str
    prompts: tuple[Prompt, ...]
    most: int
    attempts: int
    wait: Duration


def read(seen: Seen) -> Described:
    """``Read``: digits into a variable, and on; a menu where single values lead to different places."""
    asked = _asked(seen)
    options, rest = _answers(seen, asked)
    menu = any(move.kind is MoveKind.KEY for move in options)
    moves = [*options, *rest]
    waited = whole(asked.prompts).plus(asked.wait).times(asked.attempts)
    moves.append(seen.move(MoveKind.SILENCE, _answered(seen, asked, ""), waited, attempts=asked.attempts))
    kind = StepKind.MENU if menu else StepKind.ASK
    listening = Listening(asked.wait.ms, asked.wait.ms, True, fewest=0, most=asked.most, terminator="#")
    return seen.step(kind, menu_name(seen.run), asked.prompts, listening=listening), moves


def _asked(seen: Seen) -> Asked:
    run = seen.run
    args = split(run.args)
    most = integer(argument(args, 2)) or 255
    tries = integer(argument(args, 4)) or 1
    given = seconds(argument(args, 5))
    wait = Duration(round(given * 1000)) if given else timeout(run.facts, TIMEOUTS[1], RESPONSE_TIMEOUT)
    prompts = seen.call.sounds.prompts(argument(args, 1), run.priority.span)
    return Asked(argument(args, 0), prompts, min(most, 255), tries, wait)


def _answered(seen: Seen, asked: Asked, value: str) -> Onward:
    run = seen.run
    facts = run.facts
    if asked.variable in run.machine.outline.interesting:
        facts = assign(facts, asked.variable, value)
    else:
        facts = facts.forget(asked.variable)
    status = "OK" if len(value) == asked.most else None if value else "TIMEOUT"
    if "READSTATUS" in run.machine.outline.interesting:
        facts = assign(facts, "READSTATUS", status)
    return run.on(facts)


def _answers(seen: Seen, asked: Asked) -> tuple[list[Move], list[Move]]:
    """Moves of the values that matter, and of all others."""
    if asked.variable not in seen.run.machine.outline.interesting:
        return [], [_typed(seen, asked, f"{TYPED}!", 1)]
    rest = _others(seen, asked) if asked.most > 1 else []
    elsewhere = {move.target for move in rest}
    by_target: dict[str, list[Move]] = {}
    for value in _candidates(seen, asked):
        heard = until_named(asked.prompts, value).plus(asked.wait if len(value) < asked.most else AT_ONCE)
        kind = MoveKind.KEY if len(value) < SHORTEST_NUMBER else MoveKind.DIAL
        move = seen.move(kind, _answered(seen, asked, value), heard, keys=value)
        if move.target not in elsewhere:
            by_target.setdefault(move.target, []).append(move)
    if asked.most == 1:
        return _single(by_target)
    options = [move for moves in by_target.values() for move in moves]
    if options and asked.most <= SHORTEST_NUMBER - 1:
        rest = [_as(move, MoveKind.WRONG) for move in rest]
    return options, rest


def _single(by_target: dict[str, list[Move]]) -> tuple[list[Move], list[Move]]:
    """One key: what most keys do is what a key that is not offered does."""
    common = max(by_target.values(), key=len)
    if len(common) < 5:
        return [move for moves in by_target.values() for move in moves], []
    kind = MoveKind.WRONG if len(by_target) > 1 else MoveKind.DIGITS
    rest = [_as(common[0], kind)]
    return [move for moves in by_target.values() if moves is not common for move in moves], rest


def _as(move: Move, kind: MoveKind) -> Move:
    return Move(
        move.source, move.target, kind, move.span, "", move.label, move.keypresses, move.attempts, move.heard
    )


def _candidates(seen: Seen, asked: Asked) -> list[str]:
    if asked.most == 1:
        return list("1234567890*")
    outline, machine = seen.run.machine.outline, seen.run.machine
    found = dict.fromkeys(outline.compared(asked.variable))
    for context in outline.leads_into(asked.variable):
        for extension in machine.table(context or seen.run.place.context, seen.run.facts).extensions:
            if extension.pattern.literal:
                found["".join(sign for sign in extension.name if sign in "0123456789*#")] = None
    fitting = [value for value in found if value and len(value) <= asked.most and "#" not in value]
    return fitting[:_MOST_VALUES]


def _others(seen: Seen, asked: Asked) -> list[Move]:
    """Any other digits: by their number, if anything looks at that."""
    if asked.variable not in seen.run.machine.outline.measured:
        return [_typed(seen, asked, f"{TYPED}!", 1)]
    fewest: dict[str, Move] = {}
    for count in range(1, min(asked.most, 20) + 1):
        move = _typed(seen, asked, TYPED * count, count)
        fewest.setdefault(move.target, move)
    return list(fewest.values())


def _typed(seen: Seen, asked: Asked, pattern: str, count: int) -> Move:
    heard = whole(asked.prompts).plus(asked.wait if count < asked.most else AT_ONCE)
    onward = _answered(seen, asked, digits(pattern, other=True))
    return seen.move(MoveKind.DIGITS, onward, heard, keypresses=count)


def read_exten(seen: Seen) -> Described:
    """``ReadExten``: an extension of a context into a variable, and on."""
    run = seen.run
    args = split(run.args)
    variable, context = argument(args, 0), argument(args, 2) or run.place.context
    prompts = seen.call.sounds.prompts(argument(args, 1), run.priority.span)
    given = seconds(argument(args, 4))
    wait = (
        timeout(run.facts, TIMEOUTS[1], RESPONSE_TIMEOUT) if given is None else Duration(round(given * 1000))
    )
    pause = timeout(run.facts, TIMEOUTS[0], DIGIT_TIMEOUT)
    keypad = run.machine.keypad(context, run.facts)
    moves = []
    for choice in keypad.choices:
        heard = until_named(prompts, choice.keys).plus(pause if choice.waits else AT_ONCE)
        onward = run.on(assign(run.facts, variable, choice.value))
        keys = choice.keys if choice.exact else ""
        moves.append(seen.move(choice_kind(choice), onward, heard, keys=keys, keypresses=len(choice.keys)))
    if keypad.wrong is not None:
        moves.append(
            seen.move(
                MoveKind.WRONG, run.on(assign(run.facts, variable, "i")), keypresses=len(keypad.wrong.keys)
            )
        )
    moves.append(
        seen.move(MoveKind.SILENCE, run.on(assign(run.facts, variable, "t")), whole(prompts).plus(wait))
    )
    return seen.step(StepKind.MENU, menu_name(run), prompts), moves
