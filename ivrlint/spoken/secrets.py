"""What announcements say of recordings and of cards, in all languages at once: single words tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_RECORDING = re.compile(
    r"\b(?:record(?:ed|ing|s)?|monitored|graba(?:d[oa]s?|r|ci[oó]n)|grava(?:d[oa]s?|r|ç[aã]o)|enregistr\w+"
    r"|aufgezeichnet|aufzeichn\w+|mitgeschnitten|registrat[aeio]|registrazion[ei])\b",
    re.I,
)
_CARD = re.compile(
    r"\bcard(?:['’]s)? numbers?\b|\bdigits (?:on|of) (?:the front of )?your (?:\w+ )?card\b|\bcvv\b|\bcvc\b"
    r"|\bcard (?:verification|security)\b|\bcard(?:['’]s)? expir\w+"
    r"|\bn[uú]meros? de (?:la |su |tu )?tarjeta|\bd[ií]gitos de (?:la |su |tu )tarjeta"
    r"|\bn[uú]meros? d[oe] (?:seu )?cart[aã]o|\bd[ií]gitos do (?:seu )?cart[aã]o"
    r"|\bnum[eé]ro de (?:la |votre )?carte|\bchiffres de (?:la |votre )carte"
    r"|\bkartennummer\b|\bkreditkartennummer\b|\bprüfziffer\b"
    r"|\bnumero della (?:sua |tua )?carta|\bcifre della (?:sua |tua )?carta",
    re.I,
)
_PART = re.compile(
    r"\blast (?:three|four|3|4)\b|\b[uú]ltim[oa]s (?:tres|cuatro|três|quatro|3|4)\b"
    r"|\b(?:trois|quatre|3|4) derniers\b|\bletzten (?:drei|vier|3|4)\b|\bultime (?:tre|quattro|3|4)\b",
    re.I,
)


def tell_of_recording(texts: Iterable[str]) -> bool:
    """Does one of ``texts`` speak of a recording?"""
    return any(_RECORDING.search(text) for text in texts)


def ask_for_card(texts: Iterable[str]) -> bool:
    """Does one of ``texts`` ask for the number or the code of a card, and not for its last digits only?"""
    return any(_CARD.search(text) and not _PART.search(text) for text in texts)
