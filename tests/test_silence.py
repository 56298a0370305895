"""Ignores in comments and in the configuration: what they hide, when they are useless, how they go."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint.source import Source
from ivrlint.suppress import suppressions, without

Run = Callable[..., Result]
GOOD = 'line "1" -> agents\nqueue agents "Please hold."\n'
SECOND = 'line "2" -> agents\n'
LOST = 'say lost "Nobody hears this." -> hangup'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(run: Run, *args: str) -> list[str]:
    output = run("check", "main.ivr", "--format", "json", *args).stdout
    return [each["code"] for each in json.loads(output)["findings"]]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("ignore[IVR502] soon", []),
        ("ignore[unreachable-step, IVR502]", []),
        ("ignore[IVR5]", []),
        ("ignore", []),
        ("ignore[IVR501]", ["IVR502", "IVR903"]),
        ("ignore[IVR502, IVR501]", ["IVR903"]),
        ("ignore[IVR501, IVR903]", ["IVR502"]),
        ("ignore[IVR777]", ["IVR502", "IVR904"]),
    ],
)
def test_comments(comment: str, expected: list[str], run: Run) -> None:
    Path("main.ivr").write_text(f"{GOOD}{LOST} // ivrlint: {comment}\n")
    assert codes(run) == expected


def test_of_a_run_that_saw_not_all_nothing_is_called_unused(run: Run) -> None:
    Path("main.ivr").write_text(f"{GOOD}menu bad {{ // ivrlint: ignore[IVR502]\n")
    assert codes(run) == ["IVR901"]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (f"{LOST} // ivrlint: ignore[IVR501, IVR502] why\n", f"{LOST} // ivrlint: ignore[IVR502] why\n"),
        (f"{LOST} // ivrlint: ignore[IVR501] why\n", f"{LOST}\n"),
        (f"// ivrlint: ignore[IVR501] why\r\n{LOST}\r\n", f"{LOST}\r\n"),
        (f"  // ivrlint: ignore[IVR501]\n\n{SECOND}", f"\n{SECOND}"),
        (f"{LOST} // Ünsaid. ivrlint: ignore[IVR501] why\n", f"{LOST} // Ünsaid.\n"),
        (f"{LOST} // ivrlint: ignore[IVR777]\n", f"{LOST} // ivrlint: ignore[IVR777]\n"),
        (f"{LOST} // ivrlint: ignore[IVR502]", f"{LOST} // ivrlint: ignore[IVR502]"),
    ],
)
def test_useless_ignores_are_removed_and_nothing_else(text: str, fixed: str, run: Run) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        Path("main.ivr").write_bytes((GOOD + text).encode(encoding))
        result = run("check", "main.ivr", "--fix-suppressions")
        assert Path("main.ivr").read_bytes() == (GOOD + fixed).encode(encoding)
        assert ("1 ignore removed" in result.stderr) == (text != fixed)
        assert "IVR903" not in result.output


def test_standard_input_is_not_fixed_but_told(run: Run) -> None:
    result = run("check", "-", "--fix-suppressions", input=f"// ivrlint: ignore\n{GOOD}")
    assert "IVR903" in result.stdout
    assert "nothing is removed" in result.stderr


@pytest.mark.parametrize(
    ("line", "on", "reason", "fixed"),
    [
        ("<a/> <!-- ivrlint: ignore[IVR1] why --> <b/>", 1, "why", "<a/> <b/>"),
        ("<!-- ivrlint: ignore[IVR1] why -->\n<b/>", 2, "why", "<b/>"),
        ("<!-- ivrlint: ignore[IVR1] why --> <b/>", 1, "why", " <b/>"),
        ("<!-- old; ivrlint: ignore why -->\n<b/>", 2, "why", "<!-- old; -->\n<b/>"),
    ],
)
def test_comments_that_have_an_end(line: str, on: int, reason: str, fixed: str) -> None:
    source = Source("a.xml", line)
    (found,) = suppressions(source, "<!--")
    assert (found.line, found.reason) == (on, reason)
    assert without(source, [(found, found.words)]) == fixed


def test_a_step_is_ignored_in_the_configuration(run: Run) -> None:
    Path("main.ivr").write_text(f'{GOOD}{LOST}\nsay gone "Gone." -> hangup\n')
    assert codes(run) == ["IVR502", "IVR502"]
    Path("ivrlint.toml").write_text('per-file-ignores = {"main.ivr#lost" = ["IVR502"]}')
    assert codes(run) == ["IVR502"]
    Path("ivrlint.toml").write_text('per-file-ignores = {"*.ivr#*o*" = "unreachable-step"}')
    assert codes(run) == []


def test_a_step_of_the_configuration_that_hides_nothing_is_told_where_it_is_written(run: Run) -> None:
    Path("main.ivr").write_text(f"{GOOD}{LOST}\n")
    text = '[per-file-ignores]\n"main.ivr#lost" = ["IVR502", "IVR501"]\n"other.ivr#lost" = "IVR501"\n'
    Path("ivrlint.toml").write_text(text)
    (finding,) = json.loads(run("check", "main.ivr", "--format", "json").stdout)["findings"]
    assert (finding["code"], finding["file"], finding["line"]) == ("IVR903", "ivrlint.toml", 2)
    assert finding["message"] == "nothing is hidden at `main.ivr#lost` by ignoring IVR501"
