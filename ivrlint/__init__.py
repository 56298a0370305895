"""ivrlint tells how many keypresses stand between callers and a human being.

>>> import ivrlint
>>> report = ivrlint.check(["flows/"])
>>> entries = ivrlint.routes(["flows/"])
>>> graph = ivrlint.read(["flows/"])

These, :class:`ConfigError` and what they return are the public interface (:mod:`ivrlint.api`); it is loaded
when it is first used.
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False  # as typing's, which takes longer to load than all the rest here
if TYPE_CHECKING:
    from typing import Any

    from ivrlint.api import ConfigError, Entry, Report, check, read, routes

__version__ = "0.1.0"

__all__ = ["ConfigError", "Entry", "Report", "__version__", "check", "read", "routes"]


class _Package(ModuleType):
    """This package: the modules that it has under the names of its functions do not hide these."""

    def __getattr__(self, name: str) -> Any:
        if name in __all__:
            from ivrlint import api

            return getattr(api, name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):  # as importing ivrlint.routes would do
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
