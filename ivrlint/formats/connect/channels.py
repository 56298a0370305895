"""What a flow is for, if it is not for who calls in: chats and e-mail, surveys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivrlint.formats.connect.catalogue import HUMANS
from ivrlint.formats.connect.facts import CHANNEL, path_of
from ivrlint.formats.connect.language import Block, ContactFlow

_WRITTEN = re.compile(
    r"(?i:(?<![a-z])(?:web|live)?chat(?:s|bot)?(?![a-z]))|(?<=[a-z])Chat(?![a-z])|(?i:whats[ _-]?app)"
    r"|(?i:inbound[ _-]?e-?mail|(?<![a-z])e-?mail[ _-]?(?:inbound|flow|queue))"
)
"""In titles. A flow that is called after text messages mostly sends some to who calls."""

_FOR_CHATS = re.compile(
    r"\b(?:welcome to|for (?:contacting|using|reaching|visiting))\b[^!?]{0,60}\bchat\b"
    r"|\bfor chatting\b|\bthis chat\b|\bthe chat (?:got|was|has|is)\b",
    re.I,
)
_FOR_CALLS = re.compile(r"\bcall(?:ing|er)|\byour call\b|\bpress(?:ing)? |\bon the line\b|\bhang up\b", re.I)
_CALLS = re.compile(r"voice|phone|calls?(?![a-z])|ivr|omni", re.I)
_SATISFACTION = re.compile(
    r"\bsatisfi(?:ed|action)\b|\brat(?:e|ing)\b[^.?!]{0,40}\b(?:service|agent|call|experience|support)\b"
    r"|\brecommend us\b",
    re.I,
)
_ASKS = frozenset({"GetParticipantInput", "ConnectParticipantWithLexBot"})
_ONWARD = HUMANS | {"TransferToFlow", "InvokeFlowModule"}
_HEARD = frozenset({"UpdateContactTextToSpeechVoice", "UpdateContactMediaStreamingBehavior"})


def is_for_chats(flow: ContactFlow) -> bool:
    """Is ``flow`` called a chat (or after e-mail), or does it say that it is one, and has nothing that only
    callers hear or do?

    A voice, recordings, SSML and keys are for calls, and words of a title or of what is said may be; what
    asks by which channel it was reached is for several.
    """
    if any(_is_heard(block) for block in flow.blocks.values()) or _CALLS.search(flow.title):
        return False
    said = list(_said(flow))
    if any(_FOR_CALLS.search(text) for text in said):
        return False
    return bool(_WRITTEN.search(flow.title)) or any(_FOR_CHATS.search(text) for text in said)


def is_survey(flow: ContactFlow) -> bool:
    """Does ``flow`` ask callers how satisfied they are with a talk they have had, and hand over to nobody?"""
    types = {block.type for block in flow.blocks.values()}
    questions = [block for block in flow.blocks.values() if block.type in _ASKS]
    asked = [block for block in questions if _SATISFACTION.search(_words(block))]
    return bool(asked) and len(asked) * 2 >= len(questions) and not types & _ONWARD


def awaits_return(block: Block) -> bool:
    """Does ``block`` wait for a customer to come back, as chats do after an agent has left?"""
    operands = (operand for condition in block.conditions for operand in condition.operands)
    return block.type == "Wait" and any(operand.startswith("CustomerReturn") for operand in operands)


def _is_heard(block: Block) -> bool:
    if block.type in _HEARD or block.type == "GetParticipantInput" or "PromptId" in block.parameters:
        return True
    return bool(block.text("SSML")) or path_of(block.text("ComparisonValue")) == CHANNEL


def _said(flow: ContactFlow) -> Iterator[str]:
    for block in flow.blocks.values():
        yield block.text("Text")


def _words(block: Block) -> str:
    return block.text("SSML") or block.text("Text")
