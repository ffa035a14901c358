//! Tests of `cost`: amounts, charges that are named but not counted, and price files.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Environment, StackProps};
use insta::assert_snapshot;
use serde_json::json;

use crate::json_schema::conforming;
use crate::support::RunApp as _;

fn notes(app: &App) {
    let network = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Network");
    CfnResource::new(network, "Nat", "AWS::EC2::NatGateway", json!({}));
    CfnResource::new(network, "Address", "AWS::EC2::EIP", json!({}));
    let web = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Web");
    let queue = json!({ "DelaySeconds": 5 });
    CfnResource::new(web, "Queue", "AWS::SQS::Queue", queue);
    CfnResource::new(web, "Key", "AWS::KMS::Key", json!({}));
}

fn run(arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run_simple(notes)
}

#[test]
fn prints_cost_per_stack_and_unknown_prices() {
    assert_snapshot!("cost", run(&["cost", "--hours", "72"]));
}

#[test]
fn prints_cost_as_json_with_numbers() {
    let outcome = run(&["cost", "--json", "--months", "2", "--stack", "Network"]);
    let found = conforming("cost", &outcome.stdout);
    assert_eq!(found["total"]["hourly"], json!(0.05));
    assert_eq!(found["total"]["monthly"], json!(36.5));
    assert_eq!(found["total"]["hours"], json!(1460));
    assert_eq!(found["total"]["forHours"], json!(73.0));
    assert_eq!(found["complete"], json!(true));
    assert_eq!(
        found["notCounted"],
        json!([{ "meter": "traffic through NAT gateways" }])
    );
    let whole = conforming("cost", &run(&["cost", "--json"]).stdout);
    assert_eq!(whole["unknownTypes"], json!(["AWS::SQS::Queue"]));
    assert_eq!(whole["complete"], json!(false));
}

#[test]
fn replaces_built_in_prices_with_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("prices.json");
    let meter = json!({
        "meter": "kms.key.month", "region": "us-east-1", "unit": "month", "price": "2.5",
        "date": "2026-11-30", "source": "https://example.com/contract",
    });
    let file = json!({ "currency": "EUR", "hoursPerMonth": 730, "meters": [meter] });
    std::fs::write(&path, file.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let outcome = run(&["cost", "--json", "--prices", path]);
    let found = conforming("cost", &outcome.stdout);
    assert_eq!(
        (&found["currency"], &found["total"]["monthly"]),
        (&json!("EUR"), &json!(2.5))
    );
    assert_eq!(
        found["unknown"][0]["reason"],
        "no price is known for `ec2.nat-gateway.hour` in us-east-1"
    );
    std::fs::write(path, "{}").unwrap();
    let outcome = run(&["cost", "--prices", path]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stderr.contains("is not a valid price file"),
        "{outcome}"
    );
}
