"""Shared code of the benchmarks of the service: PostgreSQL, builds, and a running server."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
from emulator import free_port  # noqa: E402
from tooling import fail  # noqa: E402

TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
WORK = TARGET / "bench-service"
POOL = 10

# Settings of `notes serve` besides port and database: the same pool as the others, and a log as in production.
# The allocator as in the image; the limits off.
SERVICE_ENVIRONMENT = {
    "LOG_LEVEL": "info", "METRICS_PORT": "off", "DB_POOL": str(POOL), "USER_RATE": "off", "NETWORK_RATE": "off", "MALLOC_ARENA_MAX": "2",
}


def wait(url: str, process: subprocess.Popen, log: Path, begun: float) -> float:
    """Milliseconds from `begun` to the first answer with status 200."""
    while time.perf_counter() - begun < 60:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return (time.perf_counter() - begun) * 1000
        except (OSError, urllib.error.HTTPError):
            pass
        if process.poll() is not None:
            fail(f"`{' '.join(map(str, process.args))}` ended with exit code {process.returncode}", *log.read_text(errors="replace").splitlines()[-10:])
        time.sleep(0.002)
    process.kill()
    fail(f"{url} did not answer within a minute", *log.read_text(errors="replace").splitlines()[-10:])


def at(database: str) -> str:
    return os.environ["TEST_DATABASE_URL"].rsplit("/", 1)[0] + "/" + database


def sql(database: str, text: str) -> str:
    ran = subprocess.run(["psql", at(database), "-qAtX", "-v", "ON_ERROR_STOP=1"], input=text, capture_output=True, text=True)
    if ran.returncode:
        fail("psql failed", *ran.stderr.splitlines()[-5:])
    return ran.stdout.strip()


def quietly(command: list[str], cwd: Path, **environment: str) -> None:
    ran = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if ran.returncode:
        fail(f"`{' '.join(command)}` failed", *(ran.stdout + ran.stderr).splitlines()[-15:])


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def build() -> Path:
    """The service in release."""
    say("building the service in release")
    quietly(["cargo", "build", "--locked", "--release", "--package", "notes-service"], ROOT, CARGO_TARGET_DIR=str(TARGET))
    return TARGET / "release/notes"


@contextlib.contextmanager
def serving(notes: Path, database: str) -> Iterator[int]:
    """`notes serve` over a database of the server; its port."""
    port, log = free_port(), WORK / "service.log"
    environment = {**os.environ, **SERVICE_ENVIRONMENT, "PORT": str(port), "DATABASE_URL": at(database)}
    with log.open("wb") as out:
        process = subprocess.Popen([str(notes), "serve"], env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        wait(f"http://127.0.0.1:{port}/readyz", process, log, time.perf_counter())
        yield port
    finally:
        process.terminate()
        process.wait(60)
