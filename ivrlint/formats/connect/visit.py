"""One visit to a block in one state: where its transitions lead from there, and as which moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from ivrlint.explore import Explorer, Facts, State
from ivrlint.flow import AT_ONCE, Duration, Move, MoveKind, Prompt
from ivrlint.formats.connect.catalogue import HUMANS, OUTCOMES, UNANSWERED
from ivrlint.formats.connect.facts import after, takes_message
from ivrlint.formats.connect.language import Block, ContactFlow, Link
from ivrlint.formats.connect.library import Library, Reference
from ivrlint.formats.connect.places import (
    FORGOTTEN,
    KEPT_AFTER_HANDOVER,
    LOST,
    MOST_CALLS,
    At,
    Frame,
    Nowhere,
    Place,
)
from ivrlint.formats.connect.prompts import prompts
from ivrlint.source import Span


class Visit:
    """``block`` of ``flow`` at step ``here``: ``facts`` are known before it, ``then`` after it and ``failed``
    after a fault."""

    def __init__(self, here: str, state: State[Place], explorer: Explorer[Place], library: Library) -> None:
        self.here = here
        self.at = cast(At, state.place)
        self.flow: ContactFlow = library.flows[self.at.flow]
        self.block: Block = self.flow.blocks[self.at.block]
        self.facts = state.facts
        if self.block.type in HUMANS:
            self.then = self.failed = state.facts.keep(KEPT_AFTER_HANDOVER).learn(LOST, True)
        else:
            self.then, self.failed = after(self.block, state.facts), state.facts
        self.library = library
        self._explorer = explorer

    @property
    def queue_name(self) -> str:
        """The name of the target queue, if it is known."""
        queue = self.facts.get("queue")
        return str(queue[0]) if isinstance(queue, tuple) else ""

    @property
    def played(self) -> tuple[Prompt, ...]:
        """All that the block plays."""
        return prompts(self.block, self.facts, self.library.languages.get(self.at, ""))

    @property
    def takes_message(self) -> bool:
        """Does the caller leave a message here?"""
        return takes_message(self.block, self.facts)

    # --- moves

    def move(
        self,
        kind: MoveKind,
        link: Link,
        facts: Facts | None = None,
        span: Span | None = None,
        keys: str = "",
        label: str = "",
        keypresses: int = 0,
        heard: Duration = AT_ONCE,
        condition: str = "",
        usual: bool = True,
    ) -> Move:
        """A move of ``kind`` along ``link``, after which ``facts`` are known."""
        to = self.go(link, self.then if facts is None else facts)
        return Move(
            self.here,
            to,
            kind,
            span or link.span,
            keys,
            label,
            keypresses,
            1,
            heard,
            condition,
            usual,
        )

    def onward(self, heard: Duration = AT_ONCE, label: str = "") -> Iterator[Move]:
        """What follows of itself."""
        if self.block.next:
            yield self.move(MoveKind.NEXT, self.block.next, label=label, heard=heard)

    def when(self, link: Link, label: str, condition: str = "", facts: Facts | None = None) -> Move:
        """An outcome of what the system decides."""
        return self.move(
            MoveKind.WHEN, link, facts, label=label, condition=condition or self.block.console_name
        )

    def faults(self, *handled: str, decides: bool = False) -> Iterator[Move]:
        """What ``Errors`` lead to, but for those ``handled`` otherwise. Where the system ``decides`` at the
        block, outcomes are told from faults."""
        for type_, link in self.block.errors:
            if type_ in handled:
                continue
            if type_ in UNANSWERED and self.block.type in HUMANS:
                label = "full" if type_ == "QueueAtCapacity" else type_
                yield self.move(MoveKind.OVERFLOW, link, self.failed, label=label)
            elif decides and type_ in OUTCOMES:
                yield self.when(link, type_, facts=self.failed)
            else:
                yield self.move(MoveKind.ERROR, link, self.failed, label=type_)

    # --- where they lead

    def go(self, link: Link, facts: Facts) -> str:
        """The step that ``link`` leads to within this flow."""
        if link.id not in self.flow.blocks:
            return self.nowhere("undefined", link.id, link.span)
        return self._explorer.visit(State(At(self.at.flow, link.id), facts))

    def nowhere(
        self, reason: Literal["undefined", "flow", "deep", "uncalled", "several"], name: str, span: Span
    ) -> str:
        """A step that is no block."""
        return self._explorer.visit(State(Nowhere(reason, name, span)))

    def start(self, key: str, facts: Facts) -> str:
        """The first step of flow ``key``."""
        flow = self.library.flows[key]
        assert flow.start is not None  # a flow without a start is not in the library
        if flow.start.id not in flow.blocks:
            return self.nowhere("undefined", flow.start.id, flow.start.span)
        return self._explorer.visit(State(At(key, flow.start.id), facts))

    def found(self, reference: Reference) -> str | None:
        """The key of the flow meant; None if that cannot be told."""
        return self.library.find(reference, self.flow.folder).place

    def missing(self, reference: Reference) -> Literal["flow", "several"]:
        """Why a flow is not found."""
        return "several" if self.library.find(reference, self.flow.folder).several else "flow"

    # --- what called

    @property
    def calls(self) -> tuple[Frame, ...] | str:
        """What this flow returns to, innermost first."""
        return cast("tuple[Frame, ...] | str", self.facts.get("calls", ()))

    def called(self, frame: Frame) -> Facts | None:
        """What is known in a flow that ``frame`` waits for; None if it is too deep."""
        calls = self.calls
        if calls == FORGOTTEN:
            return self.then.learn("calls", (frame,))
        if len(calls) >= MOST_CALLS:
            return None
        return self.then.learn("calls", (frame, *cast("tuple[Frame, ...]", calls)))

    @property
    def waits_in_queue(self) -> bool:
        """Does this flow run while the call waits in a queue?"""
        calls = self.calls
        return bool(calls) and calls != FORGOTTEN and cast(Frame, calls[0]).kind == "queue"

    def back(self, span: Span) -> Iterator[Move]:
        """Out of this flow, to what called it."""
        if self.calls == FORGOTTEN or not self.calls:
            name = f"whatever called {self.flow.title}"
            yield Move(self.here, self.nowhere("uncalled", name, span), MoveKind.NEXT, span)
            return
        frame, *rest = cast("tuple[Frame, ...]", self.calls)
        facts = self.then.learn("calls", tuple(rest)) if rest else self.then.forget("calls")
        if frame.kind == "queue":
            to = self._explorer.visit(State(frame.at, facts))
            yield Move(self.here, to, MoveKind.NEXT, span, label="still waiting")
            return
        yield from self._returned(frame.at, facts, span)

    def _returned(self, at: At, facts: Facts, span: Span) -> Iterator[Move]:
        """Behind the block that invoked a module; which of its branches is taken, the module decides."""
        caller = self.library.flows[at.flow].blocks[at.block]
        branches = [(" ".join(each.operands), each.to) for each in caller.conditions]
        branches += [("", caller.next)] if caller.next else []
        kind = MoveKind.WHEN if len(branches) > 1 else MoveKind.NEXT
        for label, link in branches:
            to = self._arrive(at.flow, link, facts)
            if kind is MoveKind.NEXT:
                yield Move(self.here, to, kind, span)
            else:
                condition = caller.console_name
                yield Move(self.here, to, kind, span, label=label or "otherwise", condition=condition)

    def _arrive(self, key: str, link: Link, facts: Facts) -> str:
        if link.id not in self.library.flows[key].blocks:
            return self.nowhere("undefined", link.id, link.span)
        return self._explorer.visit(State(At(key, link.id), facts))
