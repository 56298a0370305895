"""Flows in Terraform's own language."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivrlint.flow import MoveKind, ProblemKind
from ivrlint.formats.connect.hcl import attributes, plain, tokens, value
from ivrlint.positions import whole
from ivrlint.source import Source
from tests.formats.connect.builder import Project, bye, flow, hand, queue, say

HEAD = 'resource "aws_connect_contact_flow" "main" {\n  name = "Main"\n  type = "CONTACT_FLOW"\n'
ENCODED = (
    HEAD
    + """  content = jsonencode({
    Version     = "2019-10-30" # not the provider's
    StartAction = "hi"
    /* Actions = [] */
    Actions = [
      {
        Identifier  = "hi"
        "Type"      : "MessageParticipant"
        Parameters  = { Text = "Say \\"hello\\" to ${var.who["x"]}, or $${press} 1" }
        Transitions = { NextAction = "q" }
      },
      {
        Identifier  = "q", Type = "UpdateContactTargetQueue"
        Parameters  = { QueueId = aws_connect_queue.sales[0].arn }
        Transitions = {
          NextAction = var.direct ? "t" : (
            "u"
          )
          Errors = [{ NextAction = "bye", ErrorType = "NoMatchingError" }]
        }
      },
      { Identifier = "t", Type = "TransferContactToQueue", Parameters = {}, Transitions = {} },
      { Identifier = "bye", Type = "DisconnectParticipant" },
    ]
  })
}
"""
)


def test_what_jsonencode_is_given_is_read_with_its_places(tmp_path: Path) -> None:
    project = Project(
        tmp_path, {"main.tf": ENCODED.replace('var.direct ? "t" : (\n            "u"\n          )', '"t"')}
    )
    assert project.ways() == {"sales": []}
    (said,) = project.step("hi").prompts
    assert said.text == 'Say "hello" to ${var.who["x"]}, or ${press} 1'
    assert said.span.line == 12
    assert said.span.text[:3] == "Say"
    assert said.span.text[-2:] == " 1"
    (onward,) = project.moves("hi", MoveKind.NEXT)
    assert (onward.span.line, onward.span.text) == (13, "q")
    assert project.messages() == []


def test_what_terraform_works_out_is_kept_as_a_template_would_have_it(tmp_path: Path) -> None:
    project = Project(tmp_path, {"main.tf": ENCODED})
    (message,) = project.messages()
    assert message.startswith("no block of flow `Main` has the identifier `${var.direct ?")


def test_a_local_value_of_the_file_is_followed(tmp_path: Path) -> None:
    text = f"locals {{\n  flow = jsonencode({flow(queue('q', 'Sales'), hand(), bye())})\n}}\n"
    project = Project(tmp_path, {"main.tf": text + HEAD + "  content = local.flow\n}\n"})
    assert project.ways() == {"Sales": []}


def test_a_flow_between_quotes_is_read(tmp_path: Path) -> None:
    text = json.dumps(json.dumps(json.loads(flow(queue("q", "Sales"), hand(), bye()))))
    project = Project(tmp_path, {"main.tf": HEAD + f"  content = {text}\n}}\n"})
    assert project.ways() == {"Sales": []}


@pytest.mark.parametrize(
    "content",
    [
        "var.flow",
        "file(var.path)",
        'file("${each.key}.json")',
        "jsonencode(local.gone)",
        "jsonencode({a = 1})",
    ],
)
def test_what_is_worked_out_elsewhere_is_said_to_be_unread(tmp_path: Path, content: str) -> None:
    other = 'resource "aws_lambda_function" "f" {\n  filename = "main.json"\n}\n'
    project = Project(tmp_path, {"main.tf": HEAD + f"  content = {content}\n}}\n" + other})
    (found,) = project.flow.problems
    assert found.message == "the content of flow `main` is computed; it is not read"
    assert (found.kind, found.span.text) == (ProblemKind.UNREADABLE, "main")


def test_what_is_worked_out_elsewhere_may_be_one_of_the_flows_read(tmp_path: Path) -> None:
    files = {
        "main.tf": HEAD + "  content = file(each.value)\n}\n",
        "flows/a.json": flow(say("hi", "bye"), bye()),
    }
    (found,) = Project(tmp_path / "1", files).flow.problems
    said = "the content of flow `main` is computed; whether that is one of the flows read is not known"
    assert (found.kind, found.message) == (ProblemKind.UNSUPPORTED, said)
    named = HEAD.replace('"main"', '"other"') + '  content = file("flows/a.json")\n}\n'
    (found,) = Project(tmp_path / "2", files | {"other.tf": named}).flow.problems
    assert found.message == "the content of flow `main` is computed; it is not read"


def test_a_folder_that_a_variable_names_is_looked_for(tmp_path: Path) -> None:
    text = HEAD + '  content = file("${var.flows}/in/main.json")\n}\n'
    export = flow(queue("q", "Sales"), hand(), bye(), name="")
    one = Project(tmp_path / "1", {"tf/main.tf": text, "x/in/main.json": export})
    assert one.messages() == []
    two = Project(tmp_path / "2", {"tf/main.tf": text, "x/in/main.json": export, "y/in/main.json": export})
    (message,) = two.messages()
    assert message.startswith("flow `main` is in `")
    assert message.endswith("${var.flows}/in/main.json`, which is not among the files given; it is not read")


def test_a_file_that_is_not_given_is_said(tmp_path: Path) -> None:
    text = HEAD + '  filename = "flows/main.json"\n}\n'
    (found,) = Project(tmp_path / "1", {"main.tf": text}).flow.problems
    assert found.message.startswith("flow `main` is in `")
    assert "not among the files given" in found.message
    assert found.kind is ProblemKind.UNREADABLE
    files = {"main.tf": text, "flows/main.json": flow(queue("q", "Sales"), hand(), bye())}
    assert Project(tmp_path / "2", files).messages() == []


def test_resources_in_remarks_are_none(tmp_path: Path) -> None:
    text = "# " + HEAD.replace("\n", "\n# ") + "\n" + HEAD + "  content = var.flow\n}\n"
    assert len(Project(tmp_path, {"main.tf": text}).messages()) == 1


JSON: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(blacklist_characters="$%"), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)


def _read(text: str) -> Any:
    return value(whole(Source("x.tf", text)), list(tokens(text, 0)))


@given(JSON, st.sampled_from([None, 2]))
def test_json_says_the_same_in_hcl(given_: Any, indent: int | None) -> None:
    assert _read(json.dumps(given_, indent=indent, ensure_ascii=False)) == given_


@given(st.text(st.sampled_from('{}[]()=:,"\\$%#<abc1 \n'), min_size=1, max_size=40))
def test_any_text_is_read_to_its_end(text: str) -> None:
    if any(token.kind != "line" for token in tokens(text, 0)):
        _read(text)
    attributes(text, 0)


def test_attributes_of_blocks_inside_are_not_those_of_the_block() -> None:
    text = 'a = "x$${y}" # no\nb {\n  a = "z"\n}\nc = [1,\n2]\n}\nd = 1'
    found = attributes(text, 0)
    assert sorted(found) == ["a", "c"]
    assert plain(found["a"][0]) == "x${y}"
