//! The stack `GoodServerless`: 2 resources, converted by `import-template` from
//! `good_serverless.yaml`.
//!
//! Crates: `infra-core`, `serde_json`.

use infra_core::{App, CfnResource, Output, Stack, StackProps, Value};
use serde_json::json;

/// Adds the stack to the app.
pub fn good_serverless(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .transform("AWS::Serverless-2016-10-31")
        .section("Globals", json!({ "Function": { "Timeout": 3 } }))
        .build(app, "GoodServerless");

    // Resources

    // There are no bindings of `AWS::Serverless::Function`: the properties are as in the template.
    let web = CfnResource::new(
        stack,
        "Web",
        "AWS::Serverless::Function",
        json!({
            "Handler": "a.b",
            "Runtime": "nodejs22.x",
            "InlineCode": "x",
            "AutoPublishAlias": "live"
        }),
    );
    web.override_attribute(
        "Connectors",
        json!({
            "Reads": {
                "Properties": { "Destination": { "Id": "Table" }, "Permissions": ["Read"] }
            }
        }),
    );

    // There are no bindings of `AWS::Serverless::SimpleTable`: the properties are as in the template.
    CfnResource::new(stack, "Table", "AWS::Serverless::SimpleTable", json!({}));

    // Outputs
    Output::new(
        stack,
        "Role",
        raw::<String>(json!({ "Fn::GetAtt": ["WebRole", "Arn"] })),
    );
    Output::new(
        stack,
        "Version",
        raw::<String>(json!({ "Ref": "Web.Version" })),
    );
    Output::new(
        stack,
        "Api",
        raw::<String>(json!({ "Fn::Sub": "https://${ServerlessRestApi}.example.com" })),
    );

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
