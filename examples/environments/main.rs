//! One program, several environments: each has a YAML file, which is checked against the type [`Config`].

use std::process::ExitCode;

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::prelude::*;
use infra_lib::sns::Topic;
use infra_runtime::Configuration;
use schemars::JsonSchema;
use serde::Deserialize;

/// The configuration of an environment: `config/<environment>.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Prefix of the stack names.
    #[schemars(length(min = 1, max = 20))]
    pub name: String,
    /// Region of the stacks.
    pub region: String,
    /// Days that an unread message is kept.
    #[schemars(range(min = 1, max = 14))]
    pub retention_days: u32,
    /// Email address that alarms go to. Default: none.
    pub on_call: Option<String>,
}

impl Configuration for Config {
    const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/environments/config");
}

fn main() -> ExitCode {
    infra_runtime::run::<Config>(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App, config: &Config) {
    let stack = StackProps::new()
        .stack_name(format!("{}-jobs", config.name))
        .environment(Environment::region(&config.region))
        .build(app, "Jobs");
    CfnQueueProps::new()
        .message_retention_period(i64::from(config.retention_days) * 86_400) // seconds
        .build(stack, "Queue");
    if let Some(address) = &config.on_call {
        Topic::builder()
            .build(stack, "Alarms")
            .subscribe_email(address);
    }
}
