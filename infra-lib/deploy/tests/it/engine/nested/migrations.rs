//! Tests migrations in nested stacks, which run after the root stack is deployed and before dependent stacks.

use std::time::Duration;

use infra_core::codes;
use infra_deploy::deploy::DeployOptions;
use infra_deploy::plan::PlanOptions;
use infra_deploy::{Class, Event};
use infra_fake::{FakeCloud, TaskRun};
use infra_template::Template;
use infra_template::assembly::CloudAssembly;
use infra_template::nested::NestedTemplate;
use serde_json::{Value as JsonValue, json};

use super::super::fixture::{after, app, deployed, outcomes, planned, queue, stack};
use super::{parent, upload};

/// Returns a migration task with these steps, as the construct synthesizes it.
fn migrating(steps: &[(&str, &str)]) -> JsonValue {
    let steps = steps.iter();
    let steps: Vec<JsonValue> = steps
        .map(|(name, effect)| json!({ "Name": name, "Effect": effect }))
        .collect();
    json!({
        "Resources": {
            "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": "notes" } },
            "Task": {
                "Type": "AWS::ECS::TaskDefinition",
                "Properties": { "Family": "notes-migration", "ContainerDefinitions": [
                    { "Name": "migration", "Image": format!("notes@sha256:{}", "11".repeat(32)), "Essential": true },
                ] },
                "Metadata": { "infra:migration": { "Steps": steps }, "aws:cdk:path": "web/Child/Task/TaskDefinition" },
            },
        },
        "Outputs": {
            "TaskClusterArn11111111": { "Value": { "Fn::GetAtt": ["Cluster", "Arn"] } },
            "TaskTaskDefinitionArn22222222": { "Value": { "Ref": "Task" } },
            "TaskSubnetIds33333333": { "Value": "subnet-1" },
            "TaskSecurityGroupId44444444": { "Value": "sg-1" },
        },
    })
}

/// Returns an app with a migration in the nested stack `Child` (or in `Child/Child` if `deep`) and a stack that depends on the root stack.
fn wanted(aws: &FakeCloud, steps: &[(&str, &str)], deep: bool) -> CloudAssembly {
    let template = |json: &JsonValue| Template::from_json(json.clone()).unwrap();
    let migration = migrating(steps);
    let key = format!("{}-{deep}", steps.len());
    upload(aws, &key, &migration);
    let mut nested = NestedTemplate::new("child.template.json", template(&migration));
    let mut root = parent(&key);
    if deep {
        upload(aws, &format!("{key}-outer"), &root);
        let inner = std::mem::replace(
            &mut nested,
            NestedTemplate::new("outer.json", template(&root)),
        );
        nested.nested.insert("Child".to_owned(), inner);
        root = parent(&format!("{key}-outer"));
    }
    let mut root = stack("web", &root);
    root.nested.insert("Child".to_owned(), nested);
    app([root, after(stack("after", &queue(1)), &["web"])])
}

const ONE: &[(&str, &str)] = &[("m1", "expands")];
const TWO: &[(&str, &str)] = &[("m1", "expands"), ("m2", "contracts")];

#[test]
fn runs_migration_after_root_and_before_dependents() {
    for deep in [false, true] {
        let aws = FakeCloud::new();
        aws.set_task_run(
            "notes-migration",
            TaskRun::builder().takes(Duration::from_secs(20)).build(),
        );
        let (ran, _) = deployed(&aws, &wanted(&aws, ONE, deep), &DeployOptions::default());
        assert_eq!(outcomes(&ran), ["web: deployed", "after: deployed"]);
        let writes = aws.write_operations();
        let at = |name: &str| writes.iter().position(|call| call == name).unwrap();
        let last = writes.iter().rposition(|call| call == "ExecuteChangeSet");
        assert!(at("ExecuteChangeSet") < at("RunTask"), "{writes:?}");
        assert!(Some(at("RunTask")) < last, "{writes:?}");
        let told: Vec<&str> = ran
            .events
            .iter()
            .filter_map(|event| match event {
                Event::MigrationFinished { construct, .. } => Some(construct.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(told, ["web/Child/Task"]);
    }
}

#[test]
fn skips_dependents_of_failed_nested_migration() {
    let aws = FakeCloud::new();
    aws.set_task_run(
        "notes-migration",
        TaskRun::builder()
            .exit_code(Some(69))
            .log(vec!["no connection".to_owned()])
            .build(),
    );
    let (ran, _) = deployed(&aws, &wanted(&aws, ONE, false), &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Stuck));
    let findings = ran.findings();
    assert!(
        findings.contains("the migration `web/Child/Task` failed with exit code 69"),
        "{findings}"
    );
    assert!(aws.live_resources("after").is_empty());
}

#[test]
fn lists_new_steps_of_nested_migration_in_review() {
    let listed = |aws: &FakeCloud, app: &CloudAssembly| -> Vec<(String, Vec<String>)> {
        let plan = planned(aws, app, &PlanOptions::default()).result.unwrap();
        let review = &plan.review.stacks[0];
        let codes: Vec<_> = review
            .notes
            .iter()
            .filter_map(|note| note.code.clone())
            .collect();
        let contracts = codes.contains(&codes::CONTRACTION_WITH_ROLLBACK.to_string());
        let runs = review.migrations.iter().map(|run| {
            let steps: Vec<String> = run.steps.iter().map(|step| step.name.clone()).collect();
            assert_eq!(contracts, steps == ["m2"], "{codes:?}");
            (run.resource.logical_id.clone(), steps)
        });
        runs.collect()
    };
    for (deep, id) in [(false, "Child/Task"), (true, "Child/Child/Task")] {
        let aws = FakeCloud::new();
        aws.set_task_run("notes-migration", TaskRun::builder().build());
        let first = wanted(&aws, ONE, deep);
        let new = |step: &str| vec![(id.to_owned(), vec![step.to_owned()])];
        assert_eq!(listed(&aws, &first), new("m1"));
        let (ran, _) = deployed(&aws, &first, &DeployOptions::default());
        assert_eq!(outcomes(&ran), ["web: deployed", "after: deployed"]);
        let mut second = wanted(&aws, TWO, deep);
        second.stacks[1].template = Template::from_json(queue(2)).unwrap();
        assert_eq!(listed(&aws, &second), new("m2"));
    }
}
