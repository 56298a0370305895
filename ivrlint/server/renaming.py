"""A step or condition of ``.ivr`` texts under another name, everywhere."""

from __future__ import annotations

from lsprotocol import types

from ivrlint.formats.ivr.names import ACTIONS, spelled
from ivrlint.server.navigation import known, mentions, named
from ivrlint.server.positions import Positions, uri
from ivrlint.server.workspace import Checked


class RenameError(Exception):
    """A renaming that would change what calls do; the message says why."""


def renameable(checked: Checked, offset: int, positions: Positions) -> types.Range | None:
    """The name at ``offset``, if it is one that can be changed."""
    mention = named(checked, offset)
    return positions.range(mention.span) if mention and mention.keyword != "line" else None


def renamed(checked: Checked, offset: int, name: str, positions: Positions) -> types.WorkspaceEdit | None:
    """Every mention of what is named at ``offset`` changed to ``name``, in quotes where it needs them.

    Raises:
        RenameError: if ``name`` is taken, or is an action.
    """
    mention = named(checked, offset)
    if mention is None or mention.keyword == "line":
        return None
    if name in known(checked, mention.condition) and name != mention.name:
        raise RenameError(f"there is already a `{name}`")
    if name in ACTIONS or not name:
        raise RenameError(f"`{name}` cannot be a name")
    written = spelled(name)
    edits: dict[str, list[types.TextEdit]] = {}
    for each in mentions(checked, mention):
        if each.keyword != "line":
            edit = types.TextEdit(positions.range(each.span), written)
            edits.setdefault(uri(each.span.path), []).append(edit)
    return types.WorkspaceEdit(dict(edits))
