//! Findings about the database: connection, schema, writes, clock, overdue deliveries and encrypted secrets.

use std::path::Path;
use std::time::Instant;

use chrono::TimeDelta;

use super::Finding;
use crate::auth::seal::Seal;
use crate::clock;
use crate::config::{Config, DatabaseConfig};
use crate::counted::{format_count, format_count_was};
use crate::error::Error;
use crate::migrate;
use crate::store::Store;
use crate::store::checkup::FurthestClock;
use crate::store::connect::{Purpose, connect_database};
use crate::store::factors::SecretCounts;

/// Difference of clocks above which the finding is a note. Sessions and reminders depend on the time.
const NOTABLE_DIFFERENCE: TimeDelta = TimeDelta::seconds(5);
/// Difference of clocks above which the finding is bad.
const MAX_DIFFERENCE: TimeDelta = TimeDelta::seconds(60);

/// Delay above which a delivery counts as overdue, because no process seems to attempt deliveries.
const LATE: TimeDelta = TimeDelta::minutes(10);

/// Examines the database of this configuration. If it does not respond, that is the only finding.
pub(super) async fn examine_database(config: &Config) -> Vec<Finding> {
    let database = &config.database;
    match database {
        DatabaseConfig::SqliteMemory => {
            return vec![Finding::note(
                "database",
                "is in memory, and its data is lost when the process ends",
                "set DATABASE_URL to sqlite:data/notes.db or to a PostgreSQL server",
            )];
        }
        DatabaseConfig::SqliteFile(path) if !path.exists() => {
            return vec![report_missing_file(path)];
        }
        DatabaseConfig::SqliteFile(_) | DatabaseConfig::Postgres(_) => {}
    }
    let started = Instant::now();
    let store = match connect_store(config).await {
        Ok(store) => store,
        Err(error) => return vec![report_unreachable(database, &error)],
    };
    let time = started.elapsed().as_millis();
    let mut findings = vec![Finding::good(
        "database",
        format!("{database}: responds after {time} ms"),
    )];
    let (migrations, complete) = examine_migrations(database).await;
    findings.push(migrations);
    if complete {
        findings.push(examine_writes(&store).await);
        findings.push(examine_clock(&store).await);
        findings.push(examine_deliveries(&store).await);
        findings.push(examine_secrets(&store, &config.http.seal).await);
    }
    findings
}

async fn connect_store(config: &Config) -> Result<Store, Error> {
    let db = connect_database(&config.database, Purpose::Serving).await?;
    let store = Store::new(db, config.limits);
    store.ping_database().await?;
    Ok(store)
}

fn report_missing_file(path: &Path) -> Finding {
    let shown = path.display();
    Finding::note(
        "database",
        format!("SQLite, {shown}: does not exist yet"),
        "`notes serve` creates it; if it should exist already, correct DATABASE_URL",
    )
}

fn report_unreachable(database: &DatabaseConfig, error: &Error) -> Finding {
    let help = match database {
        DatabaseConfig::Postgres(_) => {
            "check that the server is running, that this machine can connect to it, and that DB_USERNAME, DB_PASSWORD and DB_TLS are correct"
        }
        _ => {
            "check that this user can read and write the file and its folder, and that the file is a SQLite database"
        }
    };
    let cause = std::error::Error::source(error).map(ToString::to_string);
    Finding::bad(
        "database",
        format!(
            "{database}: does not respond: {}",
            cause.unwrap_or_else(|| error.to_string())
        ),
        help,
    )
}

/// Compares the applied migrations with those of this program. The second result is true if all are applied.
async fn examine_migrations(database: &DatabaseConfig) -> (Finding, bool) {
    let about = "migrations";
    let steps = match migrate::migration_status(database).await {
        Ok(steps) => steps,
        Err(error) => {
            let help = "run the release that has migrated the database, or restore a backup";
            return (Finding::bad(about, error.to_string(), help), false);
        }
    };
    let pending = steps.iter().filter(|step| !step.applied).count();
    if pending == 0 {
        let message = format!("all {} migration steps are applied", steps.len());
        return (Finding::good(about, message), true);
    }
    let verb = if pending == 1 { "is" } else { "are" };
    let message = format!(
        "{pending} of {} migration steps {verb} pending",
        steps.len()
    );
    (
        Finding::bad(about, message, "run `notes migrate up`"),
        false,
    )
}

/// Writes a row in a transaction and rolls it back.
async fn examine_writes(store: &Store) -> Finding {
    let about = "writes";
    match store.try_write().await {
        Ok(()) => Finding::good(about, "a row was written and rolled back"),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let message = cause.unwrap_or_else(|| error.to_string());
            let help = if store.is_server() {
                "check that the server is not a replica or read-only, and that the user has the permissions of the owner of the tables"
            } else {
                "check that the disk has free space, and that this user can write the file and its folder, in which SQLite creates its journal"
            };
            Finding::bad(about, format!("refused: {message}"), help)
        }
    }
}

/// Compares the clock of this machine with that of the database server and with the newest stored time.
async fn examine_clock(store: &Store) -> Finding {
    let about = "clock";
    match store.clock_difference().await {
        Ok((clock, ahead)) if ahead > MAX_DIFFERENCE => Finding::bad(
            about,
            format!(
                "{} this machine by {} s",
                describe_clock(clock),
                ahead.num_seconds()
            ),
            "synchronize the clock by NTP; until then, changes with a time in the future are sorted in the wrong order",
        ),
        Ok((clock, ahead)) if ahead > NOTABLE_DIFFERENCE => Finding::note(
            about,
            format!(
                "{} this machine by {} s",
                describe_clock(clock),
                ahead.num_seconds()
            ),
            "synchronize the clocks by NTP",
        ),
        Ok(_) => Finding::good(
            about,
            clock::now().format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        ),
        Err(error) => Finding::bad(
            about,
            error.to_string(),
            "solve the problem that is reported above first",
        ),
    }
}

/// Reports reminders whose delivery is overdue.
async fn examine_deliveries(store: &Store) -> Finding {
    let about = "deliveries";
    match store.late_deliveries(LATE).await {
        Ok(0) => Finding::good(about, "none is overdue"),
        Ok(late) => Finding::note(
            about,
            format!(
                "{} due more than {} minutes ago and not delivered yet",
                format_count_was(late, "reminder"),
                LATE.num_minutes()
            ),
            "check that `notes serve` is running, and that its metric `worker_runs_total` increases for the job `deliveries`",
        ),
        Err(error) => Finding::bad(
            about,
            error.to_string(),
            "solve the problem that is reported above first",
        ),
    }
}

/// Reports secrets of second factors that the configured keys cannot decrypt, and secrets that are not encrypted.
async fn examine_secrets(store: &Store, seal: &Seal) -> Finding {
    let about = "secrets";
    let counts = match store.examine_secrets(seal).await {
        Ok(counts) => counts,
        Err(error) => {
            let help = "solve the problem that is reported above first";
            return Finding::bad(about, error.to_string(), help);
        }
    };
    let SecretCounts { all, plain, lost } = counts;
    if lost > 0 {
        return Finding::bad(
            about,
            format!(
                "{lost} of {} of second factors cannot be decrypted by any key",
                format_count(all, "secret")
            ),
            "append the key that encrypted them to SECRET_KEY, after a comma; if it is lost, run `notes user remove-factors ACCOUNT`",
        );
    }
    if plain > 0 && seal.has_key() {
        return Finding::note(
            about,
            format!(
                "{plain} of {} of second factors not encrypted yet",
                format_count(all, "secret")
            ),
            "each secret is encrypted at the next sign-in of its user",
        );
    }
    if plain > 0 {
        return Finding::note(
            about,
            format!(
                "{} of second factors not encrypted",
                format_count(all, "secret")
            ),
            "set SECRET_KEY to the output of `openssl rand -base64 32`; store it separately from backups",
        );
    }
    Finding::good(
        about,
        format!(
            "{} of second factors, all decryptable",
            format_count(all, "secret")
        ),
    )
}

fn describe_clock(clock: FurthestClock) -> &'static str {
    match clock {
        FurthestClock::NewestChange => "the newest change of an account is ahead of the clock of",
        FurthestClock::Server => "the clock of the server differs from that of",
    }
}
