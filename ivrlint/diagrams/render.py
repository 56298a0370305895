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

FORMATS = ("svg", "png", "dot", "pdf")
SECONDS = 120
"""How long a layout may take."""


_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "MODIFIER", "FEMININE", "MASCULINE", "MICRO")


class RenderError(Exception):
    """A picture that cannot be made; the message says why and what to do."""


def picture(dot: str, format_: str) -> bytes:
    """``dot`` as a file of ``format_`` (one of :data:`FORMATS`).

    Raises:
        RenderError: if no renderer can draw it, or takes longer than :data:`SECONDS`.
    """
    if format_ == "dot":
        return dot.encode()
    program = _system() if format_ == "pdf" else _embedded() or _system()
    if program is None:
        what = "PDF needs" if format_ == "pdf" else "this machine needs"
        raise RenderError(f"{what} Graphviz: install it, or write .svg, .png or .dot instead")
    try:
        done = subprocess.run(
            [program, f"-T{format_}"], input=dot.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RenderError(
            f"laying the diagram out took more than {SECONDS} s; write .dot, or draw fewer files at a time"
        ) from None
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
