"""A file cannot be read.

## What it does
Reports files that are missing, empty, binary, too large, wrongly encoded or of a format that ivrlint does not
know, those that take too long (`file-seconds`) and those of which there is more to tell than anybody reads
(`file-findings`). The run exits 2.

## Why is this bad
What cannot be read has not been checked.

## Example
A file saved as Latin-1 instead of UTF-8, or an `include` of a file that is not there.

## Use instead
Save text as UTF-8, and give the path relative to the file that includes it.

## Source
This project.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ProblemKind
from ivrlint.rules import Context, reported

CODE = "IVR902"
NAME = "unreadable-file"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per problem the readers met."""
    return reported(context, ProblemKind.UNREADABLE)
