"""What one process costs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple, TextIO

ROOT = (
    Path(__file__).resolve().parents[2]
)  # tests.conftest loads much, which would count as children's memory
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """Of one process: processor time in seconds and peak memory in MiB."""

    seconds: float
    memory: float


def cost(command: list[str], cache: Path) -> Cost:
    """What ``command`` costs, run to its end; ``cache`` is where it may keep things."""
    with open(os.devnull, "w") as nowhere:
        return outcome(command, cache, nowhere)[0]


def outcome(command: list[str], cache: Path, said: TextIO) -> tuple[Cost, int]:
    """What ``command`` costs and its exit code; what it says goes to ``said``."""
    environment = ENVIRONMENT | {"XDG_CACHE_HOME": str(cache)}
    process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), process.returncode
