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
                "is in memory, and gone when the process ends",
                "DATABASE_URL=sqlite:data/notes.db, or a server",
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
        format!("{database}: answers after {time} ms"),
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
        "`notes serve` makes it; if there should be one, DATABASE_URL names another file",
    )
}

fn report_unreachable(database: &DatabaseConfig, error: &Error) -> Finding {
    let help = match database {
        DatabaseConfig::Postgres(_) => {
            "is the server up, is it reached from this machine, and are DB_USERNAME, DB_PASSWORD and DB_TLS right?"
        }
        _ => "may this user read and write the file and its folder, and is the file a database?",
    };
    let cause = std::error::Error::source(error).map(ToString::to_string);
    Finding::bad(
        "database",
        format!(
            "{database}: does not answer: {}",
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
            let help = "run the release that has migrated it, or restore a backup";
            return (Finding::bad(about, error.to_string(), help), false);
        }
    };
    let pending = steps.iter().filter(|step| !step.applied).count();
    if pending == 0 {
        let message = format!("all {} steps are taken", steps.len());
        return (Finding::good(about, message), true);
    }
    let verb = if pending == 1 { "is" } else { "are" };
    let message = format!("{pending} of {} steps {verb} pending", steps.len());
    (Finding::bad(about, message, "`notes migrate up`"), false)
}

/// Writes a row in a transaction and rolls it back.
async fn examine_writes(store: &Store) -> Finding {
    let about = "writes";
    match store.try_write().await {
        Ok(()) => Finding::good(about, "a row was written and taken back"),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let message = cause.unwrap_or_else(|| error.to_string());
            let help = if store.is_server() {
                "is it a replica or read-only, and has the user the rights of the owner of the tables?"
            } else {
                "is the disk full, and may this user write the file and its folder, where SQLite puts its journal?"
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
            "set the clock by NTP; what was written ahead of time sorts wrong until the time is reached",
        ),
        Ok((clock, ahead)) if ahead > NOTABLE_DIFFERENCE => Finding::note(
            about,
            format!(
                "{} this machine by {} s",
                describe_clock(clock),
                ahead.num_seconds()
            ),
            "let NTP set the clocks",
        ),
        Ok(_) => Finding::good(
            about,
            clock::now().format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        ),
        Err(error) => Finding::bad(
            about,
            error.to_string(),
            "look at the finding before this one",
        ),
    }
}

/// Reports reminders whose delivery is overdue.
async fn examine_deliveries(store: &Store) -> Finding {
    let about = "deliveries";
    match store.late_deliveries(LATE).await {
        Ok(0) => Finding::good(about, "none is late"),
        Ok(late) => Finding::note(
            about,
            format!(
                "{} to be delivered more than {} minutes ago",
                format_count_was(late, "reminder"),
                LATE.num_minutes()
            ),
            "does `notes serve` run, and do its metrics count `worker_runs_total` of the job `deliveries`?",
        ),
        Err(error) => Finding::bad(
            about,
            error.to_string(),
            "look at the finding before this one",
        ),
    }
}

/// Reports secrets of second factors that the configured keys cannot decrypt, and secrets that are not encrypted.
async fn examine_secrets(store: &Store, seal: &Seal) -> Finding {
    let about = "secrets";
    let counts = match store.examine_secrets(seal).await {
        Ok(counts) => counts,
        Err(error) => {
            let help = "look at the finding before this one";
            return Finding::bad(about, error.to_string(), help);
        }
    };
    let SecretCounts { all, plain, lost } = counts;
    if lost > 0 {
        return Finding::bad(
            about,
            format!(
                "{lost} of {} of second factors opened by no key",
                format_count(all, "secret")
            ),
            "add the key that they were encrypted with to SECRET_KEY, after a comma; if it is lost, `notes user remove-factors ACCOUNT`",
        );
    }
    if plain > 0 && seal.has_key() {
        return Finding::note(
            about,
            format!(
                "{plain} of {} of second factors not encrypted yet",
                format_count(all, "secret")
            ),
            "each is at the next sign-in of its user",
        );
    }
    if plain > 0 {
        return Finding::note(
            about,
            format!(
                "{} of second factors not encrypted",
                format_count(all, "secret")
            ),
            "SECRET_KEY, as `openssl rand -base64 32` makes one; keep it apart from backups",
        );
    }
    Finding::good(
        about,
        format!(
            "{} of second factors, all opened",
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
