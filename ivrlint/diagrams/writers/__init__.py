"""Kinds of picture files, one module each: ``NAME`` (the suffix) and ``write(picture, options) -> bytes``.

Adding one is adding a module here, or naming one under the entry point group ``ivrlint.diagrams.writers``.
"""
