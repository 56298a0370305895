"""What is fed with broken input, and what must hold whatever comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ivrlint import baseline, configfile, table
from ivrlint.config import ConfigError, Settings
from ivrlint.diagrams import Options, draw
from ivrlint.flow import ProblemKind
from ivrlint.linter import Reading, Report, check, findings, read
from ivrlint.outputs import json, text
from ivrlint.source import Source
from ivrlint.suppress import suppressions, without

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = Path(__file__).resolve().parent / "seeds"


_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Target(NamedTuple):
    """``run`` is given a text, raises for what must not be, and returns what was read of a flow.

    ``seeds`` are files that are broken, ``larger`` ones that cost more to read.
    """

    run: Callable[[str], Reading | None]
    seeds: tuple[Path, ...]
    larger: tuple[Path, ...] = ()


def _seeds(name: str) -> tuple[Path, ...]:
    return tuple(sorted((SEEDS / name).iterdir()))


def _reads(*names: str) -> Callable[[str], Reading]:
    """Reads a text as a file of the first of ``names``; as one of the others where it is not JSON."""

    def run(broken: str) -> Reading:
        name = names[0] if broken.lstrip()[:1] in ("{", "[") else names[-1]
        reading = read([f"/fuzz/{name}"], Settings(), texts={f"/fuzz/{name}": broken})
        crashes = [each.message for each in reading.flow.problems if each.kind is ProblemKind.INTERNAL]
        assert not crashes, crashes[0]
        return reading

    return run


def look_at(reading: Reading) -> None:
    """Every rule can look at it and every output be made, no part crashes, and nothing steers a terminal.

    Raises:
        AssertionError: where one of this does not hold.
    """
    report = Report(tuple(findings(reading)), reading)
    crashes = [each.violation.message for each in report.findings if each.code == "IVR999"]
    assert not crashes, crashes[0]
    shown = _COLOUR.sub("", text.render(report)) + json.render(report) + table.as_text(reading)
    for kind in ("dot", "mmd"):
        draw(reading.context, report.findings, Options(), kind)
    steering = {sign for sign in shown if (sign < " " and sign not in "\n\t") or "\x7f" <= sign <= "\x9f"}
    assert not steering, steering
    shown.encode("utf-8", "replace")


def _configures(broken: str) -> None:
    with TemporaryDirectory() as folder, suppress(ConfigError):
        path = Path(folder, "ivrlint.toml")
        path.write_text(broken, encoding="utf-8", errors="replace")
        configfile.load(path, {})


def _accepts(broken: str) -> None:
    """Whatever a baseline says, it is refused or compared; nothing passes that it does not say."""
    with suppress(baseline.BaselineError):
        entries = baseline.loads(broken)
        report = check(["/fuzz/a.ivr"], Settings(), texts={"/fuzz/a.ivr": 'line "1" -> a\nend a "Bye."\n'})
        known = baseline.compare(report, entries, "/fuzz")
        assert len(known.new) + known.known == len(report.findings)
        assert known.known <= len(entries)


def _suppresses(broken: str) -> Reading | None:
    """Comments can be told apart and taken out in every format; what is taken out is gone."""
    for sign in ("//", ";", "#", "<!--", "/*"):
        source = Source("/fuzz/a", broken)
        found = suppressions(source, sign)
        assert all("ivrlint:" in each.span.text for each in found)
        left = without(source, [(each, each.words) for each in found])
        assert left.count("ivrlint:") <= broken.count("ivrlint:") - len(found)
    return None if len(broken) % 10 else _reads("a.ivr")(broken)  # that costs several times what is above


TARGETS = {
    "ivr": Target(_reads("a.ivr"), _seeds("ivr"), tuple(sorted((ROOT / "sample_flows").glob("*.ivr")))),
    "asterisk": Target(_reads("extensions.conf"), _seeds("asterisk"), (SEEDS / "extensions.conf",)),
    "ael": Target(_reads("extensions.ael"), _seeds("ael"), (SEEDS / "extensions.ael",)),
    "connect": Target(_reads("flow.json"), _seeds("connect"), (SEEDS / "flow.json",)),
    "legacy": Target(_reads("flow.json"), _seeds("legacy")),
    "api": Target(_reads("flow.json"), _seeds("api")),
    "cloudformation": Target(
        _reads("template.json", "template.yaml"), _seeds("cloudformation"), (SEEDS / "template.yaml",)
    ),
    "terraform": Target(_reads("flows.tf"), _seeds("terraform"), (SEEDS / "flows.tf",)),
    "config": Target(_configures, _seeds("config")),
    "baseline": Target(_accepts, (SEEDS / "baseline.json",)),
    "suppressions": Target(_suppresses, (SEEDS / "suppressions.txt",)),
}
