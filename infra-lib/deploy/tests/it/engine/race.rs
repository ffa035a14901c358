//! Tests concurrent deployments of the same stack: one succeeds and the other reports it.

use std::sync::Arc;
use std::time::Duration;

use infra_core::codes;
use infra_deploy::deploy::{Approver, DeployOptions, Deployed, deploy_stacks};
use infra_deploy::{Class, Error};
use infra_fake::FakeCloud;
use infra_template::assembly::CloudAssembly;

use super::fixture::{Asked, app, queue, stack};

/// Runs two deployments, of which the second starts after the delay `later`, and returns their results.
fn both(
    aws: &FakeCloud,
    first: &CloudAssembly,
    second: &CloudAssembly,
    later: Duration,
) -> [Result<Deployed, Error>; 2] {
    let run = |wanted: &CloudAssembly, after: Duration| {
        let approver = Arc::new(Asked::default()) as Arc<dyn Approver>;
        let options = DeployOptions::default();
        let mut operation = deploy_stacks(aws.cloud(), wanted.clone(), options, approver);
        async move {
            tokio::time::sleep(after).await;
            while operation.next().await.is_some() {}
            operation.await
        }
    };
    let (first, second) = (run(first, Duration::ZERO), run(second, later));
    FakeCloud::paused_runtime().block_on(async {
        let (first, second) = tokio::join!(first, second);
        [first, second]
    })
}

#[test]
fn reports_concurrent_deployment_to_the_slower_run() {
    for exists in [false, true] {
        for other in [2, 3] {
            for later in [
                0, 100, 300, 500, 800, 1_200, 1_600, 2_000, 3_000, 5_000, 8_000,
            ] {
                let aws = FakeCloud::new();
                aws.set_duration("Queue", Duration::from_secs(30));
                if exists {
                    aws.deploy_stack("web", &queue(1));
                }
                let wanted = |delay| app([stack("web", &queue(delay))]);
                let later = Duration::from_millis(later);
                let results = both(&aws, &wanted(2), &wanted(other), later);
                let case = format!("exists: {exists}, other: {other}, later: {later:?}");
                let won = results.iter().filter(|result| result.is_ok()).count();
                assert!(won >= 1, "{case}: {results:?}");
                for error in results.into_iter().filter_map(Result::err) {
                    let finding = error.finding().unwrap();
                    let text = infra_core::render(finding);
                    assert!(
                        matches!(error.class, Class::Busy | Class::Stale),
                        "{case}: {text}"
                    );
                    assert_ne!(finding.code, codes::API_REFUSED, "{case}: {text}");
                    assert!(finding.help.is_some(), "{case}: {text}");
                }
            }
        }
    }
}
