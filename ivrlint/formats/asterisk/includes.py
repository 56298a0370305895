"""What the names in ``#include`` stand for, where a configuration lies elsewhere than on its own machine."""

from __future__ import annotations

import os
from glob import escape, glob, has_magic

from ivrlint.files import exists, near
from ivrlint.source import Source

CONFIGURATION = "/etc/asterisk/"
"""Where Asterisk's configuration is installed."""


def placed(name: str, root: Source) -> str:
    """``name`` as it is written, or as it is found in the folder of ``root``, the file that was read first.

    That folder holds the configuration. Of a whole path, what is behind :data:`CONFIGURATION` is looked for
    there, and, if nothing is at that path, its last part.
    """
    if not (name.startswith("/") or os.path.isabs(name)):  # on Windows, the first is no whole path
        return name
    folder = escape(os.path.dirname(root.path))
    installed, last = name.partition(CONFIGURATION)[2], os.path.basename(name)
    if installed and _is_there(os.path.join(folder, installed)):
        return installed
    return last if not _is_there(name) and _is_there(os.path.join(folder, last)) else name


def files(name: str, root: Source) -> list[str]:
    """The files that ``name`` matches, in order, seen from the folder of ``root``; itself if it holds no
    wildcards.
    """
    name = placed(name, root)
    if not has_magic(name):
        return [name]
    folder = os.path.dirname(root.path)
    found = sorted(glob(os.path.join(escape(folder), name)))
    return [near(path, folder or os.curdir) for path in found]


def _is_there(pattern: str) -> bool:
    return bool(glob(pattern)) if has_magic(pattern) else exists(pattern)
