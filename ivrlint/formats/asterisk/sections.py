"""Asterisk's configuration format: sections, templates and included files, as ``main/config.c`` reads them.

Block comments are blanked out beforehand, so that every offset stays what it was.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from ivrlint.files import exists
from ivrlint.flow import Problem, ProblemKind
from ivrlint.formats.asterisk import ENCODINGS, begins
from ivrlint.formats.asterisk.includes import files
from ivrlint.lines import scan
from ivrlint.patience import go_on
from ivrlint.problems import Problems
from ivrlint.project import EmptyError, Project, ReadError
from ivrlint.source import Source, Span

DEEPEST_INCLUDE = 20
LONGEST_TITLE = 40

_HEADER = re.compile(r"[ \t]*\[([^\]\r\n]*)(\]?)[ \t]*(?:\(([^)\r\n]*)\))?")
_DIRECTIVE = re.compile(r"[ \t]*#[ \t]*(\w+)[ \t]*([^;\r\n]*)")
_COMMENT = re.compile(r"(?<!\\);")
Written: TypeAlias = "re.Match[str]"
"""A line of the file, line end included, as the grammar's terminals match it."""

_UNSPOKEN = re.compile(r"[^\r\n]")


@dataclass(slots=True, eq=False)
class Line:
    """``key = value`` of a section."""

    key: str
    value: str
    span: Span


@dataclass(slots=True)
class Section:
    """``[name](options)`` and its lines, those of its templates first."""

    name: str
    span: Span
    template: bool = False
    lines: list[Line] = field(default_factory=list)
    title: str = ""


class Loader:
    """Reads one file and what it includes into :attr:`sections`."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.sections: list[Section] = []
        self.problems = Problems()
        self.sources: dict[Source, None] = {}
        self._homeless = False
        self._given_up = False
        self._hashed: set[Source] = set()
        self.guesses: list[Span] = []  # what may add to the configuration without our knowing

    def load(self, source: Source, current: Section | None = None, chain: tuple[Source, ...] = ()) -> None:
        """Read ``source``; its first lines belong to the section open in the file that includes it."""
        go_on()  # files that include others twice each can double many times
        self.sources[source] = None
        text = blanked(source.text)
        for line in scan("asterisk", text if text.endswith("\n") else text + "\n"):
            if self._given_up:
                return
            match line.lastgroup:
                case "_BLANK":
                    pass
                case "EXTEN" | "SAME" | "SETTING":
                    self._setting(source, line, current)
                case "HEADER":
                    current = self._header(source, line) or current
                case "DIRECTIVE":
                    self._directive(source, line, current, (*chain, source))
                case _ if current is None:
                    self._without_section(self._span(source, line))
                case _:
                    message = "this line has no `=`; Asterisk passes over it"
                    self._report(ProblemKind.UNSUPPORTED, message, source, line)

    def _setting(self, source: Source, line: Written, current: Section | None) -> None:
        key, _, rest = line[0].partition("=")
        rest = (rest[1:] if rest[0] == ">" else rest).lstrip(" \t")
        value = (_cut_comment(rest) if ";" in rest else rest).rstrip()
        end = line.end() - len(rest) + len(value) + (value.count(";") if "\\;" in rest else 0)
        name, indent = _keyword(key)
        span = Span(source, line.start() + indent, end)
        if current is None:
            self._without_section(span)
        else:
            current.lines.append(Line(name, value, span))

    def _without_section(self, span: Span) -> None:
        """Told once: no line may stand before the first section (config.c, ``process_text_line``)."""
        if not begins(next(iter(self.sources))):
            self.guesses.append(span)  # it belongs to the section in which this file is included
        elif not self._homeless:
            self._reject("this line belongs to no `[section]`", span)
        self._homeless = True

    def _header(self, source: Source, line: Written) -> Section | None:
        go_on()
        match = _HEADER.match(line[0])
        assert match is not None  # the grammar's HEADER
        start = line.start() + match.start(1) - 1
        span = source.span(start, line.start() + match.end())
        if not match[2]:
            self._reject("this section's name is not closed with `]`", span)
            self._given_up = True
            return None
        section = Section(match[1], span)
        for option in filter(None, (part.strip() for part in (match[3] or "").split(","))):
            if option == "!":
                section.template = True
            elif option.startswith("+"):
                return self._known(match[1], span, "to add to") or section
            else:
                base = self._known(option, span, "to take over")
                section.lines += base.lines if base else []
        section.title = _title(line[0][match.end() :]) or _title(_line_above(source, span.line))
        self.sections.append(section)
        return section

    def _known(self, name: str, span: Span, what: str) -> Section | None:
        found = next((section for section in reversed(self.sections) if section.name == name), None)
        if found is None and not begins(next(iter(self.sources))):
            self.guesses.append(span)  # it may be in the file that includes this one
        elif found is None:
            self._reject(f"there is no section `{name}` before this {what}", span)
        return found

    def _directive(
        self, source: Source, line: Written, current: Section | None, chain: tuple[Source, ...]
    ) -> None:
        match = _DIRECTIVE.match(line[0])
        word = match[1].lower() if match else ""
        name = match[2].strip().strip("\"<>'") if match else ""
        if word == "exec":
            self._unread(source, line, f"`#exec {name}` is a program; what it writes is not known")
        elif word in ("include", "tryinclude"):
            self._include(source, line, name, word == "include", current, chain)
        elif source not in self._hashed:
            self._hashed.add(source)
            message = (
                f"`#{word}` is not a directive; Asterisk passes over such lines, but comments begin with `;`"
            )
            self._report(ProblemKind.UNSUPPORTED, message, source, line)

    def _include(
        self,
        source: Source,
        line: Written,
        name: str,
        needed: bool,
        current: Section | None,
        chain: tuple[Source, ...],
    ) -> None:
        root = chain[0]
        for path in files(name, root):
            try:
                included = self._project.include(path, _seen_from(path, root, source), ENCODINGS)
            except EmptyError:
                continue
            except ReadError as error:
                if needed:
                    span = self._span(source, line)
                    self._reject(f'"{name}" {error.message}', span)
                else:
                    self._unread(source, line, f'"{name}" is not here; what it may add is not known')
                continue
            if included in chain or len(chain) > DEEPEST_INCLUDE:
                message = f'including "{name}" goes round in a circle'
                self._report(ProblemKind.INCLUDE_CYCLE, message, source, line)
                continue
            self.load(included, current, chain)

    def _unread(self, source: Source, line: Written, message: str) -> None:
        self.guesses.append(self._span(source, line))
        self._report(ProblemKind.UNSUPPORTED, message, source, line)

    def _reject(self, message: str, span: Span) -> None:
        self.guesses.append(span)
        hint = "Asterisk rejects the whole configuration because of this, and loads none of it"
        self.problems.append(Problem(ProblemKind.UNREADABLE, message, span, hint))

    def _report(self, kind: ProblemKind, message: str, source: Source, line: Written) -> None:
        self.problems.append(Problem(kind, message, self._span(source, line)))

    def _span(self, source: Source, line: Written) -> Span:
        start, text = line.start(), line[0]
        indent = len(text) - len(text.lstrip())
        return source.span(start + indent, start + len(text.rstrip()))


def blanked(text: str) -> str:
    """``text`` with spaces for its block comments (``;-- ... --;``, nested or not, but not ``;---``)."""
    if ";--" not in text:
        return text
    parts: list[str] = []
    depth = begun = position = 0
    for match in re.finditer(r"--;|\\;|;--(?!-)|;[^\r\n]*|[\r\n]", text):
        if match.start() < position:
            continue
        sign = match[0]
        if sign == ";--":
            if not depth:
                parts.append(text[begun : match.start()])
                begun = match.start()
            depth += 1
            position = match.end()
        elif sign == "--;" and depth:
            depth -= 1
            position = match.end()
            if not depth:
                parts.append(_UNSPOKEN.sub(" ", text[begun:position]))
                begun = position
        elif sign[0] == ";" and depth:
            position = match.start() + 1
    rest = text[begun:]
    return "".join(parts) + (_UNSPOKEN.sub(" ", rest) if depth else rest)


@cache
def _keyword(text: str) -> tuple[str, int]:
    """What stands before ``=`` or ``+=``, and how far it is indented."""
    return text.strip().rstrip("+").rstrip(), len(text) - len(text.lstrip())


def _cut_comment(text: str) -> str:
    """A value without the comment behind it; ``\\;`` is a semicolon."""
    return _COMMENT.split(text, 1)[0].replace("\\;", ";")


def _line_above(source: Source, line: int) -> str:
    """The comment of one line right above ``line``; of a longer one the last line is no title."""
    above = source.line(line - 1) if line > 1 else ""
    further = source.line(line - 2) if ";" in above and line > 2 else ""
    return "" if further.lstrip().startswith(";") else above


def _title(text: str) -> str:
    """A short comment beside or right above a section, as generated files put the menu's name; else ""."""
    words = text.strip().lstrip("; -=").rstrip(" -=")
    short = 0 < len(words) <= LONGEST_TITLE and "=" not in words and "[" not in words
    return words if text.strip().startswith(";") and short else ""


def _seen_from(path: str, root: Source, source: Source) -> Source:
    """Where ``path`` is: in the folder of the configuration, else beside the file that names it."""
    beside = os.path.join(os.path.dirname(root.path), path)
    return root if exists(beside) else source
