"""What is fed with broken input, and what must hold whatever comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ivrlint import configfile, table
from ivrlint.config import ConfigError, Settings
from ivrlint.diagrams import Options, draw
from ivrlint.linter import Report, check
from ivrlint.outputs import json, text

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = Path(__file__).resolve().parent / "seeds"


_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Target(NamedTuple):
    """``run`` is given a text and raises for what must not be; ``seeds`` are files that are broken."""

    run: Callable[[str], None]
    seeds: tuple[Path, ...]


def _reads(name: str) -> Callable[[str], None]:
    def run(broken: str) -> None:
        look_at(check([f"/fuzz/{name}"], Settings(), texts={f"/fuzz/{name}": broken}))

    return run


def look_at(report: Report) -> None:
    """Every output of a report can be made, says nothing that steers a terminal, and no part crashed.

    Raises:
        AssertionError: where one of this does not hold.
    """
    shown = _COLOUR.sub("", text.render(report)) + json.render(report) + table.as_text(report.reading)
    for kind in ("dot", "mmd"):
        draw(report.reading.context, report.findings, Options(), kind)
    crashes = [each.violation.message for each in report.findings if each.code == "IVR999"]
    assert not crashes, crashes[0]
    steering = {sign for sign in shown if (sign < " " and sign not in "\n\t") or "\x7f" <= sign <= "\x9f"}
    assert not steering, steering
    shown.encode("utf-8", "replace")


def _configures(broken: str) -> None:
    with TemporaryDirectory() as folder, suppress(ConfigError):
        path = Path(folder, "ivrlint.toml")
        path.write_text(broken, encoding="utf-8", errors="replace")
        configfile.load(path, {})


TARGETS = {
    "ivr": Target(_reads("a.ivr"), (*sorted((ROOT / "sample_flows").glob("*.ivr")),)),
    "asterisk": Target(_reads("extensions.conf"), (SEEDS / "extensions.conf",)),
    "ael": Target(_reads("extensions.ael"), (SEEDS / "extensions.ael",)),
    "connect": Target(_reads("flow.json"), (SEEDS / "flow.json",)),
    "cloudformation": Target(_reads("template.yaml"), (SEEDS / "template.yaml",)),
    "config": Target(_configures, (SEEDS / "ivrlint.toml",)),
    "terraform": Target(_reads("flows.tf"), (SEEDS / "flows.tf",)),
}
