"""Reads announcements: which keys they offer for what, in six languages.

``read(texts)`` takes what is played one after the other and gives a :class:`Reading`. Words are data: one
TOML file per language, loaded when a text has a word that may be of that language.
"""

from ivrlint.spoken.actions import Order
from ivrlint.spoken.reading import Instruction, Reading, leaves_open, lets_go, lets_wait, read, sends_away

__all__ = ["Instruction", "Order", "Reading", "leaves_open", "lets_go", "lets_wait", "read", "sends_away"]
