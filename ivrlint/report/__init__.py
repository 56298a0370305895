"""The report: findings, diagram and telephone as one HTML page that needs nothing but a browser.

``page.html``, ``page.css`` and the modules of :data:`~ivrlint.report.page.SCRIPTS` are real files;
:func:`page` puts them and the data of one run into one text.
"""

from __future__ import annotations

from ivrlint.report.page import page

__all__ = ["page"]
