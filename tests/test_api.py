"""The public interface for programs: ``import ivrlint``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx
import pytest

import ivrlint
from ivrlint.routes import Verdict
from tests.conftest import ROOT

FLOW = """line "1" -> a
menu a { prompt "For help, press 1." 1 "help" -> b timeout 5s -> agents }
menu b { prompt "To wait, press 2." 2 "wait" -> agents }
queue agents "Please hold."
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("flows").mkdir()
    Path("flows/main.ivr").write_text(FLOW)
    return tmp_path


def test_check() -> None:
    report = ivrlint.check(["flows/"], select=["IVR101"])
    assert isinstance(report, ivrlint.Report)
    assert (report.findings, report.complete) == ((), True)
    (finding,) = ivrlint.check(Path("flows"), limit=1, select="IVR101").findings
    assert (finding.code, finding.span.line) == ("IVR101", 3)
    assert finding.violation.route is not None
    assert finding.violation.route.distance.keypresses == 2


def test_routes() -> None:
    (entry,) = ivrlint.routes(["flows/"])
    assert isinstance(entry, ivrlint.Entry)
    assert (entry.step.name, entry.verdict) == ("1", Verdict.REACHABLE)
    assert [(row.route.human.name, row.keys) for row in entry.rows] == [("agents", ["wait"])]


def test_read_gives_a_networkx_graph() -> None:
    graph = ivrlint.read(["flows/"])
    assert isinstance(graph, networkx.MultiDiGraph)
    assert {data["name"]: data["kind"].value for _, data in graph.nodes(data=True)} == {
        "1": "entry", "a": "menu", "b": "menu", "agents": "human",
    }  # fmt: skip
    assert networkx.shortest_path_length(graph, "line 1", "agents") == 2
    assert sorted(data["keypresses"] for _, _, data in graph.edges(data=True)) == [0, 0, 1, 1]


def test_the_configuration_applies_as_on_the_command_line() -> None:
    Path("ivrlint.toml").write_text("limit = 1\nselect = ['IVR101']\n")
    assert len(ivrlint.check("flows").findings) == 1
    assert ivrlint.check("flows", limit=2).findings == ()
    assert "IVR101" not in {each.code for each in ivrlint.check("flows", isolated=True).findings}
    Path("other.toml").write_text("limit = 5\nselect = ['IVR101']\n")
    assert ivrlint.check("flows", config="other.toml").findings == ()


def test_settings_that_cannot_be_used_are_told() -> None:
    for settings, words in (({"limt": 1}, "unknown setting 'limt'"), ({"limit": "1"}, "must be a number"),
                            ({"assume": {"office": "open"}}, "nothing checks 'office'")):  # fmt: skip
        with pytest.raises(ivrlint.ConfigError, match=words):
            ivrlint.routes("flows", **settings)  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    report = ivrlint.check("nowhere.ivr")
    assert ([each.code for each in report.findings], report.complete) == (["IVR902"], False)


def test_importing_it_loads_nothing_else_and_modules_hide_no_function() -> None:
    program = (
        "import sys, ivrlint\n"
        "assert not [name for name in sys.modules if name.startswith('ivrlint.')], sys.modules\n"
        "assert not {'click', 'lark', 'networkx', 're'} & (sys.modules.keys() - before)\n"
        "from ivrlint.routes import Verdict\n"
        "assert callable(ivrlint.routes) and callable(ivrlint.check)\n"
        "assert {'check', 'routes', 'read'} <= set(dir(ivrlint))\n"
    )
    before = "import sys; before = set(sys.modules)\n"
    subprocess.run([sys.executable, "-c", before + program], cwd=ROOT, check=True)


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        ivrlint.chekc  # noqa: B018


def test_it_is_typed(tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(
        "import ivrlint\n"
        "for finding in ivrlint.check(['flows']).findings:\n    reveal_type(finding.code)\n"
        "reveal_type(ivrlint.routes('flows')[0].step.name)\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(tmp_path / "use.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count('Revealed type is "str"') == 2, done.stdout
