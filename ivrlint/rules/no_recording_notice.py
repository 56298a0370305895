"""Calls are recorded without a word about it.

## What it does
Reports the start of a recording that a call can get to without a notice: a step with the tag `notice`, or one
whose words speak of a recording, or are not known.
Off by default: where a notice is due is a matter of law.

## Why is this bad
In many countries it is against the law, and everywhere it costs trust.

## Example
```ivr
line "+1 800 555 0100" -> start
recording start on -> agents
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> recorded
say recorded "This call is recorded." notice -> start
recording start on -> agents
queue agents "We are connecting you with an agent."
```

## Source
This project: no authority was read, and no profile selects it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Step, StepKind
from ivrlint.rules import Context
from ivrlint.spoken.secrets import tell_of_recording

CODE = "IVR602"
NAME = "no-recording-notice"
SEVERITY = Severity.WARNING
DEFAULT = False


def check(context: Context) -> Iterator[Violation]:
    """One violation per place where recording begins."""
    moves = context.moves
    if not any("recording-on" in step.tags for step in moves.steps.values()):
        return
    lines = [line.id for line in moves.of_kind(StepKind.ENTRY)]
    untold = moves.beyond(lines, lambda move: not _may_tell(moves.steps[move.source]))
    for copies in context.places(StepKind.SAY, StepKind.CHECK, within=untold):
        if "recording-on" in copies[0].tags:
            yield Violation(
                f"recording begins at {copies[0].name}, and some callers have not been told",
                copies[0].span,
                "play a notice on every way there",
                step=copies[0],
            )


def _may_tell(step: Step) -> bool:
    """Are callers told of a recording at ``step``, or may they be: are the words not known?"""
    texts = [prompt.text for prompt in step.prompts]
    return "notice" in step.tags or not all(texts) or tell_of_recording(texts)
