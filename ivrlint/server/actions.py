"""What an editor offers at a finding: to write the option that the hint names, or to be silent about it here,
with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lsprotocol import types

from ivrlint.finding import Option
from ivrlint.formats.ivr.names import spelled
from ivrlint.server.navigation import is_ivr
from ivrlint.server.positions import Positions, uri
from ivrlint.server.workspace import Checked
from ivrlint.source import Span

REASON = "(say why)"


def actions(
    checked: Checked, diagnostics: Sequence[types.Diagnostic], positions: Positions
) -> Iterator[types.CodeAction]:
    """The actions for those of ``diagnostics`` that are ours."""
    comment = checked.report.reading.comments.get(checked.source)
    for diagnostic in diagnostics:
        if diagnostic.source != "ivrlint":
            continue
        for option in _options(checked, diagnostic, positions):
            edit = _with_option(option, positions)
            if edit:
                yield _action(f"{str(option)[0].upper()}{str(option)[1:]}", diagnostic, edit)
        if comment:
            yield _action(
                f"Ignore {diagnostic.code} here", diagnostic, _ignoring(checked, diagnostic, comment)
            )


def _action(title: str, diagnostic: types.Diagnostic, edit: types.WorkspaceEdit) -> types.CodeAction:
    return types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=edit)


def _options(checked: Checked, diagnostic: types.Diagnostic, positions: Positions) -> dict[Option, None]:
    """What the findings that ``diagnostic`` tells propose, each once."""
    return {
        finding.violation.option: None
        for finding in checked.report.findings
        if finding.code == diagnostic.code
        and finding.violation.option
        and finding.span.source is checked.source
        and positions.range(finding.span) == diagnostic.range
    }


def _with_option(option: Option, positions: Positions) -> types.WorkspaceEdit | None:
    """The option as the first line of its menu; None in formats of which we write none."""
    name = option.menu.span
    brace = name.source.text.find("{", name.end)
    if not is_ivr(name.source) or brace < 0:
        return None
    line = f"\n  {option.key} -> {spelled(option.target.name)}"
    at = positions.range(Span(name.source, brace + 1, brace + 1))
    return types.WorkspaceEdit({uri(name.path): [types.TextEdit(at, line)]})


def _ignoring(checked: Checked, diagnostic: types.Diagnostic, comment: str) -> types.WorkspaceEdit:
    """A comment on a line of its own, indented as the line it is about."""
    line = diagnostic.range.start.line
    indent = re.match(r"[ \t]*", checked.source.line(line + 1))[0]  # type: ignore[index]  # it matches nothing, too
    start = types.Position(line, 0)
    closing = " -->" if comment == "<!--" else ""
    text = f"{indent}{comment} ivrlint: ignore[{diagnostic.code}] {REASON}{closing}\n"
    return types.WorkspaceEdit({uri(checked.source.path): [types.TextEdit(types.Range(start, start), text)]})
