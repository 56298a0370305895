"""What one process costs."""

from __future__ import annotations

import os
import subprocess
from typing import NamedTuple

from tests.conftest import ROOT

ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """Of one process: processor time in seconds and peak memory in MiB."""

    seconds: float
    memory: float


def cost(command: list[str]) -> Cost:
    """Run ``command`` to its end, its output thrown away."""
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
