"""The list of what an image holds is whole, and an image of which something cannot be named or is known to be bad goes nowhere."""

import importlib.machinery
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
import zlib
from contextlib import redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import advisories
import image_stand_in
import oci
import registry
import sbom

LOCK = """
[[package]]
name = "notes-service"
version = "0.1.0"

[[package]]
name = "hyper"
version = "1.8.1"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "aa"
"""
CRATES = [{"name": "notes-service", "version": "0.1.0"}, {"name": "hyper", "version": "1.8.1"}]


def script(name):
    """A script as a module."""
    loader = importlib.machinery.SourceFileLoader(f"delivery_{name}", str(ROOT / "scripts/delivery" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


class Sbom(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def document(self, content, lock=LOCK):
        image_stand_in.write(self.folder / "image.tar", content)
        digest, files = oci.read(self.folder / "image.tar")
        return sbom.document(digest, files, lock), files

    def refused(self, content, lock=LOCK):
        said = io.StringIO()
        with redirect_stderr(said), self.assertRaises(SystemExit) as ended:
            self.document(content, lock)
        self.assertEqual(ended.exception.code, 1)
        return said.getvalue()

    def test_every_file_of_the_image_is_listed_with_its_sum(self):
        document, files = self.document(image_stand_in.files(CRATES))
        listed = {one["name"]: one["hashes"][0]["content"] for one in document["components"] if one["type"] == "file"}
        self.assertEqual(listed, {path: sbom.sums(data)[0]["content"] for path, data in files.items()})
        self.assertEqual(document["metadata"]["component"]["version"].partition(":")[0], "sha256")

    def test_libraries_and_crates_have_versions_sums_and_licences(self):
        document, _ = self.document(image_stand_in.files(CRATES))
        parts = {one["name"]: one for one in document["components"] if one["type"] == "library"}
        self.assertEqual(set(parts), {"hyper", "libc6", "libgcc-s1", "notes-service"})
        self.assertEqual(parts["libc6"]["version"], "2.36-9+deb12u14")
        inside = {one["name"] for one in parts["libc6"]["components"] if one["hashes"][0]["alg"] == "SHA-256"}
        self.assertEqual({name.rpartition("/")[2] for name in inside}, {"libc.so.6", "libm.so.6", "ld-linux-aarch64.so.1"})
        self.assertEqual([one["name"].rpartition("/")[2] for one in parts["libgcc-s1"]["components"]], ["libgcc_s.so.1"])
        self.assertEqual(parts["hyper"]["hashes"], [{"alg": "SHA-256", "content": "aa"}])
        for part in parts.values():
            self.assertTrue(part["licenses"][0]["expression"], part["name"])
        # What is ours is in no registry, where a stranger could have its name.
        self.assertEqual([name for name, one in parts.items() if "purl" not in one], ["notes-service"])

    def test_the_root_file_system_that_is_shipped_is_listed_whole(self):
        section, program, licences, root = (self.folder / name for name in ("section", "notes", "licences", "root"))
        section.write_bytes(zlib.compress(json.dumps({"packages": CRATES}).encode()))
        subprocess.run(["objcopy", "--add-section", f".dep-v0={section}", "/bin/true", str(program)], check=True)
        licences.write_text("notes-service 0.1.0 MIT OR Apache-2.0\nhyper 1.8.1 MIT\n")
        subprocess.run([ROOT / "scripts/rootfs", program, root, licences], check=True)
        files = {f"/{path.relative_to(root)}": path.read_bytes() for path in root.rglob("*") if path.is_file()}
        document = sbom.document("sha256:0", files, LOCK)
        [libc] = [one for one in document["components"] if one["name"] == "libc6"]
        names = {one["name"].rpartition("/")[2].partition(".")[0] for one in libc["components"]}
        self.assertLessEqual({"libc"}, names)
        self.assertTrue(any(name.startswith("ld-linux") for name in names), names)
        self.assertEqual(libc["properties"][1]["value"], "glibc")

    def test_it_is_the_same_each_time(self):
        first, _ = self.document(image_stand_in.files(CRATES))
        second, _ = self.document(image_stand_in.files(CRATES))
        self.assertEqual(json.dumps(first), json.dumps(second))

    def test_what_has_no_name_is_refused(self):
        content = image_stand_in.files(CRATES)
        self.assertIn("/lib/libssl.so.3", self.refused({**content, "lib/libssl.so.3": b"code"}))
        self.assertIn("/usr/bin/sh", self.refused({**content, "usr/bin/sh": b"code"}))
        self.assertIn("hyper 1.8.1", self.refused(content, LOCK.replace('"hyper"', '"other"')))
        self.assertIn("under which licence", self.refused({**content, "usr/share/doc/notes/crates": b""}))
        without = {path: data for path, data in content.items() if not path.endswith("libm.so.6")}
        self.assertIn("libm.so.6", self.refused(without))
        renamed = {path.replace("libgcc-s1", "libother"): data for path, data in content.items()}
        self.assertIn("licence of Debian's package `libother`", self.refused(renamed))


class Advisories(unittest.TestCase):
    def setUp(self):
        test = self
        self.vulnerable, self.fixed = {}, True

        class Osv(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def answer(self, body):
                data = json.dumps(body).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["queries"]
                test.asked = asked
                names = [one["package"].get("name") or one["package"]["purl"] for one in asked]
                self.answer({"results": [{"vulns": [{"id": test.vulnerable[name]}]} if name in test.vulnerable else {} for name in names]})

            def do_GET(self):
                events = [{"introduced": "0"}] + ([{"fixed": "3"}] if test.fixed else [])
                self.answer({"affected": [{"package": {"ecosystem": "Debian:12", "name": "glibc"}, "ranges": [{"events": events}]}]})

        server = ThreadingHTTPServer(("127.0.0.1", 0), Osv)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        patched = mock.patch.dict(os.environ, {"OSV_URL": f"http://127.0.0.1:{server.server_address[1]}", "NO_PROXY": "127.0.0.1"})
        patched.start()
        self.addCleanup(patched.stop)
        files = {"/" + path: data for path, data in image_stand_in.files(CRATES).items()}
        self.document = sbom.document("sha256:0", files, LOCK)

    def test_libraries_are_asked_about_by_what_they_were_built_from(self):
        self.assertEqual(advisories.about(self.document), {})
        self.assertIn({"package": {"ecosystem": "Debian:12", "name": "glibc"}, "version": "2.36-9+deb12u14"}, self.asked)
        self.assertIn({"package": {"purl": "pkg:cargo/hyper@1.8.1"}}, self.asked)
        self.assertEqual(len(self.asked), 3)

    def test_a_known_fault_ends_the_check(self):
        self.vulnerable = {"pkg:cargo/hyper@1.8.1": "RUSTSEC-2026-0001"}
        said, shown = io.StringIO(), io.StringIO()
        with redirect_stderr(said), redirect_stdout(shown), self.assertRaises(SystemExit):
            script("image").scanned(self.document)
        self.assertIn("`pkg:cargo/hyper@1.8.1`: RUSTSEC-2026-0001", said.getvalue())

    def test_of_debian_counts_what_can_be_updated(self):
        self.vulnerable = {"glibc": "DEBIAN-CVE-2026-1"}
        self.assertEqual(list(advisories.about(self.document).values()), [["DEBIAN-CVE-2026-1"]])
        self.fixed = False
        self.assertEqual(advisories.about(self.document), {})

    def test_an_answer_that_does_not_come_lets_nothing_through(self):
        os.environ["OSV_URL"] = "http://127.0.0.1:9"
        said = io.StringIO()
        with redirect_stderr(said), self.assertRaises(SystemExit):
            advisories.about(self.document)
        self.assertIn("OSV cannot be asked", said.getvalue())


class Releases(unittest.TestCase):
    """Images on their way from proposals to releases, with the registry that the workflows are tested with."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "token").write_text("jwt")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")},
            "PATH": f"{ROOT / 'scripts/tests/workflows/bin'}{os.pathsep}{os.environ['PATH']}",
            "TEST_FOLDER": str(self.folder),
            "IMAGE_REPOSITORY": "registry.example.com/notes",
            "PROPOSAL_REPOSITORY": "registry.example.com/proposals",
            "AWS_WEB_IDENTITY_TOKEN_FILE": str(self.folder / "token"),
        }

    def image(self, role, *arguments, kept=50):
        given = {**self.environment, "AWS_ROLE_ARN": f"arn:aws:iam::123456789012:role/delivery/{role}", "TEST_KEPT": str(kept)}
        return subprocess.run([sys.executable, ROOT / "scripts/delivery/image", *arguments], env=given, capture_output=True, text=True)

    def proposed(self, number):
        """A proposal of a tree; its digest."""
        archive = self.folder / "image.tar"
        digest = image_stand_in.write(archive, {"notes": f"program {number}".encode()})
        done = self.image("publish", "push", str(archive), f"tree{number}")
        self.assertEqual(done.returncode, 0, done.stderr)
        return digest

    def promote(self, role, digest, tree, planned=None, kept=50):
        """Promotes an image that a plan file names, or another one than that."""
        plan = self.folder / "plan.json"
        plan.write_text(json.dumps({"images": {"Service/Api": [json.dumps({"Fn::Join": ["", ["notes", f"@{planned or digest}"]]})]}}))
        # The archive that `find` brought; each environment is given the same one.
        kept_archive = self.folder / "registry/proposals" / f"{digest}.tar"
        archive = kept_archive if kept_archive.is_file() else self.folder / "image.tar"
        return self.image(role, "promote", digest, tree, "--plan", str(plan), "--archive", str(archive), kept=kept)

    def test_what_the_plan_does_not_name_is_no_release(self):
        digest = self.proposed(1)
        done = self.promote("deploy", digest, "tree1", planned="sha256:" + "3" * 64)
        self.assertEqual(done.returncode, 4)
        self.assertIn("is not what the plan deploys", done.stderr)
        self.assertFalse((self.folder / "registry/notes/release-tree1").exists())

    def test_proposals_never_remove_what_was_released(self):
        digest = self.proposed(0)
        self.assertEqual(self.promote("deploy", digest, "tree0", kept=6).returncode, 0)
        for number in range(1, 7):
            self.proposed(number)
        done = self.promote("deploy", digest, "tree0", kept=6)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "registry/notes/release-tree0").read_text(), digest)

    def test_the_role_that_proposes_cannot_release(self):
        digest = self.proposed(1)
        self.assertNotEqual(self.promote("publish", digest, "tree1").returncode, 0)
        self.assertFalse((self.folder / "registry/notes/release-tree1").exists())

    def test_an_image_that_is_about_to_expire_is_refused(self):
        digests = [self.proposed(number) for number in range(4)]
        for number, digest in enumerate(digests):
            self.assertEqual(self.promote("deploy", digest, f"tree{number}").returncode, 0)
            os.utime(self.folder / f"registry/notes/{digest}.tar", (number, number))
        # Four releases; of the oldest, two more may follow when six are kept, and six when ten are.
        done = self.promote("deploy", digests[0], "another-tree", kept=6)
        self.assertEqual(done.returncode, 1)
        self.assertIn("about to expire: 2 more releases remove it", done.stderr)
        self.assertIn("images_kept", done.stderr)
        self.assertFalse((self.folder / "registry/notes/release-another-tree").exists())
        self.assertEqual(self.promote("deploy", digests[0], "another-tree", kept=10).returncode, 0)

    def test_an_archive_with_another_image_is_refused(self):
        digest = self.proposed(1)
        done = self.promote("deploy", "sha256:" + "1" * 64, "tree")
        self.assertEqual(done.returncode, 4)
        self.assertIn(f"is {digest}, and not sha256:111", done.stderr)
        self.assertFalse((self.folder / "registry/notes/release-tree").exists())
        self.assertIn("is no digest", self.promote("deploy", "latest", "tree").stderr)

    def test_releases_are_counted_as_ecr_counts_them(self):
        kept = registry.Kept(["new", "old"], 10)
        self.assertEqual([kept.left("new"), kept.left("old"), kept.left("not there yet")], [9, 8, 10])
        self.assertIsNone(registry.Kept(["new"], None).left("new"))

    def rolled_back(self, release, digests, kept=50):
        releases = [{"release": number, "restores": None, "images": {"Service/Api": digest}} for number, digest in digests.items()]
        tool = self.folder / "infra"
        tool.write_text(f"#!/bin/sh\ncat <<'EOT'\n{json.dumps(releases)}\nEOT\n")
        tool.chmod(0o755)
        self.environment |= {"INFRA_TOOL": str(tool), "INFRA_ENVIRONMENT": "dev"}
        return self.image("deploy", "restorable", release, "--newest", str(next(iter(digests))), "--assembly", str(self.folder), kept=kept)

    def test_going_back_needs_an_image_that_is_there_and_stays(self):
        digest = self.proposed(1)
        self.assertEqual(self.promote("deploy", digest, "tree1").returncode, 0)
        gone = "sha256:" + "2" * 64
        done = self.rolled_back("1", {2: gone, 1: digest})
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.rolled_back("2", {2: gone, 1: digest})
        self.assertEqual(done.returncode, 1)
        self.assertIn("of release 2 is not in the registry any more", done.stderr)
        done = self.rolled_back("1", {2: gone, 1: digest}, kept=3)
        self.assertIn("is about to expire", done.stderr)
        self.assertIn("there is no release `7`", self.rolled_back("7", {1: digest}).stderr)


if __name__ == "__main__":
    unittest.main()
