"""A small image of the service as a container engine writes it: a program that lists its dependencies, its libraries, their licences."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zlib
from pathlib import Path
from typing import Any

from tooling import ROOT

DEBIAN = {
    "libc6": ("glibc (2.36-9+deb12u14)", "2.36-9+deb12u14", ["lib/aarch64-linux-gnu/libc.so.6", "lib/aarch64-linux-gnu/libm.so.6", "lib/ld-linux-aarch64.so.1"]),
    "libgcc-s1": ("gcc-12 (12.2.0-14+deb12u1)", "12.2.0-14+deb12u1", ["lib/aarch64-linux-gnu/libgcc_s.so.1"]),
}


def program(crates: list[dict[str, str]]) -> bytes:
    """A 64-bit ELF file with the section of cargo-auditable, and nothing else."""
    packages = zlib.compress(json.dumps({"packages": crates}).encode())
    names = b"\0.shstrtab\0.dep-v0\0"
    header = 64
    sections = header + len(names) + len(packages)

    def section(name: int, offset: int, size: int) -> bytes:
        return name.to_bytes(4, "little") + bytes(20) + offset.to_bytes(8, "little") + size.to_bytes(8, "little") + bytes(24)

    elf = b"\x7fELF\x02\x01\x01" + bytes(9) + bytes(24) + sections.to_bytes(8, "little") + bytes(10)
    elf += (64).to_bytes(2, "little") + (3).to_bytes(2, "little") + (1).to_bytes(2, "little")
    return elf + names + packages + section(0, 0, 0) + section(1, header, len(names)) + section(11, header + len(names), len(packages))


def files(crates: list[dict[str, str]], licence: str = "MIT") -> dict[str, bytes]:
    """Contents of the root of the image."""
    found = {
        "notes": program(crates),
        "etc/passwd": b"notes:x:65532:65532:notes:/:/nonexistent\n",
        "etc/os-release": b'ID=debian\nVERSION_ID="12"\n',
        "etc/ssl/certs/rds.pem": (ROOT / "service/certificates/rds.pem").read_bytes(),
        "usr/share/doc/notes/crates": "".join(f"{one['name']} {one['version']} {licence}\n" for one in crates).encode(),
    }
    for name, (source, version, libraries) in DEBIAN.items():
        status = f"Package: {name}\nStatus: install ok installed\nArchitecture: arm64\nSource: {source}\nVersion: {version}\n"
        found |= {library: f"code of {library}".encode() for library in libraries}
        found[f"var/lib/dpkg/status.d/{name}"] = status.encode()
        found[f"var/lib/dpkg/status.d/{name}.md5sums"] = "".join(f"{hashlib.md5(found[library]).hexdigest()}  {library}\n" for library in libraries).encode()
        found[f"usr/share/doc/{name}/copyright"] = b"The licence.\n"
    return found


def write(path: Path, content: dict[str, bytes]) -> str:
    """Writes an archive whose one layer has these files; answers the digest of the image."""
    blobs: dict[str, bytes] = {}

    def blob(data: bytes) -> dict[str, Any]:
        digest = hashlib.sha256(data).hexdigest()
        blobs[digest] = data
        return {"digest": f"sha256:{digest}", "size": len(data)}

    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        add(tar, content)
    manifest = {"schemaVersion": 2, "config": blob(b"{}"), "layers": [blob(layer.getvalue())]}
    index = {"schemaVersion": 2, "manifests": [blob(json.dumps(manifest).encode())]}
    with tarfile.open(path, "w") as tar:
        add(tar, {"index.json": json.dumps(index).encode(), **{f"blobs/sha256/{digest}": data for digest, data in blobs.items()}})
    return index["manifests"][0]["digest"]


def add(tar: tarfile.TarFile, content: dict[str, bytes]) -> None:
    for name, data in content.items():
        file = tarfile.TarInfo(name)
        file.size = len(data)
        tar.addfile(file, io.BytesIO(data))
