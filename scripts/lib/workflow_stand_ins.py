"""Local stand-ins for the services of the delivery workflows, besides GitHub: an image, an AWS with configurable containers, and the site."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import emulator
import image_stand_in
from local_server import serve
from tooling import ROOT

REGION = "us-east-1"


def image(folder: Path) -> tuple[Path, str]:
    """Returns an archive as a container engine writes it, with a program that lists its dependencies; and the image's digest."""
    path = folder / "image.tar"
    crates = [{"name": name, "version": version_of(name), "kind": "runtime"} for name in ("hyper", "notes-service")]
    return path, image_stand_in.write(path, image_stand_in.files(crates))


@contextmanager
def advisories() -> Iterator[Any]:
    """OSV with an advisory for the package that the test sets."""

    class Handler(BaseHTTPRequestHandler):
        about: str = ""
        asked: list[str] = []

        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            asked = [json.dumps(one) for one in json.loads(self.rfile.read(int(self.headers["content-length"])))["queries"]]
            Handler.asked += asked
            found = [{"vulns": [{"id": "RUSTSEC-2026-0001"}]} if Handler.about and Handler.about in one else {} for one in asked]
            body = json.dumps({"results": found}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serve(Handler) as address:
        Handler.address = address  # type: ignore[attr-defined]
        yield Handler


def version_of(package: str) -> str:
    found = re.search(rf'name = "{package}"\nversion = "([^"]+)"', (ROOT / "Cargo.lock").read_text())
    return found[1] if found else "0.0.0"


@dataclass
class Aws:
    """The emulator, with containers whose exit the test sets."""

    address: str
    migration_ends_with: int = 0
    migration_ends: bool = True
    tasks: int = 0
    account: str = emulator.ACCOUNT

    def client(self, service: str = "cloudformation") -> Any:
        import botocore.session

        session = botocore.session.get_session()
        keys = {"aws_access_key_id": self.account, "aws_secret_access_key": "test"}
        return session.create_client(service, endpoint_url=self.address, region_name=REGION, **keys)


@contextmanager
def with_containers(upstream: str) -> Iterator[Aws]:
    """A proxy before the emulator: all of it but what tasks end with, since the emulator starts none without a container engine."""
    aws = Aws(f"http://127.0.0.1:{emulator.free_port()}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def handle_any(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            data = self.rfile.read(size) if size else None
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "content-length", "connection", "accept-encoding")}
            request = urllib.request.Request(upstream + self.path, data, headers, method=self.command)
            try:
                with opener.open(request, timeout=60) as answer:
                    code, given, body = answer.status, answer.headers, answer.read()
            except urllib.error.HTTPError as error:
                code, given, body = error.code, error.headers, error.read()
            target = self.headers.get("x-amz-target", "")
            if target.endswith(".RunTask") and code == 200:
                aws.tasks += 1
            if target.endswith(".DescribeTasks") and code == 200 and aws.migration_ends:
                body = ended(body, aws.migration_ends_with)
            self.send_response(code)
            for name, value in given.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                # Who asked may have given up, on a machine that has much to do.
                with suppress(BrokenPipeError):
                    self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = do_PATCH = handle_any

    with serve(Handler, int(aws.address.rpartition(":")[2])):
        yield aws


def ended(body: bytes, code: int) -> bytes:
    answer = json.loads(body)
    for task in answer.get("tasks", []):
        task |= {"lastStatus": "STOPPED", "desiredStatus": "STOPPED", "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited"}
        for container in task.get("containers", []):
            container |= {"lastStatus": "STOPPED", "exitCode": code}
    return json.dumps(answer).encode()


@contextmanager
def site() -> Iterator[Any]:
    """The public site: works, or returns 503, as the test sets."""

    class Handler(BaseHTTPRequestHandler):
        works = True

        def log_message(self, *_: Any) -> None:
            pass

        def handle_any(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size)) if size else {}
            kind, code, answer = "application/json", 404, "{}"
            if not Handler.works:
                code = 503
            elif self.path == "/":
                kind, code, answer = "text/html", 200, "<!doctype html><title>Notes</title>"
            elif (self.command, self.path) == ("GET", "/api/notes"):
                code = 401
            elif (self.command, self.path) == ("POST", "/api/auth/guest"):
                code = 201
            elif (self.command, self.path) == ("POST", "/api/notes"):
                Handler.title = body["title"]
                code, answer = 201, json.dumps({"id": "one"})
            elif (self.command, self.path) == ("GET", "/api/notes/one"):
                code, answer = 200, json.dumps({"title": Handler.title})
            self.send_response(code)
            self.send_header("content-type", kind)
            self.send_header("content-security-policy", "default-src 'self'")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        do_GET = do_POST = do_DELETE = handle_any

    with serve(Handler) as address:
        Handler.address = address  # type: ignore[attr-defined]
        yield Handler
