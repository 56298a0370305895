"""Flows where calls come in, as far as the flows themselves tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ivrlint.formats.connect.catalogue import ENDS, HUMANS, LOOKUPS
from ivrlint.formats.connect.channels import awaits_return, is_for_chats, is_survey
from ivrlint.formats.connect.facts import assignments, path_of
from ivrlint.formats.connect.language import ContactFlow

WIDEST = 5
"""Flows that lead round in a circle and may each be where calls come in. In a wider circle the main menu is
looked for: the flow that leads to most others and that most lead back to."""

_NOT_FOR_CALLS = re.compile(
    r"survey|questionnaire|questionario|cuestionario|encuesta|umfrage|sondag|アンケート|csat|feedback"
    r"|(?-i:(?<![A-Za-z])poll|Poll)s?(?![a-z])|chat|task|disconnect",
    re.I,
)
_LED_TO = re.compile(r"sub-?flow|(?<!inbound.)outbound", re.I)
_ELSEWHERE = re.compile(r"transfer|whisper|hold\b|quick ?connect", re.I)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MAIN = frozenset({"main", "inbound", "incoming", "entry", "welcome"})
_ALONE = "no other flow leads here"
_SAYS_NOTHING = ENDS | {"UpdateFlowLoggingBehavior", "UpdateContactTextToSpeechVoice"}
_ONWARD = HUMANS | {"TransferToFlow", "InvokeFlowModule"}
_WITHIN_CALLS = frozenset(
    {
        "EndFlowModuleExecution",
        "DequeueContactAndTransferToQueue",
        "MessageParticipantIteratively",
        "UpdatePreviousContactParticipantState",
    }
)
"""Types of modules, of flows for who waits in a queue, and of transfers (an agent is there to be held)."""
_SPEAKS = frozenset({"MessageParticipant", "GetParticipantInput", "ConnectParticipantWithLexBot"})

Leads = Mapping[str, set[str]]
"""The flows that each flow may start."""


class Likely(NamedTuple):
    """``entries`` are flows where calls may come in, with a word on why each is taken for one; ``chosen`` are
    flows that nothing leads to but, it may be, a choice that no file tells."""

    entries: dict[str, str]
    chosen: list[str]


def likely(flows: Mapping[str, ContactFlow], leads: Leads, choosing: set[str]) -> Likely:
    """Where calls come in; ``choosing`` are flows that go on to one of which no file says which it is.

    Flows that nothing else leads to are then as likely to be chosen there as to be entries, and not taken for
    these: unless they are called so, or nothing else would be left.
    """
    found = dict(_sources(flows, leads))
    words = {
        key: _ALONE if alone else "only flows that it leads to itself lead here"
        for key, alone in found.items()
        if not any(map(awaits_return, flows[key].blocks.values()))
    }
    chosen = [
        key
        for key, alone in found.items()
        if alone and key not in choosing and not _is_main(flows[key].title)
    ]
    inbound = {key for key in choosing if is_inbound(flows[key])}
    if not inbound or len(chosen) < 2:
        return Likely(words, [])
    hubs = [key for key in sorted(inbound - found.keys()) if _led_to_by(key, leads) <= {*chosen}]
    left = {key: word for key, word in words.items() if key not in chosen}
    left |= dict.fromkeys(hubs, "only flows that it may choose itself lead here")
    return Likely(left, chosen) if left else Likely(words, [])


def tags(flow: ContactFlow, why: str) -> frozenset[str]:
    """What can be told of an entry: that it is only guessed (``why`` is what :func:`likely` says, or another
    reason; the name tells, and so does a queue that is set), or for the people who run the system."""
    if why != _ALONE or _is_main(flow.title):
        return frozenset()
    staff = {"staff"} if "admin" in _words(flow.title) else set()
    sets_queue = any(block.type == "UpdateContactTargetQueue" for block in flow.blocks.values())
    return frozenset(staff if sets_queue else {"guessed", *staff})


def _sources(flows: Mapping[str, ContactFlow], leads: Leads) -> Iterator[tuple[str, bool]]:
    """Inbound flows that only flows of their own circle lead to; and whether that is none."""
    reaches = {key: _reachable(key, leads) for key in leads}
    for key, flow in flows.items():
        if is_inbound(flow):
            before = [other for other in leads if key in reaches[other] and other != key]
            if not all(other in reaches[key] for other in before):
                continue
            circle = {other for other in (key, *before) if is_inbound(flows[other])}
            if len(circle) <= WIDEST or key in _hubs(circle, leads):
                yield key, not before


def _led_to_by(key: str, leads: Leads) -> set[str]:
    return {other for other in leads if other != key and key in leads[other]}


def _hubs(circle: set[str], leads: Leads) -> set[str]:
    """Those of ``circle`` that lead to the most others of it; of these, those that most lead back to."""
    back = Counter(to for key in circle for to in leads[key])
    rank = {key: (len(leads[key] & circle), back[key]) for key in circle}
    best = max(rank.values())
    return {key for key in circle if rank[key] == best}


def _reachable(start: str, leads: Leads) -> set[str]:
    seen: set[str] = set()
    stack = [start]
    while stack:
        for key in leads[stack.pop()]:
            if key not in seen:
                seen.add(key)
                stack.append(key)
    return seen


def _is_main(title: str) -> bool:
    return not _MAIN.isdisjoint(_words(title))


def _words(title: str) -> Iterator[str]:
    return (word.lower() for word in _WORD.findall(title))


def is_inbound(flow: ContactFlow) -> bool:
    """Can calls come in at ``flow``? Modules, queue, hold, whisper and transfer flows are of another kind;
    guides show views to agents; where no kind is written, name and blocks tell. Surveys, chats and tasks
    that hand over to nobody, or hand over without a word, are known by their names only."""
    types = {block.type for block in flow.blocks.values()}
    if flow.kind not in ("", "contactflow") or "ShowView" in types or "CheckOutboundCallStatus" in types:
        return False
    if any(_LED_TO.search(name) for name in (flow.title, *(called.name for called in flow.names))):
        return False
    if is_for_chats(flow) or is_survey(flow):
        return False
    if _NOT_FOR_CALLS.search(flow.title) and not (types & _ONWARD and types & _SPEAKS):
        return False
    if types <= _SAYS_NOTHING or (not types & (_SPEAKS | LOOKUPS) and _is_told_the_queue(flow)):
        return False
    if flow.kind == "contactflow":
        return "EndFlowModuleExecution" not in types
    return _seems_inbound(flow.title, types)


def _seems_inbound(title: str, types: set[str]) -> bool:
    """The same where no kind is written."""
    if _ELSEWHERE.search(title.replace("_", " ")):
        return False
    if types & _WITHIN_CALLS:
        return False
    return (
        bool(types & (HUMANS | {"DisconnectParticipant", "TransferToFlow"}))
        or "EndFlowExecution" not in types
    )


def _is_told_the_queue(flow: ContactFlow) -> bool:
    """Is the queue an attribute that the flow has not set? What started it knows: a task, another flow."""
    blocks = flow.blocks.values()
    queues = {path_of(block.text("QueueId")) for block in blocks if block.type == "UpdateContactTargetQueue"}
    told = {path for path in queues if path.startswith("$.Attributes.")}
    return bool(told.difference(*map(assignments, blocks)))
