"""Signs as GitHub's attestations do, with a key of the test in TEST_FOLDER: an in-toto statement in a DSSE envelope in a Sigstore bundle.

`sign FILE IDENTITY BUNDLE`, `verify FILE IDENTITY BUNDLE`.
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

KEY = Path(os.environ["TEST_FOLDER"], "signing.pem")
TYPE = "application/vnd.in-toto+json"


def openssl(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True)


def signed_bytes(payload: bytes) -> bytes:
    return b"DSSEv1 %d %s %d %s" % (len(TYPE), TYPE.encode(), len(payload), payload)


def sign(file: str, identity: str, bundle: str) -> int:
    if not KEY.is_file():
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(KEY))
        KEY.with_suffix(".pub").write_bytes(openssl("ec", "-in", str(KEY), "-pubout").stdout)
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": Path(file).name, "digest": {"sha256": hashlib.sha256(Path(file).read_bytes()).hexdigest()}}],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {"identity": identity},
    }
    payload = json.dumps(statement).encode()
    signature = openssl("dgst", "-sha256", "-sign", str(KEY), data=signed_bytes(payload)).stdout
    envelope = {"payload": base64.b64encode(payload).decode(), "payloadType": TYPE, "signatures": [{"sig": base64.b64encode(signature).decode()}]}
    Path(bundle).write_text(json.dumps({"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "dsseEnvelope": envelope}))
    return 0


def verify(file: str, identity: str, bundle: str) -> int:
    envelope = json.loads(Path(bundle).read_text())["dsseEnvelope"]
    payload = base64.b64decode(envelope["payload"])
    with tempfile.NamedTemporaryFile() as signature:
        signature.write(base64.b64decode(envelope["signatures"][0]["sig"]))
        signature.flush()
        good = openssl("dgst", "-sha256", "-verify", str(KEY.with_suffix(".pub")), "-signature", signature.name, data=signed_bytes(payload)).returncode == 0
    statement = json.loads(payload)
    digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    why = [] if good else ["the signature is not of the key"]
    why += [] if statement["subject"][0]["digest"]["sha256"] == digest else ["it is about another file"]
    why += [] if statement["predicate"]["identity"] == identity else [f"expected SAN {identity}, found {statement['predicate']['identity']}"]
    print(*why, sep="\n", file=sys.stderr)
    # As `gh attestation verify --format json`: what was verified.
    print(json.dumps([] if why else [{"verificationResult": {"statement": statement, "signature": {"certificate": {"sourceRepositoryRef": "refs/heads/main"}}}}]))
    return 1 if why else 0


if __name__ == "__main__":
    sys.exit({"sign": sign, "verify": verify}[sys.argv[1]](*sys.argv[2:]))
