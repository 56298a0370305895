"""Arguments of an application: split at commas as ``AST_STANDARD_APP_ARGS`` does."""

from __future__ import annotations

import re
from functools import cache

_OPENING = {"(": ")", "[": "]", "{": "}", "\x01": "\x02"}
_CLOSING = frozenset(_OPENING.values())
_KEEPS_TOGETHER = re.compile(r'["()\[\]{}\x01]')


@cache
def split(text: str, at: str = ",") -> tuple[str, ...]:
    """``text`` at top-level commas; quotes and brackets keep together what stands in them.

    Dialplans of Asterisk 1.4 and earlier separate with ``|``.
    """
    if at == "," and "," not in text and "|" in text and "$[" not in text and "&&" not in text:
        at = "|"
    if not _KEEPS_TOGETHER.search(text):
        return tuple([part.strip() for part in text.split(at)])
    parts: list[str] = []
    begun = depth = 0
    quoted = False
    for index, sign in enumerate(text):
        if sign == '"' and text[index - 1 : index] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
        elif sign == at and not depth:
            parts.append(text[begun:index].strip())
            begun = index + 1
    parts.append(text[begun:].strip())
    return tuple(parts)


def argument(args: tuple[str, ...], index: int) -> str:
    """Argument ``index`` from 0; "" if there are not so many."""
    return args[index] if index < len(args) else ""


def instruction(text: str) -> tuple[str, str]:
    """Application and arguments of ``App(args)``, as ``ExecIf`` takes them."""
    app, bracket, rest = text.strip().partition("(")
    if not bracket:
        app, _, rest = app.partition(",")
        return app.strip(), rest.strip()
    return app.strip(), rest[: rest.rfind(")")] if ")" in rest else rest


def bracketed(text: str) -> tuple[str, str]:
    """The place and the arguments of ``context,exten,label(arguments)``, as ``Gosub`` takes them: the bracket
    that closes is not missed.
    """
    depth = 0
    for index, sign in enumerate(text):
        if sign in "{[\x01":
            depth += 1
        elif sign in "}]\x02":
            depth -= 1
        elif sign == "(" and not depth:
            rest = text[index + 1 :]
            return text[:index], rest[: rest.rfind(")")] if ")" in rest else rest
    return text, ""


@cache
def branches(text: str, mark: str = "?") -> tuple[str, str, str]:
    """``condition?then:else``, cut at the top level."""
    condition, _, rest = _cut(text, mark)
    then, _, otherwise = _cut(rest, ":")
    return condition.strip(), then.strip(), otherwise.strip()


def _cut(text: str, at: str) -> tuple[str, str, str]:
    if not _KEEPS_TOGETHER.search(text):
        return text.partition(at)
    depth = 0
    quoted = False
    for index, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
        elif sign == at and not depth:
            return text[:index], at, text[index + 1 :]
    return text, "", ""


def seconds(text: str) -> float | None:
    """A number of seconds; None if it is none (or one that no call lasts)."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def integer(text: str) -> int | None:
    """A number of up to nine digits and nothing else; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


_LENGTH = re.compile(r"\$\{LEN\([^()]*\)\}")


def unmeasured(text: str) -> str:
    """``text`` without the lengths that it takes."""
    return _LENGTH.sub("", text) if "LEN(" in text else text
