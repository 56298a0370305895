"""A real client that talks to a real server over stdio."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

from tests.conftest import ROOT


class Editor:
    """An editor with some texts open; a place is given as the text around it, with a bar at the cursor."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self._texts: dict[str, str] = {}
        self._version = 0

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, on_disk: bool = True) -> None:
        if on_disk:
            (self.folder / name).write_text(text, encoding="utf-8")
        self._texts[name] = text
        item = types.TextDocumentItem(self.uri(name), "ivr", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str) -> None:
        self._version += 1
        self._texts[name] = text
        document = types.VersionedTextDocumentIdentifier(self._version + 1, self.uri(name))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    async def diagnostics(self, name: str) -> list[types.Diagnostic]:
        """Those told next of ``name``."""
        while True:
            await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            if self.uri(name) in self.client.diagnostics:
                return list(self.client.diagnostics.pop(self.uri(name)))

    def at(self, name: str, around: str) -> tuple[types.TextDocumentIdentifier, types.Position]:
        """The document and the position of the bar in ``around``."""
        before, after = around.split("|")
        text = self._texts[name]
        assert text.count(before + after) == 1
        offset = text.index(before + after) + len(before)
        line = text.count("\n", 0, offset)
        start = text.rfind("\n", 0, offset) + 1
        units = len(text[start:offset].encode("utf-16-le")) // 2
        return types.TextDocumentIdentifier(self.uri(name)), types.Position(line, units)

    def text_of(self, name: str, range_: types.Range) -> str:
        """The text at ``range_``, of one line."""
        line = self._texts[name].split("\n")[range_.start.line].encode("utf-16-le")
        return line[2 * range_.start.character : 2 * range_.end.character].decode("utf-16-le")


@pytest_asyncio.fixture
async def editor(tmp_path: Path) -> AsyncIterator[Editor]:
    client = make_test_lsp_client()
    await client.start_io(sys.executable, "-m", "ivrlint", "server", cwd=str(ROOT))
    try:
        await client.initialize_session(
            types.InitializeParams(types.ClientCapabilities(), root_uri=tmp_path.as_uri())
        )
        yield Editor(client, tmp_path)
        await client.shutdown_session()
    finally:
        await client.stop()
