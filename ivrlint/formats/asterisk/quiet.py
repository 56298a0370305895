"""Instructions that the caller does not notice: they set, count, jump, call and return.

Each function says where the call goes on, as one or several ways (several: the system decides by something
that is not known), or None if the instruction is of another kind after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ivrlint.explore import Facts
from ivrlint.flow import Duration
from ivrlint.formats.asterisk.arguments import argument, branches, instruction, seconds, split
from ivrlint.formats.asterisk.blocks import BLOCKS
from ivrlint.formats.asterisk.calls import CALLS_AND_RETURNS
from ivrlint.formats.asterisk.hours import sides, whole_week
from ivrlint.formats.asterisk.names import SILENT
from ivrlint.formats.asterisk.outline import ANYWHERE
from ivrlint.formats.asterisk.running import Decision, Run, both, either, on
from ivrlint.formats.asterisk.state import Onward, Place, Way, assign
from ivrlint.formats.asterisk.values import is_known, is_unknown, shown

_JUMPING = ("goto", "gotoif", "gotoiftime", "random", "execif", "execiftime")
_TO_A_NUMBER = re.compile(r"(?:^|[?:(])\s*[+-]?\d+\s*(?:$|[:)])")


def decide(run: Run) -> Decision | None:
    """What ``run`` does; None if the caller notices it."""
    handler = _HANDLERS.get(run.app)
    if handler is None:
        return on(run) if run.app in SILENT else None
    return handler(run)


def _goto(run: Run) -> Decision:
    args = run.args
    ways = run.goto(args)
    return Decision(ways, shown(args) if len(ways) > 1 else "")


def is_idle(app: str) -> bool:
    """Does the call go on behind it, with nothing changed that is known?"""
    return app in _IDLE


# --- conditions


def _gotoif(run: Run) -> Decision:
    condition, then, otherwise = branches(run.raw)
    return either(
        run,
        lambda facts: run.goto(run.expand(then), facts),
        lambda facts: run.goto(run.expand(otherwise), facts),
        condition,
    )


def _by_time(run: Run, then: list[Way], otherwise: list[Way], times: str) -> Decision:
    met, unmet, usual_met, usual_unmet = sides(times)
    yes = [Way(both(met, way.label), way.onward, usual_met) for way in then]
    no = [Way(both(unmet, way.label), way.onward, usual_unmet) for way in otherwise]
    return Decision([*yes, *no], shown(times), by_time=True)


def _gotoiftime(run: Run) -> Decision:
    times, then, otherwise = branches(run.raw)
    met = run.goto(run.expand(then))
    if not otherwise and whole_week([run.expand(times), *_passed_times(run)]):
        return Decision(met)  # the last of several that leave no time over
    return _by_time(run, met, run.goto(run.expand(otherwise)), run.expand(times))


def _passed_times(run: Run) -> Iterator[str]:
    """The times of the ``GotoIfTime`` right above, none of which holds where a call has come past them."""
    extension = run.priority.extension
    if not run.machine.outline.midway.isdisjoint((extension.node, ANYWHERE)):
        return
    if any(_TO_A_NUMBER.search(each.args.rpartition("?")[2]) for each in extension if each.does in _JUMPING):
        return
    below = run.priority
    while not below.label and (above := extension.priorities.get(below.number - 1)) is not None:
        times, _, otherwise = branches(above.args)
        if above.does != "gotoiftime" or otherwise:
            return
        yield run.expand(times)
        below = above


def _doing(run: Run, inner: str) -> list[Way]:
    """The instruction inside ``ExecIf``."""
    if not inner:
        return [Way("", run.on())]
    app, _ = instruction(inner)
    if not app or app.lower() in ("execif", "execiftime"):
        return [Way("", run.on())]
    return [Way("", Onward(run.place._replace(doing=inner), run.facts))]


def _execif(run: Run) -> Decision:
    condition, then, otherwise = branches(run.raw)
    return either(
        run,
        lambda facts: _with(_doing(run, then), facts),
        lambda facts: _with(_doing(run, otherwise), facts),
        condition,
    )


def _with(ways: list[Way], facts: Facts) -> list[Way]:
    return [
        Way(
            way.label,
            way.onward._replace(facts=facts) if isinstance(way.onward.place, Place) else way.onward,
        )
        for way in ways
    ]


def _execiftime(run: Run) -> Decision:
    times, then, otherwise = branches(run.raw)
    return _by_time(run, _doing(run, then), _doing(run, otherwise), run.expand(times))


def _random(run: Run) -> Decision:
    chance, _, destination = run.args.partition(":")
    yes = [Way(both("yes", way.label), way.onward) for way in run.goto(destination)]
    return Decision([*yes, Way("no", run.on())], f"{chance} % of calls")


# --- values


def _set(run: Run) -> Decision:
    facts = run.facts
    several = run.app == "mset" or (run.app == "set" and "|" in run.raw and "," not in run.raw)
    for each in split(run.raw) if several else (run.raw,):
        name, sign, value = each.partition("=")
        if sign:
            facts = _assigned(run, facts, name.strip(), run.machine.expand(value, run.place, facts))
    return on(run, facts)


def _assigned(run: Run, facts: Facts, name: str, value: str) -> Facts:
    name = run.expand(name).lstrip("_")
    upper = name.upper()
    if upper.startswith("TIMEOUT("):
        name = f"TIMEOUT({name[8:-1].lower()})"
    elif upper.startswith("LOCAL("):
        name = name[6:-1]
    elif upper.startswith("GLOBAL("):
        return facts.forget(name[7:-1])
    elif "(" in name:
        return facts
    if name not in run.machine.outline.interesting:
        return facts.forget(name)
    return assign(facts, name, None if is_unknown(value) else value)


def _old_timeout(run: Run) -> Decision:
    kind = "TIMEOUT(digit)" if run.app == "digittimeout" else "TIMEOUT(response)"
    value = run.args.strip()
    return on(run, assign(run.facts, kind, value if is_known(value) else None))


def _wait(run: Run) -> Decision:
    given = seconds(argument(split(run.args), 0))
    waited = Duration(exact=False) if given is None else Duration(round(given * 1000))
    return Decision([Way("", run.on())], waited=waited)


_HANDLERS: dict[str, Callable[[Run], Decision]] = {
    **CALLS_AND_RETURNS,
    **BLOCKS,
    "goto": _goto,
    "gotoif": _gotoif,
    "gotoiftime": _gotoiftime,
    "execif": _execif,
    "execiftime": _execiftime,
    "random": _random,
    "set": _set,
    "mset": _set,
    "setvar": _set,
    "digittimeout": _old_timeout,
    "responsetimeout": _old_timeout,
    "wait": _wait,
    "waitmusiconhold": _wait,
}
_IDLE = SILENT - _HANDLERS.keys()
