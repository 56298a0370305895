"""What an editor offers at a finding: to be silent about it here, with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lsprotocol import types

from ivrlint.server.positions import uri
from ivrlint.server.workspace import Checked

REASON = "TODO: say why"


def actions(checked: Checked, diagnostics: Sequence[types.Diagnostic]) -> Iterator[types.CodeAction]:
    """The actions for those of ``diagnostics`` that are ours, in formats that have comments."""
    comment = checked.report.reading.comments.get(checked.source)
    for diagnostic in diagnostics:
        if diagnostic.source == "ivrlint" and comment:
            yield types.CodeAction(
                f"Ignore {diagnostic.code} here",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                edit=_insert(checked, diagnostic, comment),
            )


def _insert(checked: Checked, diagnostic: types.Diagnostic, comment: str) -> types.WorkspaceEdit:
    """A comment on a line of its own, indented as the line it is about."""
    line = diagnostic.range.start.line
    indent = re.match(r"[ \t]*", checked.source.line(line + 1))[0]  # type: ignore[index]  # it matches nothing, too
    start = types.Position(line, 0)
    closing = " -->" if comment == "<!--" else ""
    text = f"{indent}{comment} ivrlint: ignore[{diagnostic.code}] {REASON}{closing}\n"
    return types.WorkspaceEdit({uri(checked.source.path): [types.TextEdit(types.Range(start, start), text)]})
