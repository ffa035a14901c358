"""Shared by scripts/delivery: the tool `infra`, run with a role, heard and shown at once."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from github import variable
from tooling import ROOT, fail

# Meaning of the command line's exit codes, in the words of docs/cli.md.
MEANINGS = {
    1: "errors were found, or the command failed; nothing was changed",
    2: "there are differences",
    3: "an approval is missing, or data would be lost; nothing was changed",
    4: "the changes differ from those that were reviewed; nothing was changed",
    5: "the deployment failed and was rolled back",
    6: "another operation on the stack is in progress; nothing was changed",
    7: "the deployment failed and requires manual intervention",
    8: "credentials are missing or have expired, or a permission is missing; nothing was changed",
    9: "the deployment ended early: some stacks were deployed, others were not",
    130: "the command ended before the operation in AWS; `watch` shows its progress",
}
# The code for an environment in which nothing that is deployed keeps releases: before the first deployment.
NO_RELEASES = "INF7520"


@dataclass(frozen=True)
class Heard:
    """Exit code and output of a program."""

    code: int
    out: str
    talk: str

    @property
    def meaning(self) -> str:
        return MEANINGS.get(self.code, f"exit code {self.code}")


class Cancelled(Exception):
    """The run was cancelled between two programs."""


@contextmanager
def answering(handler: Callable[[int, Any], None]) -> Iterator[None]:
    """Has the signals with which a run is cancelled answered.

    GitHub's runner sends SIGINT to the first process of a step, after 7.5 seconds SIGTERM, and 2.5 seconds later it kills everything.
    """
    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def cancellable() -> Iterator[None]:
    """Raises `Cancelled` on a signal while no program runs that the signal could be passed to."""

    def end(*_: Any) -> None:
        raise Cancelled

    with answering(end):
        yield


@contextmanager
def passing_on_signals(start: Callable[[], subprocess.Popen], but: int | None = None) -> Iterator[subprocess.Popen]:
    """Starts a program and passes signals on to it, except one that reaches it directly."""
    process: subprocess.Popen | None = None
    early: list[int] = []

    def pass_on(number: int, _: Any) -> None:
        if process is None:
            early.append(number)
        elif number != but and process.poll() is None:
            process.send_signal(number)

    with answering(pass_on):
        process = start()
        for number in early:
            pass_on(number, None)
        yield process


def exit_code(process: subprocess.Popen) -> int:
    """The exit code of a program; one that a signal ended was interrupted."""
    code = process.wait()
    return 130 if code < 0 else code


def environment() -> str:
    """Which environment is delivered to: the name of a file in infra-app/config."""
    return variable("INFRA_ENVIRONMENT")


def project() -> dict[str, Any]:
    """The project file, and in it the table `delivery` that projects of users have. This repository has none: tool and app are its own."""
    return {"name": ROOT.name, **tomllib.loads((ROOT / "infra.toml").read_text())}


def tool() -> str:
    """The tool `infra`. INFRA_TOOL names one that is built already."""
    given = os.environ.get("INFRA_TOOL")
    if given:
        if not os.access(given, os.X_OK):
            fail(f"INFRA_TOOL is `{given}`, which is not a program")
        return given
    if "delivery" in project():
        place = ROOT / "target/tool"
        subprocess.run(["cargo", "install", "--locked", "--quiet", "--root", str(place), *shlex.split(project()["delivery"]["tool"])], check=True)
        return str(place / "bin/infra")
    subprocess.run(["cargo", "build", "--locked", "--quiet", "--package", "infra-cli"], cwd=ROOT, check=True)
    return str(Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug/infra")


def synthesize(out: Path, *settings: str) -> Heard:
    """Runs the app to write its cloud assembly, without any role: programs that cargo runs must not see credentials."""
    arguments = [*settings, "synth", "--out", str(out)]
    if "delivery" in project():
        # The app does that itself: no tool is installed for it.
        return heard([*shlex.split(project()["app"]), "--env", environment(), *arguments], " ".join(arguments))
    return with_role(None, *arguments)


def with_role(role: str | None, *arguments: str, data: bool = False) -> Heard:
    """Runs the command line with a role, or without credentials. Its output is shown as it arrives, and kept.

    `data`: what it prints is for us, and not shown.
    """
    configuration = [] if "delivery" in project() else ["--config", str(ROOT / "infra-app/config")]
    command = [tool(), "--env", environment(), *configuration, *arguments]
    if role:
        command = [str(ROOT / "scripts/delivery/with-role"), role, "--", *command]
    return heard(command, " ".join(["infra", *arguments]), data)


def heard(command: list[str], shown: str, data: bool = False) -> Heard:
    """Runs a program. Its output is shown as it arrives, and kept; `data` as for `with_role`."""
    print(f"$ {shown}", file=sys.stderr, flush=True)
    variables = {**os.environ, "NO_COLOR": "1"}

    def begin() -> subprocess.Popen:
        # In a session of its own: at a terminal, Ctrl-C would reach it twice.
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=variables, text=True, errors="replace", start_new_session=True, **pipes)

    lines: dict[str, list[str]] = {"out": [], "talk": []}

    def listen(stream: IO[str], name: str, echo: IO[str] | None) -> None:
        for line in stream:
            lines[name].append(line)
            if echo:
                echo.write(line)
                echo.flush()

    with passing_on_signals(begin) as process:
        assert process.stdout and process.stderr, "they are pipes"
        other = threading.Thread(target=listen, args=(process.stderr, "talk", sys.stderr))
        other.start()
        listen(process.stdout, "out", None if data else sys.stdout)
        other.join()
        return Heard(exit_code(process), "".join(lines["out"]), "".join(lines["talk"]))
