//! Tests of the command `hotswap`.

use infra_cli::ExitCode;
use infra_cli::testing::Outcome;
use infra_core::App;
use infra_fake::{FakeCloud, UnhealthyTasks};
use insta::assert_snapshot;

use super::{deployed, invocation, service};
use crate::support::RunApp as _;

fn before(app: &App) {
    service(app, "registry.example/notes@sha256:aa", "info");
}

fn after(app: &App) {
    service(app, "registry.example/notes@sha256:bb", "info");
}

fn hotswap(aws: &FakeCloud, arguments: &[&str], build: impl Fn(&App)) -> Outcome {
    let arguments: Vec<&str> = ["hotswap"].iter().chain(arguments).copied().collect();
    invocation(aws, &arguments).run_simple(build)
}

#[test]
fn swaps_image_of_running_service() {
    let aws = deployed(before);
    assert_snapshot!(hotswap(&aws, &[], after));
    assert_eq!(
        aws.write_operations(),
        ["RegisterTaskDefinition", "UpdateService"]
    );

    // The second run changes nothing, although the template still has the old image.
    let again = hotswap(&aws, &[], after);
    assert_snapshot!("nothing_is_swapped_twice", again);
    assert_eq!(aws.write_operations().len(), 2);

    // Returns to the revision of the stack, which still exists.
    let back = hotswap(&aws, &[], before);
    assert_snapshot!("back_to_what_the_stack_says", back);
    assert_eq!(aws.write_operations()[2..], ["UpdateService"]);
}

#[test]
fn refuses_changes_other_than_image() {
    let aws = deployed(before);
    let outcome = hotswap(&aws, &[], |app| {
        service(app, "registry.example/notes@sha256:bb", "debug");
    });
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
    assert_snapshot!(outcome);
    assert!(aws.write_operations().is_empty());
}

#[test]
fn refuses_protected_stack_unless_forced() {
    let aws = deployed(before);
    aws.set_protection("Service", true);
    let outcome = hotswap(&aws, &[], after);
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
    assert_snapshot!(outcome);
    assert!(aws.write_operations().is_empty());

    let forced = hotswap(&aws, &["--force"], after);
    assert_eq!(forced.exit_code, ExitCode::Ok, "{forced}");
}

#[test]
fn reports_logs_of_image_that_fails_to_start() {
    let aws = deployed(before);
    aws.fail_service_tasks(
        "api",
        UnhealthyTasks::builder()
            .exit_code(Some(78))
            .log(vec!["configuration: DB_HOST is not set".to_owned()])
            .build(),
    );
    let outcome = hotswap(&aws, &[], after);
    assert_eq!(outcome.exit_code, ExitCode::Stuck);
    assert_snapshot!(outcome);
}
