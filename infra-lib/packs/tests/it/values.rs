//! Values that only a deployment decides.

use infra_packs::{Pack, PackSet, Verdict};
use serde_json::{Value, json};

fn verdict(rule: &str, properties: &Value) -> Option<Verdict> {
    let template =
        json!({"Resources": {"It": {"Type": "AWS::EC2::Volume", "Properties": properties}}});
    let results = PackSet::new([Pack::Fsbp]).assess("t", &template);
    let found = results.into_iter().find(|result| result.rule.id() == rule);
    found.map(|result| result.verdict)
}

#[test]
fn decides_if_both_branches_agree() {
    let encrypted = |value: Value| verdict("ebs-encrypted", &json!({"Encrypted": value}));
    let branches = |a: Value, b: Value| json!({"Fn::If": ["C", a, b]});
    assert_eq!(
        encrypted(branches(json!(true), json!("true"))),
        Some(Verdict::Passed)
    );
    assert!(matches!(
        encrypted(branches(json!(false), json!({"Ref": "AWS::NoValue"}))),
        Some(Verdict::Failed { .. })
    ));
    assert_eq!(
        encrypted(branches(json!(true), json!(false))),
        Some(Verdict::Undecided {
            property: "Encrypted".to_owned()
        })
    );
    assert!(matches!(
        encrypted(json!({"Ref": "AWS::NoValue"})),
        Some(Verdict::Failed { .. })
    ));
}

#[test]
fn names_the_property_and_the_value() {
    let failed = verdict("ebs-encrypted", &json!({"Encrypted": "false"}));
    let expected = Verdict::Failed {
        property: "Encrypted".to_owned(),
        actual: Some("false".to_owned()),
    };
    assert_eq!(failed, Some(expected));
}
