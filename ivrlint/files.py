"""Writing files whole or not at all, asking whether they are there, and where things may be kept."""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path

from ivrlint.leaving import tidied

_USUAL = 0o666
"""The rights of a new file, less what the umask takes."""


def write(path: str, data: bytes) -> None:
    """Put ``data`` into the file at ``path``, whole or not at all; its rights stay as they are.

    Of a link, what it leads to is written. What is no plain file (a terminal, a pipe, ``/dev/null``) is
    written to as it is, never replaced.

    Raises:
        OSError: if it cannot be written; what was at ``path`` is then still there.
    """
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        with open(path, "wb") as there:
            there.write(data)
        return
    path = os.path.realpath(path)
    beside = os.path.join(os.path.dirname(path), f".ivrlint-{secrets.token_hex(8)}")
    with tidied(lambda: _clear(beside)):  # before the file is: whatever interrupts, it is cleared away
        try:
            _create(beside, data, mode)
            os.replace(beside, path)
        except BaseException:
            _clear(beside)
            raise


def _clear(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def _create(path: str, data: bytes, mode: int | None) -> None:
    """A new file, on the disk when this returns, with the rights of ``mode``; None is what is usual."""
    rights = _USUAL if mode is None else stat.S_IMODE(mode)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, rights)) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        os.chmod(path, rights)  # the umask may have taken some of them


def _mode(path: str) -> int | None:
    """Kind and rights of what is at ``path``; None if nothing is."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def exists(path: str) -> bool:
    """Is there anything at ``path``? Whoever listens hears of it, as of what is opened: a remembered run
    depends on it.
    """
    sys.audit("ivrlint.exists", path)
    return os.path.exists(path)


def cache_folder() -> Path | None:
    """Where ivrlint may keep what it can make anew; None for a user without a home, as containers have."""
    from platformdirs import user_cache_path  # only where something is kept: it takes a while to load

    try:
        path = user_cache_path("ivrlint")
    except RuntimeError:
        return None
    return path if path.is_absolute() else None


def near(path: str, folder: str = os.curdir) -> str:
    """``path`` seen from ``folder``, with forward slashes; the whole path where it is on another drive."""
    try:
        path = os.path.relpath(path, folder)
    except ValueError:  # only Windows has drives
        path = os.path.abspath(path)
    return path.replace(os.sep, "/")


def beside(file: str, name: str) -> str:
    """The path that ``name``, written in ``file``, stands for, with forward slashes."""
    return os.path.join(os.path.dirname(file), name).replace(os.sep, "/")


_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, in every folder and with any suffix."""


def is_special(path: str) -> bool:
    """Is there a pipe, a device or the like at ``path``? To read one may take for ever."""
    if sys.platform == "win32" and _DEVICES.fullmatch(os.path.basename(path)):
        return True
    try:
        mode = _mode(path)
    except OSError:  # it cannot be read either, and that is told then
        return False
    return mode is not None and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
