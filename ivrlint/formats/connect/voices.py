"""The language in which each block speaks: that of the voice set last on every way to it."""

from __future__ import annotations

from collections import deque

from ivrlint.formats.connect.facts import path_of
from ivrlint.formats.connect.language import Block
from ivrlint.formats.connect.library import Library
from ivrlint.formats.connect.places import At, Map

_SPEAKERS = {
    "ar-AE": "Hala Zayd",
    "arb": "Zeina",
    "ca-ES": "Arlet",
    "cmn-CN": "Zhiyu",
    "cs-CZ": "Jitka",
    "cy-GB": "Gwyneth",
    "da-DK": "Mads Naja Sofie",
    "de-AT": "Hannah",
    "de-CH": "Sabrina",
    "de-DE": "Daniel Hans Marlene Vicki",
    "en-AU": "Nicole Olivia Russell",
    "en-GB": "Amy Arthur Brian Emma",
    "en-GB-WLS": "Geraint",
    "en-IE": "Niamh",
    "en-IN": "Raveena",
    "en-NZ": "Aria",
    "en-SG": "Jasmine",
    "en-US": "Danielle Gregory Ivy Joanna Joey Justin Kendra Kevin Kimberly Matthew Ruth Salli Stephen",
    "en-ZA": "Ayanda",
    "es-ES": "Alba Conchita Enrique Lucia Raul Sergio",
    "es-MX": "Andres Mia",
    "es-US": "Lupe Miguel Pedro Penelope",
    "fi-FI": "Suvi",
    "fr-BE": "Isabelle",
    "fr-CA": "Chantal Gabrielle Liam",
    "fr-FR": "Celine Lea Mathieu Remi",
    "is-IS": "Dora Karl",
    "it-IT": "Adriano Bianca Carla Giorgio",
    "ja-JP": "Kazuha Mizuki Takumi Tomoko",
    "ko-KR": "Jihye Seoyeon",
    "nb-NO": "Ida Liv",
    "nl-BE": "Lisa",
    "nl-NL": "Laura Lotte Ruben",
    "pl-PL": "Ewa Jacek Jan Maja Ola",
    "pt-BR": "Camila Ricardo Thiago Vitoria",
    "pt-PT": "Cristiano Ines",
    "ro-RO": "Carmen",
    "ru-RU": "Maxim Tatyana",
    "sv-SE": "Astrid Elin",
    "tr-TR": "Burcu Filiz",
    "yue-CN": "Hiujin",
}
"""Amazon Polly's voices by language (its Developer Guide, "Available voices"), without Aditi and Kajal, who
speak two languages."""

_LANGUAGES = {name: language for language, names in _SPEAKERS.items() for name in names.split()}


def languages(library: Library, map_: Map) -> dict[At, str]:
    """The language spoken at each block where every way to it sets the same; calls come in without one."""
    if not any(_sets(block) for flow in library.flows.values() for block in flow.blocks.values()):
        return {}
    entered = [library.flows[key] for key, _ in library.entries]
    waiting = deque(At(flow.key, flow.start.id) for flow in entered if flow.start)
    heard: dict[At, set[str]] = {at: {""} for at in waiting}
    while waiting:
        at = waiting.popleft()
        block = library.flows[at.flow].blocks.get(at.block)
        spoken = {_spoken(block)} if block and _sets(block) else heard[at]
        for following in map_.after(at) if block else ():
            known = heard.setdefault(following, set())
            if not spoken <= known:
                known |= spoken
                waiting.append(following)
    return {at: next(iter(spoken)) for at, spoken in heard.items() if len(spoken) == 1}


def _sets(block: Block) -> bool:
    return block.type == "UpdateContactTextToSpeechVoice" or bool(block.text("LanguageCode"))


def _spoken(block: Block) -> str:
    """The language that ``block`` sets; "" where that is not known."""
    code = block.text("LanguageCode")
    return ("" if path_of(code) else code) or _LANGUAGES.get(block.text("TextToSpeechVoice"), "")
