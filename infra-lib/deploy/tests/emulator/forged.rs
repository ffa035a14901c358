//! Tests the forged change sets over the SDK with an independent implementation of CloudFormation.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use infra_aws::Cloud;
use infra_deploy::deploy::{Approver, DeployOptions, Deployed, Outcome, Source, deploy_stacks};
use infra_deploy::plan::{PlanOptions, PlanRecord, Purpose, plan_changes};
use infra_deploy::{Class, Error};
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::review::StackReview;

use crate::forgeries::{FORGERIES, Forgery, forge, options, template};
use crate::support::aws;

const REGION: &str = "eu-north-1";

/// An approver that approves everything. Only deployments without a reviewed plan ask it.
#[derive(Debug)]
struct Yes;

#[async_trait]
impl Approver for Yes {
    async fn approve_changes(&self, _: &StackReview) -> Result<(), Error> {
        Ok(())
    }
}

fn app(name: &str, visibility: u32) -> CloudAssembly {
    let mut stack = Stack::builder()
        .id(name)
        .path(name)
        .name(name)
        .template(Template::from_json(template(visibility)).unwrap())
        .build();
    stack.region = Some(REGION.to_owned());
    stack.tags = BTreeMap::from([("team".to_owned(), "notes".to_owned())]);
    CloudAssembly::new(vec![stack])
}

fn for_purpose(name: &str, purpose: Purpose) -> PlanOptions {
    let mut options = options(name);
    options.purpose = purpose;
    options
}

async fn run(
    cloud: &Arc<dyn Cloud>,
    app: &CloudAssembly,
    plan: PlanOptions,
    source: Source,
) -> Result<Deployed, Error> {
    let options = DeployOptions::builder().plan(plan).source(source).build();
    deploy_stacks(cloud.clone(), app.clone(), options, Arc::new(Yes)).await
}

fn text(error: &Error) -> String {
    error.findings.iter().map(infra_core::render).collect()
}

/// Deploys the app, plans a change, forges the change set and asserts that it is refused.
async fn check(cloud: &Arc<dyn Cloud>, forgery: &Forgery) {
    let name = forgery.name.replace('_', "-");
    let client = cloud.cloudformation_client(REGION);
    if !forgery.creates {
        run(cloud, &app(&name, 30), options(&name), Source::New)
            .await
            .unwrap();
    }
    let wanted = app(&name, 60);
    let made = for_purpose(&name, Purpose::Record);
    let planned = plan_changes(cloud.clone(), wanted.clone(), made)
        .await
        .unwrap();
    let record = PlanRecord::parse_json(&planned.record.to_json()).unwrap();
    forge(&*client, &name, forgery.creates, forgery.change).await;

    let by_file = run(cloud, &wanted, options(&name), Source::Plan(record)).await;
    let error = by_file.unwrap_err();
    assert_eq!(error.class, Class::Stale, "{name}");
    let told = text(&error);
    assert!(told.contains("no longer exists"), "{name}: {told}");

    let reviewed = Source::Reviewed {
        changes: BTreeMap::new(),
    };
    let by_key = run(cloud, &wanted, options(&name), reviewed).await;
    if let Some(says) = forgery.refusal {
        let error = by_key.unwrap_err();
        assert_eq!(error.class, Class::Stale, "{name}");
        let told = text(&error);
        assert!(told.contains(says), "{name}: {told}");
    } else {
        let deployed = by_key.unwrap();
        let outcome = &deployed.stacks[0].outcome;
        assert!(matches!(outcome, Outcome::Deployed { .. }), "{name}");
    }
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn rejects_change_sets_with_forged_fields() {
    let cloud = aws(REGION).await;
    for forgery in FORGERIES.iter().filter(|forgery| forgery.on_emulator) {
        check(&cloud, forgery).await;
    }
}

/// Unaltered plans are executed, both with `--reviewed` and with a plan file.
#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn executes_reviewed_plans_unchanged() {
    let cloud = aws(REGION).await;
    for (name, by_file) in [("by-key", false), ("by-file", true)] {
        for visibility in [30, 60] {
            let wanted = app(name, visibility);
            let purpose = if by_file {
                Purpose::Record
            } else {
                Purpose::Review
            };
            let made = for_purpose(name, purpose);
            let planned = plan_changes(cloud.clone(), wanted.clone(), made)
                .await
                .unwrap();
            let source = if by_file {
                Source::Plan(PlanRecord::parse_json(&planned.record.to_json()).unwrap())
            } else {
                Source::Reviewed {
                    changes: BTreeMap::new(),
                }
            };
            let deployed = run(&cloud, &wanted, options(name), source).await.unwrap();
            let outcome = &deployed.stacks[0].outcome;
            assert!(matches!(outcome, Outcome::Deployed { .. }), "{name}");
        }
    }
}
