//! Values that are known before the deployment narrow the cases that are checked.

use std::collections::BTreeMap;

use infra_check::{Options, check_text};

const TEMPLATE: &str = "\
Parameters: {Stage: {Type: String}}
Mappings: {Images: {us-east-1: {Id: a}}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Orders: {Type: AWS::SNS::Topic, Condition: IsProd}
Outputs:
  Topic: {Value: !Ref Orders}
  Image: {Value: !FindInMap [Images, !Ref AWS::Region, Id]}
";

fn messages(options: &Options) -> Vec<String> {
    let report = check_text("t.yaml", TEMPLATE, options);
    report
        .findings
        .into_iter()
        .map(|finding| finding.diagnostic.message)
        .collect()
}

fn stage(value: &str) -> Options {
    Options::default().with_parameters(BTreeMap::from([("Stage".to_owned(), value.to_owned())]))
}

#[test]
fn solves_conditions_with_given_parameters() {
    let conditional =
        "`Orders` exists only if `IsProd` is true, but this reference is also used otherwise";
    assert_eq!(messages(&Options::default()), [conditional]);
    assert!(messages(&stage("prod")).is_empty());
    assert_eq!(messages(&stage("test")), [conditional]);
}

#[test]
fn ignores_codes_except_of_what_cloudformation_refuses() {
    let codes = ["INF8011", "INF1206"].map(str::to_owned);
    let options = Options::default().with_ignored(codes.into());
    assert!(messages(&options).is_empty());
    let fatal = "Resources: {A: {Type: AWS::SNS::Topic, DependsOn: B}}";
    assert_eq!(check_text("t.yaml", fatal, &options).errors(), 1);
}

#[test]
fn looks_up_the_given_region_in_mappings() {
    let known = stage("prod").with_region(Some("eu-west-1".to_owned()));
    assert_eq!(
        messages(&known),
        ["the mapping `Images` has no key `eu-west-1`"]
    );
    assert!(messages(&stage("prod").with_region(Some("us-east-1".to_owned()))).is_empty());
}
