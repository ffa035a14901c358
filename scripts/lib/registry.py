"""The registry of images: the contents of a repository, and how long releases stay there."""

from __future__ import annotations

import fnmatch
import json
import subprocess
from dataclasses import dataclass
from typing import Any

import github
from tooling import fail

PROPOSALS, RELEASES = "PROPOSAL_REPOSITORY", "IMAGE_REPOSITORY"
# Number of releases that must fit before the running image expires: each rollback and each failed attempt takes one.
MARGIN = 5


def skopeo(*arguments: str, quiet: bool = False, input: str | None = None) -> subprocess.CompletedProcess:
    try:
        return subprocess.run(["skopeo", *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE if quiet else None, input=input)
    except FileNotFoundError:
        fail("skopeo is not installed", "help: GitHub's runners have it; elsewhere, apt-get install skopeo")


def sign_in(name: str) -> str:
    """Returns the repository that a variable names, after logging in to its registry."""
    repository = github.variable(name)
    secret = subprocess.run(["aws", "ecr", "get-login-password"], check=True, text=True, stdout=subprocess.PIPE).stdout
    if skopeo("login", "--username", "AWS", "--password-stdin", repository.partition("/")[0], input=secret).returncode:
        fail("the registry does not let us in", "help: docs/delivery.md, roles and variables", code=8)
    return repository


def digest_of(reference: str) -> str | None:
    """The digest of an image by tag or digest, when there is one."""
    found = skopeo("inspect", "--no-tags", "--format", "{{.Digest}}", f"docker://{reference}", quiet=True)
    if found.returncode == 0:
        return found.stdout.strip()
    if "not found" in found.stderr or "manifest unknown" in found.stderr:
        return None
    fail(f"the registry cannot be asked for {reference}", *found.stderr.strip().splitlines()[-3:], code=1)


def ecr(*arguments: str) -> Any:
    done = subprocess.run(["aws", "ecr", *arguments, "--output", "json"], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        fail(f"`aws ecr {arguments[0]}` failed", *done.stderr.strip().splitlines()[-3:], "help: docs/delivery.md, roles and variables", code=8)
    return json.loads(done.stdout)


@dataclass(frozen=True)
class Kept:
    """Releases of a repository, the newest first, and how many of them its lifecycle policy keeps; no number means all."""

    digests: list[str]
    most: int | None

    def left(self, digest: str) -> int | None:
        """Number of new releases after which an image expires; `None`: it never does. For an image that is not there yet, the number that are kept."""
        if self.most is None:
            return None
        place = self.digests.index(digest) if digest in self.digests else -1
        return self.most - place - 1


def kept(repository: str) -> Kept:
    """Returns the number of images that a repository keeps, from ECR's lifecycle policy, which counts by push time, not by deployment."""
    name = repository.partition("/")[2]
    policy = ecr("get-lifecycle-policy", "--repository-name", name)["lifecyclePolicyText"]
    images = ecr("describe-images", "--repository-name", name)["imageDetails"]
    rules = [rule["selection"] for rule in json.loads(policy)["rules"] if rule["selection"]["countType"] == "imageCountMoreThan"]
    if len(rules) > 1:
        fail(f"`{name}` counts images by {len(rules)} rules; exactly one is supported", "help: deploy Foundation again", code=1)
    patterns = rules[0].get("tagPatternList", ["*"]) if rules else ["release-*"]
    of_rule = [one for one in images if any(fnmatch.fnmatchcase(tag, pattern) for tag in one.get("imageTags", []) for pattern in patterns)]
    of_rule.sort(key=lambda one: str(one["imagePushedAt"]), reverse=True)
    return Kept([one["imageDigest"] for one in of_rule], rules[0]["countNumber"] if rules else None)


def refuse_expiring(repository: str, digest: str) -> None:
    """Refuses an image that a few more releases would remove while it runs."""
    left = kept(repository).left(digest)
    if left is not None and left < MARGIN:
        fail(
            f"the image {digest} is about to expire: {max(left, 0)} more releases remove it, while it would be running",
            f"note: it was pushed long ago, and the registry keeps the newest {kept(repository).most} releases by when they were pushed",
            "help: raise `delivery.images_kept` in infra-app/config and deploy Foundation, or release these sources again with a change of the service",
            code=1,
        )
