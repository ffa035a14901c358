//! Four escape hatches for features of CloudFormation that a construct does not offer, in the order to try them.

use std::process::ExitCode;

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::sns::Topic;
use infra_lib::{App, CfnResource, Construct, Stack};
use serde_json::json;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Hatches");

    // 1. A property of the construct, or of the typed binding of a resource type.
    let queue = CfnQueueProps::new().delay_seconds(5).build(stack, "Queue");

    // 2. A typed change of an existing binding.
    queue.modify(|props| props.receive_message_wait_time_seconds(20));

    // 3. A property by its path, also under a construct of the library. It is checked against the schema like any other.
    let topic = Topic::builder().build(stack, "Topic");
    if let Some(resource) = topic.scope().default_child() {
        resource.override_prop("DisplayName", "orders");
    }

    // 4. A resource of any type from JSON, with intrinsic functions.
    CfnResource::new(
        stack,
        "Parameter",
        "AWS::SSM::Parameter",
        json!({ "Type": "String", "Value": { "Fn::GetAtt": ["Queue", "Arn"] } }),
    );
}
