"""What an editor sees."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.server.conftest import Editor

pytestmark = pytest.mark.asyncio

GOOD = """\
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for billing."
queue agents "Please hold for an agent."
"""


async def test_a_finding_is_told_while_typing_and_taken_back(editor: Editor) -> None:
    editor.open("a.ivr", GOOD)
    assert await editor.diagnostics("a.ivr") == []
    editor.change("a.ivr", GOOD.replace('1 "billing" -> billing', '1 "billing" -> biling'))
    told = await editor.diagnostics("a.ivr")
    assert [(each.code, each.source) for each in told if each.code == "IVR501"] == [("IVR501", "ivrlint")]
    undefined = next(each for each in told if each.code == "IVR501")
    assert editor.text_of("a.ivr", undefined.range) == "biling"
    assert undefined.severity == types.DiagnosticSeverity.Error
    editor.change("a.ivr", GOOD)
    assert await editor.diagnostics("a.ivr") == []


async def test_a_route_is_told_hop_by_hop(editor: Editor) -> None:
    (editor.folder / "ivrlint.toml").write_text("limit = 0\n", encoding="utf-8")
    editor.open("a.ivr", GOOD)
    told = [each for each in await editor.diagnostics("a.ivr") if each.code == "IVR101"]
    related = told[0].related_information or []
    assert [each.message for each in related] == [
        "+1 800 555 0100: ",
        'main: press 1, "billing"',
        "billing: a human",
    ]
    assert {each.location.uri for each in related} == {editor.uri("a.ivr")}


async def test_a_broken_text_is_told_and_its_outline_stays(editor: Editor) -> None:
    broken = GOOD.replace("-> main", "->")
    editor.open("a.ivr", broken)
    assert {each.code for each in await editor.diagnostics("a.ivr")} == {"IVR901"}
    outline = await _outline(editor, "a.ivr")
    assert outline == ["+1 800 555 0100", "main", "billing", "agents"]


async def test_positions_count_what_the_client_counts(editor: Editor) -> None:
    text = 'line "📞" -> main\nsay main "😀😀" -> nowhere\n'
    editor.open("a.ivr", text)
    told = [each for each in await editor.diagnostics("a.ivr") if each.code == "IVR501"]
    assert editor.text_of("a.ivr", told[0].range) == "nowhere"


async def test_hover_tells_distances_and_prompt(editor: Editor) -> None:
    editor.open("a.ivr", GOOD)
    document, position = editor.at("a.ivr", 'line "+1 800 555 0100" -> ma|in')
    hover = await editor.client.text_document_hover_async(types.HoverParams(document, position))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.value.splitlines() == [
        "**main** (menu)",
        "",
        "After 0 keypresses, 0 entries.",
        "",
        "To a human: 0 keypresses, 0 entries; 0 keypresses, 0 entries in the worst case.",
        "",
        "> For billing, press 1. For an agent, press 0.",
    ]


async def test_definition_and_references_of_a_name(editor: Editor) -> None:
    editor.open("a.ivr", GOOD)
    document, position = editor.at("a.ivr", '0 "agent" -> agen|ts')
    found = await editor.client.text_document_definition_async(types.DefinitionParams(document, position))
    assert isinstance(found, list)
    assert [each.range.start for each in found if isinstance(each, types.Location)] == [types.Position(9, 6)]
    context = types.ReferenceContext(include_declaration=False)
    used = await editor.client.text_document_references_async(
        types.ReferenceParams(context, document, position)
    )
    assert used is not None
    assert [each.range.start.line for each in used] == [4, 5, 6]


async def test_definition_follows_includes(editor: Editor) -> None:
    (editor.folder / "b.ivr").write_text('queue agents "Please hold."\n', encoding="utf-8")
    editor.open("a.ivr", 'include "b.ivr"\nline "1" -> agents\n')
    document, position = editor.at("a.ivr", "-> agen|ts")
    found = await editor.client.text_document_definition_async(types.DefinitionParams(document, position))
    assert isinstance(found, list)
    assert [each.uri for each in found if isinstance(each, types.Location)] == [editor.uri("b.ivr")]


async def test_an_open_text_counts_before_the_one_on_disk(editor: Editor) -> None:
    (editor.folder / "b.ivr").write_text("", encoding="utf-8")
    editor.open("b.ivr", 'queue agents "Please hold."\n', on_disk=False)
    await editor.diagnostics("b.ivr")
    editor.open("a.ivr", 'include "b.ivr"\nline "1" -> agents\n')
    assert await editor.diagnostics("a.ivr") == []


@pytest.mark.parametrize(
    ("before", "expected", "unexpected"),
    [
        ("", {"menu", "line", "queue"}, {"agents", "prompt"}),
        ("menu x {\n  ", {"prompt", "timeout", "invalid"}, {"menu", "agents"}),
        ("say x 'oops\nmenu x {\n  1 -> ", {"agents", "main", "hangup", "repeat"}, {"office", "prompt"}),
        ("menu x {\n  1 -> ag", {"agents"}, {"menu"}),
        ("check x ", {"office"}, {"agents"}),
        ('say x "For ', set(), {"menu", "agents"}),
        ("// men", set(), {"menu"}),
    ],
)
async def test_completion_knows_the_grammar_and_the_names(
    editor: Editor, before: str, expected: set[str], unexpected: set[str]
) -> None:
    text = GOOD + "hours office\n" + before
    editor.open("a.ivr", text)
    line = text.count("\n")
    position = types.Position(line, len(text) - text.rfind("\n") - 1)
    document = types.TextDocumentIdentifier(editor.uri("a.ivr"))
    found = await editor.client.text_document_completion_async(types.CompletionParams(document, position))
    assert isinstance(found, list)
    labels = {each.label for each in found}
    assert expected <= labels
    assert not unexpected & labels


async def test_renaming_changes_every_mention_and_nothing_else(editor: Editor) -> None:
    editor.open("a.ivr", GOOD)
    document, position = editor.at("a.ivr", "queue ag|ents")
    params = types.RenameParams(document, position, "the desk")
    changed = await editor.client.text_document_rename_async(params)
    assert changed is not None
    edits = (changed.changes or {})[editor.uri("a.ivr")]
    assert {each.new_text for each in edits} == {'"the desk"'}
    assert sorted(each.range.start.line for each in edits) == [4, 5, 6, 9]
    assert {editor.text_of("a.ivr", each.range) for each in edits} == {"agents"}


@pytest.mark.parametrize(("name", "message"), [("billing", "already"), ("hangup", "cannot be a name")])
async def test_renaming_to_what_would_change_calls_is_refused(
    editor: Editor, name: str, message: str
) -> None:
    editor.open("a.ivr", GOOD)
    document, position = editor.at("a.ivr", "queue ag|ents")
    with pytest.raises(JsonRpcException, match=message):
        await editor.client.text_document_rename_async(types.RenameParams(document, position, name))


async def test_a_finding_can_be_ignored_with_a_reason(editor: Editor) -> None:
    bad = GOOD + 'say lost "Nobody hears this." -> hangup\n'
    editor.open("a.ivr", bad)
    told = [each for each in await editor.diagnostics("a.ivr") if each.code == "IVR502"]
    document = types.TextDocumentIdentifier(editor.uri("a.ivr"))
    params = types.CodeActionParams(document, told[0].range, types.CodeActionContext(told))
    offered = await editor.client.text_document_code_action_async(params)
    action = next(each for each in offered or [] if isinstance(each, types.CodeAction))
    assert action.edit is not None
    edit = (action.edit.changes or {})[editor.uri("a.ivr")][0]
    lines = bad.split("\n")
    lines.insert(edit.range.start.line, edit.new_text.rstrip("\n"))
    editor.change("a.ivr", "\n".join(lines))
    assert [each.code for each in await editor.diagnostics("a.ivr")] == []


async def test_the_diagram_comes_as_svg(editor: Editor) -> None:
    editor.open("a.ivr", GOOD)
    command = types.ExecuteCommandParams("ivrlint.diagram", [editor.uri("a.ivr")])
    assert "<svg" in str(await editor.client.workspace_execute_command_async(command))


async def test_a_bad_configuration_is_told(editor: Editor) -> None:
    (editor.folder / "ivrlint.toml").write_text("limt = 1\n", encoding="utf-8")
    editor.open("a.ivr", GOOD)
    await editor.diagnostics("a.ivr")
    assert "did you mean `limit`" in editor.client.messages[0].message


async def test_other_formats_are_checked_and_walked(editor: Editor) -> None:
    dialplan = """\
[incoming]
exten => s,1,Answer()
 same => n,Background(welcome)
 same => n,WaitExten(5)
 same => n,Hangup()
exten => 1,1,Goto(support,s,1)
exten => 2,1,Goto(sales,s,1)

[support]
exten => s,1,Queue(support)
"""
    editor.open("extensions.conf", dialplan)
    told = await editor.diagnostics("extensions.conf")
    assert "IVR501" in {each.code for each in told}
    document, position = editor.at("extensions.conf", "1,1,Goto(sup|port,s,1)")
    found = await editor.client.text_document_definition_async(types.DefinitionParams(document, position))
    assert isinstance(found, list)
    assert [each.range.start.line for each in found if isinstance(each, types.Location)] == [9]
    assert "support" in await _outline(editor, "extensions.conf")


async def _outline(editor: Editor, name: str) -> list[str]:
    document = types.TextDocumentIdentifier(editor.uri(name))
    found = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    return [each.name for each in found or []]


async def test_formatting_replaces_the_text_by_its_canonical_form(editor: Editor) -> None:
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)

    async def formatted(text: str) -> list[str]:
        editor.open("f.ivr", text)
        document = types.TextDocumentIdentifier(editor.uri("f.ivr"))
        params = types.DocumentFormattingParams(document, options)
        edits = await editor.client.text_document_formatting_async(params)
        return [edit.new_text for edit in edits or []]

    tidy = 'line "1" -> a\nqueue a "Hold."\n'
    assert await formatted('line "1"->a queue a "Hold."') == [tidy]
    assert await formatted(tidy) == []
    assert await formatted("menu {") == []
