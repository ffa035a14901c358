//! What keeps a stack, or an export, from being removed.

use insta::assert_snapshot;
use serde_json::json;

use super::{Notes, holds, minutes, run};

#[test]
fn export_in_use_keeps_its_stack() {
    let notes = Notes {
        exports: true,
        ..Notes::default()
    };
    let aws = notes.deployed();
    aws.deploy(
        "Reader",
        &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::ImportValue": "queue-url" },
    } } } }),
    );
    let before = aws.live("Web");
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
}
