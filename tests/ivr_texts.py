"""Random ``.ivr`` texts, and what a flow says apart from where it is written."""

from __future__ import annotations

from hypothesis import strategies as st

from ivrlint.flow import Flow
from ivrlint.formats import ivr
from ivrlint.project import Project
from ivrlint.source import Source

_NAMES = ("main", "agents", '"agents"', '"hangup"', '"2nd level"', "menú", '"full"', "a-b.c", "x2")
_TEXTS = ('"Press 1."', '"Hello, wörld."', '"a \\"b\\" \\\\ // no comment"', '"' + "long words " * 7 + '"')
_GAPS = st.sampled_from(
    [*[" "] * 12, "\n", "\n\n\n", "\t", " // said\n", "\n//tight\n", "\r\n", "\n\n// apart\n\n// twice\n"]
)

name = st.sampled_from(_NAMES)
text = st.sampled_from(_TEXTS)


def _words(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map(" ".join)


def _maybe(part: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.just("") | (st.just(part) if isinstance(part, str) else part)


def _many(part: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[str]:
    return st.lists(part, min_size=least, max_size=4).map(" ".join)


_target = name | st.sampled_from(["hangup", "repeat", "back", "return"])
_goto = _words(_maybe(_words("after 3s", _maybe("+"))), "->", _maybe(_words(name, "then")), _target)
_fault = _words("fault", _maybe(text), _goto)
_recording = _words("audio", text, _maybe(_words("says", text)), _maybe("3s"), _maybe("+"))
_spoken = _words(text, _maybe("1.5s"), _maybe("+")) | _recording
_keys = st.sampled_from(["1", "1 , #", "*", "12", "0"])
_option = _words(_keys, _maybe(text), _maybe(_words("spoken", text, _maybe(text))), _goto)
_handler = _words("timeout", _maybe("5s"), _maybe("x2"), _goto) | _words("invalid", _maybe("x3"), _goto)
_menu_item = st.one_of(
    _words("prompt", _many(_spoken, 1)),
    _option,
    _words("dial", "3 - 4", _goto),
    _handler,
    st.just("without 0 , *"),
)
_ask_item = st.one_of(
    st.sampled_from(["digits 3 +", 'end "#" only', "sensitive pin", "barge-in off"]),
    _handler,
    _words("done", _goto),
)
_outcome = _words(name, _maybe("unusual"), _goto) | _fault
_overflow = _words(st.sampled_from(["max 10m", "full", "unanswered", "done"]), _goto)
_to = _words("to", text, _maybe("premium"))


def _block(item: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return _words("{", _many(item), "}")


statement = st.one_of(
    _words("line", text, _maybe(text), _maybe("priority"), _goto),
    _words("hours", name, _maybe(text), _maybe("varies")),
    _words("say", name, _many(_spoken), _maybe("notice"), _goto, _many(_fault)),
    _words("do", name, _maybe(text), _goto, _maybe(_fault)),
    _words("menu", name, _maybe(text), _block(_menu_item)),
    _words("ask", name, _block(_ask_item)),
    _words("check", name, name, _block(_outcome)),
    _words("queue", name, _many(_spoken), _maybe(_to), _maybe(_block(_overflow | _option))),
    _words("voicemail", name, _maybe(text), _maybe(_goto)),
    _words("end", name),
    _words("code", name, _maybe(text), _maybe(_block(_outcome) | _goto)),
    _words("everywhere", _block(_option | _handler)),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A file that begins with a line, laid out at random, with comments in odd places."""
    statements = ['line "1" -> main', *draw(st.lists(statement, max_size=5))]
    return draw(_GAPS) + draw(laid_out(" ".join(statements))) + draw(_GAPS)


def laid_out(words: str) -> st.SearchStrategy[str]:
    """``words`` with other gaps between them, where no text in quotes is cut."""
    parts = [part for part in _split(words) if part]
    return st.lists(_GAPS, min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    )


def _split(words: str) -> list[str]:
    """At spaces outside quotes."""
    parts, inside, skip = [""], False, False
    for sign in words:
        if sign == '"' and not skip:
            inside = not inside
        skip = sign == "\\" and not skip
        if sign == " " and not inside:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def read(text: str) -> Flow:
    """The flow of a ``.ivr`` text."""
    return ivr.read([Source("text.ivr", text)], Project())


def said(flow: Flow) -> object:
    """All that ``flow`` says but where it is written; what is nowhere has no name of its own."""
    numbers = {step.id: number for number, step in enumerate(flow.steps)}
    steps = [
        (
            *(step.name, step.kind, step.target, step.condition, step.listening, step.tags, step.detail),
            [(each.text, each.duration, each.audio, each.language) for each in step.prompts],
        )
        for step in flow.steps
    ]
    moves = [(numbers[move.source], numbers[move.target], *move[2:3], *move[4:]) for move in flow.moves]
    return steps, moves, [(problem.kind, problem.message, problem.hint) for problem in flow.problems]
