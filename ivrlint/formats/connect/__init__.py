"""Amazon Connect: contact flows as the console, the API, CloudFormation or Terraform hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivrlint.flow import Flow
from ivrlint.project import Project
from ivrlint.source import Source

NAME = "connect"
SUFFIXES: tuple[str, ...] = ()
SHARED_SUFFIXES = (".json", ".yaml", ".yml", ".template", ".tf", ".tftpl", ".tpl", "")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
COMMENT = ""

_ACTIONS = re.compile(r'"(?:StartAction|Actions)\\*"\s*:|2019-10-30')
_MODULES = re.compile(r'"modules\\*"\s*:\s*\[')
_BLOCKS = re.compile(r'"blocks\\*"\s*:\s*\[')
_LEGACY = re.compile(r'"(?:branches|transition|contactFlow|start)\\*"')
_RESOURCE = re.compile(
    r'AWS::Connect::ContactFlow(?:Module)?\b|^[ \t]*resource\s+"aws_connect_contact_flow', re.M
)


def detect(source: Source) -> bool:
    """By what it says: flows are exported without an extension too."""
    text = source.text
    if text.lstrip()[:1] in ("{", "[", '"'):
        if "Action" in text and '"' in text and _is_flow_language(text):
            return True
        if "modules" in text and _MODULES.search(text) and _LEGACY.search(text):
            return True
        if '"transition' in text and '"branches' in text and _BLOCKS.search(text):
            return True
        return "FlowAssociationSummaryList" in text or "AWS::Connect::ContactFlow" in text
    return ("AWS::Connect::" in text or "aws_connect_" in text) and bool(_RESOURCE.search(text))


def _is_flow_language(text: str) -> bool:
    return ("StartAction" in text or "2019-10-30" in text) and bool(_ACTIONS.search(text))


def read(sources: Iterable[Source], project: Project) -> Flow:
    """All flows of ``sources`` as one project; nothing is followed that could not be read."""
    from ivrlint.formats.connect.files import read_files  # loaded only for a file of ours

    return read_files(sources, project)
