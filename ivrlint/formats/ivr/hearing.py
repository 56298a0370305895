"""What a caller hears and waits before a call goes on from a step."""

from __future__ import annotations

from ivrlint.flow import AT_ONCE, Duration, Listening, MoveKind, Prompt
from ivrlint.speech import until_named, whole

_NOT_KNOWN = Duration(exact=False)


def heard(
    kind: MoveKind,
    prompts: tuple[Prompt, ...],
    listening: Listening | None,
    keys: str = "",
    attempts: int = 1,
    wait_ms: int | None = 0,
) -> Duration:
    """Of a move of ``kind``, unless the flow says otherwise.

    ``wait_ms`` is the silence of one timeout, or the wait in a queue; None where it is not known.
    """
    wait = _NOT_KNOWN if wait_ms is None else Duration(wait_ms)
    match kind:
        case MoveKind.KEY:
            return until_named(prompts, keys) if interrupts(listening) else whole(prompts)
        case MoveKind.SPEECH | MoveKind.NEXT | MoveKind.DIGITS:
            return whole(prompts)
        case MoveKind.SILENCE:
            return whole(prompts).plus(wait).times(attempts)
        case MoveKind.WRONG:
            return AT_ONCE if interrupts(listening) else whole(prompts).times(attempts)
        case MoveKind.OVERFLOW:
            return wait
    return AT_ONCE


def interrupts(listening: Listening | None) -> bool:
    """May a key interrupt the prompts?"""
    return listening is None or listening.barge_in is not False


def pause(listening: Listening | None) -> Duration:
    """The silence that ends an input."""
    if listening is None or listening.pause_ms is None:
        return _NOT_KNOWN
    return Duration(listening.pause_ms)


def typed(listening: Listening) -> tuple[int, Duration]:
    """The fewest keys that end an input, and what is waited for its end."""
    fewest = 1 if listening.fewest is None else listening.fewest
    if fewest == listening.most:
        return fewest, AT_ONCE
    if listening.terminator_needed:
        return fewest + len(listening.terminator), AT_ONCE
    return fewest, pause(listening)
