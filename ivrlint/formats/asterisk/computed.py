"""Jumps that are computed, or known by a pattern only: what they may come to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ivrlint.formats.asterisk.arguments import integer, split
from ivrlint.formats.asterisk.dialplan import Extension
from ivrlint.formats.asterisk.jumps import made_of
from ivrlint.formats.asterisk.lookup import Table, Tables
from ivrlint.formats.asterisk.patterns import leaves
from ivrlint.formats.asterisk.state import Place
from ivrlint.formats.asterisk.values import is_known, is_unknown, known_parts, pattern_of

STATUSES = {
    "DIALSTATUS": ("NOANSWER", "BUSY", "CHANUNAVAIL", "CONGESTION", "ANSWER", "CANCEL"),
    "QUEUESTATUS": (
        "TIMEOUT",
        "FULL",
        "JOINEMPTY",
        "LEAVEEMPTY",
        "JOINUNAVAIL",
        "LEAVEUNAVAIL",
        "CONTINUE",
        "UNKNOWN",
    ),
    "VMSTATUS": ("SUCCESS", "USEREXIT", "FAILED"),
}
"""Variables that Asterisk sets, and what to."""

RARE = ("ANSWER", "CANCEL", "UNKNOWN")
"""Followed where something is written for them: after a call that was answered or given up hardly anybody
waits, and no queue is UNKNOWN but one that is not there.
"""

MOST_LISTED = 32
"""Places of one computed jump that are followed; of more, none is."""

_LETTER = re.compile("[A-Za-z]")


class Fitting(NamedTuple):
    """Where a computed jump may lead: extensions and priorities or labels by their names.

    ``all``: nothing else of the context fits. ``number``: it is the extension that is computed.
    """

    places: tuple[tuple[str, str], ...] = ()
    all: bool = True
    number: bool = False


def is_written(tables: Tables, place: Place, destination: str) -> bool:
    """Is there such an extension or label?"""
    parts = split(destination)
    table = tables[parts[-3] if len(parts) > 2 else place.context]
    if len(parts) < 2:
        return table.labelled(place.exten, parts[0], place.via) is not None
    return bool(table.matching(parts[-2]))


def fitting(table: Table, place: Place, exten: str, number: str) -> Fitting:
    """What a jump from ``place`` to ``exten`` ("": the same) and ``number``, one of them computed, may come
    to in ``table``. Nothing if that cannot be told: a number can be any.
    """
    if is_unknown(number):
        found = Fitting(
            tuple((exten or place.exten, label) for label in _labels(table, place, exten, number))
        )
    else:
        found = _extensions(table, exten, number)
    return found if len(found.places) <= MOST_LISTED else Fitting()


def _labels(table: Table, place: Place, exten: str, number: str) -> list[str]:
    parts = known_parts(number)
    if not _is_name(parts) or not is_known(exten):
        return []
    found = table.matching(exten) if exten else table.matching(place.exten, place.via)
    return made_of(parts, dict.fromkeys(label for each in found for label in each.labels))


def _extensions(table: Table, exten: str, number: str) -> Fitting:
    parts, priority = known_parts(exten), integer(number)
    if not is_unknown(exten) or not (priority is None or _is_name(parts)):
        return Fitting()
    there = [each for each in table.extensions if number in each.labels or priority in each.priorities]
    literal = dict.fromkeys(each.name for each in there if each.pattern.literal)
    names: Iterable[str] = made_of(parts, literal) if any(parts) else literal
    sure = not any(_may_be(each, parts[0]) for each in there)
    return Fitting(tuple((name, number) for name in names), sure, True)


def _is_name(parts: Iterable[str]) -> bool:
    """Is it more than a number, whatever is computed?"""
    return any(map(_LETTER.search, parts))


def _may_be(extension: Extension, begin: str) -> bool:
    """Is it a pattern that something beginning so may be?"""
    return not extension.pattern.literal and any(extension.pattern.fit(begin))


def may_fit_nothing(table: Table, exten: str, number: int) -> bool:
    """May digits known only by a pattern be a wrong number too, for which there is a handler?"""
    pattern = pattern_of(exten)
    if pattern is None or not any(table.instruction(name, 1) for name in ("i", "e")):
        return False
    return leaves(pattern, [each.pattern for each, _ in table.possible(exten, number)])
