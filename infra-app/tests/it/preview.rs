//! Tests of a preview's templates: cost, names and removal.

use std::collections::BTreeSet;

use infra_runtime::testing::Invocation;
use serde_json::Value;

/// Stacks of a preview, by construct path.
const STACKS: [&str; 5] = ["Network", "Data", "Migration", "Service", "Edge"];

fn run(arguments: &[&str], name: &str) -> Value {
    let setting = format!("preview.name={name}");
    let rest = [
        "--env",
        "preview",
        "--set",
        &setting,
        "--set",
        "preview.expires=2026-12-03",
    ];
    let outcome = Invocation::new([arguments, &rest].concat()).run(infra_app::build);
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{outcome}"))
}

fn resources(name: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for stack in STACKS {
        let template = run(&["synth", "--stack", stack], name);
        let resources = template["Resources"].as_object().expect("resources");
        let resources = resources.iter();
        found.extend(resources.map(|(id, one)| (format!("{stack}/{id}"), one.clone())));
    }
    found
}

#[test]
fn names_all_stacks_after_preview() {
    let stacks = run(&["ls", "--json"], "pr7");
    let names: Vec<&str> = stacks
        .as_array()
        .expect("stacks")
        .iter()
        .filter_map(|stack| stack["stackName"].as_str())
        .collect();
    let wanted = STACKS.map(|stack| format!("notes-preview-pr7-{}", stack.to_lowercase()));
    assert_eq!(names, wanted);
}

#[test]
fn deletes_all_preview_resources_with_stack() {
    for (id, resource) in resources("pr7") {
        assert_eq!(resource["DeletionPolicy"], "Delete", "{id}");
        assert_eq!(resource["UpdateReplacePolicy"], "Delete", "{id}");
        let properties = &resource["Properties"];
        assert_ne!(properties["DeletionProtection"], true, "{id}");
        match resource["Type"].as_str().expect("a type") {
            "AWS::RDS::DBInstance" => {
                assert_eq!(properties["DeleteAutomatedBackups"], true, "{id}");
                assert_eq!(properties["DBInstanceClass"], "db.t4g.micro", "{id}");
                assert_eq!(properties["MultiAZ"], false, "{id}");
                assert_ne!(properties["MonitoringInterval"], 60, "{id}");
            }
            "AWS::ECS::Cluster" => {
                assert_eq!(
                    properties["ClusterSettings"][0]["Value"], "disabled",
                    "{id}"
                );
            }
            "AWS::Logs::LogGroup" => assert_eq!(properties["RetentionInDays"], 1, "{id}"),
            "AWS::CloudWatch::Alarm" => assert_eq!(properties["AlarmActions"], Value::Null, "{id}"),
            "AWS::KMS::Key" | "AWS::SNS::Topic" | "AWS::ECR::Repository" => {
                panic!("{id} is not for a preview")
            }
            _ => {}
        }
    }
}

/// Explicit names are unique in an account, and CloudFront limits some to 64 characters.
#[test]
fn uses_distinct_names_of_at_most_64_characters() {
    let names = |preview: &str| -> BTreeSet<String> {
        let named = resources(preview).into_iter().filter_map(|(_, resource)| {
            let properties = &resource["Properties"];
            let family = match resource["Type"].as_str() {
                Some("AWS::ECS::TaskDefinition") => "Family",
                _ => "Name",
            };
            let name = ["Name", family, "DBInstanceIdentifier"]
                .iter()
                .find_map(|key| properties[*key].as_str())
                .or(properties["CachePolicyConfig"]["Name"].as_str())
                .or(properties["ResponseHeadersPolicyConfig"]["Name"].as_str())
                .or(properties["OriginAccessControlConfig"]["Name"].as_str())
                .or(properties["VpcOriginEndpointConfig"]["Name"].as_str());
            name.map(str::to_owned)
        });
        named.collect()
    };
    let (one, longest) = (names("pr7"), names("pr7890123456"));
    assert!(one.len() >= 9, "{one:?}");
    assert!(one.is_disjoint(&longest), "{one:?} {longest:?}");
    for name in &longest {
        assert!(name.len() <= 64, "{name} has {} characters", name.len());
    }
}

/// The account with the proposals lets the account of previews pull them, and grants it no other access.
#[test]
fn grants_preview_account_access_to_proposals_only() {
    let arguments = [
        "synth",
        "--stack",
        "Foundation",
        "--env",
        "prod",
        "--set",
        "delivery.preview_account=\"210987654321\"",
    ];
    let outcome = Invocation::new(arguments).run(infra_app::build);
    let template: Value =
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{outcome}"));
    let resources = template["Resources"].as_object().expect("resources");
    let open: Vec<&String> = resources
        .iter()
        .filter(|(_, one)| one.to_string().contains("210987654321"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(open.len(), 1, "{open:?}");
    assert!(open[0].starts_with("Proposals"), "{open:?}");
}

#[test]
fn pulls_images_from_configured_proposal_repository() {
    let repository = "210987654321.dkr.ecr.eu-west-1.amazonaws.com/notes-proposals";
    let setting = format!("preview.images={repository}");
    let service = run(&["synth", "--stack", "Service", "--set", &setting], "pr7").to_string();
    assert!(
        service.contains(&format!("\"{repository}@sha256:")),
        "{service}"
    );
    let arn = "ecr:eu-west-1:210987654321:repository/notes-proposals";
    assert!(service.contains(arn), "{service}");
}
