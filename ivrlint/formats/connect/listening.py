"""Blocks that listen to the caller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from ivrlint.explore import Facts
from ivrlint.flow import AT_ONCE, Duration, Listening, Move, MoveKind, Prompt, Step, StepKind
from ivrlint.formats.connect.facts import INPUT, TIMEOUT
from ivrlint.formats.connect.inputs import Tested, compared
from ivrlint.formats.connect.language import Block, whole_number
from ivrlint.formats.connect.places import FORGOTTEN, Frame
from ivrlint.formats.connect.visit import Visit
from ivrlint.speech import until_named, whole

BETWEEN_KEYS = 5_000
"""Milliseconds between two keys that end an input, unless said otherwise (AWS's default)."""

FIRST_KEY = 5_000
"""Milliseconds until the first key, where a flow does not say (the console's default)."""

_KEYS = re.compile(r"[0-9*#]+")
_SIGNS = frozenset("*#")
_SHARE_A_PLAN = frozenset({"US", "CA", "PR", "DO", "JM"})


def menu(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """One key chooses. Without a choice it only waits for any key: so recorders are built."""
    block = visit.block
    if visit.takes_message:
        return step._replace(kind=StepKind.VOICEMAIL, prompts=visit.played), _keys(visit, visit.played)
    played = visit.played
    listening = Listening(timeout_ms=_first_key(block), barge_in=True, fewest=1, most=1)
    kind = StepKind.MENU if block.conditions else StepKind.ASK
    return step._replace(kind=kind, prompts=played, listening=listening), _keys(visit, played)


def _keys(visit: Visit, played: tuple[Prompt, ...]) -> Iterator[Move]:
    block = visit.block
    for condition in block.conditions:
        for key in condition.operands:
            yield visit.move(
                MoveKind.KEY,
                condition.to,
                keys=key,
                keypresses=len(key),
                heard=until_named(played, key),
            )
    handled = ["InputTimeLimitExceeded", "NoMatchingCondition"]
    silence = block.error("InputTimeLimitExceeded", "NoMatchingError")
    if silence:
        heard = whole(played).plus(Duration(_first_key(block)))
        yield visit.move(MoveKind.SILENCE, silence, heard=heard)
    wrong = block.error("NoMatchingCondition", "NoMatchingError")
    if wrong:
        kind = MoveKind.WRONG if block.conditions else MoveKind.DIGITS
        yield visit.move(kind, wrong, keypresses=1)
    if block.next and not block.conditions and block.next.id not in {link.id for _, link in block.errors}:
        yield visit.move(MoveKind.DIGITS, block.next, keypresses=1)  # no export has it, some write it
    yield from visit.faults(*handled)


def lex(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """A bot is spoken with (or typed to: how many keys that takes, only the bot knows)."""
    block = visit.block
    played = visit.played
    listening = Listening(barge_in=True)
    step = step._replace(kind=StepKind.MENU, prompts=played, listening=listening, tags=step.tags | {"bot"})
    heard = whole(played)
    moves = [
        visit.move(MoveKind.SPEECH, each.to, label=intent, heard=heard)
        for each in block.conditions
        for intent in each.operands
    ]
    unmatched = block.error("NoMatchingCondition")
    other = unmatched or block.next  # `NextAction` alone: where the bot has done what was asked of it
    if unmatched and moves:
        moves.append(visit.move(MoveKind.WRONG, unmatched, heard=heard))
    elif other:
        label = "anything else" if moves else "anything"
        moves.append(visit.move(MoveKind.SPEECH, other, label=label, heard=heard))
    silence = block.error("InputTimeLimitExceeded")
    if silence:
        moves.append(visit.move(MoveKind.SILENCE, silence, heard=heard.plus(Duration(exact=False))))
    return step, [*moves, *visit.faults("NoMatchingCondition", "InputTimeLimitExceeded")]


# --- stored input


def stored(visit: Visit, step: Step) -> tuple[Step, Iterable[Move]]:
    """Digits are kept; a menu if they are compared with something later, else a question: also where a star
    or a pound sign does something else than the number that is asked for.

    Silence is a success too: the input is then ``Timeout``.
    """
    block = visit.block
    played = visit.played
    listening = _listening(block)
    compared_with, complete = _tests(visit)
    tests = [each for each in compared_with if each.value != TIMEOUT and _fits(each, listening)]
    other = visit.then.learn(INPUT, None) if complete else visit.then.forget(INPUT)
    offers = {each.value for each in tests if each.exact} - (_SIGNS if listening.most != 1 else set())
    kind = StepKind.MENU if offers else StepKind.ASK
    step = step._replace(kind=kind, prompts=played, listening=listening)
    wrong = MoveKind.WRONG if offers else MoveKind.DIGITS
    return step, [
        *_inputs(visit, played, listening, tests, other, wrong),
        *visit.faults("InvalidPhoneNumber"),
    ]


def _tests(visit: Visit) -> tuple[list[Tested], bool]:
    if visit.calls == FORGOTTEN:
        return compared(visit.library, visit.at, ())
    frames = cast("tuple[Frame, ...]", visit.calls)
    return compared(visit.library, visit.at, tuple(frame.at for frame in frames if frame.kind == "module"))


def _fits(tested: Tested, listening: Listening) -> bool:
    """Can a caller type it?"""
    if not _KEYS.fullmatch(tested.value) or tested.value == listening.terminator:
        return False
    return listening.most is None or len(tested.value) <= listening.most


def _inputs(
    visit: Visit,
    played: tuple[Prompt, ...],
    listening: Listening,
    tests: list[Tested],
    other: Facts,
    otherwise: MoveKind,
) -> Iterator[Move]:
    block, next_ = visit.block, visit.block.next
    if next_ is None:
        return
    for each in tests:
        typed = MoveKind.KEY if each.exact else MoveKind.DIGITS
        ended = AT_ONCE if len(each.value) == listening.most else Duration(listening.pause_ms or 0)
        yield visit.move(
            typed,
            next_,
            visit.then.learn(INPUT, each.value),
            each.span,
            keys=each.value,
            keypresses=len(each.value),
            heard=until_named(played, each.value).plus(ended),
        )
    fewest = listening.fewest or 1
    if all(each.exact for each in tests):
        ended = AT_ONCE if fewest == listening.most else Duration(listening.pause_ms or 0)
        yield visit.move(otherwise, next_, other, keypresses=fewest, heard=whole(played).plus(ended))
    heard = whole(played).plus(Duration(listening.timeout_ms or 0))
    yield visit.move(MoveKind.SILENCE, next_, visit.then.learn(INPUT, TIMEOUT), heard=heard)
    wrong = block.error("InvalidPhoneNumber")
    if wrong:
        yield visit.move(MoveKind.WRONG, wrong, keypresses=1)


def _listening(block: Block) -> Listening:
    keys: Any = block.parameters.get("DTMFConfiguration")
    keys = keys if isinstance(keys, dict) else {}
    pause = whole_number(keys.get("InterdigitTimeLimitSeconds"))
    fewest, most = _digits(block.parameters.get("InputValidation"))
    encrypted = "InputEncryption" in block.parameters or "EncryptionConfiguration" in block.parameters
    return Listening(
        timeout_ms=_first_key(block),
        pause_ms=BETWEEN_KEYS if pause is None else pause * 1000,
        barge_in=True,
        fewest=fewest,
        most=most,
        terminator=str(keys.get("InputTerminationSequence") or ""),
        sensitive="data" if encrypted else "",
    )


def _digits(validation: Any) -> tuple[int, int | None]:
    """Fewest and most digits. A telephone number has ten where the North American plan holds; elsewhere its
    length is not known, and five is a lower bound."""
    validation = validation if isinstance(validation, dict) else {}
    number = validation.get("PhoneNumberValidation")
    if isinstance(number, dict):
        return (10 if str(number.get("CountryCode")) in _SHARE_A_PLAN else 5), None
    custom = validation.get("CustomValidation")
    return 1, whole_number(custom.get("MaximumLength")) if isinstance(custom, dict) else None


def _first_key(block: Block) -> int:
    seconds = block.number("InputTimeLimitSeconds")
    return FIRST_KEY if seconds is None else seconds * 1000
