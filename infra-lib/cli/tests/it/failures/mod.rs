//! The failure matrix: failures of deployments, each with its whole output, as an operator sees it.
//!
//! `docs/failures.md` contains the table. Besides the output, each case asserts that no resource is lost, that no change set of others is deleted,
//! that no secret is printed, and that the command ends in time.

mod document;
mod executing;
mod interrupting;
mod planning;
mod removing;
mod schedules;
mod states;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::support::RunApp as _;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Output, ParameterProps, ParameterType, Stack};
use infra_fake::{FakeCloud, StackOptions};
use infra_template::assembly::CloudAssembly;
use serde_json::{Value as JsonValue, json};

/// Secret value that only AWS may receive.
pub(crate) const SECRET: &str = "hunter2-do-not-print";

/// The app of every case: a queue, a topic that refers to it, and additions of the case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub(crate) delay: u32,
    pub(crate) tag: Option<&'static str>,
    pub(crate) more: Vec<(&'static str, &'static str, JsonValue)>,
    pub(crate) exports: bool,
}

impl Notes {
    pub(crate) fn delayed(delay: u32) -> Self {
        Self {
            delay,
            ..Self::default()
        }
    }

    pub(crate) fn with(
        mut self,
        id: &'static str,
        kind: &'static str,
        properties: JsonValue,
    ) -> Self {
        self.more.push((id, kind, properties));
        self
    }

    pub(crate) fn build(&self, app: &App) {
        let stack = Stack::new(app, "Web");
        if let Some(team) = self.tag {
            stack.tag("team", team);
        }
        let key = ParameterProps::new(ParameterType::String)
            .no_echo()
            .build(stack, "ApiKey");
        let queue = CfnResource::new(
            stack,
            "Queue",
            "AWS::SQS::Queue",
            json!({ "DelaySeconds": self.delay }),
        );
        let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
        topic.override_prop(
            "DisplayName",
            queue.attr_value::<String>("QueueName").into_data(),
        );
        let label = ParameterProps::new(ParameterType::String)
            .default_value("of notes")
            .build(stack, "Label");
        let parameter = CfnResource::new(
            stack,
            "Key",
            "AWS::SSM::Parameter",
            json!({ "Type": "String" }),
        );
        parameter.override_prop("Value", key.value::<String>().into_data());
        parameter.override_prop("Description", label.value::<String>().into_data());
        for (id, kind, properties) in &self.more {
            CfnResource::new(stack, id, *kind, properties.clone());
        }
        if self.exports {
            Output::new(stack, "Url", queue.ref_value::<String>()).export("queue-url".to_owned());
        }
    }

    /// Returns the template of `Web`.
    pub(crate) fn template(&self) -> JsonValue {
        let app = App::new();
        self.build(&app);
        let assembly = CloudAssembly::from_synthesis(&app.synth()).unwrap();
        JsonValue::Object(
            assembly
                .find_stack("Web")
                .unwrap()
                .template
                .document()
                .clone(),
        )
    }

    /// Returns an account in which the app was deployed long ago.
    pub(crate) fn deployed(&self) -> FakeCloud {
        let aws = FakeCloud::new();
        self.deploy(&aws);
        aws
    }

    pub(crate) fn deploy(&self, aws: &FakeCloud) {
        aws.deploy_stack_with("Web", &self.template(), with_key());
    }
}

/// Returns the parameter that every deployment needs.
pub(crate) fn with_key() -> StackOptions {
    StackOptions::builder()
        .parameters([("ApiKey".to_owned(), SECRET.to_owned())].into())
        .build()
}

/// Creates a command line, with the parameter if the command accepts it.
pub(crate) fn invocation(aws: &FakeCloud, arguments: &[&str]) -> Invocation {
    let mut all: Vec<String> = arguments
        .iter()
        .map(|&argument| argument.to_owned())
        .collect();
    if matches!(arguments[0], "plan" | "deploy") {
        all.extend(["--parameters".to_owned(), format!("Web:ApiKey={SECRET}")]);
    }
    Invocation::new(all)
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
}

pub(crate) fn run(aws: &FakeCloud, wanted: &Notes, arguments: &[&str]) -> Outcome {
    invocation(aws, arguments).run_simple(|app| wanted.build(app))
}

/// Asserts the invariants of every case; `before` contains the earlier resources by logical ID.
pub(crate) fn holds(
    aws: &FakeCloud,
    before: &BTreeMap<String, String>,
    outcome: &Outcome,
    within: Duration,
) {
    let live = aws.live_resources("Web");
    for (id, physical) in before {
        assert_eq!(live.get(id), Some(physical), "`{id}` was lost\n{outcome}");
    }
    for call in aws.call_log() {
        let ours = call.target.contains("changeSet/infra-") || call.target.starts_with("infra-");
        assert!(
            call.operation != "DeleteChangeSet" || ours,
            "{} was deleted\n{outcome}",
            call.target
        );
    }
    assert!(
        !outcome.to_string().contains(SECRET),
        "a secret was printed\n{outcome}"
    );
    assert!(
        aws.elapsed_time() <= within,
        "it took {:?}\n{outcome}",
        aws.elapsed_time()
    );
}

/// Returns a number of minutes, for the last argument of [`holds`].
pub(crate) fn minutes(count: u64) -> Duration {
    Duration::from_mins(count)
}

// At the end, because snapshots contain line numbers of this file.
mod partial;
mod streams;
