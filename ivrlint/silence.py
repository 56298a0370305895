"""What is silenced, and what is said of silence that hides nothing (IVR903) or names no rule (IVR904)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ivrlint import ignores, meant, selection, suppress
from ivrlint.config import Settings
from ivrlint.finding import Finding, Violation
from ivrlint.flow import Flow
from ivrlint.ignores import Ignore
from ivrlint.source import Source, Span
from ivrlint.suppress import Suppression

UNUSED = "IVR903"
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


class Silence(NamedTuple):
    """What was told after all, and the codes that each comment and each ``FILE#STEP`` hid."""

    told: list[Finding]
    comments: Mapping[Suppression, frozenset[str]]
    steps: Mapping[Ignore, frozenset[str]]

    @property
    def unused(self) -> list[tuple[Suppression, tuple[str, ...]]]:
        """Comments that hide nothing, or of whose rules some hide nothing, with those words."""
        found = [(each, each.unused(hidden)) for each, hidden in self.comments.items()]
        return [(each, words) for each, words in found if words and UNUSED not in each.words]


def silence(
    findings: Iterable[Finding], flow: Flow, settings: Settings, comments: Mapping[Source, str]
) -> Silence:
    """``findings`` without what settings and comments cover."""
    told, steps = ignores.hide(findings, flow, settings)
    told, hidden = suppress.hide(told, comments)
    return Silence(told, hidden, steps)


def unused(silence: Silence, settings: Settings) -> Iterator[Violation]:
    """One violation for each comment and each step of the settings that hides nothing."""
    for suppression, words in silence.unused:
        yield Violation(
            f"nothing is hidden by this ignore of {', '.join(words)}",
            suppression.span,
            "remove it; --fix-suppressions does",
        )
    for ignore, hidden in silence.steps.items():
        idle = [word for word in ignore.words if selection.codes(word) and not selection.codes(word) & hidden]
        if idle:
            yield Violation(
                f"nothing is hidden at `{ignore.pattern}` by ignoring {', '.join(idle)}",
                written(ignore.pattern, settings.sources),
                "remove it from per-file-ignores",
            )


def unknown(silence: Silence, settings: Settings) -> Iterator[Violation]:
    """One violation for each word, in a comment or in the settings, that means no rule."""
    for suppression in silence.comments:
        for word in suppression.words:
            if not selection.codes(word):
                yield _unknown(word, suppression.span)
    for word in selection.words(settings):
        if not selection.codes(word):
            yield _unknown(word, written(word, settings.sources))


def written(word: str, sources: Iterable[Source]) -> Span:
    """Where ``word`` is written, outside comments, in the first of the configurations that has it."""
    for source in sources:
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", source.text):
            before = source.text[source.text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if "#" not in _QUOTED.sub("", before):
                return source.span(match.start(), match.end())
    return Source("settings", "").span(0, 0)


def _unknown(word: str, span: Span) -> Violation:
    close = meant.closest(word, selection.known())
    return Violation(
        f"there is no rule `{word}`", span, f"did you mean {close}?" if close else "`ivrlint rule` lists them"
    )
