"""Where an instruction may lead, as it is written: nothing is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivrlint.formats.asterisk.arguments import argument, branches, instruction, split

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


def _destination(text: str) -> tuple[str, str, bool]:
    text = text.strip()
    if text.endswith(")") and "(" in text and not text.startswith("$"):
        text = text[: text.index("(")]
    parts = split(text)
    if len(parts) == 1:
        return "", "", False
    first = parts[-1] == "1" if len(parts) < 3 else parts[2] == "1"
    return ("", parts[0], first) if len(parts) == 2 else (parts[0], parts[1], first)
