//! Tests reviews, plan files, retained resources and destruction of a whole hierarchy of stacks.

use infra_aws::Cloud as _;
use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::operate::destroy;
use infra_deploy::plan::PlanOptions;
use infra_fake::{FailurePhase, FakeCloud, REGION};
use infra_template::Template;
use infra_template::review::Replacement;
use serde_json::json;

use super::super::fixture::{after, app, deployed, outcomes, planned, run, stack};
use super::{
    Known, changed, child, database, losses, nesting, parent, resources, review, topic, upload, url,
};

#[test]
fn reviews_two_levels_of_nesting_together() {
    let deep = |name: &str| resources(&[("D", database(name))]);
    let middle = |key: &str| {
        resources(&[(
            "Deep",
            json!({
                "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": url(key) },
            }),
        )])
    };
    for ignores in [false, true] {
        let aws = FakeCloud::new();
        upload(&aws, "deep-old", &deep("postgres"));
        upload(&aws, "deep-new", &deep("mysql"));
        upload(&aws, "old", &middle("deep-old"));
        upload(&aws, "new", &middle("deep-new"));
        aws.deploy_stack("web", &parent("old"));
        if ignores {
            aws.ignore_nested_change_sets();
        }
        let app = nesting("new", None);
        let review = review(&aws, &app);
        let ids: Vec<&str> = review
            .resources
            .iter()
            .map(|change| change.resource.logical_id.as_str())
            .collect();
        let expected: &[&str] = if ignores {
            // The assembly does not contain the template of the innermost stack, so its resources are unknown.
            &["Child", "Child/Deep"]
        } else {
            &["Child", "Child/Deep", "Child/Deep/D"]
        };
        assert_eq!(ids, expected);
        let stops: Vec<&str> = review
            .stops
            .iter()
            .map(|stop| stop.resource.logical_id.as_str())
            .collect();
        assert_eq!(
            stops,
            [if ignores {
                "Child/Deep"
            } else {
                "Child/Deep/D"
            }]
        );
        if !ignores {
            assert!(matches!(
                review.resources[2].replacement,
                Replacement::Yes { .. }
            ));
            aws.fail_resource("D", FailurePhase::Create, "no such engine");
            let mut options = DeployOptions::default();
            options.allow_data_loss.insert("Child/Deep/D".to_owned());
            let (ran, _) = deployed(&aws, &app, &options);
            let findings = ran.findings();
            assert!(
                findings.contains("`Child/Deep/D` could not be changed"),
                "{findings}"
            );
            assert_eq!(ran.class(), Some(Class::RolledBack));
            assert_eq!(
                aws.stack_status("web").as_deref(),
                Some("UPDATE_ROLLBACK_COMPLETE")
            );
        }
    }
}

#[test]
fn rejects_plan_file_after_nested_template_change() {
    let old = resources(&[("Q", topic(1))]);
    let (aws, app) = changed(Known::S3, &old, &resources(&[("Q", topic(2))]));
    let plan = planned(&aws, &app, &PlanOptions::default()).result.unwrap();
    // The URL is the same, but the template at the URL has changed.
    upload(&aws, "new", &resources(&[("Q", topic(3))]));
    let options = DeployOptions::builder()
        .source(Source::Plan(plan.record))
        .build();
    let (ran, _) = deployed(&aws, &app, &options);
    assert_eq!(ran.class(), Some(Class::Stale));
    assert!(
        ran.findings().contains("changes differ"),
        "{}",
        ran.findings()
    );
    upload(&aws, "new", &resources(&[("Q", topic(2))]));
    let (ran, _) = deployed(&aws, &app, &options);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn reports_failed_nested_change_set_and_removes_it() {
    let aws = FakeCloud::new();
    let needs = json!({
        "Parameters": { "Name": { "Type": "String" } },
        "Resources": { "Q": topic(1) },
    });
    upload(&aws, "new", &needs);
    let plan = planned(&aws, &nesting("new", None), &PlanOptions::default());
    assert!(
        plan.findings()
            .contains("Parameters: [Name] must have values"),
        "{}",
        plan.findings()
    );
    assert!(stacks(&aws).is_empty());
}

#[test]
fn discards_nested_stacks_in_review_with_the_plan() {
    let aws = FakeCloud::new();
    upload(&aws, "new", &resources(&[("Q", topic(1))]));
    let app = nesting("new", None);
    let review = review(&aws, &app);
    assert_eq!(review.resources.len(), 2);
    assert_eq!(stacks(&aws).len(), 2);
    let options = PlanOptions::default();
    let which = infra_deploy::plan::DiscardScope::All;
    run(
        &aws,
        infra_deploy::plan::discard_change_sets(aws.cloud(), app, options, which),
    )
    .result
    .unwrap();
    assert!(stacks(&aws).is_empty());
}

fn stacks(aws: &FakeCloud) -> Vec<String> {
    let client = aws.cloudformation_client(REGION);
    let page = FakeCloud::paused_runtime()
        .block_on(client.list_stacks(None))
        .unwrap();
    page.items.into_iter().map(|stack| stack.name).collect()
}

#[test]
fn reports_data_in_nested_stacks_before_destroy() {
    let aws = FakeCloud::new();
    upload(&aws, "old", &losses()[0].old);
    aws.deploy_stack("web", &parent("old"));
    let app = nesting("old", None);
    let survey = run(&aws, destroy::survey_stacks(aws.cloud(), app, Vec::new()));
    let survey = survey.result.unwrap();
    let holdings = &survey.stacks[0].holdings;
    let lost: Vec<&str> = holdings
        .iter()
        .filter(|holding| holding.loses_data())
        .map(|holding| holding.resource.logical_id.as_str())
        .collect();
    assert_eq!(lost, ["Child/T"]);
    assert_eq!(survey.stacks[0].resources, 3);
    let doomed = child(&aws);
    let options = destroy::DestroyOptions::builder()
        .allow_data_loss(["Child/T".to_owned()].into())
        .build();
    let ran = run(&aws, destroy::destroy_stacks(survey, options));
    assert!(ran.result.is_ok());
    assert_eq!(
        aws.stack_status(&doomed).as_deref(),
        Some("DELETE_COMPLETE")
    );
}

#[test]
fn predicts_nested_changes_of_waiting_stack() {
    let aws = FakeCloud::new();
    let loss = &losses()[0];
    upload(&aws, "old", &loss.old);
    aws.deploy_stack("web", &parent("old"));
    let mut root = nesting("new", Some(&loss.new)).stacks.remove(0);
    let mut document = parent("new");
    document["Outputs"] = json!({ "Seen": { "Value": {
        "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Url" },
    } } });
    root.template = Template::from_json(document).unwrap();
    let data = stack(
        "data",
        &json!({
            "Resources": { "Topic": topic(1) },
            "Outputs": { "Url": { "Value": { "Ref": "Topic" } } },
        }),
    );
    let app = app([data, after(root, &["data"])]);
    let plan = planned(&aws, &app, &PlanOptions::default()).result.unwrap();
    let web = &plan.review.stacks[1];
    assert!(web.provisional);
    assert_eq!(web.stops[0].resource.logical_id, "Child/T");
}
