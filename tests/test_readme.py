"""The README tells the truth: what it prints is what the commands print."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable

import pytest
from click.testing import Result

from tests.conftest import ROOT

README = ROOT / "README.md"
_SHOWN = re.compile(r"(<!-- output: ivrlint ([^\n]*) -->\n```text\n)(.*?)(```)", re.DOTALL)


@pytest.mark.parametrize(
    "command", [match[2] for match in _SHOWN.finditer(README.read_text(encoding="utf-8"))]
)
def test_shown_output_is_real(
    command: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    printed = run(*shlex.split(command)).output
    text = README.read_text(encoding="utf-8")
    if os.environ.get("IVRLINT_GOLDEN") == "write":
        text = _SHOWN.sub(lambda m: m[1] + printed + m[4] if m[2] == command else m[0], text)
        README.write_text(text, encoding="utf-8", newline="\n")
    assert [match[3] for match in _SHOWN.finditer(text) if match[2] == command] == [printed]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = [line for line in README.read_text(encoding="utf-8").splitlines() if "-m pytest" in line]
    assert commands == ['pip install -e ".[dev]" && python -m pytest -n auto']
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
