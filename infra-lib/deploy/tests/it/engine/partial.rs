//! Tests that a deployment which fails after it executed some stacks does not report an error class for an unchanged account.

use std::fmt::Write as _;
use std::time::Duration;

use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Deployed, Source};
use infra_deploy::plan::{PlanOptions, PlanRecord};
use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming};
use infra_template::assembly::CloudAssembly;

use super::fixture::{Ran, after, app, deployed, planned, queue, stack};

/// Code of the finding that lists the executed stacks.
const IN_PART: &str = "INF7323";

/// Returns an account with three deployed stacks and an app that updates them one after the other, each in a minute.
fn three() -> (FakeCloud, CloudAssembly) {
    let aws = FakeCloud::new();
    aws.set_duration("Queue", Duration::from_mins(1));
    for name in ["data", "web", "more"] {
        aws.deploy_stack(name, &queue(1));
    }
    let wanted = app([
        stack("data", &queue(2)),
        after(stack("web", &queue(2)), &["data"]),
        after(stack("more", &queue(2)), &["web"]),
    ]);
    (aws, wanted)
}

fn refused(code: &str, message: &str) -> Fault {
    Fault::Rejected {
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

/// Returns errors of `ExecuteChangeSet`, each with the error class of a deployment that executed no stack before.
fn refusals() -> [(Class, Vec<(&'static str, Fault)>); 3] {
    let gone = refused("ChangeSetNotFound", "ChangeSet [infra] does not exist");
    let locked = refused(
        "ValidationError",
        "Stack:web is in UPDATE_IN_PROGRESS state and can not be updated.",
    );
    [
        (
            Class::Stale,
            vec![
                ("ExecuteChangeSet", gone.clone()),
                ("DescribeChangeSet", gone),
            ],
        ),
        (Class::Busy, vec![("ExecuteChangeSet", locked)]),
        (
            Class::Credentials,
            vec![("ExecuteChangeSet", Fault::AccessDenied)],
        ),
    ]
}

fn states(ran: &Ran<Deployed>) -> Vec<String> {
    let error = ran.result.as_ref().unwrap_err();
    let stacks = error.stacks.iter();
    stacks
        .map(|one| format!("{}: {:?}", one.stack, one.reached))
        .collect()
}

#[test]
fn reports_partial_deployment_when_later_stack_is_refused() {
    let mut told = String::new();
    for (class, faults) in refusals() {
        for of_plan_file in [false, true] {
            let (aws, wanted) = three();
            let mut options = DeployOptions::default();
            let mut from = Duration::from_secs(30);
            if of_plan_file {
                let plan = planned(&aws, &wanted, &PlanOptions::default());
                let record = plan.result.unwrap().record;
                options.source = Source::Plan(PlanRecord::parse_json(&record.to_json()).unwrap());
                from += aws.elapsed_time();
            }
            for (operation, fault) in faults.clone() {
                aws.inject_fault(operation, fault, FaultTiming::Since(from));
            }
            let (ran, _) = deployed(&aws, &wanted, &options);
            assert_eq!(ran.class(), Some(Class::Partial), "{}", ran.findings());
            assert_eq!(
                states(&ran),
                ["data: Deployed", "web: NotStarted", "more: NotStarted"]
            );
            assert_eq!(aws.stack_status("data").as_deref(), Some("UPDATE_COMPLETE"));
            if !of_plan_file {
                write!(told, "--- {class:?}\n{}", ran.findings()).unwrap();
            }
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn keeps_error_class_when_first_stack_is_refused() {
    for (class, faults) in refusals() {
        let (aws, wanted) = three();
        let plan = planned(&aws, &wanted, &PlanOptions::default());
        let mut options = DeployOptions::default();
        options.source = Source::Plan(plan.result.unwrap().record);
        for (operation, fault) in faults {
            aws.inject_fault(operation, fault, FaultTiming::Always);
        }
        let (ran, _) = deployed(&aws, &wanted, &options);
        assert_eq!(ran.class(), Some(class), "{}", ran.findings());
        assert!(!ran.findings().contains(IN_PART), "{}", ran.findings());
    }
}

#[test]
fn reports_partial_deployment_only_when_later_stack_fails() {
    for (failing, class, wanted_states) in [
        ("web", Class::Partial, ["data: Deployed", "web: RolledBack"]),
        (
            "data",
            Class::RolledBack,
            ["data: RolledBack", "web: NotStarted"],
        ),
    ] {
        let aws = FakeCloud::new();
        let of = |name: &str, delay| {
            let mut template = queue(delay);
            let resources = template["Resources"].as_object_mut().unwrap();
            let queue = resources.remove("Queue").unwrap();
            resources.insert(format!("{name}Queue"), queue);
            template
        };
        for name in ["data", "web"] {
            aws.deploy_stack(name, &of(name, 1));
        }
        aws.fail_resource(
            &format!("{failing}Queue"),
            FailurePhase::Update,
            "Invalid value",
        );
        let wanted = app([
            stack("data", &of("data", 2)),
            after(stack("web", &of("web", 2)), &["data"]),
        ]);
        let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
        assert_eq!(ran.class(), Some(class), "{}", ran.findings());
        assert_eq!(states(&ran), wanted_states);
        assert_eq!(ran.findings().contains(IN_PART), class == Class::Partial);
    }
}

#[test]
fn reports_partial_deployment_when_protection_fails() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.deny_operation("UpdateTerminationProtection");
    let mut web = stack("web", &queue(2));
    web.termination_protection = true;
    let (ran, _) = deployed(&aws, &app([web]), &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Partial), "{}", ran.findings());
    assert_eq!(states(&ran), ["web: Deployed"]);
}

#[test]
fn reports_interrupted_when_execution_reply_is_lost() {
    for (fault, status) in [
        (Fault::ReplyLost, "UPDATE_COMPLETE"),
        (Fault::NetworkLost, "CREATE_COMPLETE"),
    ] {
        let aws = FakeCloud::new();
        aws.deploy_stack("web", &queue(1));
        aws.inject_fault("ExecuteChangeSet", fault, FaultTiming::Always);
        let wanted = app([stack("web", &queue(2))]);
        let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
        assert_eq!(ran.class(), Some(Class::Interrupted), "{}", ran.findings());
        assert_eq!(states(&ran), ["web: Started"]);
        assert!(
            ran.findings().contains("may have started"),
            "{}",
            ran.findings()
        );
        aws.advance_clock(Duration::from_mins(10));
        assert_eq!(aws.stack_status("web").as_deref(), Some(status));
    }
}

#[test]
fn reports_stack_as_begun_when_credentials_expire() {
    let (aws, wanted) = three();
    aws.expire_credentials_after(Duration::from_secs(90));
    let (ran, _) = deployed(&aws, &wanted, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Interrupted), "{}", ran.findings());
    assert_eq!(
        states(&ran),
        ["data: Deployed", "web: Started", "more: NotStarted"]
    );
    insta::assert_snapshot!(ran.findings());
}
