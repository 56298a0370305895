"""Announcements in the style of real ones, and what they offer."""

from __future__ import annotations

import pytest

from ivrlint.spoken import Order, leaves_open, lets_go, lets_wait, read, sends_away

# ruff: noqa: E501

FIRST, LAST, OPEN = Order.ACTION_FIRST, Order.KEY_FIRST, Order.UNKNOWN

PHRASINGS: list[tuple[str, list[tuple[str, Order]]]] = [
    # English
    ("For billing, press 1. For sales, press two.", [("1", FIRST), ("2", FIRST)]),
    ("Press 1 for sales, 2 for support, or 3 to leave a message.", [("1", LAST), ("2", LAST), ("3", LAST)]),
    ("Press one for sales press two for support", [("1", LAST), ("2", LAST)]),
    ("thank you for calling acme for sales press one for support press two", [("1", FIRST), ("2", FIRST)]),
    ("Press or say one for billing.", [("1", LAST)]),
    ('If that is right, say "yes" or press 1. Otherwise, press 2.', [("1", FIRST), ("2", FIRST)]),
    ("To repeat this menu, press star. To go back, press the pound key.", [("*", FIRST), ("#", FIRST)]),
    ("You may press 0 at any time to speak to a representative.", [("0", LAST)]),
    ("For billing (press 1), sales (press 2).", [("1", FIRST), ("2", FIRST)]),
    ("Billing, press 1; sales, press 2.", [("1", FIRST), ("2", FIRST)]),
    ("Press 1: Sales. Press 2: Support.", [("1", LAST), ("2", LAST)]),
    ("Press 1 or 2 for sales.", [("1", LAST), ("2", LAST)]),
    ("Press 1 through 3 to rate us.", [("1", LAST), ("2", LAST), ("3", LAST)]),
    ("To reach billing. Press 1. To reach sales. Press 2.", [("1", FIRST), ("2", FIRST)]),
    ("If you know the extension, dial it now, or press 1 for sales.", [("1", OPEN)]),
    ("For the front desk, press zero or stay on the line.", [("0", FIRST)]),
    ("Please press 1 if you are a customer, or press 2 if you are new.", [("1", LAST), ("2", LAST)]),
    (
        "Select 1 for savings, select 2 for checking and press # to go back.",
        [("1", LAST), ("2", LAST), ("#", LAST)],
    ),
    ("Press 1, if you are a customer, or, 2, if you are new.", [("1", LAST), ("2", LAST)]),
    ("For accounts, dial 12.", [("12", FIRST)]),
    ("Press 1 on your telephone keypad for sales.", [("1", LAST)]),
    ("For sales press 1, for support 2, and for billing 3.", [("1", FIRST), ("2", FIRST), ("3", FIRST)]),
    ("For sales press 1; if your number ends in 5, press 2.", [("1", FIRST), ("2", FIRST)]),
    ("For sales press 1, if your order is over 5 pounds call us.", [("1", FIRST)]),
    # Spanish
    ("Para ventas, pulse uno. Para soporte, marque el dos.", [("1", FIRST), ("2", FIRST)]),
    ("Presione 1 para ventas o 2 para soporte.", [("1", LAST), ("2", LAST)]),
    ("Si desea repetir, oprima asterisco o almohadilla.", [("*", FIRST), ("#", FIRST)]),
    ("Para volver al menú, pulse la tecla numeral.", [("#", FIRST)]),
    ("Marque 1, si ya es cliente.", [("1", LAST)]),
    ("Si desea pagar, presione la tecla 4; para reclamos, la tecla 5.", [("4", FIRST), ("5", FIRST)]),
    ("Para pagos marque 1, si vence el 5 de mayo espere.", [("1", FIRST)]),
    ("Marque el 4 de su teléfono para pagar.", [("4", LAST)]),
    # Portuguese
    ("Para segunda via, digite dois. Para voltar, tecle jogo da velha.", [("2", FIRST), ("#", FIRST)]),
    ("Prima 1 para faturação ou 2 para avarias.", [("1", LAST), ("2", LAST)]),
    ("Carregue na tecla 3 para outros assuntos.", [("3", LAST)]),
    ("Tecle 2 no seu telefone para falar com um atendente.", [("2", LAST)]),
    ("Se já é cliente, tecle um.", [("1", FIRST)]),
    # French
    (
        "Pour le service client, appuyez sur le un. Pour réécouter, tapez étoile.",
        [("1", FIRST), ("*", FIRST)],
    ),
    ("Tapez 1 pour les cartes, tapez 2 pour les crédits.", [("1", LAST), ("2", LAST)]),
    ("Si vous souhaitez continuer, appuyez sur la touche dièse.", [("#", FIRST)]),
    ("Appuyez sur la touche quatre de votre téléphone pour suivre votre commande.", [("4", LAST)]),
    # German
    ("Für Fragen zur Rechnung drücken Sie die Eins.", [("1", FIRST)]),
    ("Möchten Sie eine Störung melden, wählen Sie bitte die 2.", [("2", FIRST)]),
    ("Drücken Sie die 1 für Deutsch oder die 2 für Englisch.", [("1", LAST), ("2", LAST)]),
    ("Um das Menü zu wiederholen, die Raute drücken.", [("#", FIRST)]),
    ("Wenn Sie zurück möchten, drücken Sie die Sterntaste.", [("*", FIRST)]),
    (
        "Bei Fragen zur Rechnung drücken Sie bitte die 3, bei technischen Problemen die 4 und zum Abmelden die 5.",
        [("3", FIRST), ("4", FIRST), ("5", FIRST)],
    ),
    ("Drücken Sie die 1 auf Ihrer Telefontastatur für den Verkauf.", [("1", LAST)]),
    # Italian
    ("Per fatturazione, prema uno. Per un guasto, digiti il tasto due.", [("1", FIRST), ("2", FIRST)]),
    ("Premi 1 per le offerte, 2 per il servizio clienti.", [("1", LAST), ("2", LAST)]),
    ("Se desidera riascoltare, prema cancelletto.", [("#", FIRST)]),
    ("Prema il tasto 1 della tastiera per le vendite.", [("1", LAST)]),
    # Several at once
    (
        "For English press 1. Para español, oprima el 2. Pour le français, appuyez sur le 3. "
        "Für Deutsch drücken Sie die 4. Per l'italiano, prema cinque. Para português, tecle seis.",
        [(key, FIRST) for key in "123456"],
    ),
    # Nothing is offered
    ("Please enter your 10-digit account number followed by the pound key.", []),
    ("Enter your PIN, then press pound.", []),
    ("Please count from 1 to 20. Press pound when you finish.", []),
    ("Press any key to continue.", []),
    ("Please press one of the following keys.", []),
    ("If this is an emergency, hang up and dial 9-1-1. Or dial 911.", []),
    ("Do not press 1 yet. Don't press 2. Never press 3.", []),
    ("If you press 3, you will lose your place.", []),
    ("You will wait for 5 minutes. Enter 4 digits. Press 1,000 times.", []),
    ("Digite o seu CPF seguido de jogo da velha. Prima uma tecla.", []),
    ("No oprima 1. Pulse uno de los botones. Marque su número y luego almohadilla.", []),
    ("N'appuyez pas sur 3. Appuyez sur une touche. Saisissez votre code puis appuyez sur dièse.", []),
    ("Drücken Sie eine beliebige Taste. Drücken Sie nicht die 1. Geben Sie 4 Ziffern ein.", []),
    ("Non prema 1. Prema un tasto. Inserisca il codice, poi prema cancelletto.", []),
    ("Bienvenue. Willkommen. Benvenuti. Bienvenidos. Welcome. Bem-vindo.", []),
    ("Stiskněte 1. Naciśnij 2. Druk op 3.", []),
]


@pytest.mark.parametrize(("text", "offered"), PHRASINGS, ids=[text[:40] for text, _ in PHRASINGS])
def test_what_is_offered(text: str, offered: list[tuple[str, Order]]) -> None:
    assert [(each.key, each.order) for each in read([text]).instructions] == offered


@pytest.mark.parametrize(
    "action",
    [
        "To speak to an agent", "To talk with a customer service representative", "For the operator",
        "To be connected to someone who can help", "Para hablar con un agente",
        "Para comunicarse con un asesor", "Para falar com um atendente", "Pour parler à un conseiller",
        "Si vous souhaitez être mis en relation avec un téléconseiller",
        "Wenn Sie einen Mitarbeiter sprechen möchten", "Um mit einem Berater verbunden zu werden",
        "Per parlare con un operatore", "Para falar com atendente",
    ],
)  # fmt: skip
def test_a_person_is_promised(action: str) -> None:
    verb = {"T": "press", "F": "press", "S": "appuyez sur le", "W": "drücken Sie die", "U": "drücken Sie die"}
    words = {"Para h": "pulse", "Para c": "pulse", "Para f": "tecle", "Pour p": "tapez", "Per pa": "prema"}
    press = words.get(action[:6]) or verb[action[0]]
    (offered,) = read([f"{action}, {press} 0."]).instructions
    assert offered.promises_person


@pytest.mark.parametrize(
    "text",
    [
        "To leave a message for an agent, press 1.", "To speak to an agent's voicemail, press 1.", "To have an agent call you back, press 1.",
        "For billing, press 1.", "For agent opening hours, press 1.", "To speak to our virtual agent, press 1.",
        "Para dejar un mensaje a un agente, pulse 1.", "Para deixar recado ao atendente, tecle 1.",
        "Pour laisser un message à un conseiller, tapez 1.", "Für einen Rückruf durch einen Berater drücken Sie die 1.",
        "Per lasciare un messaggio a un operatore, prema 1.",
    ],
)  # fmt: skip
def test_no_person_is_promised(text: str) -> None:
    (offered,) = read([text]).instructions
    assert not offered.promises_person


def test_what_each_key_is_for() -> None:
    reading = read(["Thank you for calling. For billing, press 1. Press 2 to hear our hours, or 0 for help."])
    assert [(each.key, each.action) for each in reading.instructions] == [
        ("1", "For billing"), ("2", "to hear our hours"), ("0", "for help"),
    ]  # fmt: skip


def test_prompts_played_one_after_another_are_one() -> None:
    reading = read(["For billing,", "press 1", "For sales", "press 2"])
    assert [(i.key, i.action, i.prompt) for i in reading.instructions] == [
        ("1", "For billing", 1), ("2", "For sales", 3),
    ]  # fmt: skip


def test_markup_and_entities_are_not_heard() -> None:
    text = '<speak>For parts &amp; repairs<break time="1s"/> press <say-as interpret-as="digits">1</say-as></speak>'
    (offered,) = read([text]).instructions
    assert (offered.key, offered.action) == ("1", "For parts & repairs")


@pytest.mark.parametrize(
    "value", ["${name}", "$.Attributes.name", "{{user.name}}", "<<name>>", "$['x']['y']"]
)
def test_what_is_filled_in_is_not_known(value: str) -> None:
    reading = read([f"Hello {value}, press 1 to go on."])
    assert [each.key for each in reading.instructions] == ["1"]
    assert not reading.complete


def test_words_that_are_not_known_leave_the_rest() -> None:
    reading = read(["", "Press 1 for sales."])
    assert [(each.key, each.prompt) for each in reading.instructions] == [("1", 1)]
    assert not reading.complete


def test_a_language_that_is_not_read_says_nothing() -> None:
    assert read(["Press 1 for sales."], ["nl-NL"]) == read([""])
    assert read(["Press 1 for sales."], ["en-GB"]).instructions


def test_every_key_that_occurs_is_mentioned() -> None:
    mentioned = read(
        ["Press 1 for sales, support is on two, and 4 to 6 are for shops. Star repeats."]
    ).mentioned
    assert {"1", "2", "4", "5", "6", "*"} <= mentioned
    assert not {"3", "7", "#"} & mentioned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Press 1 for the main menu, otherwise you can hang up now.", True),
        ("Press 1 to wait, or do not hang up.", False),
        ("Press 1 for the main menu.", False),
        ("Anything else? Say yes to continue or hang up to end.", True),
        ("Pulse 1 para volver o cuelgue.", True),
        ("Pulse 1 para volver. No cuelgue.", False),
        ("Tecle 1 para voltar ou pode desligar.", True),
        ("Tecle 1 para voltar. Não desligue.", False),
        ("Tapez 1 pour le menu, ou raccrochez.", True),
        ("Tapez 1 pour le menu, ne raccrochez pas.", False),
        ("Drücken Sie die 1 oder legen Sie auf.", True),
        ("Drücken Sie die 1, bitte nicht auflegen.", False),
        ("Prema 1 per il menù oppure riagganci.", True),
        ("Prema 1 per il menù, non riagganci.", False),
    ],
)
def test_callers_are_told_that_they_may_hang_up(text: str, expected: bool) -> None:
    assert lets_go([text]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please try again later, or press 1 to request a callback.", True),
        ("We are closed. Please call us back tomorrow. To leave a message, press 1.", True),
        ("To be called back later, press 1.", False),
        ("Press 1 to have an agent call back later.", False),
        ("To hear this again, press 1. For tomorrow's weather, press 2.", False),
        ("Llame más tarde o pulse 1 para dejar un mensaje.", True),
        ("Ligue novamente mais tarde ou tecle 1.", True),
        ("Rappelez-nous plus tard ou tapez 1.", True),
        ("Rufen Sie bitte später an oder drücken Sie die 1.", True),
        ("Versuchen Sie es später noch einmal.", True),
        ("Richiamare più tardi oppure prema 1.", True),
        ("Für morgen drücken Sie die 1.", False),
        ("Is there anything else I can help you with?", True),
        ("For anything else, press 5.", False),
        ("¿Desea algo más? Pulse 1.", True),
        ("Opción no válida, vuelva a intentarlo.", False),
        ("Deseja mais alguma coisa? Tecle 1.", True),
        ("Y a-t-il autre chose ? Tapez 1.", True),
        ("Können wir Ihnen sonst noch helfen?", True),
        ("C'è altro? Prema 1.", True),
        ("Per altro prema 5.", False),
    ],
)
def test_callers_are_asked_to_call_again_or_for_anything_else(text: str, expected: bool) -> None:
    assert sends_away([text]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For voicemail, press 1. Otherwise, just remain on the line.", True),
        ("To be called back, press 1, or hold for an agent.", True),
        ("Press 1 to be called back or wait for the next agent.", True),
        ("Press 1 for accounts on hold.", False),
        ("For waiting times, press 1.", False),
        ("Pulse 1 para ventas o permanezca en la línea.", True),
        ("Para vendas, tecle 1. Caso contrário, aguarde na linha.", True),
        ("Pour laisser un message, tapez 1, sinon restez en ligne.", True),
        ("Für einen Rückruf drücken Sie die 1, oder bleiben Sie in der Leitung.", True),
        ("Per le vendite, prema 1, oppure resti in linea.", True),
    ],
)
def test_callers_are_told_that_they_may_wait(text: str, expected: bool) -> None:
    assert lets_wait([text]) is expected


@pytest.mark.parametrize(
    ("bare", "named"),
    [
        ("If you want, press 1.", "If you want to speak with us, press 1."),
        ("Si lo desea, marque 1.", "Si desea hablar con nosotros, marque 1."),
        ("Se quiser, tecle 1.", "Se quiser falar conosco, tecle 1."),
        ("Si vous le souhaitez, appuyez sur 1.", "Si vous souhaitez nous parler, appuyez sur 1."),
        ("Wenn Sie möchten, drücken Sie die 1.", "Wenn Sie mit uns sprechen möchten, drücken Sie die 1."),
        ("Se lo desidera, prema 1.", "Se desidera parlare con noi, prema 1."),
    ],
)
def test_a_key_left_to_who_wishes_is_told_from_what_a_key_is_for(bare: str, named: str) -> None:
    assert leaves_open([bare])
    assert not leaves_open([named])
