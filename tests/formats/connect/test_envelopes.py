"""Flows however they are wrapped, and texts that are broken."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivrlint import graph, linter
from ivrlint.config import Settings
from ivrlint.flow import ProblemKind
from ivrlint.formats import connect
from ivrlint.project import Project as Files
from ivrlint.source import Source
from tests.formats.connect.builder import FAULT, LEGACY, Project, block, bye, flow, hand, menu, queue, say

FLOW = flow(menu("main", {"1": "q"}, "Für Sales, press 1."), queue("q", "Sales"), hand(), bye())


def indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


HEAD = "Resources:\n  M:\n    Type: AWS::Connect::ContactFlow\n    Properties:\n"
PROPERTIES = {"Name": "Main", "Content": {"Fn::Sub": FLOW}}
TERRAFORM = (
    'resource "aws_connect_contact_flow" "m" {\n  name = "Main"\n  type = "CONTACT_FLOW"\n  content = '
)
ONE_LINE = " ".join(FLOW.split("\n")).replace("'", "''")
WRAPPED = {
    "api.json": json.dumps({"ContactFlow": {"Name": "Main", "Type": "CONTACT_FLOW", "Content": FLOW}}),
    "list.json": json.dumps([{"Name": "Main", "Content": FLOW}]),
    "string.json": json.dumps(FLOW),
    "twice.json": json.dumps({"Content": json.dumps(FLOW)}),
    "extensionless export": FLOW,
    "cfn.json": json.dumps(
        {"Resources": {"M": {"Type": "AWS::Connect::ContactFlow", "Properties": PROPERTIES}}}
    ),
    "cfn.yaml": HEAD + "      Arn: !GetAtt I.Arn\n      Content: !Sub |\n" + indented(FLOW, 8) + "\n",
    "quoted.yml": HEAD + f"      Content: !Sub '{ONE_LINE}'\n      Name: !Ref X\n",
    "double.template": HEAD + f"      Content: {json.dumps(FLOW)}\n",
    "main.tf": TERRAFORM + f"<<JSON\n{FLOW}\nJSON\n}}\n",
    "encoded.tf": TERRAFORM + f"jsonencode({FLOW})\n}}\n",
}


@pytest.mark.parametrize("name", WRAPPED)
def test_every_wrapping_gives_the_same_flow_and_places(tmp_path: Path, name: str) -> None:
    project = Project(tmp_path, {name: WRAPPED[name]})
    assert project.ways() == {"Sales": ["1"]}
    assert project.messages() == []
    assert project.step("main").span.text == "main"
    written = project.step("main").prompts[0].span.text
    assert written in (
        "Für Sales, press 1.",
        "F\\u00fcr Sales, press 1.",
        "F\\\\u00fcr Sales, press 1.",
        "F\\\\\\\\u00fcr Sales, press 1.",
    )
    (key,) = [move for move in project.flow.moves if move.keys == "1"]
    assert key.span.text == "q"


def test_content_put_together_from_pieces(tmp_path: Path) -> None:
    """As the CDK writes it: the flow's text is cut where it refers to something else."""
    go = block("go", "TransferToFlow", "bye", errors=FAULT, ContactFlowId="HERE")
    before, after = flow(menu("main", {"1": "go"}), go, bye()).split("HERE")
    pieces = {"Fn::Join": ["", [before, {"Fn::GetAtt": ["Other", "ContactFlowArn"]}, after]]}
    other = {"Fn::Join": ["", [flow(queue("q", "Sales"), hand(), bye(), name="?")]]}
    resources = {
        "Main": {"Type": "AWS::Connect::ContactFlow", "Properties": {"Name": "Main", "Content": pieces}},
        "Other": {"Type": "AWS::Connect::ContactFlow", "Properties": {"Name": "Second", "Content": other}},
    }
    project = Project(tmp_path, {"stack.template.json": json.dumps({"Resources": resources}, indent=1)})
    assert project.ways("Main") == {"Sales": ["1"]}
    assert project.messages() == []
    assert project.step("bye").span.text == "bye"


def test_a_flow_taken_from_a_file_has_the_names_of_its_resource(tmp_path: Path) -> None:
    terraform = (
        'resource "aws_connect_contact_flow" "night" {\n  name = "Night desk"\n'
        '  content = templatefile("${path.module}/flows/n.json", {})\n}\n'
    )
    night = flow(queue("q", "Night"), hand(), bye(), name="", kind="")
    main = flow(block("go", "TransferToFlow", "bye", errors=FAULT, ContactFlowId="${night}"), bye())
    project = Project(tmp_path, {"main.tf": terraform, "flows/n.json": night, "main.json": main})
    assert project.ways("Main") == {"Night": []}


def test_a_templates_variable_stands_for_the_flow_that_it_is_given(tmp_path: Path) -> None:
    terraform = (
        'resource "aws_connect_contact_flow" "a" {\n  name = "Main"\n'
        '  content = templatefile("${path.module}/main.json.tftpl", {\n'
        "    next_flow_arn = aws_connect_contact_flow.b.arn\n  })\n}\n"
        'resource "aws_connect_contact_flow" "b" {\n  name = "Second"\n  content = file("second.json")\n}\n'
    )
    main = flow(block("go", "TransferToFlow", "bye", errors=FAULT, ContactFlowId="${next_flow_arn}"), bye())
    second = flow(queue("q", "Sales"), hand(), bye(), name="", kind="")
    files = {"main.tf": terraform, "main.json.tftpl": main, "second.json": second}
    assert Project(tmp_path, files).ways("Main") == {"Sales": []}


_ARN = {"Fn::GetAtt": ["Other", "ContactFlowArn"]}
_PART = {"Fn::Select": [1, {"Fn::Split": ["contact-flow/", {"Ref": "Other"}]}]}


@pytest.mark.parametrize(
    ("reference", "value"), [("${Next}", _ARN), ("{{flows.Next.arn}}", _ARN), ("${Next}", _PART)]
)
def test_a_substituted_variable_stands_for_its_resource(
    tmp_path: Path, reference: str, value: dict[str, object]
) -> None:
    main = flow(block("go", "TransferToFlow", "bye", errors=FAULT, ContactFlowId=reference), bye())
    second = flow(queue("q", "Sales"), hand(), bye(), name="?")
    content = {"Fn::Sub": [main, {"Next": value}]}
    resources = {
        "Main": {"Type": "AWS::Connect::ContactFlow", "Properties": {"Name": "Main", "Content": content}},
        "Other": {"Type": "AWS::Connect::ContactFlow", "Properties": {"Name": "Second", "Content": second}},
    }
    project = Project(tmp_path, {"stack.json": json.dumps({"Resources": resources})})
    assert project.ways("Main") == {"Sales": []}


UNREAD = {
    "": "flow `M` has no `Content`, so it cannot be checked",
    "Content: ''": "flow `M` has no `Content`, so it cannot be checked",
    "Content: hello": "the `Content` of flow `M` is no flow in JSON, so it cannot be checked",
    """Content: '{"a": 1}'""": "the `Content` of flow `M` is no flow in JSON, so it cannot be checked",
    "Content: {Actions: 1}": "the `Content` of flow `M` is no flow in JSON, so it cannot be checked",
    "Content: !Ref Flow": "the content of flow `M` is computed (`Ref`); it is not read",
    "Content: !Sub '${Flow}'": "the content of flow `M` is computed (`Fn::Sub`); it is not read",
    "Content: '${self:custom.flow}'": (
        "the content of flow `M` is computed (`${self:custom.flow}`); it is not read"
    ),
    "Content: '${file(flows/main.txt)}'": (
        "flow `M` is in `{folder}/flows/main.txt`, which is not among the files given; it is not read"
    ),
    "Content: {Fn::GetAtt: [A, B]}": "the content of flow `M` is computed (`Fn::GetAtt`); it is not read",
}


@pytest.mark.parametrize("content", UNREAD)
def test_a_resource_whose_flow_is_not_there_is_said(tmp_path: Path, content: str) -> None:
    text = HEAD + f"      Name: Main\n      {content}\n"
    (found,) = Project(tmp_path, {"stack.yaml": text}).flow.problems
    expected = UNREAD[content].replace("{folder}", tmp_path.as_posix())
    assert (found.kind, found.message) == (ProblemKind.UNREADABLE, expected)
    assert found.span.line == (6 if content and "''" not in content else 3)


def test_beside_flows_that_are_read_computed_ones_are_unknown(tmp_path: Path) -> None:
    text = HEAD + "      Name: Main\n      Content: !Ref Flow\n"
    (found,) = Project(tmp_path, {"stack.yaml": text, "main.json": FLOW}).flow.problems
    assert found.kind is ProblemKind.UNSUPPORTED


@pytest.mark.parametrize("content", ["${self:custom.flow}", "${file(other.json)}"])
def test_beside_flows_that_are_read_a_variable_of_serverless_is_unknown(tmp_path: Path, content: str) -> None:
    text = HEAD + f"      Name: Main\n      Content: {content}\n"
    (found,) = Project(tmp_path, {"serverless.yml": text, "main.json": FLOW}).flow.problems
    assert found.kind is ProblemKind.UNSUPPORTED


def test_a_file_that_serverless_puts_in_is_known_by_its_resource(tmp_path: Path) -> None:
    text = HEAD + "      Name: Other\n      Content: ${file(./flows/m.json)}\n"
    going = flow(block("go", "TransferToFlow", errors=FAULT, ContactFlowId="${M.Arn}"), bye(), name="Start")
    files = {"serverless.yml": text, "flows/m.json": FLOW, "start.json": going}
    project = Project(tmp_path, files)
    assert project.messages() == []
    assert project.ways("Start") == {"Sales": ["1"]}


def with_more(more: str, parameters: str) -> str:
    """A template that puts ``more`` behind the first block of a flow."""
    first, rest = FLOW.split('\n  {\n   "Identifier": "q"', 1)
    text = first.rstrip(",") + more + ',\n  {\n   "Identifier": "q"' + rest
    return f"Parameters:\n{parameters}{HEAD}      Content: !Sub |\n{indented(text, 8)}\n"


def test_the_default_of_a_parameter_is_put_in_between_blocks(tmp_path: Path) -> None:
    more = json.dumps(say("hi", "q")).replace("'", "''")
    parameters = f"  None: {{Type: String, Default: ''}}\n  More: {{Type: String, Default: ',{more}'}}\n"
    project = Project(tmp_path, {"stack.yaml": with_more("${None}${More}", parameters)})
    assert project.messages() == []
    assert project.ways() == {"Sales": ["1"]}
    assert project.step("q").span.text == "q"
    assert project.reading.flow.problems == ()


def test_a_block_that_a_parameter_brings_is_followed(tmp_path: Path) -> None:
    more = json.dumps(queue("r", "Repairs"))
    text = with_more("${More}", f"  More: {{Type: String, Default: ',{more}'}}\n")
    text = text.replace('"NextAction": "q"', '"NextAction": "r"')
    assert Project(tmp_path, {"stack.yaml": text}).ways() == {"Repairs": ["1"]}


@pytest.mark.parametrize("parameters", ["  Other: {Default: ''}\n", "  More: {Type: String}\n"])
def test_blocks_of_which_nothing_is_known_are_no_fault_of_the_text(tmp_path: Path, parameters: str) -> None:
    files = {"stack.yaml": with_more("${More}", parameters), "main.json": FLOW}
    (found,) = Project(tmp_path, files).flow.problems
    assert found.kind is ProblemKind.UNSUPPORTED
    assert "the content of flow `M` is computed (`${More}`)" in found.message
    assert found.span.text == "${More}"


def test_what_else_is_wrong_with_the_text_is_said(tmp_path: Path) -> None:
    text = with_more("${More}", "  More: {Default: ''}\n").replace('"StartAction":', '"StartAction"')
    (found,) = Project(tmp_path, {"stack.yaml": text}).flow.problems
    assert (found.kind, found.message) == (ProblemKind.SYNTAX, 'expected `:`, found `"`')


def test_a_resource_whose_type_is_no_text_is_none(tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    path.write_text("Resources:\n  M:\n    Type: {Ref: Kind}\n    Properties: {}\n", encoding="utf-8")
    assert "IVR999" not in {found.code for found in linter.check([str(path)], Settings()).findings}


def test_a_resource_in_json_whose_flow_is_not_there_is_said(tmp_path: Path) -> None:
    stack = {"Resources": {"M": {"Type": "AWS::Connect::ContactFlowModule", "Properties": {"Name": "M"}}}}
    project = Project(tmp_path, {"stack.json": json.dumps(stack)})
    assert project.messages() == ["flow `M` has no `Content`, so it cannot be checked"]


def test_versions_and_shared_texts_are_not_missed(tmp_path: Path) -> None:
    version = "  V:\n    Type: AWS::Connect::ContactFlowVersion\n    Properties: {ContactFlowId: x}\n"
    flow_ = indented(FLOW, 8)
    text = HEAD + f"      Name: Main\n      Content: &flow |\n{flow_}\n{version}"
    shared = "  N:\n    Type: AWS::Connect::ContactFlow\n    Properties: {Name: N, Content: *flow}\n"
    assert Project(tmp_path, {"stack.yaml": text + shared}).messages() == []


def test_a_resource_that_is_another_one_again_is_read_with_it(tmp_path: Path) -> None:
    text = (HEAD + f"      Name: Main\n      Content: |\n{indented(FLOW, 8)}\n").replace(
        "M:", "M: &main"
    ) + "  N: *main\n"
    assert Project(tmp_path, {"stack.yaml": text}).messages() == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_windows_exports_are_read(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(json.loads(FLOW), ensure_ascii=False)
    project = Project(tmp_path, {"a.json": text.encode(encoding)})
    assert project.step("main").prompts[0].text == "Für Sales, press 1."


# --- broken texts


def problem(tmp_path: Path, text: str) -> tuple[str, str, int, int]:
    """Kind, message, line and column of the first problem of a file that is named."""
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    first = linter.read([str(path)], Settings()).flow.problems[0]
    return first.kind.value, first.message, first.span.line, first.span.column


def test_truncated_json_says_what_was_open(tmp_path: Path) -> None:
    kind, message, line, _ = problem(tmp_path, FLOW[: FLOW.index('"Operands"') + 11])
    assert (kind, message) == ("syntax", "the text ends where a value is expected")
    assert line == FLOW[: FLOW.index('"Operands"')].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"2019-10-30",', '"2019-10-30", "x": NaN,', "expected a value, found `NaN`"),
        ('"2019-10-30",', '"2019-10-30"', 'expected `,` or `}`, found `"`'),
        ('"2019-10-30",', '"2019-10-30",,', 'expected a key in "quotes", found `,`'),
        ('"2019-10-30"', '"2019-10-30\\q"', "a backslash begins no escape that JSON knows"),
    ],
)
def test_broken_json_gives_the_exact_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    kind, found, line, column = problem(tmp_path, FLOW.replace(old, new, 1))
    assert (kind, found) == ("syntax", message)
    text = FLOW.replace(old, new, 1).splitlines()[line - 1]
    assert line in (2, 3)
    assert text[column - 1 :][:1] in ("N", '"', ",", "\\")


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    text = '{"Version": "2019-10-30", "StartAction": ' + "[" * 500_000
    assert problem(tmp_path, text)[:2] == ("syntax", "values are nested more than 100 deep")


def test_yaml_bombs_and_nesting_are_refused(tmp_path: Path) -> None:
    head = "Resources:\n  M: {Type: AWS::Connect::ContactFlow}\n"
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    found = ["flow `M` has no `Content`, so it cannot be checked"]
    assert Project(tmp_path / "1", {"a.yaml": head + bomb}).messages() == found
    deep = Project(tmp_path / "2", {"a.yaml": head + "x: " + "[" * 5000})
    assert deep.messages() == ["values are nested more than 100 deep"]
    broken = Project(tmp_path / "3", {"a.yaml": head + "x: [1, 2\ny: 3\n"})
    assert [each.kind for each in broken.flow.problems] == [ProblemKind.SYNTAX]


def test_what_a_designer_gets_wrong_is_said(tmp_path: Path) -> None:
    twice = flow(say("hi", "bye"), say("hi", "gone"), say("lost", "nowhere"), bye())
    project = Project(tmp_path / "1", {"a.json": twice})
    assert sorted({each.kind.value for each in project.flow.problems}) == [
        "duplicate-name",
        "undefined-target",
    ]
    assert any("`nowhere`" in message for message in project.messages())
    blank = json.dumps({**json.loads(FLOW), "StartAction": ""})
    assert Project(tmp_path / "2", {"a.json": blank}).codes() == ["IVR902"]
    gone = json.dumps({**json.loads(FLOW), "StartAction": "gone"})
    assert "IVR501" in Project(tmp_path / "3", {"a.json": gone}).codes()
    no_id = FLOW.replace('"Identifier": "q"', '"Identifier": 7')
    assert "a block has no `Identifier`" in Project(tmp_path / "4", {"a.json": no_id}).messages()
    key = FLOW.replace('"Version"', '"Version": "x",\n "Version"', 1)
    assert (
        '"Version" is given twice in one object; the last one counts'
        in Project(tmp_path / "5", {"a.json": key}).messages()
    )


def test_flows_may_go_round_for_ever(tmp_path: Path) -> None:
    project = Project(tmp_path, {"a.json": flow(say("a", "b"), say("b", "a"))})
    assert project.verdict().value == "unreachable"


def test_a_folder_passes_over_what_is_no_flow(tmp_path: Path) -> None:
    others = {
        "package.json": '{"name": "x"}',
        "LICENSE": "MIT",
        "image": b"\0\1",
        "empty.json": "",
        "c.yaml": "a: [",
        "deep/x.json": "{",
    }
    project = Project(tmp_path, {**others, "flow": FLOW})
    assert (project.entries, project.messages(), project.reading.files) == (["Main"], [], 1)


@pytest.mark.parametrize("content", ['{"name": "x"}', "hello", ""])
def test_a_file_that_is_named_must_be_a_flow(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    assert [finding.code for finding in linter.check([str(path)], Settings()).findings] == ["IVR902"]


def test_a_folder_without_flows_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    assert [finding.code for finding in linter.check([str(tmp_path)], Settings()).findings] == ["IVR902"]


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("$.x"),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """An export in which values have been replaced, dropped or doubled, or whose text has been cut."""
    root = json.loads(FLOW) if draw(st.booleans()) else json.loads(json.dumps(LEGACY))
    for _ in range(draw(st.integers(1, 4))):
        node = root
        while isinstance(node, (dict, list)) and node:
            key = (
                draw(st.sampled_from(sorted(node)))
                if isinstance(node, dict)
                else draw(st.integers(0, len(node) - 1))
            )
            if draw(st.integers(0, 3)) == 0 or not isinstance(node[key], (dict, list)):
                node[key] = draw(ODD)
                break
            node = node[key]
    text = json.dumps(root)
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_the_reader_never_raises(text: str) -> None:
    source = Source("mutated.json", text)
    connect.detect(source)
    read = connect.read([source], Files(Settings()))
    ids = {step.id for step in read.steps}
    assert len(ids) == len(read.steps)
    graph.build(read)
    assert all(move.source in ids and move.target in ids for move in read.moves)
    assert all(
        0 <= each.span.start <= each.span.end <= len(text)
        for each in (*read.steps, *read.moves, *read.problems)
    )


@st.composite
def scratched(draw: st.DrawFn) -> Source:
    """A wrapped flow in whose text something has been cut out, doubled or put in."""
    name = draw(st.sampled_from(sorted(WRAPPED)))
    text = WRAPPED[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.integers(0, 40)), len(text))
        put = draw(
            st.sampled_from(["", text[start:end] * 2, "{", "[", '"', "\\", "${", "NaN", "\n", "*a ", "&a "])
        )
        text = text[:start] + put + text[end:]
    return Source(name, text)


@settings(max_examples=150, deadline=None)
@given(scratched())
def test_no_wrapping_makes_the_reader_raise(source: Source) -> None:
    connect.detect(source)
    graph.build(connect.read([source], Files(Settings())))
