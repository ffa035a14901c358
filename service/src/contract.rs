//! What the service promises to whoever deploys it: ports, paths, commands, variables, steps of the schema.
//!
//! Committed as `service/contract.json`, which the infrastructure is compiled against. It is made from what the service does where it is deployed,
//! so nothing has to be kept equal by hand.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::config::{Config, VARIABLES};
use crate::http::middleware::{LIVENESS, READINESS};

/// Arguments with which it serves.
pub const SERVE: [&str; 1] = ["serve"];
/// Arguments with which it brings the schema up to date.
pub const MIGRATE: [&str; 2] = ["migrate", "up"];
/// Arguments with which it asks itself whether it lives.
pub const HEALTH_CHECK: [&str; 1] = ["healthcheck"];
/// Where its API begins; every other path belongs to the page.
pub const API: &str = "/api";
/// The variables without which it does not find the database of a deployment.
pub const DATABASE: [&str; 5] = [
    "DB_HOST",
    "DB_PORT",
    "DB_NAME",
    "DB_USERNAME",
    "DB_PASSWORD",
];
/// Variables whose values come from a store of secrets: who may log in is nobody else's business.
const SECRET: [&str; 2] = ["DB_USERNAME", "DB_PASSWORD"];

/// The document.
///
/// # Panics
///
/// Never: a database on another machine is a complete configuration, which a test holds.
pub fn document() -> Value {
    let deployed = deployed();
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

/// What it does where nothing but the database is said.
fn deployed() -> Config {
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
    Config::read(&variables).expect("a database on another machine is a whole configuration")
}
