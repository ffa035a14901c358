//! Tests that data of nested stacks is lost only with approval.

use infra_deploy::Class;
use infra_deploy::deploy::{Approvals, DeployOptions};
use infra_deploy::plan::{PlanOptions, Step};
use infra_fake::FakeCloud;
use infra_template::review::{Action, Direction, NestedBasis, SecurityKind, Verdict};
use serde_json::json;

use super::super::fixture::{app, deployed, outcomes, planned, reviewed, stack};
use super::{EVERY_WAY, Known, changed, child, losses, parent, resources, review, topic, upload};

#[test]
fn blocks_each_data_loss_in_nested_stack() {
    for known in EVERY_WAY {
        for loss in losses() {
            let (aws, app) = changed(known, &loss.old, &loss.new);
            let review = review(&aws, &app);
            let stops: Vec<_> = review
                .stops
                .iter()
                .map(|stop| (stop.resource.logical_id.as_str(), stop.data_loss))
                .collect();
            let expected: Vec<_> = loss.stop.into_iter().collect();
            assert_eq!(stops, expected, "{known:?}: {}", loss.name);
            assert!(review.stops.iter().all(|stop| stop.message == loss.message));
            assert!(review.stops.iter().all(|stop| stop.resource.stack == "web"));
            let basis = &review.nested[0].basis;
            let is_change_set = matches!(basis, NestedBasis::ChangeSet { .. });
            assert_eq!(is_change_set, known == Known::ChangeSet, "{basis:?}");
            assert_eq!(review.nested[0].path, "Child");
        }
    }
}

#[test]
fn removes_nested_table_only_with_exact_approval() {
    let loss = &losses()[0];
    for known in [Known::ChangeSet, Known::S3] {
        let (aws, app) = changed(known, &loss.old, &loss.new);
        let child = child(&aws);
        let mut options = DeployOptions::default();
        for wrong in ["", "T", "Child", "Child/Q"] {
            options.allow_data_loss = [wrong.to_owned()].into();
            let (ran, asked) = deployed(&aws, &app, &options);
            assert_eq!(ran.class(), Some(Class::Blocked), "{known:?} {wrong}");
            assert!(asked.stacks().is_empty());
            let findings = ran.findings();
            assert!(findings.contains("`Child/T` is removed"), "{findings}");
            assert!(findings.contains("--allow-data-loss Child/T"), "{findings}");
            assert!(aws.live_resources(&child).contains_key("T"));
        }
        options.allow_data_loss = ["Child/T".to_owned()].into();
        let (ran, _) = deployed(&aws, &app, &options);
        assert_eq!(outcomes(&ran), ["web: deployed"]);
        assert_eq!(
            aws.live_resources(&child).into_keys().collect::<Vec<_>>(),
            ["Q"]
        );
    }
}

#[test]
fn matches_approvals_of_nested_resources_by_path() {
    let loss = &losses()[0];
    let (aws, app) = changed(Known::ChangeSet, &loss.old, &loss.new);
    let plan = planned(&aws, &app, &PlanOptions::default()).result.unwrap();
    let Step::ChangeSet { changes, .. } = &plan.record.stacks[0].step else {
        panic!("{:?}", plan.record);
    };
    let approvals = |resource: &str| {
        let text = format!(
            "version: 1\ndataLoss:\n- {{ stack: web, resource: {resource}, changes: '{}', reason: moved }}\n",
            changes.short()
        );
        Approvals::parse_yaml("infra/approvals.yaml", &text).unwrap()
    };
    let mut options = reviewed();
    options.approvals = approvals("T");
    assert_eq!(
        deployed(&aws, &app, &options).0.class(),
        Some(Class::Blocked)
    );
    options.approvals = approvals("Child/T");
    assert_eq!(
        outcomes(&deployed(&aws, &app, &options).0),
        ["web: deployed"]
    );
}

#[test]
fn blocks_unreadable_nested_template_as_data_loss() {
    let aws = FakeCloud::new();
    let at = |key: &str| format!("https://templates.example/{key}.json");
    let outside = |key: &str| {
        json!({ "Resources": { "Child": {
            "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": at(key) },
        } } })
    };
    let loss = &losses()[0];
    aws.provide_template(&at("old"), &loss.old);
    aws.provide_template(&at("new"), &loss.new);
    aws.deploy_stack("web", &outside("old"));
    aws.ignore_nested_change_sets();
    let app = app([stack("web", &outside("new"))]);
    let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Blocked));
    let findings = ran.findings();
    for says in [
        "`Child` may lose its data: the changes of its resources are unknown",
        "because: cannot read its new template: `https://templates.example/new.json` is not an S3 URL",
        "--allow-data-loss Child`",
    ] {
        assert!(findings.contains(says), "{findings}");
    }
    assert!(aws.live_resources(&child(&aws)).contains_key("T"));
    let review = review(&aws, &app);
    assert!(matches!(
        review.nested[0].basis,
        NestedBasis::Unknown { .. }
    ));
    assert_eq!(review.verdict(), Verdict::DataLoss);
    assert_eq!(review.security[0].kind, SecurityKind::Unknown);
    assert_eq!(review.security[0].direction, Direction::Broadening);
    let mut options = DeployOptions::default();
    options.allow_data_loss.insert("Child".to_owned());
    assert_eq!(
        outcomes(&deployed(&aws, &app, &options).0),
        ["web: deployed"]
    );
}

#[test]
fn requires_no_approval_for_nested_stack_without_data() {
    let aws = FakeCloud::new();
    let at = |key: &str| format!("https://templates.example/{key}.json");
    let outside = |key: &str| {
        json!({ "Resources": { "Child": {
            "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": at(key) },
        } } })
    };
    aws.provide_template(&at("old"), &resources(&[("Q", topic(1))]));
    aws.provide_template(&at("new"), &resources(&[("Q", topic(2))]));
    aws.deploy_stack("web", &outside("old"));
    aws.ignore_nested_change_sets();
    let review = review(&aws, &app([stack("web", &outside("new"))]));
    assert!(review.stops.is_empty());
    assert_eq!(
        review.verdict(),
        Verdict::Broadening,
        "nobody knows what it permits"
    );
}

#[test]
fn reports_all_resources_of_removed_nested_stack() {
    for known in [Known::ChangeSet, Known::S3] {
        let (aws, _) = changed(known, &losses()[0].old, &losses()[0].new);
        let app = app([stack("web", &resources(&[("Other", topic(1))]))]);
        let review = review(&aws, &app);
        let ids: Vec<&str> = review
            .resources
            .iter()
            .map(|change| change.resource.logical_id.as_str())
            .collect();
        assert_eq!(ids, ["Other", "Child", "Child/T", "Child/Q"]);
        assert!(
            review.resources[1..]
                .iter()
                .all(|c| c.action == Action::Remove)
        );
        assert_eq!(review.stops.len(), 1);
        assert_eq!(review.stops[0].resource.logical_id, "Child/T");
    }
}

#[test]
fn reports_no_data_loss_for_retained_nested_stack() {
    let aws = FakeCloud::new();
    upload(&aws, "old", &losses()[0].old);
    let mut root = parent("old");
    root["Resources"]["Child"]["DeletionPolicy"] = json!("Retain");
    aws.deploy_stack("web", &root);
    let review = review(
        &aws,
        &app([stack("web", &resources(&[("Other", topic(1))]))]),
    );
    assert!(review.stops.is_empty());
    assert_eq!(review.resources.len(), 2);
}
