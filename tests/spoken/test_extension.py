"""Invitations to dial an extension, and what only sounds like one."""

from __future__ import annotations

import pytest

from ivrlint.spoken import read

# ruff: noqa: E501

INVITATIONS = [
    "If you know your party's extension, you may dial it at any time. For sales, press 1.",
    "If you know the extension of the person you are calling, please dial it now.",
    "Please enter your party's extension now.",
    "If you know your party's extension, dial it now, or press 1 for sales.",
    "You may dial an extension at any time.",
    "If you know your party’s three digit extension you may enter it now.",
    "Si conoce el número de extensión, márquelo ahora.",
    "Si usted conoce la extensión de la persona con quien desea hablar, márquela en cualquier momento.",
    "Si sabe el interno, digítelo ahora.",
    "Marque la extensión deseada.",
    "Si conoce la extensión puede marcarla ahora.",
    "Se souber o número do ramal, digite-o agora.",
    "Se você sabe o ramal desejado, disque agora.",
    "Digite o ramal desejado.",
    "Si vous connaissez le numéro de poste de votre correspondant, composez-le maintenant.",
    "Si vous connaissez le poste, vous pouvez le composer à tout moment.",
    "Wenn Sie die Durchwahl Ihres Gesprächspartners kennen, wählen Sie diese bitte jetzt.",
    "Falls Sie die Durchwahl kennen, geben Sie diese jetzt ein.",
    "Wählen Sie bitte die gewünschte Durchwahl.",
    "Se conosce il numero dell'interno, lo digiti ora.",
    "Se conoscete l'interno desiderato, digitatelo adesso.",
    "Digiti l'interno desiderato.",
]

OTHERS = [
    "If you know your party's extension, press 1.",
    "If you know your party's extension, press 9 and dial it now.",
    "To dial by extension, press 1.",
    "To check voice mail for the user dial extension 8500 to enter the voicemail system.",
    "You can dial 500 to attempt a connection. That user is configured to ring the console when their extension is dialed.",
    "To enter an extension, press 4.",
    "Your extension is 500. For sales, dial 1.",
    "Si conoce la extensión, marque 1.",
    "Si conoce la extensión, pulse 1 y márquela.",
    "Para marcar una extensión, marque 2.",
    "Se souber o ramal, tecle 1.",
    "Se souber o ramal, digite 9.",
    "Para discar um ramal, digite 4.",
    "Si vous connaissez le numéro de poste, appuyez sur le 1.",
    "Si vous connaissez le numéro de poste, tapez 1.",
    "Wenn Sie die Durchwahl kennen, drücken Sie die 1.",
    "Wenn Sie die Durchwahl kennen, wählen Sie die 1.",
    "Se conosce l'interno, prema 1.",
    "Se conosce l'interno, digiti 1.",
    "Per comporre un interno, digiti 2.",
]


@pytest.mark.parametrize("text", INVITATIONS)
def test_callers_are_invited_to_dial_an_extension(text: str) -> None:
    assert read(["Welcome.", text]).extension == 1


@pytest.mark.parametrize("text", OTHERS)
def test_callers_are_not_invited_to_dial_an_extension(text: str) -> None:
    assert read([text]).extension is None
