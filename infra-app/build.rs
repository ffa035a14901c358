//! Makes constants of `service/contract.json`, so that a template cannot say what the service does not: a variable that it does not read, or a
//! port that it does not listen on, does not compile.

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
    fs::write(Path::new(&out).join("contract.rs"), constants(&contract)).expect("there is room");
}

fn constants(contract: &Value) -> String {
    let mut text = String::new();
    let mut constant = |about: &str, name: &str, kind: &str, value: &str| {
        let _ = writeln!(text, "/// {about}\npub const {name}: {kind} = {value};");
    };
    let (commands, paths, stop) = (&contract["commands"], &contract["paths"], &contract["stop"]);
    for (name, key, about) in [
        ("SERVE", "serve", "Its arguments when it serves requests."),
        (
            "MIGRATE",
            "migrate",
            "Its arguments when it brings the database schema up to date.",
        ),
        (
            "HEALTH_CHECK",
            "healthCheck",
            "Its arguments when it asks itself whether it is alive: the image has no shell and no `curl`.",
        ),
    ] {
        constant(about, name, "&[&str]", &format!("&{}", commands[key]));
    }
    constant(
        "The port it listens on.",
        "PORT",
        "u16",
        &contract["port"].to_string(),
    );
    for (name, key, about) in [
        (
            "LIVENESS_PATH",
            "liveness",
            "Answers 200 as long as the process works, whatever the database does.",
        ),
        (
            "READINESS_PATH",
            "readiness",
            "Answers 200 when requests can be served: database reachable, schema current, not shutting down.",
        ),
        (
            "API",
            "api",
            "Where its API begins; every other path belongs to the site.",
        ),
    ] {
        constant(about, name, "&str", &paths[key].to_string());
    }
    for (name, key, about) in [
        (
            "DRAIN_SECS",
            "drainSeconds",
            "After `SIGTERM` it answers for so long while the load balancer takes it out.",
        ),
        (
            "FINISH_SECS",
            "finishSeconds",
            "After that it finishes what it is doing for so long.",
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
        "The steps of its schema, in order.",
        "STEPS",
        "&[(&str, infra_lib::ecs::StepEffect)]",
        &format!("&[{}]", steps.join(", ")),
    );
    let names = contract["variables"].as_object().into_iter().flatten();
    let names: Vec<String> = names
        .map(|(name, _)| format!("    /// `{name}`.\n    pub const {name}: &str = \"{name}\";"))
        .collect();
    let _ = write!(
        text,
        "/// Names of the environment variables that it reads.\npub mod variables {{\n{}\n}}\n",
        names.join("\n")
    );
    text
}
