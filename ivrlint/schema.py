"""The JSON schema of a configuration, made from what the program takes; it ships as ``schemas/config.json``.

Editors that know TOML by schema (Taplo, Even Better TOML) check and complete ``ivrlint.toml`` with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from ivrlint import configfile
from ivrlint.config import Settings
from ivrlint.options import Kind, kinds, spelling
from ivrlint.rules import Rule, all_rules

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OTHERS = "^(?!IVR)[A-Z]+[0-9]+$"
"""Codes of rules of plug-ins, of whose options nothing is known."""


def config() -> dict[str, Any]:
    """The schema."""
    defaults = Settings()
    properties: dict[str, Any] = {
        spelling(name): _value(kind, getattr(defaults, name)) for name, kind in configfile.keys().items()
    }
    properties["extends"] = {"type": "string", "description": "In a profile: the profile it extends."}
    for rule in all_rules():
        if hasattr(rule, "Options"):
            table = _rule(rule)
            properties |= {rule.CODE: table, rule.NAME: table}
    return {
        "$schema": _DIALECT,
        "title": "ivrlint.toml",
        "type": "object",
        "properties": properties,
        "patternProperties": {_OTHERS: {"type": "object"}},
        "additionalProperties": False,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    options = rule.Options  # type: ignore[attr-defined]
    said = dict(re.findall(r"^- `([a-z-]+)`[^:]*: ([^\n]*)", rule.__doc__, re.MULTILINE))
    fields = {
        spelling(name): _value(
            kind._replace(about=said.get(spelling(name), "")), options._field_defaults[name]
        )
        for name, kind in kinds(options).items()
    }
    return {
        "type": "object",
        "description": f"{rule.CODE} {rule.NAME}: {rule.__doc__.strip().splitlines()[0]}",
        "properties": fields,
        "additionalProperties": False,
    }


def _value(kind: Kind, default: Any) -> dict[str, Any]:
    about = {"description": kind.about} if kind.about else {}
    plain = list(default) if isinstance(default, tuple) else default
    return {**about, **_type(kind.type, kind.within), **({} if plain is None else {"default": plain})}


def _type(hint: Any, within: range | None = None) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is tuple:
        texts = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [{"type": "string"}, texts]}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _type(get_args(hint)[1])}
    if hint is int:
        bounds = {"minimum": within.start, "maximum": within.stop - 1} if within else {"minimum": 0}
        return {"type": "integer", **bounds}
    return {"type": "boolean" if hint is bool else "string"}
