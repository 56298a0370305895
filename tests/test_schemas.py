"""The schemas that ship hold what the program writes, and what it takes."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from ivrlint import schema
from ivrlint.configfile import PROFILES, profiles
from tests.conftest import ROOT

Run = Callable[..., Result]
SCHEMAS = ROOT / "ivrlint" / "schemas"
FLOWS = sorted((ROOT / "sample_flows").glob("*.ivr")) + sorted((ROOT / "tests" / "cases").glob("*/bad*.ivr"))


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


def errors(name: str, document: Any) -> list[str]:
    return [error.message for error in validator(name).iter_errors(document)]


@pytest.mark.parametrize("name", ["config", "check", "routes"])
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(validator(name).schema)


def test_the_schema_of_the_configuration_is_what_the_program_takes() -> None:
    path = SCHEMAS / "config.json"
    text = json.dumps(schema.config(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("IVRLINT_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("", True),
        ('limit = 3\nselect = ["ALL"]\nignore = "IVR506"\nseverity.IVR101 = "off"\n', True),
        ('per-file-ignores = {"a.json#Main" = ["IVR105"]}\nassume = {office = "open"}\n', True),
        ("[ACM001]\nmost = 3\n", True),
        ("limt = 3\n", False),
        ("limit = -1\n", False),
        ("words-per-minute = 1000\n", False),
        ('severity.IVR101 = "bad"\n', False),
        ("[IVR102]\nmost = 3\n", False),
    ],
)
def test_configurations(text: str, valid: bool) -> None:
    assert (errors("config", tomllib.loads(text)) == []) == valid


@pytest.mark.parametrize("name", profiles())
def test_profiles(name: str) -> None:
    assert errors("config", tomllib.loads((PROFILES / f"{name}.toml").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("flow", FLOWS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_check_and_routes_print_is_valid(flow: Path, run: Run) -> None:
    checked = run("check", str(flow), "--isolated", "--limit", "1", "--format", "json")
    assert errors("check", json.loads(checked.stdout)) == []
    routes = run("routes", str(flow), "--isolated", "--format", "json")
    if routes.exit_code == 0:
        assert errors("routes", json.loads(routes.stdout)) == []
    else:
        assert routes.stdout == ""
