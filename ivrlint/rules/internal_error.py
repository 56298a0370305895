"""A reader or a rule of ivrlint failed.

## What it does
Says which part failed and on what; the rest of the run goes on. The run exits 2.

## Why is this bad
It is a fault of ivrlint (or a plug-in), not of the flow; what the part would have found is missing from the
report.

## Example
None: it should not happen.

## Use instead
Please report it, with the message and, if you can share it, the file.

## Source
This project.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ProblemKind
from ivrlint.rules import Context, reported

CODE = "IVR999"
NAME = "internal-error"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per problem the readers met."""
    return reported(context, ProblemKind.INTERNAL)
