"""Blocks in which the system decides."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator

from ivrlint.explore import Facts
from ivrlint.flow import OTHER_CHANNEL, Move, MoveKind, Step
from ivrlint.formats.connect.facts import CHANNEL, UNKNOWN, hours_name, known, path_of
from ivrlint.formats.connect.language import Block, Condition, Link, whole_number
from ivrlint.formats.connect.library import short_name
from ivrlint.formats.connect.places import LOST
from ivrlint.formats.connect.visit import Visit

MOST_ROUNDS = 10
"""Rounds of a Loop block that are counted; one with more may end after any of them."""

_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "NumberGreaterThan": operator.gt,
    "NumberGreaterOrEqualTo": operator.ge,
    "NumberGreaterThanOrEqualTo": operator.ge,
    "NumberLessThan": operator.lt,
    "NumberLessOrEqualTo": operator.le,
    "NumberLessThanOrEqualTo": operator.le,
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TextStartsWith": str.startswith,
    "TextEndsWith": str.endswith,
    "TextContains": str.__contains__,
}
_SIGNS = {"NumberGreaterThan": ">", "NumberLessThan": "<"}


# --- attributes


def compare(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """Outcomes that fit what is known; a single one is no decision any more."""
    asked = visit.block.text("ComparisonValue")
    condition = path_of(asked) or asked
    step = step._replace(
        condition=condition, tags=_STAFFING if condition.startswith("$.Metrics.") else step.tags
    )
    fitting = list(_fitting(visit))
    if len(fitting) == 1:
        label, link, facts = fitting[0]
        moves = [visit.move(MoveKind.NEXT, link, facts, label=label)]
    else:
        moves = [visit.when(link, label, condition, facts) for label, link, facts in fitting]
    others = _other_channels(visit, [link for _, link, _ in fitting]) if condition == CHANNEL else ()
    return step, [*moves, *others, *visit.faults("NoMatchingCondition", decides=True)]


def _other_channels(visit: Visit, taken: list[Link]) -> Iterator[Move]:
    """Branches for chats and tasks: there, but on no caller's route."""
    for condition in visit.block.conditions:
        if condition.to not in taken:
            facts = visit.then.learn(CHANNEL, condition.operands[0]) if condition.operands else visit.then
            label = _label(condition)
            yield visit.move(MoveKind.ERROR, condition.to, facts, label=label, condition=OTHER_CHANNEL)
    link = visit.block.error("NoMatchingCondition")
    if link and link not in taken:
        facts = visit.then.forget(CHANNEL)
        yield visit.move(MoveKind.ERROR, link, facts, label="other channels", condition=OTHER_CHANNEL)


def _fitting(visit: Visit) -> Iterator[tuple[str, Link, Facts]]:
    """Branches that can be taken, each with its label and what is known on it."""
    value = known(visit.block.text("ComparisonValue"), visit.facts)
    path = path_of(visit.block.text("ComparisonValue"))
    for condition in visit.block.conditions:
        holds = _holds(condition, value, visit.facts)
        if holds is False:
            continue
        learned = visit.then
        if path and value is UNKNOWN and condition.operator == "Equals" and len(condition.operands) == 1:
            learned = learned.learn(path, condition.operands[0])
        yield _label(condition), condition.to, learned
        if holds:
            return
    link = visit.block.error("NoMatchingCondition") or visit.block.next
    if link:
        yield "no match", link, visit.then


def _label(condition: Condition) -> str:
    words = " or ".join(condition.operands)
    if condition.operator == "Equals":
        return words
    return f"{_SIGNS.get(condition.operator, condition.operator)} {words}"


def _holds(condition: Condition, value: object, facts: Facts) -> bool | None:
    """Does ``condition`` hold for ``value``? None if that cannot be told."""
    answers = [_compared(condition.operator, value, known(each, facts)) for each in condition.operands]
    if any(answers):
        return True
    return None if None in answers else False


def _compared(operator_: str, value: object, operand: object) -> bool | None:
    if operator_ == "Equals":
        if value is None and isinstance(operand, str):
            return False  # digits that equal nothing they are compared with
        return value == operand if isinstance(value, str) and isinstance(operand, str) else None
    if not isinstance(value, str) or not isinstance(operand, str):
        return None
    if operator_ in _TEXTS:
        return _TEXTS[operator_](value, operand)
    left, right = whole_number(value), whole_number(operand)
    if operator_ not in _ORDERS or left is None or right is None:
        return False if value == "Timeout" and operator_ in _ORDERS else None
    return _ORDERS[operator_](left, right)


# --- hours, staffing, counts


def hours(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """Open or closed; asked again, the answer is the same."""
    block = visit.block
    queue = visit.queue_name
    condition = short_name(hours_name(block)) or (f"hours of {queue}" if queue else "hours of operation")
    fact = f"hours:{hours_name(block)}"
    answers = [(_OPEN.get(" ".join(each.operands).lower()), each.to) for each in block.conditions]
    outcomes = [(label or " ".join(each.operands), link) for (label, link), each in _zip(answers, block)]
    closed = block.error("NoMatchingCondition")
    if closed and not any(label == "closed" for label, _ in outcomes):
        outcomes.append(("closed", closed))
    told = [each for each in outcomes if each[0] == visit.facts.get(fact)] if hours_name(block) else []
    opens = any(label == "open" for label, _ in outcomes)
    moves = [
        visit.move(
            MoveKind.WHEN,
            link,
            visit.then.learn(fact, label),
            label=label,
            condition=condition,
            usual=not opens or label != "closed",
        )
        for label, link in told or outcomes
    ]
    step = step._replace(condition=condition, tags=_HOURS)
    return step, [*moves, *visit.faults("NoMatchingCondition", decides=True)]


_HOURS, _STAFFING = frozenset({"hours"}), frozenset({"staffing"})


def _zip(
    answers: list[tuple[str | None, Link]], block: Block
) -> Iterable[tuple[tuple[str | None, Link], Condition]]:
    return zip(answers, block.conditions, strict=True)


_OPEN = {"true": "open", "false": "closed"}


def metric(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """Staffing, or how full a queue is."""
    block = visit.block
    type_ = block.text("MetricType")
    staffing = type_.startswith("NumberOfAgents")
    condition = _metric_name(visit, type_)
    moves = [
        visit.when(each.to, "staffed" if staffing else _label(each), condition) for each in block.conditions
    ]
    none = block.error("NoMatchingCondition")
    if none:
        moves.append(visit.when(none, "unstaffed" if staffing else "no match", condition))
    return step._replace(condition=condition, tags=_STAFFING), [
        *moves,
        *visit.faults("NoMatchingCondition", decides=True),
    ]


def _metric_name(visit: Visit, type_: str) -> str:
    names = {"OldestContactInQueueAgeSeconds": "longest wait", "NumberOfContactsInQueue": "callers waiting"}
    what = names.get(type_) or type_.replace("NumberOfAgents", "agents ").lower() or "queue status"
    shown = visit.block.shown.get("queue") or visit.block.shown.get("queueid")
    name = shown or short_name(visit.block.text("QueueId")) or visit.queue_name
    return f"{what} in {name}" if name else what


def loop(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """So many rounds, then on. The rounds made are counted along the route."""
    block = visit.block
    again = next((each.to for each in block.conditions if "ContinueLooping" in each.operands), None)
    done = next((each.to for each in block.conditions if "DoneLooping" in each.operands), block.next)
    fact = f"loop:{visit.at}"
    asked = known(block.parameters.get("LoopCount"), visit.facts)
    rounds = whole_number(asked) if asked is not UNKNOWN else None
    lost = LOST in visit.facts and fact not in visit.facts
    if again is None or done is None or rounds is None or rounds > MOST_ROUNDS or lost:
        links = [("again", again), ("done", done)]
        condition = f"rounds of {step.name}"
        outcomes = [visit.when(link, label, condition) for label, link in links if link]
        return step._replace(condition=condition), [*outcomes, *visit.faults()]
    made = visit.facts.get(fact, 0)
    assert isinstance(made, int)  # only loop() writes this fact
    if made < rounds:
        move = visit.move(
            MoveKind.NEXT, again, visit.then.learn(fact, made + 1), label=f"round {made + 1} of {rounds}"
        )
    else:
        move = visit.move(MoveKind.NEXT, done, visit.then.forget(fact), label="done")
    return step, [move, *visit.faults()]
