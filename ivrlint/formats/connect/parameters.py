"""Flows into whose text a template puts more of it, between blocks or members: read with the ``Default`` of
the template's parameters, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ivrlint.flow import Problem
from ivrlint.formats.connect.unread import computed
from ivrlint.json_reader import parse
from ivrlint.positions import Document, Object

MOST_PUT_IN = 100_000
"""Characters put into one text; CloudFormation takes 4,096 bytes for a parameter."""

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|\$\{([^{}\r\n]*)\}\s*', re.S)
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")


def defaults(template: Any) -> dict[str, str]:
    """The values that parameters of the CloudFormation ``template`` have where nobody gives others."""
    given = template.get("Parameters") if isinstance(template, Object) else None
    told = given.items() if isinstance(given, Object) else ()
    values = ((name, each.get("Default")) for name, each in told if isinstance(each, Object))
    return {name: str(value) for name, value in values if type(value) in (str, int, float)}


def put_in(
    document: Document, problem: Problem, known: Mapping[str, str], flow: str
) -> tuple[Document, Problem | None]:
    """``document``, which ``problem`` keeps from being read, with the values ``known``, parsed; and what
    still keeps ``flow`` from being read."""
    filled = _filled(document, known)
    left = parse(filled) if filled else problem
    document = filled or document
    return document, (_unknown(document, left, flow) or left) if left else None


def _filled(document: Document, known: Mapping[str, str]) -> Document | None:
    """None where nothing is known, or too much."""
    pieces: list[str] = []
    anchors: list[tuple[int, int]] = []
    length = end = 0
    found = [match for match in _PLACEHOLDER.finditer(document.text) if match[1] in known]
    if not found or sum(len(known[match[1]]) for match in found) > MOST_PUT_IN:
        return None
    for match in found:
        value, place = known[match[1]], document.place(match.start())
        anchors += _moved(document, end, match.start(), length)
        length += match.start() - end
        anchors += [(length + number, place) for number in range(len(value))]
        length += len(value)
        pieces += [document.text[end : match.start()], value]
        end = match.end()
    anchors += _moved(document, end, len(document.text), length)
    text = "".join((*pieces, document.text[end:]))
    return Document(document.source, text, anchors, placeholders=True)


def _moved(document: Document, start: int, end: int, to: int) -> Iterator[tuple[int, int]]:
    """The anchors of the text from ``start`` to ``end``, which now begins at ``to``."""
    yield to, document.place(start)
    for here, there in document.anchors:
        if start < here < end:
            yield here - start + to, there


def _unknown(document: Document, problem: Problem, flow: str) -> Problem | None:
    """That something is put in where ``problem`` is, or right before."""
    for match in _TOKEN.finditer(document.text):
        begin, end = document.place(match.start()), document.place(match.end())
        if match[1] is not None and begin <= problem.span.start <= end:
            name = match[0].rstrip()
            return computed(flow, document.span((match.start(), match.start() + len(name))), name)
    return None
