"""Reads files as one project: finds them, gives each to its format, joins what the formats make of them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from ivrlint import discover, people, plugins
from ivrlint.config import Settings
from ivrlint.flow import Flow, MoveKind, Problem, ProblemKind, merge
from ivrlint.patience import OutOfTimeError, patience
from ivrlint.problems import TooManyError, at_most
from ivrlint.project import Project
from ivrlint.roots import roots
from ivrlint.rules import Context
from ivrlint.search import STDIN
from ivrlint.source import Source


class Reading(NamedTuple):
    """A project as it was read. ``comments`` tells what begins a comment in each text that can hold one."""

    context: Context
    files: int
    comments: dict[Source, str]

    @property
    def flow(self) -> Flow:
        """All steps and moves."""
        return self.context.flow


def _say_nothing(deed: str, done: int, of: int) -> None:
    """Progress that nobody is told."""


class Manner(NamedTuple):
    """How a run goes about its work, whatever it finds.

    ``jobs`` is in how many processes files are read at most. ``say`` is told what is being done, how much of
    that is done and how much there is, 0 where that is not known.
    """

    jobs: int = 1
    say: Callable[[str, int, int], None] = _say_nothing


ALONE = Manner()

TOO_MANY = "if it is no attack but a large system, let more be told: `file-findings` in the configuration"
TOO_SLOW = "if it is no attack but a large system, let it have more time: `file-seconds` in the configuration"


def read(
    paths: Sequence[str],
    settings: Settings,
    stdin_filename: str = "stdin.ivr",
    texts: Mapping[str, str] = MappingProxyType({}),
    manner: Manner = ALONE,
) -> Reading:
    """The project made of the files and folders at ``paths``.

    Files that are in ``texts``, by real path, are taken from there: an editor has them so.
    """
    formats = plugins.modules("formats")
    met: list[str] = []

    def found_one(file: str) -> None:
        met.append(file)
        manner.say("finding flows", len(met), 0)

    by_format, problems = discover.sources(paths, formats, settings, stdin_filename, texts, found_one)
    named = [stdin_filename if path == STDIN else path for path in paths]
    project = Project(settings, dict(texts), roots(named, settings))  # a plain dict can go to another process
    project.add(source for sources in by_format.values() for source in sources)
    flows = _agreed(_flows(by_format, project, manner))
    comments = {
        source: sign
        for format_, flow in zip(by_format, flows, strict=True)
        for source in flow.sources
        if (sign := _comment(format_, source))
    }
    flow = people.counted(merge([*flows, Flow(problems=tuple(problems))]), settings)
    return Reading(Context(flow, settings), len(flow.sources), comments)


def unmet_assumptions(reading: Reading) -> list[str]:
    """What the settings assume and the flow does not know, in words; it would remove every outcome."""
    outcomes: dict[str, list[str]] = {}
    for move in reading.flow.moves:
        if move.kind is MoveKind.WHEN:
            outcomes.setdefault(move.condition, []).append(move.label)
    unmet = []
    for condition, outcome in reading.context.settings.assume.items():
        if condition not in outcomes:
            known = ", ".join(sorted(outcomes)) or "nothing"
            unmet.append(f"nothing checks {condition!r}; there is: {known}")
        elif outcome not in outcomes[condition]:
            known = ", ".join(sorted(set(outcomes[condition])))
            unmet.append(f"{condition} has no outcome {outcome!r}; there is: {known}")
    return unmet


def unmet_entries(reading: Reading) -> list[str]:
    """What the setting ``entry`` names and no reader found, in words; calls would come in nowhere."""
    told = {each.message: each.hint for each in reading.flow.problems if _is_about_entry(each)}
    return [f"{message}; {hint}" for message, hint in told.items()]


def _is_about_entry(problem: Problem) -> bool:
    return problem.kind is ProblemKind.NO_SUCH_ENTRY


def _agreed(flows: list[Flow]) -> list[Flow]:
    """``flows``, without what one reader said of a name in the setting ``entry`` that another one knows."""
    told = [{each.message for each in flow.problems if _is_about_entry(each)} for flow in flows]
    met = {message for messages in told for message in messages if not all(message in each for each in told)}
    if not met:
        return flows
    return [
        flow._replace(problems=tuple(each for each in flow.problems if each.message not in met))
        for flow in flows
    ]


def internal(part: str, error: Exception, sources: tuple[Source, ...]) -> Problem:
    """A crash as a problem: a linter that dies says nothing about the other files."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    span = (sources[0] if sources else Source("ivrlint", "")).span(0, 0)
    return Problem(
        ProblemKind.INTERNAL,
        f"{part} failed: {type(error).__name__}: {error}{place}",
        span,
        "this is a fault of ivrlint, not of the flow; please report it",
    )


def _flows(by_format: Mapping[ModuleType, list[Source]], project: Project, manner: Manner) -> list[Flow]:
    """A flow of each format. Files of one format are linked and read together, in one process."""
    if manner.jobs > 1 and len(by_format) > 1:
        from ivrlint.workers import in_processes  # costs more to load than most runs take

        tasks = [(each.NAME, given, project) for each, given in by_format.items()]
        return in_processes(_read_named, tasks, min(manner.jobs, len(tasks)))
    flows: list[Flow] = []
    for format_, sources in by_format.items():
        manner.say(f"reading {format_.NAME}", len(flows), len(by_format))
        flows.append(_read(format_, sources, project))
    return flows


def _read_named(name: str, sources: list[Source], project: Project) -> Flow:
    format_ = next(each for each in plugins.modules("formats") if name == each.NAME)
    return _read(format_, sources, project)


def _read(format_: ModuleType, sources: list[Source], project: Project) -> Flow:
    try:
        settings = project.settings
        with patience(seconds(settings, len(sources))), at_most(settings.file_findings):
            flow: Flow = format_.read(sources, project)
    except OutOfTimeError:
        return Flow(problems=(_given_up(project.settings, sources),), sources=tuple(sources))
    except TooManyError as error:
        return Flow(problems=_more_than_told(error.met), sources=tuple(sources))
    except MemoryError:
        return Flow(problems=(_without_memory(sources),), sources=tuple(sources))
    except Exception as error:
        problem = internal(f"the reader of {format_.NAME} files", error, tuple(sources))
        return Flow(problems=(problem,), sources=tuple(sources))
    return flow


def seconds(settings: Settings, files: int) -> int:
    """Processor time that so many files may take; again as much to check them."""
    return settings.file_seconds * max(files, 1)


def _more_than_told(met: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What was ``met``, and for the last of it, that nobody has looked further."""
    *told, last = met
    words = f"there are more than {len(told):,} problems, so reading was given up at this one: {last.message}"
    return (*told, Problem(ProblemKind.UNREADABLE, words, last.span, TOO_MANY))


def _given_up(settings: Settings, sources: list[Source]) -> Problem:
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    words = f"reading this{more} took over {seconds(settings, len(sources))} seconds, so it was given up"
    return Problem(ProblemKind.UNREADABLE, words, sources[0].span(0, 0), TOO_SLOW)


def _without_memory(sources: list[Source]) -> Problem:
    words = "reading this took more memory than there is, so it was given up"
    return Problem(ProblemKind.UNREADABLE, words, sources[0].span(0, 0))


def _comment(format_: ModuleType, source: Source) -> str:
    """What begins a comment in ``source``; a format of several languages has a function that tells."""
    sign: str | Callable[[Source], str] = format_.COMMENT
    return sign if isinstance(sign, str) else sign(source)
