"""The parts of one statement, found by what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ivrlint.formats.ivr.declarations import Goto
from ivrlint.source import Span


class Setting(NamedTuple):
    """One line of a block: ``key`` is its name, ``value`` what it says."""

    key: str
    value: Any


class Block:
    """The parts of a statement, to be asked for by type or name."""

    def __init__(self, items: list[Any]) -> None:
        self._items = list(_flat(items))

    def of(self, kind: type) -> Iterator[Any]:
        return (item for item in self._items if isinstance(item, kind))

    def all(self, key: str) -> Iterator[Any]:
        return (item.value for item in self.of(Setting) if item.key == key)

    def one(self, key: str, default: Any = None) -> Any:
        """The first setting ``key``."""
        return next(self.all(key), default)

    @property
    def goto(self) -> Goto | None:
        """Where the statement leads, if it says so itself."""
        return next(self.of(Goto), None)

    def repeated(self, span: Span) -> Iterator[tuple[str, Span]]:
        """Settings that may be given once and are given again."""
        seen: set[str] = set()
        for item in self.of(Setting):
            if item.key in seen and item.key not in ("tag", "without", "words"):
                yield item.key, getattr(item.value, "span", span)
            seen.add(item.key)


def _flat(items: list[Any]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item
