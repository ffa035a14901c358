//! The number of dynamic references in a template, which is too large for the corpus.

use infra_check::{Options, check_text};

fn template(references: usize) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("Resources:\n");
    for number in 0..references {
        let value = format!("'{{{{resolve:ssm:/orders/{number}}}}}'");
        let _ = writeln!(
            text,
            "  P{number}: {{Type: AWS::SSM::Parameter, Properties: {{Type: String, Value: {value}}}}}"
        );
    }
    text
}

#[test]
fn counts_dynamic_references() {
    let check = |number| check_text("many.yaml", &template(number), &Options::default()).findings;
    assert!(check(60).is_empty(), "{:?}", check(60));
    let found = check(61);
    assert_eq!(found.len(), 1, "{found:?}");
    let finding = &found[0];
    assert_eq!(finding.diagnostic.code.to_string(), "INF8034");
    assert_eq!(
        finding.diagnostic.message,
        "the template has 61 dynamic references, of at most 60"
    );
    assert_eq!(finding.start().line, 62);
}

#[test]
fn accepts_secrets_where_a_transform_decides() {
    let serverless = "Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {CodeUri: 's3://code/key', Handler: a.b, Runtime: python3.13, Environment: {Variables: {A: '{{resolve:ssm-secure:/a}}'}}}}
";
    assert!(
        check_text("sam.yaml", serverless, &Options::default())
            .findings
            .is_empty()
    );
    let macros = "Transform: Team
Resources:
  Orders: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: '{{resolve:team:a}}'}}
";
    assert!(
        check_text("macro.yaml", macros, &Options::default())
            .findings
            .is_empty()
    );
}
