use serde_json::{Value as JsonValue, json};

use super::{
    CostGroup, CostGroupName, CostGrouping, CostModel, Costs, Prices, compare_costs, compare_groups,
};
use crate::Template;
use crate::assembly::{CloudAssembly, Stack};

fn stack(name: &str, tags: &[(&str, &str)], resources: &JsonValue) -> Stack {
    let tags = tags
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let template = Template::from_json(json!({ "Resources": resources })).unwrap();
    Stack::builder()
        .id(name)
        .path(name)
        .name(format!("notes-{name}"))
        .region("us-east-1")
        .tags(tags)
        .template(template)
        .build()
}

fn estimate(stacks: Vec<Stack>) -> Costs {
    let assembly = CloudAssembly::new(stacks);
    let stacks: Vec<&Stack> = assembly.stacks.iter().collect();
    CostModel::new(Prices::built_in()).estimate_stacks(&stacks)
}

fn shown(groups: &[CostGroup]) -> Vec<(String, String, usize)> {
    let groups = groups.iter();
    groups
        .map(|group| {
            let amount = group.monthly.to_decimal(2);
            (group.name.to_string(), amount, group.unknown)
        })
        .collect()
}

fn expect(groups: &[(&str, &str, usize)]) -> Vec<(String, String, usize)> {
    let groups = groups.iter();
    groups
        .map(|(name, amount, unknown)| ((*name).to_owned(), (*amount).to_owned(), *unknown))
        .collect()
}

fn tagged(type_name: &str, team: &JsonValue) -> JsonValue {
    json!({ "Type": type_name, "Properties": { "Tags": [{ "Key": "team", "Value": team }] } })
}

fn notes() -> Costs {
    estimate(vec![
        stack(
            "Network",
            &[("team", "platform")],
            &json!({
                "Nat": { "Type": "AWS::EC2::NatGateway" },
                "Address": tagged("AWS::EC2::EIP", &json!("edge")),
            }),
        ),
        stack(
            "Web",
            &[],
            &json!({
                "Key": tagged("AWS::KMS::Key", &json!("edge")),
                "Secret": { "Type": "AWS::SecretsManager::Secret" },
                "Zone": { "Type": "AWS::Route53::HostedZone",
                    "Properties": { "HostedZoneTags": [{ "Key": "team", "Value": { "Ref": "Team" } }] } },
                "Queue": tagged("AWS::SQS::Queue", &json!("edge")),
                "Role": tagged("AWS::IAM::Role", &json!("free")),
            }),
        ),
    ])
}

#[test]
fn sums_by_tag_with_tags_of_stack_and_without() {
    let costs = notes();
    let groups = costs.group_by(&CostGrouping::Tag("team".to_owned()));
    let expected = [
        ("platform", "32.85", 0),
        ("edge", "4.65", 1),
        ("(known during the deployment)", "0.50", 0),
        ("(untagged)", "0.40", 0),
    ];
    assert_eq!(shown(&groups), expect(&expected));
    let total = groups.iter().map(|group| group.monthly).sum();
    assert_eq!(costs.monthly(), total);
    let missing = costs.group_by(&CostGrouping::Tag("Team".to_owned()));
    let names: Vec<_> = missing.iter().map(|group| &group.name).collect();
    assert_eq!(names, [&CostGroupName::Untagged]);
}

#[test]
fn sums_by_stack_and_resource() {
    let costs = notes();
    let stacks = costs.group_by(&CostGrouping::Stack);
    let expected = [("Network", "36.50", 0), ("Web", "1.90", 1)];
    assert_eq!(shown(&stacks), expect(&expected));
    let resources = costs.group_by(&CostGrouping::Resource);
    let expected = [
        ("Network/Nat", "32.85", 0),
        ("Network/Address", "3.65", 0),
        ("Web/Key", "1.00", 0),
        ("Web/Zone", "0.50", 0),
        ("Web/Secret", "0.40", 0),
        ("Web/Queue", "0.00", 1),
    ];
    assert_eq!(shown(&resources), expect(&expected));
}

#[test]
fn compares_groups_and_names_uncertain_ones() {
    let team = |team: &str, delay: u32| {
        let mut queue = tagged("AWS::SQS::Queue", &json!(team));
        queue["Properties"]["DelaySeconds"] = json!(delay);
        estimate(vec![stack(
            "Web",
            &[],
            &json!({ "Queue": queue, "Key": tagged("AWS::KMS::Key", &json!(team)) }),
        )])
    };
    let (before, after) = (team("edge", 1), team("web", 2));
    let compared = compare_costs(&before, &after);
    let by_team = CostGrouping::Tag("team".to_owned());
    let changes = compare_groups(&before, &after, &compared, &by_team);
    let shown: Vec<_> = changes
        .iter()
        .map(|change| {
            let difference = change.difference().to_signed_decimal(2);
            (change.name.to_string(), difference, change.uncertain)
        })
        .collect();
    let expected = [("edge", "-1.00", 1), ("web", "+1.00", 1)];
    let expected =
        expected.map(|(name, difference, count)| (name.to_owned(), difference.to_owned(), count));
    assert_eq!(shown, expected);
    assert_eq!(changes[0].after, None);
    let same = compare_groups(&before, &before, &compare_costs(&before, &before), &by_team);
    assert!(
        same.iter()
            .all(|change| change.difference().is_zero() && change.uncertain == 0)
    );
}

#[test]
fn parses_groupings() {
    for text in [
        "stack",
        "resource",
        "tag:team",
        "tag:aws:cloudformation:stack-name",
    ] {
        assert_eq!(text.parse::<CostGrouping>().unwrap().to_string(), text);
    }
    for wrong in ["", "tag", "tag:", "region", "Stack"] {
        let error = wrong.parse::<CostGrouping>().unwrap_err().to_string();
        let expected = format!(
            "`{wrong}` is not a grouping: expected `stack`, `resource` or `tag:KEY` with a key of 1 to 128 characters"
        );
        assert_eq!(error, expected);
    }
}
