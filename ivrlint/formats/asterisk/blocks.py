"""``While`` and ``If``: applications that find where they begin and end among the priorities around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ivrlint.formats.asterisk.running import Decision, Run, either, on
from ivrlint.formats.asterisk.state import Way

_FAR = 2000
"""Priorities that are looked at."""


def _beside(run: Run, step: int, opening: str, closing: str) -> Iterator[tuple[str, int]]:
    """The applications, and their priorities, that stand behind this one (``step`` 1) or before it (-1) up to
    ``closing``; not those between another ``opening`` and its ``closing``.
    """
    depth, place = 0, run.place
    for _ in range(_FAR):
        place = place._replace(number=place.number + step, doing="")
        found = run.machine.table(place.context, run.facts).instruction(place.exten, place.number, place.via)
        if found is None:
            return
        if not depth:
            yield found.does, place.number
            if found.does == closing:
                return
        depth += (found.does == opening) - (found.does == closing)


def _partner(run: Run, step: int, opening: str, closing: str) -> int | None:
    return dict(_beside(run, step, opening, closing)).get(closing)


def _by_condition(run: Run, otherwise: int | None) -> Decision:
    """The next priority, or ``otherwise`` (None: the next in any case)."""
    return either(
        run,
        lambda facts: [Way("", run.on(facts))],
        lambda facts: [Way("", run.on(facts, otherwise))],
        run.raw,
    )


# --- loops


def _while(run: Run) -> Decision:
    end = _partner(run, 1, "while", "endwhile")
    return _by_condition(run, end and end + 1)


def _endwhile(run: Run) -> Decision:
    begin = _partner(run, -1, "endwhile", "while")
    return Decision([Way("", run.on(number=begin))]) if begin is not None else on(run)


def _exitwhile(run: Run) -> Decision:
    end = _partner(run, 1, "while", "endwhile")
    return Decision([Way("", run.on(number=end + 1))]) if end is not None else on(run)


# --- branches (app_if.c)


def _if(run: Run) -> Decision:
    """``If`` and ``ElseIf``: if not, the next ``ElseIf`` is tried, or what follows ``Else`` or ``EndIf``."""
    first: dict[str, int] = {}
    for app, number in _beside(run, 1, "if", "endif"):
        first.setdefault(app, number)
    if "endif" not in first:
        return _by_condition(run, None)
    if "elseif" in first:
        return _by_condition(run, first["elseif"])
    return _by_condition(run, first.get("else", first["endif"]) + 1)


def _exitif(run: Run) -> Decision:
    """``ExitIf``, and ``Else`` where a call comes to it: its branch was not the one that is taken."""
    end = _partner(run, 1, "if", "endif")
    return Decision([Way("", run.on(number=end + 1))]) if end is not None else on(run)


BLOCKS: dict[str, Callable[[Run], Decision]] = {
    "while": _while,
    "endwhile": _endwhile,
    "exitwhile": _exitwhile,
    "continuewhile": _endwhile,
    "if": _if,
    "elseif": _if,
    "else": _exitif,
    "exitif": _exitif,
    "endif": on,
}
