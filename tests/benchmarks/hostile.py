"""What texts that mean harm cost: the table in ``SECURITY.md``.

    python -m tests.benchmarks.hostile [--mebibytes N] [NAME ...]

Each is of one mebibyte unless told otherwise, and is checked in a process of its own. Told are processor
time, peak memory, the exit code and the first thing that is said.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from multiprocessing import Process
from pathlib import Path

from tests.benchmarks.cost import cost, outcome

_HEAD = re.compile(r"\d+\. ")
EXPORT = '{"Version": "2019-10-30", "StartAction": "a", "Actions": '


def _repeated(begin: str, each: str, end: str = "") -> Callable[[int], str]:
    """``each`` as often as it fits."""
    return lambda size: begin + each * ((size - len(begin) - len(end)) // len(each)) + end


def _numbered(begin: str, each: str, end: str = "") -> Callable[[int], str]:
    """``each`` as often as it fits, with its number for ``#`` and the next one for ``@``."""

    def text(size: int) -> str:
        parts, length = [begin], len(begin) + len(end)
        for number in count():
            part = each.replace("#", str(number)).replace("@", str(number + 1))
            length += len(part)
            if length > size:
                return "".join([*parts, end])
            parts.append(part)
        raise AssertionError

    return text


MENU = "[m#]\nexten => s,1,Background(x)\nexten => 1,1,Goto(m@,s,1)\n"

TEXTS: dict[str, tuple[str, Callable[[int], str]]] = {
    "JSON: brackets": ("a.json", _repeated(EXPORT, "[")),
    "JSON: one long text": ("a.json", _repeated(EXPORT + '[{"Identifier": "', "a", '"}]}')),
    "JSON: empty blocks": ("a.json", _repeated(EXPORT + "[{}", ",{}", "]}")),
    "JSON: blocks that lead nowhere": (
        "a.json",
        _numbered(
            EXPORT + '[{"Identifier":"a","Type":"Wait","Transitions":{}}',
            ',{"Identifier":"b#","Type":"Loop","Transitions":{"NextAction":"c#"}}',
            "]}",
        ),
    ),
    "JSON: texts": ("a.json", _repeated(EXPORT + '["a"', ',"a"', "]}")),
    "YAML: brackets": ("a.yaml", _repeated("Resources: ", "[")),
    "YAML: aliases": (
        "a.yaml",
        _repeated(
            "Resources:\n  a: &a [x]\n  f: {Type: 'AWS::Connect::ContactFlow'}\n  b: [", "*a,", "*a]\n"
        ),
    ),
    "YAML: items": (
        "a.yaml", _repeated("Resources:\n  f: {Type: 'AWS::Connect::ContactFlow'}\nb:\n", "- a\n")
    ),
    "Terraform: signs": (
        "a.tf", _repeated('resource "aws_connect_contact_flow" "a" { content = [', "1,", "]}")
    ),
    "Terraform: flows without content": (
        "a.tf", _numbered("", 'resource "aws_connect_contact_flow" "a#" {}\n')
    ),
    "dialplan: one long line": ("extensions.conf", _repeated("[a]\nexten => s,1,Set(X=", "a", ")\n")),
    "dialplan: nested expressions": ("extensions.conf", _repeated("[a]\nexten => s,1,Set(X=", "$[")),
    "dialplan: contexts": ("extensions.conf", _numbered("", "[c#]\nexten => s,1,NoOp\n")),
    "dialplan: a chain of menus": ("extensions.conf", _numbered("", MENU)),
    "dialplan: lines that say nothing": (
        "extensions.conf", _repeated("[a]\nexten => s,1,Queue(q)\n", "x\n")
    ),
    "dialplan: ignores": (
        "extensions.conf", _repeated("[a]\nexten => s,1,Queue(q)\n", "; ivrlint: ignore\n")
    ),
    "dialplan: lines": ("extensions.conf", _repeated("[a]\nexten => s,1,A()\n", "same=>n,A\n")),
    "AEL: statements": ("a.ael", _repeated("context a { s => { ", "a;", "} }\n")),
    "AEL: nested braces": ("a.ael", _repeated("context a { s => ", "{")),
    ".ivr: a chain of menus": (
        "a.ivr", _numbered('line "1" -> m0\n', 'menu m# "For x, press 1." { 1 -> m@ }\n')
    ),
    ".ivr: words": ("a.ivr", _repeated("", "a ")),
}  # fmt: skip
"""File name and text of a size, by what they try."""


def rows(names: list[str], size: int) -> Iterator[str]:
    """What each costs."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names or TEXTS:
            path = Path(folder, TEXTS[name][0])
            command = [sys.executable, "-m", "ivrlint", "check", "--isolated", "--no-cache", str(path)]
            _write(path, name, 2000)
            cost(command, Path(folder, "cache"))  # parser tables are made now
            writer = Process(target=_write, args=(path, name, size))  # what we hold, children seem to hold
            writer.start()
            writer.join()
            with Path(folder, "said").open("w+", encoding="utf-8") as said:
                took, code = outcome(command, Path(folder, "cache"), said)
                said.seek(0)
                first = said.readline().rstrip()[:60]
                findings = sum(bool(_HEAD.match(line)) for line in said) + bool(_HEAD.match(first))
            path.unlink()
            told = f"exit {code}, {findings} findings: {first}"
            yield f"{name:<34} {took.seconds:6.1f} s {took.memory:5.0f} MiB   {told}"


def _write(path: Path, name: str, size: int) -> None:
    path.write_text(TEXTS[name][1](size), encoding="utf-8")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.hostile")
    parser.add_argument("--mebibytes", type=float, default=1)
    parser.add_argument("names", nargs="*", metavar="NAME")
    given = parser.parse_args()
    for row in rows(given.names, int(given.mebibytes * 2**20)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
