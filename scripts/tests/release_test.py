"""Tests of the edits that a release makes; `scripts/test package` runs the whole recipe in a clone."""

import contextlib
import io
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scripts_test import script  # noqa: E402

release = script("release")


class Release(unittest.TestCase):
    def refused(self, call, *arguments) -> str:
        said = io.StringIO()
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(said):
            call(*arguments)
        return said.getvalue()

    def test_versions(self):
        self.assertEqual(release.parse("0.10.2"), (0, 10, 2))
        for text in ("1", "1.2", "1.2.x", "01.2.3", "v1.2.3", "1.2.3-rc.1"):
            self.assertIn(f"`{text}` is not a version", self.refused(release.parse, text))

    def test_before_1_0_the_second_number_breaks(self):
        for old, new, expected in [
            ((0, 1, 0), (0, 1, 1), False), ((0, 1, 0), (0, 2, 0), True), ((0, 9, 0), (1, 0, 0), True),
            ((1, 0, 0), (1, 1, 0), False), ((1, 9, 9), (2, 0, 0), True),
        ]:
            self.assertEqual(release.breaking(old, new), expected, (old, new))

    def test_requirements_allow_compatible_versions(self):
        self.assertEqual(release.requirement((0, 3, 7)), "0.3")
        self.assertEqual(release.requirement((2, 3, 7)), "2")

    def test_the_unreleased_section_gets_version_and_date(self):
        text = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- one\n\n## [0.1.0] - 2026-01-01\n\n- first\n"
        rolled, notes = release.roll_changelog(text, "0.2.0", "2026-02-02")
        self.assertEqual(notes, "### Added\n\n- one")
        self.assertEqual(
            rolled,
            "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-02\n\n### Added\n\n- one\n\n## [0.1.0] - 2026-01-01\n\n- first\n",
        )
        # The new section is empty, so nothing can be released twice.
        self.assertIn("nothing under `## [Unreleased]`", self.refused(release.roll_changelog, rolled, "0.3.0", "2026-03-03"))
        self.assertIn("has a section `0.1.0`", self.refused(release.roll_changelog, text, "0.1.0", "2026-02-02"))

    def test_the_first_release_ends_the_file(self):
        rolled, _ = release.roll_changelog("# Changelog\n\n## [Unreleased]\n\n- one\n", "0.1.0", "2026-01-01")
        self.assertEqual(rolled, "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- one\n")

    def test_the_manifest_changes_its_own_versions_only(self):
        text = (
            '[workspace.package]\nversion = "0.1.0"\n\n[workspace.dependencies]\n'
            'infra-core = { version = "=0.1.0", path = "core" }\nother = "0.1.0"\n'
        )
        self.assertEqual(
            release.bump_manifest(text, "0.1.0", "0.2.0"),
            '[workspace.package]\nversion = "0.2.0"\n\n[workspace.dependencies]\n'
            'infra-core = { version = "=0.2.0", path = "core" }\nother = "0.1.0"\n',
        )
        self.assertIn("does not begin", self.refused(release.bump_manifest, text, "0.3.0", "0.4.0"))

    def test_lock_files_keep_crates_of_registries_and_other_workspaces(self):
        text = (
            '[[package]]\nname = "infra-core"\nversion = "0.1.0"\ndependencies = []\n\n'
            '[[package]]\nname = "notes"\nversion = "0.1.0"\n\n'
            '[[package]]\nname = "infra-lib"\nversion = "0.1.0"\nsource = "registry"\n'
        )
        self.assertEqual(
            release.bump_lock(text, {"infra-core", "infra-lib"}, "0.1.0", "0.2.0"),
            text.replace('"infra-core"\nversion = "0.1.0"', '"infra-core"\nversion = "0.2.0"'),
        )

    def test_documents_name_the_new_requirement(self):
        text = 'infra-lib = "0.1"\ninfra-cfn = { version = "0.1", features = ["sqs"] }\nserde = "0.1"\ninfra-lib 0.1 has …\n'
        self.assertEqual(
            release.bump_prose(text, "0.1", "0.2"),
            'infra-lib = "0.2"\ninfra-cfn = { version = "0.2", features = ["sqs"] }\nserde = "0.1"\ninfra-lib 0.1 has …\n',
        )


if __name__ == "__main__":
    unittest.main()
