"""Input formats, one module (or package) each.

A format has ``NAME``, ``SUFFIXES`` (of files that are its own), ``COMMENT`` (what begins a comment, "" if
there are none; or a function of the source that tells), ``detect(source) -> bool`` and
``read(sources, project) -> Flow``, which reads all sources of this format in one project. What it cannot read
or resolve becomes problems and unknown steps, never an exception.

Optional: ``SHARED_SUFFIXES`` ("" for none) of files that may be its own: when a folder is searched,
``detect`` decides, and what no format knows is passed over. ``ENCODINGS``, to be tried in turn; UTF-8 if not
given.
"""
