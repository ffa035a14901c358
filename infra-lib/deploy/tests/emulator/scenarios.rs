//! Checks that the shared scenarios have the same results with the fake and with the emulator.

use infra_fake::{FakeCloud, REGION};

use crate::support::aws;

#[path = "../scenarios/mod.rs"]
#[allow(clippy::module_inception, reason = "shared by two test programs")]
mod scenarios;

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn matches_fake_and_emulator_results() {
    let (life, refusals) = tokio::task::spawn_blocking(|| {
        let aws = FakeCloud::new();
        let life = FakeCloud::paused_runtime().block_on(scenarios::life(aws.cloud(), REGION));
        let aws = FakeCloud::new();
        let refusals =
            FakeCloud::paused_runtime().block_on(scenarios::refusals(aws.cloud(), REGION));
        (life, refusals)
    })
    .await
    .unwrap();
    let emulator = aws("eu-south-1").await;
    assert_eq!(scenarios::life(emulator, "eu-south-1").await, life);
    let emulator = aws("eu-south-2").await;
    assert_eq!(scenarios::refusals(emulator, "eu-south-2").await, refusals);
}
