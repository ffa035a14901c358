//! Tests of the comparison of two templates, case by case.

#![expect(
    clippy::needless_pass_by_value,
    reason = "cases read better without a sign before each"
)]

use std::collections::BTreeMap;

use serde_json::{Value as JsonValue, json};

use super::{DeployedStackState, diff_stack, review_stacks};
use crate::Template;
use crate::assembly::{ResourceOrigin, Stack};
use crate::review::Action;
use crate::review::{Replacement, Review, StackChange, StackReview, Verdict};

/// Returns a stack named `Web` with the given template.
pub(super) fn stack(template: JsonValue) -> Stack {
    named("Web", template)
}

fn named(name: &str, template: JsonValue) -> Stack {
    Stack::builder()
        .id(name)
        .path(name)
        .name(name.to_lowercase())
        .template(Template::from_json(template).unwrap())
        .build()
}

fn resources(resources: JsonValue) -> JsonValue {
    json!({ "Resources": resources })
}

fn compare(old: JsonValue, new: JsonValue) -> StackReview {
    diff_stack(&Template::from_json(old).unwrap(), &stack(new), "deployed")
}

/// Returns the review of one resource of the given type whose properties change.
fn properties(type_name: &str, old: JsonValue, new: JsonValue) -> StackReview {
    let of =
        |properties| resources(json!({ "It": { "Type": type_name, "Properties": properties } }));
    compare(of(old), of(new))
}

/// Returns a line for each resource: `It Modify replaced by A, B; stops; fate`.
fn told(review: &StackReview) -> Vec<String> {
    let all = review.resources.iter().map(|change| {
        let replacement = match &change.replacement {
            Replacement::No => String::new(),
            Replacement::Inferred { reason } => format!(" inferred {reason}"),
            Replacement::Maybe { because } => format!(" maybe {}", because.join(" ")),
            Replacement::Yes { because } => format!(" replaced {}", because.join(" ")),
        };
        let fate = change
            .policy_action
            .as_ref()
            .map_or(String::new(), |a| format!(" {a}"));
        let from = change
            .moved_from
            .as_ref()
            .map_or(String::new(), |from| format!(" from {from}"));
        format!(
            "{} {}{replacement}{fate}{from}",
            change.resource.logical_id, change.action
        )
    });
    all.collect()
}

#[test]
fn ignores_order_of_template_entries() {
    let one = json!({
        "Resources": {
            "A": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": 3, "KmsMasterKeyId": "k" }, "DependsOn": "B" },
            "B": { "Type": "AWS::SNS::Topic", "Metadata": { "x": 1 } },
        },
        "Metadata": { "a": 1 },
    });
    let other = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": {
            "B": { "Type": "AWS::SNS::Topic", "Metadata": { "x": 2 } },
            "A": { "DependsOn": ["B"], "Properties": { "KmsMasterKeyId": "k", "DelaySeconds": "3" }, "Type": "AWS::SQS::Queue" },
        },
    });
    let review = compare(one, other);
    assert_eq!(review.change, StackChange::Unchanged);
    assert_eq!(review.verdict(), Verdict::NoChanges);
    assert_eq!(
        (review.resources, review.sections, review.security),
        (vec![], vec![], vec![])
    );
    assert_eq!(review.estimate, None);
}

#[test]
fn predicts_replacement_from_registry_schemas() {
    let lambda = "AWS::Lambda::Function";
    for (type_name, old, new, expected) in [
        (
            "AWS::SQS::Queue",
            json!({ "DelaySeconds": 1 }),
            json!({ "DelaySeconds": 2 }),
            "It Modify",
        ),
        (
            "AWS::SQS::Queue",
            json!({ "QueueName": "a" }),
            json!({ "QueueName": "b" }),
            "It Modify replaced Properties.QueueName ReplaceAndDelete",
        ),
        // Removing an explicit name lets CloudFormation generate another one.
        (
            "AWS::SQS::Queue",
            json!({ "QueueName": "a" }),
            json!({}),
            "It Modify replaced Properties.QueueName ReplaceAndDelete",
        ),
        (
            lambda,
            json!({ "MemorySize": 128 }),
            json!({ "MemorySize": 256 }),
            "It Modify",
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "StorageEncrypted": false }),
            json!({ "StorageEncrypted": true }),
            "It Modify replaced Properties.StorageEncrypted ReplaceAndDelete",
        ),
        // Below a list, for which the path in the registry has a star.
        (
            "AWS::EC2::TransitGatewayConnectPeer",
            json!({ "ConnectPeerConfiguration": { "BgpConfigurations": [{ "PeerAsn": 1 }] } }),
            json!({ "ConnectPeerConfiguration": { "BgpConfigurations": [{ "PeerAsn": 2 }] } }),
            "It Modify replaced Properties.ConnectPeerConfiguration.BgpConfigurations[0].PeerAsn ReplaceAndDelete",
        ),
        (
            "Custom::Thing",
            json!({ "A": 1 }),
            json!({ "A": 2 }),
            "It Modify",
        ),
    ] {
        let review = properties(type_name, old.clone(), new.clone());
        assert_eq!(told(&review), [expected], "{type_name} {old} {new}");
    }
}

#[test]
fn lists_unknown_types_as_unchecked() {
    let review = properties("Custom::Thing", json!({ "A": 1 }), json!({ "A": 2 }));
    assert_eq!(
        review.unchecked[0],
        "whether a change replaces Custom::Thing: the schema does not specify it"
    );
}

#[test]
fn reports_changed_type_as_fatal_replacement() {
    let review = compare(
        resources(json!({ "It": { "Type": "AWS::SQS::Queue" } })),
        resources(json!({ "It": { "Type": "AWS::SNS::Topic" } })),
    );
    assert_eq!(told(&review), ["It Modify replaced Type ReplaceAndDelete"]);
    assert!(review.notes[0].fatal);
    // The queue had data.
    assert!(review.stops[0].data_loss);
}

#[test]
fn propagates_replacement_to_referring_resources() {
    let template = |name: &str| {
        resources(json!({
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "GroupDescription": name } },
            "Rule": { "Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
                "GroupId": { "Fn::GetAtt": ["Group", "GroupId"] }, "IpProtocol": "tcp" } },
            "Instance": { "Type": "AWS::EC2::Instance", "Properties": {
                "Tags": [{ "Key": "group", "Value": { "Fn::Sub": "x-${Group}" } }] } },
            "Other": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": "Instance" } } },
        }))
    };
    let review = compare(template("one"), template("two"));
    assert_eq!(
        told(&review),
        [
            "Group Modify replaced Properties.GroupDescription ReplaceAndDelete",
            "Rule Modify replaced Properties.GroupId ReplaceAndDelete",
            "Instance Modify",
        ]
    );
    let tag = &review.resources[2].properties[0];
    assert_eq!(tag.path, "Properties.Tags[Key=group].Value");
    assert_eq!(tag.caused_by.as_deref(), Some("Group"));
    assert_eq!(
        review.resources[1].properties[0].caused_by.as_deref(),
        Some("Group.GroupId")
    );
    assert_eq!(
        review.estimate.unwrap().critical_path,
        ["Group", "Instance", "Rule", "Group"]
    );
}

#[test]
fn propagates_replacement_across_stacks() {
    let network = |cidr: &str| {
        named(
            "Network",
            json!({
                "Resources": { "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": cidr } } },
                "Outputs": { "Vpc": { "Value": { "Ref": "Vpc" } } },
            }),
        )
    };
    let web = stack(resources(json!({
        "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": {
            "VpcId": { "Fn::GetStackOutput": { "StackName": "network", "OutputName": "Vpc" } } } },
    })));
    let before = |stack: &Stack| {
        let before = DeployedStackState {
            template: stack.template.clone(),
            tags: None,
            nested: BTreeMap::new(),
        };
        (stack.name.clone(), before)
    };
    let (old, new) = (network("10.0.0.0/16"), network("10.1.0.0/16"));
    let before: BTreeMap<_, _> = [before(&old), before(&web)].into();
    let review = review_stacks(&before, &[&new, &web], &[], "deployed");
    assert_eq!(
        told(&review.stacks[1]),
        ["Group Modify replaced Properties.VpcId ReplaceAndDelete"]
    );
    let cause = &review.stacks[1].resources[0].properties[0].caused_by;
    assert_eq!(cause.as_deref(), Some("Vpc of network"));
}

#[test]
fn reports_created_and_deleted_stacks() {
    let one = named(
        "One",
        resources(json!({ "T": { "Type": "AWS::SNS::Topic" } })),
    );
    let two = named(
        "Two",
        resources(json!({ "B": { "Type": "AWS::S3::Bucket" } })),
    );
    let before = [(
        two.name.clone(),
        DeployedStackState {
            template: two.template.clone(),
            tags: None,
            nested: BTreeMap::new(),
        },
    )];
    let review: Review = review_stacks(&before.into(), &[&one], &[&two], "old");
    let changes: Vec<StackChange> = review.stacks.iter().map(|stack| stack.change).collect();
    assert_eq!(changes, [StackChange::Create, StackChange::Delete]);
    assert_eq!(told(&review.stacks[1]), ["B Remove Delete"]);
    assert_eq!(review.verdict(), Verdict::DataLoss);
}

#[test]
fn compares_stack_tags_only_if_known() {
    let mut new = stack(json!({}));
    new.tags.insert("team".to_owned(), "b".to_owned());
    let tagged = |tags| {
        let template = new.template.clone();
        let before = BTreeMap::from([(
            "web".to_owned(),
            DeployedStackState {
                template,
                tags,
                nested: BTreeMap::new(),
            },
        )]);
        review_stacks(&before, &[&new], &[], "deployed")
            .stacks
            .remove(0)
    };
    assert_eq!(tagged(None).sections, []);
    let old = BTreeMap::from([("team".to_owned(), "a".to_owned())]);
    let review = tagged(Some(old));
    assert_eq!(
        (
            review.sections[0].section.as_str(),
            review.sections[0].name.as_str()
        ),
        ("Tags", "team")
    );
}

#[test]
fn predicts_data_loss_from_deletion_policies() {
    let bucket = |policy: &str| {
        json!({ "Type": "AWS::S3::Bucket", "DeletionPolicy": policy, "UpdateReplacePolicy": policy,
            "Properties": { "BucketName": policy.to_lowercase() } })
    };
    let database = json!({ "Type": "AWS::RDS::DBInstance", "Properties": {} });
    let member =
        json!({ "Type": "AWS::RDS::DBInstance", "Properties": { "DBClusterIdentifier": "c" } });
    let topic = json!({ "Type": "AWS::SNS::Topic" });
    for (removed, expected, data_loss) in [
        (bucket("Delete"), "It Remove Delete", Some(true)),
        (bucket("Retain"), "It Remove Retain", Some(false)),
        (
            bucket("RetainExceptOnCreate"),
            "It Remove Retain",
            Some(false),
        ),
        (database, "It Remove Snapshot", Some(false)),
        (member, "It Remove Delete", Some(true)),
        (topic, "It Remove Delete", None),
    ] {
        let review = compare(resources(json!({ "It": removed })), resources(json!({})));
        assert_eq!(told(&review), [expected]);
        let stop = review.stops.first().map(|stop| stop.data_loss);
        assert_eq!(stop, data_loss, "{expected}");
    }
}

#[test]
fn rejects_replacement_with_fixed_name() {
    let role = |path: &str| json!({ "RoleName": "notes", "Path": path });
    let review = properties("AWS::IAM::Role", role("/a/"), role("/b/"));
    assert_eq!(
        told(&review),
        ["It Modify replaced Properties.Path ReplaceAndDelete"]
    );
    let note = &review.notes[0];
    assert_eq!(
        (note.fatal, note.property.as_deref()),
        (true, Some("Properties.RoleName"))
    );
}

#[test]
fn reports_declared_move_as_move() {
    let queue = |id: &str, delay: u32| {
        json!({
            "Resources": {
                id: { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
                "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": id } }, "DependsOn": id },
            },
            "Outputs": { "Url": { "Value": { "Fn::Sub": format!("${{{id}.QueueUrl}}") } } },
        })
    };
    let mut new = stack(queue("Jobs", 5));
    let origin = ResourceOrigin {
        construct_path: "Web/Jobs".to_owned(),
        source: None,
        moved_from: vec!["Work".to_owned()],
    };
    new.origins.insert("Jobs".to_owned(), origin);
    let old = |delay| Template::from_json(queue("Work", delay)).unwrap();
    let review = diff_stack(&old(5), &new, "deployed");
    assert_eq!(told(&review), ["Jobs Modify from Work"]);
    assert_eq!((review.sections.len(), review.stops.len()), (0, 0));
    // Its other changes are listed too.
    let review = diff_stack(&old(7), &new, "deployed");
    assert_eq!(
        review.resources[0].properties[0].path,
        "Properties.DelaySeconds"
    );
}

#[test]
fn suggests_move_only_for_unambiguous_match() {
    let bucket = |path: &str| {
        json!({ "Type": "AWS::S3::Bucket", "Metadata": { "aws:cdk:path": path },
            "Properties": { "VersioningConfiguration": { "Status": "Enabled" } } })
    };
    let moved = compare(
        resources(json!({ "Old": bucket("Web/Old/Resource") })),
        resources(json!({ "New": bucket("Web/New/Resource") })),
    );
    assert_eq!(
        told(&moved),
        ["New Add from Old/Resource", "Old Remove Delete"]
    );
    let two = compare(
        resources(json!({ "A": bucket("Web/A"), "B": bucket("Web/B") })),
        resources(json!({ "C": bucket("Web/C") })),
    );
    assert_eq!(told(&two), ["C Add", "A Remove Delete", "B Remove Delete"]);
    let others = compare(
        resources(
            json!({ "A": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": 1 } } }),
        ),
        resources(
            json!({ "B": { "Type": "AWS::SQS::Queue", "Properties": { "VisibilityTimeout": 1 } } }),
        ),
    );
    assert_eq!(told(&others), ["B Add", "A Remove Delete"]);
}

#[test]
fn compares_other_sections_by_entry() {
    let review = compare(
        json!({ "Parameters": { "Size": { "Type": "String", "Default": "1" } }, "Outputs": { "A": { "Value": 1 } } }),
        json!({ "Parameters": { "Size": { "Type": "String", "Default": "2" } }, "Outputs": { "B": { "Value": 1 } },
            "Description": "new" }),
    );
    let names: Vec<String> = review
        .sections
        .iter()
        .map(|change| format!("{} {}", change.section, change.name))
        .collect();
    assert_eq!(
        names,
        ["Description ", "Outputs A", "Outputs B", "Parameters Size"]
    );
}

#[test]
fn reports_possible_change_from_parameter_default() {
    let template = |default: &str| {
        json!({
            "Parameters": { "Name": { "Type": "String", "Default": default } },
            "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": { "Ref": "Name" } } } },
        })
    };
    let review = compare(template("a"), template("b"));
    assert_eq!(
        told(&review),
        ["Queue Modify maybe Properties.QueueName ReplaceAndDelete"]
    );
    assert_eq!(
        review.resources[0].properties[0].caused_by.as_deref(),
        Some("Name")
    );
}

#[test]
fn compares_malformed_templates_without_panic() {
    let odd = [
        json!({}),
        json!({ "Resources": [] }),
        json!({ "Resources": { "A": 1 } }),
        json!({ "Resources": { "A": { "Properties": [1, { "Ref": 3 }] } } }),
        json!({ "Resources": { "A": { "Type": "AWS::IAM::Role", "Properties": { "Policies": "x", "AssumeRolePolicyDocument": { "Statement": [{ "Effect": 1 }] } } } } }),
        json!({ "Resources": { "A": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "SecurityGroupIngress": [{ "CidrIp": "x/y", "FromPort": [] }] } } } }),
        json!({ "Outputs": { "A": null }, "Transform": ["x"], "Resources": { "A": { "Type": "AWS::S3::Bucket", "Properties": { "Fn::Transform": {} } } } }),
    ];
    for old in &odd {
        for new in &odd {
            let review = compare(old.clone(), new.clone());
            let same = old == new;
            assert!(!same || review.resources.is_empty(), "{old}");
        }
    }
    assert_eq!(
        compare(odd[0].clone(), odd[3].clone()).resources[0].action,
        Action::Add
    );
}

/// Returns a template of the reference app as deployed in an environment.
fn golden(environment: &str, stack: &str) -> JsonValue {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../infra-app/tests/golden")
        .join(environment)
        .join(format!("{stack}.template.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn reports_no_changes_for_identical_reference_app() {
    for environment in ["dev", "prod"] {
        for stack in [
            "Data",
            "Edge",
            "Foundation",
            "Network",
            "Observability",
            "Service",
        ] {
            let review = compare(golden(environment, stack), golden(environment, stack));
            assert_eq!(
                review.verdict(),
                Verdict::NoChanges,
                "{environment} {stack}"
            );
        }
    }
}

#[test]
fn reports_risks_of_reference_database_changes() {
    let of = |edit: fn(&mut JsonValue)| {
        let mut template = golden("prod", "Data");
        edit(&mut template["Resources"]["DatabaseB269D8BB"]);
        compare(golden("prod", "Data"), template)
    };
    let smaller = of(|database| database["Properties"]["DBInstanceClass"] = json!("db.t4g.micro"));
    assert_eq!(told(&smaller), ["DatabaseB269D8BB Modify"]);
    assert_eq!((smaller.stops.len(), smaller.security.len()), (0, 0));

    let clear = of(|database| database["Properties"]["StorageEncrypted"] = json!(false));
    assert_eq!(
        told(&clear)[0],
        "DatabaseB269D8BB Modify replaced Properties.StorageEncrypted ReplaceAndSnapshot"
    );
    assert!(!clear.stops[0].data_loss);
    // RDS does not allow two instances with one identifier.
    assert_eq!(
        clear.notes[0].property.as_deref(),
        Some("Properties.DBInstanceIdentifier")
    );
    assert_eq!(
        clear.security[0].summary,
        "Database no longer encrypts its storage"
    );

    let careless = of(|database| {
        database["UpdateReplacePolicy"] = json!("Delete");
        database["Properties"]["DBName"] = json!("other");
    });
    assert!(careless.stops[0].data_loss);

    let public = of(|database| database["Properties"]["PubliclyAccessible"] = json!(true));
    assert!(public.security[0].public && public.is_broadening());
}
