"""Gosub, Macro and their returns."""

from __future__ import annotations

from collections.abc import Callable

from ivrlint.explore import Facts
from ivrlint.flow import ProblemKind
from ivrlint.formats.asterisk.arguments import bracketed, branches, split
from ivrlint.formats.asterisk.running import Decision, Run, either, on
from ivrlint.formats.asterisk.state import Nowhere, Onward, Place, Way, frames, without_call
from ivrlint.formats.asterisk.values import is_unknown, shown


def _gosub(run: Run) -> Decision:
    return Decision(_called(run, run.args, run.facts), shown(run.args))


def _called(run: Run, destination: str, facts: Facts) -> list[Way]:
    if not destination.strip():
        return [Way("", run.on(facts))]
    where, args = bracketed(destination)
    ways = []
    for way in run.gosub(where, facts):
        onward = _may_return(run, way.onward)
        if isinstance(onward.place, Place):
            passed = split(args) if args else ()
            onward = run.machine.entered(run.place, onward.facts, "", onward.place, passed)
        ways.append(Way(way.label, onward))
    return ways


def _may_return(run: Run, onward: Onward) -> Onward:
    """What is not known may return, too."""
    target = onward.place
    if isinstance(target, Nowhere) and target.unknown:
        return onward._replace(place=target._replace(back=run.place))
    return onward


def _gosubif(run: Run) -> Decision:
    condition, then, otherwise = branches(run.raw)
    return either(
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
    return either(
        run,
        lambda facts: _into_macro(run, run.expand(then), facts),
        lambda facts: _into_macro(run, run.expand(otherwise), facts),
        condition,
    )


def _macroexit(run: Run) -> Decision:
    stack = frames(run.facts)
    if stack and stack[0].macro:
        return Decision([Way("", run.machine.left_macro(stack, run.facts, run.priority.span))])
    return on(run)


def _stackpop(run: Run) -> Decision:
    return on(run, without_call(run.facts))


CALLS_AND_RETURNS: dict[str, Callable[[Run], Decision]] = {
    "gosub": _gosub,
    "gosubif": _gosubif,
    "return": _return,
    "macro": _macro,
    "macroexclusive": _macro,
    "macroif": _macroif,
    "macroexit": _macroexit,
    "stackpop": _stackpop,
}
