//! Policy packs in an app: places, acknowledgements and severities.

use infra_lib::core::Severity;
use infra_lib::policy::{self, Pack, pack_codes};
use infra_lib::{App, CfnResource, Construct, Stack, codes};
use serde_json::json;

#[test]
fn reports_violations_with_construct_and_line() {
    let app = App::new();
    app.add_policy(policy::pack(Pack::Fsbp));
    let stack = Stack::new(&app, "Data");
    let line = line!() + 1;
    CfnResource::new(
        stack,
        "Scratch",
        "AWS::EC2::Volume",
        json!({ "AvailabilityZone": "eu-west-1a", "Size": 1 }),
    );
    let synthesis = app.synth();
    let findings = synthesis.findings();
    let found = findings
        .iter()
        .find(|finding| finding.code == pack_codes::EBS_ENCRYPTED)
        .unwrap();
    assert_eq!(found.severity, Severity::Warning);
    assert_eq!(found.path.as_deref(), Some("Data/Scratch"));
    assert_eq!(found.place.as_ref().map(|place| place.line), Some(line));
    assert_eq!(found.property.as_deref(), Some("Encrypted"));
    assert_eq!(found.message, "the volume is not encrypted");
    assert_eq!(found.help.as_deref(), Some("set `Encrypted` to `true`"));
    assert_eq!(
        found.notes,
        ["AWS Foundational Security Best Practices: EC2.3"]
    );
}

#[test]
fn fails_synthesis_for_high_levels_unless_acknowledged() {
    let build = |acknowledge: bool| {
        let app = App::new();
        app.add_policy(policy::packs([Pack::Fsbp, Pack::Cis]).without("s3-tls"));
        let stack = Stack::new(&app, "Data");
        let bucket = CfnResource::new(stack, "Files", "AWS::S3::Bucket", json!({}));
        if acknowledge {
            bucket.scope().acknowledge(
                pack_codes::S3_BLOCK_PUBLIC_ACCESS,
                "the account blocks public access",
            );
        }
        app.synth()
    };
    let errors = |acknowledge| {
        let synthesis = build(acknowledge);
        let findings = synthesis.findings().iter();
        let errors = findings.filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(errors(false), [pack_codes::S3_BLOCK_PUBLIC_ACCESS]);
    assert!(errors(true).is_empty());
    let synthesis = build(true);
    let has = |code| {
        synthesis
            .findings()
            .iter()
            .any(|finding| finding.code == code)
    };
    assert!(!has(pack_codes::S3_TLS) && !has(codes::UNUSED_ACKNOWLEDGEMENT));
    assert!(has(pack_codes::S3_ACCESS_LOGS));
}
