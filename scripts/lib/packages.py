"""The crates of the workspace that are published: their order, and the rules for their manifests and packages."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tooling import ROOT, fail

# Slugs of https://crates.io/category_slugs that fit this project; crates.io drops any other without an error.
CATEGORIES = {
    "api-bindings", "command-line-interface", "command-line-utilities", "config", "data-structures", "development-tools",
    "development-tools::build-utils", "development-tools::debugging", "development-tools::testing", "emulators", "encoding",
    "parser-implementations",
    "simulation", "visualization",
}
# Limits of crates.io: https://doc.rust-lang.org/cargo/reference/publishing.html and /manifest.html#the-keywords-field
MAX_PACKED_BYTES = 10 * 1024 * 1024
MAX_FEATURES = 300
MAX_KEYWORDS, MAX_KEYWORD_LENGTH, MAX_CATEGORIES = 5, 20, 5
LICENSES = ("LICENSE-MIT", "LICENSE-APACHE")
# Written by `cargo package` itself.
GENERATED = {".cargo_vcs_info.json", "Cargo.toml", "Cargo.toml.orig", "Cargo.lock"}
# Tests read fixtures of the whole workspace, and examples depend on crates that are published later.
LEFT_OUT = {"tests", "benches", "examples", "target", "node_modules"}


@dataclass
class Package:
    """One crate of the workspace, as `cargo metadata` describes it."""

    data: dict
    after: set[str] = field(default_factory=set)  # published crates that must be on the registry first

    @property
    def name(self) -> str:
        return self.data["name"]

    @property
    def label(self) -> str:
        """Name and version, as registries name archives and folders."""
        return f"{self.name}-{self.data['version']}"

    @property
    def folder(self) -> Path:
        return Path(self.data["manifest_path"]).parent

    @property
    def library(self) -> bool:
        return any("lib" in target["kind"] for target in self.data["targets"])

    @property
    def docs(self) -> dict | None:
        """`[package.metadata.docs.rs]`"""
        return ((self.data.get("metadata") or {}).get("docs") or {}).get("rs")

    @property
    def release(self) -> dict:
        """`[package.metadata.release]`: settings of the release scripts for this crate.

        - `features`: features of the API snapshot and of the build, in place of those of docs.rs
        - `build-features`: features of the build alone
        - `api = false`: no API snapshot, since the library serves this project only
        - `api-except`: paths whose items the snapshot leaves out
        - `links = true`: files may be symbolic links to files of the repository, whose tests notice a checkout without links
        """
        return (self.data.get("metadata") or {}).get("release") or {}

    @property
    def features(self) -> list[str]:
        """Features that a crate is shown and built with."""
        docs = self.docs or {}
        if docs.get("all-features") and "features" not in self.release:
            return sorted(self.data["features"].keys() - {"default"})
        return self.release.get("features", docs.get("features", []))

    @property
    def build_features(self) -> list[str]:
        return self.release.get("build-features", self.features)


def cargo(*arguments: str, **options) -> subprocess.CompletedProcess:
    """Runs cargo with the compiler of the repository, wherever the manifest lies."""
    return subprocess.run(["cargo", *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, **options)


def metadata() -> dict:
    answer = cargo("metadata", "--format-version", "1", "--no-deps", "--offline", "--locked", stdout=subprocess.PIPE)
    if answer.returncode:
        fail("`cargo metadata` failed", "help: cargo fetch --locked")
    return json.loads(answer.stdout)


def published(meta: dict) -> list[Package]:
    """The crates without `publish = false`, each after those it depends on."""
    packages = {p["name"]: Package(p) for p in meta["packages"] if p["publish"] != []}
    for package in packages.values():
        package.after = {d["name"] for d in package.data["dependencies"] if d["name"] in packages and needs_registry(d)} - {package.name}
    order: list[Package] = []
    while len(order) < len(packages):
        done = {p.name for p in order}
        ready = sorted(p.name for p in packages.values() if p.name not in done and p.after <= done)
        if not ready:
            circle = ", ".join(f"`{p.name}` needs {sorted(p.after - done)}" for p in packages.values() if p.name not in done)
            fail(f"no order to publish in: {circle}", "help: in [dev-dependencies] use `{ path = … }` without a version, which cargo leaves out of the package")
        order += [packages[name] for name in ready]
    return order


def needs_registry(dependency: dict) -> bool:
    """Returns true for development dependencies that have only a path; cargo removes them from a package."""
    return not (dependency["kind"] == "dev" and dependency.get("path") and dependency["req"] == "*")


def manifest_faults(package: Package, names: set[str], unpublished: set[str]) -> list[str]:
    """Faults of the manifest: fields that are missing, and dependencies that a registry cannot resolve."""
    data, found = package.data, []
    for key in ("description", "license", "repository", "readme", "rust_version"):
        if not data.get(key):
            found.append(f"`{key.replace('_', '-')}` is missing in [package]")
    if data.get("readme") and not (package.folder / data["readme"]).resolve().is_relative_to(package.folder):
        found.append(f"readme `{data['readme']}` lies outside the folder of the package")
    for key, least, most in (("keywords", 1, MAX_KEYWORDS), ("categories", 1, MAX_CATEGORIES)):
        if not least <= len(data[key]) <= most:
            found.append(f"{len(data[key])} {key}, allowed are {least} to {most}")
    for keyword in data["keywords"]:
        if len(keyword) > MAX_KEYWORD_LENGTH or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_+-]*", keyword):
            found.append(f"keyword `{keyword}` is not 1 to {MAX_KEYWORD_LENGTH} letters, digits, `_`, `-` or `+`")
    for category in data["categories"]:
        if category not in CATEGORIES:
            found.append(f"category `{category}` is not in CATEGORIES of scripts/lib/packages.py")
    if len(data["features"]) > MAX_FEATURES:
        found.append(f"{len(data['features'])} features, crates.io allows {MAX_FEATURES}")
    if data["features"].keys() - {"default"} and package.docs is None:
        found.append("[package.metadata.docs.rs] is missing: docs.rs would show the default features only")
    for table, features in (("docs.rs", (package.docs or {}).get("features", [])), ("release", package.release.get("features", []))):
        for feature in features:
            if feature not in data["features"]:
                found.append(f"[package.metadata.{table}] names the feature `{feature}`, which does not exist")
    for key in package.release.keys() - {"features", "build-features", "api", "api-except", "links"}:
        found.append(f"[package.metadata.release] has an unknown key `{key}`")
    for dependency in data["dependencies"]:
        if not needs_registry(dependency):
            continue
        name = dependency["name"]
        if dependency["req"] == "*":
            found.append(f"dependency `{name}` has no version")
        if (dependency["source"] or "").startswith("git+"):
            found.append(f"dependency `{name}` comes from git")
        if name in unpublished:
            found.append(f"dependency `{name}` is not published")
        if dependency.get("path") and name not in names | unpublished:
            found.append(f"dependency `{name}` lies outside the workspace")
    return found


def content_faults(package: Package, files: dict[str, bytes], tracked: set[str], packed_bytes: int) -> list[str]:
    """Faults of the packed files. `tracked` are the files of the package's folder that git tracks."""
    found = []
    for name in ("README.md", *LICENSES):
        if name not in files:
            found.append(f"`{name}` is not in the package")
    for name in LICENSES:
        if name in files and files[name] != (ROOT / name).read_bytes():
            found.append(f"`{name}` differs from the one at the root of the repository")
    for name in sorted(files.keys() - GENERATED):
        first = name.split("/")[0]
        if first in LEFT_OUT or any(part.startswith(".") for part in name.split("/")) or name.endswith((".snap.new", ".orig", ".rej")):
            found.append(f"`{name}` does not belong in a package; `include` in [package] lists the files that do")
        elif name not in tracked:
            found.append(f"`{name}` is not a file of the package's folder that git tracks")
        elif (package.folder / name).is_symlink() and not (package.release.get("links") and (package.folder / name).resolve().is_relative_to(ROOT)):
            found.append(f"`{name}` is a symbolic link, which not every system can check out")
    if packed_bytes > MAX_PACKED_BYTES:
        found.append(f"{packed_bytes} bytes packed, crates.io allows {MAX_PACKED_BYTES}")
    return found
