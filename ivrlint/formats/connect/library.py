"""The flows of a project and how they lead to one another."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ivrlint.flow import Problem, no_such_entry
from ivrlint.formats.connect.entries import Likely, likely
from ivrlint.formats.connect.envelope import Export, in_any_folder, plain
from ivrlint.formats.connect.facts import assignments, path_of
from ivrlint.formats.connect.language import Block, ContactFlow
from ivrlint.links import Called, Found, Links
from ivrlint.source import Span

if TYPE_CHECKING:
    from ivrlint.formats.connect.terraform import Use

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")  # ${name}, {{name}}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_AFFIX = re.compile(r"(?:_contact)?(?:_flow)?(?:_module)?(?:_arn|_id)$", re.I)


class Reference(NamedTuple):
    """A flow as a block names it: by ``value`` and the name that the console shows for it."""

    value: str
    shown: str = ""


class Library:
    """All flows, found by any of their names."""

    def __init__(self, exports: Iterable[Export], named: Iterable[str] = ()) -> None:
        exports = list(exports)
        self.flows: dict[str, ContactFlow] = {}
        self.tested: dict[tuple[Any, ...], Any] = {}  # what inputs are compared with (see inputs.py)
        self.languages: Mapping[Any, str] = {}  # spoken at each place (see voices.py)
        self._links: Links[str] = Links()
        self._named = tuple(named)
        self._numbers = [number for export in exports for number in export.numbers]
        flows = [flow for export in exports for flow in export.flows]
        self.used = _declare(exports, flows)
        titles = Counter(flow.title for flow in flows)
        for flow in flows:
            flow.key = flow.title if titles[flow.title] == 1 else f"{flow.title} ({flow.span.path})"
            while flow.key in self.flows:
                flow.key += "'"
            self.flows[flow.key] = flow
            self._links.add(flow.key, flow.names, flow.folder)
        self._learn_identifiers()
        for name, logical in [alias for export in exports for alias in export.aliases]:
            meant = self._links.find([Called("logical", logical)]).place
            if meant is not None:
                self._links.add(meant, [Called("logical", name)], self.flows[meant].folder)

    def _learn_identifiers(self) -> None:
        """An identifier beside which the console shows a flow's name is that flow's for other blocks too."""
        for flow in self.flows.values():
            for reference in (each for block in flow.blocks.values() for each in references(block)):
                called = [Called("id", reference.value), Called("id", reference.value.rsplit("/", 1)[-1])]
                if not reference.shown or "{" in reference.value or path_of(reference.value):
                    continue
                shown = [Called("name", reference.shown), Called("file", plain(reference.shown))]
                meant = self._links.find(shown, flow.folder).place
                if meant is not None and self._links.find(called, flow.folder) == Found():
                    self._links.add(meant, called, self.flows[meant].folder)

    def find(self, reference: Reference, folder: str) -> Found[str]:
        """The key of the flow that ``reference``, written in ``folder``, means."""
        return self._links.find(_names(reference), folder)

    @cached_property
    def assigned(self) -> dict[str, dict[str, None]]:
        """Every constant that some block assigns to each path, or to one that is copied to it."""
        found: dict[str, dict[str, None]] = {}
        copies: list[tuple[str, str]] = []
        for flow in self.flows.values():
            for block in flow.blocks.values():
                for path, value in assignments(block).items():
                    if path_of(value):
                        copies.append((path, path_of(value)))
                    else:
                        found.setdefault(path, {})[value] = None
        known = -1
        while known != (known := sum(map(len, found.values()))):
            for path, origin in copies:
                found.setdefault(path, {}).update(found.get(origin, {}))
        return found

    def possible(self, reference: Reference, folder: str) -> list[str]:
        """Flows that ``reference`` may mean, whatever is known by then: too many rather than too few."""
        path = path_of(reference.value)
        values = [reference.value, *(self.assigned.get(path, ()) if path else ())]
        found = [self.find(Reference(value, reference.shown), folder).place for value in values]
        return list(dict.fromkeys(key for key in found if key is not None))

    def calls(self, block: Block, folder: str) -> list[str]:
        """Flows that ``block`` may start, at once or when something happens later."""
        return self.told(block, folder) or (self.choosable if chooses(block) else [])

    def told(self, block: Block, folder: str) -> list[str]:
        """Of :meth:`calls` those that some file names."""
        return [key for reference in references(block) for key in self.possible(reference, folder)]

    @cached_property
    def entries(self) -> list[tuple[str, str]]:
        """Flows where calls come in, and a word on why each is taken for one."""
        named = [key for key, flow in self.flows.items() if self._is_named(flow)]
        if named:
            return [(key, "named in the settings") for key in named]
        found = {
            key: f"phone number {number}"
            for number, id_ in self._numbers
            for key in [self.find(Reference(id_), "").place]
            if key is not None
        }
        found = self._likely.entries | found
        return [(key, found[key]) for key in self.flows if key in found]

    def unknown_entries(self, span: Span) -> Iterator[Problem]:
        """Problems with what the setting names."""
        flows = self.flows.values()
        called = {name for flow in flows for name in (flow.title, *(each.name for each in flow.names))}
        for name in self._named:
            if name not in called:
                yield no_such_entry(name, [flow.title for flow in flows], span)

    def _is_named(self, flow: ContactFlow) -> bool:
        return any(called.name in self._named for called in flow.names) or flow.title in self._named

    @cached_property
    def _likely(self) -> Likely:
        leads = {
            key: {k for block in flow.blocks.values() for k in self.told(block, flow.folder) if k != key}
            for key, flow in self.flows.items()
        }
        choosing = {
            key
            for key, flow in self.flows.items()
            for block in flow.blocks.values()
            if chooses(block) and not self.told(block, flow.folder)
        }
        return likely(self.flows, leads, choosing)

    @property
    def choosable(self) -> list[str]:
        """Flows that may follow where no file says which one does."""
        return self._likely.chosen


def _declare(exports: list[Export], flows: list[ContactFlow]) -> list[Use]:
    """Give flows the names under which Terraform takes them from their files; which of these are there."""
    used = []
    by_path: dict[str, list[ContactFlow]] = {}
    for flow in flows:
        by_path.setdefault(flow.span.path, []).append(flow)
    for export in exports:
        for use in export.uses:
            found = _at(use.path, by_path)
            used += [use] if found else []
            for flow in found:
                flow.names = (*flow.names, *use.names)
                flow.kind = flow.kind or use.kind
    return used


def _at(path: str, by_path: Mapping[str, list[ContactFlow]]) -> list[ContactFlow]:
    """The flows of the file at ``path``; of the one file that it may be, where a variable names a folder."""
    normal = os.path.normpath(path).replace(os.sep, "/")
    if "${" not in normal:
        return by_path.get(normal, [])
    tail = in_any_folder(normal)
    meant = [flows for each, flows in by_path.items() if f"/{each}".endswith(f"/{tail}")]
    return meant[0] if len(meant) == 1 else []


def references(block: Block) -> Iterator[Reference]:
    """Every flow that ``block`` names."""
    for parameter in ("ContactFlowId", "FlowModuleId"):
        if parameter in block.parameters:
            shown = block.shown.get(parameter.lower()) or block.shown.get("contactflow", "")
            yield Reference(block.text(parameter), shown)
    if block.type == "UpdateContactEventHooks":
        yield from hooks(block).values()


def chooses(block: Block) -> bool:
    """Does something that is known only during the call tell which flow follows?"""
    return block.type == "TransferToFlow" and bool(path_of(block.text("ContactFlowId")))


def hooks(block: Block) -> dict[str, Reference]:
    """Flows by the event that starts them."""
    given = block.parameters.get("EventHooks")
    pairs = given.items() if isinstance(given, dict) else ()
    shown = block.shown
    any_ = shown.get("contactflow") or shown.get("contactflowid", "")
    return {
        event: Reference(value if isinstance(value, str) else "", shown.get(event.lower()) or any_)
        for event, value in pairs
    }


def _names(reference: Reference) -> Iterator[Called]:
    """Best first: the identifier, the name shown, what a variable is called, the value as a name."""
    value = reference.value
    if value and not path_of(value):
        yield Called("id", value)
        if "{" not in value:
            yield Called("id", value.rsplit("/", 1)[-1])
    if reference.shown:
        yield from (Called("name", reference.shown), Called("file", plain(reference.shown)))
    if path_of(value):
        return
    for variable in reversed(_placeholders(value)):
        for piece in re.split(r"[:.]", variable):
            for name in dict.fromkeys((piece, _AFFIX.sub("", piece))):
                yield from (Called("logical", name), Called("name", name), Called("file", plain(name)))
    if value and "{" not in value:
        yield from (Called("name", value), Called("logical", value), Called("file", plain(value)))


def _placeholders(value: str) -> list[str]:
    return [each.strip() for each in _PLACEHOLDER.findall(value)]


def short_name(value: str) -> str:
    """A name for what an ARN or a variable stands for: its telling part; "" for what a path holds."""
    variables = _placeholders(value) if "}" in value.rsplit("/", 1)[-1] else []
    if variables and variables[-1].startswith("aws_connect_"):
        return re.split(r"[.\[]", variables[-1] + ".")[1]
    if variables:
        return max(re.split(r"[:.]", variables[-1]), key=len)
    return "" if path_of(value) else value.rsplit("/", 1)[-1]


def step_names(flow: ContactFlow) -> dict[str, str]:
    """What each block is called: the name it was given, or its kind, with its identifier where needed."""
    kinds = {block.id: block.console_name for block in flow.blocks.values()}
    alike = Counter(kinds[block.id] for block in flow.blocks.values() if not block.friendly)
    short = Counter((kind, id_[:8]) for id_, kind in kinds.items())
    names = {}
    for block in flow.blocks.values():
        kind = kinds[block.id]
        cut = _UUID.fullmatch(block.id) and short[kind, block.id[:8]] == 1
        names[block.id] = f"{kind} {block.id[:8] if cut else block.id}" if alike[kind] > 1 else kind
        if block.friendly:
            names[block.id] = block.id
    return names
