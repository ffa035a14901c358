"""The files that the image and the tool are made of, and the key over them: equal keys are the same result, so that it is built once.

The context of the build holds the whole workspace, because Cargo reads every manifest of it. The program, its licences and the root file system come from
the files below. Where that is wrong, nothing wrong is deployed: the image of a pull request is compared with that of main by the job that pushes it, and
the one that is promoted with a build from nothing (ADR 0044).
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Iterable

import github
from tooling import ROOT, fail

# `scripts/delivery/image` names the BuildKit and the arguments of the build.
IMAGE = re.compile(
    r"Dockerfile|\.dockerignore|Cargo\.(toml|lock)|(service|migration)/.+|web/csp\.txt|scripts/(rootfs|licences)|scripts/delivery/image"
)
# The tool `infra`: the library, what pins its dependencies and the compiler, the manifests that Cargo
# resolves together, and the scripts that it writes into projects, which are links below infra-lib.
TOOL = re.compile(r"Cargo\.lock|rust-toolchain\.toml|\.cargo/.+|(.+/)?Cargo\.toml|infra-lib/.+|scripts/(delivery|lib)/.+")


def key(entries: Iterable[tuple[str, str, str]], files: re.Pattern[str] = IMAGE) -> str:
    """Returns the key over mode, hash and path of the files of a tree that match."""
    lines = sorted(f"{path}\0{mode}\0{sha}\n" for mode, sha, path in entries if files.fullmatch(path))
    if not any(line.startswith("Cargo.lock\0") for line in lines):
        fail("there is no `Cargo.lock` among the files of the tree", code=1)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def here(files: re.Pattern[str] = IMAGE, commit: str = "HEAD") -> str:
    """Returns the key of a commit of this checkout."""
    listed = subprocess.run(["git", "ls-tree", "-r", "-z", commit], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = []
    for line in filter(None, listed.split("\0")):
        about, _, path = line.partition("\t")
        mode, _, sha = about.split()
        found.append((mode, sha, path))
    return key(found, files)


def of(commit: str, files: re.Pattern[str] = IMAGE) -> str | None:
    """Returns the key of a commit, as GitHub has it; none where GitHub does not list the whole tree."""
    answer = github.ask("GET", f"/git/trees/{github.tree_of(commit)}?recursive=1")
    if answer.get("truncated"):
        return None
    return key(((one["mode"], one["sha"], one["path"]) for one in answer["tree"] if one["type"] == "blob"), files)
