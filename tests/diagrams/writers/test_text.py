"""Whatever names and prompts hold is shown as it is: never markup, never an escape of Graphviz or Mermaid."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivrlint.config import Settings
from ivrlint.diagrams import Options, svg
from ivrlint.diagrams.pages import picture
from ivrlint.diagrams.writers import mmd
from ivrlint.flow import AT_ONCE, Flow, Prompt
from ivrlint.rules import Context
from tests.diagrams.conftest import SVG
from tests.flows import flow, follow, press

HOSTILE = [
    "<script>alert(1)</script>",
    '"]; x -> y',
    r"\N \G \E \l \\ \n",
    "&lt;b&gt; &amp; &#60;",
    "`**bold** _x_ [a](b)`",
    "1. list - x #quot; %%{init}%%",
    "end",
    "<b>bold</b><br/>",
    "\u202eabc \ufeff \ud800 \x00 \uffff",
    "مرحبا 日本 ü",
]


def _flow(text: str) -> Flow:
    calls = flow("line:entry main:menu sales:human", follow("line", "main"), press("main", "1", "sales"))
    line, main, sales = calls.steps
    spoken = Prompt(text, AT_ONCE, main.span)
    steps = line._replace(name=text), main._replace(prompts=(spoken,), part=text), sales._replace(detail=text)
    first, second = calls.moves
    return calls._replace(steps=steps, moves=(first, second._replace(label=text)))


def _shown(text: str) -> str:
    """``text`` with escapes for what has no glyph, and single spaces."""
    escaped = re.sub(
        r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]",
        lambda sign: sign[0].encode("unicode_escape").decode(),
        text,
    )
    return " ".join(escaped.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_svg_shows_it(text: str) -> None:
    wanted = Options(link="https://x.org/{path}", boxes="flow", legend=False)
    root = ElementTree.fromstring(svg(Context(_flow(text), Settings()), (), wanted))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "g", "a", "title", "text", "polygon", "polyline", "path", "ellipse"
    }  # fmt: skip
    lines = [" ".join((element.text or "").split()) for element in root.iter(f"{SVG}text")]
    assert "".join(_shown(text).split())[:20] in "".join("".join(lines).split())
    tips = [each for a in root.iter(f"{SVG}a") for key, each in a.attrib.items() if key.endswith("title")]
    assert any(_shown(text) in " ".join(tip.split()) for tip in tips)
    assert {a.get("target") for a in root.iter(f"{SVG}a") if any("href" in key for key in a.attrib)} == {
        "_top"
    }


@given(st.text(max_size=40))
def test_svg_is_well_formed_whatever_it_is(text: str) -> None:
    ElementTree.fromstring(svg(Context(_flow(text), Settings()), ()))


def _mermaid(text: str) -> list[str]:
    drawn = picture(Context(_flow(text), Settings()), (), Options(boxes="flow", link="javascript:{path}"))
    return mmd.write(drawn, Options()).decode().splitlines()


_CODE = re.compile(r"#(\d+);")


@given(st.text(max_size=40) | st.sampled_from(HOSTILE))
def test_in_mermaid_only_our_own_signs_mean_something(text: str) -> None:
    for line in _mermaid(text):
        for label in re.findall(r'"([^"]*)"', line.removeprefix("%%{")):
            inside = re.sub(r"</?b>|<br/>", "", _CODE.sub("", label))
            assert not re.search(r"[<>`#;*_\[\]{}|\\&]", inside) or line.startswith(("  click", "%%{")), line
    plain = [_CODE.sub("", re.sub(r'"[^"]*"', "", line)) for line in _mermaid(text)]
    assert plain == [_CODE.sub("", re.sub(r'"[^"]*"', "", line)) for line in _mermaid("x")]


@pytest.mark.parametrize("text", HOSTILE)
def test_mermaid_shows_it(text: str) -> None:
    written = "".join(_mermaid(text)).replace("<br/>", "")
    shown = _CODE.sub(lambda code: chr(int(code[1])), written)
    assert "".join(_shown(text).split())[:20] in "".join(shown.split())
