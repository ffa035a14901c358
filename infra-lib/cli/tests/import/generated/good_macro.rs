//! The stack `GoodMacro`: 1 resource, converted by `import-template` from
//! `good_macro.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::{App, Stack, StackProps, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_macro(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("Company-Macro")
        .section("Extra", json!({ "Count": 3 }))
        .build(app, "GoodMacro");

    let topic = sns::CfnTopicProps::new()
        .topic_name(raw::<String>(json!({ "Ref": "MadeByMacro" })))
        .build(stack, "Topic");
    topic.override_prop("Copies", json!(2));
    topic.override_attribute("Count", json!(3));

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
