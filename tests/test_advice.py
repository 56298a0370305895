"""The option that a hint names does what the hint says: it is written into the flow, and the findings go."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ivrlint.config import Settings
from ivrlint.linter import Report, check
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
_HINT = re.compile(r"let (?P<key>.) in (?P<menu>\w+) lead to (?P<target>\w+); of .* none is left then")

NIGHT_DESK = """
line "+1 800 555 0100" -> main
menu main {
  prompt "For gas, press 1. For power, press 2. For an agent, press 0."
  1 "gas"   -> gas
  2 "power" -> power
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
menu gas {
  prompt "For the price of gas, press 1. For other prices, press 2."
  1 "gas"          -> gas_price
  2 "other prices" -> prices
  timeout 5s x2 -> bye
  invalid x3    -> bye
}
menu power {
  prompt "For the price of power, press 1. For other prices, press 2."
  1 "power"        -> power_price
  2 "other prices" -> prices
  timeout 5s x2 -> bye
  invalid x3    -> bye
}
menu prices {
  prompt "For the price of coal, press 1. For the price of oil, press 2."
  1 "coal" -> coal_price
  2 "oil"  -> oil_price
  timeout 5s x2 -> bye
  invalid x3    -> bye
}
say gas_price "Gas is ten cents." -> bye
say power_price "Power is thirty cents." -> bye
say coal_price "Coal is five cents." -> bye
say oil_price "Oil is seven cents." -> bye
queue agents "We are connecting you with an agent."
end bye "Goodbye."
"""


def _with_hint(text: str, hint: str) -> str:
    told = _HINT.fullmatch(hint)
    assert told, hint
    return re.sub(rf"(menu {told['menu']} {{)", rf"\1\n  {told['key']} -> {told['target']}", text)


def _hints(report: Report, code: str) -> list[str]:
    return [finding.violation.hint for finding in report.findings if finding.code == code]


@pytest.mark.parametrize("case", ["IVR101/bad.ivr", "IVR104/bad.ivr", "IVR104/bad-nested.ivr"])
def test_applying_the_hint_removes_the_findings(case: str, lint: Callable[..., Report]) -> None:
    text = (CASES / case).read_text(encoding="utf-8")
    code = case.partition("/")[0]
    hints = _hints(check([str(CASES / case)], Settings()), code)
    assert hints
    assert _hints(lint(main=_with_hint(text, hints[0])), code) == []


def test_one_option_that_helps_two_menus_is_preferred(lint: Callable[..., Report]) -> None:
    hint, other = _hints(lint(main=NIGHT_DESK), "IVR104")
    assert hint == other == "let 0 in prices lead to agents; of 2 such menus, none is left then"
    assert _hints(lint(main=_with_hint(NIGHT_DESK, hint)), "IVR104") == []


def test_where_no_single_option_helps_none_is_named() -> None:
    (hint,) = _hints(check([str(ROOT / "sample_flows" / "irs.ivr")], Settings()), "IVR101")
    assert hint.startswith("offer agents, or a person who can put callers through")


def test_a_taken_key_is_not_proposed(lint: Callable[..., Report]) -> None:
    text = (CASES / "IVR104" / "bad.ivr").read_text(encoding="utf-8")
    text = text.replace('  2 "power" -> power\n', '  0 "power" -> power\n')
    hint = "let 2 in prices lead to agents; of 1 such menu, none is left then"
    assert _hints(lint(main=text), "IVR104") == [hint]
