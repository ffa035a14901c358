"""Tests of what the Python scripts decide by themselves; the judges have their own test, `scripts/judge --self-test`."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS / "lib"))
import tooling  # noqa: E402
from cases import script  # noqa: E402


class Assembly(unittest.TestCase):
    def folder(self, files: dict[str, object]) -> Path:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = Path(holder.name)
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(json.dumps(data))
        return folder

    def test_regions_and_stack_names_come_from_the_manifest(self):
        def artifact(file, environment, **properties):
            return {"type": "aws:cloudformation:stack", "environment": environment, "properties": {"templateFile": file, **properties}}

        folder = self.folder({
            "manifest.json": {"artifacts": {
                "B": artifact("B.template.json", "aws://unknown-account/eu-west-1", stackName="notes-b"),
                "A": artifact("A.template.json", "aws://unknown-account/unknown-region"),
                "tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
            }},
            "A.template.json": {}, "B.template.json": {}, "loose.template.json": {},
            "assembly-Prod/C.template.json": {},
        })
        found = [(t.name, t.stack, t.region) for t in tooling.templates(folder)]
        self.assertEqual(found, [
            ("A", "A", "us-east-1"), ("B", "notes-b", "eu-west-1"),
            ("assembly-Prod/C", "assembly-Prod/C", "us-east-1"), ("loose", "loose", "us-east-1"),
        ])

    def test_a_folder_without_templates_is_refused(self):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            tooling.templates(self.folder({"manifest.json": {}}))


class Yaml(unittest.TestCase):
    def test_types_count(self):
        differences = script("yaml-check").differences
        self.assertEqual(differences({"a": [1, "x", None]}, {"a": [1, "x", None]}), [])
        for expected, actual in [("on", True), (1, 1.0), (1, True), ("1", 1), (None, "null"), ([], {}), ([1], [1, 2])]:
            self.assertEqual(len(differences({"k": expected}, {"k": actual})), 1, (expected, actual))
        self.assertEqual(len(differences({"on": 1}, {True: 1})), 2)


class SecurityList(unittest.TestCase):
    def test_only_the_star_stands_for_something_else(self):
        matches = script("security").matches
        self.assertTrue(matches("AwsSolutions-IAM5[Action::*", "AwsSolutions-IAM5[Action::ec2:Describe*]"))
        self.assertTrue(matches("AwsSolutions-IAM5[Resource::*]", "AwsSolutions-IAM5[Resource::*]"))
        self.assertTrue(matches("Foundation/Delivery*", "Foundation/DeliveryPlanRole25051435"))
        self.assertFalse(matches("Foundation/Delivery*", "Foundation/Images2D38C313"))
        self.assertFalse(matches("CT.S3.PR.1", "CT.S3.PR.10"))

    def test_every_entry_has_a_reason_and_the_last_group_is_everything_else(self):
        security = script("security")
        groups, accepted = security.read_exceptions(security.EXCEPTIONS)
        self.assertEqual([group.name for group in groups], ["delivery roles", "everything else"])
        self.assertTrue(all(entry.reason for entry in accepted))


class Mutants(unittest.TestCase):
    def test_nothing_that_is_built_uses_the_sdk(self):
        mutants = script("mutants")
        mutants.without_sdk((tooling.ROOT / "infra-lib/deploy/Cargo.toml").read_text())
        built = [path.relative_to(tooling.ROOT).as_posix() for path in (tooling.ROOT / "infra-lib/deploy").rglob("*.rs")]
        uses = [name for name in built if not name.startswith(mutants.LEFT_OUT) and "infra_aws::sdk" in (tooling.ROOT / name).read_text()]
        self.assertEqual(uses, [])


class Table(unittest.TestCase):
    def test_columns_are_aligned(self):
        self.assertEqual(tooling.table([["judge", "n"], ["a", "10"], ["long name", "1"]]).split("\n"), [
            "judge       n", "---------  --", "a          10", "long name   1",
        ])


if __name__ == "__main__":
    unittest.main()
