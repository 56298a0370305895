"""What the nodes of a diagram are called."""

from __future__ import annotations

from ivrlint.flow import Flow


def places(flow: Flow) -> dict[str, str]:
    """The node name of every place: ``s0``, ``s1``... in order of first appearance in the flow."""
    names: dict[str, str] = {}
    for step in flow.steps:
        names.setdefault(step.place, f"s{len(names)}")
    return names
