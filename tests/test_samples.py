"""The samples say what their authors meant: every human, and the fewest keypresses to it, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivrlint.config import Settings
from ivrlint.linter import Report, check
from ivrlint.routes import Verdict

SAMPLES = Path(__file__).resolve().parent.parent / "sample_flows"

# By file and line: the fewest keypresses to each human. The keys are in the comment; "-" is waiting.
HUMANS: dict[str, dict[str, dict[str, int]]] = {
    "aguas_del_valle.ivr": {
        "900 555 016": {
            "urgencias": 1,  # 1
            "operadores": 0,  # -
            "reclamaciones": 2,  # 2 2
            "contratos": 1,  # 3
        }
    },
    "awful.ivr": {
        number: {
            "staff": 15,  # 1, twelve digits, 2, 1
            "expert": 17,  # 4, sixteen digits
        }
        for number in ("+1 800 555 0140", "+1 800 555 0141")
    },
    "bank.ivr": {
        "+1 800 555 0150": {
            "agents": 0,  # -
            "card_desk": 1,  # 1
            "sales": 1,  # 3
            "security_desk": 14,  # 2, eight digits, #, four digits
            "payments": 15,  # the same, then 2
        },
        "+1 800 555 0151": {"private_desk": 0},
    },
    "clinic.ivr": {
        "+971 4 555 0180": {
            "reception": 0,  # -
            "booking": 2,  # 1 1
            "cancelling": 2,  # 1 2
            "pharmacy": 1,  # 2
        }
    },
    "cms_shop.ivr": {"1-800-706-7893": {"representatives": 1}},  # - 5
    "exemplary.ivr": {
        "+1 800 555 0130": {
            "agents": 0,  # -
            "billing": 1,  # 2
            "support": 1,  # 3
            "sales": 2,  # 1 1
            "order_desk": 2,  # 1 2
            "returns": 2,  # 1 3
        },
        "+1 800 555 0131": {"personal_advisers": 0},
    },
    "ghi_medicare.ivr": {"GHI Medicare provider line": {"representatives": 1}},  # 7
    "hospital/main.ivr": {
        "+1 800 555 0120": {
            "operator": 0,  # -
            "night_nurse": 1,  # closed: 1
            "booking": 3,  # 1 1 1
            "changes": 3,  # 1 2 1
            "billing": 2,  # 3 1
            "maternity": 2,  # 2 1
            "children": 2,  # 2 2
            "surgery": 2,  # 2 3
            "extension_phone": 5,  # 4, four digits
        },
        "+1 800 555 0121": {"doctors_desk": 0},
    },
    "inss_135.ivr": {"135": {"atendentes": 1}},  # 1
    "irs.ivr": {"1-800-829-1040": {"agents": 7}},  # 1 2 1 3 2 - - 2 3
    "nj_unemployment.ivr": {"888-795-6672": {}},  # the source ends before any
    "telecom.ivr": {
        number: {
            "agents": 0,  # -
            "billing_team": 1,  # say, 1
            "payment_team": 1,  # say, 2
            "phone_help": 0,  # say, say
            "internet_help": 0,  # say, say
            "roaming_desk": 0,  # say
        }
        for number in ("+1 800 555 0170", "611")
    },
}
UNKNOWN = {"nj_unemployment.ivr"}


def _report(sample: str) -> Report:
    return check([str(SAMPLES / sample)], Settings())


def _humans(report: Report) -> dict[str, dict[str, int]]:
    routes = report.reading.context.routes
    found: dict[str, dict[str, int]] = {}
    for entry in routes.entries:
        humans = found.setdefault(entry.name, {})
        for route in routes.from_entry(entry.id).cheapest():
            name, keypresses = route.human.name, route.distance.keypresses
            humans[name] = min(keypresses, humans.get(name, keypresses))
    return found


def test_every_sample_is_counted() -> None:
    files = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.ivr")}
    parts = {"hospital/common.ivr", "hospital/departments.ivr"}
    assert files == set(HUMANS) | parts


@pytest.mark.parametrize("sample", sorted(HUMANS))
def test_every_human_is_as_far_away_as_counted_by_hand(sample: str) -> None:
    assert _humans(_report(sample)) == HUMANS[sample]


@pytest.mark.parametrize("sample", sorted(HUMANS))
def test_the_verdict_on_every_line(sample: str) -> None:
    expected = Verdict.UNKNOWN if sample in UNKNOWN else Verdict.REACHABLE
    routes = _report(sample).reading.context.routes
    assert {routes.verdict(entry.id) for entry in routes.entries} == {expected}


@pytest.mark.parametrize("sample", sorted(HUMANS))
def test_no_sample_is_broken_except_on_purpose(sample: str) -> None:
    structure = {f.code for f in _report(sample).findings if f.code.startswith(("IVR5", "IVR9"))}
    assert bool(structure) == (sample == "awful.ivr"), structure


def test_the_exemplary_flow_gives_no_finding() -> None:
    assert _report("exemplary.ivr").findings == ()


def test_the_route_of_seven_keys_is_reported_once() -> None:
    (finding,) = [finding for finding in _report("irs.ivr").findings if finding.code == "IVR101"]
    assert finding.violation.route is not None
    keys = [hop.move.keys or hop.move.kind.value for hop in finding.violation.route.hops if hop.move]
    assert [key for key in keys if key != "next"] == ["1", "2", "1", "3", "2", "silence", "silence", "2", "3"]
