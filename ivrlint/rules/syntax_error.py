"""A file is not written in its language.

## What it does
Reports what cannot be read, where, what was expected there and the likely fix. Nothing is linted from such a
file, and the run exits 2.

## Why is this bad
A half-read flow says nothing true about the calls it handles.

## Example

    menu main {
      1 "billing" billing
    }

## Use instead

    menu main {
      1 "billing" -> billing
    }

## Source
The grammar of the format, in the folder `grammars`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ProblemKind
from ivrlint.rules import Context, reported

CODE = "IVR901"
NAME = "syntax-error"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per problem the readers met."""
    return reported(context, ProblemKind.SYNTAX)
