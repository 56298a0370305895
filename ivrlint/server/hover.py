"""A step in a few lines: what it is, how far it is from the caller and from a human, what is heard."""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.flow import Step, StepKind
from ivrlint.net import Distance
from ivrlint.routes import Routes, Verdict
from ivrlint.words import plural, printable

_ENDS = (StepKind.HUMAN, StepKind.END, StepKind.UNKNOWN)


def about(steps: list[Step], routes: Routes) -> str:
    """Markdown on the copies ``steps`` of one step; the nearest copy tells the distances."""
    return "\n\n".join(_paragraphs(steps, routes))


def _paragraphs(steps: list[Step], routes: Routes) -> Iterator[str]:
    step = steps[0]
    detail = f" — {_plain(step.detail)}" if step.detail else ""
    yield f"**{_plain(step.name)}** ({step.kind.value}){detail}"
    if step.kind is not StepKind.ENTRY:
        reached = list(_reached(steps, routes))
        yield f"After {_count(min(reached))}." if reached else "No route from an entry leads here."
    if step.kind not in _ENDS:
        yield _onwards(steps, routes)
    said = " ".join(prompt.text for prompt in step.prompts if prompt.text)
    if said:
        yield f"> {_plain(said)}"


def _reached(steps: list[Step], routes: Routes) -> Iterator[Distance]:
    for entry in routes.entries:
        distances = routes.distances_from(entry.id)
        yield from (distances[step.id] for step in steps if step.id in distances)


def _onwards(steps: list[Step], routes: Routes) -> str:
    best = [found for step in steps if (found := routes.best(step.id)) is not None]
    sure = [found for step in steps if (found := routes.sure(step.id)) is not None]
    if not best:
        lost = all(routes.verdict(step.id) is Verdict.UNREACHABLE for step in steps)
        return "No human can be reached from here." if lost else "Whether a human can be reached is unknown."
    least = "at least " if min(best).unknowns else ""
    worst = f"{_count(min(sure))} in the worst case" if sure else "not guaranteed"
    return f"To a human: {least}{_count(min(best))}; {worst}."


def _count(distance: Distance) -> str:
    return f"{plural(distance.keypresses, 'keypress')}, {plural(distance.entries, 'entry')}"


def _plain(text: str) -> str:
    """``text`` without meaning in Markdown or HTML."""
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-!|>~" else sign for sign in text)
