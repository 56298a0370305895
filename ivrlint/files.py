"""Writing files whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile


def write(path: str, data: bytes) -> None:
    """Put ``data`` into the file at ``path``, whole or not at all; its rights stay as they are.

    Raises:
        OSError: if the folder cannot be written to; what was at ``path`` is then still there.
    """
    folder = os.path.dirname(os.path.abspath(path))
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".ivrlint-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, _mode(path))
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _mode(path: str) -> int:
    """The rights of the file at ``path``; of a new one, what is usual."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
