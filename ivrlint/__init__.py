"""ivrlint tells how many keypresses stand between callers and a human being."""

__version__ = "0.1.0"
