"""The ratchet: findings that were there when a baseline was written pass, new ones do not.

An entry is what :mod:`ivrlint.fingerprint` keeps of a finding, never a line number; its file is relative to
the baseline's own folder. Of several findings with the same key as many pass as were there, first those with
the same words.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from ivrlint import selection
from ivrlint.files import near
from ivrlint.finding import Finding
from ivrlint.fingerprint import Key, key
from ivrlint.flow import Flow
from ivrlint.linter import COULD_NOT_CHECK, Report

VERSION = 1
_FIELDS = ("file", "step", "rule", "route", "message")


class BaselineError(Exception):
    """A baseline that cannot be used; the message says why."""


class Entry(NamedTuple):
    """A finding that was there: its key, with the file relative to the baseline, and its words."""

    key: Key
    message: str


class Compared(NamedTuple):
    """What is new, how many findings were there before, and the entries that no longer occur."""

    new: tuple[Finding, ...]
    known: int
    expired: tuple[Entry, ...]


def dumps(report: Report, folder: str) -> str:
    """A baseline, to be written into ``folder``, of all that is in ``report``."""
    entries = sorted(_entry(finding, report.reading.flow, folder) for finding in report.findings)
    found = [dict(zip(_FIELDS, (*entry.key, entry.message), strict=True)) for entry in entries]
    return json.dumps({"version": VERSION, "findings": found}, ensure_ascii=False, indent=1) + "\n"


def loads(text: str) -> list[Entry]:
    """The entries of a baseline.

    Raises:
        BaselineError: if ``text`` is none.
    """
    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise BaselineError(f"its version is {document['version']!r}, not {VERSION}")
        return [_read(each) for each in document["findings"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BaselineError(f"this is no baseline of ivrlint ({type(error).__name__}: {error})") from None


def compare(report: Report, entries: Iterable[Entry], folder: str) -> Compared:
    """``report`` beside the ``entries`` of a baseline in ``folder``.

    Expired are only entries of rules that are on and of files that were read in this run, or that are gone.
    """
    on = selection.selected(report.reading.context.settings).on
    left = Counter(entries)
    new = _unmatched(report, left, folder)
    read = {near(source.path, folder) for source in report.reading.flow.sources}
    expired = [
        entry
        for entry in left.elements()
        if entry.key.rule in on
        and (entry.key.file in read or not os.path.exists(os.path.join(folder, entry.key.file)))
    ]
    return Compared(tuple(new), len(report.findings) - len(new), tuple(expired))


def _unmatched(report: Report, left: Counter[Entry], folder: str) -> list[Finding]:
    """The findings that no entry of ``left`` stands for; entries that do are taken out of it."""
    entries = [_entry(finding, report.reading.flow, folder) for finding in report.findings]
    counted = [finding.code not in COULD_NOT_CHECK for finding in report.findings]
    passed = [may and _take(left, entry) for may, entry in zip(counted, entries, strict=True)]
    others: dict[Key, list[Entry]] = {}
    for entry in left.elements():
        others.setdefault(entry.key, []).append(entry)
    new = []
    for finding, entry, may, known in zip(report.findings, entries, counted, passed, strict=True):
        same = others.get(entry.key) if may and not known else None
        if same:
            _take(left, same.pop(0))
        elif not known:
            new.append(finding)
    return new


def _take(left: Counter[Entry], entry: Entry) -> bool:
    """Take one ``entry`` out of ``left``; False if there is none."""
    there = left[entry] > 0
    if there:
        left[entry] -= 1
    return there


def _entry(finding: Finding, flow: Flow, folder: str) -> Entry:
    known = key(finding, flow)
    return Entry(known._replace(file=near(known.file, folder)), finding.violation.message)


def _read(each: Any) -> Entry:
    fields = [each[name] for name in _FIELDS]
    if not all(isinstance(field, str) for field in fields):
        raise BaselineError("an entry has a field that is no text")
    return Entry(Key(*fields[:-1]), fields[-1])
