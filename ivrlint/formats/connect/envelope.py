"""Finds the flows in a text, however they are wrapped.

Console exports are flows as they are. The API answers ``{"ContactFlow": {"Content": "..."}}``, templates of
CloudFormation and SAM hold ``AWS::Connect::ContactFlow`` resources, Terraform ``aws_connect_contact_flow``:
in all of them the flow is JSON in a text. What stands around it gives the flow its names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from ivrlint.files import beside
from ivrlint.flow import Problem, ProblemKind
from ivrlint.formats.connect.language import ContactFlow, read_actions
from ivrlint.formats.connect.legacy import read_modules
from ivrlint.formats.connect.template import joined, text_document, variables
from ivrlint.json_reader import parse
from ivrlint.links import Called
from ivrlint.positions import Array, Document, Object, Range, whole
from ivrlint.problems import Problems
from ivrlint.source import Source

if TYPE_CHECKING:
    from ivrlint.formats.connect.terraform import Use

DEEPEST_WRAP = 8
"""Texts of JSON inside one another."""

_INWARDS = frozenset({"ContactFlow", "ContactFlowModule", "Properties", "Content", "Fn::Sub"})
"""Keys on the way from a flow's names to the flow."""

RESOURCES = frozenset({"AWS::Connect::ContactFlow", "AWS::Connect::ContactFlowModule"})
"""Types of CloudFormation that declare flows."""

_TOLD_FOLDER = re.compile(r"^.*\$\{[^{}]*\}/")
_FLOW_IN_TEXT = re.compile(r'"(?:Actions|modules)"\s*:')


@dataclass(slots=True)
class Export:
    """What one text holds: flows, phone numbers (number -> flow), what is wrong.

    ``aliases`` are variables of templates and the resources (by logical name) that they stand for;
    ``unread`` says of flows that they are worked out elsewhere.
    """

    flows: list[ContactFlow] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    unread: Problems = field(default_factory=Problems)
    uses: list[Use] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)


class _Wrapping(NamedTuple):
    """What has been said about a flow on the way in to it."""

    title: str = ""
    kind: str = ""
    names: tuple[Called, ...] = ()
    logical: str = ""
    depth: int = 0

    def deeper(self) -> _Wrapping:
        """The same for a text within."""
        return self._replace(depth=self.depth + 1)


def read_export(source: Source) -> Export:
    """All that ``source`` holds."""
    return _Finder(source).export


def file_names(path: str) -> tuple[Called, ...]:
    """The names that a flow has by its file: ``flow_Main%20IVR.json`` is ``main_ivr`` too."""
    stem = unquote(os.path.basename(path))
    for suffix in (".tftpl", ".tpl", ".json", ".yaml", ".yml", ".template", ".content"):
        stem = stem.removesuffix(suffix)
    return tuple(
        dict.fromkeys((Called("file", plain(stem)), Called("file", plain(stem.removeprefix("flow_")))))
    )


def in_any_folder(path: str) -> str:
    """``path`` behind the folders of which a variable tells the name."""
    return _TOLD_FOLDER.sub("", path)


def plain(name: str) -> str:
    """``name`` as variables and files spell it: small letters, digits and ``_``."""
    return re.sub(r"[^0-9a-z]+", "_", name.casefold()).strip("_")


class _Finder:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen: set[int] = set()
        self._root: Any = None
        self.export = Export()
        start = source.text.lstrip()[:1]
        if start in ("{", "[", '"'):
            templates = source.path.endswith((".tftpl", ".tpl"))
            self._json(whole(source, templates), _Wrapping())
        elif source.path.endswith(".tf"):
            self._terraform()
        else:
            self._yaml()
        if len(self.export.flows) > 1:  # the file's name is none of theirs
            for flow in self.export.flows:
                flow.names = tuple(called for called in flow.names if called.kind != "file")

    # --- the ways a text can be written

    def _json(self, document: Document, wrapping: _Wrapping) -> None:
        problem = parse(document)
        if problem and document.placeholders:
            from ivrlint.formats.connect import parameters  # most templates put in values only

            known = parameters.defaults(self._root)
            document, problem = parameters.put_in(document, problem, known, wrapping.title)
        if problem:
            self._told(problem)
            return
        self._root = self._root or document.root
        text = document.text
        self._value(document.root, document, (text.find('"') + 1, text.rfind('"')), wrapping)
        for key, first, second in document.repeated:
            message = f'"{key}" is given twice in one object; the last one counts'
            related = (("first given here", first),)
            self.export.problems.append(Problem(ProblemKind.DUPLICATE_NAME, message, second, "", related))

    def _yaml(self) -> None:
        from ivrlint.yaml_positions import parse_yaml  # most runs read no YAML

        document = parse_yaml(self._source)
        if isinstance(document, Problem):
            self.export.problems.append(document)
        else:
            self._root = document.root
            self._value(document.root, document, (0, 0), _Wrapping())

    def _terraform(self) -> None:
        from ivrlint.formats.connect import terraform, unread  # most runs read none

        if len(self._source.text) > terraform.MOST_CHARACTERS:
            words = f"the file has more than {terraform.MOST_CHARACTERS:,} characters"
            problem = Problem(ProblemKind.UNREADABLE, words, self._source.span(0, 0), "divide it")
            self.export.problems.append(problem)
            return
        self.export.aliases += terraform.variables(self._source)
        for resource in terraform.resources(self._source):
            kind = "module" if resource.module else plain(resource.type).replace("_", "")
            names = (Called("name", resource.name), Called("logical", resource.label))
            wrapping = _Wrapping(resource.name or resource.label, kind, names)
            before = self._found
            if resource.content:
                self._json(resource.content, wrapping)
            elif resource.value is not None:
                self._value(resource.value, whole(self._source), (0, 0), wrapping)
            elif resource.file and "${" not in in_any_folder(resource.file):
                path = beside(self._source.path, resource.file)
                self.export.uses.append(terraform.Use(path, names, kind, resource.label, resource.span))
            if self._found == before:
                self.export.unread.append(unread.computed(resource.label, resource.span))

    @property
    def _found(self) -> tuple[int, ...]:
        """How much there is to say of flows so far."""
        export = self.export
        return len(export.flows), len(export.uses), len(export.problems), len(export.unread)

    # --- looking into values

    def _value(self, value: object, document: Document, range_: Range, wrapping: _Wrapping) -> None:
        if isinstance(value, str):
            self._text(value, document, range_, wrapping)
        elif isinstance(value, (Object, Array)) and id(value) not in self._seen:
            self._seen.add(id(value))
            if isinstance(value, Array):
                for item, at in zip(value, value.at, strict=True):
                    self._value(item, value.document, at, wrapping)
            elif _is_flow(value):
                self._flow(value, wrapping)
            elif "Fn::Join" in value:
                self._joined(value, wrapping)
            elif isinstance(value.get("Fn::Sub"), Array):
                self.export.aliases += variables(value["Fn::Sub"])
                self._value(value["Fn::Sub"], document, range_, wrapping)
            else:
                self._object(value, wrapping)

    def _object(self, node: Object, wrapping: _Wrapping) -> None:
        wrapping = _described(node, wrapping)
        self.export.numbers += _numbers(node)
        for key, value in node.items():
            if isinstance(value, Object) and str(value.get("Type")) in RESOURCES:
                self._resource(key, value, wrapping)
                continue
            inner = wrapping if key in _INWARDS or isinstance(value, str) else _Wrapping(depth=wrapping.depth)
            self._value(value, node.document, node.at.get(key, node.range), inner)

    def _resource(self, name: str, node: Object, wrapping: _Wrapping) -> None:
        """A flow that a template of CloudFormation declares."""
        kind = "module" if node["Type"].endswith("Module") else ""
        before = self._found
        met = not {id(node), id(_content(node))}.isdisjoint(self._seen)  # an alias of YAML
        inner = _Wrapping(name, kind, (*wrapping.names, Called("logical", name)), name)
        self._value(node, node.document, node.range, inner)
        if self._found == before and not met:
            from ivrlint.formats.connect import unread  # most templates hold their flows

            path = unread.file_put_in(_content(node))
            if path:
                self._use(path, node["Properties"], inner)
            else:
                self._told(unread.resource(name, node))

    def _use(self, path: str, properties: Object, wrapping: _Wrapping) -> None:
        """Remember that the flow of a resource with ``properties`` stands in the file at ``path``."""
        from ivrlint.formats.connect.terraform import Use  # most templates hold their flows

        described = _described(properties, wrapping)
        path = beside(self._source.path, path)
        span = properties.span("Content")
        self.export.uses.append(Use(path, described.names, described.kind, wrapping.logical, span))

    def _told(self, problem: Problem) -> None:
        is_computed = problem.kind is ProblemKind.UNSUPPORTED
        (self.export.unread if is_computed else self.export.problems).append(problem)

    def _text(self, text: str, document: Document, range_: Range, wrapping: _Wrapping) -> None:
        if text.lstrip()[:1] not in ("{", '"') or not _FLOW_IN_TEXT.search(text.replace('\\"', '"')):
            return
        if wrapping.depth >= DEEPEST_WRAP:
            return
        self._json(text_document(document, range_, text), wrapping.deeper())

    def _joined(self, node: Object, wrapping: _Wrapping) -> None:
        document = joined(node)
        if document and _FLOW_IN_TEXT.search(document.text):
            self._json(document, wrapping.deeper())

    def _flow(self, root: Object, wrapping: _Wrapping) -> None:
        wrapping = _described(root, wrapping, "Metadata" if "Actions" in root else "metadata")
        fallback = file_names(self._source.path) if not wrapping.logical else ()
        title = wrapping.title or unquote(os.path.splitext(os.path.basename(self._source.path))[0])
        folder = os.path.dirname(self._source.path)
        module = "Settings" in root or _is_older_module(root)  # what a module takes and gives
        kind = "module" if module else wrapping.kind
        flow = ContactFlow(title, kind, (*wrapping.names, *fallback), root.span(), folder)
        if "Actions" in root:
            read_actions(flow, root)
        else:
            read_modules(flow, root)
        self.export.problems += flow.problems
        if flow.start is None:
            name = "StartAction" if "Actions" in root else "start"
            message = f"`{name}` does not say where flow `{title}` begins, so it cannot be followed"
            hint = f'add "{name}": "IDENTIFIER OF THE FIRST BLOCK"'
            self.export.problems.append(Problem(ProblemKind.UNREADABLE, message, root.span(), hint))
        elif flow.blocks:
            self.export.flows.append(flow)
        else:
            message = f"flow `{title}` has no blocks"
            self.export.problems.append(Problem(ProblemKind.UNREADABLE, message, root.span()))


def _content(resource: Object) -> object:
    properties = resource.get("Properties")
    return properties.get("Content") if isinstance(properties, Object) else None


def _is_flow(node: Object) -> bool:
    if isinstance(node.get("Actions"), Array):
        return "StartAction" in node or "Version" in node
    if isinstance(node.get("modules"), Array):
        return "start" in node or "metadata" in node
    return _is_older_module(node)


def _is_older_module(node: Object) -> bool:
    """A flow module as consoles exported it before the flow language."""
    return isinstance(node.get("blocks"), Array) and "start" in node and "metadata" in node


def _described(node: Object, wrapping: _Wrapping, metadata: str = "") -> _Wrapping:
    """``wrapping`` and what ``node`` says itself."""
    title, kind, names = wrapping.title, wrapping.kind, list(wrapping.names)
    described: list[object] = [node, node.get(metadata)] if metadata else [node]
    for each in described:
        if not isinstance(each, Object):
            continue
        for key in ("Arn", "arn", "ContactFlowArn", "Id", "id", "ContactFlowId"):
            if isinstance(each.get(key), str) and (each is not node or not metadata):
                names += [Called("id", each[key]), Called("id", each[key].rsplit("/", 1)[-1])]
        for key in ("Name", "name"):
            if isinstance(each.get(key), str) and each[key]:
                title = title if title and title != wrapping.logical else each[key]
                names.append(Called("name", each[key]))
        for key in ("Type", "type"):
            if isinstance(each.get(key), str) and not each[key].startswith("AWS::"):
                kind = kind or plain(each[key]).replace("_", "")
    return _Wrapping(title, kind, tuple(dict.fromkeys(names)), wrapping.logical, wrapping.depth)


def _numbers(node: Object) -> Iterator[tuple[str, str]]:
    """Phone numbers and the flows they lead to, as ``list-flow-associations`` tells them."""
    listed = node.get("FlowAssociationSummaryList")
    for item in listed if isinstance(listed, Array) else ():
        if not isinstance(item, Object) or not isinstance(item.get("FlowId"), str):
            continue
        if item.get("ResourceType") in (None, "VOICE_PHONE_NUMBER"):
            yield str(item.get("ResourceId")), item["FlowId"]
