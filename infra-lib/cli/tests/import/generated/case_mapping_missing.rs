//! The stack `CaseMappingMissing`: 1 resource, converted by `import-template` from
//! `case_mapping_missing.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `sns`), `serde_json`.

use infra_cfn::sns;
use infra_core::intrinsics::find_in_map;
use infra_core::{App, Data, Mapping, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_mapping_missing(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseMappingMissing");

    // Mappings
    let stages = Mapping::new(stack, "Stages", [("gamma", vec![("Id", Data::from("1"))])]);

    // Resources
    sns::CfnTopicProps::new()
        .topic_name(find_in_map::<String>(stages, "beta", "Id"))
        .display_name(raw::<String>(
            json!({ "Fn::FindInMap": ["Stagez", "gamma", "Id"] }),
        ))
        .build(stack, "Orders");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
