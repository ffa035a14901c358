//! The stack `CaseOutputList`: 1 resource, converted by `import-template` from
//! `case_output_list.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`), `serde_json`.

use infra_cfn::ec2;
use infra_core::{App, Output, Section, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_output_list(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseOutputList");

    // Resources
    let net = ec2::CfnVpcProps::new()
        .cidr_block("10.0.0.0/16")
        .build(stack, "Net");

    // Outputs
    Output::new(
        stack,
        "A",
        net.attr_cidr_block_associations().cast::<String>(),
    );
    Output::new(stack, "B", raw::<String>(json!(["a"])));

    // As in the template: the output has no `Value`.
    stack.raw_entry(Section::Outputs, "C", json!({ "Description": "no value" }));

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
