"""The flow language, version 2019-10-30: the blocks of one flow, each with where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from ivrlint.flow import Problem, ProblemKind
from ivrlint.formats.connect.catalogue import CONSOLE_NAMES, EVENTS, console_name
from ivrlint.links import Called
from ivrlint.positions import Array, Object
from ivrlint.problems import Problems
from ivrlint.source import Span

_NOTHING_SHOWN: Mapping[str, str] = {}


class Link(NamedTuple):
    """A transition to the block ``id``, written at ``span``."""

    id: str
    span: Span


class Condition(NamedTuple):
    """A transition taken when the block's result stands in ``operator`` to ``operands``."""

    operator: str
    operands: tuple[str, ...]
    to: Link


class Block(NamedTuple):
    """An action. ``shown`` are the display names that the console keeps beside its parameters."""

    id: str
    type: str
    parameters: Object
    span: Span
    next: Link | None = None
    conditions: tuple[Condition, ...] = ()
    errors: tuple[tuple[str, Link], ...] = ()
    shown: Mapping[str, str] = _NOTHING_SHOWN
    friendly: bool = False  # the identifier is a name that somebody gave

    @property
    def stores(self) -> bool:
        """Does this input block keep what is typed (instead of choosing by one key)?"""
        return str(self.parameters.get("StoreInput", "")).lower() == "true"

    @property
    def console_name(self) -> str:
        """What the console calls blocks of this type."""
        return console_name(self.type, self.stores)

    def links(self) -> list[Link]:
        """Every transition."""
        following = [self.next] if self.next else []
        return [*[each.to for each in self.conditions], *following, *[link for _, link in self.errors]]

    def error(self, *types: str) -> Link | None:
        """Where the first of ``types`` that has a transition leads."""
        for type_ in types:
            for name, link in self.errors:
                if name == type_:
                    return link
        return None

    def text(self, name: str) -> str:
        """Parameter ``name`` if it is a text, else ""."""
        value = self.parameters.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: int | None = None) -> int | None:
        """Parameter ``name`` if it is, or says, a whole number."""
        return whole_number(self.parameters.get(name), default)


def whole_number(value: Any, default: int | None = None) -> int | None:
    """``value`` as a number of at most six figures; ``default`` if it is none (a JSONPath)."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


@dataclass(slots=True, eq=False)
class ContactFlow:
    """One flow: its ``blocks`` by identifier, where it starts, its ``names`` and its ``kind``.

    ``kind`` is the platform's, in small letters without signs: ``contactflow``, ``customerqueue``,
    ``module``...; "" where nothing says it. ``key`` is unique in a project.
    """

    title: str
    kind: str
    names: tuple[Called, ...]
    span: Span
    folder: str
    start: Link | None = None
    blocks: dict[str, Block] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    key: str = ""

    def report(
        self,
        kind: ProblemKind,
        message: str,
        span: Span,
        hint: str = "",
        related: tuple[tuple[str, Span], ...] = (),
    ) -> None:
        """Keep a problem."""
        self.problems.append(Problem(kind, message, span, hint, related))

    def add(self, block: Block) -> None:
        """Take in a block; of two with one identifier the first counts."""
        first = self.blocks.setdefault(block.id, block)
        if first is not block:
            self.report(
                ProblemKind.DUPLICATE_NAME,
                f"two blocks have the identifier `{block.id}`; the first one counts",
                block.span,
                "give one of them another identifier",
                (("first used here", first.span),),
            )
        elif block.type not in CONSOLE_NAMES:
            self.report(
                ProblemKind.UNSUPPORTED,
                f"`{block.type}` is no block type of the flow language that ivrlint knows",
                block.span,
                "what it does is shown as unknown",
            )
        elif block.type == "UpdateContactEventHooks":
            self._events(block)

    def _events(self, block: Block) -> None:
        hooks = _object(block.parameters, "EventHooks")
        for event in sorted(hooks.keys() - EVENTS):
            self.report(
                ProblemKind.UNSUPPORTED,
                f"`{event}` is no event that starts a flow",
                hooks.span(event),
                f"there is: {', '.join(sorted(EVENTS))}",
            )


def read_actions(flow: ContactFlow, root: Object) -> None:
    """Fill ``flow`` from an export with ``Actions``."""
    metadata = _object(_object(root, "Metadata"), "ActionMetadata")
    for action in objects(root, "Actions"):
        identifier = action.get("Identifier")
        if not isinstance(identifier, str) or not identifier:
            flow.report(ProblemKind.UNREADABLE, "a block has no `Identifier`", action.span())
            continue
        flow.add(_block(action, identifier, metadata.get(identifier)))
    flow.start = link_at(root, "StartAction")


def _block(action: Object, identifier: str, metadata: Any) -> Block:
    next_, conditions, errors = _transitions(_object(action, "Transitions"))
    return Block(
        identifier,
        str(action.get("Type") or "a block without a type"),
        _object(action, "Parameters"),
        action.span("Identifier"),
        next_,
        conditions,
        errors,
        _shown(metadata) if isinstance(metadata, dict) else {},
        isinstance(metadata, dict) and metadata.get("isFriendlyName") is True,
    )


_Transitions: TypeAlias = tuple[Link | None, tuple[Condition, ...], tuple[tuple[str, Link], ...]]


def _transitions(node: Object) -> _Transitions:
    conditions = []
    for item, link in _linked(node, "Conditions"):
        condition = _object(item, "Condition")
        operands = condition.get("Operands", condition.get("Operand"))  # some write one without a list
        operands = [operands] if isinstance(operands, (str, int)) else operands
        if isinstance(operands, list):
            conditions.append(Condition(str(condition.get("Operator")), tuple(map(str, operands)), link))
    errors = [(str(item.get("ErrorType")), link) for item, link in _linked(node, "Errors")]
    return link_at(node, "NextAction"), tuple(conditions), tuple(errors)


_NEXT = re.compile(r'"NextAction"\s*:\s*"([^"\\]+)"')


def _linked(node: Object, key: str) -> list[tuple[Object, Link]]:
    """The objects in the array under ``key`` that have a ``NextAction``, each with it."""
    items = [item for item in objects(node, key) if item.get("NextAction")]
    links: Sequence[Link | None] = _at_one_go(items) or [link_at(item, "NextAction") for item in items]
    return [(item, link) for item, link in zip(items, links, strict=True) if link]


def _at_one_go(items: list[Object]) -> list[Link]:
    """The transitions of ``items``, found in their text; none where that holds others too."""
    if not items:
        return []
    document = items[0].document
    found = list(_NEXT.finditer(document.text, items[0].range[0], items[-1].range[1]))
    if [match[1] for match in found] != [item["NextAction"] for item in items]:
        return []
    return [Link(match[1], document.span(match.span(1))) for match in found]


def _shown(metadata: dict[str, Any]) -> dict[str, str]:
    """Display names: ``"queue": {"text": ...}`` and ``"parameters": {"QueueId": {"displayName": ...}}``."""
    shown: dict[str, str] = {}
    if len(metadata) == 1 and "position" in metadata:
        return shown
    for key, value in metadata.items():
        if isinstance(value, dict) and isinstance(value.get("text"), str):
            shown[key.lower()] = value["text"]
        elif key == "contactFlowModuleName" and isinstance(value, str):
            shown["flowmoduleid"] = value
    stack = [metadata.get("parameters")]
    while stack:
        parameters = stack.pop()
        for key, value in parameters.items() if isinstance(parameters, dict) else ():
            if isinstance(value, dict) and isinstance(value.get("displayName"), str):
                shown[key.lower()] = value["displayName"]
            elif key == "EventHooks":
                stack.append(value)
    return shown


def link_at(node: Object, key: str) -> Link | None:
    """The transition under ``key``, if there is one."""
    value = node.get(key)
    return Link(value, node.span(key)) if isinstance(value, str) and value else None


def _object(node: Object, key: str) -> Object:
    value = node.get(key)
    return value if isinstance(value, Object) else Object.begin(node.document, node.range[0])


def objects(node: Object, key: str) -> Iterator[Object]:
    """The objects in the array under ``key``."""
    value = node.get(key)
    if isinstance(value, Array):
        yield from (item for item in value if isinstance(item, Object))
