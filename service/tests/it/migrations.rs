//! Tests of migration steps: with data of the previous version, by one or several processes, and atomically.

use notes_service::config::Config;
use notes_service::domain::limits::AccountLimits;
use notes_service::migrate;
use notes_service::store::Store;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};
use uuid::Uuid;

use crate::support::process::{Ran, run};
use crate::support::{Site, on_both_databases};

on_both_databases!(
    Site: applies_lists_and_reverts_migrations,
    keeps_existing_rows_across_migrations,
    moves_search_words_with_notes,
    applies_each_migration_once_with_ten_processes,
    rolls_back_and_reports_failed_migration,
    baselines_identical_existing_schema,
    rejects_different_schema_and_lists_differences,
    refuses_to_migrate_database_of_later_release,
);

/// Runs `notes migrate` on this database.
fn migrate(site: &Site, arguments: &[&str]) -> Ran {
    let arguments = [&["migrate"], arguments].concat();
    run(&arguments, &[("DATABASE_URL", &site.url)])
}

fn steps() -> Vec<&'static str> {
    KEPT.iter().map(|kept| kept.step).collect()
}

/// Returns the expected output: one line for each of these steps.
fn said(what: &str, steps: &[&str]) -> String {
    let lines: Vec<_> = steps
        .iter()
        .map(|step| format!("{what} {step}\n"))
        .collect();
    lines.concat()
}

async fn execute(db: &DatabaseConnection, text: &str, values: Vec<Value>) {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    db.execute_raw(statement).await.unwrap();
}

/// Returns the first column of the first row.
async fn number(db: &DatabaseConnection, text: &str) -> i64 {
    let statement = Statement::from_string(db.get_database_backend(), text);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn has_table(db: &DatabaseConnection, name: &str) -> bool {
    let tables = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public' AND table_name = "
        }
        _ => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ",
    };
    number(db, &format!("{tables}'{name}'")).await > 0
}

async fn applies_lists_and_reverts_migrations(site: Site) {
    let names = steps();
    let pending = migrate(&site, &["status"]);
    assert_eq!(pending.code, Some(2), "{pending:?}");
    assert_eq!(pending.output.lines().count(), names.len());
    assert!(
        pending
            .output
            .lines()
            .all(|line| line.starts_with("pending "))
    );
    assert!(
        !has_table(&site.open().await, "seaql_migrations").await,
        "to look changes nothing"
    );

    let first = migrate(&site, &["up", "--steps", "1"]);
    assert_eq!(
        (first.code, first.output.as_str()),
        (Some(0), format!("applied {}\n", names[0]).as_str())
    );
    // Not one step further, and no step twice.
    let until = migrate(&site, &["up", "--to", names[0]]);
    assert_eq!(
        (until.code, until.output.as_str()),
        (Some(0), "nothing to do: the step is applied already\n")
    );
    let some = migrate(&site, &["status"]);
    assert_eq!(some.code, Some(2));
    assert!(
        some.output
            .starts_with(&format!("applied  {}\npending  {}\n", names[0], names[1]))
    );

    assert_eq!(
        migrate(&site, &["up", "--to", names[2]]).output,
        said("applied", &names[1..3])
    );
    assert_eq!(migrate(&site, &["up", "--to", "m9999"]).code, Some(64));
    assert_eq!(migrate(&site, &["up"]).output, said("applied", &names[3..]));
    let again = migrate(&site, &["up"]);
    assert_eq!(
        (again.code, again.output.as_str()),
        (Some(0), "nothing to do: the schema is up to date\n")
    );
    let all = migrate(&site, &["status", "--json"]);
    assert_eq!(all.code, Some(0));
    let shown: serde_json::Value = serde_json::from_str(&all.output).unwrap();
    let expected: Vec<_> = names
        .iter()
        .map(|name| serde_json::json!({"name": name, "applied": true}))
        .collect();
    assert_eq!(shown, serde_json::json!({ "steps": expected }));

    let last = names.last().unwrap();
    assert_eq!(
        migrate(&site, &["down"]).output,
        format!("rolled back {last}\n")
    );
    assert_eq!(migrate(&site, &["up"]).output, format!("applied {last}\n"));
    assert_eq!(migrate(&site, &["down", "--steps", "99"]).code, Some(0));
    let db = site.open().await;
    for table in ["users", "notes", "note_search"] {
        assert!(!has_table(&db, table).await, "{table} is still there");
    }
    let nothing = migrate(&site, &["down"]);
    assert_eq!(
        (nothing.code, nothing.output.as_str()),
        (Some(0), "nothing to do: no step is applied\n")
    );
}

/// Data of the version before a step, and queries that find it after the step.
struct Kept {
    step: &'static str,
    before: &'static [&'static str],
    /// Queries that must each return 1 after the step.
    after: &'static [&'static str],
}

/// Identifier of the user; identifiers are parameters, because the two databases write them differently.
const USER: Uuid = Uuid::from_u128(0x0197_c0de_0000_7000_8000_0000_0000_0001);
const NOTE: Uuid = Uuid::from_u128(0x0197_c0de_0000_7000_8000_0000_0000_0002);

/// Data to keep, one entry for each step; a new step needs an entry. `$1` is the user, `$2` a note.
const KEPT: &[Kept] = &[
    Kept {
        step: "m0001_accounts",
        before: &[],
        after: &["SELECT count(*) FROM counters WHERE name = 'guests' AND value = 0"],
    },
    Kept {
        step: "m0002_notes",
        before: &[
            "INSERT INTO users (id, email, email_key, username, username_key, created_at, updated_at) \
             VALUES ($1, 'Ada@example.com', 'ada@example.com', 'Ada', 'ada', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')",
            "INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at) \
             VALUES ($2, $2, $1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z')",
        ],
        after: &[
            "SELECT count(*) FROM users WHERE username = 'Ada' AND revision = 0 AND note_count = 0 AND next_position = 4611686018427387904",
            "SELECT count(*) FROM sessions JOIN users ON users.id = sessions.user_id",
        ],
    },
    Kept {
        step: "m0003_search",
        before: &[
            "INSERT INTO notes (id, user_id, position, title, content, color, change_seq, created_at, updated_at) \
             VALUES ($2, $1, $2, 'Crème brûlée', 'eggs and cream', 'white', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')",
        ],
        after: &[
            "SELECT count(*) FROM notes WHERE title = 'Crème brûlée' AND place = 0 AND version = 1",
        ],
    },
    Kept {
        step: "m0004_fired_reminders",
        before: &[
            "UPDATE notes SET reminder_at = '2026-01-01T00:00:00Z', reminder_fired_at = '2026-01-01T00:00:05Z' WHERE user_id = $1",
        ],
        after: &[
            "SELECT count(*) FROM notes WHERE reminder_fired_at > reminder_at AND coalesce(reminder_fired_seq, 1) = 1",
        ],
    },
    Kept {
        step: "m0005_words_in_notes",
        before: &[
            "INSERT INTO note_revisions (note_id, version, user_id, title, content, saved_at) \
             VALUES ($2, 1, $1, 'Crème', '', '2026-01-01T00:00:00Z')",
        ],
        after: &[
            "SELECT count(*) FROM note_revisions JOIN notes ON notes.id = note_revisions.note_id AND notes.user_id = note_revisions.user_id",
        ],
    },
    Kept {
        step: "m0006_operators",
        before: &[],
        after: &["SELECT count(*) FROM users WHERE disabled_at IS NULL"],
    },
    Kept {
        step: "m0007_mailed_links",
        before: &[],
        after: &[
            "SELECT count(*) FROM users WHERE email_verified_at IS NULL AND email = 'Ada@example.com'",
        ],
    },
    Kept {
        step: "m0008_words_of_all_scripts",
        before: &[
            "UPDATE notes SET content = 'eggs and [cream](https://example.com)' WHERE user_id = $1",
        ],
        after: &[
            "SELECT count(*) FROM notes WHERE content = 'eggs and [cream](https://example.com)'",
        ],
    },
    Kept {
        step: "m0009_attachments",
        before: &[],
        after: &["SELECT count(*) FROM notes WHERE attachment_count = 0 AND cover_id IS NULL"],
    },
    Kept {
        step: "m0010_sharing",
        before: &[],
        after: &[
            "SELECT count(*) FROM notes JOIN note_revisions r ON r.note_id = notes.id \
             WHERE NOT notes.is_shared AND notes.author_id IS NULL AND r.author_id IS NULL",
        ],
    },
    Kept {
        step: "m0011_recurring_reminders",
        before: &[
            "UPDATE notes SET reminder_fired_seq = 1 WHERE user_id = $1 AND reminder_fired_at IS NOT NULL",
        ],
        after: &[
            "SELECT count(*) FROM notes WHERE reminder_fired_at > reminder_at AND reminder_fired_seq = 1 \
             AND reminder_recurrence IS NULL AND reminder_fired_for IS NULL",
        ],
    },
    Kept {
        step: "m0012_webhooks",
        before: &[],
        after: &["SELECT count(*) FROM users WHERE username = 'Ada' AND webhook_count = 0"],
    },
    Kept {
        step: "m0013_saved_filters",
        before: &[
            "INSERT INTO webhooks (id, user_id, name, url, events, with_content, secret, version, created_at, updated_at) \
             VALUES ($2, $1, 'home', 'https://example.com/', 1, FALSE, 'secret', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')",
            "INSERT INTO webhook_deliveries (id, webhook_id, user_id, event, revision, nth, subject, occurred_at) \
             SELECT id, id, user_id, 0, 1, 0, '{}', created_at FROM webhooks WHERE user_id = $1",
        ],
        after: &[
            "SELECT count(*) FROM webhooks JOIN webhook_deliveries d ON d.webhook_id = webhooks.id WHERE state = 0 AND failures = 0",
        ],
    },
    Kept {
        step: "m0014_factors",
        before: &[
            "INSERT INTO access_tokens (id, token_hash, user_id, name, can_write, created_at) \
             VALUES ($2, $2, $1, 'cli', TRUE, '2026-01-01T00:00:00Z')",
        ],
        after: &[
            "SELECT count(*) FROM access_tokens WHERE can_write AND scopes IS NULL AND name = 'cli'",
            "SELECT count(*) FROM sessions WHERE first_factor IS NULL AND second_factor IS NULL",
        ],
    },
    Kept {
        step: "m0015_identities",
        before: &[],
        after: &["SELECT count(*) FROM sessions WHERE confirmed_at IS NULL"],
    },
];

async fn keeps_existing_rows_across_migrations(site: Site) {
    let known: Vec<_> = migrate::migration_status(&config(&site)).await.unwrap();
    let known: Vec<_> = known.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(
        known,
        steps(),
        "left: the steps, right: the table in this file"
    );
    let db = site.open().await;
    for (number_of, kept) in (1..).zip(KEPT) {
        for text in kept.before {
            insert(&db, text).await;
        }
        let up = migrate(&site, &["up", "--steps", "1"]);
        assert_eq!(up.output, format!("applied {}\n", kept.step), "{up:?}");
        for text in KEPT[..number_of].iter().flat_map(|kept| kept.after) {
            assert_eq!(number(&db, text).await, 1, "after {}: {text}", kept.step);
        }
    }
    // Back by one and there again: what older steps hold is not touched.
    let db = &db;
    assert_eq!(migrate(&site, &["down"]).code, Some(0));
    assert_eq!(migrate(&site, &["up"]).code, Some(0));
    assert_eq!(number(db, KEPT[2].after[0]).await, 1);

    // Notes from before there was an index are in it now.
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let indexed = if postgres {
        "SELECT count(*) FROM notes WHERE vector @@ 'brulee'::tsquery"
    } else {
        "SELECT count(*) FROM note_search"
    };
    assert_eq!(number(db, indexed).await, 1);
    let store = Store::new(db.clone(), AccountLimits::default());
    assert_eq!(store.index_missing().await.unwrap(), 0);
}

/// Moves the stored search words instead of deriving them again: the stored word is not in the note. SQLite leaves them in place.
async fn moves_search_words_with_notes(site: Site) {
    let db = site.open().await;
    let up = migrate(&site, &["up", "--to", KEPT[3].step]);
    assert_eq!(up.code, Some(0), "{up:?}");
    for text in KEPT[..3].iter().flat_map(|kept| kept.before) {
        if !text.contains("sessions") {
            insert(&db, text).await;
        }
    }
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let (row, before, after) = if postgres {
        (
            "INSERT INTO note_search (note_id, user_id, vector) SELECT id, user_id, 'moved' FROM notes",
            "SELECT count(*) FROM note_search WHERE vector @@ 'moved'::tsquery",
            "SELECT count(*) FROM notes WHERE vector @@ 'moved'::tsquery",
        )
    } else {
        (
            "INSERT INTO note_search (doc, note_id, user_id) SELECT 77, id, user_id FROM notes",
            "SELECT count(*) FROM note_search WHERE doc = 77",
            "SELECT count(*) FROM note_search WHERE doc = 77",
        )
    };
    execute(&db, row, Vec::new()).await;
    assert_eq!(migrate(&site, &["up", "--steps", "1"]).code, Some(0));
    assert_eq!(number(&db, after).await, 1);
    assert_eq!(has_table(&db, "note_search").await, !postgres);
    assert_eq!(migrate(&site, &["down"]).code, Some(0));
    assert_eq!(number(&db, before).await, 1);
}

/// Inserts a row, with the parameters that the statement names; a database rejects others.
async fn insert(db: &DatabaseConnection, text: &str) {
    let mut values: Vec<Value> = vec![USER.into()];
    if text.contains("$2") {
        values.push(NOTE.into());
    }
    if db.get_database_backend() == DbBackend::Postgres {
        // A binary column takes an identifier as bytes.
        let bytes = "decode(replace($2::text, '-', ''), 'hex')";
        let text = text
            .replace("($2, $2, $1", &format!("($2, {bytes}, $1"))
            .replace("($2, $1, $2", &format!("($2, $1, {bytes}"));
        return execute(db, &text, values).await;
    }
    execute(db, text, values).await;
}

fn config(site: &Site) -> notes_service::config::DatabaseConfig {
    let variables = [("DATABASE_URL".to_owned(), site.url.clone())];
    Config::from_variables(&variables.into()).unwrap().database
}

async fn applies_each_migration_once_with_ten_processes(site: Site) {
    let all = std::thread::scope(|scope| {
        let running: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| migrate(&site, &["up"])))
            .collect();
        running
            .into_iter()
            .map(|one| one.join().unwrap())
            .collect::<Vec<_>>()
    });
    for one in &all {
        assert_eq!(one.code, Some(0), "{one:?}");
    }
    let mut taken: Vec<_> = all
        .iter()
        .flat_map(|one| one.output.lines())
        .filter_map(|line| line.strip_prefix("applied "))
        .collect();
    taken.sort_unstable();
    assert_eq!(taken, steps());
    let recorded = number(&site.open().await, "SELECT count(*) FROM seaql_migrations").await;
    assert_eq!(usize::try_from(recorded).unwrap(), steps().len());
}

async fn rolls_back_and_reports_failed_migration(site: Site) {
    assert_eq!(migrate(&site, &["up", "--steps", "1"]).code, Some(0));
    let db = site.open().await;
    // The second step makes a table of this name late, after others.
    execute(
        &db,
        "CREATE TABLE tombstones (obstacle integer)",
        Vec::new(),
    )
    .await;
    let failed = migrate(&site, &["up"]);
    assert_eq!(failed.code, Some(70), "{failed:?}");
    assert!(
        failed.errors.starts_with("error: the schema of "),
        "{failed:?}"
    );
    assert!(failed.errors.contains("tombstones"), "{failed:?}");
    assert!(
        !has_table(&db, "notes").await,
        "a table of the failed step is there"
    );
    let status = migrate(&site, &["status"]);
    assert_eq!(status.code, Some(2));
    assert!(
        status
            .output
            .contains("applied  m0001_accounts\npending  m0002_notes\n"),
        "{status:?}"
    );

    execute(&db, "DROP TABLE tombstones", Vec::new()).await;
    assert_eq!(migrate(&site, &["up"]).code, Some(0));
    assert_eq!(migrate(&site, &["status"]).code, Some(0));
}

/// Returns a database at the newest version without records of its migrations.
async fn schema_without_records(site: &Site) -> DatabaseConnection {
    assert_eq!(migrate(site, &["up"]).code, Some(0));
    let db = site.open().await;
    execute(&db, "DROP TABLE seaql_migrations", Vec::new()).await;
    db
}

async fn baselines_identical_existing_schema(site: Site) {
    let db = schema_without_records(&site).await;
    let refused = migrate(&site, &["up"]);
    assert_eq!(refused.code, Some(70), "{refused:?}");
    let taken = migrate(&site, &["baseline"]);
    assert_eq!(
        (taken.code, taken.output),
        (Some(0), said("recorded as applied", &steps()))
    );
    assert_eq!(migrate(&site, &["status"]).code, Some(0));
    assert_eq!(
        migrate(&site, &["up"]).output,
        "nothing to do: the schema is up to date\n"
    );
    assert!(has_table(&db, "notes").await);

    let again = migrate(&site, &["baseline"]);
    assert_eq!(again.code, Some(64), "{again:?}");
    assert!(
        again.errors.contains("already has applied migrations"),
        "{again:?}"
    );
}

async fn rejects_different_schema_and_lists_differences(site: Site) {
    let db = schema_without_records(&site).await;
    for text in [
        "DROP INDEX notes_order",
        "ALTER TABLE labels ADD COLUMN icon text",
        "CREATE TABLE extra (id integer)",
    ] {
        execute(&db, text, Vec::new()).await;
    }
    if db.get_database_backend() == DbBackend::Postgres {
        for text in [
            "ALTER TABLE users ALTER COLUMN username TYPE varchar(10)",
            "ALTER TABLE sessions DROP CONSTRAINT sessions_token_hash_key",
        ] {
            execute(&db, text, Vec::new()).await;
        }
    }
    let refused = migrate(&site, &["baseline"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        !has_table(&db, "seaql_migrations").await,
        "something was written"
    );
    let name = format!("differences_on_{:?}", db.get_database_backend()).to_lowercase();
    insta::assert_snapshot!(name, refused.output);
    // Nothing of the comparison is left, and nothing can be taken by halves.
    assert_eq!(migrate(&site, &["baseline"]).output, refused.output);
}

async fn refuses_to_migrate_database_of_later_release(site: Site) {
    assert_eq!(migrate(&site, &["up"]).code, Some(0));
    let db = site.open().await;
    execute(
        &db,
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)",
        Vec::new(),
    )
    .await;
    for command in [&["up"][..], &["down"], &["status"]] {
        let refused = migrate(&site, command);
        assert_eq!(refused.code, Some(64), "{refused:?}");
        assert!(
            refused.errors.contains("was migrated by a later release"),
            "{refused:?}"
        );
    }
    assert!(has_table(&db, "notes").await);
}

#[test]
fn reports_unreachable_server_with_own_exit_code() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://nobody@{}/notes", nobody.local_addr().unwrap());
    drop(nobody);
    let failed = run(&["migrate", "up"], &[("DATABASE_URL", &url)]);
    assert_eq!(failed.code, Some(69), "{failed:?}");
}
