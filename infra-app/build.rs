//! Generates constants from `service/contract.json`, so that a template cannot contradict the service: a variable that the service does not read, or
//! a port that it does not listen on, does not compile.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

fn main() {
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../service/contract.json");
    println!("cargo::rerun-if-changed={}", contract.display());
    let text = fs::read_to_string(&contract).expect("the contract of the service is committed");
    let contract: Value = serde_json::from_str(&text).expect("the contract is JSON");
    let out = env::var_os("OUT_DIR").expect("cargo says where");
    fs::write(
        Path::new(&out).join("contract.rs"),
        render_constants(&contract),
    )
    .expect("there is room");
}

fn render_constants(contract: &Value) -> String {
    let mut text = String::new();
    let mut constant = |about: &str, name: &str, kind: &str, value: &str| {
        let _ = writeln!(text, "/// {about}\npub const {name}: {kind} = {value};");
    };
    let (commands, paths, stop) = (&contract["commands"], &contract["paths"], &contract["stop"]);
    for (name, key, about) in [
        (
            "SERVE",
            "serve",
            "Arguments of the program to serve requests.",
        ),
        (
            "MIGRATE",
            "migrate",
            "Arguments of the program to migrate the database schema.",
        ),
        (
            "HEALTH_CHECK",
            "healthCheck",
            "Arguments of the program to check its own health, because the image contains no shell and no `curl`.",
        ),
    ] {
        constant(about, name, "&[&str]", &format!("&{}", commands[key]));
    }
    constant(
        "Port that the service listens on.",
        "PORT",
        "u16",
        &contract["port"].to_string(),
    );
    for (name, key, about) in [
        (
            "LIVENESS_PATH",
            "liveness",
            "Path that returns 200 while the process works, regardless of the database.",
        ),
        (
            "READINESS_PATH",
            "readiness",
            "Path that returns 200 if requests can be served: database reachable, schema current, not shutting down.",
        ),
        (
            "API",
            "api",
            "Path prefix of the API; every other path belongs to the site.",
        ),
    ] {
        constant(about, name, "&str", &paths[key].to_string());
    }
    for (name, key, about) in [
        (
            "DRAIN_SECS",
            "drainSeconds",
            "Seconds after `SIGTERM` in which the service still accepts requests, while the load balancer deregisters it.",
        ),
        (
            "FINISH_SECS",
            "finishSeconds",
            "Seconds after draining in which the service completes its remaining requests.",
        ),
    ] {
        constant(about, name, "u64", &stop[key].to_string());
    }
    let steps: Vec<String> = contract["migrations"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|step| {
            let effect = match step["effect"].as_str() {
                Some("expands") => "Expands",
                _ => "Contracts",
            };
            format!("({}, infra_lib::ecs::StepEffect::{effect})", step["name"])
        })
        .collect();
    constant(
        "Steps of the database migration with their effects, in order.",
        "STEPS",
        "&[(&str, infra_lib::ecs::StepEffect)]",
        &format!("&[{}]", steps.join(", ")),
    );
    let names = contract["variables"].as_object().into_iter().flatten();
    let names: Vec<String> = names
        .map(|(name, _)| {
            format!(
                "    /// Environment variable `{name}`.\n    pub const {name}: &str = \"{name}\";"
            )
        })
        .collect();
    let _ = write!(
        text,
        "/// Names of the environment variables that the service reads.\npub mod variables {{\n{}\n}}\n",
        names.join("\n")
    );
    text
}
