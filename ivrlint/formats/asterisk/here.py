"""What expressions know at a place."""

from __future__ import annotations

from collections.abc import Callable

from ivrlint.explore import Facts
from ivrlint.formats.asterisk.arguments import integer
from ivrlint.formats.asterisk.dialplan import Dialplan
from ivrlint.formats.asterisk.lookup import Table
from ivrlint.formats.asterisk.outline import Outline
from ivrlint.formats.asterisk.state import Place, text
from ivrlint.formats.asterisk.values import is_known


class Here:
    """A place, and the facts known there; ``table`` tells what can be called in a context by those facts."""

    def __init__(
        self,
        dialplan: Dialplan,
        outline: Outline,
        table: Callable[[str, Facts], Table],
        place: Place,
        facts: Facts,
    ) -> None:
        self._dialplan = dialplan
        self._outline = outline
        self._table = table
        self._place = place
        self._facts = facts

    def variable(self, name: str) -> str | None:
        if name in self._facts:
            return text(self._facts, name)
        match name:
            case "EXTEN":
                return self._place.exten
            case "CONTEXT":
                return self._place.context
            case "PRIORITY":
                return str(self._place.number)
        if name in self._outline.shared or name in self._outline.assigned:
            return None
        return self._dialplan.globals.get(name)

    def exists(self, context: str, extension: str, priority: str) -> bool | None:
        context, extension = context or self._place.context, extension or self._place.exten
        number = integer(priority) or 1
        if not (is_known(context) and is_known(extension)):
            return None
        table = self._table(context, self._facts)
        if table.instruction(extension, number) is not None:
            return True
        sure = not (table.switches or table.missing) and context in self._dialplan.contexts
        return False if sure or not self._dialplan.incomplete else None
