//! Runs the scenarios shared with the emulator tests with the fake.

use infra_fake::{FakeCloud, REGION};
use insta::assert_snapshot;

#[path = "../scenarios/mod.rs"]
#[allow(clippy::module_inception, reason = "shared by two test programs")]
mod scenarios;

#[test]
fn a_life() {
    let aws = FakeCloud::new();
    let story = FakeCloud::paused_runtime().block_on(scenarios::life(aws.cloud(), REGION));
    assert_snapshot!(story.0.join("\n"));
}

#[test]
fn refusals() {
    let aws = FakeCloud::new();
    let story = FakeCloud::paused_runtime().block_on(scenarios::refusals(aws.cloud(), REGION));
    assert_snapshot!(story.0.join("\n"));
}
