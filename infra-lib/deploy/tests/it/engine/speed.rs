//! Tests that deployments avoid unnecessary calls, waits and plans.

use std::time::Duration;

use infra_deploy::Class;
use infra_deploy::deploy::DeployOptions;
use infra_deploy::plan::PlanOptions;
use infra_fake::{FakeCloud, Fault, FaultTiming};
use infra_template::assembly::{CloudAssembly, Stack};
use serde_json::json;

use super::fixture::{after, app, deployed, outcomes, planned, queue, stack};

/// Returns six independent stacks.
fn six(delay: u32) -> Vec<Stack> {
    let name = |number: u32| format!("s{number}");
    (0..6)
        .map(|number| stack(&name(number), &queue(delay)))
        .collect()
}

/// Returns an account in which the six stacks are deployed with a delay of 1 second.
fn with_six() -> FakeCloud {
    let aws = FakeCloud::new();
    for stack in six(1) {
        aws.deploy_stack(&stack.name, &queue(1));
    }
    aws
}

fn counts(aws: &FakeCloud) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for call in aws.called_operations() {
        *counts.entry(call).or_default() += 1;
    }
    counts.into_iter().collect()
}

#[test]
fn checks_six_unchanged_stacks_with_eight_calls() {
    let aws = with_six();
    let (ran, _) = deployed(&aws, &app(six(1)), &DeployOptions::default());
    assert!(
        outcomes(&ran)
            .iter()
            .all(|line| line.ends_with("no changes"))
    );
    assert_eq!(
        counts(&aws),
        [
            ("DescribeStacks".to_owned(), 1),
            ("GetCallerIdentity".to_owned(), 1),
            ("GetTemplate".to_owned(), 6),
        ]
    );
    assert_eq!(aws.elapsed_time(), Duration::ZERO);
}

#[test]
fn checks_one_unchanged_stack_with_three_calls() {
    let aws = with_six();
    let wanted = app(six(1).into_iter().take(1));
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["s0: no changes"]);
    assert_eq!(
        aws.called_operations(),
        ["GetCallerIdentity", "DescribeStacks", "GetTemplate"]
    );
}

#[test]
fn creates_no_change_set_for_unchanged_plan() {
    let aws = with_six();
    let ran = planned(&aws, &app(six(1)), &PlanOptions::default());
    assert_eq!(ran.result.unwrap().review.stacks.len(), 6);
    assert!(aws.write_operations().is_empty());
}

/// A change to a wanted stack. Each change requires a change set, although the template is the same.
type Change<'c> = &'c dyn Fn(&mut Stack);

#[test]
fn creates_change_set_for_differences_beside_the_template() {
    let plain = || DeployOptions::default();
    let with = |change: &dyn Fn(&mut PlanOptions)| {
        let mut options = DeployOptions::default();
        change(&mut options.plan);
        options
    };
    let alarm = infra_aws::RollbackAlarms::builder()
        .alarms(vec!["arn:aws:cloudwatch:eu-west-1:1:alarm:a".to_owned()])
        .monitoring_minutes(0)
        .build();
    let tagged = |stack: &mut Stack| {
        stack.tags.insert("team".to_owned(), "a".to_owned());
    };
    let nothing = |_: &mut Stack| {};
    let cases: Vec<(&str, DeployOptions, Change<'_>)> = vec![
        ("tags", plain(), &tagged),
        (
            "role",
            with(&|plan| plan.role_arn = Some("arn:aws:iam::1:role/other".to_owned())),
            &nothing,
        ),
        (
            "notifications",
            with(&|plan| plan.notification_arns = vec!["arn:aws:sns:eu-west-1:1:t".to_owned()]),
            &nothing,
        ),
        (
            "alarms",
            with(&|plan| plan.rollback_alarms = Some(alarm.clone())),
            &nothing,
        ),
        ("drift", with(&|plan| plan.revert_drift = true), &nothing),
    ];
    for (what, options, change) in cases {
        let aws = with_six();
        let mut one = six(1).remove(0);
        change(&mut one);
        let (ran, _) = deployed(&aws, &app([one]), &options);
        assert_eq!(ran.class(), None, "{what}");
        assert!(
            aws.write_operations()
                .contains(&"CreateChangeSet".to_owned()),
            "{what}"
        );
    }
}

#[test]
fn creates_change_set_for_changed_and_no_echo_parameters() {
    let template = |no_echo: bool| {
        json!({
            "Parameters": { "Name": { "Type": "String", "NoEcho": no_echo } },
            "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
                "DisplayName": { "Ref": "Name" },
            } } },
        })
    };
    let run = |no_echo: bool, value: &str| {
        let aws = FakeCloud::new();
        let mut options = DeployOptions::default();
        let mut give = |value: &str| {
            let values = [("Name".to_owned(), value.to_owned())].into();
            options.plan.parameters = [("one".to_owned(), values)].into();
            options.clone()
        };
        let first = give("a");
        let second = give(value);
        let wanted = app([stack("one", &template(no_echo))]);
        deployed(&aws, &wanted, &first);
        let before = aws.write_operations().len();
        deployed(&aws, &wanted, &second);
        aws.write_operations().len() > before
    };
    assert!(!run(false, "a"));
    assert!(run(false, "b"));
    assert!(run(true, "a"), "a value with NoEcho cannot be compared");
}

#[test]
fn creates_change_set_for_stack_output_reader_only() {
    let aws = FakeCloud::new();
    let producer = json!({
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } },
        "Outputs": { "Name": { "Value": { "Fn::GetAtt": ["Queue", "QueueName"] } } },
    });
    let reader = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Name" } },
    } } } });
    let wanted = app([
        stack("data", &producer),
        after(stack("web", &reader), &["data"]),
    ]);
    deployed(&aws, &wanted, &DeployOptions::default());
    let before = aws.called_operations().len();
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["data: no changes", "web: no changes"]);
    let calls = aws.call_log().split_off(before);
    let asked = calls
        .iter()
        .filter(|call| call.operation == "CreateChangeSet");
    let asked: std::collections::BTreeSet<&str> = asked.map(|call| &*call.target).collect();
    assert_eq!(asked, ["web"].into(), "only the reader is asked about");
}

#[test]
fn limits_calls_for_six_changed_stacks() {
    let aws = with_six();
    aws.set_change_set_duration(Duration::from_millis(100));
    aws.set_duration("Queue", Duration::from_millis(0));
    let (ran, _) = deployed(&aws, &app(six(2)), &DeployOptions::default());
    assert!(
        outcomes(&ran)
            .iter()
            .all(|line| line.ends_with(": deployed"))
    );
    let looks = ["DescribeStackEvents", "DescribeChangeSet"];
    let calls = aws.called_operations();
    let others = calls.iter().filter(|call| !looks.contains(&call.as_str()));
    // `GetTemplate`, `CreateChangeSet`, `DescribeEvents`, `DescribeChangeSetHooks`, `ExecuteChangeSet` and `DescribeStacks`, six calls each.
    assert_eq!(others.count(), 2 + 6 * 6, "{:?}", counts(&aws));
}

#[test]
fn reports_failed_optional_reads_after_one_attempt() {
    let aws = FakeCloud::new();
    aws.deploy_stack("one", &queue(1));
    aws.inject_fault("DescribeEvents", Fault::Server, FaultTiming::Always);
    aws.deny_operation("DescribeChangeSetHooks");
    let wanted = app([stack("one", &queue(2))]);
    let ran = planned(&aws, &wanted, &PlanOptions::default());
    assert!(
        aws.elapsed_time() < Duration::from_secs(10),
        "{:?}",
        aws.elapsed_time()
    );
    let review = ran.result.unwrap().review;
    let [events, hooks] = &review.stacks[0].unchecked[..] else {
        panic!("{:?}", review.stacks[0].unchecked);
    };
    assert!(
        events.starts_with("warnings of validation: `DescribeEvents` failed with: "),
        "{events}"
    );
    assert!(
        hooks.starts_with("hooks: `DescribeChangeSetHooks` failed with: "),
        "{hooks}"
    );
    let calls = aws.called_operations();
    for optional in ["DescribeEvents", "DescribeChangeSetHooks"] {
        assert_eq!(calls.iter().filter(|call| *call == optional).count(), 1);
    }
}

#[test]
fn calls_unsupported_operation_only_once() {
    let aws = with_six();
    let unknown = Fault::Rejected {
        code: "InvalidAction".to_owned(),
        message: "Unknown action".to_owned(),
    };
    aws.inject_fault("DescribeChangeSetHooks", unknown, FaultTiming::Always);
    // Plan the first stack before the others, all in the same region.
    let cloud = aws.cloud();
    let plan = |stacks: Vec<Stack>| {
        let operation =
            infra_deploy::plan::plan_changes(cloud.clone(), app(stacks), PlanOptions::default());
        super::fixture::run(&aws, operation).result.unwrap()
    };
    let all = six(2);
    let first = plan(all[..1].to_vec());
    assert!(first.review.stacks[0].unchecked.is_empty());
    plan(all[1..].to_vec());
    let asked = aws.called_operations();
    let asked = asked
        .iter()
        .filter(|call| *call == "DescribeChangeSetHooks");
    assert_eq!(asked.count(), 1);
}

#[test]
fn reports_stuck_stack_after_failed_update() {
    let aws = FakeCloud::new();
    aws.deploy_stack("one", &queue(1));
    aws.set_status("one", "UPDATE_FAILED");
    let wanted: CloudAssembly = app([stack("one", &queue(1))]);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Stuck));
    insta::assert_snapshot!(ran.findings());
    let (ran, _) = deployed(&aws, &wanted, &super::fixture::reviewed());
    assert_eq!(ran.class(), Some(Class::Stuck));
}

#[test]
fn rejects_plan_executed_after_concurrent_deployment() {
    use std::sync::Arc;

    /// An approver that executes another deployment before it approves.
    #[derive(Debug)]
    struct Overtakes(FakeCloud);

    #[async_trait::async_trait]
    impl infra_deploy::deploy::Approver for Overtakes {
        async fn approve_changes(
            &self,
            _: &infra_template::review::StackReview,
        ) -> Result<(), infra_deploy::Error> {
            let other = app([stack("one", &queue(3))]);
            let yes = Arc::new(super::fixture::Asked::default());
            let options = DeployOptions::default();
            infra_deploy::deploy::deploy_stacks(self.0.cloud(), other, options, yes).await?;
            Ok(())
        }
    }

    let aws = FakeCloud::new();
    aws.deploy_stack("one", &queue(1));
    let operation = infra_deploy::deploy::deploy_stacks(
        aws.cloud(),
        app([stack("one", &queue(2))]),
        DeployOptions::default(),
        Arc::new(Overtakes(aws.clone())),
    );
    let ran = super::fixture::run(&aws, operation);
    assert_eq!(ran.class(), Some(Class::Stale));
    insta::assert_snapshot!(ran.findings());
    let deployed = aws.resource_property("one", "Queue", "/DelaySeconds");
    assert_eq!(deployed, Some(json!(3)));
}

#[test]
fn skips_waits_and_blocks_replacement_in_express_mode() {
    let aws = FakeCloud::new();
    aws.deploy_stack("one", &queue(1));
    aws.set_duration("Queue", Duration::from_mins(10));
    let mut options = DeployOptions::default();
    options.plan.express = true;
    let (ran, _) = deployed(&aws, &app([stack("one", &queue(2))]), &options);
    assert_eq!(outcomes(&ran), ["one: deployed"]);
    assert!(
        aws.elapsed_time() < Duration::from_secs(30),
        "{:?}",
        aws.elapsed_time()
    );
    assert!(
        ran.notices()[0].starts_with("express mode: "),
        "{:?}",
        ran.notices()
    );

    let mut renamed = queue(2);
    renamed["Resources"]["Queue"]["Properties"]["QueueName"] = json!("other");
    let before = aws.live_resources("one");
    let (ran, _) = deployed(&aws, &app([stack("one", &renamed)]), &options);
    assert_eq!(ran.class(), Some(Class::Blocked));
    insta::assert_snapshot!(ran.findings());
    assert_eq!(aws.live_resources("one"), before);
}

#[test]
fn fails_plan_after_three_unreadable_replies() {
    let aws = FakeCloud::new();
    aws.deploy_stack("one", &queue(1));
    aws.inject_fault("DescribeStacks", Fault::Unreadable, FaultTiming::Always);
    let wanted = app([stack("one", &queue(2))]);
    let ran = planned(&aws, &wanted, &PlanOptions::default());
    assert_eq!(ran.class(), Some(Class::Error));
    insta::assert_snapshot!(ran.findings());
    let looks = aws.called_operations();
    let looks = looks.iter().filter(|call| *call == "DescribeStacks");
    assert_eq!(looks.count(), 3);
    assert!(
        aws.elapsed_time() < Duration::from_secs(10),
        "{:?}",
        aws.elapsed_time()
    );
}

#[test]
fn stops_watching_after_five_unreadable_replies() {
    let aws = FakeCloud::new();
    aws.deploy_stack("one", &queue(1));
    aws.set_duration("Queue", Duration::from_mins(10));
    aws.inject_fault(
        "DescribeStackEvents",
        Fault::Unreadable,
        FaultTiming::Always,
    );
    let wanted = app([stack("one", &queue(2))]);
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Interrupted));
    insta::assert_snapshot!(ran.findings());
    let looks = aws.called_operations();
    let looks = looks.iter().filter(|call| *call == "DescribeStackEvents");
    assert_eq!(looks.count(), 5);
}

/// Returns an app with a stack that publishes its queue name and a stack that reads it.
fn chain(delay: u32, name: &str, display: &str) -> CloudAssembly {
    let producer = json!({
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": {
            "DelaySeconds": delay, "QueueName": name,
        } } },
        "Outputs": { "Name": { "Value": { "Fn::GetAtt": ["Queue", "QueueName"] } } },
    });
    let reader = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Name" } },
        "TopicName": display,
    } } } });
    app([
        stack("data", &producer),
        after(stack("web", &reader), &["data"]),
    ])
}

/// Deploys the initial chain and then `second`. Returns the stacks for which the second deployment created change sets.
fn planned_for(second: &CloudAssembly) -> Vec<String> {
    let aws = FakeCloud::new();
    deployed(&aws, &chain(1, "a", "x"), &DeployOptions::default());
    let before = aws.called_operations().len();
    let mut options = DeployOptions::default();
    options.allow_data_loss = ["Queue".to_owned()].into();
    let (ran, _) = deployed(&aws, second, &options);
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    let calls = aws.call_log().split_off(before).into_iter();
    let asked = calls.filter(|call| call.operation == "CreateChangeSet");
    asked.map(|call| call.target).collect()
}

#[test]
fn plans_reader_once_when_outputs_stay_the_same() {
    assert_eq!(planned_for(&chain(2, "a", "y")), ["data", "web"]);
}

#[test]
fn replans_reader_when_outputs_change() {
    let asked = planned_for(&chain(1, "b", "y"));
    let web = asked.iter().filter(|stack| *stack == "web").count();
    assert!(web >= 2, "{asked:?}");
}
