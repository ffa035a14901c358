"""MiniStack, and microburst before it when faults are wanted: started on free loopback ports, stopped at the end."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tooling import TOOLS, fail, install, program

ACCOUNT = "123456789012"
REGION = "eu-central-1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url: str, body: Any = None, timeout: float = 5) -> Any:
    """A JSON answer; with a body, of a POST."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    # No proxy of the environment: this never leaves the machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=timeout) as answer:
        text = answer.read()
    return json.loads(text) if text else None


@dataclass
class Server:
    """A process that listens on its own port."""

    name: str
    command: list[str]
    address: str
    health: str
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self, seconds: float = 60) -> None:
        """Until it answers. A loaded machine takes its time."""
        assert self.process, "it is waited for after it was started"
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                self.give_up(f"{self.name} ended with exit code {self.process.returncode}")
            with contextlib.suppress(OSError, ValueError):
                ask(self.address + self.health)
                return
            time.sleep(0.1)
        self.give_up(f"{self.name} did not answer within {seconds:.0f} seconds")

    def give_up(self, what: str) -> None:
        last = self.log.read_text(errors="replace").strip().split("\n")[-15:]
        self.stop()
        fail(what, *last, f"its whole output is in {self.log}", "help: scripts/tools install emulator")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)


def ministack() -> Server:
    """An AWS on this machine. It is bound to loopback only: its default is every interface."""
    port = free_port()
    return Server(
        "MiniStack",
        [program("emulator", "ministack")],
        f"http://127.0.0.1:{port}",
        "/_ministack/health",
        TOOLS / "ministack.log",
        {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "MINISTACK_ACCOUNT_ID": ACCOUNT},
    )


def microburst(upstream: str) -> Server:
    """A proxy that injects configured faults."""
    port = free_port()
    command = [program("emulator", "microburst"), "--upstream", upstream, "--host", "127.0.0.1", "--port", str(port)]
    return Server("microburst", command, f"http://127.0.0.1:{port}", "/_microburst/health", TOOLS / "microburst.log")


@contextlib.contextmanager
def running(faults: bool = False) -> Iterator[tuple[str, str | None]]:
    """Both servers, or only the emulator; their addresses."""
    install("emulator")
    emulator = ministack()
    proxy = microburst(emulator.address) if faults else None
    servers = [emulator, proxy] if proxy else [emulator]
    try:
        for server in servers:
            server.start()
        for server in servers:
            server.wait()
        if proxy:
            warm_up(proxy.address)
        yield emulator.address, proxy.address if proxy else None
    finally:
        for server in reversed(servers):
            server.stop()


def warm_up(address: str) -> None:
    """microburst reads all models of AWS at its first call, which takes up to ten seconds: longer than a client should wait."""
    authorization = f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/{REGION}/cloudformation/aws4_request, SignedHeaders=host, Signature=0"
    request = urllib.request.Request(
        address,
        b"Action=ListStacks&Version=2010-05-15",
        {"content-type": "application/x-www-form-urlencoded", "authorization": authorization},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with contextlib.suppress(urllib.error.HTTPError):
        opener.open(request, timeout=120).read()


def environment(address: str) -> dict[str, str]:
    """Environment of a client that talks only to the emulator."""
    return {
        "AWS_ENDPOINT_URL": address,
        # MiniStack takes an access key of 12 digits as the account.
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "NO_PROXY": "127.0.0.1,localhost",
    }


def without_aws() -> dict[str, str]:
    """This environment without any settings for AWS."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CDK_"))}
