"""The names that are told from words alone are those that the grammar tells."""

from __future__ import annotations

import pytest

from ivrlint.flow import StepKind
from ivrlint.formats.ivr.declarations import Module, Name
from ivrlint.formats.ivr.errors import dialect
from ivrlint.formats.ivr.names import names
from ivrlint.formats.ivr.scope import gotos
from ivrlint.formats.ivr.syntax import declarations
from ivrlint.grammar import parse
from ivrlint.source import Source, Span
from tests.conftest import ROOT

FILES = sorted((ROOT / "sample_flows").glob("*.ivr")) + sorted((ROOT / "tests" / "cases").rglob("*.ivr"))

ODD = """\
line "say x -> y" -> "two words" // -> nobody
hours menu "Mon-Fri"
menu "two words" { 1 -> ask  2 -> end then repeat  timeout -> "two words" }
ask ask { digits 4 end "#" only  done -> return }
check check menu { open -> end  menu -> hangup }
everywhere { 0 -> end }
end end "Goodbye \\"friend\\"."
"""


def _parsed(text: str) -> tuple[Source, Module] | None:
    source = Source("names.ivr", text)
    tree = parse("ivr", source, dialect())
    return None if isinstance(tree, list) else (source, declarations(tree, source))


def _defined(module: Module) -> set[tuple[str, Span]]:
    found = [*(each.name for each in module.steps), *(each.name for each in module.conditions)]
    return {(name.text, name.span) for name in found}


def _used(module: Module) -> set[tuple[str, Span]]:
    found: list[Name] = [step.condition for step in module.steps if step.condition]
    arrows = [goto for step in module.steps for goto in gotos(step)]
    for shared in module.everywhere:
        arrows += [option.goto for option in shared.options]
        arrows += [each.goto for each in (shared.timeout, shared.invalid) if each]
    for goto in arrows:
        found += goto.calls
        found += [] if goto.action else [goto.last]
    return {(name.text, name.span) for name in found}


@pytest.mark.parametrize("text", [*(path.read_text(encoding="utf-8") for path in FILES), ODD])
def test_names_are_those_of_the_grammar(text: str) -> None:
    parsed = _parsed(text)
    if parsed is None:  # a case of a syntax error: what is told of it is tested elsewhere
        return
    source, module = parsed
    found = names(source).mentions
    assert {(each.name, each.span) for each in found if each.keyword} == _defined(module)
    used = {(each.name, each.span) for each in found if not each.keyword}
    given_twice = any(step.duplicates for step in module.steps)  # the second is not among the declarations
    assert used >= _used(module) if given_twice else used == _used(module)
    assert sum(step.kind is StepKind.ENTRY for step in module.steps) == sum(
        each.keyword == "line" for each in found
    )


def test_a_text_that_does_not_parse_has_names_too() -> None:
    found = names(Source("a.ivr", "menu main {\n  1 -> bill\nqueue agents\nsay x -> "))
    assert [(each.name, each.keyword) for each in found.mentions] == [
        ("main", "menu"),
        ("bill", ""),
        ("agents", "queue"),
        ("x", "say"),
    ]
