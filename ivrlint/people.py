"""Who counts as a human: what settings say of hand-overs that files do not tell, or tell otherwise."""

from __future__ import annotations

from fnmatch import fnmatchcase

from ivrlint.config import Settings
from ivrlint.flow import Flow, Step, StepKind

HAND_OVERS = frozenset({StepKind.UNKNOWN, StepKind.VOICEMAIL, StepKind.CALLBACK, StepKind.HUMAN})
"""Where a call is given away: only these can be told to be humans or machines."""


def counted(flow: Flow, settings: Settings) -> Flow:
    """``flow`` with humans where a name or target matches ``human``, and none where it matches ``not-human``.

    What is no human counts as leaving a message: nobody is reached, and the line is not dropped. Where both
    match, ``not-human`` wins.
    """
    if not (settings.human or settings.not_human):
        return flow
    return flow._replace(steps=tuple(_judged(step, settings) for step in flow.steps))


def _judged(step: Step, settings: Settings) -> Step:
    if step.kind not in HAND_OVERS:
        return step
    if _matches(step, settings.not_human):
        return step._replace(kind=StepKind.VOICEMAIL) if step.kind is not StepKind.CALLBACK else step
    return step._replace(kind=StepKind.HUMAN) if _matches(step, settings.human) else step


def _matches(step: Step, patterns: tuple[str, ...]) -> bool:
    names = [name.casefold() for name in (step.name, step.target) if name]
    return any(fnmatchcase(name, pattern.casefold()) for name in names for pattern in patterns)
