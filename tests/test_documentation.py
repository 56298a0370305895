"""Every example in the documentation is what it says it is."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from ivrlint.config import Settings
from ivrlint.finding import Finding, Severity
from ivrlint.linter import check
from ivrlint.rules import Rule, all_rules

ROOT = Path(__file__).resolve().parent.parent
_FENCE = re.compile(r"^```ivr\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _examples(text: str) -> list[str]:
    return _FENCE.findall(text)


def _section(rule: Rule, heading: str) -> list[str]:
    """The examples under ``heading`` of a rule's manual."""
    manual = inspect.cleandoc(rule.__doc__)
    parts = re.split(r"^## (.+)$", manual, flags=re.MULTILINE)
    return _examples(dict(zip(parts[1::2], parts[2::2], strict=True)).get(heading, ""))


def _findings(text: str, folder: Path, *selected: str) -> tuple[Finding, ...]:
    file = folder / "example.ivr"
    file.write_text(text, encoding="utf-8")
    return check([str(file)], Settings(extend_select=selected)).findings


def _pages() -> list[Path]:
    pages = [ROOT / "grammars" / "README.md", ROOT / "README.md"]
    return [page for page in pages if page.exists()]


def _of_pages() -> list[object]:
    return [
        pytest.param(example, id=f"{page.relative_to(ROOT).as_posix()}-{number}")
        for page in _pages()
        for number, example in enumerate(_examples(page.read_text(encoding="utf-8")), 1)
    ]


def _of_rules(heading: str) -> list[object]:
    return [
        pytest.param(rule.CODE, example, id=f"{rule.CODE}-{number}")
        for rule in all_rules()
        for number, example in enumerate(_section(rule, heading), 1)
    ]


@pytest.mark.parametrize("example", _of_pages())
def test_an_example_of_a_page_has_no_error(example: str, tmp_path: Path) -> None:
    errors = [f.violation.message for f in _findings(example, tmp_path) if f.severity is Severity.ERROR]
    assert errors == []


@pytest.mark.parametrize(("code", "example"), _of_rules("Example"))
def test_a_rules_example_breaks_that_rule_only(code: str, example: str, tmp_path: Path) -> None:
    assert {finding.code for finding in _findings(example, tmp_path, code)} == {code}


@pytest.mark.parametrize(("code", "example"), _of_rules("Use instead"))
def test_what_to_use_instead_breaks_no_rule(code: str, example: str, tmp_path: Path) -> None:
    assert [(f.code, f.violation.message) for f in _findings(example, tmp_path, code)] == []


def test_the_language_page_names_every_word_of_the_grammar() -> None:
    grammar = (ROOT / "grammars" / "ivr.lark").read_text(encoding="utf-8")
    rules = re.sub(r"//.*|/.*/", "", grammar)
    words = set(re.findall(r'"([a-z][a-z-]+)"', rules))
    page = (ROOT / "grammars" / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`([a-z-]+)`", page.split("## All words")[1]))
    assert listed == words
