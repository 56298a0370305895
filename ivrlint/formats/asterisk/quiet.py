"""Instructions that the caller does not notice: they set, count, jump, call and return.

Each function says where the call goes on, as one or several ways (several: the system decides by something
that is not known), or None if the instruction is of another kind after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ivrlint.explore import Facts
from ivrlint.flow import Duration, ProblemKind
from ivrlint.formats.asterisk.arguments import argument, branches, instruction, seconds, split
from ivrlint.formats.asterisk.dialplan import Priority
from ivrlint.formats.asterisk.expressions import is_true
from ivrlint.formats.asterisk.hours import sides
from ivrlint.formats.asterisk.machine import Machine
from ivrlint.formats.asterisk.names import SILENT
from ivrlint.formats.asterisk.state import Nowhere, Onward, Place, Way, assign, frames
from ivrlint.formats.asterisk.values import is_known, is_unknown, shown

_SIMPLE = re.compile(r'\$\[\s*"?\$\{(\w+)\}"?\s*=\s*"?([\w*#.-]*)"?\s*\]$')


class Run(NamedTuple):
    """One instruction about to run."""

    machine: Machine
    place: Place
    facts: Facts
    priority: Priority
    app: str
    raw: str

    @property
    def args(self) -> str:
        """Arguments with their expressions filled in."""
        return self.machine.expand(self.raw, self.place, self.facts)

    def expand(self, source: str) -> str:
        """``source`` as it reads here."""
        return self.machine.expand(source, self.place, self.facts)

    def on(self, facts: Facts | None = None, number: int | None = None) -> Onward:
        """To the next priority."""
        known = self.facts if facts is None else facts
        return self.machine.after(self.place, known, self.priority.span, number)

    def goto(self, destination: str, facts: Facts | None = None) -> list[Way]:
        """Where a jump leads; "" is the next priority."""
        known = self.facts if facts is None else facts
        if not destination.strip():
            return [Way("", self.on(known))]
        return self.machine.goto(self.place, known, destination, self.priority.span)


class Decision(NamedTuple):
    """Where the call goes on; ``condition`` is what decides if there are several ways."""

    ways: list[Way]
    condition: str = ""


def decide(run: Run) -> Decision | None:
    """What ``run`` does; None if the caller notices it."""
    handler = _HANDLERS.get(run.app)
    if handler is None:
        return _on(run) if run.app in SILENT else None
    return handler(run)


def _on(run: Run, facts: Facts | None = None) -> Decision:
    return Decision([Way("", run.on(facts))])


def _goto(run: Run) -> Decision:
    args = run.args
    return Decision(run.goto(args), shown(args))


# --- conditions


def _if(
    run: Run, then: Callable[[Facts], list[Way]], otherwise: Callable[[Facts], list[Way]], raw: str
) -> Decision:
    """By a condition: one side if it is known, else both."""
    truth = is_true(run.expand(raw))
    condition = " ".join(raw.strip().split())
    if condition.startswith("$[") and condition.endswith("]"):
        condition = condition[2:-1].strip()
    if truth is not None:
        return Decision(then(run.facts) if truth else otherwise(run.facts), condition)
    known = run.facts
    match = _SIMPLE.match(raw.strip())
    if match and is_unknown(run.expand(f"${{{match[1]}}}")) and match[1] in run.machine.outline.interesting:
        known = assign(known, match[1], match[2])
    yes = [Way(_both("yes", way.label), way.onward, way.usual) for way in then(known)]
    no = [Way(_both("no", way.label), way.onward, way.usual) for way in otherwise(run.facts)]
    return Decision([*yes, *no], condition)


def _both(side: str, label: str) -> str:
    return f"{side}, {label}" if label else side


def _gotoif(run: Run) -> Decision:
    condition, then, otherwise = branches(run.raw)
    return _if(
        run,
        lambda facts: run.goto(run.expand(then), facts),
        lambda facts: run.goto(run.expand(otherwise), facts),
        condition,
    )


def _by_time(run: Run, then: list[Way], otherwise: list[Way], times: str) -> Decision:
    met, unmet, usual_met, usual_unmet = sides(times)
    yes = [Way(_both(met, way.label), way.onward, usual_met) for way in then]
    no = [Way(_both(unmet, way.label), way.onward, usual_unmet) for way in otherwise]
    return Decision([*yes, *no], shown(times))


def _gotoiftime(run: Run) -> Decision:
    times, then, otherwise = branches(run.raw)
    return _by_time(run, run.goto(run.expand(then)), run.goto(run.expand(otherwise)), run.expand(times))


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
    return _if(
        run,
        lambda facts: _with(_doing(run, then), facts),
        lambda facts: _with(_doing(run, otherwise), facts),
        condition,
    )


def _with(ways: list[Way], facts: Facts) -> list[Way]:
    return [
        Way(
            way.label,
            way.onward._replace(facts=facts) if isinstance(way.onward.target, Place) else way.onward,
        )
        for way in ways
    ]


def _execiftime(run: Run) -> Decision:
    times, then, otherwise = branches(run.raw)
    return _by_time(run, _doing(run, then), _doing(run, otherwise), run.expand(times))


def _random(run: Run) -> Decision:
    chance, _, destination = run.args.partition(":")
    yes = [Way(_both("yes", way.label), way.onward) for way in run.goto(destination)]
    return Decision([*yes, Way("no", run.on())], f"{chance} % of calls")


# --- loops


def _partner(run: Run, step: int, opening: str, closing: str) -> int | None:
    """The priority where the loop that is open here begins (-1) or ends (1)."""
    depth, place = 0, run.place
    limit = 2000
    while limit:
        limit -= 1
        place = place._replace(number=place.number + step, doing="")
        found = run.machine.table(place.context, run.facts).instruction(place.exten, place.number, place.via)
        if found is None:
            return None
        app = found[1].app.lower()
        if app == opening:
            depth += 1
        elif app == closing:
            if not depth:
                return place.number
            depth -= 1
    return None


def _while(run: Run) -> Decision:
    end = _partner(run, 1, "while", "endwhile")
    leave = (
        (lambda facts: [Way("", run.on(facts))])
        if end is None
        else (lambda facts: [Way("", run.on(facts, end + 1))])
    )
    return _if(run, lambda facts: [Way("", run.on(facts))], leave, run.raw)


def _endwhile(run: Run) -> Decision:
    begin = _partner(run, -1, "endwhile", "while")
    return Decision([Way("", run.on(number=begin))]) if begin is not None else _on(run)


def _exitwhile(run: Run) -> Decision:
    end = _partner(run, 1, "while", "endwhile")
    return Decision([Way("", run.on(number=end + 1))]) if end is not None else _on(run)


# --- calls


def _gosub(run: Run) -> Decision:
    return Decision(_called(run, run.args, run.facts), shown(run.args))


def _called(run: Run, destination: str, facts: Facts) -> list[Way]:
    if not destination.strip():
        return [Way("", run.on(facts))]
    where, args = destination, ""
    if destination.endswith(")") and "(" in destination:
        where, _, args = destination.partition("(")
        args = args[:-1]
    ways = []
    for way in run.goto(where, facts):
        onward = _may_return(run, way.onward)
        if isinstance(onward.target, Place):
            passed = split(args) if args else ()
            onward = run.machine.entered(run.place, onward.facts, "", onward.target, passed)
        ways.append(Way(way.label, onward))
    return ways


def _may_return(run: Run, onward: Onward) -> Onward:
    """What is not known may return, too."""
    target = onward.target
    if isinstance(target, Nowhere) and target.unknown:
        return onward._replace(target=target._replace(back=run.place))
    return onward


def _gosubif(run: Run) -> Decision:
    condition, then, otherwise = branches(run.raw)
    return _if(
        run,
        lambda facts: _called(run, run.expand(then), facts),
        lambda facts: _called(run, run.expand(otherwise), facts),
        condition,
    )


def _return(run: Run) -> Decision:
    return Decision([Way("", run.machine.returned(run.args, run.facts, run.priority.span, run.place))])


def _macro(run: Run) -> Decision:
    return Decision(_into_macro(run, run.args, run.facts))


def _into_macro(run: Run, text: str, facts: Facts) -> list[Way]:
    if not text:
        return [Way("", run.on(facts))]
    name, *args = split(text)
    context = f"macro-{name}"
    if is_unknown(name):
        reason = f"which macro `{shown(name)}` is, is computed"
        return [Way("", Onward(Nowhere(reason, run.place.name, run.priority.span, True, run.place), facts))]
    there = Place(context, "s", 1)
    if context not in run.machine.dialplan.contexts or run.machine.instruction(there, facts) is None:
        if run.machine.dialplan.incomplete:
            reason = f"macro `{name}` is in none of the files given"
            return [
                Way("", Onward(Nowhere(reason, run.place.name, run.priority.span, True, run.place), facts))
            ]
        run.machine.report(
            ProblemKind.UNDEFINED_TARGET, f"there is no macro `{name}`; the call goes on", run.priority.span
        )
        return [Way("", run.on(facts))]
    return [Way("", run.machine.entered(run.place, facts, context, there, args))]


def _macroif(run: Run) -> Decision:
    condition, then, otherwise = branches(run.raw)
    return _if(
        run,
        lambda facts: _into_macro(run, run.expand(then), facts),
        lambda facts: _into_macro(run, run.expand(otherwise), facts),
        condition,
    )


def _macroexit(run: Run) -> Decision:
    stack = frames(run.facts)
    if stack and stack[0].macro:
        return Decision([Way("", run.machine.left_macro(stack, run.facts, run.priority.span))])
    return _on(run)


def _stackpop(run: Run) -> Decision:
    stack = frames(run.facts)
    return _on(run, run.facts.learn("#calls", stack[1:]) if stack[1:] else run.facts.forget("#calls"))


# --- values


def _set(run: Run) -> Decision:
    facts = run.facts
    several = run.app == "mset" or (run.app == "set" and "|" in run.raw and "," not in run.raw)
    for each in split(run.raw) if several else (run.raw,):
        name, sign, value = each.partition("=")
        if sign:
            facts = _assigned(run, facts, name.strip(), run.machine.expand(value, run.place, facts))
    return _on(run, facts)


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
    return _on(run, assign(run.facts, kind, value if is_known(value) else None))


def _wait(run: Run) -> Decision:
    given = seconds(argument(split(run.args), 0))
    waited = Duration(exact=False) if given is None else Duration(round(given * 1000))
    onward = run.on()
    return Decision([Way("", onward._replace(waited=onward.waited.plus(waited)))])


_HANDLERS: dict[str, Callable[[Run], Decision]] = {
    "goto": _goto,
    "gotoif": _gotoif,
    "gotoiftime": _gotoiftime,
    "execif": _execif,
    "execiftime": _execiftime,
    "random": _random,
    "while": _while,
    "endwhile": _endwhile,
    "exitwhile": _exitwhile,
    "continuewhile": _endwhile,
    "gosub": _gosub,
    "gosubif": _gosubif,
    "return": _return,
    "macro": _macro,
    "macroexclusive": _macro,
    "macroif": _macroif,
    "macroexit": _macroexit,
    "stackpop": _stackpop,
    "set": _set,
    "mset": _set,
    "setvar": _set,
    "digittimeout": _old_timeout,
    "responsetimeout": _old_timeout,
    "wait": _wait,
    "waitmusiconhold": _wait,
}
