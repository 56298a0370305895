"""Something in the file is not followed, and shown as unknown.

## What it does
Names constructs that are read as `unknown`, and places reached in so many ways that facts about the call were
forgotten.

## Why is this bad
It is not bad. It tells what the other rules do not know, so that silence is not taken for consent.

## Example
More than eight calls inside one another:

    menu main {
      1 "again" -> main then main
      2 "done"  -> return
    }

## Use instead
Lead to the step directly, without `then`.

## Source
This project: unknown is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ProblemKind
from ivrlint.rules import Context, reported

CODE = "IVR506"
NAME = "unsupported-construct"
SEVERITY = Severity.INFO


def check(context: Context) -> Iterator[Violation]:
    """One violation per problem the readers met."""
    return reported(context, ProblemKind.UNSUPPORTED)
