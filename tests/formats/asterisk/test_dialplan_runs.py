"""Jumps, conditions, loops, calls and variables; results as recorded on running Asterisk 16 and 22."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ivrlint.flow import ProblemKind, StepKind
from ivrlint.linter import findings

Connect = Callable[..., Any]


def main(*lines: str) -> str:
    """A dialplan whose context ``main`` runs ``lines`` at ``s``, one priority each."""
    first, *others = lines
    return "[main]\nexten => s,1," + first + "".join(f"\n same => n,{line}" for line in others) + "\n"


@pytest.mark.parametrize(
    ("target", "who"),
    [
        ("3", "three"),
        ("here", "three"),
        ("s,3", "three"),
        ("s,here", "three"),
        ("main,s,here", "three"),
        ("other,s,1", "other"),
        ("other,7,1", "seven"),
        ("+2", "three"),
        ("other,7,1,ignored", "seven"),
    ],
)
def test_goto_forms(phone: Connect, target: str, who: str) -> None:
    call = phone(
        f"[main]\nexten => s,1,Goto({target})\n same => n,Queue(two)\n same => n(here),Queue(three)\n"
        "[other]\nexten => s,1,Queue(other)\nexten => 7,1,Queue(seven)\n",
        entry=("main,s",),
    )
    assert call("main,s").who == who


def test_signs_that_an_expression_does_not_know_are_passed_over(phone: Connect) -> None:
    call = phone(main("GotoIf($[[1+1] < 3]?yes,1)", "Queue(no)") + "exten => yes,1,Queue(yes)\n")
    assert call("main,s").who == "yes"


def test_a_jump_without_an_extension_keeps_the_one_the_call_is_in(phone: Connect) -> None:
    """``Goto(other,,1)``, as recorded on Asterisk 16; where there is none, the number is wrong."""
    call = phone(
        "[main]\nexten => 700,1,Goto(other,,1)\nexten => 800,1,Goto(other,,1)\n"
        "exten => _2XX,1,Goto(other,,1)\n"
        "[other]\nexten => 700,1,Queue(seven)\nexten => s,1,Queue(s)\nexten => _2XX,1,Queue(many)\n"
    )
    assert call("main,700").who == "seven"
    assert call("main,800").kind == "end"
    assert call("main,_2XX").who == "many"


@pytest.mark.parametrize("target", ["nowhere,s,1", "nolabel", "nope,1", "Top", "s,7", "OTHER,s,1", "1111"])
def test_goto_to_nothing_drops_the_call(phone: Connect, target: str) -> None:
    call = phone(
        f"[main]\nexten => s,1,Goto({target})\n same => n(top),Queue(q)\n[other]\nexten => s,1,Queue(q)\n",
        entry=("main,s",),
    )
    assert call("main,s").kind == "end"
    assert call.verdict("main,s") == "unreachable"
    assert len(call.problems(ProblemKind.UNDEFINED_TARGET)) == 1


def test_what_was_dialled_is_no_special_extension(phone: Connect) -> None:
    """``${EXTEN:4}`` of ``_9011.`` is some digits, and never ``s``: nothing goes round."""
    call = phone(
        "[main]\nexten => _9011.,1,Gosub(lookup,s,1(${EXTEN:4}))\n same => n,Dial(SIP/${EXTEN})\n"
        "[lookup]\nexten => s,1,Goto(${ARG1},1)\nexten => i,1,Return()\n",
    )
    assert call("main,_9011.").who == "SIP/9011."  # without a choice on the way


def test_names_of_which_a_pattern_knows_the_first_letter(phone: Connect) -> None:
    """Other exchanges may dial more than keys: ``mf5`` is no digits."""
    call = phone(
        "[main]\nexten => _[0-9m]!,1,Goto(in,${EXTEN},1)\n"
        "[in]\nexten => _mf.,1,Queue(mf)\nexten => _X!,1,Queue(digits)\n",
    )
    assert not call.problems(ProblemKind.UNDEFINED_TARGET)
    assert {step.target for step in call.flow.steps if step.kind is StepKind.HUMAN} == {"mf", "digits"}


def test_goto_to_a_missing_extension_uses_i_of_the_target_context(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Goto(other,nope,1)\nexten => i,1,Queue(mine)\n"
        "[other]\nexten => s,1,NoOp()\nexten => i,1,Queue(theirs)\n",
        entry=("main,s",),
    )
    assert call("main,s").who == "theirs"


def test_a_missing_priority_does_not_use_i(phone: Connect) -> None:
    call = phone(main("Goto(1111)") + "exten => i,1,Queue(q)\n", entry=("main,s",))
    assert call("main,s").kind == "end"


def test_a_gap_in_the_priorities_hangs_up(phone: Connect) -> None:
    call = phone("[main]\nexten => s,1,Answer()\nexten => s,3,Queue(q)\n", entry=("main,s",))
    assert call("main,s").kind == "end"


@pytest.mark.parametrize(
    ("condition", "who"),
    [
        ('$["a"="b"]?yes:no', "no"),
        ('$["a"="a"]?yes:no', "yes"),
        ("1?yes:no", "yes"),
        ("0?yes:no", "no"),
        ("?yes:no", "no"),
        ("$[2 > 1]?yes:no", "yes"),
        ("$[2>10]?yes:no", "no"),
        ("$[1 & 0]?yes:no", "no"),
        ("$[0 | 1]?yes:no", "yes"),
        ("$[2 == 2]?yes:no", "yes"),
        ('$["a"=="b"]?yes:no', "no"),
        ("$[2=2 && 3 > 1]?yes:no", "yes"),
        ("$[1 && 0]?yes:no", "no"),
        ("$[2=3||3>1]?yes:no", "yes"),
        ("$[!0]?yes:no", "yes"),
        ("$[(1 + 2) * 3 = 9]?yes:no", "yes"),
        ("$[${LEN(abc)} = 3]?yes:no", "yes"),
        ('$["${ISNULL(x)}" = "0"]?yes:no', "yes"),
        ("${IF($[1=1]?1:0)}?yes:no", "yes"),
        ("1?:no", "next"),
        ("0?yes", "next"),
    ],
)
def test_known_conditions_are_followed(phone: Connect, condition: str, who: str) -> None:
    call = phone(
        f"[main]\nexten => s,1,GotoIf({condition})\n same => n,Queue(next)\n"
        " same => n(yes),Queue(yes)\n same => n(no),Queue(no)\n"
    )
    assert call("main,s").who == who


def test_a_condition_on_something_unknown_has_both_outcomes(phone: Connect) -> None:
    call = phone(
        main('GotoIf($["${CALLERID(num)}"="1"]?vip,1)', "Queue(all)") + "exten => vip,1,Queue(vip)\n"
    )
    assert call("main,s", "yes").who == "vip"
    assert call("main,s", "no").who == "all"
    step = call.steps["main,s,1"]
    assert (step.kind.value, step.condition) == ("check", '"${CALLERID(num)}"="1"')


def test_an_outcome_is_remembered(phone: Connect) -> None:
    call = phone(
        main(
            'GotoIf($["${LANG}"="fr"]?french)',
            "Queue(english)",
            "NoOp(french)",
            'GotoIf($["${LANG}"="fr"]?fr,1)',
            "Queue(contradiction)",
        ).replace("n,NoOp(french)", "n(french),NoOp()")
        + "exten => fr,1,Queue(french)\n"
    )
    assert call("main,s", "yes").who == "french"
    assert "contradiction" not in {move.target for move in call.flow.moves}


@pytest.mark.parametrize(
    ("times", "met", "usual"),
    [
        ("09:00-17:00,mon-fri,*,*", "open", True),
        ("22:00-06:00,*,*,*", "closed", False),
        ("*,sat-sun,*,*", "closed", False),
        ("*,*,25,dec", "closed", False),
        ("13:00-14:00,*,*,*", "yes", True),
    ],
)
def test_times(phone: Connect, times: str, met: str, usual: bool) -> None:
    call = phone(main(f"GotoIfTime({times}?then,1)", "Queue(else)") + "exten => then,1,Queue(then)\n")
    move = call.move("main,s,1", met)
    assert call.steps[move.target].target == "then"
    assert (move.condition, move.usual) == (times, usual)


def test_execif(phone: Connect) -> None:
    assert phone(main("ExecIf($[1]?Queue(q):NoOp(x))", "Queue(next)"))("main,s").who == "q"
    assert phone(main("ExecIf($[0]?Queue(q):NoOp(x))", "Queue(next)"))("main,s").who == "next"
    call = phone(main("ExecIf($[1]?Goto(hum,1):NoOp(x))", "Queue(next)") + "exten => hum,1,Queue(hum)\n")
    assert call("main,s").who == "hum"
    call = phone(main("ExecIf($[${UNSET} = 1]?Playback(a):Queue(q))", "Queue(next)"))
    assert call("main,s", "yes").who == "next"
    assert call("main,s", "no").who == "q"


def test_background_inside_execif_takes_keys(phone: Connect) -> None:
    call = phone(main("ExecIf($[1]?Background(greeting))", "WaitExten(3)") + "exten => 1,1,Queue(q)\n")
    assert call("main,s", "1").who == "q"


def test_what_the_other_side_of_execif_leads_to_still_reads_variables(phone: Connect) -> None:
    call = phone(
        main("Set(Q=sales)", "ExecIf($[${UNSET} = 1]?Background(greeting):Goto(next,s,1))", "Hangup()")
        + "[next]\nexten => s,1,Queue(${Q})\n"
    )
    assert call("main,s", "no").who == "sales"


def test_return_inside_execif_returns(phone: Connect) -> None:
    call = phone(
        main("Gosub(sub,s,1)", "Queue(q)")
        + "[sub]\nexten => s,1,Playback(hello)\n same => n,ExecIf($[${UNSET} = 1]?Return())\n"
        " same => n,Hangup()\n"
    )
    assert call("main,s", "yes").who == "q"
    assert call("main,s", "no").kind == "end"


def test_while_counts(phone: Connect) -> None:
    call = phone(
        main("Set(i=0)", "While($[${i}<2])", "WaitExten(1)", "Set(i=$[${i}+1])", "EndWhile()", "Queue(q)")
        + "exten => 1,1,VoiceMail(100)\n"
    )
    assert call("main,s", "wait", "wait").who == "q"
    assert call("main,s", "wait", "1").kind == "voicemail"


def test_exitwhile_and_continuewhile(phone: Connect) -> None:
    leave = main("While($[1])", "ExitWhile()", "Queue(no)", "EndWhile()", "Queue(q)")
    assert phone(leave)("main,s").who == "q"
    again = main(
        "Set(i=0)", "While($[${i} < 1])", "Set(i=1)", "ContinueWhile()", "Queue(no)", "EndWhile()", "Queue(q)"
    )
    assert phone(again)("main,s").who == "q"


def test_a_counter_of_tries_makes_every_try_a_step_of_its_own(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Set(TRIES=0)\n same => n(top),Set(TRIES=$[${TRIES}+1])\n"
        " same => n,GotoIf($[${TRIES}>3]?out)\n same => n,Background(greeting)\n same => n,WaitExten(1)\n"
        " same => n,Goto(top)\n same => n(out),Queue(q)\nexten => i,1,Goto(s,top)\n"
    )
    assert call("main,s", "wrong", "wait", "wrong").who == "q"


def test_gosub_returns_with_a_value(phone: Connect) -> None:
    call = phone(
        main("Gosub(ask,s,1(x,y))", 'GotoIf($["${GOSUB_RETVAL}"="one"]?yes,1)', "Queue(other)")
        + "exten => yes,1,Queue(yes)\n"
        "[ask]\nexten => s,1,Background(greeting)\n same => n,WaitExten()\n"
        "exten => 1,1,Return(one)\nexten => 2,1,Return(two)\n"
    )
    assert call("main,s", "1").who == "yes"
    assert call("main,s", "2").who == "other"


def test_arguments_of_gosub_end_with_it(phone: Connect) -> None:
    call = phone(
        main("Gosub(sub,s,1(sales))", "Queue(${GOSUB_RETVAL}-${ARG1})")
        + "[sub]\nexten => s,1,Gosub(deep,s,1(inner))\n same => n,Return(${ARG1})\n"
        "[deep]\nexten => s,1,Return()\n"
    )
    assert call("main,s").who == "sales-${ARG1}"


def test_a_stray_comma_before_the_arguments_of_gosub_does_no_harm(phone: Connect) -> None:
    call = phone(main("Gosub(sub,start,1,(x,y))", "Queue(q)") + "[sub]\nexten => start,1,Return()\n")
    assert call("main,s").who == "q"


def test_return_without_gosub_hangs_up(phone: Connect) -> None:
    assert phone(main("Return()", "Queue(q)"), entry=("main,s",))("main,s").kind == "end"


def test_gosub_without_end_becomes_unknown(phone: Connect) -> None:
    call = phone(main("Gosub(main,s,1)", "Queue(q)"), entry=("main,s",))
    assert call("main,s").kind == "unknown"


def test_macro_returns_to_the_next_priority(phone: Connect) -> None:
    call = phone(main("Macro(say,hello)", "Queue(q)") + "[macro-say]\nexten => s,1,Playback(${ARG1})\n")
    ending = call("main,s")
    assert ending.who == "q"
    assert [p.audio for step in ending.path for p in call.steps[step].prompts] == ["hello"]


@pytest.mark.parametrize("more", ["", "exten => i,1,Queue(invalid)\n"])
def test_a_macro_that_jumps_to_what_its_context_lacks_is_over(phone: Connect, more: str) -> None:
    """Recorded on Asterisk 16: no ``i`` is used, neither the macro's nor the caller's."""
    call = phone(
        main("Macro(away,77)", "Queue(after)")
        + f"exten => i,1,Queue(outer)\n[macro-away]\nexten => s,1,Goto(${{ARG1}},1)\n{more}"
    )
    assert call("main,s").who == "after"
    assert not call.problems(ProblemKind.UNDEFINED_TARGET)


def test_what_follows_a_macro_that_a_switch_may_end_is_not_called_lost(phone: Connect) -> None:
    call = phone(
        "[main]\ninclude => trunk\n[trunk]\nexten => s,1,Macro(away,77)\n same => n,Dial(SIP/1)\n"
        "[macro-away]\nexten => s,1,Goto(${ARG1},1)\nswitch => DUNDi/e164\n"
    )
    assert call.verdict("main,s") == "unknown"
    assert not [finding for finding in findings(call.reading) if finding.code == "IVR502"]


def test_a_macro_can_be_left_by_goto(phone: Connect) -> None:
    call = phone(
        main("Macro(away)", "Queue(no)")
        + "exten => 5,1,Queue(five)\n[macro-away]\nexten => s,1,Goto(main,5,1)\n"
    )
    assert call("main,s").who == "five"


def test_constants_name_the_target(phone: Connect) -> None:
    call = phone(main("Set(DEST=sales)", "Goto(${DEST},1)") + "exten => sales,1,Queue(${DEST})\n")
    assert call("main,s").who == "sales"


def test_globals_are_known_unless_a_call_sets_them(phone: Connect) -> None:
    text = "[globals]\nMODE=night\n" + main('GotoIf($["${MODE}"="night"]?n,1)', "Queue(day)")
    text += "exten => n,1,Queue(night)\n"
    assert phone(text)("main,s").who == "night"
    changed = text + "[admin]\nexten => *1,1,Set(GLOBAL(MODE)=day)\n"
    assert phone(changed)("main,s", "no").who == "day"


def test_an_argument_may_hold_commas_from_a_variable(phone: Connect) -> None:
    call = phone("[globals]\nOPT=,30\n" + main("Dial(SIP/1${OPT})", "Queue(later)"))
    assert call("main,s").who == "SIP/1"
    assert call.move("main,s,1", "overflow").heard.ms == 30_000


def test_a_computed_jump_is_unknown_and_accuses_nobody(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => s,1,Goto(${DB(where)},1)\nexten => 5,1,Queue(five)\nexten => o,1,Queue(o)\n",
        entry=("main,s",),
    )
    assert call("main,s").kind == "unknown"
    assert call.verdict("main,s") == "unknown"
    assert not [step for step in call.steps if step.startswith("main,o")]


def test_a_computed_label_is_unknown(phone: Connect) -> None:
    call = phone(main("Goto(${DB(where)})", "Queue(q)"), entry=("main,s",))
    assert call("main,s").kind == "unknown"
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == []


def test_a_jump_by_dialstatus_has_one_outcome_for_each_status(phone: Connect) -> None:
    call = phone(
        main("Dial(SIP/1,20)", "Goto(s-${DIALSTATUS},1)")
        + "exten => s-BUSY,1,VoiceMail(1,b)\nexten => _s-.,1,VoiceMail(1,u)\n"
    )
    assert call("main,s", "overflow", "DIALSTATUS = BUSY").step.target == "1"
    assert call("main,s", "overflow", "DIALSTATUS = BUSY").path[-1] == "main,s-BUSY,1"
    assert call("main,s", "overflow", "DIALSTATUS = NOANSWER").path[-1] == "main,s-NOANSWER,1"


def test_substrings_of_a_dialled_number(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => _9XX,1,Goto(people,${EXTEN:1},1)\n[people]\nexten => _XX,1,Dial(SIP/${EXTEN})\n"
    )
    assert call("main,_9XX").who == "SIP/XX"


def test_dialled_digits_go_wherever_they_may(phone: Connect) -> None:
    call = phone(
        "[main]\nexten => _X.,1,Goto(people,${EXTEN},1)\n"
        "[people]\nexten => 100,1,Queue(hundred)\nexten => _2X,1,Queue(twenties)\n"
        "exten => _X.,1,Playback(invalid)\n"
    )
    assert call("main,_X.", "100").who == "hundred"
    assert call("main,_X.", "_2X").who == "twenties"
    assert call("main,_X.", "_X.").kind == "end"


def test_a_silent_loop_ends_somewhere(phone: Connect) -> None:
    call = phone(main("NoOp(a)", "Goto(1)"), entry=("main,s",))
    assert call("main,s").kind == "unknown"


def test_waiting_takes_time(phone: Connect) -> None:
    assert phone(main("Wait(2)", "Wait(1.5)", "Queue(q)"))("main,s").ms == 3_500


@pytest.mark.parametrize(
    "app", ["AGI(x.agi)", "Stasis(hello)", "EAGI(x)", "DeadAGI(x)", "NoSuchApplication(x)", "ExternalIVR(x)"]
)
def test_what_leaves_the_dialplan_is_unknown(phone: Connect, app: str) -> None:
    call = phone(main(app, "Queue(q)"))
    assert call("main,s").kind == "unknown"
    assert call.verdict("main,s") == "unknown"


@pytest.mark.parametrize("app", ["AGI(look-up.php)", "Stasis(look-up)", "NoSuchApplication(x)"])
def test_a_program_may_have_set_any_variable(phone: Connect, app: str) -> None:
    """The dialplan begins with nothing known, asks a program, and looks at what it has found."""
    call = phone(
        main(
            'Set(CUSTOMER="")',
            "Set(FEE=0)",
            app,
            "GotoIf($[${LEN(${CUSTOMER})} > 4]?known)",
            "Playback(unknown-customer)",
            "Hangup()",
        )
        + " same => n(known),GotoIf($[${FEE} = 7]?s,paid)\n same => n,Queue(debts)\n"
        " same => n(paid),Queue(service)\n",
        entry=("main,s",),
    )
    assert call("main,s", "on", "yes", "yes").who == "service"
    assert call("main,s", "on", "yes", "no").who == "debts"
    assert call("main,s", "on", "no").kind == "end"
    assert not [each for each in findings(call.reading) if each.code == "IVR502"]


def test_a_program_changes_nothing_of_the_routine_that_asks_it(phone: Connect) -> None:
    call = phone(
        main("Gosub(log,s,1(sales))", "Playback(back)", "Goto(${GOSUB_RETVAL},1)")
        + "exten => sales,1,Queue(sales)\n"
        "[log]\nexten => s,1,AGI(log.php)\n same => n,Return(${ARG1})\n",
        entry=("main,s",),
    )
    assert call("main,s", "on").who == "sales"


@pytest.mark.parametrize(
    "counting",
    ["NoOp(${INC(N)})", "Set(M=${INC(N)})", "Set(ARRAY(N,M)=${ODBC_COUNT()})", "ReadFile(N=/tmp/n,1)"],
)
def test_what_sets_a_variable_by_the_way(phone: Connect, counting: str) -> None:
    call = phone(
        main("Set(N=0)", counting, "GotoIf($[${N} = 1]?one)", "Queue(others)")
        + " same => n(one),Queue(first)\n",
        entry=("main,s",),
    )
    assert call("main,s", "yes").who == "first"
    assert call("main,s", "no").who == "others"


@pytest.mark.parametrize("app", ["hangup", "Busy", "Congestion(10)", "HANGUP()"])
def test_hanging_up(phone: Connect, app: str) -> None:
    assert phone(main(app, "Queue(q)"), entry=("main,s",))("main,s").kind == "end"


def test_too_many_ways_are_given_up_and_said_once(phone: Connect) -> None:
    call = phone(
        main(
            "Set(N=0)",
            "Background(greeting)",
            "WaitExten(1)",
            "Set(N=$[${N}+1])",
            "GotoIf($[${N}<500]?2)",
            "Queue(q)",
        )
        + "exten => 1,1,Queue(one)\n"
    )
    assert len(call.flow.steps) < 1000
    assert any("too many ways" in problem for problem in call.problems(ProblemKind.UNSUPPORTED))
    assert call.verdict("main,s") == "reachable"


@pytest.mark.parametrize(
    ("condition", "who"),
    [
        ('"a" == "a"', "then"),
        ('"a" == "b"', "else"),
        ("5==5", "then"),
        ('"a" = "a" && 0', "else"),
        ('"a" = "a" && 1', "then"),
        ("0 || 1", "then"),
        ("0 || 0", "else"),
    ],
)
def test_doubled_signs_compare_as_single_ones(phone: Connect, condition: str, who: str) -> None:
    call = phone(
        main(f"GotoIf($[{condition}]?yes)", "Queue(else)", "Hangup()") + " same => n(yes),Queue(then)\n"
    )
    assert call("main,s").who == who


def test_variables_may_have_hyphens(phone: Connect) -> None:
    call = phone(
        main("Set(first-choice=sales)", "GotoIf($[${first-choice}=nobody]?gone)", "Goto(${first-choice},s,1)")
        + " same => n(gone),Hangup()\n[sales]\nexten => s,1,Queue(sales)\n"
        + "[support]\nexten => s,1,Queue(support)\n"
    )
    assert call("main,s").who == "sales"


def test_gosub_does_not_miss_its_closing_bracket(phone: Connect) -> None:
    call = phone(
        main("ExecIf(1?Gosub(sub,s,1(${EXTEN}))", "Hangup()") + "[sub]\nexten => s,1,Queue(${ARG1})\n"
    )
    assert call("main,s").who == "s"
    assert not call.problems(ProblemKind.UNDEFINED_TARGET)


@pytest.mark.parametrize(
    ("times", "labels"),
    [
        ("8:00-14:00,sat-sat,*,*", {"yes", "no"}),
        ("*,sat-sun,*,*", {"open", "closed"}),
        ("8:00-18:00,mon-fri,*,*", {"open", "closed"}),
    ],
)
def test_hours_on_saturday_may_be_opening_hours(phone: Connect, times: str, labels: set[str]) -> None:
    call = phone(main(f"GotoIfTime({times}?there)", "Hangup()") + " same => n(there),Queue(there)\n")
    check = next(step for step in call.flow.steps if step.kind is StepKind.CHECK)
    assert {move.label for move in call.moves[check.id]} == labels


def lost(call: Any) -> list[str]:
    """Messages of IVR502."""
    return [each.violation.message for each in findings(call.reading) if each.code == "IVR502"]


def test_what_calls_pass_without_noticing_is_not_lost(phone: Connect) -> None:
    """Calls come to ``again`` with MODE = 2, so its ExecIf does nothing; what leads there too is lost."""
    call = phone(
        main(
            "Set(MODE=2)",
            "Read(PIN,enter-pin,4)",
            "GotoIf($[${LEN(${PIN})} = 4]?done)",
            "Goto(again)",
            "Playback(wrong-pin)",
        )
        + ' same => n(again),ExecIf($["${MODE}" = "1"]?Playback(hint))\n same => n,Goto(2)\n'
        " same => n(done),Queue(q)\n",
        entry=("main,s",),
    )
    assert lost(call) == ["no call can get to main,s,5, nor to what follows it"]


def test_a_lost_way_back_from_a_routine_says_nothing_of_the_routine(phone: Connect) -> None:
    """``Return`` runs in every call; what follows a routine called on the lost way is told with it."""
    call = phone(
        main("Gosub(say,s,1)", "Gosub(ask,s,1)", "Queue(q)")
        + "[ask]\nexten => s,1,Playback(hello)\n same => n,Goto(end)\n same => n,Playback(lost)\n"
        " same => n,Gosub(say,s,1)\n same => n,Playback(after)\n same => n(end),Return()\n"
        "[say]\nexten => s,1,Playback(words)\n same => n,Return()\n",
        entry=("main,s",),
    )
    assert lost(call) == ["no call can get to ask,s,3, nor to what follows it"]


def test_a_typed_code_may_hold_a_star(phone: Connect) -> None:
    call = phone(
        main(
            "Read(CODE,enter-code,4)",
            'GotoIf($["${CODE:0:1}" = "*"]?staff)',
            'GotoIf($["${CODE:0:2}" = "99"]?night)',
            "Queue(q)",
        )
        + " same => n(staff),Queue(staff)\n same => n(night),Queue(night)\n",
        entry=("main,s",),
    )
    assert call("main,s", "1234", "yes").who == "staff"
    assert call("main,s", "1234", "no", "yes").who == "night"
    assert lost(call) == []


def test_a_number_that_only_partly_fits_may_be_wrong(phone: Connect) -> None:
    """``_[2-7]XXX`` goes on to where ``_[2-6]XXX`` is: 7000 is answered by ``i``."""
    call = phone(
        "[main]\nexten => _[2-7]XXX,1,Goto(desks,${EXTEN},1)\n"
        "[desks]\nexten => _[2-6]XXX,1,Dial(SIP/${EXTEN})\nexten => i,1,Playback(no-such-desk)\n"
    )
    assert call("main,_[2-7]XXX", "other numbers").path[-2] == "desks,i,1"
    assert call("main,_[2-7]XXX", "_[2-6]XXX").kind == "human"
    assert not [each for each in findings(call.reading) if each.code == "IVR208"]


@pytest.mark.parametrize("desks", ["_[2-6]XXX,_7XXX", "_X.", "_[2-7]!", "_[2-7]X.,_XXX"])
def test_a_number_that_fits_wholly_is_not_wrong(phone: Connect, desks: str) -> None:
    extens = "".join(f"exten => {each},1,Dial(SIP/${{EXTEN}})\n" for each in desks.split(","))
    call = phone(
        "[main]\nexten => _[2-7]XXX,1,Goto(desks,${EXTEN},1)\n"
        f"[desks]\n{extens}exten => i,1,Playback(no-such-desk)\n"
    )
    assert [each.violation.message for each in findings(call.reading) if each.code == "IVR208"] == [
        "desks,i,1 can never run"
    ]


def test_a_program_is_told_once(phone: Connect) -> None:
    call = phone(
        main(
            "AGI(log.php,start)",
            "AGI(log.php,${EXTEN})",
            "AGI(find.php)",
            "ParkedCall(701)",
            "ParkedCall(702)",
        )
        + "exten => s,n,Queue(q)\n"
    )
    assert call.problems(ProblemKind.UNSUPPORTED) == [
        "2: `AGI(log.php,start)`: a program decides what happens (and in 1 other place)",
        "4: `AGI(find.php)`: a program decides what happens",
        "5: `ParkedCall(701)`: which parked call is taken is not known (and in 1 other place)",
    ]


def test_both_sides_of_an_answered_call_go_on(phone: Connect) -> None:
    """``G(7)``: the caller goes on at 7, who was called at 8."""
    call = phone(
        "[main]\nexten => s,1,Dial(SIP/a,20,G(main^s^7))\n same => n,VoiceMail(1)\n"
        "exten => s,7,Playback(goodbye)\nexten => s,8,ConfBridge(1)\n",
        entry=("main,s",),
    )
    assert [move.target for move in call.moves["main,s,1"]] == ["main,s,7", "main,s,8", "main,s,2"]
    assert lost(call) == []


def test_nobody_waits_for_what_follows_an_answered_call(phone: Connect) -> None:
    call = phone(
        main("Dial(SIP/1,20)", "Goto(s-${DIALSTATUS},1)")
        + "".join(
            f"exten => s-{each},1,Hangup()\n" for each in ("NOANSWER", "BUSY", "CHANUNAVAIL", "CONGESTION")
        )
    )
    assert call.problems(ProblemKind.UNDEFINED_TARGET) == []
