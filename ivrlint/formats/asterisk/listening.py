"""Background and WaitExten: keys that call an extension of the context."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ivrlint.explore import Facts
from ivrlint.flow import AT_ONCE, Duration, Listening, Move, MoveKind, Prompt, Step, StepKind
from ivrlint.formats.asterisk.arguments import argument, seconds, split
from ivrlint.formats.asterisk.dialplan import Include
from ivrlint.formats.asterisk.follow import HOURS, NO_TAGS, Seen
from ivrlint.formats.asterisk.hours import sides
from ivrlint.formats.asterisk.keypad import Choice
from ivrlint.formats.asterisk.machine import CLOSED, OPEN
from ivrlint.formats.asterisk.names import SPEAKING
from ivrlint.formats.asterisk.outline import TIMEOUTS
from ivrlint.formats.asterisk.patterns import KEYS
from ivrlint.formats.asterisk.quiet import decide
from ivrlint.formats.asterisk.running import Run
from ivrlint.formats.asterisk.sounds import spoken
from ivrlint.formats.asterisk.state import Nowhere, Onward, Place, frames, popped, text
from ivrlint.formats.asterisk.values import digits, shown
from ivrlint.speech import until_named, whole

Described = tuple[Step, list[Move]]

DIGIT_TIMEOUT = Duration(5_000)
RESPONSE_TIMEOUT = Duration(10_000)
"""Unless TIMEOUT() says otherwise."""

_SHOWN = frozenset(("demonstration",))
_UNWRITTEN = frozenset(("unwritten",))

SHORTEST_NUMBER = 3
"""Literal extensions of so many digits are taken for numbers that a caller knows, not for options."""


class Heard(NamedTuple):
    """A stretch of Background and WaitExten during which the same keys work."""

    prompts: tuple[Prompt, ...]
    wait: Duration | None  # None: nobody waits after the last prompt
    silence: Onward
    last: Run


def menu(seen: Seen) -> Described:
    """Background and what follows it, or WaitExten alone."""
    timed = _undecided(seen)
    if timed is not None:
        return _by_time(seen, timed)
    heard = _listen(seen)
    machine = seen.run.machine
    context, facts = key_context(seen.run)
    at_once = _at_once(seen, context, facts) if heard.last is seen.run else frozenset()
    options = _offered(seen, context, facts, heard.prompts, at_once)
    waited = whole(heard.prompts).plus(heard.wait or AT_ONCE)
    unwritten = _is_unwritten(seen.run)
    if not options and (heard.wait is None or unwritten) and _takes_no_keys(seen, context, facts):
        step = seen.step(StepKind.SAY, prompts=heard.prompts)
        return step, [seen.move(MoveKind.NEXT, heard.silence, waited)]
    moves = [*options, *_elsewhere(seen, context, facts)]
    drops = {MoveKind.SILENCE} if _hung_up(heard.silence) else set()
    wrong = None if _passes_over_wrong_keys(seen, heard, at_once) else machine.keypad(context, facts).wrong
    if wrong is not None:
        onward = machine.invalid(context, facts, "a key that is not offered, and no `i`", seen.span)
        moves.append(_wrong(seen, wrong, facts, onward))
        drops |= {MoveKind.WRONG} if _hung_up(onward) else set()
    moves.append(seen.move(MoveKind.SILENCE, heard.silence, waited, span=heard.last.priority.span))
    pause = timeout(facts, TIMEOUTS[0], DIGIT_TIMEOUT)
    listening = Listening(heard.wait.ms if heard.wait else 0, pause.ms, True, drops=frozenset(drops))
    tags = _UNWRITTEN if unwritten else _SHOWN if _is_demonstration(heard.prompts) else NO_TAGS
    return seen.step(StepKind.MENU, menu_name(seen.run), heard.prompts, listening=listening, tags=tags), moves


def _takes_no_keys(seen: Seen, context: str, facts: Facts) -> bool:
    """Is ``context`` known, and nothing written there for wrong keys?"""
    table = seen.run.machine.table(context, facts)
    return not table.missing and table.instruction("i", 1) is None


def _is_demonstration(prompts: tuple[Prompt, ...]) -> bool:
    """Is everything heard from the sounds with which Asterisk shows itself?"""
    return bool(prompts) and all(prompt.audio.startswith("demo-") for prompt in prompts)


def _is_unwritten(run: Run) -> bool:
    """Is nothing written here? Behind the last priority Asterisk can be set to wait."""
    return run.machine.instruction(run.place._replace(doing=""), run.facts) is None


def _offered(
    seen: Seen, context: str, facts: Facts, prompts: tuple[Prompt, ...], at_once: Collection[str]
) -> list[Move]:
    """The options of ``context``, but none that begin with keys of ``at_once``; before them the single keys
    of another one that Background names.
    """
    choices = seen.run.machine.keypad(context, facts).choices
    own = [choice for choice in choices if not _begins(choice).issubset(at_once)]
    other = _other_context(seen, context)
    if not other:
        return list(_options(seen, own, context, facts, prompts))
    first = list(_options(seen, _singles(seen, other, facts), other, facts, prompts))
    keys = {move.keys for move in first}
    moves = _options(seen, own, context, facts, prompts)
    return [*first, *(move for move in moves if move.keys not in keys)]


def _other_context(seen: Seen, context: str) -> str:
    """The context that Background names for its keys; "" if it is the call's own, or none."""
    other = argument(split(seen.run.args), 3) if seen.run.app == "background" else ""
    return "" if other == context or other not in seen.run.machine.dialplan.contexts else other


def _singles(seen: Seen, other: str, facts: Facts) -> list[Choice]:
    """Keys that lead into ``other``: those that match there and that nothing longer begins with."""
    choices = seen.run.machine.keypad(other, facts).choices
    return [choice for choice in choices if len(choice.keys) == 1 and not choice.waits]


def _at_once(seen: Seen, context: str, facts: Facts) -> frozenset[str]:
    """Keys that are gone as soon as they are pressed, so that nothing in ``context`` begins with them."""
    other = _other_context(seen, context)
    return frozenset(choice.keys for choice in _singles(seen, other, facts)) if other else frozenset()


def _begins(choice: Choice) -> frozenset[str]:
    """With which keys the numbers of ``choice`` begin."""
    if len(choice.keys) == 1 or choice.extension is None:
        return frozenset(choice.keys[:1])
    signs = choice.extension.pattern.positions
    return frozenset(signs[0] if signs else KEYS).intersection(KEYS)


def _hung_up(onward: Onward) -> bool:
    """Does Asterisk hang up by itself, because nothing is written?"""
    return isinstance(onward.place, Nowhere) and not onward.place.unknown


def _passes_over_wrong_keys(seen: Seen, heard: Heard, at_once: Collection[str]) -> bool:
    """Does every key lead elsewhere at once, or only those interrupt the prompt that match (option ``m``)?"""
    only_matching = heard.wait is None and "m" in argument(split(seen.run.args), 1)
    return only_matching or set(KEYS) <= set(at_once)


def menu_name(run: Run) -> str:
    """What people call a menu: its context, unless it is not at the context's start."""
    place = run.place
    context = run.machine.dialplan.contexts.get(place.context)
    title = context.title if context else ""
    if place.exten == "s":
        return title or place.context
    return f"{title or place.context},{place.via or shown(place.exten)}"


def key_context(run: Run) -> tuple[str, Facts]:
    """Where keys are looked up: a macro's keys in the context that called it."""
    context, facts = run.place.context, run.facts
    stack = frames(facts)
    while stack and stack[0].macro == context:
        context, facts = stack[0].back.context, popped(stack, facts)
        stack = stack[1:]
    return context, facts


def timeout(facts: Facts, name: str, default: Duration) -> Duration:
    """What ``TIMEOUT()`` was set to; ``default`` if it was not."""
    given = text(facts, name)
    value = None if given is None else seconds(given)
    return default if value is None else Duration(round(value * 1000))


def _listen(seen: Seen) -> Heard:
    """Collects prompts until something else happens."""
    run = seen.run
    prompts: list[Prompt] = []
    call = seen.call
    while True:
        if run.app == "waitexten":
            return _waiting(run, tuple(prompts))
        first = argument(split(run.args), 0)
        if run.app == SPEAKING:
            prompts += spoken(first.strip('"'), run.priority.span)
        else:
            prompts += call.sounds.prompts(first, run.priority.span)
        onward = run.on()
        following = _next_listening(seen, run, onward)
        if following is None:
            return Heard(tuple(prompts), None, onward, run)
        run = following


def _next_listening(seen: Seen, first: Run, onward: Onward) -> Run | None:
    """The next Background or WaitExten, if nothing that matters happens before it."""
    begun = _lasting(first.facts)
    for _ in range(50):
        if isinstance(onward.place, Nowhere) or onward.place[:2] != first.place[:2]:
            return None
        if onward.place.number <= first.place.number or _lasting(onward.facts) != begun:
            return None
        run = seen.call.run(onward.place, onward.facts)
        if run is None:
            return None
        if run.app in ("background", SPEAKING, "waitexten"):
            return run
        decision = decide(run)
        if decision is None or len(decision.ways) != 1 or decision.waited != AT_ONCE:
            return None
        onward = decision.ways[0].onward
    return None


def _lasting(facts: Facts) -> dict[str, object]:
    return {name: value for name, value in facts.items() if not name.startswith("TIMEOUT(")}


def _waiting(run: Run, prompts: tuple[Prompt, ...]) -> Heard:
    given = seconds(argument(split(run.args), 0))
    wait = (
        timeout(run.facts, TIMEOUTS[1], RESPONSE_TIMEOUT) if given is None else Duration(round(given * 1000))
    )
    if run.machine.instruction(run.place.at(run.place.number + 1), run.facts) is not None:
        following = run.on()
    else:
        following = run.machine.timed_out(run.place, run.place.context, run.facts, run.priority.span)
    return Heard(prompts, wait, following, run)


# --- what keys do


def _options(
    seen: Seen, choices: Iterable[Choice], context: str, facts: Facts, prompts: tuple[Prompt, ...]
) -> Iterator[Move]:
    pause = timeout(facts, TIMEOUTS[0], DIGIT_TIMEOUT)
    done: set[tuple[int, bool]] = set()
    for choice in choices:
        value, label = _value(seen, choice)
        if value != choice.keys and len(choice.keys) == 1:
            key = id(choice.extension), choice.waits
            if key in done:
                continue
            done.add(key)
        assert choice.extension is not None
        via = "" if value == choice.keys else choice.extension.name
        heard = until_named(prompts, choice.keys).plus(pause if choice.waits else AT_ONCE)
        yield seen.move(
            choice_kind(choice),
            Onward(Place(context, value, 1, via), facts),
            heard,
            span=choice.extension.priorities[1].span,
            keys=choice.keys if len(choice.keys) == 1 or choice.exact else "",
            label=label,
            keypresses=len(choice.keys),
            deed=seen.call.deed(choice.extension),
        )


def _value(seen: Seen, choice: Choice) -> tuple[str, str]:
    """What ``${EXTEN}`` is to be; keys of one pattern stay together unless something tells them apart."""
    extension = choice.extension
    assert extension is not None
    if not choice.label or extension.pattern.literal:
        return choice.value, "" if choice.exact else extension.name
    live = seen.run.machine.outline.live.get(extension.node, frozenset())
    if "EXTEN" in live:
        return choice.value, ""
    return digits(extension.name[1:]), choice.label


def choice_kind(choice: Choice) -> MoveKind:
    """Is this an option, or a number that the caller knows?"""
    if len(choice.keys) == 1 or (choice.exact and len(choice.keys) < SHORTEST_NUMBER):
        return MoveKind.KEY
    return MoveKind.DIAL


def _wrong(seen: Seen, wrong: Choice, facts: Facts, onward: Onward) -> Move:
    heard = timeout(facts, TIMEOUTS[0], DIGIT_TIMEOUT) if wrong.waits else AT_ONCE
    return seen.move(MoveKind.WRONG, onward, heard, keypresses=len(wrong.keys))


def _elsewhere(seen: Seen, context: str, facts: Facts) -> Iterator[Move]:
    """Keys that a switch or a context in no file given may offer."""
    machine = seen.run.machine
    table = machine.table(context, facts)
    for switch in table.switches:
        reason = f"what `switch => {switch.driver}/{switch.data}` offers is not known"
        yield seen.move(
            MoveKind.DIAL,
            Onward(Nowhere(reason, context, switch.span, True), facts),
            span=switch.span,
            keypresses=1,
        )
    for include in table.missing if machine.dialplan.incomplete else ():
        reason = f"what the included context `{include.context}` offers is in none of the files given"
        yield seen.move(
            MoveKind.DIAL,
            Onward(Nowhere(reason, context, include.span, True), facts),
            span=include.span,
            keypresses=1,
        )


# --- includes that hold at some times only


def _undecided(seen: Seen) -> Include | None:
    """A timed include of which it is not known yet whether it holds."""
    context, facts = key_context(seen.run)
    timed = seen.run.machine.tables[context].timed
    if not timed:
        return None
    known = _times(facts, OPEN) | _times(facts, CLOSED)
    return next((include for times, include in timed.items() if times not in known), None)


def _times(facts: Facts, name: str) -> frozenset[str]:
    found = facts.get(name, frozenset())
    assert isinstance(found, frozenset)
    return found


def _by_time(seen: Seen, include: Include) -> Described:
    met, unmet, usual_met, usual_unmet = sides(include.times)
    step = seen.step(StepKind.CHECK, condition=include.times, tags=HOURS)
    moves = []
    for name, label, usual in ((OPEN, met, usual_met), (CLOSED, unmet, usual_unmet)):
        facts = seen.run.facts.learn(name, _times(seen.run.facts, name) | {include.times})
        onward = Onward(seen.run.place, facts)
        if seen.call.run(seen.run.place, facts) is None:
            continue  # what is running now is included so itself: the call would not be here
        moves.append(
            seen.move(
                MoveKind.WHEN, onward, span=include.span, label=label, condition=include.times, usual=usual
            )
        )
    return step, moves
