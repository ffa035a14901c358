//! Four ways on when a construct does not offer what CloudFormation can do, in the order in which to try them.
//!
//! `cargo run --example escape_hatch -- synth --stack Hatches --yaml`

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::sns::Topic;
use infra_lib::{App, CfnResource, Construct, Stack};
use serde_json::json;

fn main() -> std::process::ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds everything to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Hatches");

    // 1. A property of the construct, or of the typed binding of any resource type.
    let queue = CfnQueueProps::new().delay_seconds(5).build(stack, "Queue");

    // 2. A typed change after the fact.
    queue.modify(|props| props.receive_message_wait_time_seconds(20));

    // 3. A property by its path, under a construct of the library too; it is checked against the schema like any other.
    let topic = Topic::builder().build(stack, "Topic");
    if let Some(resource) = topic.scope().default_child() {
        resource.override_prop("DisplayName", "notes");
    }

    // 4. A resource of any type from raw JSON, intrinsic functions and all.
    CfnResource::new(
        stack,
        "Parameter",
        "AWS::SSM::Parameter",
        json!({ "Type": "String", "Value": { "Fn::GetAtt": ["Queue", "Arn"] } }),
    );
}
