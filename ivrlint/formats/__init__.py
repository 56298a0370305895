"""Input formats, one module (or package) each.

A format has ``NAME``, ``SUFFIXES`` (of files worth trying when a folder is searched), ``COMMENT`` (what
begins a comment, "" if there are none), ``detect(source) -> bool`` and ``read(sources, project) -> Flow``,
which reads all sources of this format in one project. ``ENCODINGS``, if it is there, are tried in turn; else
files are UTF-8. What a format cannot read or resolve becomes problems and unknown steps, never an exception.
"""
