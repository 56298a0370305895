"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile


def write(path: str, data: bytes) -> None:
    """Put ``data`` into the file at ``path``, whole or not at all.

    Raises:
        OSError: if the folder cannot be written to; what was at ``path`` is then still there.
    """
    folder = os.path.dirname(os.path.abspath(path))
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".ivrlint-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
