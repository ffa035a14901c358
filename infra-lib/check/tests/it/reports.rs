//! The forms of a report.

use infra_check::report::{
    render_github, render_json, render_junit, render_lines, render_sarif, render_text,
};
use infra_check::{Options, Report, check_text};
use serde_json::json;

fn report() -> Report {
    let text = "Parameters: {Stage: {Type: String}}\nResources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySecond: 5\n";
    check_text("a, b.yaml", text, &Options::default())
}

/// Replaces the date of the schemas, which changes with every update of the model.
fn without_date(text: &str) -> String {
    text.replace(infra_schema::SCHEMA_DATE, "DATE")
}

#[test]
fn shows_source_of_findings_to_people() {
    assert_eq!(
        without_date(&render_text(&report())),
        "\
error[INF3002]: `AWS::SQS::Queue` has no property `DelaySecond` in the schemas of DATE
  --> a, b.yaml:6:7
   |
 6 |       DelaySecond: 5
   |       ^^^^^^^^^^^
   = property: DelaySecond (of Orders)
   = help: did you mean `DelaySeconds`?

warning[INF8012]: the parameter `Stage` is not used
  --> a, b.yaml:1:14
   |
 1 | Parameters: {Stage: {Type: String}}
   |              ^^^^^
   = help: remove it

1 error and 1 warning in 1 template
"
    );
    assert_eq!(
        without_date(&render_lines(&report())).lines().next(),
        Some(
            "a, b.yaml:6:7: error[INF3002]: `AWS::SQS::Queue` has no property `DelaySecond` in the schemas of DATE"
        )
    );
}

#[test]
fn writes_findings_as_data() {
    let json = render_json(&report());
    assert_eq!(
        json["summary"],
        json!({ "errors": 1, "warnings": 1, "templates": 1 })
    );
    assert_eq!(
        json["findings"][0]["source"],
        json!({ "file": "a, b.yaml", "line": 6, "column": 7 })
    );
    assert_eq!(
        json["findings"][0]["end"],
        json!({ "line": 6, "column": 18 })
    );
    let sarif = render_sarif(&report());
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "INF3002");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%2C%20b.yaml");
    assert_eq!(
        location["region"],
        json!({ "startLine": 6, "startColumn": 7, "endLine": 6, "endColumn": 18 })
    );
}

#[test]
fn names_related_places_as_data() {
    let text = "Resources:\n  Orders: {Type: AWS::SNS::Topic}\n  Orders: {Type: AWS::SNS::Topic}\n";
    let report = check_text("two.yaml", text, &Options::default());
    let json = render_json(&report);
    let sarif = render_sarif(&report);
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        result["relatedLocations"],
        json!([{
            "id": 0,
            "message": { "text": json["findings"][0]["related"][0]["message"] },
            "physicalLocation": {
                "artifactLocation": { "uri": "two.yaml" },
                "region": { "startLine": 2, "startColumn": 3 },
            },
        }])
    );
    assert_eq!(json["findings"][0]["related"][0]["source"]["line"], 2);
}

#[test]
fn writes_findings_for_services() {
    assert_eq!(
        without_date(&render_github(&report())).lines().next(),
        Some(
            "::error file=a%2C b.yaml,line=6,endLine=6,col=7,endColumn=18,title=INF3002::`AWS::SQS::Queue` has no property `DelaySecond` in the schemas of DATE%0Adid you mean `DelaySeconds`?"
        )
    );
    let junit = without_date(&render_junit(&report()));
    assert!(
        junit.contains("<testsuites name=\"infra check\" tests=\"1\" failures=\"1\">"),
        "{junit}"
    );
    assert!(
        junit.contains("<failure message=\"`AWS::SQS::Queue` has no property `DelaySecond` in the schemas of DATE\">"),
        "{junit}"
    );
}
