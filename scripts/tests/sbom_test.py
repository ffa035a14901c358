"""The list of what an image holds is whole, and an image of which something cannot be named or is known to be bad goes nowhere."""

import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zlib
from contextlib import redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/lib"))
import advisories
import github_stand_in
import image_stand_in
import inputs
import oci
import registry
import sbom
import turns
from cases import script
from local_server import serve

MAIN = "a" * 40
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
        self.assertIn("lists no licence", self.refused({**content, "usr/share/doc/notes/crates": b""}))
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

        server = serve(Osv)
        address = server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)
        patched = mock.patch.dict(os.environ, {"OSV_URL": address, "NO_PROXY": "127.0.0.1"})
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
            script("delivery/image").scanned(self.document)
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
        self.assertIn("OSV cannot be queried", said.getvalue())


class Releases(unittest.TestCase):
    """Images on their way from proposals to releases, with the registry that the workflows are tested with."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "token").write_text("jwt")
        serving = github_stand_in.serving()
        self.hub = serving.__enter__()
        self.addCleanup(serving.__exit__, None, None, None)
        self.hub.main = MAIN
        self.commit(MAIN, "tree-of-main", "service of main")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")},
            "PATH": f"{ROOT / 'scripts/tests/workflows/bin'}{os.pathsep}{os.environ['PATH']}",
            "TEST_FOLDER": str(self.folder),
            "IMAGE_REPOSITORY": "registry.example.com/notes",
            "PROPOSAL_REPOSITORY": "registry.example.com/proposals",
            "AWS_WEB_IDENTITY_TOKEN_FILE": str(self.folder / "token"),
            "GITHUB_API_URL": self.hub.address,
            "GITHUB_REPOSITORY": github_stand_in.REPOSITORY,
            "GITHUB_TOKEN": github_stand_in.TOKEN,
            "NO_PROXY": "127.0.0.1",
        }

    def commit(self, sha, tree, service):
        """A commit that GitHub knows, whose image is made of a service."""
        self.hub.commits[sha] = {"tree": {"sha": tree}, "parents": []}
        files = {"Cargo.lock": "l", "Dockerfile": "d", "service/src/main.rs": service, "infra-app/src/main.rs": tree}
        self.hub.trees[tree] = [{"mode": "100644", "type": "blob", "path": path, "sha": content} for path, content in files.items()]

    def image(self, role, *arguments, kept=50):
        given = {**self.environment, "AWS_ROLE_ARN": f"arn:aws:iam::123456789012:role/delivery/{role}", "TEST_KEPT": str(kept)}
        return subprocess.run([sys.executable, ROOT / "scripts/delivery/image", *arguments], env=given, capture_output=True, text=True)

    def proposed(self, number):
        """A proposal of a tree; its digest."""
        archive = self.folder / "image.tar"
        digest = image_stand_in.write(archive, {"notes": f"program {number}".encode()})
        self.commit(str(number) * 40, f"tree{number}", f"service {number}")
        done = self.image("publish", "push", str(archive), f"tree{number}", "--commit", str(number) * 40)
        self.assertEqual(done.returncode, 0, done.stderr)
        return digest

    def promote(self, role, digest, tree, planned=None, kept=50, rebuilt=None, last=""):
        """Promotes an image that a plan file names and that was rebuilt, or another one than that."""
        plan = self.folder / "plan.json"
        plan.write_text(json.dumps({"images": {"Service/Api": [json.dumps({"Fn::Join": ["", ["notes", f"@{planned or digest}"]]})]}}))
        # The archive that `find` brought; each environment is given the same one.
        kept_archive = self.folder / "registry/proposals" / f"{digest}.tar"
        archive = kept_archive if kept_archive.is_file() else self.folder / "image.tar"
        return self.image(role, "promote", digest, tree, "--plan", str(plan), "--archive", str(archive), "--rebuilt", digest if rebuilt is None else rebuilt, "--last", last, kept=kept)

    def test_what_the_plan_does_not_name_is_no_release(self):
        digest = self.proposed(1)
        done = self.promote("deploy", digest, "tree1", planned="sha256:" + "3" * 64)
        self.assertEqual(done.returncode, 4)
        self.assertIn("is not the one that the plan deploys", done.stderr)
        self.assertFalse((self.folder / "registry/notes/release-tree1").exists())

    def test_what_main_did_not_build_from_nothing_is_no_release(self):
        digest = self.proposed(1)
        for rebuilt, found in (("sha256:" + "3" * 64, "333"), ("", "no build from nothing")):
            done = self.promote("deploy", digest, "tree1", rebuilt=rebuilt)
            self.assertEqual(done.returncode, 4)
            self.assertIn("was not rebuilt on `main`", done.stderr)
            self.assertIn(found, done.stderr)
        self.assertFalse((self.folder / "registry/notes/release-tree1").exists())
        self.assertEqual(self.promote("deploy", digest, "tree1").returncode, 0)
        # The release of the newest deployment was rebuilt: another tree with the same image does not need it again.
        done = self.promote("deploy", digest, "tree2", rebuilt="", last="tree1")
        self.assertEqual(done.returncode, 0, done.stderr)
        # An older release is an answer to nothing: it may have what was corrected since.
        newer = self.proposed(2)
        self.assertEqual(self.promote("deploy", newer, "tree3").returncode, 0)
        done = self.promote("deploy", digest, "tree4", rebuilt="", last="tree3")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("is not the release of the newest deployment", done.stderr)

    def test_a_pull_request_that_changes_nothing_of_the_image_has_that_of_main(self):
        archive = self.folder / "image.tar"
        ours = image_stand_in.write(archive, {"notes": b"of main"})
        self.assertEqual(self.image("publish", "push", str(archive), "tree-of-main", "--commit", MAIN).returncode, 0)
        # Its cache was written over: the same files, and another program.
        theirs = image_stand_in.write(archive, {"notes": b"poisoned"})
        self.commit("7" * 40, "tree7", "service of main")
        done = self.image("publish", "push", str(archive), "tree7", "--commit", "7" * 40)
        self.assertEqual(done.returncode, 4, done.stderr)
        for part in (ours, theirs, "though both are made of the same files"):
            self.assertIn(part, done.stderr)
        self.assertFalse((self.folder / "registry/proposals/tree7").exists())
        # It changes the service, so it has an image of its own.
        self.commit("8" * 40, "tree8", "another service")
        self.assertEqual(self.image("publish", "push", str(archive), "tree8", "--commit", "8" * 40).returncode, 0)

    def test_main_builds_from_nothing_and_takes_no_other_image(self):
        digest = image_stand_in.write(self.folder / "built.tar", {"notes": b"of the sources"})
        self.environment |= {"TEST_IMAGE": str(self.folder / "built.tar"), "GITHUB_OUTPUT": str(self.folder / "outputs")}
        out = str(self.folder / "image.tar")
        done = self.image("none", "rebuild", "--out", out, "--expected", "sha256:" + "3" * 64)
        self.assertEqual(done.returncode, 4)
        self.assertIn("the proposed image differs from the image built from these sources", done.stderr)
        self.assertFalse((self.folder / "outputs").exists(), "it hands on nothing")
        done = self.image("none", "rebuild", "--out", out, "--expected", digest)
        self.assertEqual((done.returncode, (self.folder / "outputs").read_text()), (0, f"digest={digest}\n"), done.stderr)
        self.assertEqual(self.image("none", "prove", "--expected", digest).returncode, 0)
        done = self.image("none", "prove", "--expected", "sha256:" + "3" * 64)
        self.assertEqual(done.returncode, 4)
        self.assertIn("the deployed image differs from the image built from its sources", done.stderr)
        calls = (self.folder / "docker.calls").read_text().splitlines()
        builds = [line for line in calls if line.startswith("buildx build ")]
        self.assertTrue(builds and all("--no-cache" in line and "--cache-from" not in line for line in builds), builds)

    def test_what_was_deployed_before_is_not_built_again(self):
        here = inputs.here()
        steps = [{"name": name, "conclusion": "success"} for name in (turns.EXECUTES[turns.DEPLOY][1], turns.DEPLOYED)]

        def changed(attempt="1"):
            outputs = self.folder / "outputs"
            outputs.unlink(missing_ok=True)
            self.environment |= {"GITHUB_OUTPUT": str(outputs), "GITHUB_RUN_ATTEMPT": attempt, "INFRA_ENVIRONMENT": "prod", "VARIABLES": '{"INFRA_ENVIRONMENT": "prod"}'}
            done = self.image("none", "changed")
            self.assertEqual(done.returncode, 0, done.stderr)
            return outputs.read_text().splitlines()

        self.assertEqual(changed(), ["build=true", f"inputs={here}", "last="], "nothing was deployed yet")
        run = self.hub.ended("deploy.yml", MAIN, "push")
        run["jobs"] = [{"name": "prod / Deploy", "status": "completed", "conclusion": "success", "completed_at": self.hub.now(), "steps": steps}]
        self.assertEqual(changed()[0], "build=true", "another service was deployed")
        listed = subprocess.run(["git", "ls-tree", "-r", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        entries = [line.replace("\t", " ", 1).split(" ", 3) for line in listed.splitlines()]
        self.hub.trees["tree-of-main"] = [{"mode": mode, "type": kind, "sha": sha, "path": path} for mode, kind, sha, path in entries]
        self.assertEqual(changed()[0], "build=false")
        self.assertEqual(changed("2")[0], "build=true", "the way out")

    def test_the_key_is_over_what_the_image_is_made_of(self):
        files = [("100644", "1", "Cargo.lock"), ("100755", "2", "scripts/rootfs"), ("100644", "3", "service/src/main.rs"), ("100644", "4", "infra-app/src/main.rs")]
        first = inputs.key(files)
        self.assertEqual(first, inputs.key(reversed(files)))
        self.assertEqual(first, inputs.key([*files[:3], ("100644", "9", "infra-app/src/main.rs")]))
        for at, change in ((0, ("100644", "9", "Cargo.lock")), (1, ("100644", "2", "scripts/rootfs")), (2, ("100644", "3", "service/src/other.rs"))):
            self.assertNotEqual(first, inputs.key([*files[:at], change, *files[at + 1 :]]))
        # Everything that the Dockerfile copies or starts, and is not of another crate of the workspace.
        context = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
        for name in context:
            if name not in ("infra-app", "infra-lib"):
                self.assertTrue(inputs.IMAGE.fullmatch(name) or inputs.IMAGE.fullmatch(f"{name}/src/main.rs"), name)

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
        self.assertIn("is not an image digest", self.promote("deploy", "latest", "tree").stderr)

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
        self.assertIn("of release 2 is no longer in the registry", done.stderr)
        done = self.rolled_back("1", {2: gone, 1: digest}, kept=3)
        self.assertIn("is about to expire", done.stderr)
        self.assertIn("there is no release `7`", self.rolled_back("7", {1: digest}).stderr)


if __name__ == "__main__":
    unittest.main()
