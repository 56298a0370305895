"""Words that tell of recordings and cards."""

from __future__ import annotations

import pytest

from ivrlint.spoken.secrets import ask_for_card, tell_of_recording


@pytest.mark.parametrize(
    "text",
    [
        "Please enter your card number.",
        "Please enter the sixteen digits of your credit card.",
        "Introduzca el número de su tarjeta.",
        "Digite o número do seu cartão.",
        "Composez le numéro de votre carte.",
        "Bitte geben Sie Ihre Kartennummer ein.",
        "Digiti il numero della sua carta.",
    ],
)
def test_a_card_is_asked_for(text: str) -> None:
    assert ask_for_card(["Thank you.", text])


@pytest.mark.parametrize(
    "text",
    [
        "Please enter the last four digits of your card number.",
        "Introduzca los últimos cuatro dígitos de su tarjeta.",
        "Die letzten vier Ziffern Ihrer Kartennummer, bitte.",
        "To pay by card, press 1.",
        "Please enter your account number.",
    ],
)
def test_no_card_is_asked_for(text: str) -> None:
    assert not ask_for_card([text])


@pytest.mark.parametrize(
    "text",
    [
        "This call may be recorded.",
        "Esta llamada será grabada.",
        "Esta chamada pode ser gravada.",
        "Cet appel est enregistré.",
        "Dieses Gespräch wird aufgezeichnet.",
        "La chiamata sarà registrata.",
    ],
)
def test_a_recording_is_told_of(text: str) -> None:
    assert tell_of_recording([text])
    assert not tell_of_recording(["Welcome."])
