"""Puts the page's files and the data of one run into one text.

The text allows itself nothing: its policy names the hashes of its own style and script, and no other source.
The same run makes the same bytes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from ivrlint import __version__
from ivrlint.linter import Report
from ivrlint.report.data import as_json
from ivrlint.report.picture import drawn
from ivrlint.words import plural, printable

SCRIPTS = (
    "walk.js",
    "dom.js",
    "scene.js",
    "diagram.js",
    "step.js",
    "summary.js",
    "findings.js",
    "teller.js",
    "phone.js",
    "main.js",
)
"""The page's modules; each imports only from those before it."""

STYLES = (
    "theme.css",
    "page.css",
    "bench.css",
    "diagram.css",
    "telephone.css",
    "smaller.css",
    "paper.css",
)
"""Later ones win."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./[\w.]+";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:class|const|function) )", re.MULTILINE)


def page(report: Report) -> str:
    """The whole page for what a run found."""
    return composed(report, drawn(report))


def composed(report: Report, drawn: Mapping[str, Any]) -> str:
    """The page with a diagram that has been ``drawn`` already."""
    style, script = "\n".join(map(_file, STYLES)), _script()
    return Template(_file("page.html")).substitute(
        policy=_policy(style, script),
        version=__version__,
        title=escape(_title(report)),
        style=style,
        script=script,
        data=as_json(report, drawn),
    )


def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _script() -> str:
    """All modules as one: what they export to one another they see, so nothing needs to be loaded."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", _file(name))) for name in SCRIPTS)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _title(report: Report) -> str:
    """The file's name, or the first one's and how many more there are."""
    paths = [source.path for source in report.reading.flow.sources]
    if not paths:
        return "no files"
    first = printable(paths[0].rpartition("/")[2])
    return first if len(paths) == 1 else f"{first} and {plural(len(paths) - 1, 'more file')}"
