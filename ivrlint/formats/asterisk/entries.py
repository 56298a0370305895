"""Where calls come in: which contexts are dialled is set in other files, so it is inferred, and said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ivrlint.explore import NOTHING
from ivrlint.flow import Problem, no_such_entry
from ivrlint.formats.asterisk.companions import Companions
from ivrlint.formats.asterisk.dialplan import Dialplan, Extension, Node
from ivrlint.formats.asterisk.jumps import led_to
from ivrlint.formats.asterisk.keypad import Choice
from ivrlint.formats.asterisk.listening import SHORTEST_NUMBER
from ivrlint.formats.asterisk.machine import Machine
from ivrlint.formats.asterisk.names import AGENTS
from ivrlint.formats.asterisk.patterns import KEYS, compiled
from ivrlint.formats.asterisk.state import Place
from ivrlint.formats.asterisk.values import digits
from ivrlint.patience import go_on
from ivrlint.source import Span

SPECIAL = frozenset(("i", "t", "h", "o", "a", "e", "T", "fax", "hang", "failed"))
"""Extensions that Asterisk jumps to by itself; nobody dials them."""

_LONGEST_EXTENSION = 5
_LOCAL_NUMBER = 6
_LONGEST_PREFIX = 4
_OUTSIDE = (("0",), ("8",), ("9",))
_STARS = frozenset("*#")

_CALLED = "nothing jumps into context {} and nothing includes it, so it is taken to be dialled"
_CIRCLE = "only contexts that it leads to itself lead to context {}, so it is taken to be dialled"
_DIALLED = "{} puts telephones or lines into context {}"
_CHOSEN = "chosen by the setting `entry`"


class Entry(NamedTuple):
    """A place where calls come in, and why it is taken for one."""

    name: str
    place: Place
    why: str
    span: Span

    @property
    def supposed(self) -> bool:
        """Is it inferred, and not named by the settings?"""
        return self.why != _CHOSEN


def roots(machine: Machine, companions: Companions) -> dict[str, str]:
    """Contexts that are taken to be dialled, and why; ``companions`` tell of some."""
    leads, dialled = machine.outline.contexts, companions.dialled
    led = {target for name, targets in leads.items() for target in targets if target != name}
    found = {
        name: _CALLED.format(name) for name in leads if name not in led and not name.startswith("macro-")
    }
    found.update((name, _DIALLED.format(dialled[name], name)) for name in leads if name in dialled)
    covered: set[str] = set()
    for name in found:
        _cover(name, leads, covered)
    picked: list[str] = []
    for name in leads:
        if name not in covered and not name.startswith("macro-"):
            beyond = _cover(name, leads, covered)
            picked = [each for each in picked if each not in beyond] + [name]
    found.update((name, _CIRCLE.format(name)) for name in picked)
    return {name: why for name, why in found.items() if name not in companions.texts}


def _cover(name: str, leads: dict[str, dict[str, None]], covered: set[str]) -> set[str]:
    seen = led_to([name], leads)
    covered |= seen
    return seen


def entries(machine: Machine, chosen: Sequence[str], companions: Companions) -> list[Entry]:
    """By ``chosen`` (``CONTEXT[,EXTEN]``), or inferred from the dialplan and the files beside it."""
    if chosen:
        return [entry for each in chosen for entry in _chosen(machine, each, companions)]
    contexts = roots(machine, companions).items()
    found = [each for context, why in contexts for each in _taken(machine, context, why, companions)]
    found = [each for each in found if not _of_staff(machine, each.place)] or found
    found = found or _wandering(machine, companions)
    return list({entry.name: entry for entry in reversed(found)}.values())[::-1]


def _wandering(machine: Machine, companions: Companions) -> list[Entry]:
    """Where nothing leads to a menu or a person: what leads to something that the files do not tell."""
    contexts = roots(machine, companions).items()
    every = [each for context, why in contexts for each in _dialled(machine, context, why)]
    found = [each for each in every if _carries(machine, each.place, machine.outline.wanders)]
    return [each for each in found if _dialable(each.place)] or [
        each for each in every if _carries(machine, each.place, machine.outline.carries)
    ]


def _taken(machine: Machine, context: str, why: str, companions: Companions) -> list[Entry]:
    """The numbers of ``context`` that lead to somebody, but no short ones where ``s`` has a menu: they can be
    dialled in it. Its keys only if there is nothing else, not even a name, where they are asked for.
    """
    leading = machine.outline.carries
    carrying = [each for each in _dialled(machine, context, why) if _carries(machine, each.place, leading)]
    dialled = [entry for entry in carrying if _dialable(entry.place)]
    numbers = [entry for entry in dialled if not _option(machine, entry.place, companions)]
    if any(entry.place.exten == "s" and _listens(machine, entry.place) for entry in numbers):
        return [entry for entry in numbers if not _is_short(entry.place)]
    listening = [entry for entry in carrying if _listens(machine, entry.place)]
    return numbers or [entry for entry in listening if entry not in dialled] or listening or dialled


def _listens(machine: Machine, place: Place) -> bool:
    found = machine.tables[place.context].instruction(place.exten, 1, place.via)
    return found is not None and found.extension.node in machine.outline.listening


def _is_short(place: Place) -> bool:
    """Is it too short for a number of the public network?"""
    pattern = compiled(place.via or place.exten)
    return place.exten != "s" and pattern.fewest <= _LONGEST_EXTENSION and not pattern.tail


def _dialable(place: Place) -> bool:
    """Can it be dialled with keys, or does a line without a number lead there? A number may be computed."""
    pattern = compiled(place.via or place.exten)
    if "${" in place.exten:
        return True
    return place.exten == "s" or all(any(sign in KEYS for sign in signs) for signs in pattern.positions)


def _feature_code(place: Place) -> bool:
    """A number with a star or hash in it: staff dial it on their own telephones, callers do not."""
    return any(set(signs) <= _STARS for signs in compiled(place.via or place.exten).positions)


def _of_staff(machine: Machine, place: Place) -> bool:
    """Is this for those who take calls: a feature code, or a number where they say that they are there?"""
    if _feature_code(place):
        return True
    found = machine.tables[place.context].instruction(place.exten, 1, place.via)
    return found is not None and any(each.does in AGENTS for each in found.extension)


def rings_out(place: Place) -> bool:
    """Is it a public number behind the digit for an outside line? The house's own telephones dial it."""
    pattern = compiled(place.via or place.exten)
    fixed = sum(len(signs) == 1 for signs in pattern.positions)
    if pattern.literal or pattern.positions[:1] not in _OUTSIDE or fixed > _LONGEST_PREFIX:
        return False
    return pattern.tail == "." or len(pattern.positions) - fixed >= _LOCAL_NUMBER


def is_number(extension: Extension, shortest: int) -> bool:
    """Can a telephone dial it, with at least so many digits?"""
    place = Place(extension.node.context, extension.name, 1)
    return place.exten != "s" and _dialable(place) and compiled(extension.name).fewest >= shortest


def _option(machine: Machine, place: Place, companions: Companions) -> bool:
    """Is this a key of a menu rather than a number that is dialled? Something has to ask for keys there."""
    pattern = compiled(place.via or place.exten)
    if pattern.fewest >= SHORTEST_NUMBER or not all(sign in KEYS for sign in "".join(pattern.positions)):
        return False
    found = machine.tables[place.context].instruction(place.exten, 1, place.via)
    contexts = {place.context, found.extension.node.context if found else place.context}
    asked = machine.outline.asked
    return "*" in asked or any(each in asked or companions.takes_keys(each) for each in contexts)


def _chosen(machine: Machine, text: str, companions: Companions) -> Iterator[Entry]:
    context, _, exten = (part.strip() for part in text.partition(","))
    if context not in machine.dialplan.contexts:
        return
    if exten:
        matching = machine.tables[context].instruction(exten, 1)
        if matching is not None:
            yield Entry(f"{context},{exten}", Place(context, exten, 1), _CHOSEN, matching.span)
        return
    yield from _taken(machine, context, _CHOSEN, companions) or _dialled(machine, context, _CHOSEN)


def unknown_choices(dialplan: Dialplan, chosen: Sequence[str]) -> Iterator[Problem]:
    """Problems with what the setting names."""
    span = dialplan.sources[0].span(0, 0)
    for each in chosen:
        context = each.partition(",")[0].strip()
        if context not in dialplan.contexts:
            yield no_such_entry(each, dialplan.contexts, span)


def _dialled(machine: Machine, context: str, why: str) -> Iterator[Entry]:
    """All extensions that can be dialled in ``context``, each by the fewest digits."""
    go_on()
    table = machine.tables[context]
    keypad = machine.keypad(context, NOTHING)
    by_extension: dict[int, Choice] = {}
    for choice in keypad.choices:
        by_extension.setdefault(id(choice.extension), choice)
    for extension in table.extensions:
        if 1 not in extension.priorities or extension.name in SPECIAL:
            continue
        span = extension.priorities[1].span
        name = f"{context},{extension.name}"
        if extension.pattern.literal:
            yield Entry(name, Place(context, extension.name, 1), why, span)
        elif id(extension) in by_extension or _named(extension):
            value = digits(extension.name[1:])
            yield Entry(name, Place(context, value, 1, extension.name), why, span)


def _named(extension: Extension) -> bool:
    return any(sign.isalpha() and sign not in "xXnNzZ" for sign in extension.name)


def _carries(machine: Machine, place: Place, leading: Collection[Node]) -> bool:
    found = machine.tables[place.context].instruction(place.exten, 1, place.via)
    if found is None:
        return False
    node = found.extension.node
    return node in leading and node not in machine.outline.subroutines
