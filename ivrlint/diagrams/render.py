"""DOT text -> picture files, drawn by the renderer that comes with the ``graphviz-pure`` wheel.

It needs no Graphviz on the machine and draws the same bytes everywhere. A system ``dot`` is asked only where
the wheel has no build, and for PDF, which the wheel cannot draw.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from unicodedata import category, name

from ivrlint.diagrams.options import DiagramError

_NO_PDF = "PDF needs Graphviz: install it, or write .svg, .png, .dot or .mmd instead"
_NO_PICTURE = "the wheel graphviz-pure is missing: install it, or Graphviz, or write .dot or .mmd instead"
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "MODIFIER", "FEMININE", "MASCULINE", "MICRO")


class RenderError(DiagramError):
    """A picture that no renderer can make; the message says why and what to do."""


class TooLongError(RenderError):
    """The layout was given up at the time limit."""


def rendered(dot: str, format_: str, seconds: float) -> bytes:
    """``dot`` as a file of ``format_`` (``svg``, ``png`` or ``pdf``), laid out in at most ``seconds``.

    Raises:
        TooLongError: if that takes longer.
        RenderError: if no renderer can draw it.
    """
    program = _system() if format_ == "pdf" else _embedded() or _system()
    if program is None:
        raise RenderError(_NO_PDF if format_ == "pdf" else _NO_PICTURE)
    command = [program, f"-T{format_}"]
    try:
        done = subprocess.run(command, input=dot.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise TooLongError(f"laying the diagram out takes more than {seconds:g} s") from None
    except OSError as error:
        raise RenderError(f"{program} cannot be run: {error.strerror}") from None
    if done.returncode or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RenderError(f"{os.path.basename(program)} failed: {said[-1] if said else 'no message'}")
    return done.stdout


def missing_glyphs(text: str) -> str:
    """Letters of ``text`` that the embedded renderer's font (Arimo) lacks; a .png shows boxes for them."""
    letters = sorted({sign for sign in text if not sign.isascii() and category(sign)[0] == "L"})
    return "".join(sign for sign in letters if name(sign, "?").split()[0] not in _SCRIPTS)


def _embedded() -> str | None:
    """The renderer's program, beside the interpreter that runs us or on the path."""
    scripts = sysconfig.get_path("scripts")
    return shutil.which("graphviz-pure", path=scripts) or shutil.which("graphviz-pure")


def _system() -> str | None:
    return shutil.which("dot")
