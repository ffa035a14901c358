//! Tests several stacks: order, parallel execution, and the effect of a failure on the other stacks.

use std::time::Duration;

use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::plan::PlanOptions;
use infra_fake::{FailurePhase, FakeCloud};
use infra_template::assembly::CloudAssembly;
use serde_json::{Value as JsonValue, json};

use super::fixture::{after, app, deployed, outcomes, planned, queue, stack};

/// Returns a stack that publishes its queue name.
fn producer(delay: u32) -> JsonValue {
    json!({
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } } },
        "Outputs": { "Name": { "Value": { "Fn::GetAtt": ["Queue", "QueueName"] } } },
    })
}

/// Returns a stack that reads the name with a weak reference.
fn reader(suffix: &str) -> JsonValue {
    json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Name" } },
        "TopicName": suffix,
    } } } })
}

/// Returns a stack that reads the name `occurrences` times through a parameter.
fn resolved_reader(occurrences: usize) -> JsonValue {
    let topics = (0..occurrences).map(|number| {
        let topic = json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": "Name" } } });
        (format!("Topic{number}"), topic)
    });
    json!({
        "Metadata": { "infra:resolved-parameters": { "Name": { "StackName": "data", "OutputName": "Name" } } },
        "Parameters": { "Name": { "Type": "String" } },
        "Resources": topics.collect::<serde_json::Map<_, _>>(),
    })
}

/// Returns a stack that reads the name `occurrences` times with weak references.
fn weak_reader(occurrences: usize) -> JsonValue {
    let read = json!({ "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Name" } });
    let topics = (0..occurrences).map(|number| {
        let topic = json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": read } });
        (format!("Topic{number}"), topic)
    });
    json!({ "Resources": topics.collect::<serde_json::Map<_, _>>() })
}

/// Returns a stack that publishes the given name.
fn named_producer(name: &str) -> JsonValue {
    json!({
        "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": name } } },
        "Outputs": { "Name": { "Value": { "Fn::GetAtt": ["Topic", "TopicName"] } } },
    })
}

fn exporter(outputs: bool) -> JsonValue {
    let mut template = json!({
        "Resources": {
            "Old": { "Type": "AWS::SNS::Topic" },
            "Topic": { "Type": "AWS::SNS::Topic" },
        },
        "Outputs": { "Arn": { "Value": { "Ref": "Old" }, "Export": { "Name": "data:Arn" } } },
    });
    if !outputs {
        template.as_object_mut().unwrap().remove("Outputs");
        template["Resources"].as_object_mut().unwrap().remove("Old");
    }
    template
}

fn importer(imports: bool) -> JsonValue {
    let name = if imports {
        json!({ "Fn::ImportValue": "data:Arn" })
    } else {
        json!("nothing")
    };
    json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": name,
    } } } })
}

fn pair(data: &JsonValue, web: &JsonValue) -> CloudAssembly {
    app([stack("data", data), after(stack("web", web), &["data"])])
}

#[test]
fn asks_once_per_stack_on_first_deployment() {
    let aws = FakeCloud::new();
    let wanted = pair(&producer(1), &reader("a"));
    let plan = planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    assert!(!plan.review.stacks[0].provisional && plan.review.stacks[1].provisional);
    assert_eq!(plan.review.stacks[1].resources.len(), 1);
    let (ran, asked) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert_eq!(asked.stacks(), ["data", "web"]);
    let (ran, asked) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: no changes", "web: no changes"]);
    assert!(asked.stacks().is_empty());
}

#[test]
fn deploys_independent_stacks_in_parallel() {
    let aws = FakeCloud::new();
    aws.set_duration("Queue", Duration::from_mins(5));
    let stacks = (0..5).map(|number| stack(&format!("s{number}"), &queue(number)));
    let (ran, _) = deployed(&aws, &app(stacks), &DeployOptions::default());
    assert_eq!(outcomes(&ran).len(), 5);
    assert!(
        aws.elapsed_time() < Duration::from_secs(450),
        "{:?}",
        aws.elapsed_time()
    );
}

#[test]
fn skips_dependents_of_failed_stack_and_deploys_others() {
    let aws = FakeCloud::new();
    aws.fail_resource("Queue", FailurePhase::Create, "Invalid value");
    let wanted = app([
        stack("data", &producer(1)),
        after(stack("web", &reader("a")), &["data"]),
        after(
            stack(
                "more",
                &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }),
            ),
            &["web"],
        ),
        stack(
            "other",
            &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }),
        ),
    ]);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    insta::assert_snapshot!(ran.findings());
    assert_eq!(
        aws.stack_status("other").as_deref(),
        Some("CREATE_COMPLETE")
    );
    // The change set of `more` and its empty stack are deleted again.
    assert_eq!(aws.stack_status("more"), None);
    assert_eq!(aws.stack_status("web"), None);
    // The next run deploys the remaining stacks.
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(
        outcomes(&ran),
        [
            "data: deployed",
            "web: deployed",
            "more: deployed",
            "other: no changes"
        ]
    );
}

#[test]
fn keeps_imported_export_for_one_deployment() {
    let aws = FakeCloud::new();
    let (ran, _) = deployed(
        &aws,
        &pair(&exporter(true), &importer(true)),
        &DeployOptions::default(),
    );
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    let wanted = pair(&exporter(false), &importer(false));
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: no changes", "web: deployed"]);
    insta::assert_snapshot!(ran.notices().join("\n"));
    assert!(aws.live_resources("data").contains_key("Old"));
    // The export is no longer imported.
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: deployed", "web: no changes"]);
    assert!(ran.notices().is_empty());
    assert!(!aws.live_resources("data").contains_key("Old"));
    assert!(aws.describe_stack("data").unwrap().outputs.is_empty());
}

#[test]
fn deploys_reviewed_plan_with_kept_export() {
    let aws = FakeCloud::new();
    deployed(
        &aws,
        &pair(&exporter(true), &importer(true)),
        &DeployOptions::default(),
    );
    let mut data = exporter(false);
    data["Resources"]["Topic"]["Properties"] = json!({ "DisplayName": "new" });
    let wanted = pair(&data, &importer(false));
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let (ran, _) = deployed(&aws, &wanted, &super::fixture::reviewed());
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert!(aws.live_resources("data").contains_key("Old"));
}

#[test]
fn keeps_output_read_by_get_stack_output() {
    let aws = FakeCloud::new();
    deployed(
        &aws,
        &pair(&producer(1), &reader("a")),
        &DeployOptions::default(),
    );
    let mut without = producer(2);
    without.as_object_mut().unwrap().remove("Outputs");
    let topic = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } });
    let wanted = pair(&without, &topic);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert!(
        ran.notices()[0].contains("still reads it"),
        "{:?}",
        ran.notices()
    );
    assert_eq!(aws.describe_stack("data").unwrap().outputs.len(), 1);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: deployed", "web: no changes"]);
    assert!(aws.describe_stack("data").unwrap().outputs.is_empty());
}

#[test]
fn reports_errors_of_all_stacks_together() {
    let aws = FakeCloud::new();
    for name in ["one", "two"] {
        aws.deploy_stack(name, &queue(1));
        aws.set_status(name, "UPDATE_ROLLBACK_FAILED");
    }
    let wanted = app([stack("one", &queue(2)), stack("two", &queue(2))]);
    let ran = planned(&aws, &wanted, &PlanOptions::default());
    assert_eq!(ran.class(), Some(Class::Stuck));
    assert_eq!(ran.result.unwrap_err().findings.len(), 2);
}

#[test]
fn leaves_dependent_of_detached_stack_waiting() {
    use infra_deploy::deploy::WatchUntil;
    let aws = FakeCloud::new();
    let options = DeployOptions::builder().follow(WatchUntil::Started).build();
    let wanted = pair(&producer(1), &reader("a"));
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: detached", "web: waiting"]);
    assert_eq!(aws.stack_status("web"), None);
}

#[test]
fn replans_reviewed_reader_after_its_producer() {
    let aws = FakeCloud::new();
    let first = pair(&producer(1), &reader("a"));
    deployed(&aws, &first, &DeployOptions::default());
    let mut topic = reader("a");
    topic["Resources"]["Topic"]["Properties"]["FifoTopic"] = json!(false);
    let second = pair(&producer(2), &topic);
    let plan = planned(&aws, &second, &PlanOptions::default())
        .result
        .unwrap();
    assert!(
        plan.review.stacks[1].provisional,
        "what it reads may change"
    );
    let (ran, asked) = deployed(&aws, &second, &super::fixture::reviewed());
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert!(asked.stacks().is_empty());
    let made = aws.write_operations();
    let made = made.iter().filter(|call| *call == "CreateChangeSet");
    // Two for the first deployment and one more for its reader, two for the plan, and one for the reader in the reviewed deployment.
    assert!(made.count() >= 5);
}

#[test]
fn deploys_75_reads_of_one_output_through_a_parameter() {
    let aws = FakeCloud::new();
    let wanted = pair(&producer(1), &weak_reader(75));
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert!(
        ran.findings().contains("Rate exceeded"),
        "{}",
        ran.findings()
    );

    let aws = FakeCloud::new();
    let wanted = pair(&producer(1), &resolved_reader(75));
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    let (ran, asked) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: no changes", "web: no changes"]);
    assert!(asked.stacks().is_empty());
}

#[test]
fn rejects_plan_after_resolved_value_changes() {
    let aws = FakeCloud::new();
    let options = DeployOptions::default();
    let first = pair(&named_producer("first"), &resolved_reader(1));
    let plan = planned(&aws, &first, &PlanOptions::default())
        .result
        .unwrap();
    assert!(
        plan.review.stacks[1].provisional,
        "the output is not there yet"
    );
    let (ran, _) = deployed(&aws, &first, &options);
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert_eq!(parameter(&aws), "first");

    // The output changes with its stack, so the reader is planned again with the new value.
    let second = pair(&named_producer("second"), &resolved_reader(1));
    let (ran, _) = deployed(&aws, &second, &options);
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert_eq!(parameter(&aws), "second");

    // A plan reviewed with one value is not executed with another value.
    let reader = after(stack("web", &resolved_reader(2)), &[]);
    let alone = app([reader]);
    let plan = planned(&aws, &alone, &PlanOptions::default())
        .result
        .unwrap();
    let (ran, _) = deployed(
        &aws,
        &app([stack("data", &named_producer("third"))]),
        &options,
    );
    assert_eq!(outcomes(&ran), ["data: deployed"]);
    let mut reviewed = DeployOptions::default();
    reviewed.source = Source::Plan(plan.record);
    let (ran, _) = deployed(&aws, &alone, &reviewed);
    assert_eq!(ran.class(), Some(Class::Stale), "{}", ran.findings());
    assert!(ran.findings().contains("parameters"), "{}", ran.findings());
    assert_eq!(parameter(&aws), "second");
}

/// Returns the deployed parameter value of the reader.
fn parameter(aws: &FakeCloud) -> String {
    let cloud = aws.cloud();
    let client = cloud.cloudformation_client(&cloud.default_region().unwrap());
    let stack = FakeCloud::paused_runtime().block_on(client.describe_stack("web"));
    stack.unwrap().unwrap().parameters["Name"].clone()
}

#[test]
fn executes_planned_change_set_of_reader_with_same_values() {
    let aws = FakeCloud::new();
    let options = DeployOptions::default();
    let (ran, _) = deployed(&aws, &pair(&producer(1), &resolved_reader(1)), &options);
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    let both = pair(&producer(2), &resolved_reader(2));
    let made = || {
        aws.called_operations()
            .iter()
            .filter(|call| call.starts_with("CreateChangeSet"))
            .count()
    };
    let before = made();
    let (ran, _) = deployed(&aws, &both, &options);
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert_eq!(made() - before, 2);
}

#[test]
fn rejects_missing_output_and_manual_value() {
    let aws = FakeCloud::new();
    let alone = app([stack("web", &resolved_reader(1))]);
    let ran = planned(&aws, &alone, &PlanOptions::default());
    insta::assert_snapshot!(ran.findings());
    let mut options = PlanOptions::default();
    let by_hand = [("Name".to_owned(), "evil".to_owned())].into();
    options.parameters.insert("web".to_owned(), by_hand);
    let ran = planned(&aws, &alone, &options);
    insta::assert_snapshot!(ran.findings());
}
