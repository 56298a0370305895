"""``python -m tests.fuzz TARGET``: a long run by hand; what is found becomes a test.

With ``--coverage``, atheris (from PyPI) chooses what to break by what it reaches in our code.
"""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import time
import traceback
from pathlib import Path
from random import Random
from types import FunctionType
from typing import Any

from ivrlint import plugins
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS, Target, look_at

MOST_SECONDS = 20
"""Of processor time, for one run."""

SLOW = 2
"""Seconds; the slowest run is kept if it took longer."""

LOOKED_AT = 10
"""One in so many texts is also checked, printed and drawn; that costs several times what reading it does."""


def main() -> None:
    """Runs until the count is reached; each different crash is told and kept once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seeds", type=Path, action="append", default=[], help="further files to break")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="folder for what crashed")
    parser.add_argument("--larger", action="store_true", help="break the larger seeds, not the small ones")
    parser.add_argument("--coverage", action="store_true")
    given = parser.parse_args()
    target = TARGETS[given.target]
    seeds = target.larger if given.larger else target.seeds
    texts = [path.read_text("utf-8", "replace") for path in (*seeds, *given.seeds)]
    if given.coverage:
        _by_coverage(target, texts, given)
    else:
        gc.freeze()
        _at_random(target, texts, given)


def _at_random(target: Target, texts: list[str], given: Any) -> None:
    random = Random(given.seed)
    known: set[str] = set()
    slowest, size, started = 0.0, 0, time.perf_counter()
    signal.signal(signal.SIGVTALRM, _too_long)
    for number in range(given.runs):
        broken = mutated(texts, random)
        begun = time.process_time()
        where = _crash(target, broken, number % LOOKED_AT == 0)
        took = time.process_time() - begun
        if took > slowest:
            slowest, size = took, len(broken)
            if took > SLOW:
                _write(broken, given.keep / f"{given.target}-slowest")
        if where and where not in known:
            known.add(where)
            _keep(broken, where, given.keep, len(known), given.target)
    seconds = time.perf_counter() - started
    print(f"{given.target}: {given.runs} runs in {seconds:.0f} s, {len(known)} different crashes, ", end="")
    print(f"slowest {slowest:.2f} s ({size} characters)")
    sys.exit(bool(known))


def _crash(target: Target, broken: str, looked_at: bool) -> str:
    """Where ``target`` failed, "" if it did not."""
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        _run(target, broken, looked_at)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {frame.filename}:{frame.lineno}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return ""


def _run(target: Target, broken: str, looked_at: bool) -> None:
    reading = target.run(broken)
    if reading and looked_at:
        look_at(reading)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {MOST_SECONDS} s")


def _keep(broken: str, where: str, folder: Path, number: int, name: str) -> None:
    path = folder / f"{name}-{number}"
    _write(broken, path)
    print(f"{path}: {where}", flush=True)


def _write(broken: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(broken, encoding="utf-8", errors="surrogatepass")


def _by_coverage(target: Target, texts: list[str], given: Any) -> None:
    import tempfile

    import atheris

    corpus = tempfile.mkdtemp()
    for number, each in enumerate(texts):
        Path(corpus, str(number)).write_text(each, encoding="utf-8", errors="replace")
    for function in _ours():
        atheris.instrument_func(function)

    def one(data: bytes) -> None:
        _run(target, data.decode("utf-8", "replace"), sum(data) % LOOKED_AT == 0)

    def broken(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        ours = mutated([data.decode("utf-8", "replace")], random)
        return ours.encode("utf-8", "replace")[:most]

    given.keep.mkdir(parents=True, exist_ok=True)
    wanted = [f"-runs={given.runs}", f"-seed={given.seed + 1}", "-max_len=4000", "-timeout=60"]
    wanted += [f"-artifact_prefix={given.keep}/{given.target}-"]
    atheris.Setup([sys.argv[0], corpus, *wanted], one, custom_mutator=broken)
    atheris.Fuzz()


def _ours() -> list[FunctionType]:
    """Our own functions; to instrument all that is loaded takes minutes."""
    plugins.modules("formats")
    found = (each for each in gc.get_objects() if isinstance(each, FunctionType))
    return [each for each in found if (each.__module__ or "").startswith("ivrlint.")]


if __name__ == "__main__":
    main()
