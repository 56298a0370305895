"""What nodes and edges say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import shorten, wrap

from ivrlint.diagrams.sketch import Link, Spot
from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.routes import Verdict
from ivrlint.words import action, deed, plural, printable

WIDE = 26
"""Characters of a line, roughly."""

MOST_NAMES = 4
MOST_LINES = 5
MOST_KEYS = 4
"""Names in a node, lines on an edge, keys in a line; of more, the rest is counted."""

_SAID = 52
_DETAIL = 40
"""Characters that are shown of a prompt and of a title; the tooltip has all of it."""

_NO_WAY_ON = frozenset({StepKind.HUMAN, StepKind.END, StepKind.UNKNOWN})
_LISTENS = frozenset({StepKind.MENU, StepKind.ASK, StepKind.SAY})

# --- nodes


def title(spot: Spot) -> tuple[str, ...]:
    """What it is called: the names of its steps, or the first of those that are alike."""
    if spot.stub:
        return tuple(_wrapped(spot.stub + spot.step.name))
    steps = [*spot.steps, *spot.alike] if spot.kind is StepKind.ENTRY else spot.steps
    names = list(dict.fromkeys(step.name for step in steps))
    lines = [line for name in names[:MOST_NAMES] for line in _wrapped(name)]
    if len(names) > MOST_NAMES:
        lines.append(f"and {len(names) - MOST_NAMES} more")
    if spot.alike and spot.kind not in (StepKind.ENTRY, StepKind.END):
        lines.append(f"and {len(spot.alike)} alike")
    return tuple(lines)


def said(spot: Spot) -> tuple[str, ...]:
    """The beginning of what is played there."""
    text = _spoken(spot.steps)
    if spot.stub or not text:
        return ()
    beginning = shorten(printable(text), _SAID, placeholder=" …")
    return tuple(wrap(f'"{beginning}"', WIDE + 4))


def facts(spot: Spot) -> tuple[str, ...]:
    """What it asks, how far it is from a line and to a human, which findings are told here."""
    if spot.stub:
        return ()
    step = spot.step if len(spot.steps) == 1 else spot.step._replace(detail="")
    about = step.condition if step.kind is StepKind.CHECK else ""
    if step.kind is StepKind.UNKNOWN or _tells(step):
        about = about or step.detail
    lines = [line for part in wrap(printable(_cut(about, 2 * _DETAIL)), WIDE + 4) for line in _chopped(part)]
    lines += _distances(spot)
    if spot.hidden:
        lines.append(f"{plural(spot.hidden, 'way')} on not drawn")
    if spot.numbers:
        lines.append(_findings(spot.numbers))
    return tuple(lines)


def tooltip(spot: Spot) -> str:
    """All that is known of it: where it is written, its name, what it plays."""
    lines = []
    for step in spot.steps:
        lines.append(f"{step.span.path}:{step.span.line}: {step.kind} {step.name}")
        lines += [part for part in (step.detail, step.condition, _spoken([step])) if part]
    if spot.alike:
        lines.append("alike: " + ", ".join(step.name for step in spot.alike))
    return "\n".join(printable(line.replace("\n", " ")) for line in lines)


def _tells(step: Step) -> bool:
    """Is its title a short one that does not only repeat its name, or why calls are taken to come in?"""
    if step.detail.casefold() == step.name.replace("_", " ").casefold():
        return False
    return len(step.detail) <= WIDE + 4 and not (step.kind is StepKind.ENTRY and step.part)


def _spoken(steps: Sequence[Step]) -> str:
    return " ".join(prompt.text for step in steps for prompt in step.prompts if prompt.text)


def _distances(spot: Spot) -> list[str]:
    """Keypresses from the nearest line to here, and on to the nearest human."""
    lines = []
    if spot.lost:
        lines.append("no call gets here")
    elif spot.kind is not StepKind.ENTRY and spot.reached is not None:
        lines.append(f"after {plural(spot.reached, 'key')}")
    if spot.kind in _NO_WAY_ON:
        return lines
    if spot.verdict is Verdict.UNREACHABLE:
        lines.append("no human from here")
    elif spot.on is None or spot.on.unknowns:
        lines.append("a human? unknown")
    else:
        lines.append(f"{plural(spot.on.keypresses, 'key')} to a human")
    return [", ".join(lines)] if spot.kind in _LISTENS else lines


# --- edges


def label(link: Link) -> tuple[tuple[str, str], ...]:
    """What leads along it: pairs of what the caller does and the words for that; keys with the same words
    share a line.
    """
    together: dict[tuple[object, ...], list[Move]] = {}
    follows = any(move.kind is MoveKind.NEXT for move in link.moves)
    for move in link.moves:
        if move.kind is MoveKind.ERROR and follows:
            continue  # it goes on there anyway
        together.setdefault(_line_of(move), []).append(move)
    lines = [line for moves in together.values() if any(line := _line(moves))]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [("", f"and {len(lines) - MOST_LINES + 1} more")]
    if link.numbers:
        lines.append(("", _findings(link.numbers)))
    return tuple(lines)


def told(link: Link) -> str:
    """All moves along it, a line each."""
    deeds = (deed(move) or "goes on" for move in link.moves)
    return "\n".join(dict.fromkeys(printable(each.replace("\n", " ")) for each in deeds))


def _line_of(move: Move) -> tuple[object, ...]:
    """Moves for which this is equal share a line."""
    match move.kind:
        case MoveKind.KEY | MoveKind.DIGITS | MoveKind.DIAL if move.keys:
            return move.kind, move.label
        case MoveKind.ERROR:
            return (move.kind,)
        case MoveKind.SILENCE | MoveKind.WRONG:
            return (MoveKind.SILENCE,)
    return move.kind, move.label, move.keypresses, move.attempts


def _line(moves: Sequence[Move]) -> tuple[str, str]:
    move = moves[0]
    words = printable(_cut(move.label, _DETAIL))
    match move.kind:
        case MoveKind.SILENCE | MoveKind.WRONG:
            return "", ", ".join(dict.fromkeys(_amiss(each) for each in moves))
        case MoveKind.ERROR:
            return "", "fault"
        case MoveKind.SPEECH:
            return "", printable(_cut(action(move), _DETAIL))
        case MoveKind.KEY | MoveKind.DIGITS | MoveKind.DIAL:
            return _keys([action(each) for each in moves]), words
    return "", words


def _keys(keys: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(keys))
    shown = printable(", ".join(distinct[:MOST_KEYS]))
    return f"{shown} … ({len(distinct)})" if len(distinct) > MOST_KEYS else shown


def _amiss(move: Move) -> str:
    word = "silence" if move.kind is MoveKind.SILENCE else "wrong key"
    return f"{word} ×{move.attempts}" if move.attempts > 1 else word


# --- both


def _findings(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:6]))
    return f"finding {shown}" + (f" and {len(numbers) - 6} more" if len(numbers) > 6 else "")


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _wrapped(text: str) -> Iterable[str]:
    """Lines of a name; one of several lines' length is cut."""
    text = printable(_cut(text, 3 * WIDE))
    return (line for part in wrap(text, WIDE, break_long_words=False) for line in _chopped(part))


def _chopped(word: str) -> Iterable[str]:
    """``word`` broken behind the signs that join its parts, where it is longer than a line."""
    while len(word) > WIDE + 4:
        at = max(word.rfind(sign, 8, WIDE) for sign in ",/-_.&@:}(") + 1 or WIDE
        yield word[:at]
        word = word[at:]
    yield word
