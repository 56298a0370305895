"""What is said of flows that a template declares and that are not read: silence would pass for approval."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivrlint.flow import Problem, ProblemKind
from ivrlint.formats.connect.terraform import Use
from ivrlint.positions import Object
from ivrlint.source import Span

_GIVE = "give ivrlint the flow as Connect exports it"
_NOT_READ = "it is not read"
_VARIABLE = re.compile(r"\s*(\$\{\w+[(:].*\})\s*")
_FILE = re.compile(r"\s*\$\{file\(\s*([^(){}$,]+?)\s*\)\}\s*")
"""A variable of the Serverless Framework, and one that stands for all of a file."""


def computed(name: str, span: Span, how: str = "") -> Problem:
    """That the content of flow ``name`` is worked out somewhere else."""
    by = f" (`{how}`)" if how else ""
    return Problem(
        ProblemKind.UNSUPPORTED, f"the content of flow `{name}` is computed{by}; {_NOT_READ}", span, _GIVE
    )


def elsewhere(use: Use) -> Problem:
    """That the file that a flow is taken from is not among those given."""
    message = f"flow `{use.label}` is in `{use.path}`, which is not among the files given; {_NOT_READ}"
    return Problem(ProblemKind.UNSUPPORTED, message, use.span, "give ivrlint that file, too")


def file_put_in(content: object) -> str:
    """The path of the file that the Serverless Framework puts in for all of ``content``, or ""."""
    found = _FILE.fullmatch(content) if isinstance(content, str) else None
    return found[1] if found else ""


def resource(name: str, node: Object) -> Problem:
    """Why no flow is read from the CloudFormation resource ``name``."""
    properties = node.get("Properties")
    if not isinstance(properties, Object) or not properties.get("Content"):
        message = f"flow `{name}` has no `Content`, so it cannot be checked"
        return Problem(ProblemKind.UNREADABLE, message, node.span("Type"), _GIVE)
    content, span = properties["Content"], properties.span("Content")
    how = next(iter(content), "") if isinstance(content, Object) else ""
    if how == "Ref" or how.startswith("Fn::"):
        return computed(name, span, how)
    variable = _VARIABLE.fullmatch(content) if isinstance(content, str) else None
    if variable:
        return computed(name, span, variable[1])
    message = f"the `Content` of flow `{name}` is no flow in JSON, so it cannot be checked"
    return Problem(ProblemKind.UNREADABLE, message, span, _GIVE)


def one_of_those_read(problem: Problem) -> Problem:
    """The same where flows are read from files that nothing names: it may be one of these."""
    return problem._replace(
        message=problem.message.replace(_NOT_READ, "whether that is one of the flows read is not known")
    )


def if_nothing_else(problems: Iterable[Problem], read: bool) -> list[Problem]:
    """``problems`` of flows that are not read. A run that has ``read`` no other flow has checked nothing."""
    kind = ProblemKind.UNSUPPORTED if read else ProblemKind.UNREADABLE
    return [problem._replace(kind=kind) for problem in problems]
