"""Flows in Terraform files: ``aws_connect_contact_flow`` and ``aws_connect_contact_flow_module``.

No HCL is parsed: the resources are found by their first line, their ``content`` as a heredoc, as
``jsonencode`` of literal JSON, or as the file it is taken from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.links import Called
from ivrlint.positions import Document
from ivrlint.source import Source, Span

_RESOURCE = re.compile(r'^[ \t]*resource\s+"aws_connect_contact_flow(_module)?"\s+"([\w-]+)"\s*\{', re.M)
_SETTING = re.compile(r'^[ \t]*(name|type)\s*=\s*"([^"\r\n]*)"', re.M)
_HEREDOC = re.compile(r"^[ \t]*content\s*=\s*<<-?\s*(\w+)[ \t]*\r?\n", re.M)
_ENCODED = re.compile(r'^[ \t]*content\s*=\s*jsonencode\(\s*(?=\{\s*"[^"\r\n]*"\s*:)', re.M)
_ENCODED_END = re.compile(r"\)[ \t]*\r?$", re.M)
_FILE = re.compile(r'^[ \t]*(?:content|filename)\s*=\s*(?:(?:template)?file\(\s*)?"([^"\r\n]+)"', re.M)


_VARIABLE = re.compile(
    r'^[ \t]*"?([\w-]+)"?\s*[=:]\s*aws_connect_contact_flow(?:_module)?\.([\w-]+)(?:\[[^]\r\n]*\])?\.\w',
    re.M,
)


class Use(NamedTuple):
    """A file whose flow a resource takes: it is known by the resource's names as well."""

    path: str
    names: tuple[Called, ...]
    kind: str


class Resource(NamedTuple):
    """A flow that a Terraform file declares; ``content`` if it stands there, ``file`` if elsewhere."""

    label: str
    module: bool
    name: str
    type: str
    span: Span
    content: Document | None = None
    file: str = ""


def resources(source: Source) -> Iterator[Resource]:
    """Every flow of ``source``, in file order."""
    found = list(_RESOURCE.finditer(source.text))
    ends = [*(match.start() for match in found[1:]), len(source.text)]
    for match, end in zip(found, ends, strict=False):
        body = match.end(), end
        settings = dict(_settings(source, body))
        span = source.span(match.start(2), match.end(2))
        content = _content(source, body)
        file = "" if content else _file(source, body)
        name, type_ = settings.get("name", ""), settings.get("type", "")
        yield Resource(match[2], bool(match[1]), name, type_, span, content, file)


def variables(source: Source) -> Iterator[tuple[str, str]]:
    """What a template calls a flow, and the label of the flow's resource (``{menu = ...LABEL.arn}``)."""
    for match in _VARIABLE.finditer(source.text):
        yield match[1], match[2]


def _settings(source: Source, body: tuple[int, int]) -> Iterator[tuple[str, str]]:
    start, end = _heredoc(source, body) or (0, 0)
    for match in _SETTING.finditer(source.text, *body):
        if not start <= match.start() < end:
            yield match[1], match[2]


def _content(source: Source, body: tuple[int, int]) -> Document | None:
    written = _heredoc(source, body) or _encoded(source, body)
    if written is None:
        return None
    start, end = written
    return Document(source, source.text[start:end], [(0, start)], placeholders=True)


def _heredoc(source: Source, body: tuple[int, int]) -> tuple[int, int] | None:
    """From where to where the text of ``content = <<WORD`` stands.

    Where it ends is looked for once: to look on behind one that is not closed takes for ever in many of them.
    """
    opened = _HEREDOC.search(source.text, *body)
    if opened is None:
        return None
    last_line = re.compile(rf"^[ \t]*{opened[1]}[ \t]*\r?$", re.M)
    return _up_to(last_line.search(source.text, opened.end(), body[1]), opened)


def _encoded(source: Source, body: tuple[int, int]) -> tuple[int, int] | None:
    """From where to where the JSON in ``content = jsonencode(...)`` stands."""
    opened = _ENCODED.search(source.text, *body)
    return _up_to(_ENCODED_END.search(source.text, opened.end(), body[1]), opened) if opened else None


def _up_to(closed: re.Match[str] | None, opened: re.Match[str]) -> tuple[int, int] | None:
    return (opened.end(), closed.start()) if closed else None


def _file(source: Source, body: tuple[int, int]) -> str:
    match = _FILE.search(source.text, *body)
    return match[1].replace("${path.module}/", "") if match else ""
