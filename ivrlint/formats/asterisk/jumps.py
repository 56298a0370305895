"""Where an instruction may jump to, as far as its text tells."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ivrlint.formats.asterisk.arguments import argument, bracketed, branches, instruction, split
from ivrlint.formats.asterisk.names import variables

T = TypeVar("T", bound=Hashable)

_COMPUTED = re.compile(r"\$(?:\{[^{}]*\}|\[[^\[\]]*\])")
_LOCAL = re.compile(r"Local/([^@&,]+)@([^/&,|]+)", re.IGNORECASE)


def jumps(app: str, args: str) -> Iterator[tuple[str, str, bool]]:
    """Context and extension ("" for the same) that an instruction may jump to or call, and whether that is
    at its first priority; ``app`` is in small letters.
    """
    if app in ("goto", "gosub"):
        yield _destination(args)
    elif app in ("gotoif", "gosubif", "gotoiftime"):
        _, then, otherwise = branches(args)
        yield from (_destination(each) for each in (then, otherwise) if each)
    elif app in ("macro", "macroexclusive"):
        yield f"macro-{argument(split(args), 0)}", "s", True
    elif app == "macroif":
        _, then, otherwise = branches(args)
        yield from ((f"macro-{argument(split(each), 0)}", "s", True) for each in (then, otherwise) if each)
    elif app in ("execif", "execiftime"):
        _, then, otherwise = branches(args)
        for each in (then, otherwise):
            if each:
                inner, inner_args = instruction(each)
                yield from jumps(inner.lower(), inner_args)
    elif app == "random":
        yield _destination(args.partition(":")[2])
    for exten, context in _LOCAL.findall(args) if "ocal/" in args else ():
        yield context, exten, True


_CALLING = ("gosub", "gosubif", "macro", "macroexclusive", "macroif")


def handed_over(app: str, args: str) -> list[tuple[str, set[str]]]:
    """Variables that a call, or the return from one, may set, each with those that it may be made from."""
    sources = variables(args)
    if app == "return":
        return [("GOSUB_RETVAL", sources)]
    count = args.count(",") + 1 if sources and app in _CALLING else 0
    return [(f"ARG{number + 1}", sources) for number in range(count)]


def _destination(text: str) -> tuple[str, str, bool]:
    parts = split(bracketed(text.strip())[0])
    if len(parts) == 1:
        return "", "", False
    first = parts[-1] == "1" if len(parts) < 3 else parts[2] == "1"
    return ("", parts[0], first) if len(parts) == 2 else (parts[0], parts[1], first)


def named_like(text: str, names: Iterable[str]) -> list[str]:
    """Those of ``names`` that ``text``, which is partly computed, may come to; none if nothing of it
    is known.
    """
    return made_of(_COMPUTED.split(text), names)


def made_of(parts: Sequence[str], names: Iterable[str]) -> list[str]:
    """Those of ``names`` that consist of ``parts`` with anything between; none if all of them are empty."""
    pattern = re.compile(".*".join(map(re.escape, parts)))
    return [name for name in names if pattern.fullmatch(name)] if any(parts) else []


def led_to(begin: Iterable[T], leads: Mapping[T, Iterable[T]]) -> set[T]:
    """``begin`` and all that those lead to."""
    found = set(begin)
    queue = list(found)
    while queue:
        for each in leads.get(queue.pop(), ()):
            if each not in found:
                found.add(each)
                queue.append(each)
    return found
