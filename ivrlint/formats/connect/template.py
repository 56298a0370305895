"""Texts in templates: written in JSON or YAML, or put together by ``Fn::Join``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ivrlint.positions import Array, Document, Object, Range, embedded

_JSON = ("{", "[", '"')


def text_document(document: Document, range_: Range, text: str) -> Document:
    """What the ``text`` written at ``range_`` of ``document`` holds, to be parsed as JSON."""
    if document.text is document.source.text and document.text.lstrip()[:1] not in _JSON:
        from ivrlint.yaml_positions import text_in  # most runs read no YAML

        return text_in(document, range_, text)
    return embedded(document, range_, text, placeholders=True)


def joined(node: Object) -> Document | None:
    """The text that ``{"Fn::Join": ["", [...]]}`` makes; a reference in it becomes ``${NAME}``."""
    given = node.get("Fn::Join")
    if not isinstance(given, Array) or len(given) != 2 or not isinstance(given[1], Array):
        return None
    text, anchors = "", []
    between = given[0] if isinstance(given[0], str) else ""
    for number, (piece, range_) in enumerate(zip(given[1], given[1].at, strict=True)):
        text += between if number else ""
        if isinstance(piece, str):
            anchors += [
                (len(text) + here, there)
                for here, there in text_document(node.document, range_, piece).anchors
            ]
            text += piece
        else:
            anchors.append((len(text), node.document.place(range_[0])))
            text += f"${{{_referred(piece)}}}"
    return Document(node.document.source, text, anchors, placeholders=True)


def variables(given: Array) -> Iterator[tuple[str, str]]:
    """What ``{"Fn::Sub": [text, {variable: reference}]}`` calls other resources: variable, logical name."""
    for node in given[1:2]:
        for name, value in node.items() if isinstance(node, Object) else ():
            if isinstance(value, Object):
                yield name, _referred(_part_of(value))


def _part_of(value: Object) -> Object:
    """The reference of which ``{"Fn::Select": [1, {"Fn::Split": ["/", reference]}]}`` takes a part."""
    for function in ("Fn::Select", "Fn::Split"):
        given = value.get(function)
        if isinstance(given, Array) and given and isinstance(given[-1], Object):
            value = given[-1]
    return value


def _referred(piece: Any) -> str:
    """The name in ``{"Ref": name}`` or ``{"Fn::GetAtt": [name, attribute]}``."""
    value = next(iter(piece.values()), "") if isinstance(piece, Object) else piece
    value = value[0] if isinstance(value, Array) and value else value
    return value.partition(".")[0] if isinstance(value, str) else "value"
