"""ivrlint tells how many keypresses stand between callers and a human being."""
