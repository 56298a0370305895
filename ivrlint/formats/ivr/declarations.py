"""What a ``.ivr`` file declares, as typed data; nothing is looked up or followed here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ivrlint.flow import Duration, Listening, Prompt, StepKind
from ivrlint.source import Span


class Name(NamedTuple):
    """A name as written, without quotes."""

    text: str
    span: Span


class Goto(NamedTuple):
    """``-> a then b then hangup``: steps that are called in turn, and the ``last`` one.

    ``last`` is a step's name or an action (``hangup``, ``repeat``, ``back``, ``return``). ``heard`` is what
    ``after`` says; None without it.
    """

    calls: tuple[Name, ...]
    last: Name
    action: bool
    span: Span
    heard: Duration | None = None


class Option(NamedTuple):
    """What a caller may press or say."""

    keys: tuple[str, ...]
    words: tuple[str, ...]
    label: str
    goto: Goto
    span: Span


class Handler(NamedTuple):
    """``timeout`` or ``invalid``: after ``attempts`` of them, ``goto``.

    ``wait_ms`` is the silence of one timeout, ``digits`` how many keys one wrong number takes.
    """

    attempts: int
    wait_ms: int | None
    goto: Goto
    span: Span
    digits: int | None = None


class Dial(NamedTuple):
    """A known extension of ``fewest`` to ``most`` digits, or the one ``number``, that is dialled."""

    fewest: int
    most: int | None
    label: str
    goto: Goto
    span: Span
    number: str = ""


class Outcome(NamedTuple):
    """A named way on that the system takes; ``wait_ms`` is None for a wait of unknown length."""

    label: str
    goto: Goto
    span: Span
    wait_ms: int | None = 0
    unusual: bool = False


class Fault(NamedTuple):
    """Where a call goes on when something fails."""

    label: str
    goto: Goto
    span: Span


class Declaration(NamedTuple):
    """One step as it is declared, of ``kind``."""

    kind: StepKind
    name: Name
    span: Span
    title: str = ""
    prompts: tuple[Prompt, ...] = ()
    options: tuple[Option, ...] = ()
    dials: tuple[Dial, ...] = ()
    without: frozenset[str] = frozenset()
    timeout: Handler | None = None
    invalid: Handler | None = None
    outcomes: tuple[Outcome, ...] = ()
    faults: tuple[Fault, ...] = ()
    goto: Goto | None = None
    condition: Name | None = None
    target: str = ""
    tags: frozenset[str] = frozenset()
    listening: Listening | None = None
    extension: bool = False
    duplicates: tuple[tuple[str, Span], ...] = ()


class Condition(NamedTuple):
    """``hours``, ``data`` or ``staffing`` under a name; one that ``varies`` is not remembered."""

    kind: str
    name: Name
    text: str
    span: Span
    varies: bool = False


class Everywhere(NamedTuple):
    """Keys and handlers that hold in every menu that has none of its own."""

    options: tuple[Option, ...] = ()
    timeout: Handler | None = None
    invalid: Handler | None = None


@dataclass(slots=True)
class Module:
    """All that one file declares, in its order."""

    includes: list[Name] = field(default_factory=list)
    steps: list[Declaration] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    everywhere: list[Everywhere] = field(default_factory=list)
