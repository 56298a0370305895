"""The files of one run and how a reader gets at others they name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ivrlint.config import Settings
from ivrlint.files import exists, is_special
from ivrlint.roots import OUTSIDE, inside
from ivrlint.source import Source

MOST_BYTES = 64 * 2**20
"""Files larger than this are refused (64 MiB)."""


class ReadError(Exception):
    """A file that cannot be read as text; the message says why, ``offset`` where in it (0 if nowhere)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class EmptyError(ReadError):
    """A file in which nothing is written."""


UTF_8 = ("utf-8-sig",)
"""How texts are encoded unless their format says otherwise."""

UTF_16 = "utf-16"
"""Only tried, and then alone, where a byte-order mark tells it."""


def decode(data: bytes, encodings: Sequence[str] = UTF_8) -> str:
    """Text of ``data``, in the first of ``encodings`` that fits.

    Raises:
        ReadError: for empty, binary or wrongly encoded content.
    """
    if len(data) > MOST_BYTES:
        raise ReadError(
            f"the file is larger than {MOST_BYTES >> 20} MiB",
            "a phone menu is text of a few kilobytes",
        )
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if marked and UTF_16 not in encodings:
        raise ReadError("the file is UTF-16, not UTF-8", "save it as UTF-8")
    if b"\0" in data and not marked:
        raise ReadError("the file is binary, not text")
    for encoding in [UTF_16] if marked else [each for each in encodings if each != UTF_16]:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError as error:
            first = error.start
    else:
        line = data[:first].count(b"\n") + 1
        column = first - (data[:first].rfind(b"\n") + 1) + 1
        raise ReadError(
            f"line {line}, byte {column} (0x{data[first]:02x}) is not {'UTF-16' if marked else 'UTF-8'}",
            "save the file as UTF-8; it may be Latin-1 or Windows-1252 now",
        )
    if not text.strip():
        raise EmptyError("the file is empty")
    return text


def read_bytes(path: str, texts: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Content of the file at ``path``: as an editor has it in ``texts`` (by real path), else from disk.

    Raises:
        ReadError: if it cannot be read, or is larger than :data:`MOST_BYTES`.
    """
    opened = texts.get(os.path.realpath(path)) if texts else None
    if opened is not None:
        return opened.encode("utf-8", "surrogatepass")
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        if os.path.isdir(path):  # of which Windows says that access is denied
            raise ReadError("this is a folder, not a file") from None
        raise ReadError(f"cannot be read: {error.strerror or error}") from None


@dataclass(slots=True)
class Project:
    """All files given in one run, and the settings that reading depends on.

    ``texts`` are files, by real path, as an editor has them; they count instead of what is on disk. Files
    that are not given are read only in ``folders`` (real paths; None: anywhere).
    """

    settings: Settings = field(default_factory=Settings)
    texts: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[str, ...] | None = None
    _loaded: dict[str, Source] = field(default_factory=dict)

    def add(self, sources: Iterable[Source]) -> None:
        """Make given sources known, so that naming them again yields the same object."""
        for source in sources:
            self._loaded.setdefault(os.path.realpath(source.path), source)

    def include(self, name: str, origin: Source, encodings: Sequence[str] = UTF_8) -> Source:
        """The source that ``name``, written in ``origin``, stands for: a path relative to the file that names
        it.

        Raises:
            ReadError: if there is no such file or it cannot be read as text.
        """
        path = os.path.normpath(os.path.join(os.path.dirname(origin.path), name))
        real = os.path.realpath(path)
        if real not in self._loaded:
            if is_special(path):
                raise ReadError("this is a pipe or a device, not a file")
            if self.folders is not None and not inside(real, self.folders) and exists(path):
                raise ReadError(OUTSIDE)
            self._loaded[real] = Source(
                path.replace(os.sep, "/"), decode(read_bytes(path, self.texts), encodings)
            )
        return self._loaded[real]
