"""Data flows one way, and imports point the same way."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.conftest import ROOT

LAYERS = [
    {"leaving", "patience"},
    {"source", "files", "lines", "meant", "workers"},
    {"config", "options"},
    {"flow"},
    {"problems", "roots"},
    {"speech", "spoken", "audio", "grammar", "project", "explore", "links", "positions"},
    {"json_parser"},
    {"json_reader", "yaml_positions"},
    {"formats"},
    {"formatting"},
    {"writing"},
    {"moves", "people"},
    {"reach", "menus"},
    {"handling"},
    {"graph"},
    {"net"},
    {"walks"},
    {"routes"},
    {"finding", "words"},
    {"advice"},
    {"plugins"},
    {"rules"},
    {"excludes"},
    {"search"},
    {"discover"},
    {"reading"},
    {"selection"},
    {"suppress", "ignores", "configfile", "notes"},
    {"silence"},
    {"fingerprint", "folding"},
    {"linter"},
    {"baseline", "statistics"},
    {"diagrams"},
    {"report"},
    {"outputs"},
    {"table", "rewrite", "shown", "schema", "cache"},
    {"differences"},
    {"server"},
    {"api", "starter"},
    {"commands"},
    {"cli"},
    {"__main__", "__init__"},
]
"""What may import what: a module only those of earlier layers, or of its own part."""

RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def _part(path: Path) -> str:
    return path.relative_to(ROOT / "ivrlint").with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    """Parts of ivrlint that the module at ``path`` imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ivrlint":
            rest = node.module.split(".")[1:]
            found |= {rest[0]} if rest else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("ivrlint.")}
    return found


MODULES = sorted((ROOT / "ivrlint").rglob("*.py"))


def test_every_module_has_a_layer() -> None:
    assert {_part(path) for path in MODULES} - RANK.keys() == set()


def test_no_arrow_points_backwards() -> None:
    backwards = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        for name in sorted(_imports(path))
        if name != _part(path) and RANK.get(name, -1) >= RANK[_part(path)]
    ]
    assert backwards == []


def test_the_check_sees_imports(tmp_path: Path) -> None:
    module = tmp_path / "m.py"
    module.write_text(
        "from ivrlint.flow import Flow\nfrom ivrlint import cli\nimport ivrlint.graph\n"
        "def f():\n    from ivrlint.outputs.text import render\n"
    )
    assert _imports(module) == {"flow", "cli", "graph", "outputs"}


def test_formats_know_no_other_format() -> None:
    for path in sorted((ROOT / "ivrlint" / "formats").rglob("*.py")):
        own = path.relative_to(ROOT / "ivrlint" / "formats").with_suffix("").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ivrlint.formats."):
                assert (node.module or "").split(".")[2] == own, path
