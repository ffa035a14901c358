//! Tests of commands that read or change running services: whole outputs, against an AWS in memory.

mod assets;
mod contract;
mod diagnosing;
mod evidence;
mod hotswapping;
mod logging;
mod migrating;
mod notes;
mod publishing;
mod releasing;

use infra_cli::testing::Invocation;
use infra_core::App;
use infra_fake::FakeCloud;
use infra_template::assembly::CloudAssembly;
use serde_json::Value as JsonValue;
use tokio::runtime::Runtime;

use notes::service;

/// Synthesizes an app and returns the templates by stack name.
fn templates(build: impl Fn(&App)) -> Vec<(String, JsonValue)> {
    let app = App::new();
    build(&app);
    let assembly =
        CloudAssembly::from_synthesis(&app.synth()).expect("an app of a test synthesizes");
    let stacks = assembly.stacks.into_iter();
    stacks
        .map(|stack| {
            let document = stack.template.document().clone();
            (stack.name, JsonValue::Object(document))
        })
        .collect()
}

/// Returns an AWS in which the app is deployed.
fn deployed(build: impl Fn(&App)) -> FakeCloud {
    let aws = FakeCloud::new();
    for (name, template) in templates(build) {
        aws.deploy_stack(&name, &template);
    }
    aws
}

fn invocation(aws: &FakeCloud, arguments: &[&str]) -> Invocation {
    within(aws, FakeCloud::paused_runtime(), arguments)
}

fn within(aws: &FakeCloud, runtime: Runtime, arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), runtime)
}

/// Returns the logical ID of the service.
fn service_id(build: impl Fn(&App)) -> String {
    let (_, template) = templates(build).remove(0);
    let resources = template["Resources"].as_object().into_iter().flatten();
    let mut services = resources.filter(|(_, entry)| entry["Type"] == "AWS::ECS::Service");
    let (id, _) = services.next().expect("the app has a service");
    id.clone()
}
