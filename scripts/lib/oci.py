"""Archives of images in OCI's format: read as data, each part held to the digest that names it."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tooling import fail


def blob(archive: tarfile.TarFile, digest: str) -> bytes:
    """Returns a part of the image after verifying its digest."""
    kind, _, name = digest.partition(":")
    try:
        data = archive.extractfile(f"blobs/{kind}/{name}").read()  # type: ignore[union-attr]
    except (KeyError, AttributeError):
        fail(f"the image has no part {digest}", code=1)
    if kind != "sha256" or hashlib.sha256(data).hexdigest() != name:
        fail(f"a part of the image is not {digest}", code=1)
    return data


def manifest(archive: tarfile.TarFile) -> tuple[str, dict[str, Any]]:
    """The one image of an archive, and its digest."""
    index = json.loads(archive.extractfile("index.json").read())  # type: ignore[union-attr]
    found = index["manifests"]
    if len(found) != 1:
        fail(f"the archive holds {len(found)} images, and not one", code=1)
    digest = found[0]["digest"]
    inner = json.loads(blob(archive, digest))
    if "manifests" in inner:
        fail("the archive holds an index, and not an image", "help: build it without attestations", code=1)
    return digest, inner


def files(archive: tarfile.TarFile, image: dict[str, Any]) -> dict[str, bytes]:
    """The regular files that a container sees, by path from `/`: a later layer replaces what an earlier one has."""
    found: dict[str, bytes] = {}
    for layer in image["layers"]:
        with tarfile.open(fileobj=io.BytesIO(blob(archive, layer["digest"]))) as content:
            for entry, data in entries(content):
                path = "/" + entry.name.removeprefix("./").strip("/")
                name = path.rpartition("/")[2]
                if name.startswith(".wh."):
                    # Files that a later layer hides are listed too: they are still part of the image.
                    continue
                if entry.issym() or entry.islnk():
                    fail(f"the image contains a link: {path}", "note: links are not supported; the target is listed under its own name", "help: scripts/rootfs creates no links", code=1)
                if entry.isreg():
                    found[path] = data
    return found


def entries(content: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    for entry in content:
        file = content.extractfile(entry) if entry.isreg() else None
        yield entry, file.read() if file else b""


def read(path: Path) -> tuple[str, dict[str, bytes]]:
    """The digest of the image in an archive, and its files."""
    with tarfile.open(path) as archive:
        digest, image = manifest(archive)
        return digest, files(archive, image)
