"""What an extension does before callers notice anything of it, and that is not lost when it is over."""

from __future__ import annotations

from ivrlint.formats.asterisk.dialplan import Extension
from ivrlint.formats.asterisk.names import SILENT

_WRITING = frozenset(
    """
    dbdel dbdeltree dbput mset odbcfinish originate queuelog set setaccount setcallerid setcdruserfield
    setcidname setcidnum setglobalvar setvar system trysystem userevent
    """.split()  # noqa: SIM905
)
_CALLING = frozenset(("gosub", "macro"))
_PASSED = SILENT | {"wait", "set", "mset"}


def written_first(extension: Extension) -> str:
    """What ``extension`` sets and writes before anything is heard, and what it calls with which arguments."""
    found = []
    for priority in extension:
        if priority.does in _WRITING or priority.does in _CALLING:
            found.append(f"{priority.does}({priority.args})")
        if priority.does not in _PASSED:
            break
    return "\n".join(found)
