"""From a flow to picture files: one if that can be laid out in time, else one for each sub-flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import NamedTuple

from ivrlint import plugins
from ivrlint.diagrams.alike import alike_merged
from ivrlint.diagrams.compose import composed
from ivrlint.diagrams.fold import chains_folded
from ivrlint.diagrams.options import DiagramError, Options
from ivrlint.diagrams.picture import Picture
from ivrlint.diagrams.render import TooLongError
from ivrlint.diagrams.repeat import repeated
from ivrlint.diagrams.select import selected
from ivrlint.diagrams.sketch import Link, Sketch, Spot, gather
from ivrlint.finding import Finding
from ivrlint.rules import Context
from ivrlint.words import printable

MOST_SPOTS = 100
"""Nodes of a page, roughly: a sub-flow with more is cut up."""


class Page(NamedTuple):
    """A file's bytes and what it shows ("": everything)."""

    title: str
    data: bytes


class Drawing(NamedTuple):
    """The pages, and what a user should know of how they were made."""

    pages: tuple[Page, ...]
    notes: tuple[str, ...]


def formats() -> tuple[str, ...]:
    """The suffixes of all files that can be written."""
    return plugins.names("diagrams.writers")


def picture(context: Context, findings: Sequence[Finding], wanted: Options) -> Picture:
    """What is drawn where one picture can hold it; ``findings`` are numbered in their order.

    Raises:
        DiagramError: if it cannot be drawn as ``wanted``.
    """
    return composed(repeated(_sketch(context, findings, wanted), wanted.repeat), findings, wanted)


def draw(context: Context, findings: Sequence[Finding], wanted: Options, format_: str) -> Drawing:
    """The diagram as files of ``format_``, one of :func:`formats`.

    A layout that takes longer than ``wanted.seconds`` is tried in a simpler way, then in pages; the notes say
    which.

    Raises:
        DiagramError: if it cannot be drawn as ``wanted``; TooLongError if not in time, and not in pages.
    """
    writer = next(each for each in plugins.modules("diagrams.writers") if format_ == each.NAME)
    sketch = _sketch(context, findings, wanted)
    whole = composed(repeated(sketch, wanted.repeat), findings, wanted)
    told = getattr(writer, "note", lambda _: "")(whole)
    notes = [told] if told else []
    limit = f"laying it out takes more than {wanted.seconds:g} s"
    try:
        data, simpler = _written(writer, whole, wanted)
    except TooLongError:
        if not wanted.paged:
            raise
        pages = tuple(_pages(writer, sketch, findings, wanted))
        return Drawing(pages, (*notes, f"{limit}, in a simpler way too: drawn in {len(pages)} pages"))
    if simpler:
        notes.append(f"{limit}: drawn in a simpler way, with straight edges and no boxes")
    return Drawing((Page("", data),), tuple(notes))


def written(whole: Picture, wanted: Options, format_: str) -> bytes:
    """A picture made elsewhere as a file of ``format_``, in one piece.

    Raises:
        DiagramError: if it cannot be laid out in time.
    """
    writer = next(each for each in plugins.modules("diagrams.writers") if format_ == each.NAME)
    return _written(writer, whole, wanted)[0]


def _sketch(context: Context, findings: Sequence[Finding], wanted: Options) -> Sketch:
    sketch = selected(gather(context, findings, wanted.boxes == "file"), findings, wanted)
    return alike_merged(chains_folded(sketch)) if wanted.fold and wanted.route is None else sketch


def _written(writer: ModuleType, whole: Picture, wanted: Options) -> tuple[bytes, bool]:
    """The file, and whether it was laid out in the simpler way."""
    try:
        return writer.write(whole, wanted), False
    except TooLongError:
        return writer.write(whole._replace(boxes=(), simple=True), wanted), True


# --- pages


def _pages(
    writer: ModuleType, sketch: Sketch, findings: Sequence[Finding], wanted: Options
) -> Iterator[Page]:
    for title, part in split(sketch):
        page = composed(repeated(part, wanted.repeat), findings, wanted)
        try:
            yield Page(title, _written(writer, page, wanted)[0])
        except TooLongError as error:
            raise DiagramError(
                f"{error}, even {title} alone; draw less: --from, --depth, --only-flagged"
            ) from None


def split(sketch: Sketch) -> Iterator[tuple[str, Sketch]]:
    """Each sub-flow (or file), with the steps of others that it leads to or comes from as stubs."""
    boxes: dict[str, list[str]] = {}
    for spot in sketch.spots.values():
        boxes.setdefault(spot.box, []).append(spot.name)
    for box, names in boxes.items():
        parts = [names[at : at + MOST_SPOTS] for at in range(0, len(names), MOST_SPOTS)]
        for number, part in enumerate(parts, 1):
            title = printable(box) or "no sub-flow"
            yield (title if len(parts) == 1 else f"{title}, part {number}"), _page(sketch, part)


def _page(sketch: Sketch, names: Sequence[str]) -> Sketch:
    spots = {name: sketch.spots[name] for name in names}
    links: list[Link] = []
    for link in sketch.links:
        if link.tail in names:
            spots.setdefault(link.head, _stub(sketch.spots[link.head], "→ "))
            links.append(link)
        elif link.head in names:
            came = f"{link.tail}_0"
            spots.setdefault(came, _stub(sketch.spots[link.tail], "from ")._replace(name=came))
            links.append(link._replace(tail=came))
    return Sketch(spots, tuple(links))


def _stub(spot: Spot, prefix: str) -> Spot:
    return spot._replace(stub=prefix, numbers=(), hidden=0)
