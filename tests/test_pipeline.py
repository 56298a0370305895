"""In the pipeline: pre-commit, the GitHub Action, completion in a shell."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pre_commit.clientlib import load_manifest

from ivrlint.plugins import modules
from tests.conftest import ROOT

LONG = """line "1" -> a
menu a { 1 -> b }
menu b { 1 -> c }
menu c { 1 -> d }
menu d { 1 -> agents }
queue agents "Please hold."
"""
SCHEMAS = files("check_jsonschema") / "builtin_schemas" / "vendor"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with a program `ivrlint` that is ours first on the path."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "ivrlint"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m ivrlint "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, env=os.environ | environment
    )


def test_pre_commit_stops_a_commit_of_a_bad_flow(folder: Path) -> None:
    (hook,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")
    local = {key: hook[key] for key in ("id", "name", "entry", "args", "pass_filenames", "files")}
    config = {"repos": [{"repo": "local", "hooks": [{**local, "language": "system"}]}]}
    Path(".pre-commit-config.yaml").write_text(json.dumps(config))
    Path("bad.ivr").write_text(LONG)
    run = (
        "git init -q . && git add -A && "
        f"'{sys.executable}' -m pre_commit run --all-files --color never --verbose"
    )
    done = shell(run, PRE_COMMIT_HOME=str(folder / "home"), HOME=str(folder))
    assert done.returncode == 1, done.stderr
    assert "IVR101" in done.stdout
    Path("bad.ivr").write_text(LONG.replace("menu b { 1 -> c }", "menu b { 1 -> agents }"))
    again = shell("git add -A; " + run, PRE_COMMIT_HOME=str(folder / "home"), HOME=str(folder))
    assert "IVR101" not in again.stdout


def test_the_hook_wakes_up_for_every_format() -> None:
    (hook,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")
    for format_ in modules("formats"):
        for suffix in (*format_.SUFFIXES, *getattr(format_, "SHARED_SUFFIXES", ())):
            assert not suffix or re.search(hook["files"], f"flows/extensions{suffix}"), suffix


def _readme(mark: str) -> str:
    """The example that follows ``<!-- mark -->`` in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.split(f"<!-- {mark} -->")[1].split("```")[1].partition("\n")[2]


def test_three_commands_lead_from_red_to_green() -> None:
    Path("flows").mkdir()
    Path("flows/main.ivr").write_text(LONG)
    commands = _readme("ratchet").splitlines()
    assert [shell(command).returncode for command in commands] == [1, 0, 0]
    Path("flows/new.ivr").write_text('line "2" -> nowhere\n')
    assert shell(commands[-1]).returncode == 1


def test_the_configuration_of_the_readme_is_one() -> None:
    Path("ivrlint.toml").write_text(_readme("config"))
    Path("billing.json").write_text("{}")
    done = shell("ivrlint check --show-settings")
    assert (done.returncode, done.stderr) == (0, "")
    Path("main.ivr").write_text('line "1" -> q\nqueue q "Please hold."\n')
    assert "IVR904" not in shell("ivrlint check main.ivr").stdout


def test_the_python_of_the_readme_runs() -> None:
    Path("flows").mkdir()
    Path("flows/main.ivr").write_text(LONG)
    done = subprocess.run(
        [sys.executable, "-c", _readme("python")], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "IVR101" in done.stdout


@pytest.mark.parametrize(
    ("first", "schema"),
    [("# .github/workflows/phone-menus.yml", "github-workflows"), ("# .gitlab-ci.yml", "gitlab-ci")],
)
def test_the_pipelines_of_the_readme_are_valid(first: str, schema: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = [
        each for each in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if each.startswith(first)
    ]
    document = yaml.safe_load(example)
    wanted = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    if schema == "github-workflows":
        document["on"] = document.pop(True)  # YAML 1.1 takes `on` for a truth
    jsonschema.validate(document, wanted)


def _action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def test_the_action_is_valid() -> None:
    schema = json.loads((SCHEMAS / "github-actions.json").read_text(encoding="utf-8"))
    jsonschema.validate(_action(), schema)


@pytest.mark.parametrize(("text", "code"), [(LONG, "1"), ('line "1" -> q\nqueue q\n', "0"), ("menu {", "2")])
def test_the_action_writes_sarif_and_passes_on_the_exit_code(text: str, code: str) -> None:
    action = _action()
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "check"]
    defaults = {name: each["default"] for name, each in action["inputs"].items()}
    values = {
        name: defaults[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in step["env"].items()
    }
    Path("main.ivr").write_text(text)
    done = shell(f"set -e; {step['run']}", GITHUB_OUTPUT="output", **values)
    assert done.returncode == 0, done.stderr
    assert Path("output").read_text() == f"exit-code={code}\n"
    assert json.loads(Path(defaults["sarif-file"]).read_text())["version"] == "2.1.0"


def test_completion_in_bash() -> None:
    Path("flows").mkdir()
    script = (
        f"{_readme('completion').splitlines()[0]}\n"
        "complete -p ivrlint\n"
        'ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()\n'
        '_ivrlint_completion ivrlint; echo "${COMPREPLY[@]}"; }\n'
        "ask ivrlint ch\nask ivrlint check --format sa\nask ivrlint rule too-many-k\n"
    )
    done = shell(script)
    completing, *replies = done.stdout.splitlines()
    assert "_ivrlint_completion" in completing
    assert replies == ["check", "sarif", "too-many-keypresses"]


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_shells_script_is_made(name: str) -> None:
    done = shell(f"_IVRLINT_COMPLETE={name}_source ivrlint")
    assert (done.returncode, "_IVRLINT_COMPLETE=" in done.stdout) == (0, True)


def test_bash_and_git_are_there() -> None:
    assert shutil.which("bash")
    assert shutil.which("git")
