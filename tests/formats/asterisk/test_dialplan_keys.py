"""What keys do at a menu; the results are those of running Asterisk 16 and 22."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.flow import ProblemKind, StepKind

Connect = Callable[..., Any]

MENU = """\
[main]
exten => s,1,Answer()
 same => n,Background(greeting)
 same => n,WaitExten(2)
{more}
"""


def menu(more: str) -> str:
    return MENU.format(more=more)


def test_an_exact_key_acts_at_once(phone: Connect) -> None:
    call = phone(menu("exten => 1,1,Queue(sales)\nexten => i,1,Hangup()"))
    assert call("main,s", "1").who == "sales"
    assert call.move("main,s,2", "1").heard.ms == 0


def test_a_wrong_key_goes_to_i(phone: Connect) -> None:
    call = phone(menu("exten => 1,1,Queue(sales)\nexten => i,1,Queue(rescue)"))
    assert call("main,s", "wrong").who == "rescue"


def test_without_i_a_wrong_key_goes_to_e(phone: Connect) -> None:
    call = phone(menu("exten => 1,1,Queue(sales)\nexten => e,1,Queue(rescue)"))
    assert call("main,s", "wrong").who == "rescue"


def test_without_i_and_e_a_wrong_key_hangs_up_although_priorities_follow(phone: Connect) -> None:
    call = phone(menu(" same => n,Queue(later)\nexten => 1,1,Queue(sales)\nexten => t,1,Queue(rescue)"))
    assert call("main,s", "wrong").kind == "end"
    assert call("main,s", "wait").who == "later"


def test_silence_goes_on_at_the_next_priority_and_t_is_dead(phone: Connect) -> None:
    call = phone(menu(" same => n,Playback(bye)\nexten => 1,1,Queue(sales)\nexten => t,1,Queue(rescue)"))
    assert call("main,s", "wait").kind == "end"
    reached = {move.target for move in call.flow.moves}
    assert "main,t,1" in call.steps
    assert "main,t,1" not in reached


@pytest.mark.parametrize("handler", ["t", "e"])
def test_silence_at_the_last_priority_goes_to_t_or_e(phone: Connect, handler: str) -> None:
    call = phone(menu(f"exten => 1,1,Queue(sales)\nexten => {handler},1,Queue(rescue)"))
    assert call("main,s", "wait").who == "rescue"


def test_a_dead_t_is_a_step_even_if_it_only_jumps(phone: Connect) -> None:
    call = phone(menu(" same => n,Goto(2)\nexten => 1,1,Queue(sales)\nexten => t,1,Goto(s,2)"))
    lost = [step.name for step in call.flow.steps if step.id not in {move.target for move in call.flow.moves}]
    assert lost == ["main,s", "main,t,1"]


def test_silence_without_t_hangs_up(phone: Connect) -> None:
    assert phone(menu("exten => 1,1,Queue(sales)"))("main,s", "wait").kind == "end"


def test_response_timeout_is_ten_seconds_unless_set(phone: Connect) -> None:
    text = "[main]\nexten => s,1,{before}WaitExten()\nexten => t,1,Queue(rescue)\nexten => 1,1,Queue(sales)\n"
    assert phone(text.format(before=""))("main,s", "wait").ms == 10_000
    before = "Set(TIMEOUT(response)=3)\n same => n,"
    assert phone(text.format(before=before))("main,s", "wait").ms == 3_000


def test_a_longer_extension_makes_a_key_wait_for_the_digit_timeout(phone: Connect) -> None:
    call = phone(menu("exten => 1,1,Queue(one)\nexten => 12,1,Queue(twelve)\nexten => i,1,Hangup()"))
    assert call("main,s", "1").who == "one"
    assert call.move("main,s,2", "1").heard.ms == 5_000
    assert call("main,s", "12").who == "twelve"
    assert call.move("main,s,2", "12").heard.ms == 0


def test_the_digit_timeout_can_be_set(phone: Connect) -> None:
    text = "[main]\nexten => s,1,Set(TIMEOUT(digit)=2)\n same => n,Background(greeting)\n"
    text += " same => n,WaitExten()\n"
    call = phone(text + "exten => 1,1,Queue(one)\nexten => 12,1,Queue(twelve)\n")
    assert call.move("main,s,2", "1").heard.ms == 2_000


def test_a_key_that_only_begins_an_extension_is_wrong_after_the_digit_timeout(phone: Connect) -> None:
    call = phone(menu("exten => 12,1,Queue(twelve)\nexten => i,1,Hangup()"))
    assert "1" not in call.keys("main,s,2")


def test_a_longer_extension_in_an_include_makes_the_key_wait_too(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => people\nexten => s,1,WaitExten(1)\nexten => 1,1,Queue(one)\n"
        "[people]\nexten => 1234,1,Dial(SIP/1234)\n"
    )
    assert call.move("main,s,1", "1").heard.ms == 5_000
    assert call("main,s", "1234").who == "SIP/1234"


def test_patterns_go_by_specificity(phone: Connect) -> None:
    call = phone(
        menu(
            "exten => _X,1,Queue(x)\nexten => _N,1,Queue(n)\nexten => _[3-4],1,Queue(set)\n"
            "exten => 7,1,Queue(seven)"
        )
    )
    found = {key: call("main,s", key).who for key in "01237"}
    assert found == {"0": "x", "1": "x", "2": "n", "3": "set", "7": "seven"}


def test_z_is_more_special_than_x(phone: Connect) -> None:
    call = phone(menu("exten => _X,1,Queue(x)\nexten => _Z,1,Queue(z)"))
    assert [call("main,s", key).who for key in "01"] == ["x", "z"]


def test_equal_sets_are_the_same_extension_and_the_first_one_counts(phone: Connect) -> None:
    call = phone(menu("exten => _[1-9],1,Queue(first)\nexten => _Z,1,Queue(second)"))
    assert call("main,s", "5").who == "first"


def test_a_dot_needs_one_more_digit_and_always_waits(phone: Connect) -> None:
    call = phone(menu("exten => _X.,1,Dial(SIP/${EXTEN})\nexten => i,1,Hangup()"))
    move = call.move("main,s,2", "12")
    assert (move.keypresses, move.heard.ms) == (2, 5_000)
    assert call.move("main,s,2", "wrong").keypresses == 1


def test_a_bang_acts_on_the_first_digit(phone: Connect) -> None:
    call = phone(menu("exten => _X!,1,Queue(bang)"))
    move = call.move("main,s,2", "1")
    assert (move.keypresses, move.heard.ms) == (1, 0)


def test_the_dot_pattern_catches_silence_and_invalid_keys(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,WaitExten(1)\nexten => _.,1,Queue(all)\n")
    assert call("main,s", "wait").who == "all"


def test_a_name_without_underscore_matches_no_key(phone: Connect) -> None:
    call = phone(menu("exten => X,1,Queue(letter)\nexten => i,1,Queue(rescue)"))
    assert call.keys("main,s,2") == {}
    assert call("main,s", "wrong").who == "rescue"


@pytest.mark.parametrize("key", ["#", "*"])
def test_hash_and_star_are_keys(phone: Connect, key: str) -> None:
    assert phone(menu(f"exten => {key},1,Queue(sign)"))("main,s", key).who == "sign"


def test_dashes_in_extensions_do_not_count(phone: Connect) -> None:
    assert phone(menu("exten => 1-2,1,Queue(dash)"))("main,s", "12").who == "dash"


def test_a_local_pattern_beats_an_included_literal(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => other\nexten => s,1,WaitExten(2)\nexten => _X,1,Queue(own)\n"
        "[other]\nexten => 2,1,Queue(included)\n"
    )
    assert call("main,s", "2").who == "own"


def test_included_matches_keep_the_including_context(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => a\ninclude => b\nexten => s,1,WaitExten(2)\n"
        "[a]\nexten => 3,1,Goto(4,1)\n[b]\nexten => 4,1,Queue(four)\n"
    )
    assert call("main,s", "3").who == "four"


def test_a_menu_of_an_included_context_resolves_its_keys_in_the_including_one(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => shared\nexten => 1,1,Queue(mine)\n"
        "[shared]\nexten => s,1,Background(greeting)\n same => n,WaitExten()\nexten => 1,1,Queue(theirs)\n"
    )
    assert call("main,s", "1").who == "mine"


def test_included_i_and_t_count(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => a\nexten => s,1,WaitExten(2)\nexten => 1,1,Queue(one)\n"
        "[a]\nexten => i,1,Queue(wrong)\nexten => t,1,Queue(silent)\n"
    )
    assert call("main,s", "wrong").who == "wrong"
    assert call("main,s", "wait").who == "silent"


def test_contexts_that_include_each_other_end(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => other\nexten => s,1,WaitExten(2)\n[other]\ninclude => main\n"
        "exten => 1,1,Queue(q)\n",
        entry=("main,s",),
    )
    assert call("main,s", "1").who == "q"


def test_a_missing_priority_is_looked_for_in_less_special_patterns_and_includes(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => a\nexten => s,1,WaitExten(2)\nexten => 1,1,NoOp(own)\n[a]\n"
        "exten => 1,2,Queue(second)\n"
    )
    assert call("main,s", "1").who == "second"


def test_an_extension_without_priority_1_is_no_key(phone: Connect) -> None:
    call = phone(menu("exten => 2,2,Queue(q)\nexten => i,1,Queue(rescue)"))
    assert call.keys("main,s,2") == {}


def test_background_without_waitexten_waits_for_nobody(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Background(greeting)\nexten => 1,1,Queue(q)\nexten => t,1,Queue(rescue)\n"
    )
    assert call("main,s", "1").who == "q"
    assert call("main,s", "wait").kind == "end"


def test_without_autofallthrough_the_end_of_the_priorities_waits_for_keys(phone: Connect) -> None:
    call = phone(
        "[general]\nautofallthrough=no\n[main]\nexten => s,1,Answer()\n same => n,Background(greeting)\n"
        "exten => 1,1,Queue(q)\nexten => t,1,Queue(rescue)\n"
    )
    assert call("main,s", "1").who == "q"
    silent = call("main,s", "wait")
    assert (silent.who, silent.ms) == ("rescue", 10_000)


def test_several_prompts_are_one_menu(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Background(one)\n same => n,Set(TIMEOUT(digit)=3)\n"
        " same => n,Background(two&three)\n"
        " same => n,WaitExten(4)\nexten => 1,1,Queue(q)\nexten => t,1,Hangup()\n"
    )
    assert [prompt.audio for prompt in call.steps["main,s,1"].prompts] == ["one", "two", "three"]
    assert call("main,s", "1").path == ("entry main,s", "main,s,1", "main,1,1")


def test_keys_pressed_in_a_macro_are_looked_up_in_the_calling_context(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Macro(menu,x)\nexten => 1,1,Queue(caller)\n"
        "[macro-menu]\nexten => s,1,Background(greeting)\n same => n,WaitExten(2)\n"
        "exten => 1,1,Queue(macro)\n"
    )
    assert call("main,s", "1").who == "caller"
    assert call("main,s", "wrong").kind == "end"


def test_a_menu_inside_gosub_uses_its_own_i_and_t(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Gosub(ask,s,1)\n same => n,Queue(back)\nexten => i,1,Queue(outer)\n"
        "[ask]\nexten => s,1,WaitExten(1)\nexten => 1,1,Return()\n"
    )
    assert call("main,s", "1").who == "back"
    assert call("main,s", "wrong").kind == "end"
    assert call("main,s", "wait").kind == "end"


def test_the_fourth_argument_of_background_is_a_context_for_single_keys(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Background(greeting,,,other)\n same => n,WaitExten(2)\n"
        "exten => 1,1,Queue(one)\n"
        "[other]\nexten => 2,1,Queue(two)\n",
        entry=("main,s",),
    )
    assert call("main,s", "2").who == "two"
    assert call("main,s", "1").who == "one"


def test_keys_for_the_context_that_background_names_begin_nothing_else(phone: Connect) -> None:
    """As recorded: 1 goes into the other context at once; 5, with which more could begin there, does not."""
    text = (
        "[main]\nexten => s,1,Background(greeting,,,other)\n{}exten => 12,1,Queue(twelve)\n"
        "exten => 5,1,Queue(five)\n[other]\nexten => _[1-3],1,Queue(other)\nexten => 5,1,Queue(lost)\n"
        "exten => _5X,1,Queue(lost)\n"
    )
    call = phone(text.format(""), entry=("main,s",))
    assert (call("main,s", "1").who, call("main,s", "5").who) == ("other", "five")
    assert call.keys("main,s,1").keys() == {"1", "5"}
    later = phone(text.format(" same => n,WaitExten(4)\n"), entry=("main,s",))
    assert later("main,s", "12").who == "twelve"


def test_option_m_of_background_ignores_keys_that_do_not_match(phone: Connect) -> None:
    text = "[main]\nexten => s,1,Background(greeting{})\n same => n,Queue(q)\nexten => 1,1,Queue(one)\n"
    wrong = [phone(text.format(options)).keys("main,s,1") for options in ("", ",m")]
    assert wrong == [{"1": "main,1,1"}] * 2
    plain, matching = phone(text.format("")), phone(text.format(",m"))
    assert plain("main,s", "wrong").kind == "end"
    assert [move.kind.value for move in matching.moves["main,s,1"]] == ["silence", "key"]


def test_keys_of_one_pattern_are_one_move_unless_the_digit_matters(phone: Connect) -> None:
    call = phone(menu("exten => _[4-6],1,Queue(same)\nexten => _[7-8],1,Queue(team-${EXTEN})"))
    assert call("main,s", "5").who == "same"
    assert [call("main,s", key).who for key in "78"] == ["team-7", "team-8"]
    assert list(call.keys("main,s,2")) == ["4", "7", "8"]


def test_a_switch_offers_what_no_file_tells(phone: Connect) -> None:
    call = phone("[main]\nswitch => Realtime/main@x\nexten => s,1,WaitExten(2)\n")
    assert call.verdict("main,s") == "unknown"


def test_a_timed_include_is_decided_by_the_system(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => day,09:00-17:00,mon-fri,*,*\nexten => s,1,WaitExten(2)\n"
        "exten => i,1,Queue(rescue)\n"
        "[day]\nexten => 1,1,Queue(open)\n"
    )
    assert call("main,s", "open", "1").who == "open"
    assert call("main,s", "closed", "wrong").who == "rescue"


@pytest.mark.parametrize(
    "program", ["googletts.agi", "picotts.agi", "/usr/share/agi-bin/googletts.agi", "${TTS}", "gletts.agi"]
)
def test_a_program_that_speaks_is_followed(phone: Connect, program: str) -> None:
    """With keys it is a Background, without them a Playback, of a text that is known."""
    call = phone(
        f'[globals]\nTTS = googletts.agi\n[main]\nexten => s,1,AGI({program},"Welcome.",en)\n'
        f' same => n,agi({program},"For Al, press 1.",en,any)\n'
        f' same => n,agi({program},"For Bo, press 2.",en,any)\n same => n,WaitExten()\n'
        "exten => 1,1,Dial(SIP/al)\nexten => 2,1,Dial(SIP/bo)\n"
    )
    assert call("main,s", "2").who == "SIP/bo"
    assert call.verdict("main,s") == "reachable"
    (menu,) = [step for step in call.flow.steps if step.kind is StepKind.MENU]
    assert [prompt.text for prompt in menu.prompts] == ["For Al, press 1.", "For Bo, press 2."]
    assert call.problems(ProblemKind.UNSUPPORTED) == []


@pytest.mark.parametrize("program", ["sttps.agi,hello", "tts.agi", "/tts/find.agi,hello", "${SPEAK},hello"])
def test_a_program_that_may_do_anything_is_unknown(phone: Connect, program: str) -> None:
    call = phone(f"[globals]\nSPEAK = ask.agi\n[main]\nexten => s,1,AGI({program})\n", entry=("main,s",))
    assert call("main,s").kind == "unknown"
