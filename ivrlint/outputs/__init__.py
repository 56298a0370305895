"""Output formats of ``check``, one module each: ``NAME`` and ``render(report) -> str``.

Text may hold ANSI colours; whoever prints it takes them out where they do not belong.
"""
