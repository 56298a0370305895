"""Files beside the dialplan: what keys do in queues and voicemail, and what telephones dial into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ivrlint.formats.asterisk import ENCODINGS
from ivrlint.formats.asterisk.sections import Loader, Section
from ivrlint.project import Project, ReadError
from ivrlint.source import Source

_OPERATOR = re.compile(r"\boperator=(\w+)", re.IGNORECASE)
_CHANNELS = (
    "pjsip.conf",
    "sip.conf",
    "iax.conf",
    "users.conf",
    "chan_dahdi.conf",
    "dahdi-channels.conf",
    "zapata.conf",
    "chan_dongle.conf",
    "dongle.conf",
    "skinny.conf",
    "pjsip_wizard.conf",
)
"""Files that put telephones and lines into contexts."""

_CONTEXT = ("context", "endpoint/context")
_MESSAGES = ("message_context", "endpoint/message_context", "outofcall_message_context")
_TRUE = ("yes", "true", "on", "1", "y", "t")


@dataclass(frozen=True, slots=True)
class Companions:
    """``queues``: settings by queue, None if the file is not there or not all of it; ``boxes``: what is
    written of each mailbox, by voicemail context; ``dialled``: contexts that telephones and lines are put
    into, and the files that say so; ``all_dialled``: do they name all of them? ``texts``: contexts that
    texts come into, which are no calls.
    """

    queues: dict[str, dict[str, str]] | None = None
    voicemail: dict[str, str] | None = None
    boxes: dict[str, dict[str, str]] = field(default_factory=dict)
    dialled: dict[str, str] = field(default_factory=dict)
    all_dialled: bool = False
    texts: frozenset[str] = frozenset()

    def exit_context(self, queue: str) -> str:
        """Where keys pressed in ``queue`` are looked up; "" if they do nothing."""
        return (self.queues or {}).get(queue, {}).get("context", "")

    def takes_keys(self, context: str) -> bool:
        """Are keys that are pressed in some queue looked up there?"""
        return any(settings.get("context") == context for settings in (self.queues or {}).values())

    def lacks(self, queue: str) -> bool:
        """Is it known that there is no such queue?"""
        return self.queues is not None and queue not in self.queues

    def operator(self, box: str) -> bool:
        """May callers leave the voicemail of ``box`` (``number@context``) with 0?"""
        number, _, context = box.partition("&")[0].partition("@")
        own = _OPERATOR.search(self.boxes.get(context or "default", {}).get(number, ""))
        allowed = own[1] if own else (self.voicemail or {}).get("operator", "no")
        return allowed.lower() in _TRUE

    def people(self, context: str) -> dict[str, str]:
        """Mailboxes of a voicemail context and the names of their owners."""
        return {box: _owner(options) for box, options in self.boxes.get(context, {}).items()}

    def puts_elsewhere(self, context: str) -> bool:
        """Is it told where telephones and lines are, and are none told to be in ``context``?"""
        return bool(self.dialled) and context not in self.dialled

    @property
    def voicemail_exit(self) -> str:
        """The context for 0 and * in voicemail; "" for the one the call is in."""
        return (self.voicemail or {}).get("exitcontext", "")


def beside(source: Source, project: Project) -> Companions:
    """The companions of the dialplan ``source``."""
    queues = _sections("queues.conf", source, project)
    voicemail = _sections("voicemail.conf", source, project)
    general = [section for section in voicemail or [] if section.name.lower() == "general"]
    return Companions(
        _queues(queues) if queues is not None else None,
        {line.key.lower(): line.value for section in general for line in section.lines}
        if voicemail
        else None,
        {
            section.name: {line.key: line.value for line in section.lines if line.key.isdigit()}
            for section in voicemail or []
            if section not in general
        },
        *_dialled(source, project),
    )


def _dialled(source: Source, project: Project) -> tuple[dict[str, str], bool, frozenset[str]]:
    """The contexts of calls, whether nothing is missing, and those of texts; ``sip.conf`` has one for those
    whom it does not know.
    """
    found: dict[str, str] = {}
    texts: set[str] = set()
    missing = False
    for name in _CHANNELS:
        loader = Loader(project)
        try:
            loader.load(project.include(name, source, ENCODINGS))
        except ReadError:
            continue
        missing = missing or bool(loader.guesses)
        for section in loader.sections:
            named = [line.value for line in section.lines if line.key.lower() in _CONTEXT and line.value]
            if not named and name == "sip.conf" and section.name.lower() == "general":
                named = ["default"]
            found.update((each, name) for each in named if each not in found)
            texts.update(line.value for line in section.lines if line.key.lower() in _MESSAGES)
    return found, bool(found) and not missing, frozenset(texts - found.keys())


def _queues(sections: list[Section]) -> dict[str, dict[str, str]]:
    return {
        section.name: {line.key.lower(): line.value for line in section.lines}
        for section in sections
        if section.name.lower() != "general" and not section.template
    }


def _owner(value: str) -> str:
    parts = value.split(",")
    return parts[1].strip() if len(parts) > 1 else ""


def _sections(name: str, source: Source, project: Project) -> list[Section] | None:
    try:
        loader = Loader(project)
        loader.load(project.include(name, source, ENCODINGS))
    except ReadError:
        return None
    return None if loader.guesses else loader.sections
