"""Files include one another in a circle.

## What it does
Reports an `include` that leads back to the file it stands in, with the chain of includes. The run exits 2.

## Why is this bad
No order of the files makes sense, so the flow cannot be read.

## Example
A file that includes itself, directly or through others:

    // main.ivr
    include "common.ivr"
    // common.ivr
    include "main.ivr"

## Use instead
Move what both need into a third file that includes neither.

## Source
The definition of the language: includes form a tree.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ProblemKind
from ivrlint.rules import Context, reported

CODE = "IVR505"
NAME = "include-cycle"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per problem the readers met."""
    return reported(context, ProblemKind.INCLUDE_CYCLE)
