"""``did you mean``: the known word that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str:
    """The one of ``known`` that is most like ``word``, whatever its case; "" if none is much like it."""
    from difflib import get_close_matches  # only where something is wrong: this is on the start-up path

    spellings = {each.casefold(): each for each in known}
    found = get_close_matches(word.casefold(), spellings, 1)
    return spellings[found[0]] if found else ""


def hint(word: str, known: Iterable[str]) -> str:
    """``; did you mean `limit`?``, or "" if nothing is like it."""
    close = closest(word, known)
    return f"; did you mean `{close}`?" if close else ""
