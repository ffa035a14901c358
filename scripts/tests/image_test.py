"""The Dockerfile and what stands in for it here say the same, and equal contents give an equal root file system."""

import hashlib
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
        sums = set(re.findall(r"\b[0-9a-f]{64}\b", re.sub(r"@sha256:\w+", "", DOCKERFILE)))
        self.assertEqual(sums, set(re.findall(r"^bundle=(\w+)$", (ROOT / "scripts/rootfs").read_text(), re.M)))
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

    def test_certificates_that_nobody_checked_are_refused(self) -> None:
        certificates = self.folder / "rds.pem"
        certificates.write_text("-----BEGIN CERTIFICATE-----\n")
        made = rootfs("/bin/true", str(self.folder / "root"), str(certificates))
        self.assertEqual(made.returncode, 1)
        self.assertIn("is not the bundle of certificates that was checked", made.stderr)

    def test_a_program_that_is_not_there_is_named(self) -> None:
        made = rootfs(str(self.folder / "none"), str(self.folder / "root"))
        self.assertEqual(made.returncode, 1)
        self.assertIn(f"there is no program `{self.folder}/none`", made.stderr)


if __name__ == "__main__":
    unittest.main()
