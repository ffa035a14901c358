"""Tests of scripts/twin: each construct is in a program, or has a reason."""

import sys
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from cases import script

twin = script("twin")


class Coverage(unittest.TestCase):
    def test_every_construct_is_in_a_program_or_has_a_reason(self) -> None:
        self.assertEqual(twin.coverage(), [])

    def test_constructs_without_program_and_unneeded_reasons_are_errors(self) -> None:
        with mock.patch.dict(twin.ABSENT, {"sqs::Queue": "none"}):
            del twin.ABSENT["ssm::Document"]
            self.assertEqual(
                twin.coverage(),
                [
                    "ssm::Document is in no program, and ABSENT has no reason",
                    "sqs::Queue is in a program or no longer a construct, but ABSENT has a reason",
                ],
            )


if __name__ == "__main__":
    unittest.main()
