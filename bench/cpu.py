"""CPU time of a program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts/lib"))
from tooling import fail  # noqa: E402


def cpu_seconds(command: list[str]) -> float:
    with tempfile.TemporaryFile() as problems:
        child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=problems)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        # Findings are no failure: cfn-lint ends with a sum of 2, 4 and 8, the others with 1.
        if child.returncode not in range(16):
            problems.seek(0)
            fail(f"`{command[0]}` ended with exit code {child.returncode}", problems.read().decode()[-2000:])
    return usage.ru_utime + usage.ru_stime


def release_program() -> str:
    """Builds the tool `infra`, and returns its path."""
    if subprocess.run(["cargo", "build", "--locked", "--release", "-p", "infra-cli"], cwd=ROOT).returncode:
        fail("the release build failed", code=1)
    return str(Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "release/infra")
