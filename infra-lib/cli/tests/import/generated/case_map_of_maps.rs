//! The stack `CaseMapOfMaps`: 1 resource, converted by `import-template` from
//! `case_map_of_maps.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `ec2`), `serde_json`.

use infra_cfn::ec2;
use infra_core::{App, Data, Mapping, ParameterProps, ParameterType, Stack, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn case_map_of_maps(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "CaseMapOfMaps");

    // Parameters
    ParameterProps::new(ParameterType::String)
        .default_value("web")
        .build(stack, "Kind");

    // Mappings
    Mapping::new(
        stack,
        "Kinds",
        [("web", vec![("Map", Data::from("Images"))])],
    );
    Mapping::new(
        stack,
        "Images",
        [(
            "us-east-1",
            vec![("Id", Data::from("ami-0123456789abcdef0"))],
        )],
    );

    // Resources
    ec2::CfnInstanceProps::new()
        .image_id(raw::<String>(json!({
            "Fn::FindInMap": [
                { "Fn::FindInMap": ["Kinds", { "Ref": "Kind" }, "Map"] },
                "us-east-1",
                "Id"
            ]
        })))
        .build(stack, "Server");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
