//! Rules of policy packs in template files.

use infra_check::baseline::Baseline;
use infra_check::report::{render_json, render_sarif};
use infra_check::{Options, Report, check_text};
use infra_packs::{Pack, Verdict};

const TEXT: &str = "\
Parameters:
  Choice: {Type: String}
Resources:
  Plain:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 10
      Encrypted: false
  Open:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: eu-west-1a, Size: 10, Encrypted: !Ref Choice}
";

fn check(text: &str, options: &Options) -> Report {
    check_text(
        "disk.yaml",
        text,
        &options.clone().with_packs(vec![Pack::Fsbp]),
    )
}

fn verdicts(report: &Report) -> Vec<&Verdict> {
    report
        .assessed
        .iter()
        .map(|result| &result.verdict)
        .collect()
}

#[test]
fn finds_violations_at_their_property() {
    let report = check(TEXT, &Options::default());
    let [finding] = &report.findings[..] else {
        panic!("{:?}", report.findings);
    };
    assert_eq!(finding.diagnostic.code.as_str(), "ebs-encrypted");
    assert_eq!(finding.start().to_string(), "9:7");
    assert_eq!(finding.diagnostic.logical_id.as_deref(), Some("Plain"));
    assert_eq!(
        finding.diagnostic.notes,
        ["AWS Foundational Security Best Practices: EC2.3"]
    );
    assert!(!finding.is_error());
    assert!(matches!(
        verdicts(&report)[..],
        [Verdict::Failed { .. }, Verdict::Undecided { .. }]
    ));
    assert!(
        check_text("disk.yaml", TEXT, &Options::default())
            .assessed
            .is_empty()
    );
}

#[test]
fn decides_with_the_values_of_parameters() {
    let given = |value: &str| {
        let parameters = [("Choice".to_owned(), value.to_owned())].into();
        let report = check(TEXT, &Options::default().with_parameters(parameters));
        report.assessed[1].verdict.clone()
    };
    assert_eq!(given("true"), Verdict::Passed);
    assert!(matches!(given("false"), Verdict::Failed { .. }));
}

#[test]
fn accepts_by_comment_metadata_options_and_baseline() {
    let comment = TEXT.replace(
        "Encrypted: false",
        "Encrypted: false # infra: ignore ebs-encrypted",
    );
    let metadata = TEXT.replace(
        "  Plain:\n",
        "  Plain:\n    Metadata: {infra: {ignore: [ebs-encrypted]}}\n",
    );
    for text in [comment, metadata] {
        let report = check(&text, &Options::default());
        assert!(report.findings.is_empty(), "{text}");
        assert_eq!(*verdicts(&report)[0], Verdict::Accepted);
    }
    let ignored = Options::default().with_ignored(["ebs-encrypted".to_owned()].into());
    assert_eq!(*verdicts(&check(TEXT, &ignored))[0], Verdict::Accepted);
    let mut report = check(TEXT, &Options::default());
    let baseline = Baseline::of_report(&report, str::to_owned);
    baseline.remove_accepted(&mut report, str::to_owned);
    assert!(report.findings.is_empty());
    assert_eq!(*verdicts(&report)[0], Verdict::Accepted);
}

#[test]
fn describes_rules_in_sarif_and_json() {
    let report = check(TEXT, &Options::default());
    let rule = &render_sarif(&report)["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(
        rule["shortDescription"]["text"],
        "the volume is not encrypted"
    );
    let tags = rule["properties"]["tags"].as_array().unwrap();
    assert!(tags.iter().any(|tag| tag == "fsbp:EC2.3"), "{tags:?}");
    assert_eq!(render_json(&report)["findings"][0]["code"], "ebs-encrypted");
}

/// The templates that pass every rule are valid templates.
#[test]
fn finds_nothing_else_in_the_templates_of_the_packs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/tests/templates");
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let report = check_text(&path.display().to_string(), &text, &Options::default());
        for finding in report.findings.iter().filter(|finding| finding.is_error()) {
            let found = &finding.diagnostic;
            problems.push(format!(
                "{}:{} {} {}",
                path.display(),
                finding.start(),
                found.code,
                found.message
            ));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
