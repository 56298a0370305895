"""Syntax errors of ``.ivr`` files in a designer's words: what was expected, and the likely fix."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ivrlint.grammar import Dialect, Unexpected

STATEMENTS = frozenset(
    {"include", "language", "line", "everywhere", "hours", "data", "staffing", "say", "do", "menu"}
    | {"ask", "check", "queue", "person", "transfer", "voicemail", "callback", "end", "recording", "code"}
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
            return self._unclosed(error, error.span.text)
        led_to = re.search(r"->\s*(\w+)$", _code_before(error))
        if error.found == "NAME" and led_to and led_to[1] in STATEMENTS:
            return self._unclosed(error, led_to[1])
        if error.span.text == "}" and not error.in_block:
            return self._closes_nothing()
        for case in _CASES:
            told = case(error)
            if told:
                return told
        return f"expected {_expected(error)}, found {_found(error)}", ""

    def _unclosed(self, error: Unexpected, word: str) -> tuple[str, str] | None:
        if self._told_unclosed:
            return None
        self._told_unclosed = True
        where = _statement(error)
        return (
            f"`{word}` cannot stand inside `{where}`" if where else f"`{word}` cannot stand inside a line",
            "blocks do not nest: close this one with `}` and lead to the other by its name with `->`",
        )

    def _closes_nothing(self) -> tuple[str, str] | None:
        if self._told_unclosed:
            return None
        return "this `}` closes nothing", "delete it, or look for the `{` that is missing above"


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
    if text[:1] in _NEEDLESS and text[:1] not in error.expected:
        return f"`{text[0]}` is not needed here", "leave it out"
    return None


def _spelling(error: Unexpected) -> tuple[str, str] | None:
    """Two words for one, and words that are not needed."""
    text, before = error.span.text, _code_before(error)
    if text in ("goto", "then") and "->" in error.expected:
        return f"`{text}` does not say where this leads", "write `->` instead"
    if text == "up" and before.endswith("hang"):
        return "`hang up` is one word here", "write `-> hangup`"
    if text.casefold() in ("press", "key", "option", "dtmf") and "KEY" in error.expected:
        return f"`{text}` is not needed", 'begin with the key itself, for example: 1 "billing" -> billing'
    return None


def _unquoted(error: Unexpected) -> tuple[str, str] | None:
    """Words or a number where a text must stand."""
    line = error.span.source.line(error.span.line)[error.span.column - 1 :]
    text = re.split(r"->|\{|//", line)[0].rstrip()
    if error.expected == {"STRING"} and error.found in ("NAME", "KEY", "INT", "DURATION", "") and text:
        return "a text stands in quotes", f'write "{text}"'
    if text[:1] == "+" and "STRING" in error.expected:
        return "a telephone number stands in quotes", f'write "{text}"'
    return None


def _condition(error: Unexpected) -> tuple[str, str] | None:
    before = _code_before(error).split()
    if error.span.text == "{" and before[:1] == ["check"] and len(before) == 2:
        return (
            "it is not said what is checked",
            f"name a condition: check {before[1]} office {{ ... }}, with `hours office` declared",
        )
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


_CASES = (
    _spelling,
    _condition,
    _sign,
    _quoted,
    _number,
    _nowhere,
    _missing_arrow,
    _reserved,
    _misspelt,
    _unquoted,
)
"""Likely slips, the surest first; each returns message and hint, or None if it is not that one."""
