"""Ten million notes of a hundred thousand users, made by the database itself: some users with many notes, most with few, with words as frequent as
in texts, labels, reminders, earlier versions, deletions and sessions. In parts of the users, so that several connections can make them."""

from __future__ import annotations

PART = 2_500  # users

# Notes of a user: one user in a thousand has an archive, one in ten is active every day. The mean is 100 notes.
EACH = "CASE WHEN u % 1000 = 0 THEN 10000 WHEN u % 10 = 0 THEN 300 ELSE 67 END"

# Functions, and texts to choose from: 20,000 of some 300 bytes, of words of which the n-th is as frequent as 1/n.
PREPARE = """
CREATE SCHEMA made;
CREATE FUNCTION made.id(kind text, u bigint, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || ' ' || u || ' ' || n)::uuid $$;
-- As the service makes them: the first 48 bits are the time.
CREATE FUNCTION made.note_id(u bigint, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT (lpad(to_hex(1735689600000 + (n * 7919 + u * 104729) % 60000000 * 1000), 12, '0') || '7' || substr(m, 1, 3) || 'a' || substr(m, 4, 15))::uuid
     FROM (SELECT md5('note ' || u || ' ' || n) AS m) x $$;
CREATE FUNCTION made.time(u bigint, n bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
  $$ SELECT to_timestamp(1735689600 + (n * 7919 + u * 104729) % 60000000) $$;
CREATE TABLE made.words AS SELECT n, CASE WHEN n % 50 = 0 THEN 'word' || n ELSE substr(translate(md5(n::text), '0123456789', 'ghijklmnop'), 1, 3 + n % 6) END AS word
  FROM generate_series(1, 20000) n;
CREATE UNIQUE INDEX ON made.words (n);
CREATE TABLE made.texts AS SELECT t, string_agg(w.word, ' ' ORDER BY i) AS content
  FROM generate_series(1, 20000) t, generate_series(1, 55) i,
    LATERAL (SELECT word FROM made.words WHERE n = greatest(1, least(20000, floor(exp(('x' || substr(md5(t || ' ' || i), 1, 7))::bit(28)::int / 268435456.0 * ln(20000.0)))::int))) w
  GROUP BY t;
ALTER TABLE made.texts ADD COLUMN vector tsvector;
UPDATE made.texts SET vector = to_tsvector('simple', content);
CREATE UNIQUE INDEX ON made.texts (t);
VACUUM ANALYZE made.texts;
"""

# Indexes and constraints are created at the end, which is faster than updating them for each row.
TABLES = ["users", "sessions", "access_tokens", "labels", "notes", "note_labels", "note_revisions", "tombstones", "idempotency_keys", "rate_limits"]

LOAD = f"""
SET synchronous_commit = off;
INSERT INTO users (id, email, email_key, username, username_key, password_hash, revision, note_count, label_count, next_position, created_at, updated_at)
  SELECT made.id('user', u, 0), 'user' || u || '@example.com', 'user' || u || '@example.com', 'user' || u, 'user' || u, 'none',
    {EACH} + 10, {EACH}, 5, 4611686018427387904 - {EACH}, now() - interval '2 years', now() FROM generate_series({{first}}, {{last}}) u;
INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
  SELECT made.id('session', u, s), sha256(('bench-session-' || u || CASE s WHEN 0 THEN '' ELSE '-' || s END)::bytea), made.id('user', u, 0), now(), now(),
    now() + interval '1 day' * CASE WHEN s = 2 AND u % 20 = 0 THEN -1 ELSE 1 END FROM generate_series({{first}}, {{last}}) u, generate_series(0, 2) s;
INSERT INTO labels (id, user_id, name, name_key, color, sort, change_seq, created_at, updated_at)
  SELECT made.id('label', u, l), made.id('user', u, 0), 'label ' || l, 'label ' || l, 'white', l, l, now(), now()
  FROM generate_series({{first}}, {{last}}) u, generate_series(1, 5) l;
INSERT INTO notes (id, user_id, place, trashed_from, trashed_at, pin_rank, position, title, content, color, reminder_at, reminder_fired_at, reminder_fired_seq,
    change_seq, created_at, updated_at, vector)
  SELECT made.note_id(u, n), x.owner, CASE WHEN n % 20 = 7 THEN 2 WHEN n % 10 = 3 THEN 1 ELSE 0 END,
    CASE WHEN n % 20 = 7 THEN 0 END, CASE WHEN n % 20 = 7 THEN now() - interval '1 minute' * (u % 44000) END,
    CASE WHEN n % 33 = 0 THEN 0 ELSE 1 END, int8send(4611686018427387904 - n), 'Note ' || n || ' ' || x.unique_word, t.content || ' ' || x.unique_word, 'white',
    CASE WHEN n % 50 = 1 THEN now() + interval '1 hour' * ((u + n) % 1000 - 900) END,
    CASE WHEN n % 50 = 1 AND (u + n) % 1000 < 899 THEN now() + interval '1 hour' * ((u + n) % 1000 - 900) END,
    CASE WHEN n % 50 = 1 AND (u + n) % 1000 < 899 THEN n + 5 END,
    n + 5, made.time(u, n), made.time(u, n),
    array_to_tsvector(ARRAY['@' || replace(x.owner::text, '-', '')]) || setweight(to_tsvector('simple', 'note ' || n || ' ' || x.unique_word), 'A') || t.vector
  FROM (SELECT u, n, made.id('user', u, 0) AS owner, substr(md5(u || ' ' || n), 1, 8) AS unique_word, 1 + (u * 7919 + n * 104729) % 20000 AS text
        FROM generate_series({{first}}, {{last}}) u, LATERAL generate_series(1, {EACH}) n) x
  JOIN made.texts t ON t.t = x.text;
INSERT INTO note_labels (note_id, label_id, user_id)
  SELECT made.note_id(u, n), made.id('label', u, 1 + (n + l) % 5), made.id('user', u, 0)
  FROM generate_series({{first}}, {{last}}) u, LATERAL generate_series(2, {EACH}, 2) n, generate_series(1, 2) l WHERE l <= 1 + n / 2 % 2;
INSERT INTO note_revisions (note_id, version, user_id, title, content, saved_at)
  SELECT made.note_id(u, n), 1, made.id('user', u, 0), 'before', t.content, now() - interval '1 minute' * ((u + n) % 132000)
  FROM generate_series({{first}}, {{last}}) u, LATERAL generate_series(20, {EACH}, 20) n JOIN made.texts t ON t.t = 1 + n % 20000;
INSERT INTO tombstones (user_id, change_seq, kind, entity_id, deleted_at)
  SELECT made.id('user', u, 0), d, 0, made.id('deleted', u, d), now() - interval '1 hour' * ((u + d) % 2300)
  FROM generate_series({{first}}, {{last}}) u, generate_series(1, 5) d;
INSERT INTO idempotency_keys (user_id, key, request_hash, resource_id, created_at)
  SELECT made.id('user', u, 0), 'key-' || k, sha256('x'::bytea), made.note_id(u, k), now() - interval '1 minute' * ((u + k) % 1200)
  FROM generate_series({{first}}, {{last}}) u, generate_series(1, 3) k;
INSERT INTO rate_limits (key, arrives_at)
  SELECT 'login-name:' || md5(u::text), (extract(epoch FROM now()) * 1000000)::bigint + 2 * (u % 1000) * 1000000 FROM generate_series({{first}}, {{last}}) u;
"""

# Indexes and references are dropped, with the statements that create them again; keys last in, first out.
PUT_ASIDE = """
CREATE TABLE made.aside (place serial, statement text);
INSERT INTO made.aside (statement)
  SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u') ORDER BY conrelid;
INSERT INTO made.aside (statement)
  SELECT indexdef FROM pg_indexes i WHERE schemaname = 'public'
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname AND c.contype IN ('p', 'u'));
INSERT INTO made.aside (statement)
  SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype = 'f' ORDER BY conrelid;
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = 'f' LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.t, each.conname);
  END LOOP;
  FOR each IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u') LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.t, each.conname);
  END LOOP;
  FOR each IN SELECT indexname FROM pg_indexes WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP INDEX public.%I', each.indexname);
  END LOOP;
END $$;
"""
