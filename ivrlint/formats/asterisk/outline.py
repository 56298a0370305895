"""What can be said of a dialplan without following a call: who may lead to whom, and what is read where.

Everything here errs on the side of too much: extensions are nodes, keys may call any extension of a context,
an unresolved jump may lead anywhere in its context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain

from ivrlint.explore import liveness
from ivrlint.formats.asterisk.arguments import argument, branches, instruction, split, unmeasured
from ivrlint.formats.asterisk.dialplan import Dialplan, Node, Priority
from ivrlint.formats.asterisk.jumps import handed_over, jumps, led_to, named_like
from ivrlint.formats.asterisk.names import (
    ELSEWHERE,
    HUMANS,
    LISTENING,
    SILENT,
    meant,
    set_by_the_way,
    variables,
)
from ivrlint.formats.asterisk.overwriting import included, overwriting

CALLS = "#calls"
"""The name under which a call's return addresses are known."""

TIMEOUTS = ("TIMEOUT(digit)", "TIMEOUT(response)")

_CONSTANT = re.compile(r"(?<![\w${.])\"?([0-9*#]+)\"?(?![\w}.])")
_EXPRESSION = re.compile(r"\$\[([^\]]*)\]")
_EXISTS = re.compile(r"(?:DIALPLAN_EXISTS|VALID_EXTEN)\(([^)]*)\)")

RETURNED = Node("", "<")
"""Wherever a call returns to."""

ANYWHERE = Node("*", "*")


class Outline:
    """Static facts about one dialplan."""

    def __init__(self, dialplan: Dialplan) -> None:
        self._dialplan = dialplan
        self.assigned: set[str] = set()
        self.shared: set[str] = set()  # globals that some call sets
        self._elusive: set[str] = set()  # set by other instructions than those that are followed
        self._decides: defaultdict[Node, set[str]] = defaultdict(set)
        self._sets: defaultdict[Node, list[tuple[str, set[str]]]] = defaultdict(list)
        self._next: dict[Node, dict[Node, None]] = {RETURNED: {}, ANYWHERE: {}}
        self._goals: list[Node] = []
        self._doubts: list[Node] = []
        self._listening: list[Node] = []
        self._looked_up: dict[str, None] = {}  # contexts that a Background or ReadExten names for its keys
        self.midway: set[Node] = set()  # jumped to at another priority than the first
        self.contexts: dict[str, dict[str, None]] = {name: {} for name in dialplan.contexts}
        self._includers: dict[str, list[str]] = {}
        self._macro_callers: dict[str, dict[Node, None]] = {}
        self.subroutines: set[Node] = set()
        for name, context in dialplan.contexts.items():
            for include in context.includes:
                self._includers.setdefault(include.context, []).append(name)
                self.contexts[name][include.context] = None
        for name, context in dialplan.contexts.items():
            hub = self._next.setdefault(Node(name, "*"), {})
            for include in context.includes:
                hub[Node(include.context, "*")] = None
            for extension in context.extensions.values():
                node = extension.node
                hub[node] = None
                after = self._next.setdefault(node, {})
                if name.startswith("macro-"):
                    self._decides[node].add(CALLS)
                    self._macro_callers.setdefault(name, {})
                for priority in extension.priorities.values():
                    self._priority(node, priority, after)
        self.assigned |= self._elusive
        self._close()

    def _priority(self, node: Node, priority: Priority, after: dict[Node, None]) -> None:
        app, args = priority.does, priority.args
        self._instruction(node, app, args, after)
        if app in _EXECUTING:
            for each in branches(args)[1:]:
                inner, inner_args = instruction(each)
                self._instruction(node, *meant(inner.lower(), inner_args), after)
        if app in _JUMPING or "ocal/" in args:
            self._jumps(node, priority, after)

    def _instruction(self, node: Node, app: str, args: str, after: dict[Node, None]) -> None:
        self._elusive |= set_by_the_way(app, args)
        if app in _ASSIGNING:
            self._assignment(args, self._sets[node])
        elif "$" in args and app not in SILENT:
            self._decides[node] |= variables(args)
        if handed := handed_over(app, args):
            self._sets[node] += handed
        if app not in _TELLING:
            return
        if app in _OLD_TIMEOUTS:
            self.assigned.update(TIMEOUTS)
        if app in ELSEWHERE:
            self._doubts.append(node)
        if app in LISTENING:
            self._listening.append(node)
            self._looked_up[argument(split(args), 2 if app == "readexten" else 3)] = None
            if app == "read":
                self.assigned.update((argument(split(args), 0), "READSTATUS"))
            self._goals.append(node)
            for name in self._here(node.context):
                after[Node(name, "*")] = None
        if app in HUMANS:
            self._goals.append(node)
        if app in _LEAVING:
            after.update((Node(name, exten), None) for name in self._here(node.context) for exten in "oa")
        if app in _RETURNING:
            self._decides[node].add(CALLS)
            after[RETURNED] = None
            self.subroutines.add(node)

    def _jumps(self, node: Node, priority: Priority, after: dict[Node, None]) -> None:
        calls = priority.does.startswith(("gosub", "macro", "execif"))
        for context, exten, first in jumps(priority.does, priority.args):
            if calls:
                self._next[RETURNED][node] = None
            if "$" in context:
                self._doubts.append(node)
                after[ANYWHERE] = None
                self.midway |= set() if first else {ANYWHERE}
                self.contexts[node.context].update(
                    dict.fromkeys(named_like(context, self._dialplan.contexts))
                )
                continue
            if context and context not in self._dialplan.contexts:
                self._doubts.append(node)
            if context:
                self.contexts[node.context][context] = None
                if context.startswith("macro-"):
                    self._macro_callers.setdefault(context, {})[node] = None
            for name in [context] if context else self._here(node.context):
                if exten or context:
                    there = self._called(name, exten)
                    after.update(dict.fromkeys(there))
                    self.midway.update(() if first else there)

    def _called(self, context: str, exten: str) -> list[Node]:
        """What ``exten`` may be, of which only the beginning may be known."""
        known = self._dialplan.contexts.get(context)
        exact = known.extensions.get((exten, "")) if known else None
        if exact:
            return [exact.node]
        begin = exten.partition("$")[0].replace("-", "")
        if known is None or known.includes or not begin:
            return [Node(context, "*")]
        known_here = known.extensions.values()
        return [each.node for each in known_here if each.name in ("i", "e") or any(each.pattern.fit(begin))]

    def _assignment(self, args: str, sets: list[tuple[str, set[str]]]) -> None:
        for each in split(args) if args.count("=") > 1 and '"' not in args else (args,):
            name, _, value = each.partition("=")
            name = name.strip().lstrip("_")
            if name.upper().startswith("GLOBAL("):
                self.shared.add(name[7:-1])
            if name.upper().startswith("LOCAL("):
                name = name[6:-1]
            self.assigned.add(name)
            sets.append((name, variables(value)))

    def _here(self, context: str) -> Iterable[str]:
        """The context and all that include it: where its instructions may be running."""
        if context not in self._includers:
            return (context,)
        found = {context: None}
        queue = [context]
        while queue:
            for includer in self._includers.get(queue.pop(), ()):
                if includer not in found:
                    found[includer] = None
                    queue.append(includer)
        return found

    def _close(self) -> None:
        """What keys pressed inside a macro may call, where macros return to; timeouts, if any are set."""
        if any("TIMEOUT" in name.upper() or "$" in name for name in self.assigned):
            for node in self._listening:
                self._decides[node].update(TIMEOUTS)
        for macro, callers in self._macro_callers.items():
            for node in [each for each in self._next if each.context == macro] if callers else ():
                for caller in callers:
                    self._next[node][caller] = None
                    for name in self._here(caller.context):
                        self._next[node][Node(name, "*")] = None
        self._next[ANYWHERE].update((Node(name, "*"), None) for name in self._dialplan.contexts)

    @cached_property
    def interesting(self) -> set[str]:
        """Variables that decide something, or that those are made from."""
        made: dict[str, set[str]] = {}
        for sets in self._sets.values():
            for name, sources in sets:
                made.setdefault(name, set()).update(sources)
        found: set[str] = set()
        queue = [name for names in self._decides.values() for name in names]
        while queue:
            name = queue.pop()
            if name not in found:
                found.add(name)
                queue += made.get(name, ())
        return found - self._elusive

    @cached_property
    def live(self) -> dict[Node, frozenset[str]]:
        """Names that anything from an extension on still reads."""
        reads: dict[Node, Collection[str]] = dict(self._decides)
        for node, sets in self._sets.items():
            made = (sources for name, sources in sets if name in self.interesting)
            reads[node] = self._decides.get(node, set()).union(*made)
        if not any(reads.values()):
            return {}
        return liveness(self._next, reads, overwriting(self._dialplan, self.midway))

    @cached_property
    def listening(self) -> frozenset[Node]:
        """Extensions that wait for keys."""
        return frozenset(self._listening)

    @cached_property
    def asked(self) -> set[str]:
        """Contexts in which keys that somebody asks for are looked up; * is any."""
        after = (each for node in self._listening for each in self._next[node] if each.exten == "*")
        found = {each.context for each in after}.union(self._looked_up, *self.dialled.values())
        found |= {"*"} if any("$" in each for each in found) else set()
        return included(self._dialplan.contexts, sorted(found))

    @cached_property
    def calling(self) -> frozenset[str]:
        """Contexts that calls may return into."""
        return frozenset(node.context for node in self._next[RETURNED])

    @cached_property
    def carries(self) -> set[Node]:
        """Extensions that may carry a call into a menu or to a person."""
        return self._leading_to(self._goals)

    @cached_property
    def wanders(self) -> set[Node]:
        """Extensions from which a call may get to what the files do not tell."""
        return self._leading_to(self._doubts)

    def _leading_to(self, goals: list[Node]) -> set[Node]:
        before: defaultdict[Node, list[Node]] = defaultdict(list)
        for node, after in self._next.items():
            if node != RETURNED:
                for each in after:
                    before[each].append(node)
        return led_to(goals, before)

    @cached_property
    def _compared(self) -> dict[str, dict[str, None]]:
        """Constants that stand in an expression with a variable."""
        found: dict[str, dict[str, None]] = {}
        for priority in self._priorities():
            if "$[" in priority.args:
                closed = priority.args[: priority.args.rfind("]") + 1]
                for expression in _EXPRESSION.findall(unmeasured(closed)):
                    constants = _CONSTANT.findall(expression)
                    for name in variables(expression):
                        found.setdefault(name, {}).update(dict.fromkeys(constants))
        return found

    def compared(self, variable: str) -> list[str]:
        """Constants that ``variable``, or what is made from it, is compared with."""
        names = self._made_from(variable)
        return list(dict.fromkeys(value for name in names for value in self._compared.get(name, ())))

    @cached_property
    def dialled(self) -> dict[str, dict[str, None]]:
        """Variables that say which extension is jumped to, and in which contexts ("" for the same)."""
        found: dict[str, dict[str, None]] = {}
        for priority in self._priorities():
            if "$" in priority.args:
                for there, exten, _ in jumps(priority.does, priority.args):
                    for name in variables(exten):
                        found.setdefault(name, {})[there] = None
                for args in _EXISTS.findall(priority.args):
                    for name in variables(args):
                        found.setdefault(name, {})[""] = None
        return found

    def leads_into(self, variable: str) -> list[str]:
        """Contexts ("" for the same) where what ``variable`` holds may become the extension of a jump."""
        contexts = (self.dialled.get(name, ()) for name in self._made_from(variable))
        return list(dict.fromkeys(chain.from_iterable(contexts)))

    def _made_from(self, variable: str) -> dict[str, None]:
        """``variable``, and what is set from it, and from that."""
        names = {variable: None}
        waiting = [variable]
        for name in waiting:
            further = [each for each in self._makes.get(name, ()) if each not in names]
            names.update(dict.fromkeys(further))
            waiting += further
        return names

    @cached_property
    def _makes(self) -> dict[str, list[str]]:
        """By the name of a variable, those that are set from it."""
        made: dict[str, dict[str, None]] = {}
        for sets in self._sets.values():
            for name, sources in sets:
                for source in sources:
                    made.setdefault(source, {})[name] = None
        return {source: list(names) for source, names in made.items()}

    @cached_property
    def typed(self) -> set[str]:
        """Variables that hold what a Read asked for, or something made from it."""
        asked = (argument(split(each.args), 0) for each in self._priorities() if each.does == "read")
        return {name for variable in asked for name in self._made_from(variable.lstrip("_"))}

    @cached_property
    def measured(self) -> set[str]:
        """Variables whose length something looks at."""
        found = (re.findall(r"LEN\(\$\{(\w+)", priority.args) for priority in self._priorities())
        return set(chain.from_iterable(found))

    def _priorities(self) -> Iterator[Priority]:
        for context in self._dialplan.contexts.values():
            for extension in context.extensions.values():
                yield from extension.priorities.values()


_OLD_TIMEOUTS = frozenset(("digittimeout", "responsetimeout"))
_ASSIGNING = frozenset(("set", "mset", "setvar", "setglobalvar"))
_EXECUTING = frozenset(("execif", "execiftime"))
_LEAVING = frozenset(("voicemail", "directory"))
_RETURNING = frozenset(("return", "macroexit", "stackpop"))
_TELLING = _OLD_TIMEOUTS | _LEAVING | _RETURNING | LISTENING | HUMANS | ELSEWHERE.keys()
"""Applications of which more is to be told than what they read, set and jump to."""

_JUMPING = frozenset(
    """
    goto gosub gotoif gosubif gotoiftime macro macroexclusive macroif execif execiftime random
    """.split()  # noqa: SIM905
)
