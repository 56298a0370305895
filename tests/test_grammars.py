"""Every grammar is LALR(1) without a conflict, and its kept tables parse as the grammar does."""

from __future__ import annotations

from pathlib import Path

import pytest
from lark import Lark
from lark.exceptions import GrammarError

from ivrlint import grammar
from ivrlint.lines import folder, pattern, scan

GRAMMARS = sorted(path.stem for path in Path(str(folder())).glob("*.lark"))


def test_the_ivr_grammar_is_found() -> None:
    assert "ivr" in GRAMMARS


@pytest.mark.parametrize("name", GRAMMARS)
def test_strict_mode_finds_no_conflict(name: str) -> None:
    text = (Path(str(folder())) / f"{name}.lark").read_text(encoding="utf-8")
    Lark(text, parser="lalr", strict=True)


def test_strict_mode_would_find_one() -> None:
    with pytest.raises(GrammarError, match="collision"):
        Lark('start: a | b\na: "x"\nb: "x"', parser="lalr", strict=True)


def test_kept_tables_parse_like_new_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "cache_folder", lambda: tmp_path)
    text = 'line "1" -> main\nmenu main { 1 "billing" -> hangup timeout 5s x2 -> repeat }\n'
    made = grammar.load.__wrapped__("ivr").parse(text)
    assert list(tmp_path.iterdir())
    assert grammar.load.__wrapped__("ivr").parse(text) == made


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"memo": 1, "data": {}}', "not json"])
def test_spoilt_tables_are_made_again(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "cache_folder", lambda: tmp_path)
    grammar.load.__wrapped__("ivr")
    (kept,) = tmp_path.iterdir()
    kept.write_text(content)
    assert grammar.load.__wrapped__("ivr").parse('line "1" -> hangup').data == "start"


def test_a_cache_that_cannot_be_written_costs_time_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(grammar, "cache_folder", lambda: tmp_path / "file" / "folder")
    assert grammar.load.__wrapped__("ivr").parse('line "1" -> hangup').data == "start"


def test_a_language_of_lines_is_read_as_lark_reads_it() -> None:
    """Terminals, their order and their patterns are those that Lark finds in the grammar."""
    lark = Lark((Path(str(folder())) / "asterisk.lark").read_text(encoding="utf-8"), parser="lalr")
    text = """; a comment\n\n[general](!)\n\r\nstatic = yes ; so\n#include "more.conf"\r [main]
EXTEN => 1,1,Answer()\n same=n,Hangup\nwhat is this\n  \n;\ninclude+=>other\n"""
    found = [(line.lastgroup, line[0]) for line in scan("asterisk", text)]
    assert "".join(line for _, line in found) == text
    kept = [(kind, line) for kind, line in found if kind != "_BLANK"]
    assert kept == [(token.type, str(token)) for token in lark.lex(text) if token.type != "_BLANK"]
    assert set(pattern("asterisk").groupindex) == {terminal.name for terminal in lark.terminals}
