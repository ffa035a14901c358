//! The stack `Sender`: 1 resource, converted by `import-template` from
//! `Sender.template.json`.
//!
//! Crates: `infra-lib` (feature `iam`), `serde_json`.

use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::{App, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn sender(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Sender");

    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .statement(
            Statement::allow()
                .action("sqs:SendMessage")
                .resource(raw::<String>(json!({
                    "Fn::GetStackOutput": {
                        "StackName": "Data",
                        "Region": { "Ref": "AWS::Region" },
                        "OutputName": "PublishOutputFnGetAttJobsArn1CF160A6"
                    }
                }))),
        )
        .build(stack, "Role");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
