"""Loads grammars from ``grammars/`` and turns what Lark cannot parse into problems that a person understands.

A text with a syntax error is never linted. It is parsed on, from line to line, only to find its other errors.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from lark import Lark, Token, Tree
from lark import __version__ as lark_version
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.grammar import Rule
from lark.lexer import PatternStr, TerminalDef
from lark.parsers.lalr_interactive_parser import InteractiveParser

from ivrlint.files import cache_folder, write
from ivrlint.flow import Problem, ProblemKind
from ivrlint.lines import folder
from ivrlint.patience import go_on
from ivrlint.source import Source, Span

MOST_CHARACTERS = 2**20
"""Longer texts are refused: a tree takes hundreds of bytes for each character of a text that means harm."""

MOST_ERRORS = 20
"""Syntax errors reported of one file."""


class Unexpected(NamedTuple):
    """What stopped the parser.

    ``span`` is the text met, ``found`` the name of its terminal ("" if the characters make none, ``$END`` at
    the end of the file), ``expected`` what could have stood there: words and signs as they are written, other
    terminals by name. ``statement`` is the beginning of the statement still open (``menu main``), if any, and
    ``in_block`` says whether its ``{`` has been read.
    """

    span: Span
    found: str
    expected: frozenset[str]
    statement: Span | None
    in_block: bool


class Dialect(NamedTuple):
    """What finding errors takes of a language: the words its statements begin with, and how to word an error.

    ``explain`` returns message and hint, or None for an error that only follows from an earlier one.
    """

    statements: frozenset[str]
    comment: str
    explain: Callable[[Unexpected], tuple[str, str] | None]


@cache
def load(name: str) -> Lark:
    """The LALR parser of ``grammars/<name>.lark``.

    Making its tables takes longer than everything else at start-up, so they are kept in the user's cache
    folder: as JSON, which unlike Lark's own cache runs nothing when it is read.
    """
    text = (folder() / f"{name}.lark").read_text(encoding="utf-8")
    digest = sha256(f"{lark_version}\n{text}".encode()).hexdigest()
    cache = cache_folder()
    kept = cache and cache / f"{name}-{digest[:24]}.json"
    if kept:
        with suppress(Exception):  # whatever is wrong with what is kept there, we can do without it
            return Lark.load(json.loads(kept.read_bytes(), object_hook=_numbered))
    parser = Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=False)
    if kept:
        _keep(parser, kept)
    return parser


def _keep(parser: Lark, path: Path) -> None:
    """Write the tables; where that cannot be done, they are made again next time."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write(str(path), json.dumps({"data": data, "memo": memo}).encode())


def _numbered(table: dict[str, Any]) -> dict[str | int, Any]:
    """JSON knows text as keys only; in Lark's tables those of digits are numbers."""
    return {int(key) if key.isdecimal() else key: value for key, value in table.items()}


def parse(name: str, source: Source, dialect: Dialect) -> Tree[Token] | list[Problem]:
    """The tree of ``source``, or every syntax error that can be told apart in it."""
    if len(source.text) > MOST_CHARACTERS:
        words = f"the file has more than {MOST_CHARACTERS:,} characters"
        return [Problem(ProblemKind.UNREADABLE, words, source.span(0, 0), "divide it, and include the parts")]
    parser = load(name)
    with suppress(UnexpectedInput):
        return parser.parse(source.text)
    return list(_errors(parser, source, dialect))  # what the first try has made is gone by now


def tokens(name: str, source: Source) -> list[Token]:
    """All tokens of ``source``, which :func:`parse` accepts; also those that say nothing in its tree."""
    return list(load(name).parse_interactive(source.text).iter_parse())


def next_terminals(name: str, text: str) -> frozenset[str]:
    """What can follow ``text``: words and signs as they are written, other terminals by name.

    Raises:
        lark.exceptions.UnexpectedInput: if ``text`` cannot be the beginning of anything.
    """
    parser = load(name)
    session = parser.parse_interactive(text)
    session.exhaust_lexer()
    return frozenset(_as_written(parser, terminal) for terminal in _accepted(session))


def _errors(parser: Lark, source: Source, dialect: Dialect) -> Iterator[Problem]:
    session = parser.parse_interactive(source.text)
    reported = 0
    while reported < MOST_ERRORS:
        go_on()
        try:
            session.exhaust_lexer()
            session.feed_eof()  # type: ignore[no-untyped-call]
            return
        except UnexpectedInput as error:
            unexpected = _unexpected(parser, source, session, error)
        explained = dialect.explain(unexpected)
        if explained is not None:
            reported += 1
            message, hint = explained
            opening = unexpected.statement if unexpected.in_block else None
            related = ((f"`{opening.text}` begins here", opening),) if opening else ()
            yield Problem(ProblemKind.SYNTAX, message, unexpected.span, hint, related)
        if not _resume(session, source, dialect, unexpected):
            return


def _unexpected(
    parser: Lark, source: Source, session: InteractiveParser, error: UnexpectedInput
) -> Unexpected:
    values = session.parser_state.value_stack
    in_block = _last_brace(values) is not None
    expected = frozenset(_as_written(parser, name) for name in _accepted(session))
    if isinstance(error, UnexpectedToken):
        found, start, end = error.token.type, error.token.start_pos or 0, error.token.end_pos or 0
        if found == "$END":
            start = end = len(source.text.rstrip())
    else:
        found, start = "", error.pos_in_stream or 0
        end = _word_end(source.text, start)
    return Unexpected(source.span(start, end), found, expected, _open_statement(source, values), in_block)


def _accepted(session: InteractiveParser) -> set[str]:
    return set(session.accepts())  # type: ignore[no-untyped-call]


def _as_written(parser: Lark, terminal: str) -> str:
    if terminal == "$END":
        return terminal
    pattern = parser.get_terminal(terminal).pattern
    return pattern.value if isinstance(pattern, PatternStr) else terminal


def _open_statement(source: Source, values: list[Any]) -> Span | None:
    """From the keyword of the statement not yet ended to its name."""
    tokens: list[Token] = []
    for value in values:
        if isinstance(value, Tree) and not value.data.startswith("_"):
            tokens += value.scan_values(lambda _: True)
        elif isinstance(value, Token):
            tokens.append(value)
        if tokens and (len(tokens) > 1 or tokens[-1].type == "LBRACE"):
            break
    if not tokens:
        return None
    named = tokens[1] if len(tokens) > 1 and tokens[1].type in ("NAME", "STRING") else tokens[0]
    return source.span(tokens[0].start_pos or 0, named.end_pos or 0)


def _word_end(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and not text[end].isspace() and text[end] not in '{}"':
        end += 1
    return end


def _resume(session: InteractiveParser, source: Source, dialect: Dialect, unexpected: Unexpected) -> bool:
    """Bring ``session`` to the next line that can begin an item or a statement; False if there is none."""
    line, column = source.position(unexpected.span.start)
    margin = next((indent for _, indent, _ in _code_lines(source, 1, dialect.comment)), 0)
    for number, indent, code in _code_lines(source, line, dialect.comment):
        word = code.split(maxsplit=1)[0]
        begins_statement = indent <= margin and (
            word in dialect.statements or (not unexpected.in_block and word[0].isalpha())
        )
        if number == line:
            # The line of the error is parsed again only where it begins a statement that came too early.
            again = begins_statement and column == indent + 1 and unexpected.statement is not None
            if not again:
                continue
        brace = _last_brace(session.parser_state.value_stack)
        if not begins_statement and brace is None:
            continue
        _cut_back(session, 0 if begins_statement or brace is None else brace + 1)
        assert session.lexer_thread.state is not None  # it has been given a text
        session.lexer_thread.state.line_ctr.char_pos = source.offset(number, indent + 1)
        return True
    return False


def _code_lines(source: Source, first: int, comment: str) -> Iterator[tuple[int, int, str]]:
    """Number, indentation and text of the lines from ``first`` on that hold more than a comment."""
    for number in range(first, source.line_count + 1):
        text = source.line(number)
        code = text.lstrip()
        if code and not code.startswith(comment):
            yield number, len(text) - len(code), code


def _last_brace(values: list[Any]) -> int | None:
    """Where on the value stack the ``{`` of the open block lies."""
    for index in range(len(values) - 1, -1, -1):
        if isinstance(values[index], Token) and values[index].type in ("LBRACE", "RBRACE"):
            return index if values[index].type == "LBRACE" else None
    return None


def _cut_back(session: InteractiveParser, depth: int) -> None:
    """Drop all but the first ``depth`` values: what is half parsed, or (harmlessly here) already parsed."""
    del session.parser_state.state_stack[depth + 1 :]
    del session.parser_state.value_stack[depth:]
