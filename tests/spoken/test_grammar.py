"""Announcements drawn from the grammar of announcements read back to the keys they were made from."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ivrlint.spoken import Order, read

# ruff: noqa: E501


class Tongue(NamedTuple):
    """How one language makes sentences of a key ``{k}`` and what it is for, ``{a}``."""

    action_first: tuple[str, ...]
    key_first: tuple[str, ...]
    denied: tuple[str, ...]
    actions: tuple[str, ...]
    keys: dict[str, str]


def _keys(*words: str) -> dict[str, str]:
    return dict(zip("0123456789*#", words, strict=True))


TONGUES = {
    "en": Tongue(
        ("For {a}, press {k}.", "If you are calling about {a}, please press the {k} key.", "To hear about {a} dial {k}."),
        ("Press {k} for {a}.", "Press or say {k} for {a}.", "Please press {k} now to hear about {a}."),
        ("Do not press {k} for {a}.", "If you press {k}, you will hear about {a}."),
        ("billing", "your account", "a new delivery", "opening hours"),
        _keys("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "star", "pound"),
    ),
    "es": Tongue(
        ("Para {a}, pulse {k}.", "Si llama por {a}, oprima la tecla {k}.", "Para {a} marque el {k}."),
        ("Presione {k} para {a}.", "Marque {k} si llama por {a}."),
        ("No oprima {k} para {a}.",),
        ("facturas", "una avería", "nuestros horarios"),
        _keys("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "asterisco", "almohadilla"),
    ),
    "pt": Tongue(
        ("Para {a}, tecle {k}.", "Se deseja {a}, digite {k}.", "Para {a}, prima a tecla {k}."),
        ("Tecle {k} para {a}.", "Pressione {k} se deseja {a}."),
        ("Não tecle {k} para {a}.",),
        ("faturas", "segunda via", "outros assuntos"),
        _keys("zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "asterisco", "jogo da velha"),
    ),
    "fr": Tongue(
        ("Pour {a}, appuyez sur le {k}.", "Si vous appelez pour {a}, tapez {k}.", "Pour {a}, appuyez sur la touche {k}."),
        ("Appuyez sur {k} pour {a}.", "Tapez {k} si vous appelez pour {a}."),
        ("N'appuyez pas sur {k} pour {a}.",),
        ("votre facture", "une panne", "nos horaires"),
        _keys("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "étoile", "dièse"),
    ),
    "de": Tongue(
        ("Für {a} drücken Sie die {k}.", "Wenn Sie wegen {a} anrufen, wählen Sie bitte die {k}.", "Für {a} bitte die {k} drücken."),
        ("Drücken Sie die {k} für {a}.", "Wählen Sie {k}, wenn Sie wegen {a} anrufen."),
        ("Drücken Sie nicht die {k} für {a}.",),
        ("Rechnungen", "einer Störung", "unsere Angebote"),
        _keys("Null", "Eins", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun", "Sterntaste", "Raute"),
    ),
    "it": Tongue(
        ("Per {a}, prema {k}.", "Se chiama per {a}, digiti {k}.", "Per {a}, prema il tasto {k}."),
        ("Prema {k} per {a}.", "Digiti {k} se chiama per {a}."),
        ("Non prema {k} per {a}.",),
        ("fatturazione", "un guasto", "i nostri orari"),
        _keys("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "asterisco", "cancelletto"),
    ),
}  # fmt: skip


class Sentence(NamedTuple):
    """A sentence, and what it must be read as (nothing, where ``order`` is None)."""

    text: str
    key: str
    action: str
    order: Order | None
    language: str


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """One sentence of one language."""
    language = draw(st.sampled_from(sorted(TONGUES)))
    tongue = TONGUES[language]
    key = draw(st.sampled_from(sorted(tongue.keys)))
    action = draw(st.sampled_from(tongue.actions))
    order = draw(st.sampled_from([Order.ACTION_FIRST, Order.KEY_FIRST, None]))
    forms = {Order.ACTION_FIRST: tongue.action_first, Order.KEY_FIRST: tongue.key_first, None: tongue.denied}
    word = draw(st.sampled_from([key, tongue.keys[key]]))
    text = draw(st.sampled_from(forms[order])).format(k=word, a=action)
    return Sentence(text, key, action, order, language)


ANNOUNCEMENTS = st.lists(sentences(), min_size=1, max_size=6)


def _meant(announcement: list[Sentence]) -> list[tuple[str, Order]]:
    return [(each.key, each.order) for each in announcement if each.order]


def _read(*texts: str) -> list[tuple[str, Order]]:
    return [(each.key, each.order) for each in read(texts).instructions]


@given(ANNOUNCEMENTS)
def test_keys_and_orders_are_read_back(announcement: list[Sentence]) -> None:
    assert _read(" ".join(each.text for each in announcement)) == _meant(announcement)


@given(sentences().filter(lambda each: each.order is not None), st.booleans())
def test_the_language_is_recognised(sentence: Sentence, named: bool) -> None:
    (offered,) = read([sentence.text], [sentence.language if named else ""]).instructions
    shared = {"es", "pt"} if "digite" in sentence.text or "Marque" in sentence.text else set()
    assert offered.language in {sentence.language, *shared}


@given(ANNOUNCEMENTS)
def test_each_key_has_its_own_action(announcement: list[Sentence]) -> None:
    actions = [each.action for each in read([" ".join(one.text for one in announcement)]).instructions]
    wanted = [each.action for each in announcement if each.order]
    assert len(actions) == len(wanted)
    assert all(part in action for part, action in zip(wanted, actions, strict=True))


@given(ANNOUNCEMENTS, st.data())
def test_it_does_not_matter_how_the_text_is_cut_into_prompts(
    announcement: list[Sentence], data: st.DataObject
) -> None:
    words = " ".join(each.text for each in announcement).split()
    cuts = sorted(data.draw(st.sets(st.integers(1, len(words)), max_size=4)))
    parts = [" ".join(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    assert _read(*parts) == _meant(announcement)


@given(ANNOUNCEMENTS)
def test_markup_changes_nothing(announcement: list[Sentence]) -> None:
    spoken = "".join(f'<s><prosody rate="slow">{each.text}</prosody></s>' for each in announcement)
    assert _read(f"<speak>{spoken}</speak>") == _meant(announcement)


@given(ANNOUNCEMENTS)
def test_every_key_that_is_offered_is_mentioned(announcement: list[Sentence]) -> None:
    reading = read([" ".join(each.text for each in announcement)])
    assert {each.key for each in reading.instructions} <= reading.mentioned


@given(
    st.lists(st.text(max_size=60), max_size=4),
    st.lists(st.sampled_from(["", "en", "xx", "de-AT"]), max_size=2),
)
def test_any_text_can_be_read(texts: list[str], languages: list[str]) -> None:
    reading = read(texts, languages[: len(texts)])
    assert all(0 <= each.prompt < len(texts) for each in reading.instructions)
