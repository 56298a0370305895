"""``hours,days,dates,months`` of ``GotoIfTime`` and timed includes: which side is open, if that shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ivrlint.formats.asterisk.arguments import split

_RANGE = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)$")
_WEEKEND = re.compile(r"(sat|sun)[a-z]*(\s*[-&]\s*(sat|sun)[a-z]*)?$", re.IGNORECASE)
_NOON = 12 * 60


@cache
def sides(times: str) -> tuple[str, str, bool, bool]:
    """Labels for "holds" and "does not hold", and whether each is what callers usually meet.

    Working hours on working days are "open", nights, whole weekends and single dates "closed"; of anything
    else it cannot be told.
    """
    side = _side(times)
    if side is None:
        return "yes", "no", True, True
    return ("open", "closed", True, False) if side else ("closed", "open", False, True)


def _side(times: str) -> bool | None:
    hours, days, dates, months, *_ = (*split(times.replace("|", ",")), "*", "*", "*", "*")
    if dates not in ("*", "") and months not in ("*", ""):
        return False
    if _WEEKEND.match(days):
        return None if _RANGE.match(hours) else False  # some are open on Saturday morning
    if dates not in ("*", "") or months not in ("*", ""):
        return None
    match = _RANGE.match(hours)
    if match is None:
        return True if hours in ("*", "") and re.match(r"mon", days, re.IGNORECASE) else None
    begin, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if begin > end:
        return False
    return True if begin <= _NOON <= end else None


_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MINUTES = 24 * 60


def whole_week(spans: Iterable[str]) -> bool:
    """Does at any minute of any week one of ``spans`` hold? Those for some dates only are left out."""
    held: set[int] = set()
    for times in spans:
        hours, days, dates, months, *_ = (*split(times.replace("|", ",")), "*", "*", "*", "*")
        if {dates, months} <= {"*", ""}:
            minutes = _minutes(hours)
            held.update(day * _MINUTES + minute for day in _days(days) for minute in minutes)
    return len(held) == len(_DAYS) * _MINUTES


def _minutes(hours: str) -> list[int]:
    """The minutes of a day in ``9:00-17:59``; none where it cannot be told."""
    if hours in ("*", ""):
        return list(range(_MINUTES))
    match = _RANGE.match(hours)
    if match is None:
        return []
    begin, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    return [*range(begin, end + 1)] if begin <= end else [*range(begin, _MINUTES), *range(end + 1)]


def _days(days: str) -> list[int]:
    """The days of the week in ``mon-fri&sun``."""
    found: list[int] = []
    for part in days.lower().split("&"):
        begin, _, end = (each.strip()[:3] for each in (part.strip() or "*").partition("-"))
        if begin == "*":
            return list(range(len(_DAYS)))
        if begin in _DAYS and (end or begin) in _DAYS:
            first, last = _DAYS.index(begin), _DAYS.index(end or begin)
            found += (
                range(first, last + 1) if first <= last else (*range(first, len(_DAYS)), *range(last + 1))
            )
    return found
