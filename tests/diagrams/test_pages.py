from __future__ import annotations

from collections.abc import Callable

import pytest

from ivrlint.diagrams import DiagramError, Options, draw, svg
from ivrlint.diagrams.pages import MOST_SPOTS
from ivrlint.diagrams.render import TooLongError, rendered
from ivrlint.diagrams.writers import svg as writer
from ivrlint.linter import Report

Lint = Callable[..., Report]

TWO = {
    "one": 'include "two.ivr"\nline "1" -> a\nmenu a { 1 "b" -> b  2 "c" -> c }\nqueue c\n',
    "two": 'say b "Hello." -> people\nqueue people\n',
}


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], bool]], list[str]]:
    """Makes the layouts take too long that a test picks by their text; keeps the texts that were tried."""

    def set_up(too_long: Callable[[str], bool]) -> list[str]:
        tried: list[str] = []

        def render(dot: str, format_: str, seconds: float) -> bytes:
            tried.append(dot)
            if too_long(dot):
                raise TooLongError("too long")
            return b"<svg/>"

        monkeypatch.setattr(writer, "rendered", render)
        return tried

    return set_up


def _draw(report: Report, **wanted: object) -> object:
    options = Options(**wanted)  # type: ignore[arg-type]
    return draw(report.reading.context, report.findings, options, "svg")


def test_one_page_in_time_and_nothing_to_say(lint: Lint) -> None:
    report = lint(**TWO)
    drawing = draw(report.reading.context, report.findings, Options(), "svg")
    assert ([page.title for page in drawing.pages], drawing.notes) == ([""], ())


def test_a_slow_layout_is_made_simpler_and_that_is_said(lint: Lint, slow: Callable[..., list[str]]) -> None:
    tried = slow(lambda dot: "splines=line" not in dot)
    report = lint(**TWO)
    drawing = draw(report.reading.context, report.findings, Options(boxes="file", seconds=7), "svg")
    assert ["cluster_0" in dot for dot in tried] == [True, False]
    assert drawing.notes == (
        "laying it out takes more than 7 s: drawn in a simpler way, with straight edges and no boxes",
    )


def test_then_it_is_split_and_that_is_said(lint: Lint, slow: Callable[..., list[str]]) -> None:
    slow(lambda dot: all(name in dot for name in (">a</b>", ">people</b>")))
    report = lint(**TWO)
    drawing = draw(report.reading.context, report.findings, Options(), "svg")
    assert [page.title for page in drawing.pages] == ["one.ivr", "two.ivr"]
    assert drawing.notes == ("laying it out takes more than 30 s, in a simpler way too: drawn in 2 pages",)


def test_pages_refer_to_each_other(lint: Lint, slow: Callable[..., list[str]]) -> None:
    tried = slow(lambda dot: all(name in dot for name in (">a</b>", ">people</b>")))
    _draw(lint(**TWO))
    first, second = tried[-2:]
    assert "→ b" in first
    assert "from a" in second


def test_a_page_that_is_slow_too_is_an_error(lint: Lint, slow: Callable[..., list[str]]) -> None:
    slow(lambda dot: True)
    with pytest.raises(DiagramError, match=r"even one\.ivr alone"):
        _draw(lint(**TWO))


def test_a_large_file_is_cut_into_parts(lint: Lint, slow: Callable[..., list[str]]) -> None:
    steps = "\n".join(f'menu m{n} {{ 1 "next" -> m{n + 1} }}' for n in range(MOST_SPOTS))
    slow(lambda dot: ">m0</b>" in dot and f">m{MOST_SPOTS}</b>" in dot)
    report = lint(main=f'line "1" -> m0\n{steps}\nqueue m{MOST_SPOTS}\n')
    drawing = draw(report.reading.context, report.findings, Options(), "svg")
    assert [page.title for page in drawing.pages] == ["main.ivr, part 1", "main.ivr, part 2"]


def test_what_needs_several_pages_is_no_single_svg(lint: Lint, slow: Callable[..., list[str]]) -> None:
    slow(lambda dot: all(name in dot for name in (">a</b>", ">people</b>")))
    report = lint(**TWO)
    with pytest.raises(DiagramError, match="too large"):
        svg(report.reading.context, report.findings)


def test_the_renderer_is_stopped_at_the_limit() -> None:
    rings = "\n".join(f"n{a} -> n{(a * a + b) % 400}" for a in range(400) for b in range(6))
    with pytest.raises(TooLongError, match=r"more than 0\.01 s"):
        rendered(f"digraph {{\n{rings}\n}}", "svg", 0.01)


def test_pdf_without_graphviz_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivrlint.diagrams.render._system", lambda: None)
    with pytest.raises(DiagramError, match="PDF needs Graphviz: install it, or write"):
        rendered("digraph {}", "pdf", 30)


@pytest.mark.parametrize("format_", ["svg", "png"])
def test_a_missing_renderer_is_named_and_no_picture_is_offered(
    format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(DiagramError, match="graphviz-pure is missing: install it") as told:
        rendered("digraph {}", format_, 30)
    assert ".svg" not in str(told.value)
