"""Bad input of any kind ends in one clear message and exit 2."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ivrlint import project

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t\n", "the file is empty"),
    "bom-only": (b"\xef\xbb\xbf", "the file is empty"),
    "comment-only": (b"// nothing yet\n", "no `line` says where calls come in"),
    "binary": (bytes(range(256)) * 16, "the file is binary"),
    "latin-1": ('line "1" -> q\nqueue q "é"\n'.encode("latin-1"), "line 2, byte 10 (0xe9) is not UTF-8"),
    "utf-16": ('line "1" -> q\nqueue q\n'.encode("utf-16"), "the file is UTF-16"),
    "long-line": (b'say x "' + b"a" * 1_000_000 + b'" -> hangup\n', "line 1 has more than 100000 characters"),
    "nested": (b"menu a {\n" * 5000, "`menu` cannot stand inside `menu a`"),
    "nested-in-a-line": (b"menu a { " * 5000, "`menu` cannot stand inside `menu a`"),
    "no-line": (b'say x "Hello." -> hangup\n', "no `line` says where calls come in"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_message(name: str, run: Run) -> None:
    content, message = CASES[name]
    Path("flow.ivr").write_bytes(content)
    for command in (["check", "flow.ivr"], ["routes", "flow.ivr"], ["diagram", "flow.ivr", "-o", "x.svg"]):
        result = run(*command)
        assert result.exit_code == 2
        assert message in result.output
        assert result.output.count("IVR9") == 1 + (name == "nested")
        assert max(map(len, result.output.splitlines())) < 300
    assert not Path("x.svg").exists()


def test_a_huge_file_is_refused_before_it_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "MOST_BYTES", 1000)
    Path("flow.ivr").write_text("// " + "x" * 2000)
    result = run("check", "flow.ivr")
    assert (result.exit_code, "the file is larger than" in result.output) == (2, True)


def test_a_missing_file(run: Run) -> None:
    result = run("check", "nowhere.ivr")
    assert (result.exit_code, "No such file or directory" in result.output) == (2, True)


def test_a_folder_without_flows(run: Run) -> None:
    Path("empty").mkdir()
    result = run("check", "empty")
    assert (result.exit_code, "this folder holds no flow" in result.output) == (2, True)


def test_an_empty_file_of_asterisk_that_a_search_meets_is_passed_over(run: Run) -> None:
    Path("extensions.conf").write_text("[in]\nexten => s,1,Queue(people)\n")
    for path in ("extensions.ael", "custom.conf"):
        Path(path).write_text("\n")
    assert run("check", ".").exit_code == 0
    for path in ("extensions.ael", "custom.conf"):
        result = run("check", path)
        assert (result.exit_code, "the file is empty" in result.output) == (2, True)
    Path("flow.ivr").write_text("")
    result = run("check", ".")
    assert (result.exit_code, "the file is empty" in result.output) == (2, True)


def test_an_empty_file_may_be_included_in_a_dialplan(run: Run) -> None:
    Path("custom.inc").write_text("\n")
    Path("extensions.conf").write_text("#include custom.inc\n[in]\nexten => s,1,Queue(people)\n")
    assert run("check", "extensions.conf").exit_code == 0
    Path("extensions.ael").write_text('#include "custom.inc"\ncontext in { s => Queue(people); }\n')
    assert run("check", "extensions.ael").exit_code == 0


def test_another_kind_of_file(run: Run) -> None:
    Path("notes.txt").write_text("hello")
    result = run("check", "notes.txt")
    assert (result.exit_code, "not a format that ivrlint reads" in result.output) == (2, True)


def test_a_file_that_may_not_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    Path("flow.ivr").write_text('line "1" -> hangup\n')
    monkeypatch.setattr("builtins.open", refuse)  # root, as whom CI may run, may read everything
    result = run("check", "flow.ivr")
    assert (result.exit_code, "Permission denied" in result.output) == (2, True)


def test_a_folder_in_place_of_an_include(run: Run) -> None:
    Path("common.ivr").mkdir()
    Path("main.ivr").write_text('include "common.ivr"\nline "1" -> hangup\n')
    result = run("check", "main.ivr")
    assert (result.exit_code, "this is a folder" in result.output) == (2, True)


def test_a_missing_include_names_the_chain(run: Run) -> None:
    Path("main.ivr").write_text('include "common.ivr"\nline "1" -> hangup\n')
    Path("common.ivr").write_text('include "keys.ivr"\n')
    result = run("check", "main.ivr")
    assert result.exit_code == 2
    assert '"keys.ivr": cannot be read: No such file or directory' in result.output
    assert 'note: "common.ivr" is included here: main.ivr:1:9' in result.output


def test_a_cycle_of_includes_names_the_chain(run: Run) -> None:
    for name, other in ("ab", "bc", "ca"):
        Path(f"{name}.ivr").write_text(f'include "{other}.ivr"\nline "{name}" -> hangup\n')
    result = run("check", "a.ivr")
    assert result.exit_code == 2
    assert "IVR505" in result.output
    assert 'including "a.ivr" goes round in a circle' in result.output
    assert 'note: "b.ivr" is included here: a.ivr:1:9' in result.output
    assert 'note: "c.ivr" is included here: b.ivr:1:9' in result.output


def test_a_chain_of_a_thousand_includes(run: Run) -> None:
    for number in range(1000):
        Path(f"{number}.ivr").write_text(f'include "{number + 1}.ivr"\n')
    Path("1000.ivr").write_text('line "1" -> hangup\n')
    result = run("check", "0.ivr")
    assert (result.exit_code, "nested more than 100 deep" in result.output) == (2, True)


def test_one_bad_file_does_not_hide_what_is_wrong_in_another(run: Run) -> None:
    Path("bad.ivr").write_text("menu {\n")
    Path("good.ivr").write_text('line "1" -> bye\nend bye "Goodbye."\n')
    result = run("check", ".")
    assert result.exit_code == 2
    assert "IVR901" in result.output
    assert "IVR102" in result.output


def test_nothing_steers_the_terminal(run: Run) -> None:
    Path("flow.ivr").write_text('line "1\x1b[2J" -> "\u202eeno"\n')
    output = run("check", "flow.ivr").output
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "1\\x1b[2J" in output
