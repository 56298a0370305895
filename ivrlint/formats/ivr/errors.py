"""Syntax errors of ``.ivr`` files in a designer's words: what was expected, and the likely fix."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ivrlint.grammar import Dialect, Unexpected

STATEMENTS = frozenset(
    {"include", "language", "line", "everywhere", "hours", "data", "staffing", "say", "menu", "ask"}
    | {"check", "queue", "person", "transfer", "voicemail", "callback", "end", "recording", "code"}
)
"""Words that begin a statement."""

_KINDS = {
    "KEY": "a key (0-9, * or #)",
    "NAME": "a name",
    "STRING": 'a text in "quotes"',
    "INT": "a number",
    "DURATION": "a time (5s, 10m)",
    "TIMES": "how often (x2)",
}
_ARROWS = ("=>", "→", "-->", "–>", "—>", "⇒", ">", "->>")
_QUOTES = "“”„‟«»‘’‚'`"
_NEEDLESS = ";:=|,"


def dialect() -> Dialect:
    """What the error finder needs for one ``.ivr`` file."""
    return Dialect(STATEMENTS, "//", _Explainer().explain)


class _Explainer:
    """Words one file's errors; remembers what has been said, so that one slip is told once."""

    def __init__(self) -> None:
        self._told_unclosed = False

    def explain(self, error: Unexpected) -> tuple[str, str] | None:
        """Message and hint, or None where an earlier message already says it."""
        if error.found == "$END":
            return _ends_early(error)
        if error.in_block and _begins_statement(error) and "}" in error.expected:
            return self._unclosed(error)
        for case in (_sign, _quoted, _number, _nowhere, _missing_arrow, _reserved, _misspelt):
            told = case(error)
            if told:
                return told
        return f"expected {_expected(error)}, found {_found(error)}", ""

    def _unclosed(self, error: Unexpected) -> tuple[str, str] | None:
        if self._told_unclosed:
            return None
        self._told_unclosed = True
        return (
            f"`{error.span.text}` cannot stand inside `{_statement(error)}`",
            f"close `{_statement(error)}` with `}}` first; "
            "blocks do not nest, they lead to each other with `->`",
        )


def _ends_early(error: Unexpected) -> tuple[str, str]:
    if error.in_block and "}" in error.expected:
        return (
            f"the file ends before `{_statement(error)}` is closed",
            "add a line with `}` at its end",
        )
    return f"the file ends where {_expected(error)} is expected", ""


def _sign(error: Unexpected) -> tuple[str, str] | None:
    """Signs borrowed from other languages, and texts that do not end."""
    text, before = error.span.text, _code_before(error)
    if text.startswith('"') and not error.found:
        rest = error.span.source.line(error.span.line)[error.span.column :]
        if re.match(r'(?:[^"\\]|\\.)*"', rest):
            return (
                'a backslash can only stand before `"` or another backslash',
                "write `\\\\` for one backslash",
            )
        return "this text is not closed", 'add `"` at its end, on the same line'
    if text[:1] in _QUOTES:
        return "texts stand between straight double quotes", 'write "..." around the text'
    if "->" in error.expected and text.startswith(_ARROWS):
        return f"`{text}` is not an arrow here", "write `->`"
    if text.startswith(("/*", "--")) or (not before and text.startswith("#") and "KEY" not in error.expected):
        return f"`{text}` does not begin a comment", "comments begin with `//`"
    if before == "#" and error.found in ("NAME", ""):
        return "a comment cannot begin with `#`, which is a key", "comments begin with `//`"
    if text == "}" and not error.in_block:
        return "this `}` closes nothing", "delete it, or look for the `{` that is missing above"
    if text[:1] in _NEEDLESS and text[:1] not in error.expected:
        return f"`{text[0]}` is not needed here", "leave it out"
    return None


def _quoted(error: Unexpected) -> tuple[str, str] | None:
    """A key or a number in quotes."""
    bare = error.span.text.strip('"')
    if error.found != "STRING" or "STRING" in error.expected:
        return None
    if "KEY" in error.expected and re.fullmatch(r"[0-9*#]+", bare):
        return "keys stand without quotes", f"write `{bare}`"
    if "INT" in error.expected and bare.isdecimal():
        return "numbers stand without quotes", f"write `{bare}`"
    return None


def _nowhere(error: Unexpected) -> tuple[str, str] | None:
    """A step without an arrow, noticed only when the next one begins."""
    if "->" in error.expected and _begins_statement(error) and not error.in_block:
        return (
            f"it is not said where `{_statement(error)}` leads",
            "write `->` and the next step at its end, or `-> hangup`",
        )
    return None


def _number(error: Unexpected) -> tuple[str, str] | None:
    text = error.span.text
    before = _code_before(error).split()
    if (
        "DURATION" in error.expected
        and text.isdecimal()
        and before
        and before[-1] in ("timeout", "pause", "max")
    ):
        return (
            f"{text} what? a time needs a unit",
            f"write `{text}s` for seconds or `{text}m` for minutes",
        )
    attempts = re.fullmatch(r"(\d+)[xX]?|[X×](\d+)", text)
    if "TIMES" in error.expected and attempts:
        return "how often is written with an x in front", f"write `x{attempts[1] or attempts[2]}`"
    if "NAME" in error.expected and "KEY" not in error.expected and text[:1].isdigit():
        return "a name begins with a letter", f'put it in quotes: "{_word(error)}"'
    return None


def _missing_arrow(error: Unexpected) -> tuple[str, str] | None:
    if "->" not in error.expected or error.found not in (
        "NAME",
        "STRING",
        "HANGUP",
        "REPEAT",
        "BACK",
        "RETURN",
    ):
        return None
    if error.found == "NAME" and get_close_matches(error.span.text, _words(error), 1, 0.75):
        return None
    return (
        "it is not said where this leads",
        f"write `-> {error.span.text}` if that is the next step",
    )


def _reserved(error: Unexpected) -> tuple[str, str] | None:
    text = error.span.text
    if "NAME" in error.expected and error.found not in ("", "NAME") and re.fullmatch(r"[a-z-]+", text):
        return f"`{text}` is a word of the language", f'as a name it needs quotes: "{text}"'
    return None


def _misspelt(error: Unexpected) -> tuple[str, str] | None:
    text = error.span.text
    close = get_close_matches(text.casefold(), _words(error), 1, 0.6)
    if error.found in ("NAME", "") and close:
        return f"`{text}` means nothing here", f"did you mean `{close[0]}`?"
    return None


def _words(error: Unexpected) -> list[str]:
    return sorted(word for word in error.expected if word[0].islower())


def _begins_statement(error: Unexpected) -> bool:
    """A statement's first word, and not an outcome that is called like one."""
    after = error.span.source.line(error.span.line)[error.span.column - 1 + len(error.span.text) :]
    return error.span.text in STATEMENTS and not after.lstrip().startswith("->")


def _word(error: Unexpected) -> str:
    """All that was meant to be one word, where only its beginning was read."""
    rest = error.span.source.line(error.span.line)[error.span.column - 1 :]
    word = re.match(r"[\w.-]*[\w]", rest)
    return word[0] if word else error.span.text


def _code_before(error: Unexpected) -> str:
    return error.span.source.line(error.span.line)[: error.span.column - 1].strip()


def _statement(error: Unexpected) -> str:
    return error.statement.text if error.statement else ""


def _found(error: Unexpected) -> str:
    text = error.span.text
    return f"`{text if len(text) <= 30 else text[:29] + '…'}`"


def _expected(error: Unexpected) -> str:
    """What could stand there, texts and names first, then words and signs."""
    if "include" in error.expected and "include" not in _KINDS:
        return "the beginning of a statement (`line`, `menu`, `say`, `ask`, `queue`, ...)"
    signs = sorted(error.expected - _KINDS.keys() - {"$END"}, key=lambda sign: (not sign[0].isalpha(), sign))
    said = [words for kind, words in _KINDS.items() if kind in error.expected]
    said += [f"`{sign}`" for sign in signs]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " or " + said[-1]
