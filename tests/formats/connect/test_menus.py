"""Menus, stored input, bots: what a caller presses."""

from pathlib import Path
from typing import Any

from ivrlint.flow import Duration, MoveKind, StepKind
from ivrlint.routes import Verdict
from tests.formats.connect.builder import (
    FAULT,
    Project,
    block,
    bye,
    compare,
    flow,
    hand,
    menu,
    queue,
    say,
    store,
)


def test_a_menu_leads_by_its_keys(tmp_path: Path) -> None:
    main = menu("main", {"1": "sales", "2": "help"}, "For sales, press 1. For help, press 2.")
    project = Project(
        tmp_path,
        {
            "a.json": flow(
                say("hi", "main"), main, queue("sales", "Sales"), queue("help", "Help"), hand(), bye()
            )
        },
    )
    assert project.verdict() is Verdict.REACHABLE
    assert project.ways() == {"Sales": ["1"], "Help": ["2"]}
    assert {route.human.target for route in project.cheapest()} == {
        "arn:aws:connect:eu-west-1:1:instance/i/queue/Sales",
        "arn:aws:connect:eu-west-1:1:instance/i/queue/Help",
    }


def test_silence_wrong_keys_and_faults_are_told_apart(tmp_path: Path) -> None:
    errors = {"InputTimeLimitExceeded": "late", "NoMatchingCondition": "odd", "NoMatchingError": "bye"}
    main = menu("main", {"1": "q"}, "Press 1 to talk.", **errors)
    texts = flow(main, queue("q", "Q"), hand(), say("late", "bye"), say("odd", "bye"), bye())
    project = Project(tmp_path, {"a.json": texts})
    kinds = {move.kind: (move.target.split("/")[1], move.keypresses) for move in project.moves("main")}
    assert kinds == {
        MoveKind.KEY: ("q", 1),
        MoveKind.SILENCE: ("late", 0),
        MoveKind.WRONG: ("odd", 1),
        MoveKind.ERROR: ("bye", 0),
    }
    (silence,) = project.moves("main", MoveKind.SILENCE)
    assert silence.heard == Duration(5000, 4)
    (key,) = project.moves("main", MoveKind.KEY)
    assert key.heard == Duration(words=2)  # "Press 1"


def test_a_timeout_without_a_branch_takes_the_one_for_any_error(tmp_path: Path) -> None:
    main = block(
        "main",
        "GetParticipantInput",
        "bye",
        {"1": "hand"},
        {"NoMatchingError": "other"},
        StoreInput="False",
        Text="Press 1.",
    )
    project = Project(tmp_path, {"a.json": flow(main, hand(), say("other", "bye"), bye())})
    (silence,) = project.moves("main", MoveKind.SILENCE)
    assert silence.target.endswith("/other")


def test_stored_digits_that_are_compared_are_a_menu(tmp_path: Path) -> None:
    test = compare("test", "$.StoredCustomerInput", {"1": "sales", "22": "help", "Timeout": "desk"}, "bye")
    texts = flow(
        store("ask", "note"),
        say("note", "test"),
        test,
        queue("sales", "Sales"),
        queue("help", "Help"),
        queue("desk", "Desk"),
        hand(),
        bye(),
    )
    project = Project(tmp_path, {"a.json": texts})
    assert project.step("ask").kind is StepKind.MENU
    assert project.ways() == {"Sales": ["1"], "Help": ["22"], "Desk": ["wait"]}
    assert {route.human.name: route.distance.keypresses for route in project.cheapest()} == {
        "Sales": 1,
        "Help": 2,
        "Desk": 0,
    }
    (wrong,) = project.moves("ask", MoveKind.WRONG)
    assert wrong.keypresses == 1


def test_a_compared_key_waits_out_the_pause_unless_nothing_can_follow_it(tmp_path: Path) -> None:
    test = compare("test", "$.StoredCustomerInput", {"1": "hand", "2222": "hand"}, "bye")
    project = Project(tmp_path, {"a.json": flow(store("ask", "test", most=4), test, hand(), bye())})
    waits = {move.keys: move.heard.ms for move in project.moves("ask", MoveKind.KEY)}
    assert waits == {"1": 5000, "2222": 0}


def test_values_nobody_can_type_are_no_keys(tmp_path: Path) -> None:
    test = compare("test", "$.StoredCustomerInput", {"yes": "hand", "12345": "hand", "7": "hand"}, "bye")
    project = Project(tmp_path, {"a.json": flow(store("ask", "test", most=4), test, hand(), bye())})
    assert [move.keys for move in project.moves("ask", MoveKind.KEY)] == ["7"]


def test_a_copy_in_an_attribute_is_looked_through_too(tmp_path: Path) -> None:
    keep = block("keep", "UpdateContactAttributes", "again", Attributes={"choice": "$.StoredCustomerInput"})
    test = compare("test", "$.Attributes.choice", {"3": "hand"}, "bye")
    texts = flow(store("ask", "keep"), keep, store("again", "test"), test, hand(), bye())
    project = Project(tmp_path, {"a.json": texts})
    assert project.ways() == {"Transfer to queue": ["3", "wait"]}
    assert project.step("again").kind is StepKind.ASK


def test_the_next_input_overwrites_what_was_typed(tmp_path: Path) -> None:
    first = compare("first", "$.StoredCustomerInput", {"1": "more"}, "bye")
    second = compare("second", "$.StoredCustomerInput", {"2": "hand"}, "bye")
    project = Project(
        tmp_path,
        {"a.json": flow(store("ask", "first"), first, store("more", "second"), second, hand(), bye())},
    )
    assert [move.keys for move in project.moves("ask", MoveKind.KEY)] == ["1"]
    assert project.ways() == {"Transfer to queue": ["1", "2"]}


def test_input_that_nothing_compares_costs_a_key_or_patience(tmp_path: Path) -> None:
    coded = store(
        "ask",
        "fetch",
        DTMFConfiguration={"InputTerminationSequence": "#", "InterdigitTimeLimitSeconds": "3"},
        InputEncryption={"EncryptionKeyId": "k"},
    )
    fetch = block("fetch", "InvokeLambdaFunction", "hand", errors=FAULT)
    project = Project(tmp_path, {"a.json": flow(coded, fetch, hand(), bye())})
    step = project.step("ask")
    assert step.kind is StepKind.ASK
    assert step.listening is not None
    assert (step.listening.most, step.listening.terminator, step.listening.terminator_needed) == (
        4,
        "#",
        False,
    )
    assert (step.listening.pause_ms, step.listening.timeout_ms, step.listening.sensitive) == (
        3000,
        6000,
        "data",
    )
    (digits,) = project.moves("ask", MoveKind.DIGITS)
    assert (digits.keypresses, digits.heard.ms) == (1, 3000)
    assert project.ways() == {"Transfer to queue": ["wait"]}


def test_ranges_are_tried_at_their_edges(tmp_path: Path) -> None:
    test = compare("test", "$.StoredCustomerInput", {"9": "hand"}, "bye", "NumberGreaterThan")
    project = Project(tmp_path, {"a.json": flow(store("ask", "test"), test, hand(), bye())})
    assert project.step("ask").kind is StepKind.ASK
    assert project.ways() == {"Transfer to queue": ["10"]}


def test_a_wrong_phone_number_is_the_callers_doing(tmp_path: Path) -> None:
    ask = block(
        "ask",
        "GetParticipantInput",
        "hand",
        errors={"InvalidPhoneNumber": "bye", "NoMatchingError": "bye"},
        Text="Your number?",
        StoreInput="True",
        InputValidation={"PhoneNumberValidation": {"NumberFormat": "Local", "CountryCode": "US"}},
    )
    project = Project(tmp_path, {"a.json": flow(ask, hand(), bye())})
    assert [move.keypresses for move in project.moves("ask", MoveKind.DIGITS)] == [10]
    assert len(project.moves("ask", MoveKind.WRONG)) == 1


def test_a_country_that_is_no_text_says_nothing(tmp_path: Path) -> None:
    validation = {"PhoneNumberValidation": {"CountryCode": {"Ref": "Country"}}}
    ask = block(
        "ask",
        "GetParticipantInput",
        "hand",
        Text="Your number?",
        StoreInput="True",
        InputValidation=validation,
    )
    project = Project(tmp_path, {"a.json": flow(ask, hand(), bye())})
    assert [move.keypresses for move in project.moves("ask", MoveKind.DIGITS)] == [5]


def test_a_bot_is_spoken_with(tmp_path: Path) -> None:
    errors = {"NoMatchingCondition": "bye", "NoMatchingError": "bye"}
    bot = block(
        "bot", "ConnectParticipantWithLexBot", "bye", {"Agent": "hand"}, errors, Text="How can I help?"
    )
    project = Project(tmp_path, {"a.json": flow(bot, hand(), bye())})
    assert project.ways() == {"Transfer to queue": ['"Agent"']}
    assert project.cheapest()[0].distance.keypresses == 0
    assert [move.keypresses for move in project.moves("bot", MoveKind.WRONG)] == [0]


def test_a_bot_without_a_branch_for_no_match_has_done_what_was_asked(tmp_path: Path) -> None:
    def bot(**errors: str) -> Project:
        talk = block("bot", "ConnectParticipantWithLexBot", "bye", {"Agent": "hand"}, errors, Text="Hello?")
        return Project(tmp_path / str(len(errors)), {"a.json": flow(talk, hand(), bye())})

    done, unmatched = bot(), bot(NoMatchingCondition="bye")
    assert {move.label for move in done.moves("bot", MoveKind.SPEECH)} == {"Agent", "anything else"}
    assert {move.kind for move in unmatched.moves("bot")} == {MoveKind.SPEECH, MoveKind.WRONG}
    assert ["IVR204" in project.codes() for project in (done, unmatched)] == [False, True]


def test_retries_of_a_loop_are_counted(tmp_path: Path) -> None:
    main = menu("main", {"1": "bye"}, InputTimeLimitExceeded="loop", NoMatchingCondition="loop")
    loop = block("loop", "Loop", "hand", {"ContinueLooping": "main", "DoneLooping": "hand"}, LoopCount="2")
    project = Project(tmp_path, {"a.json": flow(main, loop, hand(), bye())})
    assert project.ways() == {"Transfer to queue": ["wait", "wait", "wait"]}
    assert project.cheapest()[0].distance.ms == 3 * 5000 + 3 * 400  # "Choose." is one word at 150 a minute


def test_a_long_loop_may_end_at_any_time(tmp_path: Path) -> None:
    loop = block("loop", "Loop", "hand", {"ContinueLooping": "hi", "DoneLooping": "hand"}, LoopCount="100")
    project = Project(tmp_path, {"a.json": flow(say("hi", "loop"), loop, hand(), bye())})
    assert {move.label for move in project.moves("loop", MoveKind.WHEN)} == {"again", "done"}
    assert project.verdict() is Verdict.REACHABLE


def test_ssml_is_read_as_it_is_heard(tmp_path: Path) -> None:
    ssml = '<speak>Fish &amp; chips<break time="2s"/> today</speak>'
    spoken = block("hi", "MessageParticipant", "bye", SSML=ssml)
    prompt = Project(tmp_path, {"a.json": flow(spoken, bye())}).step("hi").prompts[0]
    assert (prompt.text, prompt.duration) == ("Fish & chips today", Duration(2000, 3))
    assert prompt.span.text.startswith("<speak>")


def test_a_prompt_of_unknown_length_makes_a_lower_bound(tmp_path: Path) -> None:
    texts = flow(
        say("hi", "tune", "Hello $.Attributes.name"),
        block("tune", "MessageParticipant", "bye", PromptId="arn:p"),
        bye(),
    )
    project = Project(tmp_path, {"a.json": texts})
    assert project.step("hi").prompts[0].duration == Duration(words=1, exact=False)
    assert project.step("tune").prompts[0].duration == Duration(exact=False)
    assert project.step("tune").prompts[0].audio == "arn:p"


def test_an_input_without_a_choice_is_no_menu(tmp_path: Path) -> None:
    project = Project(
        tmp_path, {"a.json": flow(menu("record", {}, NoMatchingCondition="hand"), hand(), bye())}
    )
    assert project.step("record").kind is StepKind.ASK
    assert project.ways() == {"Transfer to queue": ["#"]}


def test_prompts_are_in_the_language_of_the_voice(tmp_path: Path) -> None:
    def voice(id_: str, name: str, to: str) -> dict[str, Any]:
        return block(id_, "UpdateContactTextToSpeechVoice", to, errors=FAULT, TextToSpeechVoice=name)

    main = flow(
        say("first", "which"),
        menu("which", {"1": "en", "2": "es"}),
        voice("en", "Joanna", "welcome"),
        voice("es", "Lupe", "hola"),
        say("welcome", "both"),
        say("hola", "both"),
        say("both", "fr"),
        voice("fr", "Chantal", "bonjour"),
        say("bonjour", "bye"),
        bye(),
    )
    project = Project(tmp_path, {"a.json": main})
    spoken = {name: project.step(name).prompts[0].language for name in ("first", "welcome", "hola", "both")}
    assert spoken == {"first": "", "welcome": "en-US", "hola": "es-US", "both": ""}
    assert project.step("bonjour").prompts[0].language == "fr-CA"


def test_a_question_with_a_key_for_something_else_is_no_menu(tmp_path: Path) -> None:
    keys = compare("c", "$.StoredCustomerInput", {"#": "hand", "Timeout": "bye"}, "look", "TextContains")
    look = block("look", "InvokeLambdaFunction", "hand", errors=FAULT)
    given = (store("ask", "c"), keys, look, hand(), bye())
    project = Project(tmp_path, {"a.json": flow(*given)})
    assert project.step("ask").kind is StepKind.ASK
    assert {move.kind: move.keys for move in project.moves("ask")} == {
        MoveKind.KEY: "#",
        MoveKind.DIGITS: "",
        MoveKind.SILENCE: "",
        MoveKind.ERROR: "",
    }
    one = Project(tmp_path, {"a.json": flow(store("ask", "c", 1), *given[1:])})
    assert one.step("ask").kind is StepKind.MENU


def test_an_input_without_a_choice_may_go_on_by_any_of_its_branches(tmp_path: Path) -> None:
    ask = block(
        "ask", "GetParticipantInput", "hand", errors={"NoMatchingCondition": "bye", **FAULT}, Text="Say it."
    )
    project = Project(tmp_path, {"a.json": flow(ask, hand(), bye())})
    assert {move.target for move in project.moves("ask", MoveKind.DIGITS)} == {"Main/hand", "Main/bye"}


def test_pauses_are_told_in_seconds_or_milliseconds(tmp_path: Path) -> None:
    ssml = '<speak><break time="5000ms"/><break time="35s"/></speak>'
    pause = block("p", "MessageParticipant", "hand", SSML=ssml)
    project = Project(tmp_path, {"a.json": flow(pause, hand(), bye())})
    assert project.moves("p")[0].heard == Duration(40_000)
    assert "IVR405" not in project.codes()  # nobody speaks
