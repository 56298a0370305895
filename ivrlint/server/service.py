"""The language server: the protocol, and nothing but the protocol.

Every request reads the state of the text it is about, which is checked at most once after each change.
Diagnostics come a moment after the last change, from a thread of their own, so that typing is never held up.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from ivrlint import __version__
from ivrlint.server import actions, completion, diagnostics, formatting, hover, navigation, renaming, symbols
from ivrlint.server.positions import Positions
from ivrlint.server.workspace import Checked, Workspace

PAUSE = 0.2
"""Seconds after the last change until the text is checked."""

DIAGRAM = "ivrlint.diagram"
"""A command with the URI of a text as its argument; it returns the diagram as SVG."""


class _Placed(Protocol):
    """A request about a place in a text."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class Service(LanguageServer):
    """A language server with a workspace of checked texts."""

    def __init__(self) -> None:
        super().__init__("ivrlint", __version__)
        self.texts = Workspace()
        self._waiting: asyncio.TimerHandle | None = None
        self._told: dict[str, set[str]] = {}
        self._problem = ""

    @property
    def positions(self) -> Positions:
        """Converts spans for this client."""
        return Positions(self.workspace.position_codec)

    def checked(self, uri: str) -> Checked:
        """The text at ``uri``, checked."""
        return self.texts.checked(path(uri))

    def at(self, params: _Placed) -> tuple[Checked, int]:
        """The text that a request is about, and the offset in it."""
        checked = self.checked(params.text_document.uri)
        return checked, self.positions.offset(checked.source, params.position)

    def changed(self, uri: str) -> None:
        """Take the text at ``uri`` from the editor, and check it when it has been left alone for a moment."""
        self.texts.put(path(uri), self.workspace.get_text_document(uri).source)
        self.check_soon(uri)

    def check_soon(self, uri: str) -> None:
        """Publish diagnostics after :data:`PAUSE`."""
        if self._waiting:
            self._waiting.cancel()
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(PAUSE, lambda: loop.create_task(self.publish(uri)))

    async def publish(self, uri: str) -> None:
        """Tell the findings of the project of ``uri``; what was told of files that left it is cleared."""
        checked = await asyncio.to_thread(self.checked, uri)
        self._warn(checked.problem)
        found = await asyncio.to_thread(diagnostics.by_file, checked.report, self.positions)
        gone = self._told.get(uri, set()) - found.keys()
        self._told[uri] = {each for each, told in found.items() if told}
        for each, told in [*((each, []) for each in sorted(gone)), *found.items()]:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(each, told))

    def _warn(self, problem: str) -> None:
        """Of a configuration that cannot be used, once."""
        if problem and problem != self._problem:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"ivrlint: {problem}"))
        self._problem = problem


def path(uri: str) -> str:
    """The file at ``uri``; of one that is not on a disk, what stands in its URI."""
    return uris.to_fs_path(uri) or uri


def service() -> Service:
    """A server that answers everything we know of."""
    server = Service()
    _listen(server)
    _navigate(server)
    _write(server)
    return server


def _listen(server: Service) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.texts.drop(path(params.text_document.uri))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.texts.refresh()
        for uri in list(server.workspace.text_documents):
            server.check_soon(uri)


def _navigate(server: Service) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        checked, offset = server.at(params)
        steps = navigation.steps_at(checked, offset)
        if not steps:
            return None
        words = hover.about(steps, checked.report.reading.context.routes)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, words))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        return [server.positions.location(span) for span in navigation.definitions(*server.at(params))]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        spans = navigation.references(*server.at(params), params.context.include_declaration)
        return [server.positions.location(span) for span in spans]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return symbols.symbols(server.checked(params.text_document.uri), server.positions)


def _write(server: Service) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[">", " "]))
    def complete(params: types.CompletionParams) -> list[types.CompletionItem]:
        return completion.items(*server.at(params))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.Range | None:
        return renaming.renameable(*server.at(params), server.positions)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        try:
            return renaming.renamed(*server.at(params), params.new_name, server.positions)
        except renaming.RenameError as error:
            raise JsonRpcInvalidParams(str(error)) from None

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatted(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        return formatting.formatted(server.checked(params.text_document.uri).source, server.positions)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def offered(params: types.CodeActionParams) -> list[types.CodeAction]:
        checked = server.checked(params.text_document.uri)
        return list(actions.actions(checked, params.context.diagnostics))

    @server.command(DIAGRAM)
    def diagram(uri: str, *_: Any) -> str:
        from ivrlint.diagrams import Options, svg

        report = server.checked(uri).report
        return svg(report.reading.context, report.findings, Options())
