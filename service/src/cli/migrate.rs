//! `notes migrate`: applies, rolls back and lists the migrations of the database schema.

use clap::Subcommand;

use super::exit::{Exit, print_line, read_configuration, report_error};
use crate::migrate::{self, Baseline, Goal};
use crate::telemetry::{self, Stream, Telemetry};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Apply the pending migrations; several processes may do so at the same time
    Up {
        /// Apply at most this number of migrations
        #[arg(short = 'n', long, value_name = "NUMBER")]
        steps: Option<u32>,
        /// Apply the migrations up to and including this one
        #[arg(long, value_name = "STEP", conflicts_with = "steps", value_parser = step)]
        to: Option<String>,
    },
    /// Roll back the last migration, and delete the data in the tables and columns that it created
    Down {
        /// Roll back this number of migrations
        #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 1)]
        steps: u32,
    },
    /// List the migrations and their state; exits with 2 if some are pending
    Status {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Mark all migrations as applied in a database whose tables were created by other means; if the tables differ from those of the migrations,
    /// print the differences and exit with 2
    Baseline,
}

/// Parses the name of a migration that this program contains.
fn step(name: &str) -> Result<String, String> {
    let names = migrate::migration_names();
    if names.iter().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    Err(format!(
        "unknown migration step; the steps are {}",
        names.join(", ")
    ))
}

pub(super) async fn run_migrate(command: &Command) -> Exit {
    let config = match read_configuration() {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let _telemetry = Telemetry::start(&telemetry::Settings {
        collector: None,
        stream: Stream::Errors,
        ..config.telemetry.clone()
    });
    let database = &config.database;
    let result = match command {
        Command::Up { steps, to } => {
            let (goal, nothing) = match (steps, to) {
                (Some(number), _) => (Goal::Steps(*number), "the schema is up to date"),
                (None, Some(name)) => (Goal::Step(name.clone()), "the step is applied already"),
                (None, None) => (Goal::Newest, "the schema is up to date"),
            };
            migrate::up(database, &goal).await.map(|done| {
                print_steps("applied", &format!("nothing to do: {nothing}"), &done);
                Exit::Done
            })
        }
        Command::Down { steps } => migrate::down(database, *steps).await.map(|done| {
            print_steps("rolled back", "nothing to do: no step is applied", &done);
            Exit::Done
        }),
        Command::Status { json } => migrate::migration_status(database).await.map(|steps| {
            if *json {
                let steps: Vec<_> = steps
                    .iter()
                    .map(|step| serde_json::json!({"name": step.name, "applied": step.applied}))
                    .collect();
                print_line(&serde_json::json!({ "steps": steps }).to_string());
            } else {
                for step in &steps {
                    let state = if step.applied { "applied" } else { "pending" };
                    print_line(&format!("{state:8} {}", step.name));
                }
            }
            if steps.iter().all(|step| step.applied) {
                Exit::Done
            } else {
                Exit::Pending
            }
        }),
        Command::Baseline => migrate::adopt_baseline(database)
            .await
            .map(|found| match found {
                Baseline::Adopted(steps) => {
                    print_steps(
                        "recorded as applied",
                        "nothing to do: there are no migration steps",
                        &steps,
                    );
                    Exit::Done
                }
                Baseline::Different(differences) => {
                    for difference in differences {
                        print_line(&difference.to_string());
                    }
                    Exit::Pending
                }
            }),
    };
    result.unwrap_or_else(|error| report_error(&format!("the schema of {database}"), &error))
}

fn print_steps(verb: &str, nothing: &str, steps: &[String]) {
    if steps.is_empty() {
        print_line(nothing);
    }
    for step in steps {
        print_line(&format!("{verb} {step}"));
    }
}
