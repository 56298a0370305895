"""A line from which no human can be reached.

## What it does
Reports an entry from which no route leads to a human: proved, with nothing unknown on the way. Routes through
faults and overflowing queues do not count; where a fault leads to a human, the message says so. Where a line
leads to something that is not there, that is what is reported (IVR501): the missing step may be the human,
and once it is there, this rule tells. A number that only seems to be a line (in dialplans, which do not say
where calls come in) is reported if it lets its callers choose between several things; a flow of a cloud
service that nothing leads to, not if it only announces something or takes a message. Where the platform
makes the call, nobody has called, and who runs the system calls in for that.

## Why is this bad
Some callers have a question that no menu answers. They call again, complain elsewhere, or leave.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For opening hours, press 1. For our address, press 2."
  1 "opening hours" -> opening
  2 "address" -> address
  timeout 5s x2 -> bye
  invalid x3 -> bye
}
say opening "We are open from eight to six." -> bye
say address "You find us at 1 Main Street." -> bye
end bye "Goodbye."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For opening hours, press 1. For our address, press 2. To speak with us, press 0."
  1 "opening hours" -> opening
  2 "address" -> address
  0 "speak with us" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
say opening "We are open from eight to six." -> bye
say address "You find us at 1 Main Street." -> bye
queue agents "Please hold for an agent."
end bye "Goodbye."
```

## Source
GetHuman standard 1.0, item 1: callers must always be able to reach a human (P).
(P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import MoveKind, Step, StepKind
from ivrlint.routes import Verdict
from ivrlint.rules import Context
from ivrlint.words import plural

CODE = "IVR102"
NAME = "no-human"
SEVERITY = Severity.ERROR


_NOT_FOR_CUSTOMERS = frozenset({"stray", "outgoing", "staff"})
"""Tags of entries."""

_ANNOUNCED = frozenset({StepKind.ENTRY, StepKind.CHECK, StepKind.SAY, StepKind.END})
"""What an announcement is made of."""


def check(context: Context) -> Iterator[Violation]:
    """One violation for the entries that are proved to lead to nobody and come to the same first step."""
    found: dict[str, list[Step]] = {}
    for entry in context.routes.entries:
        if context.routes.verdict(entry.id) is Verdict.UNREACHABLE and not _is_excused(entry, context):
            found.setdefault(context.routes.from_entry(entry.id).landing.id, []).append(entry)
    for entry, *others in found.values():
        also = f" (and to {plural(len(others), 'other line')})" if others else ""
        faults_aside = " as long as nothing fails" if _leads_to_human(entry, context) else ""
        yield Violation(
            f"no caller to {entry.name}{also} can reach a human{faults_aside}",
            entry.span,
            "lead some option, and silence and wrong keys too, to a queue or a person",
            entry=entry,
            related=tuple((f"{other.name} comes the same way", other.span) for other in others),
        )


def _leads_to_human(entry: Step, context: Context) -> bool:
    """By any move, faults too?"""
    moves = context.moves
    return any(moves.steps[step].kind is StepKind.HUMAN for step in moves.calls.beyond([entry.id]))


def _is_excused(entry: Step, context: Context) -> bool:
    """Is what some caller should get to not there? That is said by a rule of its own. Or does nobody call in
    here? Or is it only supposed to be a line, though lines are told to be elsewhere, or it gives its callers
    no choice, or asks for a password? It may be anything, as a code that staff dial, or a service that works
    by itself.
    """
    beyond = context.moves.calls.beyond([entry.id])
    if not context.reach.undefined.isdisjoint(beyond):
        return True
    if not _NOT_FOR_CUSTOMERS.isdisjoint(entry.tags):
        return True
    steps = [context.moves.steps[step] for step in beyond]
    choice = any(_offers_choice(step, context) for step in steps)
    if "guessed" in entry.tags:
        return not choice and _is_machine(steps, context)
    return "supposed" in entry.tags and (not choice or any("lock" in step.tags for step in steps))


def _is_machine(steps: list[Step], context: Context) -> bool:
    """Do ``steps`` only announce something, or take a message, as an answering machine does? What says more
    than is written answers somebody.
    """
    kinds = {step.kind for step in steps}
    if StepKind.HUMAN in kinds or any(map(_answers, steps)):
        return False
    decided = any(context.moves.out(step.id, MoveKind.WHEN) for step in steps)
    looked_up = any("lookup" in step.tags for step in steps)
    return StepKind.VOICEMAIL in kinds or (kinds <= _ANNOUNCED and not decided and not looked_up)


def _answers(step: Step) -> bool:
    """Is something said that only the call tells?"""
    return any(not (prompt.audio or prompt.duration.exact) for prompt in step.prompts)


def _offers_choice(step: Step, context: Context) -> bool:
    """Not by whether a number is the right one."""
    moves = context.moves.out(step.id, MoveKind.KEY, MoveKind.SPEECH, MoveKind.DIAL)
    return len({context.moves.steps[move.target].place for move in moves}) > 1
