"""A real Chromium. Tests of this folder are marked ``browser``; `python -m pytest -m browser` runs them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivrlint.linter import Report
from ivrlint.report import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
DESKTOP = {"width": 1440, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; IVRLINT_CHROMIUM names another one."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("IVRLINT_CHROMIUM") or shutil.which("chromium")
    assert program, "no Chromium: install it (Debian: apt-get install chromium) or set IVRLINT_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a report, or the text of a page, from disk. Nothing may go wrong on the page while a test runs,
    and nothing may be loaded."""
    faults: list[str] = []
    contexts = []

    def invoke(shown: Report | str, **options: Any) -> Page:
        file = tmp_path / "report.html"
        file.write_text(shown if isinstance(shown, str) else page(shown), encoding="utf-8")
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce"} | options)
        contexts.append(context)
        opened = context.new_page()
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda message: faults.append(message.text))
        opened.on(
            "request", lambda request: faults.append(request.url) if request.url != file.as_uri() else None
        )
        opened.goto(file.as_uri())
        opened.wait_for_selector("html.ready", state="attached")
        return opened

    yield invoke
    for context in contexts:
        context.close()
    assert faults == []
