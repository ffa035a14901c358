//! Assertions about what the deployment of a change interrupts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use infra_lib::assertions::simulate;
use infra_lib::core::{CfnResource, Synthesis};
use infra_lib::prelude::*;
use serde_json::json;

/// A function in one stack that reads the address of a database in another.
fn synth(class: &str, memory: u32) -> Synthesis {
    let app = App::new();
    let data = Stack::new(&app, "Data");
    let database = CfnResource::new(
        data,
        "Database",
        "AWS::RDS::DBInstance",
        json!({ "Engine": "postgres", "DBInstanceClass": class, "MultiAZ": false }),
    );
    CfnResource::new(data, "Jobs", "AWS::SQS::Queue", json!({}));
    let web = Stack::new(&app, "Web");
    let address = database.attr_value::<String>("Endpoint.Address");
    let service = CfnResource::new(
        web,
        "Service",
        "AWS::Lambda::Function",
        json!({ "Role": "arn:aws:iam::111122223333:role/web", "MemorySize": memory,
            "Code": { "ZipFile": "exports.handler = async () => {}" }, "Handler": "index.handler", "Runtime": "nodejs24.x" }),
    );
    service.override_prop("Environment.Variables.HOST", address);
    app.synth()
}

fn panics(check: impl FnOnce()) -> String {
    let error = catch_unwind(AssertUnwindSafe(check)).expect_err("the assertion holds");
    *error.downcast::<String>().expect("the message is text")
}

#[test]
fn accepts_changes_without_interruption() {
    let deployment = simulate(&synth("db.t4g.small", 128), &synth("db.t4g.small", 256));
    deployment.never_interrupts("Web/Service");
    deployment.never_interrupts("Data/Database");
}

#[test]
fn reports_interruption_of_used_resource_with_its_source() {
    let deployment = simulate(&synth("db.t4g.small", 128), &synth("db.t4g.large", 128));
    deployment.never_interrupts("Data/Jobs");
    let message = panics(|| deployment.never_interrupts("Web/Service"));
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(lines.len(), 4, "{message}");
    assert_eq!(lines[0], "`Web/Service` may be interrupted:");
    assert_eq!(
        lines[1],
        "  Data/Database, change of `DBInstanceClass`: outage, a single instance stops, moves to the new class and recovers"
    );
    assert!(lines[2].contains("simulation.rs:"), "{message}");
    assert_eq!(
        lines[3],
        "    https://repost.aws/knowledge-center/rds-performance-impact"
    );
}

#[test]
fn rejects_unknown_construct() {
    let state = synth("db.t4g.small", 128);
    let deployment = simulate(&state, &state);
    let message = panics(|| deployment.never_interrupts("Web/Servce"));
    assert_eq!(message, "the app has no construct `Web/Servce`");
}
