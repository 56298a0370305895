"""One picture of two versions: added, removed and changed, told by more than colour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given

from ivrlint import diagrams
from ivrlint.diagrams.picture import Mark, Picture
from ivrlint.differences import drawing
from ivrlint.flow import Flow
from tests.differences.versions import OLD, report
from tests.flows import flows
from tests.ivr_texts import read

NEW = OLD.replace('2 "claims"  -> claims', '3 "sales" -> sales').replace(
    'queue claims "Claims."', 'queue sales "We are connecting you with our sales team."'
)


def picture(old: Flow, new: Flow) -> Picture:
    reports = report(old), report(new)
    before, after = (diagrams.picture(each.reading.context, (), drawing._WHOLE) for each in reports)
    return drawing.overlaid(before, after, drawing._names(*reports))


def marks(both: Picture) -> dict[str, Mark]:
    return {node.title[0]: node.mark for node in both.nodes if node.mark}


def test_what_is_added_removed_and_changed() -> None:
    both = picture(read(OLD), read(NEW))
    assert marks(both) == {"+ sales": Mark.ADDED, "- claims": Mark.REMOVED}
    names = {node.name: node.title[0] for node in both.nodes}
    edges = {(names[edge.tail], names[edge.head]): edge.mark for edge in both.edges if edge.mark}
    assert edges == {("main", "+ sales"): Mark.ADDED, ("main", "- claims"): Mark.REMOVED}
    said = picture(read(OLD), read(OLD.replace("For billing", "For your bill")))
    assert marks(said) == {"~ main": Mark.CHANGED}


@given(flows())
def test_nothing_is_marked_where_nothing_changes(flow: Flow) -> None:
    both = picture(flow, flow)
    assert marks(both) == {}
    assert not any(edge.mark for edge in both.edges)


@given(flows(), flows())
def test_every_edge_has_its_ends(one: Flow, other: Flow) -> None:
    both = picture(one, other)
    names = [node.name for node in both.nodes]
    assert len(names) == len(set(names))
    assert {end for edge in both.edges for end in (edge.tail, edge.head)} <= set(names)


def test_of_a_large_flow_only_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_NODES", 3)
    dot = drawing.drawn(report(read(OLD)), report(read(NEW)), "dot").decode()
    assert "+ sales" in dot
    assert "- claims" in dot
    assert "opening" not in dot


@pytest.mark.parametrize("kind", ["svg", "png", "dot", "mmd"])
def test_a_picture_is_written(
    kind: str, tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.ivr").write_text(OLD)
    Path("new.ivr").write_text(NEW)
    done = run("diff", "old.ivr", "new.ivr", "-o", f"both.{kind}", "--fail-on", "never")
    assert done.exit_code == 0
    assert "claims: is gone" in done.output
    data = Path(f"both.{kind}").read_bytes()
    assert len(data) > 500
    run("diff", "old.ivr", "new.ivr", "-o", f"again.{kind}")
    assert Path(f"again.{kind}").read_bytes() == data


def test_another_ending_is_an_error(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.ivr").write_text(OLD)
    path = str(tmp_path / "a.ivr")
    assert run("diff", path, path, "-o", "both.gif").exit_code == 2
