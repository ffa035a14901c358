"""The judges of the OpenAPI document: an operation that a generator left out is a failure that names it."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from generators import missing, operations, snake


class Generators(unittest.TestCase):
    def test_names_are_those_of_python_and_rust(self) -> None:
        for camel, expected in {"createNote": "create_note", "listen": "listen", "endOtherSessions": "end_other_sessions"}.items():
            self.assertEqual(snake(camel), expected)

    def test_an_operation_that_was_left_out_is_named(self) -> None:
        said, failed = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(failed):
            missing("a generator", "def one(", {"one": "def one("})
            with self.assertRaises(SystemExit) as ended:
                missing("a generator", "def one(", {"one": "def one(", "two": "def two("})
        self.assertEqual(ended.exception.code, 1)
        self.assertEqual(said.getvalue(), "a generator: 1 of 1 operations\n")
        self.assertIn("a generator left out 1 of 2 operations: two", failed.getvalue())

    def test_operations_are_read_of_every_path(self) -> None:
        document = {"paths": {"/a": {"get": {"operationId": "x"}, "post": {"operationId": "y"}}, "/b": {"put": {"operationId": "z"}}}}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "openapi.json"
            path.write_text(json.dumps(document))
            self.assertEqual(operations(path), ["x", "y", "z"])


if __name__ == "__main__":
    unittest.main()
