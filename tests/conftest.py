"""Shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from click.testing import CliRunner, Result

from ivrlint.cli import cli
from ivrlint.config import Settings
from ivrlint.linter import Report, check

hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.load_profile("same")  # the same examples everywhere, however busy the machine

os.environ["IVRLINT_CACHE"] = "0"  # tests are of what runs find, not of what earlier ones found

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command line in this process, from the project's root unless a test has moved elsewhere."""

    def invoke(*args: str, **options: object) -> Result:
        return CliRunner().invoke(cli, list(args), **options)  # type: ignore[arg-type]

    return invoke


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Lints texts given by file name: ``lint(main="line ...")`` is main.ivr in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(settings: Settings = Settings(), /, **texts: str) -> Report:  # noqa: B008
        for name, text in texts.items():
            Path(f"{name}.ivr").write_text(text, encoding="utf-8")
        return check([f"{name}.ivr" for name in texts], settings)

    return invoke


def golden(name: str, actual: str) -> None:
    """``actual`` must be what ``tests/golden/<name>`` holds; IVRLINT_GOLDEN=write writes it for review."""
    path = ROOT / "tests" / "golden" / name
    if os.environ.get("IVRLINT_GOLDEN") == "write":
        path.write_text(actual, encoding="utf-8", newline="\n")
    assert actual == path.read_text(encoding="utf-8")
