"""``ivrlint server``: a language server over stdio, for editors.

Needs the extra ``server`` (pygls). :mod:`~ivrlint.server.service` speaks the protocol,
:mod:`~ivrlint.server.workspace` reads what is open in the editor, and each other module answers one kind of
question.
"""
