"""Calls that Connect makes itself: the flow knows from the start what only who started the call can tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ivrlint.formats.connect.catalogue import HUMANS, LOOKUPS
from ivrlint.formats.connect.facts import path_of
from ivrlint.formats.connect.language import Block, ContactFlow

_MAY_TELL = HUMANS | LOOKUPS | {"InvokeFlowModule", "TransferToFlow", "UpdateCustomerProfile"}
"""Types behind which attributes may have been set by something that no file shows."""

_ATTRIBUTE = re.compile(r"\$\.Attributes(?:\.[\w-]+|\['[^']*'\])")


def is_outgoing(flow: ContactFlow, assigned: Collection[str]) -> bool:
    """Does ``flow`` say an attribute before anything could have set it, one that is not ``assigned``
    anywhere? Such a call was started with it (``StartOutboundVoiceContact``), or comes from a flow that is
    not among those given."""
    return any(path not in assigned for block in _first_blocks(flow) for path in _said(block))


def _first_blocks(flow: ContactFlow) -> Iterator[Block]:
    """Blocks that come before any of :data:`_MAY_TELL`."""
    waiting = [flow.start.id] if flow.start else []
    seen = set(waiting)
    while waiting:
        block = flow.blocks.get(waiting.pop())
        if block is None or block.type in _MAY_TELL:
            continue
        yield block
        for link in block.links():
            if link.id not in seen:
                seen.add(link.id)
                waiting.append(link.id)


def _said(block: Block) -> Iterator[str]:
    """Attributes that ``block`` speaks."""
    for key in ("Text", "SSML"):
        text = block.text(key)
        if "$.Attributes" in text:
            yield from map(path_of, _ATTRIBUTE.findall(text))
