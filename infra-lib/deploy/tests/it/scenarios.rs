//! Runs the scenarios shared with the emulator tests with the fake.

use infra_fake::{FakeCloud, REGION};
use insta::assert_snapshot;

#[path = "../scenarios/mod.rs"]
#[allow(clippy::module_inception, reason = "shared by two test programs")]
mod scenarios;

#[test]
fn creates_and_deletes_stack_with_outputs() {
    let aws = FakeCloud::new();
    let story = FakeCloud::paused_runtime().block_on(scenarios::life(aws.cloud(), REGION));
    assert_snapshot!(story.0.join("\n"));
}

#[test]
fn rejects_missing_stack_and_executes_second_plan() {
    let aws = FakeCloud::new();
    let story = FakeCloud::paused_runtime().block_on(scenarios::refusals(aws.cloud(), REGION));
    assert_snapshot!(story.0.join("\n"));
}
