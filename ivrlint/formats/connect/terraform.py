"""Flows in Terraform files: ``aws_connect_contact_flow`` and ``aws_connect_contact_flow_module``.

A resource's ``content`` is read where it stands there: as a heredoc, a text, or what ``jsonencode`` is given
(also in ``locals`` of the same file); or the file that it is taken from is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ivrlint.formats.connect.hcl import Token, attributes, called, names, plain, value
from ivrlint.links import Called
from ivrlint.patience import go_on
from ivrlint.positions import Document, embedded, whole
from ivrlint.source import Source, Span

_RESOURCE = re.compile(r'^[ \t]*resource\s+"aws_connect_contact_flow(_module)?"\s+"([\w-]+)"\s*\{', re.M)
_LOCALS = re.compile(r"^[ \t]*locals\s*\{", re.M)
_VARIABLE = re.compile(
    r'^[ \t]*"?([\w-]+)"?\s*[=:]\s*aws_connect_contact_flow(?:_module)?\.([\w-]+)(?:\[[^]\r\n]*\])?\.\w',
    re.M,
)


MOST_CHARACTERS = 2 * 2**20
"""Longer files are refused: the words of a text that means harm take hundreds of bytes a character."""


class Use(NamedTuple):
    """A file whose flow a resource takes: it is known by the resource's names as well."""

    path: str
    names: tuple[Called, ...]
    kind: str
    label: str
    span: Span


class Resource(NamedTuple):
    """A flow that a Terraform file declares: its ``content`` is a text still to be read, or ``value`` what
    is given to ``jsonencode``, or it stands in ``file``; else it is worked out."""

    label: str
    module: bool
    name: str
    type: str
    span: Span
    content: Document | None = None
    value: Any = None
    file: str = ""


def resources(source: Source) -> Iterator[Resource]:
    """Every flow of ``source``, in file order."""
    locals_: dict[str, list[Token]] = {}
    for match in _LOCALS.finditer(source.text):
        locals_ |= attributes(source.text, match.end())
    for match in _RESOURCE.finditer(source.text):
        go_on()
        settings = attributes(source.text, match.end())
        found = Resource(
            match[2],
            bool(match[1]),
            names(settings, "name"),
            names(settings, "type"),
            source.span(match.start(2), match.end(2)),
        )
        given = _meant(settings.get("content", []), locals_)
        yield _filled(found, source, given) if given else found._replace(file=names(settings, "filename"))


def variables(source: Source) -> Iterator[tuple[str, str]]:
    """What a template calls a flow, and the label of the flow's resource (``{menu = ...LABEL.arn}``)."""
    for match in _VARIABLE.finditer(source.text):
        yield match[1], match[2]


def _meant(given: list[Token], locals_: dict[str, list[Token]]) -> list[Token]:
    """``given``, or what the local value is that it names."""
    words = [token.text for token in given]
    return locals_.get(words[2], given) if words[:2] == ["local", "."] and len(words) == 3 else given


def _filled(found: Resource, source: Source, given: list[Token]) -> Resource:
    first = given[0]
    start, end = first.range
    if len(given) == 1 and first.kind == "heredoc":
        text = source.text[start:end]
        return found._replace(content=Document(source, text, [(0, start)], placeholders=True))
    if len(given) == 1 and first.kind == "text":
        return _text(found, source, first)
    if first.text == "jsonencode":
        return found._replace(value=value(whole(source), called(given, "jsonencode") or given))
    return found._replace(file=_path(called(given, "file", "templatefile")))


def _text(found: Resource, source: Source, token: Token) -> Resource:
    """A flow between quotes; a path is taken for that of a file."""
    text = plain(token)
    if text.lstrip()[:1] != "{":
        return found._replace(file=text)
    return found._replace(content=embedded(whole(source), token.range, text, placeholders=True))


def _path(arguments: list[Token]) -> str:
    given = {"path": arguments[:1]}
    return names(given, "path").replace("${path.module}/", "").replace("${path.root}/", "")
