"""The same users and notes in both schemas, made by the database itself: notes of some 300 bytes, every second with one or two of five labels."""

from __future__ import annotations

import hashlib

# {users} and {notes}: how many users, and how many notes each has.
ORIGINAL_LOAD = """
INSERT INTO "User" (email, username, password)
  SELECT 'user' || u || '@example.com', 'user' || u, 'none' FROM generate_series(1, {users}) u;
INSERT INTO "Category" (name, "userId") SELECT 'label ' || l, u FROM generate_series(1, {users}) u, generate_series(1, 5) l;
INSERT INTO "Note" (title, content, position, "updatedAt", "userId")
  SELECT 'Note ' || n, repeat('It has some three hundred bytes, as most notes do. ', 6), n, now(), u
  FROM generate_series(1, {users}) u, generate_series(1, {notes}) n;
INSERT INTO "_CategoryToNote"
  SELECT (u - 1) * 5 + l, (u - 1) * {notes} + n FROM generate_series(1, {users}) u, generate_series(1, {notes}) n, generate_series(1, 2) l
  WHERE n % 2 = 0 AND l <= 1 + n / 2 % 2;
"""

SERVICE_LOAD = """
CREATE FUNCTION pg_temp.id(kind text, u bigint, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || ' ' || u || ' ' || n)::uuid $$;
INSERT INTO users (id, email, email_key, username, username_key, password_hash, revision, note_count, label_count, created_at, updated_at)
  SELECT pg_temp.id('user', u, 0), 'user' || u || '@example.com', 'user' || u || '@example.com', 'user' || u, 'user' || u, 'none', {notes}, {notes}, 5,
    now(), now() FROM generate_series(1, {users}) u;
INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
  SELECT pg_temp.id('session', u, 0), sha256(('bench-session-' || u)::bytea), pg_temp.id('user', u, 0), now(), now(), now() + interval '1 day'
  FROM generate_series(1, {users}) u;
INSERT INTO labels (id, user_id, name, name_key, color, sort, change_seq, created_at, updated_at)
  SELECT pg_temp.id('label', u, l), pg_temp.id('user', u, 0), 'label ' || l, 'label ' || l, 'white', l, l, now(), now()
  FROM generate_series(1, {users}) u, generate_series(1, 5) l;
INSERT INTO notes (id, user_id, place, pin_rank, position, title, content, color, change_seq, created_at, updated_at)
  SELECT pg_temp.id('note', u, n), pg_temp.id('user', u, 0), 0, 1, int8send(4611686018427387904 + n), 'Note ' || n,
    repeat('It has some three hundred bytes, as most notes do. ', 6), 'white', n, now(), now()
  FROM generate_series(1, {users}) u, generate_series(1, {notes}) n;
INSERT INTO note_labels (note_id, label_id, user_id)
  SELECT pg_temp.id('note', u, n), pg_temp.id('label', u, l), pg_temp.id('user', u, 0)
  FROM generate_series(1, {users}) u, generate_series(1, {notes}) n, generate_series(1, 2) l
  WHERE n % 2 = 0 AND l <= 1 + n / 2 % 2;
"""

# The search vector of each note, as the service writes it: its words, those of the title with weight, and one for the owner.
SERVICE_INDEX = """
UPDATE notes SET vector = array_to_tsvector(ARRAY['@' || replace(user_id::text, '-', '')])
    || setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', content);
"""


def note_id(user: int, note: int) -> str:
    """What `pg_temp.id('note', user, note)` gives."""
    text = hashlib.md5(f"note {user} {note}".encode()).hexdigest()
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def session_token(user: int) -> str:
    return f"bench-session-{user}"
