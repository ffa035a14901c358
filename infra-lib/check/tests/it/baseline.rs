//! Accepted findings: those of existing templates are not reported, new ones are.

use infra_check::baseline::Baseline;
use infra_check::{Options, Report, check_text};

const OLD: &str = "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {DelaySecond: 5}\n";

fn check(text: &str) -> Report {
    check_text("queue.yaml", text, &Options::default())
}

fn name(file: &str) -> String {
    format!("templates/{file}")
}

#[test]
fn reports_findings_beyond_the_accepted_number() {
    let text = Baseline::of_report(&check(OLD), name).render();
    assert_eq!(
        text,
        "{\n  \"version\": 1,\n  \"findings\": [\n    {\"file\":\"templates/queue.yaml\",\"code\":\"INF3002\",\"message\":\"`AWS::SQS::Queue` has no property `DelaySecond`\",\"count\":1}\n  ]\n}\n"
    );
    let baseline = Baseline::parse(&text).unwrap();
    // The accepted finding has moved, and a second one is new.
    let mut report = check(&format!(
        "Description: queues\n{OLD}  B: {{Type: AWS::SQS::Queue, Properties: {{DelaySecond: 5}}}}\n"
    ));
    let applied = baseline.remove_accepted(&mut report, name);
    assert_eq!((applied.accepted, applied.gone), (1, 0));
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].start().line, 6);
    let mut none = check("Resources: {A: {Type: AWS::SQS::Queue}}");
    let applied = baseline.remove_accepted(&mut none, name);
    assert_eq!((applied.accepted, applied.gone), (0, 1));
    assert_eq!(Baseline::default().render().lines().count(), 4);
}

#[test]
fn never_accepts_what_cloudformation_refuses() {
    let mut report = check("Resources: {A: {Type: AWS::SNS::Topic, DependsOn: B}}");
    let baseline = Baseline::of_report(&report, name);
    assert_eq!(baseline.count(), 0);
    baseline.remove_accepted(&mut report, name);
    assert_eq!(report.errors(), 1);
}

#[test]
fn explains_texts_that_are_no_baseline() {
    for (text, expected) in [
        ("{", "it is not valid JSON"),
        ("{\"version\": 2}", "expected `\"version\": 1`, found `2`"),
        ("{\"version\": 1}", "it has no list `findings`"),
        (
            "{\"version\": 1, \"findings\": [{\"file\": \"a\"}]}",
            "entry 1 of `findings` lacks",
        ),
    ] {
        let error = Baseline::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn accepts_any_number_of_findings() {
    let most = u64::MAX;
    let entry = |code: &str| {
        format!(r#"{{"file": "a.yaml", "code": "{code}", "message": "m", "count": {most}}}"#)
    };
    let entries = [entry("INF3001"), entry("INF3001"), entry("INF3002")].join(",");
    let text = format!(r#"{{"version": 1, "findings": [{entries}]}}"#);
    assert_eq!(Baseline::parse(&text).unwrap().count(), most);
}
