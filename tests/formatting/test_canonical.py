"""One style: laid out the same however it was written, saying the same, with every comment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from ivrlint.formatting.canonical import canonical
from ivrlint.source import Source
from tests.conftest import ROOT
from tests.ivr_texts import read, said, texts


def form(text: str) -> str:
    result = canonical(Source("text.ivr", text))
    assert isinstance(result, str), result
    return result


@given(texts())
def test_it_says_the_same_with_every_comment_and_nothing_is_left_to_do(text: str) -> None:
    result = form(text)
    assert said(read(result)) == said(read(text))
    assert _comments(result) == _comments(text)
    assert form(result) == result


def _comments(text: str) -> list[str]:
    without_texts = re.sub(r'"(?:[^"\\\n]|\\.)*"', "", text)
    return [each.replace(" ", "").rstrip() for each in re.findall(r"//[^\r\n]*", without_texts)]


@given(texts())
def test_lines_end_clean_and_blank_lines_stand_alone(text: str) -> None:
    result = form(text)
    lines = result.replace("\r\n", "\n").split("\n")
    assert lines[-1] == ""
    assert "" not in (lines[0], lines[-2])
    assert all(line == line.rstrip() for line in lines)
    assert "\n\n\n" not in result.replace("\r\n", "\n")


def test_one_item_a_line_and_arrows_under_each_other() -> None:
    assert form(
        'line "1" toll-free->a line "22"->b\n'
        'menu main "title"{prompt "Press 1." 1,# "one" -> a 12->b then c timeout 5s x2->hangup}'
    ) == (
        'line "1" toll-free -> a\n'
        'line "22"          -> b\n'
        'menu main "title" {\n'
        '  prompt "Press 1."\n'
        '  1, # "one"    -> a\n'
        "  12            -> b then c\n"
        "  timeout 5s x2 -> hangup\n"
        "}\n"
    )


def test_a_block_of_one_item_stands_on_the_line_where_it_is_no_list() -> None:
    assert form('queue a "Hold."\n{\n  max 5m -> b\n}\ncode c {\n}\n') == (
        'queue a "Hold." { max 5m -> b }\ncode c {}\n'
    )
    assert form("check a b { open -> c }") == "check a b {\n  open -> c\n}\n"
    assert form("queue a { full -> b max 5m -> c }") == "queue a {\n  full   -> b\n  max 5m -> c\n}\n"


def test_comments_stay_where_they_are() -> None:
    text = """// first

// about the line
line "1" -> main  // behind

menu main {  // after the brace
  // above the key
  1 -> a

  // apart
  2 -> b  // its own
  // the last in the block
}  // after the end
// the end
"""
    assert form(text) == text


def test_a_comment_within_a_statement_breaks_the_line_there() -> None:
    assert form('say a // one\n  "text"\n  // two\n  -> b // three') == (
        'say a  // one\n  "text"\n  // two\n  -> b  // three\n'
    )


def test_quotes_only_where_they_are_needed() -> None:
    assert form('line "1" -> "main"\nsay "main" "x" -> "hangup"\nend "hangup"\nend "2nd"') == (
        'line "1" -> main\nsay main "x" -> "hangup"\nend "hangup"\nend "2nd"\n'
    )


def test_a_long_row_is_broken_before_texts_and_the_arrow() -> None:
    words = "word " * 12
    assert form(f'say a "{words}" "{words}" -> b') == f'say a "{words}"\n  "{words}" -> b\n'
    assert form(f'say a "{words * 2}" -> b') == f'say a "{words * 2}"\n  -> b\n'


def test_a_silenced_line_stays_one_line() -> None:
    words = "word " * 30
    long = f'say a "{words}" -> b  // ivrlint: ignore[IVR502] seldom\n'
    assert form(long) == long
    for text in ("menu a { 1 -> b }  // ivrlint: ignore\n", "// ivrlint: ignore\nmenu a { 1 -> b 2 -> c }\n"):
        assert form(text) == text
    several = "// ivrlint: ignore[IVR402] only the queue\nqueue a {\n  max 5m -> hangup\n}\n"
    assert form(several) == several


def test_wide_signs_are_counted_as_wide() -> None:
    assert form('menu a { 1 "你好" -> b 2 "abcd" -> c }') == 'menu a {\n  1 "你好" -> b\n  2 "abcd" -> c\n}\n'


def test_line_ends_are_kept_as_the_first_one_is() -> None:
    assert form('line "1" -> a\r\nqueue a\n') == 'line "1" -> a\r\nqueue a\r\n'
    assert form('line "1" -> a\rqueue a') == 'line "1" -> a\nqueue a\n'


def test_a_syntax_error_is_told_and_nothing_is_made() -> None:
    (problem,) = canonical(Source("text.ivr", 'line "1" -> a\nqueue {\n'))
    assert problem.span.line == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("path", sorted((ROOT / "sample_flows").rglob("*.ivr")), ids=lambda path: path.name)
def test_the_samples_are_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert form(text) == text


@pytest.mark.parametrize("page", ["README.md", "grammars/README.md"])
def test_the_examples_of_a_page_are_in_canonical_form(page: str) -> None:
    examples = re.findall(
        r"^```ivr\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert len(examples) > 0
    assert [form(example) for example in examples] == examples
