"""The commands, one module each, named as its module: ``command`` is what click runs.

A command's module is imported when it is called or its help is asked for. It imports click and
:mod:`ivrlint.commands._common` at its top, and what it works with only where it works. Names that begin with
an underscore are no commands.
"""
