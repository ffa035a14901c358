//! Tests of the assertions about templates.

use std::panic::{AssertUnwindSafe, catch_unwind};

use infra_lib::assertions::Template;
use infra_lib::core::CfnResource;
use infra_lib::{App, IntoValue, Output, StackProps};
use serde_json::json;

fn template() -> Template {
    Template::of_stack(|stack| {
        CfnResource::new(
            stack,
            "Orders",
            "AWS::SQS::Queue",
            json!({ "QueueName": "orders" }),
        );
        CfnResource::new(
            stack,
            "Later",
            "AWS::SQS::Queue",
            json!({ "DelaySeconds": 5 }),
        );
        Output::new(stack, "Name", IntoValue::<String>::into_value("orders"));
    })
}

/// Returns the message of an assertion that must fail.
fn failure_of(assertion: impl FnOnce(&Template)) -> String {
    let template = template();
    let panicked = catch_unwind(AssertUnwindSafe(|| assertion(&template))).unwrap_err();
    panicked.downcast_ref::<String>().unwrap().clone()
}

#[test]
fn finds_resources_with_properties() {
    let template = template();
    let found = template.find_resources("AWS::SQS::Queue", json!({ "DelaySeconds": 5 }));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "Later");
    assert_eq!(
        template.find_resources("AWS::SQS::Queue", json!({})).len(),
        2
    );
    let none = template.find_resources("AWS::SQS::Queue", json!({ "DelaySeconds": 6 }));
    assert!(none.is_empty());
}

#[test]
fn names_missing_and_different_entries() {
    template().has_output("Name", json!({ "Value": "orders" }));
    let missing = failure_of(|template| template.has_output("Url", json!({})));
    assert_eq!(missing, "output `Url`:\n  it: expected {}, found nothing");
    for (kind, message) in [
        (
            "parameter",
            failure_of(|template| template.has_parameter("Stage", json!({ "Type": "String" }))),
        ),
        (
            "mapping",
            failure_of(|template| template.has_mapping("Stage", json!({ "Type": "String" }))),
        ),
        (
            "condition",
            failure_of(|template| template.has_condition("Stage", json!({ "Type": "String" }))),
        ),
    ] {
        let expected =
            format!("{kind} `Stage`:\n  it: expected {{\"Type\":\"String\"}}, found nothing");
        assert_eq!(message, expected);
    }
}

#[test]
fn snapshot_has_no_hashes_of_assets() {
    let hash = "0123456789abcdef".repeat(4);
    let app = App::new();
    let stack = StackProps::new().build(&app, "Stack");
    CfnResource::new(stack, "Orders", "AWS::SQS::Queue", json!({}));
    let names = [
        format!("{hash}.zip"),
        format!("a-{hash}-b"),
        format!("{hash}0"),
        "0123".to_owned(),
    ];
    for (id, name) in ["Zip", "Text", "Longer", "Short"].into_iter().zip(names) {
        Output::new(stack, id, IntoValue::<String>::into_value(name));
    }

    let snapshot = Template::of(&app.synth(), "Stack").to_snapshot();
    assert!(snapshot.contains("\"HASH.zip\""), "{snapshot}");
    assert!(snapshot.contains("\"a-HASH-b\""), "{snapshot}");
    assert!(snapshot.contains(&format!("\"{hash}0\"")), "{snapshot}");
    assert!(snapshot.contains("\"0123\""), "{snapshot}");
}
