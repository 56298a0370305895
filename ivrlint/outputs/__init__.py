"""Output formats of findings, one module each: ``NAME`` and ``render(report, stream, colour)``."""
