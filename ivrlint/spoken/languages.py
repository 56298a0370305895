"""What each language calls keys, and how it tells callers to press them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

_HINTS = {
    "en": "press|push|hit|touch|select|choose|dial|enter|type|key in",
    "es": "puls|presion|oprim|m[aá]r[qc]|d[ií]g[ií]t|tecle|elij|elig|esco[gj]|seleccion|apriet|toque",
    "pt": "tecl|digit|dis[qc]|prim|pression|apert|mar[qc]|escolh|selecion|carreg",
    "fr": "appuy|tap[eo]|press[eo]|compos|faites|choisi|s[ée]lectionne|saisi|enfonc",
    "de": "geben|dr(?:ü|ue)ck|w(?:ä|ae)hl|tipp|betätig",
    "it": "prem|digit|selezion|sc[eh]|compon|tocchi|pigi",
}
"""How words of instruction begin: a text with none of them needs no language loaded."""

SUPPORTED = tuple(_HINTS)

_HANG_UP = re.compile("hang|cuelg|colgar|deslig|raccroch|auflegen|legen sie|riaggan|riattac")
_LATER = re.compile(
    "later|tomorrow|another|else|tarde?|mañana|vuelva|más|mais|amanhã|momento|plus|ultérieur|demain|autre"
    "|später|morgen|noch|domani|altro"
)
_WISH = re.compile("if you|\\bsi |\\bse |wenn sie|falls sie")
_EXTENSION = re.compile("exten|interno|anexo|ramal|poste|durchwahl|nebenstelle")


class Language(NamedTuple):
    """One language as regular expressions.

    ``instruction`` finds a verb with its keys (groups ``keys`` and ``bare`` hold them). ``further`` and
    ``elided`` find a key (with its article: ``all``) whose verb is that of the sentence so far: "press 1 for
    sales, 2 for support", "for sales press 1, for support 2". ``extension`` is an invitation to dial the
    extension of somebody, with no key before it.
    """

    code: str
    instruction: re.Pattern[str]
    further: re.Pattern[str]
    elided: re.Pattern[str]
    key: re.Pattern[str]
    range: re.Pattern[str]
    purpose: re.Pattern[str]
    purposeful: re.Pattern[str]
    excluded: re.Pattern[str]
    data: re.Pattern[str]
    finished: re.Pattern[str]
    speak: re.Pattern[str]
    person: re.Pattern[str]
    only_person: re.Pattern[str]
    elsewhere: re.Pattern[str]
    extension: re.Pattern[str]
    hang_up: re.Pattern[str]
    later: re.Pattern[str]
    hold: re.Pattern[str]
    wish: re.Pattern[str]
    answer: re.Pattern[str]
    dangling: re.Pattern[str]
    names: dict[str, re.Pattern[str]]

    def named(self, text: str) -> str:
        """The key that ``text`` is a word or figure for."""
        if text in "*#" or text.isdigit():
            return text
        return next(key for key, words in self.names.items() if words.fullmatch(text.lower()))


def likely(text: str) -> list[Language]:
    """The languages of which ``text`` may hold an instruction."""
    small = text.lower()  # patterns that need not mind the case are twice as fast
    return [language(code) for code, hint in _hints().items() if hint.search(small)]


def may_invite(text: str) -> bool:
    """Can there be an invitation to dial an extension in ``text``?"""
    return bool(_EXTENSION.search(text.lower()))


def may_let_go(text: str) -> bool:
    """Can callers be told in ``text`` that they may hang up?"""
    return bool(_HANG_UP.search(text.lower()))


def may_leave_open(text: str) -> bool:
    """Can a key be left to who wishes in ``text``?"""
    return bool(_WISH.search(text.lower()))


def may_send_away(text: str) -> bool:
    """Can callers be asked in ``text`` to call again, or for anything else?"""
    return bool(_LATER.search(text.lower()))


@cache
def _hints() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(rf"\b(?:{stems})") for code, stems in _HINTS.items()}


@cache
def language(code: str) -> Language:
    """The language with the two letters ``code``."""
    import tomllib  # only where something is said: this module is on the start-up path
    from importlib.resources import files

    data = tomllib.loads((files("ivrlint.spoken") / f"{code}.toml").read_text(encoding="utf-8"))
    names = {key: re.compile(_any(words)) for key, words in data["keys"].items()}
    return Language(code=code, names=names, **_patterns(data, names))


def _patterns(data: dict[str, Any], names: dict[str, re.Pattern[str]]) -> dict[str, re.Pattern[str]]:
    any_of = {name: _any(value) for name, value in data.items() if isinstance(value, list)}
    key = rf"(?:\d{{1,2}}(?!\d)|[*#]|{_any([each.pattern for each in names.values()])}(?!\w))"
    keys = rf"{key}(?:{_GAP}(?:(?:,|/|{any_of['or']}\b)\s*){{1,2}}{_article(any_of)}{_QUOTE}{key})*"
    several = rf"(?:{key}{_GAP}(?:-|–|{any_of['through']}\b){_GAP}{key}|{keys})"
    behind = rf"(?:\s?{any_of['behind']}\b)?" if data["behind"] else ""
    end = rf"{_QUOTE}{behind}(?!\w)(?!\s?[-.:/]\d|,\d|\s?{any_of['units']}(?!\w)|\s+{key}(?!\w))"
    verb = rf"(?P<verb>\b{any_of['verbs']})\b"
    forms = [rf"{verb}\s*[:\"'“”«»(]?\s*{_article(any_of)}{_QUOTE}(?P<keys>{several}){end}"]
    if "verbs_behind" in data:
        forms.append(rf"(?<!\w)(?P<bare>{several}){end}\s*(?:zu\s+)?{any_of['verbs_behind']}\b")
    return {
        "instruction": _compiled("|".join(f"(?:{form})" for form in forms)),
        "further": _compiled(
            rf"(?:^|[,;.:]|\b{any_of['or']}\b)\s*(?P<all>{_article(any_of)}{_QUOTE}(?P<keys>{several}){end}),?\s+(?={any_of['purpose']}\b)"
        ),
        "elided": _compiled(
            rf"\s*[,;]?\s*(?:{any_of['or']}\s+)?{any_of['purpose']}\b[^.,;:!?]{{2,60}}?"
            rf"(?:\s|,\s+(?={any_of['between']}\b))(?P<all>{_article(any_of)}{_QUOTE}"
            rf"(?P<keys>{several}){end})(?=\s*(?:[.,;!?]|{any_of['or']}\b|$))(?!\s*[,;]?\s*(?:\w+\s+)?{any_of['verbs']}\b)"
        ),
        "key": _compiled(rf"(?<!\w)(?:{key})(?!\w)"),
        "range": _compiled(rf"({key}){_GAP}(?:-|–|{any_of['through']}\b){_GAP}({key})"),
        "purpose": _compiled(rf"\b{any_of['purpose']}\b"),
        "purposeful": _compiled(rf"{_GAP}(?:[,:]\s*)?(?:{any_of['meanwhile']},?\s*)?{any_of['purpose']}\b"),
        "excluded": _compiled(rf"\b{any_of['not_before']}\s*$"),
        "data": _compiled(rf"\b{any_of['data']}\b"),
        "finished": _compiled(rf"\b{any_of['finished']}\b"),
        "speak": _compiled(rf"\b{any_of['speak']}\b"),
        "person": _compiled(rf"\b{any_of['person']}\b"),
        "only_person": _compiled(rf"^(?:\W|{any_of['purpose']}|\w{{1,4}}\b)*{any_of['person']}\W*$"),
        "dangling": _compiled(rf"^{any_of['or']}\b[\s,]*|[\s,]*\b{any_of['or']}(?:\s+{any_of['between']})*$"),
        "elsewhere": _compiled(rf"\b{any_of['elsewhere']}\b"),
        "hang_up": _compiled(rf"\b{any_of['hang_up']}\b"),
        "later": _compiled(rf"\b{any_of['later']}\b"),
        "hold": _compiled(rf"\b{any_of['hold']}\b"),
        "wish": _compiled(rf"\b{any_of['wish']}(?!\w)"),
        "answer": _compiled(rf"(?:{any_of['purpose']}\s+)?{_QUOTE}{any_of['answer']}(?!\w){_QUOTE}\W*$"),
        "extension": _compiled(rf"\b{any_of['extension']}(?!\w)"),
    }


_GAP = r"\s*"
_QUOTE = r"[\"'“”‘’«»„()]?"


def _article(any_of: dict[str, str]) -> str:
    return rf"(?:(?:{any_of['between']}\b|l['’])\s*){{0,4}}"


def _any(patterns: list[str]) -> str:
    return f"(?:{'|'.join(_spaced(pattern) for pattern in patterns)})"


def _spaced(pattern: str) -> str:
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
