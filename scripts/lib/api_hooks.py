"""Who schemathesis asks as: one account all the time, and another one where a request may end the session that it is sent with."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import uuid
from datetime import datetime, timedelta, timezone

import schemathesis
from hypothesis import strategies

ENDING = os.environ["NOTES_ENDING"].split()
COOKIE = os.environ["NOTES_SESSION"].partition("=")[0]


# By itself schemathesis makes headers of letters and digits only, and would never send one that is allowed. Most say "whatever there is", so
# that changes are made.
schemathesis.openapi.format("entity-tag", strategies.sampled_from(["*", "*", "*", '"1"', '"2"', '"999999999999999999"']))


def session_of(username: str) -> str:
    """A new session, written into the database: to log in each time would be slow, and is limited."""
    token = secrets.token_urlsafe(32)
    now = datetime.now(timezone.utc)
    row = (uuid.uuid4().bytes, hashlib.sha256(token.encode()).digest(), now.isoformat(), now.isoformat(), (now + timedelta(days=1)).isoformat(), username)
    with sqlite3.connect(os.environ["NOTES_DATABASE"], timeout=10) as db:
        db.execute(
            "INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at) SELECT ?, ?, id, ?, ?, ? FROM users WHERE username = ?", row
        )
    return f"{COOKIE}={token}"


@schemathesis.auth(refresh_interval=None)
class Session:
    def get(self, case, context):
        if context.operation.definition.raw.get("operationId") in ENDING:
            return session_of("leaver")
        return os.environ["NOTES_SESSION"]

    def set(self, case, data, context):
        name, _, value = data.partition("=")
        case.cookies[name] = value
