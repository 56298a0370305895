"""The page in a browser: opened from disk, filtered, walked, by mouse and by keyboard, by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from ivrlint.config import Settings
from ivrlint.diagrams import places
from ivrlint.linter import Report, check
from ivrlint.report.page import composed
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Report]:
    """A report on one of the sample flows."""
    monkeypatch.chdir(ROOT)
    return lambda name: check([f"sample_flows/{name}"], Settings())


def _texts(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_inner_texts()


def _lit(page: Page) -> list[str]:
    """The names in the nodes that are lit, from top to bottom."""
    names = page.locator(".node.lit").evaluate_all(
        """(nodes) => nodes
            .map((node) => [node.getBoundingClientRect().top, node.querySelector("text").textContent])
            .sort((one, other) => one[0] - other[0]).map(([, name]) => name)"""
    )
    return [str(name) for name in names]


def _here(page: Page) -> str:
    return page.locator(".node.here text").first.text_content() or ""


def _meter(page: Page) -> tuple[str, str, str]:
    keys, entries, time = (page.locator(f"#{name}").inner_text() for name in ("judged", "other", "time"))
    return keys, entries, time.replace("\u00a0", " ")


def _press(page: Page, keys: str) -> None:
    for key in keys:
        page.locator(f'[data-key="{key}"]').click()


def test_the_summary_says_how_far_a_human_is(
    show: Callable[..., Page], sample: Callable[[str], Report]
) -> None:
    page = show(sample("irs.ivr"))
    assert page.locator("h1").inner_text() == "It takes up to 7 keypresses to reach a human."
    assert "from 1-800-829-1040 to agents" in page.locator("#explained").inner_text()
    figures = dict(zip(_texts(page, "#figures dt"), _texts(page, "#figures .value"), strict=True))
    assert figures == {"Lines": "1", "Humans": "1", "Routes within the limit": "0 %", "Worst route": "7"}


def test_findings_are_filtered_by_severity_and_rule(
    show: Callable[..., Page], sample: Callable[[str], Report]
) -> None:
    from playwright.sync_api import expect

    report = sample("awful.ivr")
    page = show(report)
    shown = page.locator(".finding:visible")
    expect(shown).to_have_count(len(report.findings))
    page.locator("#filters .chip.warning").click()
    others = [finding for finding in report.findings if finding.severity != "warning"]
    expect(shown).to_have_count(len(others))
    expect(page.locator("#shown")).to_have_text(f"{len(others)} of {len(report.findings)}")
    page.locator("#filters .chip.warning").click()
    page.get_by_role("combobox", name="Rule").select_option("IVR502")
    lost = [finding for finding in report.findings if finding.code == "IVR502"]
    expect(page.locator(".finding:visible .what")).to_have_text(
        ["Warning IVR502 unreachable-step"] * len(lost), use_inner_text=True
    )
    assert lost


def test_a_findings_route_lights_up_and_its_hops_are_told(
    show: Callable[..., Page], sample: Callable[[str], Report]
) -> None:
    page = show(sample("irs.ivr"))
    button = page.get_by_role("button", name="too-many-keypresses")
    button.click()
    names = [
        *("1-800-829-1040", "language_choice", "notices", "main_menu", "personal_tax", "form_or_history"),
        *("other_questions", "first_number_prompt", "second_number_prompt", "further_menu", "last_menu"),
        "agents",
    ]
    assert _texts(page, ".finding .hops li button") == names
    assert _lit(page) == names
    assert page.locator(".edge.lit").count() == len(names) - 1
    # The fourth key passes the limit.
    assert page.locator(".finding .hops li.over").inner_text().splitlines()[0] == "form_or_history"
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert _lit(page) == []


def test_a_step_shows_its_words_its_source_and_its_distances(
    show: Callable[..., Page], sample: Callable[[str], Report]
) -> None:
    page = show(sample("irs.ivr"))
    page.locator(".node", has_text="personal_tax").click()
    card = page.locator("#step")
    assert card.locator("h3").inner_text() == "personal_tax"
    assert card.locator("blockquote").inner_text() == "For a form, tax history or payment, press 1."
    facts = dict(zip(_texts(page, ".facts dt"), _texts(page, ".facts dd"), strict=True))
    assert facts["From a line"] == "2 keypresses, 2 entries"
    assert facts["To a human"].startswith("5 keypresses, 5 entries, ≥")
    assert "menu personal_tax {" in card.locator(".line.meant").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Find a step").fill("agents")
    page.keyboard.press("Enter")
    assert card.locator("h3").inner_text() == "agents"
    card.get_by_role("button", name="last_menu").click()
    assert card.locator("h3").inner_text() == "last_menu"


def test_the_diagram_pans_zooms_and_fits(show: Callable[..., Page], sample: Callable[[str], Report]) -> None:
    page = show(sample("hospital"))

    def view() -> dict[str, float]:
        matrix: dict[str, float] = page.evaluate(
            """() => {
                const style = getComputedStyle(document.querySelector(".canvas svg"));
                const { a, e, f } = new DOMMatrix(style.transform);
                return { k: a, x: e, y: f };
            }"""
        )
        return matrix

    page.get_by_role("button", name="Fit").click()
    fitted = view()
    page.get_by_role("button", name="Zoom in").click()
    assert view()["k"] == pytest.approx(fitted["k"] * 1.25, rel=1e-3)
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    assert view() == pytest.approx(fitted, rel=1e-3)
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 280, steps=4)
    page.mouse.up()
    assert view() == pytest.approx({"k": fitted["k"], "x": fitted["x"] + 50, "y": fitted["y"] - 20}, rel=1e-3)


# --- three calls


def test_a_call_over_the_limit(show: Callable[..., Page], sample: Callable[[str], Report]) -> None:
    page = show(sample("irs.ivr"))
    assert _here(page) == "language_choice"
    assert _texts(page, "#log .at p") == ["To choose English, press 1."]
    _press(page, "121")
    assert _here(page) == "form_or_history"
    assert page.locator("#meter.over, .log .limit").count() == 0
    _press(page, "3")
    assert page.locator("#meter.over").count() == 1
    assert _texts(page, ".log .limit") == ["The limit of 3 keypresses is passed here"]
    _press(page, "2")
    page.get_by_role("button", name="Stay silent", exact=True).click()
    page.get_by_role("button", name="Stay silent", exact=True).click()
    _press(page, "23")
    assert _here(page) == "agents"
    assert _texts(page, "#log .ending")[-1] == "A human answers."
    assert _meter(page) == ("7", "7", "≥ 31 s")  # what `ivrlint routes` says of this route
    assert page.locator('[data-key="1"]').is_disabled()


CALLS = """line "1" -> opening
check opening office {
  open -> main
  closed -> bye
}
hours office "Mon-Fri 08:00-18:00"
menu main {
  prompt "For your balance, press 1. For an agent, press 0."
  1 "your balance" -> identify then balance
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> bye
}
ask identify {
  prompt "Please enter your account number."
  digits 4-8 end "#"
  done -> return
  timeout 8s -> agents
  invalid -> bye
}
say balance "Your balance is twenty dollars." -> main
queue agents "Please hold." {
  max 10m -> bye
}
say bye "Goodbye." -> hangup
"""


def test_a_call_that_types_a_number_errs_and_waits(
    show: Callable[..., Page], lint: Callable[..., Report]
) -> None:
    page = show(lint(calls=CALLS))
    assert page.locator('[data-key="1"]').is_disabled()
    page.get_by_role("button", name="open", exact=True).click()
    assert _texts(page, "#log .system") == ["office = open"]
    _press(page, "1")
    assert _here(page) == "identify"
    _press(page, "12345")
    assert _meter(page)[:2] == ("6", "1")  # what is typed counts at once, an entry when it is done
    _press(page, "#")
    assert _texts(page, "#log .at .name")[-2:] == ["balance", "main"]
    assert _meter(page)[:2] == ("7", "2")
    page.get_by_role("button", name="Wrong key", exact=True).click()
    assert _texts(page, "#log .note") == ["It is heard again."]
    assert _meter(page)[:2] == ("8", "3")
    page.get_by_role("button", name="Stay silent", exact=True).click()
    page.get_by_role("button", name="Stay silent", exact=True).click()
    assert _here(page) == "agents"
    page.get_by_role("button", name="Take back", exact=True).click()
    assert _here(page) == "main"


def test_a_call_that_asks_for_the_shortest_way(
    show: Callable[..., Page], lint: Callable[..., Report]
) -> None:
    page = show(lint(calls=CALLS))
    page.get_by_role("button", name="Shortest way to a human from here").click()
    assert page.locator(".wayon p").inner_text().startswith("0 keypresses, 0 entries, ")
    assert _texts(page, ".wayon li") == ["office = open", "wait 2 times"]  # no key is fewer than one
    assert {"opening", "main", "agents"} <= set(_lit(page))
    page.get_by_role("button", name="Walk it", exact=True).click()
    assert _here(page) == "agents"
    page.get_by_text("What if something goes wrong?").click()
    page.get_by_role("button", name="after 10m", exact=True).click()
    assert _texts(page, "#log .ending")[-1] == "The line is dropped."


def test_a_call_by_keyboard_alone(show: Callable[..., Page], sample: Callable[[str], Report]) -> None:
    page = show(sample("irs.ivr"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the telephone"
    page.keyboard.press("Enter")
    page.locator("#call").focus()
    page.keyboard.type("121")
    assert _here(page) == "form_or_history"
    page.keyboard.press("Backspace")
    assert _here(page) == "personal_tax"


# --- for everybody


@pytest.fixture(scope="module")
def axe() -> Any:
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["awful.ivr", "hospital"])
def test_nothing_keeps_anybody_out(
    show: Callable[..., Page],
    sample: Callable[[str], Report],
    axe: Any,
    scheme: str,
    size: dict[str, int],
    name: str,
) -> None:
    page = show(sample(name), color_scheme=scheme, viewport=size, bypass_csp=True)
    assert _violations(axe, page) == []
    if page.locator(".finding").count():
        page.locator(".finding h3 button").first.click()
    page.get_by_role("combobox", name="Find a step").fill("main_menu")
    page.keyboard.press("Enter")
    assert page.locator("#step h3").inner_text() == "main_menu"
    page.locator(".outcomes button").first.click()
    _press(page, "1")
    assert _violations(axe, page) == []
    page.get_by_role("button", name="Shortest way").click()
    assert _violations(axe, page) == []


def _violations(axe: Any, page: Page) -> list[tuple[str, str, str]]:
    found = axe.run(page).response["violations"]
    return [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found]


def test_a_telephones_screen_is_wide_enough(
    show: Callable[..., Page], sample: Callable[[str], Report]
) -> None:
    page = show(sample("awful.ivr"), viewport=PHONE)
    page.locator(".finding h3 button").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    keys = page.locator("#keypad button").evaluate_all("(keys) => keys.map((key) => key.offsetHeight)")
    assert min(keys) >= 44


def test_paper_holds_every_finding_with_its_route_and_no_telephone(
    show: Callable[..., Page], sample: Callable[[str], Report]
) -> None:
    page = show(sample("irs.ivr"))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".hops li").count() == 12
    assert page.locator(".hops li").last.is_visible()
    assert not page.locator("#telephone").is_visible()
    assert page.pdf().startswith(b"%PDF")


# --- hostile and large


def test_hostile_words_stay_words(show: Callable[..., Page], lint: Callable[..., Report]) -> None:
    from tests.report.test_page import HOSTILE

    page = show(lint(main=HOSTILE))
    name = "+1 <script>alert(1)</script>"
    assert page.title() == "main.ivr: how far is a human?"
    assert _texts(page, "#log .name")[0] == name
    assert page.locator("#log .at p").inner_text().startswith("<!-- ]]> </SCRIPT><script>x</script>")
    assert page.evaluate("document.scripts.length") == 2
    assert page.locator("img, iframe, object, b b, link, form").count() == 0
    page.locator(".node", has_text="main").first.click()
    _press(page, "1")
    assert _here(page) == "agents"


def test_a_flow_of_a_thousand_steps_is_drawn_in_part_only(
    show: Callable[..., Page], lint: Callable[..., Report]
) -> None:
    """How long it takes would depend on the machine; how much is made at once does not."""
    from playwright.sync_api import expect

    menus = "".join(
        f'menu m{n} {{\n  prompt "Press 1."\n  1 "on" -> m{n + 1}\n  0 "agent" -> agents\n'
        "  timeout -> agents\n  invalid -> agents\n}\n"
        for n in range(1000)
    )
    report = lint(main=f'line "1" -> m0\n{menus}say m1000 "Goodbye." -> hangup\nqueue agents "Hold."\n')
    page = show(composed(report, {"drawing": _grid(1004)}))
    made = page.locator("#canvas g.node").count()
    assert 0 < made < 200
    assert page.evaluate("document.querySelectorAll('*').length") < 6000
    page.locator("#canvas").focus()
    page.keyboard.press("0")
    # Not `wait_for_function`: when it has to ask twice it needs `eval`, which the page forbids.
    shown = page.locator("#canvas g.node")
    expect(shown).to_have_count(1004, timeout=30_000)
    assert page.locator("#canvas text").count() < 1004  # specks are not written
    page.get_by_role("combobox", name="Find a step").fill("m999")
    page.keyboard.press("Enter")
    expect(shown.nth(400)).not_to_be_attached(timeout=30_000)
    assert page.locator(".node.picked text").text_content() == places(report.reading.flow)["m999"]


def _grid(count: int) -> dict[str, Any]:
    """A drawing of ``count`` places, ten to a row."""
    nodes = []
    for place in range(count):
        x, y = 300 * (place % 10), 200 * (place // 10)
        shape = {"tag": "polygon", "points": f"{x},{y} {x + 200},{y} {x + 200},{y + 80} {x},{y + 80}"}
        words = [x + 100, y + 40, "middle", 12, f"s{place}", False]
        nodes.append(
            {
                "name": f"s{place}",
                "kind": "menu",
                "places": [place],
                "box": [x, y, 200, 80],
                "shapes": [shape],
                "words": [words],
            }
        )
    return {"clusters": [], "edges": [], "nodes": nodes}
