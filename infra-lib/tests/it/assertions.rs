//! Tests of the assertions about templates.

use std::panic::{AssertUnwindSafe, catch_unwind};

use infra_lib::assertions::{Match, Template};
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
fn failure_of<R>(assertion: impl FnOnce(&Template) -> R) -> String {
    let template = template();
    let Err(panicked) = catch_unwind(AssertUnwindSafe(|| assertion(&template))) else {
        panic!("the assertion holds");
    };
    panicked.downcast_ref::<String>().unwrap().clone()
}

#[test]
fn captures_values_of_every_resource_that_matches() {
    let template = Template::of_stack(|stack| {
        for (id, delay) in [("Now", 0), ("Later", 5), ("Named", 7)] {
            let properties = json!({ "DelaySeconds": delay, "FifoQueue": delay == 0 });
            let queue = CfnResource::new(stack, id, "AWS::SQS::Queue", properties);
            if id == "Named" {
                queue.override_prop("QueueName", "named");
            }
        }
        Output::new(stack, "Name", IntoValue::<String>::into_value("orders"));
    });
    let pattern = json!({
        "DelaySeconds": Match::capture("delay"),
        "FifoQueue": Match::capture_like("fifo", json!(false)),
    });
    let found = template.has_properties("AWS::SQS::Queue", pattern);
    assert_eq!(found.all("delay"), [&json!(5), &json!(7)]);
    assert_eq!(found.all("fifo").len(), 2);
    let named =
        json!({ "QueueName": Match::capture("name"), "DelaySeconds": Match::capture("delay") });
    let found = template.has_properties("AWS::SQS::Queue", named);
    assert_eq!((found.text("name"), found.int("delay")), ("named", 7));
    let output = template.has_output("Name", json!({ "Value": Match::capture("value") }));
    assert_eq!(output.text("value"), "orders");
}

#[test]
fn reads_captured_values_by_their_type() {
    let template = Template::of_stack(|stack| {
        let mut value = json!({ "Text": "a", "Int": 1, "Float": 1.5, "Bool": true, "List": [1], "Object": { "A": 1 } });
        value["ServiceToken"] = json!("arn:aws:lambda:eu-west-1:111122223333:function:any");
        CfnResource::new(stack, "Any", "Custom::Any", value);
    });
    let properties = ["Text", "Int", "Float", "Bool", "List", "Object"];
    let pattern = properties.map(|name| (name.to_owned(), Match::capture(name)));
    let pattern = pattern.into_iter().collect::<serde_json::Value>();
    let found = template.has_properties("Custom::Any", pattern);
    assert_eq!(found.text("Text"), "a");
    assert_eq!(found.texts("Text"), ["a"]);
    assert_eq!(found.int("Int"), 1);
    assert!((found.float("Float") - 1.5).abs() < f64::EPSILON);
    assert!(found.bool("Bool"));
    assert_eq!(found.list("List"), [json!(1)]);
    assert_eq!(found.object("Object")["A"], 1);
    assert_eq!(found.value("Int"), &json!(1));
}

#[test]
fn explains_captures_that_cannot_be_read() {
    let delays = json!({ "DelaySeconds": Match::capture("delay") });
    for (message, expected) in [
        (
            failure_of(|template| {
                let found = template.has_properties("AWS::SQS::Queue", delays.clone());
                found.int("delays")
            }),
            "no value was captured as `delays`; captured: `delay`",
        ),
        (
            failure_of(|template| {
                template
                    .has_properties("AWS::SQS::Queue", json!({}))
                    .texts("delay")
                    .len()
            }),
            "no value was captured as `delay`; the pattern captured nothing: `Match::capture(name)` captures a value",
        ),
        (
            failure_of(|template| {
                let found = template.has_properties("AWS::SQS::Queue", delays.clone());
                found.text("delay").len()
            }),
            "`delay` captured 5, which is no text",
        ),
        (
            failure_of(|template| {
                let any = Match::capture("all");
                let found = template.has_resource("AWS::SQS::Queue", json!({ "Type": any }));
                found.text("all").len()
            }),
            "2 values were captured as `all`, read them with `all`: [\"AWS::SQS::Queue\",\"AWS::SQS::Queue\"]",
        ),
        (
            failure_of(|template| {
                template.has_properties(
                    "AWS::SQS::Queue",
                    json!({ "FifoQueue": Match::capture("fifo") }),
                )
            }),
            "no AWS::SQS::Queue matches:\nOrders:\n  Properties.FifoQueue: missing\n\nLater:\n  Properties.FifoQueue: missing\n",
        ),
    ] {
        assert_eq!(message, expected);
    }
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
