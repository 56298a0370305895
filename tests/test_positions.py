"""JSON with places: the values are those of the standard library, and every place holds its value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivrlint.flow import Problem
from ivrlint.json_parser import DEEPEST, parse_carefully
from ivrlint.json_reader import parse
from ivrlint.positions import Array, Document, Object, embedded, whole
from ivrlint.source import Source
from ivrlint.yaml_positions import parse_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def parsed(text: str) -> Document:
    document = whole(Source("x.json", text))
    assert parse(document) is None
    return document


def problem(text: str) -> Problem:
    found = parse(whole(Source("x.json", text)))
    assert found is not None
    return found


def check_places(value: Any) -> None:
    """Reading again what stands at each place gives the value there."""
    members = (
        value.items() if isinstance(value, Object) else enumerate(value) if isinstance(value, Array) else ()
    )
    for key, item in members:
        written = value.span(key).text
        if isinstance(item, str):
            assert json.loads(f'"{written}"') == item
        else:
            assert json.loads(written) == item
        check_places(item)


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_values_and_places(value: Any, indent: int | str | None, escaped: bool) -> None:
    root = parsed(json.dumps(value, indent=indent, ensure_ascii=escaped)).root
    assert root == value
    assert repr(type(root)) == repr(type(value)) or isinstance(root, (Object, Array))
    check_places(root)


def written(value: Any) -> Any:
    """``value`` with the places of all that is in it."""
    if isinstance(value, Object):
        return value.range, {key: (value.at[key], written(item)) for key, item in value.items()}
    if isinstance(value, Array):
        return value.range, [(at, written(item)) for at, item in zip(value.at, value, strict=True)]
    return repr(value)


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_the_careful_parser_finds_the_same(value: Any, indent: int | None, escaped: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    document = whole(Source("x.json", text))
    assert parse_carefully(document) is None
    assert written(document.root) == written(parsed(text).root)


@given(VALUES, st.booleans())
def test_json_in_a_string_has_places_in_the_file(value: Any, escaped: bool) -> None:
    inner = json.dumps({"v": value}, ensure_ascii=escaped)
    outer = parsed(json.dumps({"text": inner}))
    document = embedded(outer, outer.root.at["text"], outer.root["text"])
    assert parse(document) is None
    assert document.root == {"v": value}
    span = document.root.span("v")
    written = json.loads(f'"{span.text}"')
    assert (json.loads(f'"{written}"') if isinstance(value, str) else json.loads(written)) == value


@given(VALUES, st.data())
def test_a_cut_off_text_is_a_problem_within_it(value: Any, data: st.DataObject) -> None:
    text = json.dumps([value])
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    found = problem(cut)
    assert 0 <= found.span.start <= found.span.end <= len(cut)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ('{"a": NaN}', 7, "expected a value, found `NaN`"),
        ("[-Infinity]", 2, "expected a value, found `-Infinity`"),
        ('{"a": 1,}', 9, 'expected a key in "quotes", found `}`'),
        ("[1 2]", 4, "expected `,` or `]`, found `2`"),
        ("[01]", 2, "expected a value, found `01`"),
        ("[1] x", 5, "something follows after the end of the JSON"),
        ('["a', 2, "this text is not closed"),
        ('["a\tb"]', 4, "a line end or control character stands in a text"),
        ("[True]", 2, "expected a value, found `True`"),
    ],
)
def test_what_is_wrong_and_where(text: str, column: int, message: str) -> None:
    found = problem(text)
    assert (found.span.column, found.message) == (column, message)


def test_what_is_open_is_shown() -> None:
    (opened,) = problem('{"a": [1, {"b": ').related
    assert opened[1].column == 11


def test_nesting_has_a_bound() -> None:
    assert parsed("[" * DEEPEST + "]" * DEEPEST).root
    assert problem("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).span.column == DEEPEST + 1


def test_repeated_keys_are_noticed_and_the_last_counts() -> None:
    document = parsed('{"a": 1, "b": 2, "a": 3}')
    assert document.root == {"a": 3, "b": 2}
    ((key, first, second),) = document.repeated
    assert (key, first.text, second.text) == ("a", "1", "3")


def test_placeholders_stand_for_values_only_where_allowed() -> None:
    text = '{"n": ${count}}'
    assert problem(text).message.startswith("expected a value")
    document = whole(Source("x.tftpl", text), placeholders=True)
    assert parse(document) is None
    assert document.root == {"n": "${count}"}


def test_yaml_has_places_and_tags_of_cloudformation() -> None:
    text = "a: !Ref X\nb:\n  - 'it''s'\n  - !Sub |\n      one\n      two\n  - !GetAtt A.B\n"
    text += "c: &k {d: yes}\ne: *k\n"
    document = parse_yaml(Source("x.yaml", text))
    assert isinstance(document, Document)
    root = document.root
    assert root == {
        "a": {"Ref": "X"},
        "b": ["it's", {"Fn::Sub": "one\ntwo\n"}, {"Fn::GetAtt": "A.B"}],
        "c": {"d": "yes"},
        "e": {"d": "yes"},
    }
    assert root["a"].span("Ref").text == "X"
    assert root["b"].span(0).text == "it''s"
    assert root["e"] is root["c"]
