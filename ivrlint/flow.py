"""The call model: what every input format is read into and every rule, table and picture is made from.

A :class:`Flow` is a set of steps (where a call can be) and moves (how it gets from one to the next). A step
is a *state* of the call: the same menu met with another return address is another step with the same
``place``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from ivrlint.source import Source, Span


class StepKind(StrEnum):
    """What the call is doing at a step."""

    ENTRY = "entry"  # a number is dialled
    SAY = "say"  # something is played, nothing is asked
    MENU = "menu"  # one of a few keys or words is awaited
    ASK = "ask"  # a number of digits is awaited
    CHECK = "check"  # the system decides; the caller has no say
    HUMAN = "human"  # the call is handed to people
    VOICEMAIL = "voicemail"
    CALLBACK = "callback"
    END = "end"  # the line is dropped
    UNKNOWN = "unknown"  # control leaves what the files can tell


class MoveKind(StrEnum):
    """Who makes the call go on, and how."""

    KEY = "key"  # the caller presses an option
    DIGITS = "digits"  # the caller types data
    DIAL = "dial"  # the caller dials an extension known beforehand
    SPEECH = "speech"  # the caller says it
    SILENCE = "silence"  # the caller waits until the timeout
    WRONG = "wrong"  # the caller presses (or says) what is not offered
    WHEN = "when"  # the system: hours, data, staffing
    NEXT = "next"  # nobody: it just follows
    OVERFLOW = "overflow"  # the queue is full or the wait too long
    ERROR = "error"  # a fault


CHOICES = frozenset({MoveKind.KEY, MoveKind.DIGITS, MoveKind.SPEECH})
"""Moves that are offered to the caller: the ones the rule of three judges."""

ENTERED = CHOICES | {MoveKind.DIAL, MoveKind.WRONG}
"""Moves that the caller makes by entering something; each counts as an entry."""

CALLER = ENTERED | {MoveKind.SILENCE}
"""Moves that are up to the caller."""

OTHER_CHANNEL = "another channel"
"""The condition of moves that no telephone call makes: they are there for chats, tasks and e-mail."""

OUTSIDE_ROUTES = frozenset({MoveKind.OVERFLOW, MoveKind.ERROR})
"""Moves that no route to a human may use."""


class Duration(NamedTuple):
    """A stretch of time in a call: ``ms`` milliseconds plus ``words`` still to be spoken.

    ``exact`` is False where something of unknown length is heard as well: the figure is then a lower bound.
    """

    ms: int = 0
    words: int = 0
    exact: bool = True

    def plus(self, other: Duration) -> Duration:
        """Both, one after the other."""
        if other is AT_ONCE:
            return self
        if self is AT_ONCE:
            return other
        return Duration(self.ms + other.ms, self.words + other.words, self.exact and other.exact)

    def times(self, count: int) -> Duration:
        """The same ``count`` times over."""
        return Duration(self.ms * count, self.words * count, self.exact or count == 0)

    def milliseconds(self, words_per_minute: int) -> int:
        """The whole, in milliseconds, when speech runs at ``words_per_minute``."""
        return self.ms + round(self.words * 60_000 / words_per_minute) if self.words else self.ms


AT_ONCE = Duration()


class Prompt(NamedTuple):
    """Something played to the caller: ``text`` is "" where the words are not known."""

    text: str
    duration: Duration
    span: Span
    audio: str = ""
    language: str = ""


class Listening(NamedTuple):
    """How a menu or an ask takes input; None where the files do not say."""

    timeout_ms: int | None = None  # silence before the first key
    pause_ms: int | None = None  # silence between two keys that ends the input
    barge_in: bool | None = None  # may keys interrupt the prompt?
    fewest: int | None = None  # digits
    most: int | None = None  # digits; None: no upper bound is stated
    terminator: str = ""
    terminator_needed: bool = False  # nothing but the terminator ends a short input
    sensitive: str = ""  # "", or what is typed: "card", "pin", "ssn", "data"
    drops: frozenset[MoveKind] = frozenset()  # silence, wrong: nothing is written, so the call is dropped


class Step(NamedTuple):
    """A node of the call graph.

    ``id`` is unique in the flow; ``name`` is what its author calls it; copies of one place in the source
    share ``place``. ``target`` is the destination verbatim (a queue, a number). ``condition`` names what a
    check asks. ``tags`` are facts in the words of the ``.ivr`` language: ``priority``, ``toll-free``,
    ``premium``, ``advert``, ``queue``, ``hours`` and ``staffing`` (what a check asks)... and those that
    readers find: ``lock`` (what is typed is a password), ``announced`` (a hand-over during which the platform
    itself speaks), ``dialled`` (who is called is what the caller has typed), ``waiting`` (somebody may answer
    meanwhile), ``lookup`` (asks a system outside the telephone system), ``handler`` (a place that only the
    platform leads to: silence, a wrong key), ``passed`` (in other states of the call it is run without
    anybody noticing), ``supposed`` (an entry that a reader takes for a line, though no file says so),
    ``stray`` (and files say where lines are, but not there), ``guessed`` (an entry taken for one because
    nothing leads there), ``staff`` (an entry for the people who run the system), ``outgoing`` (an entry for
    calls that the platform makes itself), ``demonstration`` (all that is said comes with the platform, to
    show what it can do), ``unwritten`` (a wait for keys that stands in no line: the platform waits where
    nothing more is written), ``wordless`` (what is heard asks for nothing: a tone, music, the time),
    ``program`` (an unknown that may talk to the caller); ``bot`` where what can be said or typed is told by
    none of the files.
    """

    id: str
    name: str
    kind: StepKind
    span: Span
    place: str
    prompts: tuple[Prompt, ...] = ()
    target: str = ""
    condition: str = ""
    listening: Listening | None = None
    tags: frozenset[str] = frozenset()
    detail: str = ""  # for an unknown: what could not be told; else a title
    part: str = ""  # its sub-flow: a dialplan's context, a contact flow; "" where there are none


class Move(NamedTuple):
    """An edge of the call graph, from step id ``source`` to step id ``target``.

    ``keys`` is what is pressed ("12", "" for typed data), ``label`` the author's words for it or the
    outcome's name. ``keypresses`` counts keys, ``attempts`` how often a timeout or a wrong key must happen
    before this move is made. ``heard`` is what the caller hears and waits before the move can be made.
    ``usual`` is False for an outcome that the rule of three assumes away unless nothing else leads to a human
    (the closed side of opening hours). ``deed`` is what the platform sets or writes on the way that nobody
    hears, in the words of the source: moves of different deeds differ, wherever they lead.
    """

    source: str
    target: str
    kind: MoveKind
    span: Span
    keys: str = ""
    label: str = ""
    keypresses: int = 0
    attempts: int = 1
    heard: Duration = AT_ONCE
    condition: str = ""
    usual: bool = True
    deed: str = ""

    @property
    def entries(self) -> int:
        """Entries made by the caller: a whole typed number is one, every wrong key is one."""
        return self.attempts if self.kind in ENTERED else 0


class ProblemKind(StrEnum):
    """What a reader can find wrong with a text; one rule speaks for each, and the linter for settings."""

    SYNTAX = "syntax"
    UNREADABLE = "unreadable"
    INCLUDE_CYCLE = "include-cycle"
    UNDEFINED_TARGET = "undefined-target"
    DUPLICATE_NAME = "duplicate-name"
    UNUSED = "unused"  # declared, and asked for nowhere
    UNSUPPORTED = "unsupported"  # read as unknown, or facts forgotten at a bound
    NO_SUCH_ENTRY = "no-such-entry"  # the setting `entry` names what a reader does not find
    INTERNAL = "internal"  # a reader or rule crashed


FATAL = frozenset(
    {ProblemKind.SYNTAX, ProblemKind.UNREADABLE, ProblemKind.INCLUDE_CYCLE, ProblemKind.INTERNAL}
)
"""Problems that leave a text half read: nothing is linted from it, and the run exits 2."""


class Problem(NamedTuple):
    """A fact about the text that a reader met, for the rule of its kind to report."""

    kind: ProblemKind
    message: str
    span: Span
    hint: str = ""
    related: tuple[tuple[str, Span], ...] = ()


def no_such_entry(name: str, known: Iterable[str], span: Span) -> Problem:
    """The problem that the setting ``entry`` names what is not there; ``known`` is what it could name."""
    shown = ", ".join(sorted(set(known))) or "nothing"
    return Problem(ProblemKind.NO_SUCH_ENTRY, f"nothing is called {name!r}", span, f"there is: {shown}")


class Flow(NamedTuple):
    """All steps and moves read from one or several texts, moves in file order."""

    steps: tuple[Step, ...] = ()
    moves: tuple[Move, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def broken(self) -> bool:
        """True if some text could not be read to its end."""
        return any(problem.kind in FATAL for problem in self.problems)


def merge(flows: Iterable[Flow]) -> Flow:
    """One flow of all ``flows``, in order; ids or places that they share get a number in front."""
    parts = list(flows)
    if len(parts) == 1:
        return parts[0]
    steps: list[Step] = []
    moves: list[Move] = []
    problems: list[Problem] = []
    sources: dict[Source, None] = {}
    taken: set[str] = set()
    for number, part in enumerate(parts, 1):
        clash = any(step.id in taken or step.place in taken for step in part.steps)
        part = _prefixed(part, f"{number}:") if clash else part
        taken.update(step.id for step in part.steps)
        taken.update(step.place for step in part.steps)
        steps += part.steps
        moves += part.moves
        problems += part.problems
        sources.update(dict.fromkeys(part.sources))
    return Flow(tuple(steps), tuple(moves), tuple(dict.fromkeys(problems)), tuple(sources))


def _prefixed(flow: Flow, prefix: str) -> Flow:
    return Flow(
        tuple(s._replace(id=prefix + s.id, place=prefix + s.place) for s in flow.steps),
        tuple(m._replace(source=prefix + m.source, target=prefix + m.target) for m in flow.moves),
        flow.problems,
        flow.sources,
    )
