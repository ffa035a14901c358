"""The Dockerfile and what stands in for it here say the same, equal contents give an equal root file system, and nothing in it is nameless."""

import hashlib
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def rootfs(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "scripts/rootfs", *arguments], capture_output=True, text=True)


def digest(folder: Path) -> str:
    command = ["tar", "--create", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--directory", str(folder), "."]
    return hashlib.sha256(subprocess.run(command, capture_output=True, check=True).stdout).hexdigest()


class Image(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_versions_and_sums_stand_in_several_places_and_are_the_same(self) -> None:
        auditable = re.findall(r"cargo-auditable@([\d.]+)", DOCKERFILE)
        self.assertEqual(auditable, re.findall(r'^AUDITABLE = "([\d.]+)"', (ROOT / "scripts/image").read_text(), re.M))
        toolchain = re.findall(r'^channel = "(.+)"$', (ROOT / "rust-toolchain.toml").read_text(), re.M)[0]
        self.assertEqual(re.findall(r"^ENV RUSTUP_TOOLCHAIN=(.+)$", DOCKERFILE, re.M), [toolchain])
        self.assertIn(f"/rust:{toolchain}-", DOCKERFILE)

    def test_every_base_is_pinned_by_digest(self) -> None:
        bases = dict(re.findall(r"^ARG (\w+_IMAGE)=(\S+)$", DOCKERFILE, re.M))
        self.assertEqual(set(re.findall(r"^FROM \$\{(\w+_IMAGE)\}", DOCKERFILE, re.M)), set(bases))
        for name, base in bases.items():
            self.assertRegex(base, r"^scratch$|@sha256:[0-9a-f]{64}$", name)

    def test_sources_that_are_compiled_in_are_in_the_context(self) -> None:
        listed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
        for crate in ("service", "migration"):
            for source in (ROOT / crate / "src").rglob("*.rs"):
                for named in re.findall(r'include_(?:str|bytes)!\(\s*"([^"]+)"', source.read_text()):
                    path = (source.parent / named).resolve().relative_to(ROOT)
                    self.assertTrue(any(path.is_relative_to(each) for each in listed), f"{source}: {path} is not in the context of the image")

    def test_the_root_is_the_same_each_time(self) -> None:
        for name in ("one", "two"):
            made = rootfs("/bin/true", str(self.folder / name))
            self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(digest(self.folder / "one"), digest(self.folder / "two"))
        self.assertTrue((self.folder / "one/notes").stat().st_mode & 0o111)

    def test_the_build_reads_no_address_whose_content_changes(self) -> None:
        self.assertNotRegex(DOCKERFILE, r"(?m)^ADD|https?://")
        self.assertRegex((ROOT / "scripts/delivery/image").read_text(), r'(?m)^BUILDKIT = "docker\.io/moby/buildkit:v[\d.]+@sha256:[0-9a-f]{64}"$')
        made = rootfs("/bin/true", str(self.folder / "root"))
        self.assertEqual(made.returncode, 0, made.stderr)
        bundle = ROOT / "service/certificates/rds.pem"
        self.assertEqual((self.folder / "root/etc/ssl/certs/rds.pem").read_bytes(), bundle.read_bytes())

    def test_every_library_has_the_name_of_its_package(self) -> None:
        made = rootfs("/bin/true", str(self.folder / "root"))
        self.assertEqual(made.returncode, 0, made.stderr)
        root = self.folder / "root"
        status = root / "var/lib/dpkg/status.d"
        self.assertRegex((status / "libc6").read_text(), r"(?m)^Source: glibc \(\S+\)\nVersion: \S+$")
        listed = [line.split("  ", 1) for line in (status / "libc6.md5sums").read_text().splitlines()]
        libraries = [path for path in root.rglob("*") if path.is_file() and ".so" in path.name]
        self.assertEqual(sorted(name for _, name in listed), sorted(str(path.relative_to(root)) for path in libraries))
        for digest, name in listed:
            self.assertEqual(hashlib.md5((root / name).read_bytes()).hexdigest(), digest)
        self.assertTrue((root / "usr/share/doc/libc6/copyright").is_file())

    def test_licences_are_read_a_line_for_each_crate(self) -> None:
        cargo = self.folder / "cargo"
        listed = ["notes-service v0.1.0 (/build/service)|MIT OR Apache-2.0", "serde_derive v1.0.2 (proc-macro)|MIT OR Apache-2.0", "icu v2.0.0|(MIT OR Apache-2.0) AND Unicode-3.0", "ring v0.17.1|Apache-2.0 AND ISC (*)", "ring v0.17.1|Apache-2.0 AND ISC"]
        cargo.write_text("#!/bin/sh\ncat <<'EOT'\n" + "\n".join(listed) + "\nEOT\n")
        cargo.chmod(0o755)
        out = self.folder / "licences"
        subprocess.run([ROOT / "scripts/licences", out], env={**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"}, check=True)
        expected = ["icu 2.0.0 (MIT OR Apache-2.0) AND Unicode-3.0", "notes-service 0.1.0 MIT OR Apache-2.0", "ring 0.17.1 Apache-2.0 AND ISC", "serde_derive 1.0.2 MIT OR Apache-2.0"]
        self.assertEqual(out.read_text().splitlines(), expected)

    def certificates(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([ROOT / "scripts/certificates", *arguments], capture_output=True, text=True)

    def test_certificates_are_authorities_of_rds_and_new_ones_are_told(self) -> None:
        ours = ROOT / "service/certificates/rds.pem"
        same = self.certificates("check", "--published", ours.as_uri())
        self.assertEqual((same.returncode, same.stderr), (0, ""))
        parts = re.findall(r"-----BEGIN.*?END CERTIFICATE-----\n", ours.read_text(), re.S)
        fewer = self.folder / "fewer.pem"
        fewer.write_text("".join(parts[1:]))
        told = self.certificates("check", "--published", ours.as_uri(), "--bundle", str(fewer))
        self.assertEqual(told.returncode, 1)
        self.assertRegex(told.stdout, r"^\+ Amazon RDS \S+ Root CA \w+ G1, until .*, SHA-256 [0-9a-f]{64}\n$")
        written = self.certificates("update", "--published", ours.as_uri(), "--bundle", str(fewer))
        self.assertEqual((written.returncode, fewer.read_text()), (0, ours.read_text()), written.stderr)

    def test_what_is_no_authority_of_rds_is_never_taken(self) -> None:
        key, own = self.folder / "key.pem", self.folder / "own.pem"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(own), "-subj", "/CN=Amazon RDS us-east-1 Root CA RSA2048 G1/O=Mallory/C=US"]
        subprocess.run(command, check=True, capture_output=True)
        ours = ROOT / "service/certificates/rds.pem"
        for more, said in ((own.read_text(), "not of an RDS authority"), (key.read_text(), "more than certificates")):
            other, target = self.folder / "other.pem", self.folder / "target.pem"
            other.write_text(ours.read_text() + more)
            target.write_bytes(ours.read_bytes())
            made = self.certificates("update", "--published", other.as_uri(), "--bundle", str(target))
            self.assertEqual((made.returncode, target.read_bytes()), (1, ours.read_bytes()))
            self.assertIn(said, made.stderr)

    def test_a_program_that_is_not_there_is_named(self) -> None:
        made = rootfs(str(self.folder / "none"), str(self.folder / "root"))
        self.assertEqual(made.returncode, 1)
        self.assertIn(f"there is not a program `{self.folder}/none`", made.stderr)


if __name__ == "__main__":
    unittest.main()
