"""AEL: the priorities that Asterisk's compiler (``res/ael/pval.c``) makes of it, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark

from ivrlint import table
from ivrlint.config import Settings
from ivrlint.flow import Flow, MoveKind, ProblemKind, StepKind
from ivrlint.formats.asterisk import ael
from ivrlint.formats.asterisk.ael_labels import matches
from ivrlint.formats.asterisk.ael_syntax import arguments
from ivrlint.formats.asterisk.dialplan import Dialplan, Priority
from ivrlint.grammar import folder
from ivrlint.linter import check, read
from ivrlint.project import Project
from ivrlint.source import Source


def load(text: str) -> Dialplan:
    plan = Dialplan()
    ael.load(Source("extensions.ael", text), Project(), plan)
    return plan


def priorities(plan: Dialplan) -> list[str]:
    """``context,extension,number(label) app(arguments)`` of all instructions."""
    return [
        f"{context.name},{extension.name},{line.number}{_label(line)} {line.app}({line.args})"
        for context in plan.contexts.values()
        for extension in context.extensions.values()
        for line in extension
    ]


def _label(line: Priority) -> str:
    return f"({line.label})" if line.label else ""


def compiled(text: str) -> list[str]:
    plan = load(text)
    assert not list(plan.problems)
    return priorities(plan)


def statements(text: str) -> list[str]:
    """What an extension ``1`` of a context ``c`` becomes, without the names of both."""
    return [line.removeprefix("c,1,") for line in compiled(f"context c {{ 1 => {{ {text} }} }}")]


def problems(text: str, kind: ProblemKind = ProblemKind.SYNTAX) -> list[str]:
    return [
        f"{problem.span.line}:{problem.span.column} {problem.message}"
        for problem in load(text).problems
        if problem.kind is kind
    ]


def test_the_grammar_has_no_conflicts() -> None:
    text = (folder() / "ael.lark").read_text(encoding="utf-8")
    Lark(text, parser="lalr", strict=True, maybe_placeholders=False, propagate_positions=True)


# --- calls, assignments, words


def test_arguments_stay_as_written() -> None:
    assert statements("Dial(SIP/1 // no comment, ,tT);") == ["1 Dial(SIP/1 // no comment, ,tT)"]
    assert statements("NoOp(a;b /* c */ {x});") == ["1 NoOp(a;b /* c */ {x})"]
    assert statements('NoOp("a\\)b");') == ['1 NoOp("a\\)b")']


def test_calls_without_arguments() -> None:
    assert statements("Answer; Answer(); Wait( );") == ["1 Answer()", "2 Answer()", "3 Wait( )"]


def test_an_assignment_is_an_expression() -> None:
    assert statements("x = 1 + 2;") == ["1 MSet(x=$[ 1 + 2])"]
    assert statements("local x=${y};") == ["1 MSet(LOCAL(x)=$[${y}])"]
    assert statements("CDR(user, x)=7;") == ["1 MSet(CDR(user,x)=$[7])"]


def test_comments_between_statements() -> None:
    assert statements("Answer(); // one\n /* two\n ; */ Hangup();") == ["1 Answer()", "2 Hangup()"]


def test_words_may_begin_with_a_keyword() -> None:
    assert compiled("context default-in { forward => goto_word(); }") == ["default-in,forward,1 goto_word()"]


def test_arguments_are_parted_by_commas_outside_parentheses() -> None:
    assert arguments("a,${CUT(b,,3)}, c") == ("a", "${CUT(b,,3)}", " c")
    assert arguments("[a,b]") == ("[a", "b]")
    assert arguments(r"a\,b") == (r"a\,b",)


# --- control


def test_if() -> None:
    assert statements("if (${x} = 1) Answer();") == [
        "1 GotoIf($[${x} = 1]?2:3)",
        "2 Answer()",
        "3 NoOp(Finish if_c_1)",
    ]


def test_if_else() -> None:
    assert statements("if (${x}) { Answer(); } else { Busy(); Hangup(); }") == [
        "1 GotoIf($[${x}]?2:4)",
        "2 Answer()",
        "3 Goto(6)",
        "4 Busy()",
        "5 Hangup()",
        "6 NoOp(Finish if_c_1)",
    ]


def test_an_else_belongs_to_the_nearest_if() -> None:
    assert statements("if (a) if (b) X(); else Y();") == [
        "1 GotoIf($[a]?2:7)",
        "2 GotoIf($[b]?3:5)",
        "3 X()",
        "4 Goto(6)",
        "5 Y()",
        "6 NoOp(Finish if_if_c_1_2)",
        "7 NoOp(Finish if_c_1)",
    ]


def test_if_time_jumps_over_the_way_out() -> None:
    assert statements("ifTime (9:00-17:00|mon-fri|*|*) A(); else B();") == [
        "1 GotoIfTime(9:00-17:00,mon-fri,*,*?3)",
        "2 Goto(5)",
        "3 A()",
        "4 Goto(6)",
        "5 B()",
        "6 NoOp(Finish iftime_c_1)",
    ]


def test_random() -> None:
    assert statements("random (30) A();")[0] == "1 GotoIf($[${RAND(0,99)} < (30)]?2:3)"


def test_while_with_break_and_continue() -> None:
    assert statements("while (${x}) { break; continue; }") == [
        "1 GotoIf($[${x}]?2:5)",
        "2 Goto(5)",
        "3 Goto(1)",
        "4 Goto(1)",
        "5 NoOp(Finish while_c_1)",
    ]


def test_for() -> None:
    assert statements("for (i=0; ${i} < 3; i=${i}+1) { A(); continue; }") == [
        "1 MSet(i=$[0])",
        "2 GotoIf($[ ${i} < 3]?3:7)",
        "3 A()",
        "4 Goto(5)",
        "5 MSet(i=$[${i}+1])",
        "6 Goto(2)",
        "7 NoOp(Finish for_c_1)",
    ]


def test_for_with_calls_in_its_head() -> None:
    lines = statements("for (Set(); ${x}; &step(a,b)) A();")
    assert (lines[0], lines[3]) == ("1 Set()", "4 Gosub(step,a,b)")


# --- switch


def test_a_case_is_an_extension_counted_from_10() -> None:
    assert statements("switch (${x}) { case a: A(); break; default: B(); }") == [
        "1 MSet(~~EXTEN~~=${EXTEN})",
        "2 Goto(sw_1_${x},10)",
        "3 NoOp(Finish switch_c_1)",
        "c,_sw_1_.,10 B()",
        "c,_sw_1_.,11 Goto(1,3)",
        "c,sw_1_,10 Goto(sw_1_.,10)",
        "c,sw_1_a,10 A()",
        "c,sw_1_a,11 Goto(1,3)",
    ]


def test_a_case_falls_through_to_the_next() -> None:
    lines = statements("switch (x) { case a: pattern [2-4]X: B(); pattern 7.: C(); default: D(); }")
    assert "c,sw_1_a,10 Goto(sw_1_29,10)" in lines
    assert "c,_sw_1_[2-4]X,11 Goto(sw_1_7.,10)" in lines
    assert "c,_sw_1_7.,11 Goto(sw_1_.,10)" in lines
    assert "c,_sw_1_.,11 Goto(1,3)" in lines


def test_a_missing_default_is_added() -> None:
    lines = statements("switch (x) { case a: return; }")
    assert lines[3:] == ["c,_sw_1_.,10 Goto(1,3)", "c,sw_1_,10 Goto(sw_1_.,10)", "c,sw_1_a,10 Return()"]


def test_the_extension_dialled_is_kept_below_a_switch() -> None:
    lines = statements("switch (${EXTEN:1}) { case a: NoOp(${EXTEN}); break; }")
    assert lines[1] == "2 Goto(sw_1_${~~EXTEN~~:1},10)"
    assert "c,sw_1_a,10 NoOp(${~~EXTEN~~})" in lines


def test_a_case_written_twice_counts_once() -> None:
    plan = load("context c { 1 => switch (x) { case a: A(); break; case a: B(); break; } }")
    assert [problem.kind for problem in plan.problems] == [ProblemKind.DUPLICATE_NAME]
    assert "c,sw_1_a,10 B()" in priorities(plan)


# --- labels and jumps


def test_labels_take_no_priority() -> None:
    assert statements("A(); again: B(); goto again;") == ["1 A()", "2(again) B()", "3 Goto(again)"]


def test_a_label_at_the_end() -> None:
    assert statements("A(); out:") == ["1 A()", "2(out) NoOp(A NoOp to follow a trailing label out)"]


def test_of_two_labels_in_a_row_the_second_counts() -> None:
    assert statements("a: b: X();") == ["1(b) X()"]


def test_goto_and_jump() -> None:
    assert compiled("""
        context c {
            1 => { goto 2,1; }
            2 => { goto other|3|1; }
            3 => { jump 1; }
            4 => { jump 9,2@away; }
            5 => Goto(away,9,1);
            6 => goto ${x};
        }
        context other { 3 => Hangup(); }
    """)[:6] == [
        "c,1,1 Goto(2,1)",
        "c,2,1 Goto(other,3,1)",
        "c,3,1 Goto(1,1)",
        "c,4,1 Goto(away,9,2)",
        "c,5,1 Goto(away,9,1)",
        "c,6,1 Goto(${x})",
    ]


def test_goto_out_of_a_case_and_into_one() -> None:
    lines = statements("top: switch (x) { case a: goto top; case b: inner: A(); break; } goto inner;")
    assert "c,sw_1_a,10 Goto(1,top)" in lines
    assert "c,sw_1_b,10(inner) A()" in lines
    assert "4 Goto(sw_1_b,inner)" in lines


# --- contexts and macros


def test_a_macro_is_a_gosub() -> None:
    assert compiled(
        "context c { 1 => &m(x, y); 2 => &m( ,z); } macro m(a,b) { Dial(${a}); catch t { Hangup(); } }"
    ) == [
        "c,1,1 Gosub(m,~~s~~,1(x, y))",
        "c,2,1 Gosub(m,~~s~~,1(,z))",
        "m,~~s~~,1 MSet(LOCAL(a)=${ARG1})",
        "m,~~s~~,2 MSet(LOCAL(b)=${ARG2})",
        "m,~~s~~,3 Dial(${a})",
        "m,~~s~~,4 Return()",
        "m,t,1 Hangup()",
    ]


def test_a_macro_keeps_the_extension_twice() -> None:
    assert compiled("macro m() { switch (${EXTEN}) { default: return; } return; }")[:4] == [
        "m,~~s~~,1 MSet(LOCAL(~~EXTEN~~)=${EXTEN})",
        "m,~~s~~,2 MSet(LOCAL(~~EXTEN~~)=${~~EXTEN~~})",
        "m,~~s~~,3 Goto(sw_1_${~~EXTEN~~},10)",
        "m,~~s~~,4 NoOp(Finish switch_m_1)",
    ]


def test_what_a_context_holds() -> None:
    plan = load("""
        globals { TRUNK=Zap/1 ; AREA=503; }
        abstract context base { }
        extend context c {
            includes { base|9:00-17:00|mon-fri|*|*; default; }
            switches { DUNDi/e164; IAX2/u@h; }
            eswitches { Realtime; }
            ignorepat => 9;
            _${AREA}XX/911 => Answer();
            hint(SIP/1&SIP/2) 7 => Dial(SIP/1);
            regexten 8 => Dial(SIP/8);
        }
    """)
    context = plan.contexts["c"]
    assert plan.globals == {"TRUNK": "Zap/1 ", "AREA": "503"}
    assert [(each.context, each.times) for each in context.includes] == [
        ("base", "9:00-17:00,mon-fri,*,*"),
        ("default", ""),
    ]
    assert [(each.driver, each.data) for each in context.switches] == [
        ("DUNDi", "e164"),
        ("IAX2", "u@h"),
        ("Realtime", ""),
    ]
    assert context.ignored == ["9"]
    assert list(context.extensions) == [("_503XX", "911"), ("7", ""), ("8", "")]
    assert list(context.extensions["8", ""].priorities) == [2]


def test_spans_are_those_of_the_statements() -> None:
    plan = load("context c {\n  1 => {\n    if (${x})\n      Playback(hello);\n  }\n}")
    lines = list(plan.contexts["c"].extensions["1", ""])
    assert [line.span.text for line in lines] == ["if (${x})", "Playback(hello)", "if (${x})"]


# --- included files


def test_a_sample_is_known_by_the_name_before_that(tmp_path: Path) -> None:
    path = tmp_path / "extensions.ael.sample"
    path.write_text("context main { s => { Queue(q); } }")
    flow = read([str(path)], Settings()).flow
    assert [step.target for step in flow.steps if step.kind is StepKind.HUMAN] == ["q"]


def test_a_fragment_that_is_included_by_an_absolute_name_is_not_read_by_itself(tmp_path: Path) -> None:
    (tmp_path / "numbers.ael").write_text("1 => { Queue(q); }")
    main = 'context main { s => { WaitExten(); } #include "/etc/asterisk/numbers.ael" }'
    (tmp_path / "extensions.ael").write_text(main)
    flow = read([str(tmp_path)], Settings()).flow
    assert flow.problems == ()
    assert [step.target for step in flow.steps if step.kind is StepKind.HUMAN] == ["q"]


def test_what_a_missing_file_may_hold_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "extensions.conf").write_text("[x]\nexten => s,1,Queue(q)\n")
    (tmp_path / "extensions.ael").write_text('#include "gone.ael"\ncontext c { s => { goto menu,s,1; } }')
    flow = read([str(tmp_path)], Settings(entry=("c,s",))).flow
    assert not any(problem.kind is ProblemKind.UNDEFINED_TARGET for problem in flow.problems)


def test_a_fragment_that_nothing_includes_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "body.ael").write_text('Answer();\n#include "more.ael"\nstart: Queue(q);\n')
    (tmp_path / "more.ael").write_text("Playback(hello);\n")
    told = [(problem.kind, problem.message) for problem in read([str(tmp_path)], Settings()).flow.problems]
    reason = "what is written here belongs inside a context of a file that includes this one"
    assert told == [(ProblemKind.UNSUPPORTED, reason)]
    (tmp_path / "body.ael").write_text("Answer();\ncontext c { s => Queue(q); }\n")
    (tmp_path / "more.ael").unlink()
    told = [(problem.kind, problem.message) for problem in read([str(tmp_path)], Settings()).flow.problems]
    assert told == [(ProblemKind.SYNTAX, "`Answer()` cannot stand outside a context or macro")]


def test_what_a_broken_file_includes_is_not_read_by_itself(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "extensions.ael").write_text('context z () { }\n#include "parts/{a,b}.ael"\n')
    (tmp_path / "parts" / "a.ael").write_text('context a ( { }\n#include "parts/c.ael"\n')
    (tmp_path / "parts" / "b.ael").write_text('#include "parts/gone.ael"\ncontext b { s => Queue(q); }\n')
    (tmp_path / "parts" / "c.ael").write_text('#include "parts/gone.ael"\ncontext c { s => Queue(q); }\n')
    problems = read([str(tmp_path)], Settings()).flow.problems
    assert {problem.kind for problem in problems} == {ProblemKind.SYNTAX}
    assert {Path(problem.span.path).name for problem in problems} == {"extensions.ael"}


def test_included_files(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "b.ael").write_text("context b { 1 => B(); }")
    (tmp_path / "parts" / "a.ael").write_text('context a { 1 => { #include "body.ael" } }')
    (tmp_path / "body.ael").write_text("A(); Hangup();")
    main = tmp_path / "extensions.ael"
    main.write_text('#include "parts/*.ael"')
    plan = Dialplan()
    ael.load(Source(str(main), main.read_text()), Project(), plan)
    assert not list(plan.problems)
    assert priorities(plan) == ["a,1,1 A()", "a,1,2 Hangup()", "b,1,1 B()"]
    assert [Path(source.path).name for source in plan.sources] == [
        "extensions.ael",
        "a.ael",
        "body.ael",
        "b.ael",
    ]


def test_a_missing_file_is_told_and_skipped() -> None:
    plan = load('#include "nowhere.ael"\n#include "no*where.ael"\ncontext c { 1 => A(); }')
    assert [(each.kind, each.span.line) for each in plan.problems] == [
        (ProblemKind.UNREADABLE, 1),
        (ProblemKind.UNREADABLE, 2),
    ]
    assert priorities(plan) == ["c,1,1 A()"]


def test_a_file_that_includes_itself(tmp_path: Path) -> None:
    main = tmp_path / "extensions.ael"
    main.write_text('context c { 1 => A(); }\n#include "extensions.ael"')
    project, source, plan = Project(), Source(str(main), main.read_text()), Dialplan()
    project.add([source])
    ael.load(source, project, plan)
    assert [each.kind for each in plan.problems] == [ProblemKind.INCLUDE_CYCLE]


def test_parts_of_contexts_need_one() -> None:
    assert problems("s => Hangup();") == ["1:1 `s` cannot stand outside a context or macro"]


# --- what Asterisk refuses


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("break;", "`break` stands outside a loop or a `switch`"),
        ("continue;", "`continue` stands outside a loop"),
        ("while (x) switch (y) { case 1: continue; }", "`continue` cannot leave a `switch`"),
        ("switch (x) { }", "this `switch` has no `case`"),
        ("&m(1,2);", "macro m takes 1 arguments, not 2"),
        ("&c();", "c is a context, not a macro"),
        ("m(1);", "m is a macro, not an application"),
    ],
)
def test_refused(body: str, message: str) -> None:
    text = f"context c {{ 1 => {{ {body} }} }} macro m(a) {{ return; }}"
    assert [line.split(" ", 1)[1] for line in problems(text)] == [
        f"{message}: Asterisk does not load the file"
    ]


def test_jumps_to_nowhere() -> None:
    jumps = "goto lost; goto 2,1; jump 1; goto 1,x; goto d,9,1; goto away,1,1;"
    text = f"context c {{ 1 => {{ {jumps} }} }} context d {{ }}"
    found = problems(text, ProblemKind.UNDEFINED_TARGET)
    assert [line.split(" ", 1)[1].split(":")[0] for line in found] == [
        "this extension has no label lost",
        "this context has no extension 2",
        "this context has no label x in an extension 1",
        "context d has no extension 9",
    ]


def test_jumps_may_lead_into_included_contexts_and_patterns() -> None:
    assert compiled("context c { includes { d; } 1 => goto 205,1; } context d { _2XX => A(); }")


def test_a_context_marked_abstract_is_checked_only_if_included() -> None:
    alone = "abstract context a { 1 => goto lost; }"
    assert problems(alone, ProblemKind.UNDEFINED_TARGET) == []
    assert len(problems(alone + "context b { includes { a; } }", ProblemKind.UNDEFINED_TARGET)) == 1


def test_a_label_twice() -> None:
    text = "context c { 1 => { a: A(); a: B(); } 2 => { a: C(); } }"
    assert len(problems(text, ProblemKind.DUPLICATE_NAME)) == 1


@pytest.mark.parametrize(
    ("name", "pattern", "taken"),
    [
        ("s", "s", True),
        ("2", "_X", True),
        ("1", "_N", False),
        ("23", "_[1-3]Z", True),
        ("23", "_2.", True),
        ("2", "X", False),
        ("x", "_[", False),
    ],
)
def test_patterns(name: str, pattern: str, taken: bool) -> None:
    assert matches(name, pattern) is taken


# --- syntax errors


def test_several_errors_in_one_file() -> None:
    assert problems("""\
context one {
    s => {
        Answer()
        Background(hello);
        Playback(bye) Hangup();
        x = 1 }
    }
}
context two {
    s => {
        if (${x} == 1 {
            Hangup();
        }
    }
}
context three
    s => Hangup();
}
""") == [
        "4:9 a `;` is missing before `Background`",
        "5:23 a `;` is missing before `Hangup`",
        "6:15 a `;` is missing before `}`",
        "14:5 `}` comes before the `(` of line 11 is closed",
        "17:5 expected `{`, found `s`",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("context c {\n 1 => A();\n", "2:11 the file ends before `context c` of line 1 is closed"),
        (
            "context c {\n 1 => A();\ncontext d {\n}",
            "3:1 `context` cannot stand inside `context c` of line 1",
        ),
        ("context c { }\n}", "2:1 this `}` closes nothing"),
        ("context c { 1 => A(); }\n/* end", "2:1 this comment does not end"),
        ("context c { 1 => % A(); }", "1:18 `%` means nothing here"),
        ("context switch { }", "1:9 `switch` is a word of the language and cannot be a name"),
        ("context c { 1 => A(); ] }", "1:25 expected `=`, `=>` or `@`, found `}`"),
    ],
)
def test_errors_in_plain_words(text: str, message: str) -> None:
    assert message in problems(text)


def test_nothing_is_read_of_a_broken_file() -> None:
    assert load("context c { 1 => A(; }").contexts == {}


def test_nesting_without_end() -> None:
    deep = "context c { 1 => " + "if (x) " * 3000 + "A(); }"
    assert [each.kind for each in load(deep).problems] == [ProblemKind.UNREADABLE]


SAMPLE = """\
globals { A=1; }
#include "none.ael"
macro m(a,b) {
    Dial(SIP/${a},${b});
    switch (${DIALSTATUS}) { case BUSY: VoiceMail(1); break; default: Busy(); }
    catch a { Hangup(); }
}
context c {
    includes { d|9:00-17:00|mon-fri|*|*; }
    switches { DUNDi/e164; }
    ignorepat => 9;
    hint(SIP/1) _2[3-5]X! => { start: &m(${EXTEN:1},"x"); goto start; }
    s => {
        for (i=0; ${i}<3; i=${i}+1) { if ("${x}" = "") break; else continue; }
        while (${x[1]}) { x=${y} + 1; CDR(z)=2; }
        ifTime(*|*|*|*) jump 1@c; else { Goto(c,s,start); }
        random(5) return; /* done */
    }
}
"""


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(SAMPLE)),
            st.integers(0, 12),
            st.text('{}()[];:,=|&@$#"\\/* \nax1~é', max_size=4)
            | st.sampled_from(["case", "if (", "context ", "goto "]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_text_makes_it_fail(edits: list[tuple[int, int, str]]) -> None:
    text = SAMPLE
    for start, length, new in edits:
        text = text[:start] + new + text[start + length :]
    plan = load(text)
    assert all(0 <= each.span.start <= each.span.end <= len(text) for each in plan.problems)
    assert all(
        line.span.source.path == "extensions.ael"
        for c in plan.contexts.values()
        for e in c.extensions.values()
        for line in e
    )


# --- through the public reader


def reached(flow: Flow, entry: str, *does: str) -> str:
    """Who is reached, or how the call ends, by pressing keys and with outcomes as named in ``does``."""
    steps = {step.id: step for step in flow.steps}
    here, todo = f"entry {entry}", list(does)
    while moves := [move for move in flow.moves if move.source == here]:
        onward = moves[0].kind is MoveKind.NEXT
        if not todo and (steps[here].target or not onward):
            break
        wanted = "" if onward else todo.pop(0)
        here = next(move.target for move in moves if onward or wanted in (move.keys, move.label))
    assert not todo
    return steps[here].target or steps[here].kind.value


def test_calls_into_ael(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("extensions.ael").write_text(MENU, encoding="utf-8")
    flow = read(["extensions.ael"], Settings()).flow
    assert reached(flow, "main,s", "1") == "sales"
    assert reached(flow, "main,s", "2", "open") == "support"
    assert reached(flow, "main,s", "2", "closed") == "9"
    assert reached(flow, "main,s", "3", "7") == "seven"
    assert reached(flow, "main,s", "3", "1") == "end"


def test_ael_and_extensions_conf_are_one_dialplan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("extensions.conf").write_text("[in]\nexten => s,1,Goto(main,1,1)\n", encoding="utf-8")
    Path("extensions.ael").write_text(MENU, encoding="utf-8")
    flow = read(["."], Settings()).flow
    assert reached(flow, "in,s") == "sales"


MENU = """\
context main {
    s => { Answer(); Background(hello); WaitExten(5); Hangup(); }
    1 => &hand(sales);
    2 => ifTime (08:00-17:00|mon-fri|*|*) Queue(support); else VoiceMail(9);
    3 => {
        Read(digit,which,1);
        switch (${digit}) {
        case 7: Queue(seven); break;
        default: Playback(bye); Hangup();
        }
    }
}
macro hand(queue) { Queue(${queue}); return; }
"""


def test_a_finding_is_silenced_by_a_comment_of_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "context main {\n  s => { Background(hello); WaitExten(5); }\n  1 => goto nowhere|1;%s\n}\n"
    for comment, codes in (("", {"IVR501"}), (" // ivrlint: ignore[IVR501] being moved", set())):
        Path("extensions.ael").write_text(text % comment)
        found = {finding.code for finding in check(["extensions.ael"], Settings()).findings}
        assert found & {"IVR501"} == codes


def test_a_macro_is_called_from_the_other_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    macro = "macro ask(x) { Background(hello); WaitExten(5); catch 1 { Queue(sales); } return; }\n"
    Path("extensions.ael").write_text(macro)
    Path("extensions.conf").write_text("[main]\nexten => s,1,AELSub(ask,1)\n same => n,Queue(after)\n")
    (entry,) = table.entries(read(["."], Settings()))
    assert [(row.route.human.name, row.keys) for row in entry.rows] == [("after", ["wait"]), ("sales", ["1"])]
