//! The reports: JSON, HTML, text and OSCAL.

use std::collections::BTreeSet;

use infra_packs::report::{Summary, render_html, render_json, render_oscal, render_text};
use infra_packs::{Assessed, Pack, PackSet};
use serde_json::{Value, json};

const AT: &str = "2026-12-02T12:00:00Z";

fn assessed() -> (Summary, Vec<Assessed>) {
    let template = json!({"Resources": {
        "Open<>": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": {"Ref": "Choice"}}},
        "Plain": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": false}},
        "Good": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": true}},
    }});
    let set = PackSet::new([Pack::Fsbp, Pack::Nist]);
    let results = set.assess("disk.yaml", &template);
    (Summary::new(&set, &results), results)
}

#[test]
fn counts_what_cannot_be_decided() {
    let (summary, results) = assessed();
    let text = render_text(&summary);
    assert!(
        text.contains("EC2.3 not satisfied: 1 failed, 1 undecided, 1 passed (ebs-encrypted)"),
        "{text}"
    );
    assert!(text.ends_with(
        "checks: 1 passed, 1 failed, 1 cannot be decided before the deployment, 0 accepted\n"
    ));
    let json = render_json(&summary, &results);
    assert_eq!(
        json["summary"],
        json!({"passed": 1, "failed": 1, "undecided": 1, "accepted": 0})
    );
    assert_eq!(
        json["results"][1],
        json!({
            "rule": "ebs-encrypted", "level": "medium", "template": "disk.yaml", "logicalId": "Plain", "resourceType": "AWS::EC2::Volume",
            "property": "Encrypted", "actual": "false", "message": "the volume is not encrypted", "help": "set `Encrypted` to `true`",
            "verdict": "failed",
        })
    );
    let states: BTreeSet<&str> = json["controls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, BTreeSet::from(["not applicable", "not satisfied"]));
}

#[test]
fn writes_a_page_without_scripts_that_escapes_names() {
    let (summary, results) = assessed();
    let page = render_html("a & b", &summary, &results);
    assert!(page.starts_with("<!doctype html>"));
    assert!(
        page.contains("<td>set <code>Encrypted</code> to <code>true</code>")
            && page.contains("<h1>Policy packs: a &amp; b</h1>")
            && page.contains("<code>Open&lt;&gt;</code>")
    );
    for outside in ["<script", "http://", "https://", "url(", "src="] {
        assert!(!page.contains(outside), "{outside}");
    }
}

/// Identifiers are UUIDs of version 4 or 5, and tokens and lists have the forms of the model.
#[test]
fn writes_assessment_results_of_oscal() {
    let (summary, results) = assessed();
    let document = render_oscal(&summary, &results, AT);
    let root = &document["assessment-results"];
    for key in ["uuid", "metadata", "import-ap", "results"] {
        assert!(!root[key].is_null(), "{key}");
    }
    let result = &root["results"][0];
    let observations = result["observations"].as_array().unwrap();
    assert_eq!(observations.len(), 2);
    let known: BTreeSet<&str> = observations
        .iter()
        .map(|one| one["uuid"].as_str().unwrap())
        .collect();
    let findings = result["findings"].as_array().unwrap();
    for finding in findings {
        let status = &finding["target"]["status"];
        assert_eq!(*status, json!({"state": "not-satisfied", "reason": "fail"}));
        for related in finding["related-observations"].as_array().unwrap() {
            assert!(known.contains(related["observation-uuid"].as_str().unwrap()));
        }
    }
    let targets: Vec<&str> = findings
        .iter()
        .map(|one| one["target"]["target-id"].as_str().unwrap())
        .collect();
    assert!(
        targets.contains(&"fsbp-ec2.3") && targets.contains(&"sc-28.1"),
        "{targets:?}"
    );
    let mut uuids = BTreeSet::new();
    check_forms(&document, &mut uuids);
    assert_eq!(uuids.len(), 2 + observations.len() + findings.len());
    assert_eq!(document, render_oscal(&summary, &results, AT));
}

fn check_forms(value: &Value, uuids: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            assert!(!items.is_empty());
            for item in items {
                check_forms(item, uuids);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), value.as_str()) {
                    ("uuid", Some(uuid)) => {
                        let bytes = uuid.as_bytes();
                        assert_eq!((bytes.len(), bytes[14]), (36, b'5'), "{uuid}");
                        assert!(b"89ab".contains(&bytes[19]), "{uuid}");
                        assert!(uuids.insert(uuid.to_owned()));
                    }
                    ("control-id" | "target-id", Some(token)) => {
                        let mut letters = token.chars();
                        assert!(letters.next().is_some_and(char::is_alphabetic), "{token}");
                        assert!(
                            letters.all(|c| c.is_alphanumeric() || ".-_".contains(c)),
                            "{token}"
                        );
                    }
                    _ => check_forms(value, uuids),
                }
            }
        }
        _ => {}
    }
}
