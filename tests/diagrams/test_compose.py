from __future__ import annotations

from collections.abc import Callable

import pytest

from ivrlint.diagrams.options import DiagramError, Options
from ivrlint.diagrams.pages import picture
from ivrlint.diagrams.picture import Edge, Line, Node, Picture
from ivrlint.linter import Report

Lint = Callable[..., Report]

SHOP = """
line "1" "Shop" -> main
menu main {
  prompt "For sales, press 1. For repairs, press 2. To hear our opening hours once more, press 3. Goodbye."
  1, 2 "people" -> people
  3 "hours" -> hours
  timeout 5s x2 -> people
  invalid x3 -> people
}
say hours "Nine to five." -> hangup
queue people "Hold the line." { max 5m -> hangup }
"""


def _drawn(report: Report, **wanted: object) -> Picture:
    return picture(report.reading.context, report.findings, Options(**wanted))  # type: ignore[arg-type]


def _node(drawn: Picture, title: str) -> Node:
    return next(node for node in drawn.nodes if node.title[0] == title)


def _edge(drawn: Picture, tail: str, head: str) -> Edge:
    ends = _node(drawn, tail).name, _node(drawn, head).name
    return next(edge for edge in drawn.edges if (edge.tail, edge.head) == ends)


def test_parallel_moves_are_one_label(lint: Lint) -> None:
    edge = _edge(_drawn(lint(main=SHOP)), "main", "people")
    assert edge.lines == (("1, 2", "people"), ("", "silence ×2, wrong key ×3"))
    assert edge.line is Line.SOLID
    assert edge.tooltip.splitlines()[0] == 'press 1, "people"'


def test_what_goes_wrong_alone_is_dotted(lint: Lint) -> None:
    drawn = _drawn(lint(main=SHOP))
    (edge,) = [edge for edge in drawn.edges if edge.tail == _node(drawn, "people").name]
    assert (edge.line, edge.lines) == (Line.DOTTED, (("", "after 5m"),))


def test_a_prompt_is_shortened_and_whole_in_the_tooltip(lint: Lint) -> None:
    node = _node(_drawn(lint(main=SHOP)), "main")
    assert " ".join(node.said) == '"For sales, press 1. For repairs, press 2. To hear …"'
    assert node.tooltip.endswith("To hear our opening hours once more, press 3. Goodbye.")
    assert node.tooltip.startswith("main.ivr:3: menu main")


def test_distances_are_told(lint: Lint) -> None:
    drawn = _drawn(lint(main=SHOP))
    assert _node(drawn, "hours").facts == ("after 1 key, no human from here",)
    assert _node(drawn, "1").facts == ("Shop", "0 keys to a human")


def test_links_lead_to_file_and_line(lint: Lint) -> None:
    drawn = _drawn(lint(main=SHOP), link="https://x.org/{path}#L{line}")
    assert _node(drawn, "main").url == "https://x.org/main.ivr#L3"


@pytest.mark.parametrize("template", ["{name}", "{", "{0}", "{path.x}"])
def test_a_template_with_another_placeholder_is_refused(template: str, lint: Lint) -> None:
    with pytest.raises(DiagramError, match=r"it may hold \{path\}, \{line\} and \{column\}"):
        _drawn(lint(main=SHOP), link=template)


def test_files_are_framed_unless_their_moves_are_entwined(lint: Lint) -> None:
    apart = {"one": 'line "1" -> a\nsay a "A." -> hangup\n', "two": 'line "2" -> b\nsay b "B." -> hangup\n'}
    assert [box.label for box in _drawn(lint(**apart)).boxes] == ["one.ivr", "two.ivr"]
    assert _drawn(lint(**apart), boxes="none").boxes == ()
    joined = {"one": 'include "two.ivr"\nline "1" -> a\nline "2" -> b\n', "two": "queue a\nqueue b\n"}
    assert _drawn(lint(**joined)).boxes == ()
    assert [box.label for box in _drawn(lint(**joined), boxes="file").boxes] == ["one.ivr", "two.ivr"]


def test_a_finding_is_numbered_where_it_is_and_explained(lint: Lint) -> None:
    report = lint(main=SHOP.replace("1, 2 ", "12345 ").replace("timeout 5s x2 -> people", ""))
    found = tuple(each for each in report.findings if each.code == "IVR101")
    drawn = _drawn(report._replace(findings=found))
    assert drawn.legend is not None
    told = [line for line in drawn.legend.lines if line.startswith("1. IVR")]
    assert len(told) == 1
    edges = [edge for edge in drawn.edges if ("", "finding 1") in edge.lines]
    nodes = [node for node in drawn.nodes if "finding 1" in node.facts]
    assert len(edges) + len(nodes) == 1


def test_orientation_is_chosen_or_given(lint: Lint) -> None:
    keys = "\n".join(f'  {key} "q{key}" -> q{key}' for key in range(1, 10))
    queues = "\n".join(f"queue q{key}" for key in range(1, 10))
    menu = f'menu m {{\n{keys}\n  0 "x" -> q0\n  # "y" -> q10\n}}\n'
    broad = lint(main=f'line "1" -> m\n{menu}{queues}\nqueue q0\nqueue q10\n')
    assert _drawn(broad).right
    assert not _drawn(broad, orientation="down").right
    assert not _drawn(lint(main=SHOP)).right
