"""``--fix-suppressions``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ivrlint import suppress
from ivrlint.commands._common import written
from ivrlint.project import ReadError, read_bytes
from ivrlint.words import plural

if TYPE_CHECKING:
    from ivrlint.linter import Report
    from ivrlint.source import Source

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")


def fixed(report: Report, say: Callable[[str], None]) -> Report:
    """``report`` without the findings that were mended: ignores that hide nothing are gone from the files.

    Raises:
        click.ClickException: for a file that cannot be written.
    """
    sources = dict.fromkeys(each.span.source for each, _ in report.unused)
    done = set()
    for source in sources:
        unused = [(each, words) for each, words in report.unused if each.span.source is source]
        if _rewrite(source, suppress.without(source, unused)):
            done |= {each.span for each, _ in unused}
            say(f"{source.path}: {plural(len(unused), 'ignore')} removed.")
        else:
            say(f"{source.path}: not a file that can be written; nothing is removed.")
    left = tuple(each for each in report.findings if each.code != "IVR903" or each.span not in done)
    return report._replace(findings=left)


def _rewrite(source: Source, text: str) -> bool:
    """Write ``text`` as the file was encoded; False if the file is not what was read."""
    try:
        data = read_bytes(source.path)
    except ReadError:
        return False
    for encoding in _ENCODINGS:
        try:
            same = data.decode(encoding) == source.text
        except UnicodeDecodeError:
            continue
        if same:
            written(source.path, text.encode(encoding))
            return True
    return False
