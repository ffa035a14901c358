//! The stack `GoodModule`: 2 resources, converted by `import-template` from
//! `good_module.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`), `serde_json`.

use infra_cfn::ec2;
use infra_core::{App, CfnResource, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_module(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodModule");

    // There are no bindings of `Company::Network::Vpc::MODULE`: the properties are as in the template.
    CfnResource::new(
        stack,
        "Net",
        "Company::Network::Vpc::MODULE",
        json!({ "Cidr": "10.0.0.0/16" }),
    );

    ec2::CfnSubnetProps::new(raw(json!({ "Ref": "Net.Vpc" })))
        .cidr_block("10.0.0.0/24")
        .build(stack, "Subnet");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
