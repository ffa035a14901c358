"""scripts/dev: what it says when it cannot run, and how it shows what the service logs. The whole of it is for people to see."""

import os
import socket
import subprocess
import unittest
from pathlib import Path

from scripts_test import script

ROOT = Path(__file__).resolve().parents[2]
dev = script("dev")


def run(**environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "scripts/dev"], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)


class Dev(unittest.TestCase):
    def test_a_port_that_is_taken_is_said_before_anything_is_built(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = run(PORT=str(port))
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"error: port {port} cannot be used", done.stderr)
        self.assertIn(f"PORT={port + 1} scripts/dev", done.stderr)

    def test_a_port_that_is_none_is_said(self):
        for wrong in ("8080x", "0", "65536"):
            done = run(WEB_PORT=wrong, PORT="45999")
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"error: WEB_PORT is `{wrong}`", done.stderr)

    def test_a_tool_that_is_missing_is_said(self):
        # Python itself, and nothing else.
        done = run(PATH=str(Path(dev.sys.executable).parent), NOTES="")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("error: cargo is not installed", done.stderr)

    def test_events_are_shown_as_people_read_them(self):
        event = '{"level":"INFO","message":"request","method":"GET","route":"/api/notes","status":404,"code":"not_found","duration_us":1234}'
        self.assertEqual(dev.readable(event), "GET /api/notes 404 not_found 1.2 ms")
        self.assertEqual(dev.readable('{"level":"WARN","message":"slow","timestamp":"t","ms":7}'), "warn: slow ms=7")
        for line in ("applied m0001_accounts", "[1, 2]", "{}"):
            self.assertEqual(dev.readable(line), line)

    def test_changed_sources_are_noticed(self):
        stamps = dev.stamps()
        self.assertIn(str(ROOT / "service/src/main.rs"), stamps)
        self.assertIn(str(ROOT / "web/csp.txt"), stamps)
        self.assertEqual(stamps, dev.stamps())


if __name__ == "__main__":
    unittest.main()
