"""Input formats, one module (or package) each.

A format has ``NAME``, ``SUFFIXES`` (of files worth trying when a folder is searched), ``COMMENT`` (what
begins a comment, "" if there are none), optionally ``ENCODINGS`` (to try in turn; UTF-8 if not given), ``detect(source) -> bool`` and ``read(sources, project) -> Flow``,
which reads all sources of this format in one project. What it cannot read or resolve becomes problems and
unknown steps, never an exception.
"""
