"""AEL compiled into extensions and priorities, number for number as Asterisk does it (``res/ael/pval.c``).

Every ``case`` becomes an extension ``sw_N_value`` of its own, its priorities counted from 10, and a macro a
context with the extension ``~~s~~`` that is entered with Gosub. What Asterisk adds for the time after the
hangup (the context ``ael-builtin-h-bubble``) and for lamps (hints) no caller meets: it is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ivrlint.formats.asterisk.ael_draft import FIRST_OF_CASE, Draft, Line, at_times, branch, jump
from ivrlint.formats.asterisk.ael_labels import Labels
from ivrlint.formats.asterisk.ael_syntax import CASES, Kind, Node, walk
from ivrlint.formats.asterisk.dialplan import Dialplan, Include, Switch

MACRO = "~~s~~"
"""The extension that a macro's instructions stand in."""

_SKIPS_NEXT_CASE = (Kind.GOTO, Kind.BREAK, Kind.RETURN)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where instructions are written to. ``mother`` is the extension whose ``switch`` has led here."""

    draft: Draft
    label: str
    mother: Draft | None = None
    leave: Line | None = None  # where `break` goes
    again: Line | None = None  # where `continue` goes


def compile_into(plan: Dialplan, items: list[Node]) -> None:
    """Add what ``items``, an AEL text without syntax errors, mean to ``plan``."""
    for item in items:
        if item.kind is Kind.GLOBALS:
            plan.globals.update((each.name, each.words[1]) for each in item.body)
    compiler = _Compiler(plan, Labels(items, across=False))
    for item in items:
        if item.kind is Kind.MACRO:
            compiler.macro(item)
        elif item.kind is Kind.CONTEXT:
            compiler.context(item)
    compiler.finish()


class _Compiler:
    def __init__(self, plan: Dialplan, labels: Labels) -> None:
        self._plan = plan
        self._labels = labels
        self._count = 0
        self._drafts: list[Draft] = []
        self._labelled: dict[Node, Draft] = {}

    # --- contexts and macros

    def macro(self, node: Node) -> None:
        draft = Draft(MACRO, self._plan.context(node.name, node.span), node.span)
        for number, parameter in enumerate(node.words[1:], 1):
            draft.run("MSet", f"LOCAL({parameter})=${{ARG{number}}}", node.span)
        body = list(node.body)
        if not body or body[-1].kind is not Kind.RETURN:
            body.append(Node(Kind.RETURN, node.span))
        _save_exten(draft, body, ("LOCAL(~~EXTEN~~)", "LOCAL(~~EXTEN~~)"))
        self._statements(_Place(draft, node.name), body)
        self._drafts.append(draft)

    def context(self, node: Node) -> None:
        context = self._plan.context(node.name, node.span)
        for element in node.body:
            if element.kind is Kind.EXTENSION:
                self._extension(element, node)
            elif element.kind is Kind.INCLUDES:
                context.includes += [
                    Include(each.name, ",".join(each.words[1:]), each.span) for each in element.body
                ]
            elif element.kind in (Kind.SWITCHES, Kind.ESWITCHES):
                context.switches += [_other_place(each) for each in element.body]
            elif element.kind is Kind.IGNOREPAT:
                context.ignored.append(element.name)

    def _extension(self, node: Node, context: Node) -> None:
        name, _, caller = node.name.partition("/")
        first = 2 if "regexten" in node.tags else 1
        draft = Draft(name, self._plan.context(context.name, context.span), node.span, first, caller)
        _save_exten(draft, node.body, ("~~EXTEN~~",))
        self._statements(_Place(draft, context.name), node.body)
        if draft.lines and isinstance(draft.lines[-1], str):
            draft.run("NoOp", f"A NoOp to follow a trailing label {draft.lines[-1]}", node.span)
        self._drafts.append(draft)

    def finish(self) -> None:
        """Number all instructions, then write them out."""
        drafts = [draft for first in self._drafts for draft in first.all()]
        for draft in drafts:
            draft.count()
        for draft in drafts:
            draft.write(self._plan)

    # --- statements

    def _statements(self, place: _Place, nodes: list[Node]) -> None:
        for node in nodes:
            compile_one = _STATEMENTS.get(node.kind)
            if compile_one is not None:
                compile_one(self, place, node)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _block(self, place: _Place, node: Node) -> None:
        self._statements(place, node.body)

    def _assign(self, place: _Place, node: Node) -> None:
        name, value = node.words
        variable = f"LOCAL({name})" if node.kind is Kind.LOCAL else name
        place.draft.run("MSet", _assignment(f"{variable}={value}"), node.span)

    def _call(self, place: _Place, node: Node) -> None:
        place.draft.run(node.name, ",".join(node.words[1:]), node.span)

    def _macro_call(self, place: _Place, node: Node) -> None:
        arguments = f"({','.join(node.words[1:])})" if node.words[1:] else ""
        place.draft.run("Gosub", f"{node.name},{MACRO},1{arguments}", node.span)

    def _label(self, place: _Place, node: Node) -> None:
        self._labelled[node] = place.draft
        place.draft.lines.append(node.name)

    def _goto(self, place: _Place, node: Node) -> None:
        words = node.words[:3]
        own = (place.mother.name, *words) if place.mother and len(words) == 1 else words
        line = Line("Goto", ",".join(own), node.span)
        target = self._labels.target(node)
        if target is not None and target.inside(*CASES):
            line.leads = lambda line: self._into_case(line, words, target)
        place.draft.add(line)

    def _into_case(self, line: Line, words: tuple[str, ...], target: Node) -> str:
        """A label below ``case`` is in another extension than the one written."""
        draft = self._labelled.get(target)
        return ",".join((*words[:-2], draft.name, words[-1])) if draft else line.args

    def _leave(self, place: _Place, node: Node) -> None:
        target = place.leave if node.kind is Kind.BREAK else place.again
        if target is not None:
            place.draft.add(jump(target, node.span))

    def _return(self, place: _Place, node: Node) -> None:
        place.draft.run("Return", "", node.span)

    def _catch(self, place: _Place, node: Node) -> None:
        label = f"catch_{node.name}_{self._next()}"
        draft = place.draft.other(node.name, node.span)
        self._statements(_Place(draft, label, place.mother), node.body)

    # --- loops and branches

    def _while(self, place: _Place, node: Node) -> None:
        label = f"while_{place.label}_{self._next()}"
        end = Line("NoOp", f"Finish {label}", node.span)
        test = branch(node.name, end, node.span)
        place.draft.add(test)
        self._statements(replace(place, label=label, leave=end, again=test), node.body)
        place.draft.add(jump(test, node.span))
        place.draft.add(end)

    def _for(self, place: _Place, node: Node) -> None:
        label = f"for_{place.label}_{self._next()}"
        first, test, step = node.words
        end = Line("NoOp", f"Finish {label}", node.span)
        check = branch(test, end, node.span)
        after = Line(*_clause(step, ""), node.span)
        place.draft.run(*_clause(first, "MSet"), node.span)
        place.draft.add(check)
        self._statements(replace(place, label=label, leave=end, again=after), node.body)
        for line in (after, jump(check, node.span), end):
            place.draft.add(line)

    def _if(self, place: _Place, node: Node) -> None:
        kind = "iftime" if node.kind is Kind.IFTIME else "if"
        inner = replace(place, label=f"{kind}_{place.label}_{self._next()}")
        end = Line("NoOp", f"Finish {inner.label}", node.span)
        over = jump(end, node.span)
        otherwise, beyond = (over, 1) if node.otherwise else (end, 0)
        for line in _tests(node, otherwise, beyond):
            place.draft.add(line)
        self._statements(inner, node.then)
        if node.otherwise:
            place.draft.add(over)
            self._statements(inner, node.otherwise)
        place.draft.add(end)

    # --- switch

    def _switch(self, place: _Place, node: Node) -> None:
        number = self._next()
        place.draft.run("Goto", f"sw_{number}_{node.name},10", node.span)
        end = Line("NoOp", f"Finish switch_{place.label}_{number}", node.span, named=place.draft.name)
        place.draft.add(end)
        cases = list(node.body)
        if not any(case.kind is Kind.DEFAULT for case in cases):
            cases.append(Node(Kind.DEFAULT, node.span))
        for case, following in zip(cases, [*cases[1:], None], strict=True):
            self._case(replace(place, leave=end, again=None), number, case, following)

    def _case(self, place: _Place, number: int, case: Node, following: Node | None) -> None:
        assert place.leave is not None  # the end of the switch
        if case.kind is Kind.DEFAULT:
            empty = place.draft.other(f"sw_{number}_", case.span, first=FIRST_OF_CASE)
            empty.run("Goto", f"sw_{number}_.,10", case.span)
        sign = "" if case.kind is Kind.CASE else "_"
        draft = place.draft.other(f"{sign}sw_{number}_{_value(case)}", case.span, first=FIRST_OF_CASE)
        label = f"sw_{place.label}_{case.name or 'default'}_{number}"
        self._statements(replace(place, draft=draft, label=label, mother=place.draft), case.body)
        if case.body and case.body[-1].kind in _SKIPS_NEXT_CASE:
            return
        if following is None:
            draft.add(jump(place.leave, case.span))
        else:
            draft.run("Goto", f"sw_{number}_{_match(following)},10", case.span)


_STATEMENTS: dict[Kind, Callable[[_Compiler, _Place, Node], None]] = {
    Kind.BLOCK: _Compiler._block,
    Kind.ASSIGN: _Compiler._assign,
    Kind.LOCAL: _Compiler._assign,
    Kind.CALL: _Compiler._call,
    Kind.MACRO_CALL: _Compiler._macro_call,
    Kind.LABEL: _Compiler._label,
    Kind.GOTO: _Compiler._goto,
    Kind.BREAK: _Compiler._leave,
    Kind.CONTINUE: _Compiler._leave,
    Kind.RETURN: _Compiler._return,
    Kind.CATCH: _Compiler._catch,
    Kind.WHILE: _Compiler._while,
    Kind.FOR: _Compiler._for,
    Kind.IF: _Compiler._if,
    Kind.IFTIME: _Compiler._if,
    Kind.RANDOM: _Compiler._if,
    Kind.SWITCH: _Compiler._switch,
}


def _save_exten(draft: Draft, body: list[Node], variables: tuple[str, ...]) -> None:
    """Keep ``${EXTEN}``, which a ``switch`` changes; a macro does it twice."""
    if any(node.kind is Kind.SWITCH for node in walk(body)):
        for variable in variables:
            draft.run("MSet", f"{variable}=${{EXTEN}}", draft.span)
            draft.keeps_exten = True


def _tests(node: Node, otherwise: Line, beyond: int) -> list[Line]:
    if node.kind is Kind.IFTIME:
        return [at_times(",".join(node.words), node.span), jump(otherwise, node.span, beyond)]
    test = f"${{RAND(0,99)}} < ({node.name})" if node.kind is Kind.RANDOM else node.name
    return [branch(test, otherwise, node.span, beyond)]


def _value(case: Node) -> str:
    return "." if case.kind is Kind.DEFAULT else case.name


def _match(case: Node) -> str:
    """A value that leads into ``case``."""
    return _matching(case.name) if case.kind is Kind.PATTERN else _value(case)


def _matching(pattern: str) -> str:
    """Something that ``pattern`` takes, as the compiler makes it up (``gen_match_to_pattern``)."""
    made, position = "", 0
    while position < len(pattern):
        sign = pattern[position]
        end = pattern.find("]", position) if sign == "[" else -1
        made += "9" if sign in "xnzXNZ" else pattern[position + 1] if end > 0 else sign
        position = end + 1 if end > 0 else position + 1
    return made


def _other_place(switched: Node) -> Switch:
    driver, _, data = switched.name.partition("/")
    return Switch(driver, data, switched.span)


def _assignment(text: str) -> str:
    """``name=$[value]``: blanks are dropped before the sign only."""
    name, _, value = text.partition("=")
    return f"{''.join(name.split())}=$[{value}]"


def _clause(text: str, otherwise: str) -> tuple[str, str]:
    """Application and arguments of the first or last part of a ``for``.

    A macro called there is not entered as elsewhere: the compiler writes ``Gosub(name,arguments)``.
    """
    if "=" in text:
        return "MSet", _assignment(text)
    name, bracket, rest = text.lstrip().partition("(")
    arguments = rest[: rest.rindex(")")] if ")" in rest else rest
    if name.startswith("&"):
        return "Gosub", f"{name[1:].lstrip()},{arguments}" if bracket else name[1:].lstrip()
    return (name, arguments) if bracket else (otherwise, "")
