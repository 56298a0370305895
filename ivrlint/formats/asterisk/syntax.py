"""``extensions.conf`` -> :class:`Dialplan`, as ``pbx/pbx_config.c`` registers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ivrlint.flow import ProblemKind
from ivrlint.formats.asterisk.arguments import integer, split
from ivrlint.formats.asterisk.dialplan import Context, Dialplan, Extension, Include, Priority, Switch
from ivrlint.formats.asterisk.names import ARGUED
from ivrlint.formats.asterisk.sections import Line, Loader, Section
from ivrlint.patience import go_on
from ivrlint.project import Project
from ivrlint.source import Source, Span

_GLOBAL = re.compile(r"\$\{(\w+)\}")
_FILLED_IN = re.compile(r"(?<!\$)\{\{[^{}]*\}\}")
_NUMBER = re.compile(r"[ \t]*([+-]?\d+)")
_COUNTED = frozenset(("n", "next", "s", "same"))
_NONE = -2
_FALSE = ("no", "false", "off", "0", "n", "f")


def load(source: Source, project: Project, dialplan: Dialplan) -> None:
    """Add what ``source`` and the files it includes say to ``dialplan``."""
    loader = Loader(project)
    loader.load(source)
    dialplan.problems += loader.problems
    dialplan.sources += [each for each in loader.sources if each not in dialplan.sources]
    dialplan.incomplete = dialplan.incomplete or bool(loader.guesses)
    for section in loader.sections:
        name = section.name.lower()
        if name == "globals":
            for line in section.lines:
                dialplan.globals[line.key] = _expand(line.value, dialplan)
        elif name == "general":
            for line in section.lines:
                if line.key.lower() == "autofallthrough":
                    dialplan.falls_through = line.value.lower() not in _FALSE
                elif line.key.lower() in ("exten", "same", "include"):
                    message = f"`{line.key}` is in no context here, but in [{section.name}]"
                    dialplan.report(ProblemKind.UNSUPPORTED, f"{message}; Asterisk passes over it", line.span)
    unbracketed: list[tuple[str, Span]] = []
    for section in loader.sections:
        if not section.template and section.name.lower() not in ("general", "globals"):
            _Reader(dialplan, section, unbracketed).read()
    _report(unbracketed, dialplan)


def _report(unbracketed: list[tuple[str, Span]], dialplan: Dialplan) -> None:
    """Told once: who writes so does it throughout. As the author means it, it is followed."""
    if unbracketed:
        (text, span), *others = unbracketed
        app, args = _unbracketed(text) or ("", "")
        more = f" (and in {len(others)} other place{'s' * (len(others) > 1)})" if others else ""
        message = f"`{text}`{more} is no application of today's Asterisk: the call is dropped"
        hint = f"write `{app}({args})`; only old versions took arguments without brackets"
        related = tuple(("here, too", each) for _, each in others)
        dialplan.report(ProblemKind.UNDEFINED_TARGET, message, span, hint, related)


def _expand(text: str, dialplan: Dialplan) -> str:
    """Globals filled in; names and includes know no other variables."""
    if "${" not in text:
        return text
    return _GLOBAL.sub(lambda match: dialplan.globals.get(match[1], ""), text)


class _Reader:
    """Registers the lines of one section."""

    def __init__(self, dialplan: Dialplan, section: Section, unbracketed: list[tuple[str, Span]]) -> None:
        self._dialplan = dialplan
        self._old = unbracketed
        self._section = section
        self._context: Context = dialplan.context(section.name, section.span)
        self._context.title = self._context.title or section.title
        self._last = ""
        self._number = _NONE

    def read(self) -> None:
        """All lines, in order."""
        go_on()
        strange: list[Line] = []
        for line in self._section.lines:
            key = line.key.lower()
            if key == "exten":
                self._exten(line)
            elif key.startswith("same"):
                self._same(line)
            elif key in _OTHERS:
                _OTHERS[key](self._context, line, _expand(line.value, self._dialplan))
            else:
                strange.append(line)
        told = strange if len(strange) < len(self._section.lines) else strange[:1]
        for line in told:  # where nothing belongs to a context, the section is another file's
            more = _others(len(strange) - 1) if told != strange else ""
            self._pass_over(line, f"`{line.key}`{more} is nothing that a context knows")

    def _exten(self, line: Line) -> None:
        name, rest = _cut_name(line.value)
        self._last = _expand(name, self._dialplan).strip()
        self._register(line, rest)

    def _same(self, line: Line) -> None:
        if not self._last:
            self._pass_over(line, "there is no extension before this `same`")
            return
        self._register(line, line.value)

    def _register(self, line: Line, text: str) -> None:
        closed = self._last.rfind("}") + 1  # a name that is computed may hold a slash
        plain, _, caller = self._last[closed:].partition("/")
        name = self._last[:closed] + plain
        priority, comma, rest = text.partition(",")
        word, number, label, plus = _priority(priority)
        if label is None:
            self._pass_over(line, "the label is not closed with `)`")
            return
        if word == "hint":
            self._context.extension(name, line.span, caller)
            return
        extension = self._context.extensions.get((name, caller))
        if number is None:
            number = self._counted(word, extension)
        if not number:
            follows = word in _COUNTED and name in self._context.garbled
            self._context.garbled.add(name)
            if not follows:  # else what it follows is told
                self._pass_over(line, _unregistered(word, comma))
            return
        self._number = number + plus
        old = _unbracketed(rest.strip())
        if old:
            self._old.append((rest.strip(), line.span))
        app, args = old or _application(rest)
        if args.startswith("${") and app.lower().endswith("agi"):
            args = self._with_program(args)
        extension = extension or self._context.extension(name, line.span, caller)
        self._dialplan.add(Priority(extension, self._number, app, args, line.span, label))

    def _with_program(self, args: str) -> str:
        """``args`` with the program filled in that a global names."""
        program, comma, rest = args.partition(",")
        known = _GLOBAL.fullmatch(program)
        return f"{self._dialplan.globals.get(known[1], program) if known else program}{comma}{rest}"

    def _counted(self, word: str, extension: Extension | None) -> int | None:
        """The number that a priority without one gets."""
        if word in _COUNTED:
            return self._number + (word[0] == "n") if self._number != _NONE else None
        return extension.labels.get(word) if extension else None

    def _pass_over(self, line: Line, message: str) -> None:
        self._dialplan.report(
            ProblemKind.UNSUPPORTED, f"{message}; Asterisk passes over this line", line.span
        )


def _others(count: int) -> str:
    return f" (like {count} other line{'s' * (count > 1)} of this section)" if count else ""


def _cut_name(text: str) -> tuple[str, str]:
    """The extension's name and what follows its comma; brackets keep together what stands in them."""
    name, _, rest = text.partition(",")
    if "[" not in name and "\\" not in name:
        return name, rest
    depth = 0
    for index, sign in enumerate(text):
        if sign == "[":
            depth += 1
        elif sign == "]":
            depth = max(depth - 1, 0)
        elif sign == "," and not depth:
            return text[:index], text[index + 1 :]
    return text, ""


@cache
def _priority(text: str) -> tuple[str, int | None, str | None, int]:
    """Word, its number (0: out of range), label (None if it is not closed) and what is added: ``n(again)``,
    ``n+101``.
    """
    word, bracket, label = text.partition("(")
    if bracket and ")" not in label:
        return word, None, None, 0
    word, _, plus = word.partition("+")
    word = word.strip()
    given, added = _NUMBER.match(word), _NUMBER.match(plus)
    number = (integer(given[1]) or 0) if given else None
    if number is not None and number >= 1_000_000:
        number = 0
    more = (integer(added[1]) or 0) if added else 0
    return word, number, label.partition(")")[0].strip(), more


def _unbracketed(text: str) -> tuple[str, str] | None:
    """Name and arguments of what is written ``Dial,SIP/1``; None if it is not."""
    before = text.partition("(")[0]
    if "," not in before and "|" not in before:
        return None
    app, sign, args = (part.strip() for part in re.split("([,|])", f"{text},", maxsplit=1))
    return (app, args[:-1].strip()) if sign and args and app.lower() in ARGUED else None


def _application(text: str) -> tuple[str, str]:
    """Name and arguments; these end at the last ``)``."""
    if "{{" in text:  # a template of another program, which fills this in
        text = _FILLED_IN.sub(r"${TEMPLATE(\g<0>)}", text)
    app, bracket, rest = text.partition("(")
    if not bracket or "${" in app or "$[" in app:
        return text.strip(), ""
    end = rest.rfind(")")
    args = rest[:end] if end >= 0 else rest
    if app.strip().lower() == "aelsub":  # pbx_ael: a macro of AEL, called from here
        name, _, passed = args.partition(",")
        return "Gosub", f"{name.strip()},~~s~~,1({passed})"
    return app.strip(), args


def _unregistered(word: str, comma: str) -> str:
    if word in _COUNTED:
        return f"`{word}` cannot be the first priority of a context"
    return f"`{word}` is no priority" if word and comma else "the priority is missing"


def _include(context: Context, line: Line, value: str) -> None:
    name, _, times = value.partition(",")
    if not times and "|" in name:
        name, _, times = name.partition("|")
    parts = split(times.replace("|", ",")) if times.strip() else ()
    found = Include(name.strip(), ",".join(parts), line.span)
    if all((found.context, found.times) != (each.context, each.times) for each in context.includes):
        context.includes.append(found)


def _switch(context: Context, line: Line, value: str) -> None:
    driver, _, data = (value if line.key.lower() == "switch" else line.value).partition("/")
    context.switches.append(Switch(driver.strip(), data.strip(), line.span))


def _ignorepat(context: Context, line: Line, value: str) -> None:
    context.ignored.append(value)


_OTHERS: dict[str, Callable[[Context, Line, str], None]] = {
    "include": _include,
    "switch": _switch,
    "lswitch": _switch,
    "eswitch": _switch,
    "ignorepat": _ignorepat,
}
