"""Where calls come in, as far as the flows themselves tell."""

import json
from pathlib import Path

import pytest

from ivrlint import linter
from ivrlint.routes import Verdict
from tests.formats.connect.builder import FAULT, Project, block, bye, flow, hand, menu, queue, say


def transfer(id_: str, to: str) -> dict[str, object]:
    return block(id_, "TransferToFlow", "bye", errors=FAULT, ContactFlowId=to)


def _chooser(name: str) -> str:
    fetch = block("fetch", "InvokeLambdaFunction", "go", errors=FAULT)
    return flow(fetch, transfer("go", "$.External.next"), bye(), name=name)


def _chosen(name: str, **keys: str) -> str:
    """A flow with a menu; some options lead back to Main."""
    given = [menu("main", {"1": "q", **keys}), queue("q", "Sales"), hand(), transfer("back", "Main"), bye()]
    return flow(*given, name=name)


def test_flows_that_the_main_flow_may_choose_are_no_entries(tmp_path: Path) -> None:
    files = {"m.json": _chooser("Main"), "a.json": _chosen("Pay", **{"2": "back"})}
    project = Project(
        tmp_path, files | {"b.json": _chosen("Pin", **{"2": "back"}), "c.json": _chosen("Bill")}
    )
    assert project.entries == ["Main"]
    assert project.verdict() is Verdict.UNKNOWN


def test_a_flow_that_may_be_chosen_is_judged_but_for_being_an_entry(tmp_path: Path) -> None:
    files = {
        "m.json": _chooser("Main"),
        "a.json": _chosen("Pay"),
        "b.json": flow(say("say", "bye"), bye(), name="B"),
    }
    project = Project(tmp_path, files)
    codes = [code for code in project.codes() if code in ("IVR102", "IVR204", "IVR206")]
    assert codes == ["IVR204", "IVR206"]


def test_what_is_known_is_not_carried_to_where_a_choice_may_lead(tmp_path: Path) -> None:
    name = block("name", "UpdateContactAttributes", "go", errors=FAULT, Attributes={"lang": "en"})
    main = flow(name, transfer("go", "$.External.next"), bye(), name="Main")
    asks = block(
        "c",
        "Compare",
        "hand",
        {"fr": "bye"},
        {"NoMatchingCondition": "hand"},
        ComparisonValue="$.Attributes.lang",
    )
    files = {"m.json": main, "a.json": flow(asks, hand(), bye(), name="A"), "b.json": _chosen("B")}
    assert len(Project(tmp_path, files).moves("c")) == 2


def test_flows_called_so_are_entries_beside_one_that_chooses(tmp_path: Path) -> None:
    sales = flow(queue("q", "Sales"), hand(), bye(), name="SalesInbound")
    files = {"m.json": _chooser("Main"), "a.json": sales, "b.json": _chosen("B"), "c.json": _chosen("C")}
    assert sorted(Project(tmp_path, files).entries) == ["Main", "SalesInbound"]


def test_one_flow_before_the_one_that_chooses_is_the_entry(tmp_path: Path) -> None:
    start = flow(say("say", "go"), transfer("go", "Main"), bye(), name="Start")
    assert Project(tmp_path, {"m.json": _chooser("Main"), "a.json": start}).entries == ["Start"]


@pytest.mark.parametrize("name", ["Voicemail Subflow", "Billing sub-flow", "Outbound calls"])
def test_what_is_called_by_other_flows_or_calls_out_is_no_entry(tmp_path: Path, name: str) -> None:
    assert Project(tmp_path, {"a.json": flow(queue("q", "Sales"), hand(), bye(), name=name)}).entries == []


def _unnamed(*blocks: dict[str, object]) -> str:
    root = json.loads(flow(*blocks))
    del root["Metadata"]
    return json.dumps(root)


@pytest.mark.parametrize(
    "name", ["quick_connect", "default_queue_transfer", "agent whisper", "sales_hold_flow"]
)
def test_where_no_kind_is_written_the_name_tells(tmp_path: Path, name: str) -> None:
    assert Project(tmp_path, {f"{name}.json": _unnamed(queue("q", "Sales"), hand(), bye())}).entries == []


def test_where_no_kind_is_written_what_only_ends_is_no_entry(tmp_path: Path) -> None:
    assert Project(tmp_path, {"inbound.json": _unnamed(bye())}).entries == []
    assert Project(tmp_path, {"inbound.json": _unnamed(say("say", "bye"), bye())}).entries == ["inbound"]


def test_a_flow_that_only_ends_is_no_entry_whatever_its_kind(tmp_path: Path) -> None:
    assert Project(tmp_path, {"a.json": flow(bye(), kind="contactFlow")}).entries == []


def test_a_flow_that_a_resource_calls_outbound_is_no_entry(tmp_path: Path) -> None:
    head = (
        'resource "aws_connect_contact_flow" "LABEL" {\n  name = "Delivery"\n  content = file("a.json")\n}\n'
    )
    text = _unnamed(say("say", "bye"), bye())
    for label, entries in (("delivery", ["a"]), ("outbound_demo", [])):
        files = {"main.tf": head.replace("LABEL", label), "a.json": text}
        assert Project(tmp_path / label, files).entries == entries


def test_what_runs_after_the_talk_is_no_entry_if_it_leads_to_nobody(tmp_path: Path) -> None:
    files = {"a.json": flow(say("say", "bye"), bye(), name="disconnect")}
    files["b.json"] = flow(queue("q", "Sales"), hand(), say("say", "bye"), bye(), name="Disconnected line")
    assert Project(tmp_path, files).entries == ["Disconnected line"]


def test_a_silent_flow_to_a_queue_that_it_has_to_be_told_is_no_entry(tmp_path: Path) -> None:
    def routed(*before: dict[str, object], name: str) -> str:
        target = block("q", "UpdateContactTargetQueue", "hand", errors=FAULT, QueueId="$.Attributes.to")
        return flow(*before, target, hand(), bye(), name=name)

    sets = block("set", "UpdateContactAttributes", "q", errors=FAULT, Attributes={"to": "arn:q"})
    fetch = block("fetch", "InvokeLambdaFunction", "q", errors=FAULT)
    files = {"a.json": routed(name="Told"), "b.json": routed(sets, name="Sets")}
    files |= {"c.json": routed(fetch, name="Fetches"), "d.json": routed(say("hi", "q"), name="Speaks")}
    assert sorted(Project(tmp_path, files).entries) == ["Fetches", "Sets", "Speaks"]


def test_a_flow_for_tasks_that_says_nothing_is_no_entry(tmp_path: Path) -> None:
    routed = (queue("q", "Sales"), hand(), bye())
    files = {"a.json": flow(*routed, name="VoicemailTaskFlow"), "b.json": flow(*routed, name="Sales")}
    files["c.json"] = flow(say("say", "q"), *routed, name="Task desk")
    assert sorted(Project(tmp_path, files).entries) == ["Sales", "Task desk"]


def _greets(*before: dict[str, object], text: str = "Hello $.Attributes.name.") -> str:
    ending = (say("hi", "bye", text), bye())
    return flow(*before, *ending, name="Offer")


def test_calls_go_out_where_the_first_words_need_what_no_flow_has_set(tmp_path: Path) -> None:
    sets = block("set", "UpdateContactAttributes", "hi", errors=FAULT, Attributes={"name": "$.External.n"})
    fetch = block("fetch", "InvokeLambdaFunction", "hi", errors={"NoMatchingError": "hi"})
    texts = [
        _greets(),
        _greets(menu("ask", {"1": "hi"})),
        _greets(sets),
        _greets(fetch),
        _greets(text="Hello. You called $.CustomerEndpoint.Address."),
    ]
    projects = [Project(tmp_path / str(rank), {"a.json": text}) for rank, text in enumerate(texts)]
    assert ["outgoing" in project.entry().tags for project in projects] == [True, True, False, False, False]
    assert ["IVR102" in project.codes() for project in projects] == [False, False, True, True, True]


def _bot(**options: str) -> list[dict[str, object]]:
    bot = block("bot", "ConnectParticipantWithLexBot", "q", {"Sales": "q"}, FAULT, Text=options["text"])
    return [bot, queue("q", "Sales"), hand(), bye()]


@pytest.mark.parametrize(
    ("name", "text", "entries"),
    [
        ("Inbound chat flow", "How can I help?", []),
        ("WebChat", "How can I help?", []),
        ("TECHWHATSAPP_2", "How can I help?", []),
        ("Inbound email", "How can I help?", []),
        ("Email flow", "How can I help?", []),
        ("Lost emails", "How can I help?", ["Lost emails"]),
        ("Account SMS", "We have sent you a message.", ["Account SMS"]),
        ("Desk", "Thank you for contacting our chat support.", []),
        ("Voice and chat", "How can I help?", ["Voice and chat"]),
        ("Inbound chat flow", "Thank you for calling.", ["Inbound chat flow"]),
        ("Chatham office", "How can I help?", ["Chatham office"]),
        ("Desk", "You can also write to us in the chat of our website.", ["Desk"]),
    ],
)
def test_chats_are_no_lines(tmp_path: Path, name: str, text: str, entries: list[str]) -> None:
    assert Project(tmp_path, {"a.json": flow(*_bot(text=text), name=name)}).entries == entries


def test_a_chat_that_has_keys_or_asks_for_the_channel_is_a_line(tmp_path: Path) -> None:
    rest = _bot(text="How can I help?")
    asks = block("c", "Compare", "bot", {"CHAT": "bot"}, {"NoMatchingCondition": "bot"})
    asks["Parameters"] = {"ComparisonValue": "$.Channel"}
    for first in (menu("m", {"1": "bot"}), asks):
        project = Project(tmp_path / str(first["Identifier"]), {"a.json": flow(first, *rest, name="Chat")})
        assert project.entries == ["Chat"]


@pytest.mark.parametrize("title", ["questionnaire-flow", "SatisfactionPoll", "Encuesta 2", "アンケート"])
def test_a_survey_is_known_by_its_title(tmp_path: Path, title: str) -> None:
    asks = flow(menu("ask", {"1": "bye"}), bye(), name=title)
    files = {"a.json": asks, "b.json": flow(say("s", "bye"), bye(), name="Apollo polling")}
    assert Project(tmp_path, files).entries == ["Apollo polling"]


def test_a_survey_is_known_by_what_it_asks(tmp_path: Path) -> None:
    stars = {str(star): "thanks" for star in range(1, 6)}
    asked = "How satisfied are you with the service you received from your agent?"
    thanks = say("thanks", "bye", "Thank you for your feedback.")
    likes = menu("like", stars, "How likely are you to recommend us to a friend?")
    files = {
        "a.json": flow(menu("ask", {**stars, "9": "like"}, asked), likes, thanks, bye(), name="Points"),
        "b.json": flow(menu("ask", stars, asked), thanks, hand(), bye(), name="Desk"),
        "c.json": flow(menu("ask", {"1": "thanks"}, "Press 1."), thanks, bye(), name="Hotline"),
        "d.json": flow(menu("ask", {"1": "thanks"}, "Press 1 for our survey."), thanks, bye(), name="Census"),
    }
    assert sorted(Project(tmp_path, files).entries) == ["Census", "Desk", "Hotline"]


def test_what_waits_for_a_customer_to_return_is_no_line(tmp_path: Path) -> None:
    wait = block("w", "Wait", "bye", {"CustomerReturned": "q", "WaitCompleted": "bye"}, FAULT)
    files = {"a.json": flow(say("hi", "w"), wait, queue("q", "Sales"), hand(), bye(), name="Back")}
    assert Project(tmp_path, files).entries == []


def test_where_no_kind_is_written_holding_the_agent_tells_a_transfer(tmp_path: Path) -> None:
    hold = block("w", "UpdatePreviousContactParticipantState", "hi", errors=FAULT)
    assert Project(tmp_path, {"card.json": _unnamed(hold, say("hi", "bye"), bye())}).entries == []
    kept = flow(hold, say("hi", "bye"), bye(), name="Card")
    assert Project(tmp_path / "named", {"card.json": kept}).entries == ["Card"]


def test_what_waits_for_a_customer_to_return_may_be_chosen(tmp_path: Path) -> None:
    wait = block("w", "Wait", "back", {"CustomerReturned": "back", "WaitCompleted": "back"}, FAULT)
    files = {"m.json": _chooser("Main"), "a.json": _chosen("Pay"), "b.json": _chosen("Bill")}
    files["c.json"] = flow(wait, transfer("back", "Main"), bye(), name="Wait")
    assert Project(tmp_path, files).entries == ["Main"]


def test_an_entry_that_nothing_leads_to_is_guessed_unless_name_queue_or_number_tell(tmp_path: Path) -> None:
    def tags(name: str, *blocks: dict[str, object]) -> set[str]:
        text = flow(*blocks or (say("hi", "bye"),), bye(), name=name)
        return set(Project(tmp_path / name, {"a.json": text}).entry().tags)

    assert tags("Greeting") == {"guessed"}
    assert tags("Inbound greeting") == tags("Silent desk", queue("q", "Sales", "bye")) == set()
    assert tags("MessagesAdmin") == {"guessed", "staff"}
    assert tags("Administration") == {"guessed"}
    assert tags("Admin inbound") == set()


def test_where_nobody_says_that_calls_come_in_an_announcement_needs_no_human(tmp_path: Path) -> None:
    hello = flow(say("hi", "bye"), bye(), name="Test")
    assert "IVR102" not in Project(tmp_path / "1", {"a.json": hello}).codes()
    numbers = {"FlowAssociationSummaryList": [{"FlowId": "Test", "ResourceId": "+1"}]}
    told = {"a.json": json.dumps({"ContactFlow": {"Id": "Test", "Content": hello}})}
    told["numbers.json"] = json.dumps(numbers)
    assert "IVR102" in Project(tmp_path / "2", told).codes()
    fetch = block("f", "InvokeLambdaFunction", "hi", errors=FAULT)
    served = flow(fetch, say("hi", "bye", "Yours is $.External.number."), bye(), name="Test")
    assert "IVR102" in Project(tmp_path / "3", {"a.json": served}).codes()


def test_callers_are_not_told_of_where_only_chats_get(tmp_path: Path) -> None:
    asks = block("c", "Compare", "call", {"CHAT": "chat"}, {"NoMatchingCondition": "call"})
    asks["Parameters"] = {"ComparisonValue": "$.Channel"}
    chat, call = say("chat", "c-hand", "You can chat now."), say("call", "hand")
    files = {"a.json": flow(queue("q", "Sales", "c"), asks, chat, hand("c-hand"), call, hand(), bye())}
    project = Project(tmp_path, files)
    told = [each for each in linter.findings(project.reading) if each.code in ("IVR206", "IVR502")]
    assert [(each.code, each.span) for each in told] == [("IVR206", project.moves("hand")[0].span)]
    both = flow(queue("q", "Sales", "c"), asks, say("chat", "hand"), say("call", "hand"), hand(), bye())
    assert "IVR206" in Project(tmp_path / "both", {"a.json": both}).codes()
