"""Findings for everybody else: the page that ``ivrlint report`` writes."""

from __future__ import annotations

from ivrlint.linter import Report

NAME = "html"


def render(report: Report) -> str:
    """The whole page."""
    from ivrlint.report import page  # only here: it draws, and needs more than other outputs

    return page(report)
