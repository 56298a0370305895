"""Remembers what a run said, so that the next one on the same files says it without checking them again.

What is printed depends on the program, on what it is told and on what it finds on the disk, and on nothing
else (tests hold it to that). The first two name an entry. The third is in it: every file and folder that the
run asked for, as Python itself tells it (audit events, PEP 578), with a digest of what was there or that
nothing was. An entry counts only while all of that is the same, so there is no age at which it goes stale,
and nothing that a reader could forget to mention.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from ivrlint import __version__
from ivrlint.files import write

MOST_KEPT = 100
"""Entries that are kept; of more, those written last."""

MOST_BYTES = 8 * 2**20
"""An outcome larger than this is not kept."""

_EVENTS = {"open": "content", "os.scandir": "names", "ivrlint.exists": "presence"}
"""Audit events, and what of the path in them a run may depend on. Python's own imports use ``os.listdir``."""

_PROGRAM = (".py", ".pyc", ".so", ".pyd")
_PACKAGE = os.path.dirname(os.path.abspath(__file__))


class Outcome(NamedTuple):
    """What a run comes to: its output and its exit code.

    What is not ``lasting`` may be another next time (not all could be read) and is not remembered.
    """

    text: str
    code: int
    lasting: bool = True


def remembered(folder: Path, told: object, run: Callable[[], Outcome]) -> Outcome:
    """The outcome of ``run``, from ``folder`` if it is known there.

    ``told`` is all that it depends on besides the program, the working folder and the files it opens.
    Whatever is wrong with ``folder`` only costs time.
    """
    try:
        about = repr((_program(), os.getcwd(), told))
    except OSError:  # somebody has removed the working folder
        return run()
    kept = folder / f"{_digest(about.encode('utf-8', 'backslashreplace'))}.json"
    known = _recalled(kept)
    if known is not None:
        return known
    with _listening() as heard:
        outcome = run()
    ours = str(folder.parent)
    asked = {(what, path): before for (what, path), before in heard.items() if not path.startswith(ours)}
    states = {key: _state(*key) for key in asked}
    unchanged = all(_signature(path) == asked[what, path] for what, path in asked)
    if outcome.lasting and unchanged and None not in states.values():
        _keep(kept, [[*key, state] for key, state in states.items()], outcome)
    return outcome


def _recalled(kept: Path) -> Outcome | None:
    try:
        entry = json.loads(kept.read_bytes())
        if all(_state(what, path) == state for what, path, state in entry["asked"]):
            return Outcome(str(entry["text"]), int(entry["code"]))
    except Exception:  # there is none, or somebody has damaged it
        return None
    return None


def _keep(kept: Path, asked: list[list[Any]], outcome: Outcome) -> None:
    entry = {"text": outcome.text, "code": outcome.code, "asked": asked}
    data = json.dumps(entry).encode()
    if len(data) > MOST_BYTES:
        return
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        write(str(kept), data)
        entries = sorted(kept.parent.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        for old in entries[:-MOST_KEPT]:
            old.unlink()


# --- what a run asks of the disk

_asked: dict[tuple[str, str], object] | None = None
"""What was asked since somebody listens, with the signature of what was there; None while nobody does."""

_is_hooked = False


@contextmanager
def _listening() -> Iterator[dict[tuple[str, str], object]]:
    global _asked, _is_hooked
    if not _is_hooked:  # a hook stays for as long as the process
        sys.addaudithook(_hear)
        _is_hooked = True
    asked: dict[tuple[str, str], object] = {}
    _asked = asked
    try:
        yield asked
    finally:
        _asked = None


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if _asked is None or event not in _EVENTS or not isinstance(args[0], str | bytes | os.PathLike):
        return
    path = os.fsdecode(args[0])
    if not path.endswith(_PROGRAM) and not os.path.abspath(path).startswith(_PACKAGE):
        _asked.setdefault((_EVENTS[event], path), _signature(path))


def _signature(path: str) -> object:
    """What changes when somebody writes to ``path`` while it is read."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _state(what: str, path: str) -> str | None:
    """What there is at ``path``; None for what cannot be remembered, as a device or a pipe."""
    try:
        mode = os.stat(path).st_mode
        if what == "presence":
            return "there"
        if stat.S_ISDIR(mode):
            names = sorted(f"{each.name}{os.sep if each.is_dir() else ''}" for each in os.scandir(path))
            return _digest("\0".join(names).encode("utf-8", "surrogateescape"))
        if not stat.S_ISREG(mode):
            return None
        with open(path, "rb") as file:
            return f"{os.path.realpath(path)} {_digest(file.read())}"
    except (OSError, ValueError) as error:
        return type(error).__name__


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=20).hexdigest()


def _program() -> list[object]:
    """What changes when ivrlint, Python or anything installed beside them does."""
    own = [(str(path), _signature(str(path))) for path in sorted(Path(_PACKAGE).rglob("*.[pt]*"))]
    return [__version__, sys.version, own, [sorted(_listed(folder)) for folder in sys.path]]


def _listed(folder: str) -> list[str]:
    """Names of what is installed in ``folder``; they hold its version."""
    try:
        return [
            name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info", ".pth"))
        ]
    except OSError:
        return []
