"""Variables that are set anew before anything looks at them: what they held before makes no difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ivrlint.formats.asterisk.arguments import argument, split
from ivrlint.formats.asterisk.dialplan import Context, Dialplan, Extension, Node, Priority
from ivrlint.formats.asterisk.names import PLAYED, SILENT, SPOKEN, variables

_MOST = 60
"""Instructions that are looked at."""

_PLAIN = re.compile(r"_{0,2}([A-Za-z]\w*)\s*=[^=]*$")
_NESTED = re.compile(r"\$\{\w*\$")
_STRAIGHT = (SILENT - {"exec", "tryexec"}) | PLAYED | SPOKEN | {"wait", "read", "mset"}
"""The call goes on behind these, and nowhere else."""

_CALLING = ("gosub", "macro", "execif")


def overwritten(extension: Extension, number: int) -> frozenset[str]:
    """Variables that a call sets from priority ``number`` on before anything looks at them."""
    seen: set[str] = set()
    found: set[str] = set()
    for each in range(number, number + _MOST):
        priority = extension.priorities.get(each)
        if priority is None or priority.does not in _STRAIGHT or _NESTED.search(priority.args):
            break
        seen |= variables(priority.args)
        found |= _set(priority) - seen
    return frozenset(found)


def _set(priority: Priority) -> set[str]:
    if priority.does == "read":
        return {argument(split(priority.args), 0)}
    plain = _PLAIN.match(priority.args) if priority.does == "set" else None
    return {plain[1]} if plain else set()


def overwriting(dialplan: Dialplan, midway: Iterable[Node]) -> dict[Node, frozenset[str]]:
    """For each extension what it overwrites; ``midway`` are those that are not only entered at their first
    priority (extension ``*``: any of the context).
    """
    entered = set(midway)
    anywhere = included(dialplan.contexts, [node.context for node in entered if node.exten == "*"])
    found = {}
    for context in dialplan.contexts.values() if "*" not in anywhere else ():
        for extension in context.extensions.values() if context.name not in anywhere else ():
            names = frozenset[str]() if extension.node in entered else overwritten(extension, 1)
            if names and not any(each.does.startswith(_CALLING) for each in extension):
                found[extension.node] = names
    return found


def included(contexts: Mapping[str, Context], names: list[str]) -> set[str]:
    """``names`` and what those contexts include."""
    found = set(names)
    for name in names:
        context = contexts.get(name)
        more = [each.context for each in context.includes if each.context not in found] if context else []
        found.update(more)
        names += more
    return found
