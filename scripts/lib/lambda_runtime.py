"""Runs the program of a function as Lambda does: over the runtime API, with one event.

AWS: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tooling import fail

NEXT = "/2018-06-01/runtime/invocation/next"
SECONDS = 30


class RuntimeApi(ThreadingHTTPServer):
    """Serves one event, and keeps the first answer to it."""

    def __init__(self, event: dict) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.event, self.served, self.answer = json.dumps(event).encode(), False, None
        self.answered = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Says nothing: the program is ended while it waits for the next event."""


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of a program."""

    server: RuntimeApi
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path != NEXT or self.server.served:
            # The program asks for the next event after its answer; there is none.
            self.answer(410, b"")
            return
        self.server.served = True
        self.answer(
            200, self.server.event,
            {
                "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd", "Lambda-Runtime-Deadline-Ms": "4102444800000",
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:111122223333:function:program",
            },
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)) if "Content-Length" in self.headers else self.chunks()
        if not self.server.answered.is_set():
            self.server.answer = (self.path.rsplit("/", 1)[1], body)
            self.server.answered.set()
        self.answer(202, b"")

    def chunks(self) -> bytes:
        """Reads a body whose length is not told in advance."""
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def invoke(program: Path, variables: dict[str, object], event: dict) -> object:
    """Returns the answer of a program to an event. Variables are those of a template; a reference becomes its JSON."""
    with RuntimeApi(event) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in variables.items()}
        environment = {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}", "AWS_LAMBDA_FUNCTION_NAME": "program", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_LOG_GROUP_NAME": "program", "AWS_LAMBDA_LOG_STREAM_NAME": "program", **given,
        }
        with subprocess.Popen([program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child:
            answered = server.answered.wait(SECONDS)
            child.kill()
            said = child.communicate()[0]
        server.shutdown()
    if not answered or server.answer[0] != "response":
        fail(f"the program answered {server.answer} within {SECONDS} seconds", said, code=1)
    return json.loads(server.answer[1])
