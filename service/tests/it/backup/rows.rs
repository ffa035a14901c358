//! The rows of all tables as text, equal for both databases.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::support::Site;

/// Tables of the service, with a row or more each.
pub(super) const TABLES: [&str; 34] = [
    "access_tokens",
    "attachment_parts",
    "attachments",
    "challenges",
    "counters",
    "deliveries",
    "discarded_files",
    "idempotency_keys",
    "identities",
    "invites",
    "labels",
    "listeners",
    "mailed_links",
    "note_labels",
    "note_links",
    "note_revisions",
    "note_shares",
    "notes",
    "passkeys",
    "push_keys",
    "push_subscriptions",
    "rate_limits",
    "recovery_codes",
    "reminder_settings",
    "saved_filters",
    "sessions",
    "share_invitations",
    "share_news",
    "sign_in_flows",
    "tombstones",
    "totp_secrets",
    "users",
    "webhook_deliveries",
    "webhooks",
];

/// Returns the existing tables, except those of the full-text index and of the migrations.
pub(super) async fn tables(site: &Site) -> Vec<String> {
    let db = site.open().await;
    let backend = db.get_database_backend();
    let text = match backend {
        DbBackend::Postgres => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
    };
    let rows = db
        .query_all_raw(Statement::from_string(backend, text))
        .await
        .unwrap();
    let names = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap());
    names
        .filter(|name| !name.starts_with("note_search") && !name.starts_with("note_words"))
        .filter(|name| name != "seaql_migrations" && !name.starts_with("sqlite_"))
        .collect()
}

/// Returns all rows as text, with identifiers and bytes in hexadecimal for both databases.
pub(super) async fn rows_of(site: &Site) -> Vec<String> {
    let db = site.open().await;
    let backend = db.get_database_backend();
    let mut all = Vec::new();
    for (table, columns) in [
        (
            "users",
            "id, #password_hash, #email_key, #created_at, #disabled_at, #note_count, #next_position",
        ),
        (
            "notes",
            "id, user_id, #title, #content, #place, #trashed_at, position, #reminder_at, #version, #change_seq, #updated_at",
        ),
        ("labels", "id, user_id, #name, #sort, #color"),
        ("note_labels", "note_id, label_id, user_id"),
        ("note_revisions", "note_id, #version, #content, #saved_at"),
        ("tombstones", "user_id, #change_seq, entity_id, #kind"),
        ("sessions", "id, token_hash, user_id, #expires_at"),
        ("access_tokens", "id, token_hash, #name, #expires_at"),
        ("invites", "code_hash, #expires_at"),
        ("mailed_links", "token_hash, user_id, #email_key, #purpose"),
        (
            "identities",
            "id, user_id, #issuer, #subject, #label, #created_at",
        ),
        (
            "sign_in_flows",
            "state_hash, browser_hash, #purpose, user_id, session_id, #return_to, #expires_at",
        ),
        (
            "totp_secrets",
            "user_id, @secret, #last_step, #confirmed_at",
        ),
        ("recovery_codes", "user_id, code_hash, #created_at"),
        (
            "passkeys",
            "id, user_id, @credential_id, #name, #data, #created_at",
        ),
        (
            "challenges",
            "key_hash, user_id, #purpose, #first_factor, #attempts, #state, #expires_at",
        ),
        (
            "idempotency_keys",
            "user_id, #key, request_hash, resource_id",
        ),
        (
            "saved_filters",
            "id, user_id, #name, #query, #sort, #version, #change_seq",
        ),
        (
            "webhooks",
            "id, user_id, #name, #url, #events, #version, #due_at, #created_at",
        ),
        (
            "webhook_deliveries",
            "id, webhook_id, user_id, #event, #revision, #subject, #state, #occurred_at",
        ),
        ("counters", "#name, #value"),
        (
            "attachments",
            "id, user_id, note_id, object, #name, #media_type, #bytes, #received, #width, #version, #created_at, #completed_at, #expires_at",
        ),
        ("attachment_parts", "attachment_id, #start, #bytes, part"),
        ("discarded_files", "object, user_id, #bytes, #due_at"),
        ("reminder_settings", "user_id, #push, #mail"),
        ("push_keys", "@private_key"),
        ("push_subscriptions", "id, user_id, #endpoint, #created_at"),
        ("deliveries", "note_id, user_id"),
        ("listeners", "user_id"),
        ("rate_limits", "#key, #arrives_at"),
    ] {
        let parts: Vec<_> = columns
            .split(", ")
            .map(|column| match (column.strip_prefix('#'), backend) {
                (Some(column), DbBackend::Postgres) if column.ends_with("_at") && column != "arrives_at" => {
                    format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')")
                }
                (Some(column), _) if column.ends_with("_at") && column != "arrives_at" => {
                    format!("substr(replace(rtrim(replace({column}, '+00:00', '')), 'T', ' ') || CASE WHEN instr({column}, '.') > 0 THEN '000000' ELSE '.000000' END, 1, 26)")
                }
                (Some(column), DbBackend::Postgres) => format!("{column}::text"),
                (Some(column), _) => format!("CAST({column} AS text)"),
                (None, DbBackend::Postgres) if column == "position" || column.ends_with("hash") => {
                    format!("encode({column}, 'hex')")
                }
                (None, DbBackend::Postgres) if column.starts_with('@') => {
                    format!("encode({}, 'hex')", &column[1..])
                }
                (None, DbBackend::Postgres) => format!("replace({column}::text, '-', '')"),
                (None, _) => format!("lower(hex({}))", column.trim_start_matches('@')),
            })
            .map(|part| format!("COALESCE({part}, '-')"))
            .collect();
        let text = format!("SELECT {} FROM {table}", parts.join(" || '|' || "));
        let rows = db
            .query_all_raw(Statement::from_string(backend, text))
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{table} proves nothing");
        all.extend(
            rows.iter()
                .map(|row| format!("{table}: {}", row.try_get_by_index::<String>(0).unwrap())),
        );
    }
    all.sort();
    all
}
