//! The deployment contract of the service: its port, paths, commands, environment variables and schema migrations.
//!
//! The contract is committed as `service/contract.json`, which the infrastructure is compiled against. [`build_document`] builds it from the constants and
//! defaults that the service itself uses, so it describes the program as it is.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::config::{Config, VARIABLES};
use crate::http::middleware::{LIVENESS, READINESS};

/// Arguments of the command that serves HTTP requests until the process is asked to stop.
pub const SERVE: [&str; 1] = ["serve"];
/// Arguments of the command that applies all pending schema migrations.
pub const MIGRATE: [&str; 2] = ["migrate", "up"];
/// Arguments of the command that checks the health of a running service, for the health check of a container.
pub const HEALTH_CHECK: [&str; 1] = ["healthcheck"];
/// Path prefix of the API; every path outside of it belongs to the web page.
pub const API: &str = "/api";
/// Environment variables that a deployment must set for the service to find its database.
pub const DATABASE: [&str; 5] = [
    "DB_HOST",
    "DB_PORT",
    "DB_NAME",
    "DB_USERNAME",
    "DB_PASSWORD",
];
/// Variables of [`DATABASE`] that a deployment reads from a secret store: the credentials.
const SECRET: [&str; 2] = ["DB_USERNAME", "DB_PASSWORD"];

/// Returns the contract as JSON: commands, port, paths, shutdown times in seconds, variables and the migrations with their effect.
///
/// # Panics
///
/// Never in practice: the database variables alone are a complete configuration, which a test verifies.
pub fn build_document() -> Value {
    let deployed = deployed_config();
    let variables: BTreeMap<&str, &str> = VARIABLES
        .iter()
        .map(|variable| {
            let is_secret = variable.is_secret || SECRET.contains(&variable.name);
            (variable.name, if is_secret { "secret" } else { "plain" })
        })
        .collect();
    let steps: Vec<Value> = migration::steps()
        .into_iter()
        .map(|(name, effect)| {
            let effect = match effect {
                migration::Effect::Expands => "expands",
                migration::Effect::Contracts => "contracts",
            };
            json!({ "name": name, "effect": effect })
        })
        .collect();
    json!({
        "commands": { "serve": SERVE, "migrate": MIGRATE, "healthCheck": HEALTH_CHECK },
        "port": deployed.address.port(),
        "paths": { "liveness": LIVENESS, "readiness": READINESS, "api": API },
        "stop": {
            "drainSeconds": deployed.shutdown.drain.as_secs(),
            "finishSeconds": deployed.shutdown.finish.as_secs(),
        },
        "database": DATABASE,
        "variables": variables,
        "migrations": steps,
    })
}

/// Returns the configuration of a deployment that sets nothing but the database.
fn deployed_config() -> Config {
    let variables = DATABASE
        .iter()
        .map(|name| {
            let value = if *name == "DB_PORT" {
                "5432"
            } else {
                "db.example"
            };
            ((*name).to_owned(), value.to_owned())
        })
        .collect();
    Config::from_variables(&variables)
        .expect("a database on another machine is a whole configuration")
}
