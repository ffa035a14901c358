"""Tests of the rules for crates that are published: each seeded fault is found, and a package without faults has none."""

import contextlib
import copy
import io
import re
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS / "lib"))
sys.path.insert(0, str(SCRIPTS / "tests"))
import packages  # noqa: E402
from scripts_test import script  # noqa: E402
from tooling import ROOT  # noqa: E402


def manifest(name: str, **fields) -> dict:
    return {
        "name": name, "version": "0.1.0", "publish": None, "manifest_path": f"/repository/{name}/Cargo.toml", "description": "A crate",
        "license": "MIT OR Apache-2.0", "repository": "https://example.com", "readme": "README.md", "rust_version": "1.95", "keywords": ["aws"],
        "categories": ["config"], "features": {}, "metadata": None, "dependencies": [], "targets": [], **fields,
    }


def dependency(name: str, **fields) -> dict:
    return {"name": name, "req": "^0.1.0", "kind": None, "source": None, "path": f"/repository/{name}", **fields}


class Order(unittest.TestCase):
    def order(self, *manifests: dict) -> list[str]:
        return [p.name for p in packages.published({"packages": list(manifests)})]

    def test_dependencies_come_first_and_unpublished_crates_not_at_all(self):
        self.assertEqual(
            self.order(
                manifest("a", dependencies=[dependency("c")]), manifest("b", publish=[]),
                manifest("c", dependencies=[dependency("d", kind="build")]), manifest("d"),
            ),
            ["d", "c", "a"],
        )

    def test_development_dependencies_count_if_they_have_a_version(self):
        inner = manifest("a", dependencies=[dependency("b", kind="dev", req="*")])
        outer = manifest("b", dependencies=[dependency("a")])
        self.assertEqual(self.order(inner, outer), ["a", "b"])
        inner["dependencies"][0]["req"] = "=0.1.0"
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()) as said:
            self.order(inner, outer)
        self.assertIn("no order to publish in: `a` needs ['b'], `b` needs ['a']", said.getvalue())


class Manifest(unittest.TestCase):
    def faults(self, **fields) -> list[str]:
        return packages.manifest_faults(packages.Package(manifest("a", **fields)), {"a", "b"}, {"app"})

    def test_a_complete_manifest_has_no_faults(self):
        docs = {"docs": {"rs": {"features": ["full"]}}}
        self.assertEqual(self.faults(dependencies=[dependency("b")], features={"default": [], "full": []}, metadata=docs), [])

    def test_each_fault_is_found(self):
        for fields, words in [
            ({"description": None}, "`description` is missing"),
            ({"repository": None}, "`repository` is missing"),
            ({"rust_version": None}, "`rust-version` is missing"),
            ({"readme": None}, "`readme` is missing"),
            ({"readme": "../README.md"}, "lies outside"),
            ({"keywords": []}, "0 keywords"),
            ({"keywords": list("abcdef")}, "6 keywords"),
            ({"keywords": ["infrastructure-as-code"]}, "keyword `infrastructure-as-code`"),
            ({"keywords": ["two words"]}, "keyword `two words`"),
            ({"categories": ["clouds"]}, "category `clouds`"),
            ({"features": {f"f{n}": [] for n in range(301)}, "metadata": {"docs": {"rs": {}}}}, "301 features"),
            ({"features": {"full": []}}, "docs.rs] is missing"),
            ({"metadata": {"docs": {"rs": {"features": ["none"]}}}}, "feature `none`"),
            ({"metadata": {"release": {"features": ["none"]}}}, "release] names the feature `none`"),
            ({"metadata": {"release": {"feature": []}}}, "unknown key `feature`"),
            ({"dependencies": [dependency("b", req="*")]}, "`b` has no version"),
            ({"dependencies": [dependency("b", source="git+https://example.com", path=None)]}, "comes from git"),
            ({"dependencies": [dependency("app")]}, "`app` is not published"),
            ({"dependencies": [dependency("other")]}, "outside the workspace"),
        ]:
            with self.subTest(words):
                found = self.faults(**fields)
                self.assertEqual(len(found), 1, found)
                self.assertIn(words, found[0])


class Features(unittest.TestCase):
    def test_those_of_docs_rs_are_shown_and_built_unless_the_manifest_says_otherwise(self):
        def features(**tables: dict) -> tuple[list[str], list[str]]:
            release, docs = tables.get("release", {}), tables.get("docs", {})
            data = manifest("a", features={"default": [], "x": [], "y": []}, metadata={"release": release, "docs": {"rs": docs}})
            package = packages.Package(data)
            return package.features, package.build_features

        self.assertEqual(features(), ([], []))
        self.assertEqual(features(docs={"features": ["x"]}), (["x"], ["x"]))
        self.assertEqual(features(docs={"all-features": True}), (["x", "y"], ["x", "y"]))
        self.assertEqual(features(docs={"all-features": True}, release={"features": ["y"]}), (["y"], ["y"]))
        self.assertEqual(features(docs={"all-features": True}, release={"build-features": []}), (["x", "y"], []))


class Content(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.package = packages.Package(manifest("a", manifest_path=str(self.folder / "Cargo.toml")))
        self.files = {"Cargo.toml": b"", "README.md": b"", "src/lib.rs": b"", **{name: (ROOT / name).read_bytes() for name in packages.LICENSES}}
        self.tracked = set(self.files)

    def faults(self, size: int = 1) -> list[str]:
        return packages.content_faults(self.package, self.files, self.tracked, size)

    def test_a_complete_package_has_no_faults(self):
        self.assertEqual(self.faults(), [])

    def test_licences_are_there_and_the_same_everywhere(self):
        del self.files["LICENSE-MIT"]
        self.files["LICENSE-APACHE"] += b"."
        self.assertEqual(self.faults(), [
            "`LICENSE-MIT` is not in the package", "`LICENSE-APACHE` differs from the one at the root of the repository",
        ])

    def test_what_does_not_belong_is_found(self):
        for name in ("tests/it.rs", ".hidden", "src/.env", "src/a.snap.new"):
            with self.subTest(name):
                files = copy.copy(self.files)
                self.files[name] = b""
                self.tracked.add(name)
                self.assertEqual(len(self.faults()), 1)
                self.assertIn(f"`{name}` does not belong", self.faults()[0])
                self.files = files

    def test_files_from_elsewhere_are_found(self):
        self.files["src/secret.txt"] = b""
        (self.folder / "src").mkdir()
        (self.folder / "src/lib.rs").symlink_to("/dev/null")
        self.assertEqual(self.faults(), [
            "`src/lib.rs` is a symbolic link, which not every system can check out",
            "`src/secret.txt` is not a file of the package's folder that git tracks",
        ])
        # A crate with that setting may have links, but only to files of the repository.
        self.package.data["metadata"] = {"release": {"links": True}}
        self.assertEqual(len(self.faults()), 2)
        (self.folder / "src/lib.rs").unlink()
        (self.folder / "src/lib.rs").symlink_to(ROOT / "README.md")
        self.assertEqual(len(self.faults()), 1)

    def test_size(self):
        self.assertEqual(len(self.faults(packages.MAX_PACKED_BYTES)), 0)
        self.assertEqual(len(self.faults(packages.MAX_PACKED_BYTES + 1)), 1)


class Toolchain(unittest.TestCase):
    def test_the_minimum_rust_version_is_the_one_that_tests_run_with(self):
        minimum = re.search(r'^rust-version = "(.+)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)
        channel = re.search(r'^channel = "(.+)\.\d+"$', (ROOT / "rust-toolchain.toml").read_text(), re.MULTILINE)
        self.assertEqual(minimum[1], channel[1])


class Snapshot(unittest.TestCase):
    def test_items_under_a_path_are_left_out_and_those_that_mention_it_are_not(self):
        kept = ["pub mod a::kind\n", "pub fn a::f() -> a::kind::B\n", "impl a::T<a::kind::B> for a::C\n"]
        left_out = ["pub enum a::kind::B\n", "impl a::kind::B\n", "impl core::fmt::Debug for a::kind::B\n", "pub const fn a::kind::B::new()\n"]
        without = script("api-update").without
        self.assertEqual(without("".join([*kept, *left_out]), ["a::kind::"]), "".join(kept))
        self.assertEqual(without("".join(left_out), []), "".join(left_out))


class Profiles(unittest.TestCase):
    def test_tables_of_single_packages_are_kept_for_those_that_are_there(self):
        text = '[workspace]\nmembers = []\n[profile.dev]\ndebug = 1\n[profile.dev.package."*"]\ndebug = false\n[profile.dev.package.a]\nopt-level = 2\n[profile.dev.package.b]\nopt-level = 3\n'
        self.assertEqual(
            script("package").profiles(text, {"a"}),
            '[profile.dev]\ndebug = 1\n[profile.dev.package."*"]\ndebug = false\n[profile.dev.package.a]\nopt-level = 2\n',
        )


if __name__ == "__main__":
    unittest.main()
