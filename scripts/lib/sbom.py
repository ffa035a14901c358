"""The contents of an image in CycloneDX: every file, the packages of the files, the crates of the program.

It is read out of the image alone, besides the lock file: whoever has the image can make it again. scripts/rootfs leaves in the image what
is needed for that: packages of Debian in /var/lib/dpkg/status.d, as scanners of images read them too, and the licences of crates.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from typing import Any

from tooling import fail

SECTION = b".dep-v0"
PROGRAM = "/notes"
CRATES = "/usr/share/doc/notes/crates"
STATUS = "/var/lib/dpkg/status.d/"
CERTIFICATES = "/etc/ssl/certs/rds.pem"
# Our own files without code: the user, name resolution, system identification, lists and licences.
OURS = re.compile(r"/etc/(passwd|group|nsswitch\.conf|os-release)|/usr/share/doc/[\w.+-]+/(copyright|crates)|/var/lib/dpkg/status\.d/[\w.+-]+")
# As in their copyright files, which are in the image too; as SPDX expressions.
LICENCES = {
    "libc6": "LGPL-2.1-or-later",
    "libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1",
}


def crates(elf: bytes) -> list[dict[str, Any]]:
    """Returns the packages of a 64-bit program, as cargo-auditable recorded them."""
    if elf[:5] != b"\x7fELF\x02":
        fail("the program is not a 64-bit ELF file", code=1)

    def number(at: int, size: int) -> int:
        return int.from_bytes(elf[at : at + size], "little")

    table, size, count, names = number(0x28, 8), number(0x3A, 2), number(0x3C, 2), number(0x3E, 2)
    headers = [table + index * size for index in range(count)]
    strings = number(headers[names] + 0x18, 8)
    for header in headers:
        name = strings + number(header, 4)
        if elf[name : elf.index(b"\0", name)] == SECTION:
            start, length = number(header + 0x18, 8), number(header + 0x20, 8)
            return json.loads(zlib.decompress(elf[start : start + length]))["packages"]
    fail("the program has no list of its dependencies", "help: build it with `cargo auditable`, as the Dockerfile does", code=1)


def locked(lock: str) -> dict[tuple[str, str], str]:
    """The packages of a lock file, with the checksum of the download; empty for those of the workspace."""
    found: dict[tuple[str, str], str] = {}
    for entry in lock.split("[[package]]")[1:]:
        values = dict(re.findall(r'^(name|version|checksum) = "([^"]*)"$', entry, re.M))
        found[values["name"], values["version"]] = values.get("checksum", "")
    return found


def packages(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Debian's packages in the image, each with the files that it brings."""
    found = []
    for path in sorted(files):
        name = path.removeprefix(STATUS)
        if not path.startswith(STATUS) or name.endswith(".md5sums"):
            continue
        fields = dict(re.findall(r"^([\w-]+): (.*)$", files[path].decode(), re.M))
        listed = files.get(f"{path}.md5sums", b"").decode().splitlines()
        brings = ["/" + line.split("  ", 1)[1].lstrip("/") for line in listed]
        source, _, of_source = fields.get("Source", name).partition(" ")
        version = fields.get("Version", "")
        found.append({"name": name, "version": version, "arch": fields.get("Architecture", ""), "source": source, "source-version": of_source.strip("()") or version, "files": brings})
    return found


def debian(files: dict[str, bytes]) -> str:
    """The number of Debian's release that packages are of."""
    found = re.search(r'^VERSION_ID="?(\d+)', files.get("/etc/os-release", b"").decode(), re.M)
    if not found:
        fail("the image does not name the release of Debian of its libraries", "help: scripts/rootfs must copy /etc/os-release from the base of the build", code=1)
    return found[1]


def document(digest: str, files: dict[str, bytes], lock: str) -> dict[str, Any]:
    """The list. Fails when something in the image belongs to nothing that can be named."""
    if PROGRAM not in files:
        fail(f"no layer of the image has the program `{PROGRAM}`", code=1)
    known, licences = locked(lock), licences_of(files)
    parts = [part for part in crates(files[PROGRAM]) if part.get("kind") != "build"]
    strangers = [f"{part['name']} {part['version']}" for part in parts if (part["name"], part["version"]) not in known]
    if strangers:
        fail("the image contains packages that are not in Cargo.lock", *strangers[:10], code=1)
    unlicensed = [f"{part['name']} {part['version']}" for part in parts if (part["name"], part["version"]) not in licences]
    if unlicensed:
        fail("the image lists no licence for these crates", *unlicensed[:10], f"help: add them to `{CRATES}` in the image, which the Dockerfile writes", code=1)
    system = [package(one, files, debian(files)) for one in packages(files)]
    of_packages = {path for one in packages(files) for path in one["files"]}
    unnamed = sorted(path for path in files if path not in of_packages | {PROGRAM, CERTIFICATES} and not OURS.fullmatch(path))
    if unnamed:
        fail("the image contains files of no package", *unnamed[:10], "help: scripts/rootfs records the package of each library; list other files in scripts/lib/sbom.py", code=1)
    components = [
        {"type": "application", "name": "notes", "version": version_of(known), "bom-ref": PROGRAM, "hashes": sums(files[PROGRAM]), "licenses": [{"expression": "MIT OR Apache-2.0"}]},
        *system,
        *(crate(part, known, licences) for part in sorted(parts, key=lambda part: (part["name"], part["version"]))),
        *({"type": "file", "name": path, "bom-ref": f"file:{path}", "hashes": sums(files[path])} for path in sorted(files)),
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "container", "name": "notes", "version": digest, "bom-ref": digest}},
        "components": components,
        "dependencies": [{"ref": digest, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def sums(data: bytes) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]


def version_of(known: dict[tuple[str, str], str]) -> str:
    return next((version for name, version in known if name == "notes-service"), "0.0.0")


def licences_of(files: dict[str, bytes]) -> dict[tuple[str, str], str]:
    """Licences of crates, as the build wrote them: name, version, expression."""
    found = {}
    for line in files.get(CRATES, b"").decode().splitlines():
        name, version, expression = line.split(" ", 2)
        # How crates wrote `OR` before there were expressions.
        found[name, version] = expression.replace("/", " OR ")
    return found


def crate(part: dict[str, Any], known: dict[tuple[str, str], str], licences: dict[tuple[str, str], str]) -> dict[str, Any]:
    name, version = part["name"], part["version"]
    purl = f"pkg:cargo/{name}@{version}"
    of_registry = known[name, version]
    hashes = {"hashes": [{"alg": "SHA-256", "content": of_registry}]} if of_registry else {}
    # Our own packages are in no registry, where someone else could register their names.
    return {"type": "library", "name": name, "version": version, "bom-ref": purl, **({"purl": purl} if of_registry else {}), "licenses": [{"expression": licences[name, version]}], **hashes}


def package(one: dict[str, Any], files: dict[str, bytes], release: str) -> dict[str, Any]:
    if one["name"] not in LICENCES:
        fail(f"the licence of Debian's package `{one['name']}` is not known", "help: read its copyright file, and add it to scripts/lib/sbom.py", code=1)
    absent = [path for path in one["files"] if path not in files]
    if absent or not one["files"] or not one["version"]:
        fail(f"the image names Debian's package `{one['name']}`, but not its files", *absent[:5], code=1)
    purl = f"pkg:deb/debian/{one['name']}@{one['version']}?arch={one['arch']}&distro=debian-{release}"
    # Advisories are about the source package: https://google.github.io/osv.dev/data/#debian
    advised = [("osv:ecosystem", f"Debian:{release}"), ("osv:name", one["source"]), ("osv:version", one["source-version"])]
    parts = [{"type": "file", "name": path, "bom-ref": f"{purl}#{path}", "hashes": sums(files[path])} for path in one["files"]]
    return {"type": "library", "name": one["name"], "version": one["version"], "bom-ref": purl, "purl": purl, "licenses": [{"expression": LICENCES[one["name"]]}], "properties": [{"name": name, "value": value} for name, value in advised], "components": parts}
