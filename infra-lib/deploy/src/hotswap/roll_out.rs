//! Deploys another task definition to an ECS service and waits for the steady state.

use std::sync::Arc;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use tokio::time::{Instant, sleep};

use crate::deployed::construct_of;
use crate::error::{Class, Error};
use crate::event::Waiting;
use crate::evidence::{cluster_and_name, create_observer};
use crate::failure::{build_findings, locate_finding};
use crate::operation::Reporter;
use infra_aws::{ApiError, Cloud, ResourceStatus};
use infra_template::ResourceName;

/// Interval between two polls.
const CADENCE: Duration = Duration::from_secs(3);

/// Maximum number of consecutive failed polls; the deployment in ECS continues regardless.
const PATIENCE: u32 = 20;

/// Tolerated difference between the local clock and that of AWS.
const CLOCK_SKEW: time::Duration = time::Duration::seconds(5);

/// State of the ECS deployment.
enum RollOutState {
    Running,
    Steady,
    /// ECS returned to the previous revision.
    RolledBack(Option<String>),
    Failed(Option<String>),
}

pub(super) async fn wait_for_roll_out(
    cloud: &Arc<dyn Cloud>,
    region: &str,
    service: &ResourceName,
    task_definition: &str,
    timeout: Duration,
    reporter: &Reporter,
) -> Result<(), Error> {
    let shown = construct_of(service);
    let arn = service.physical_id.as_deref().unwrap_or_default();
    let Some((cluster, name)) = cluster_and_name(arn) else {
        let finding = Diagnostic::new(
            codes::NOT_STEADY,
            format!("`{arn}` is not the ARN of a service"),
        );
        return Err(Error::new(Class::Error, locate_finding(finding, service)));
    };
    let ecs = cloud.ecs_client(region);
    let mut observer = create_observer(cloud.clone(), region);
    let asked = cloud.current_time() - CLOCK_SKEW;
    ecs.update_service(cluster, name, task_definition)
        .await
        .map_err(|error| Error::from_api(format!("deploy the new image of `{shown}`"), error))?;
    let started = Instant::now();
    let mut failures = 0;
    loop {
        sleep(CADENCE).await;
        let waiting = Waiting {
            resource: service.clone(),
            status: ResourceStatus::new("UPDATE_IN_PROGRESS"),
            elapsed_secs: started.elapsed().as_secs(),
            typical_secs: None,
            reason: None,
        };
        observer.observe_resources(&[waiting], reporter).await;
        let stand = match read_state(cloud, region, (cluster, name), task_definition, asked).await {
            Ok(stand) => {
                failures = 0;
                stand
            }
            Err(error) if error.is_transient() && failures < PATIENCE => {
                failures += 1;
                continue;
            }
            Err(error) => {
                return Err(Error::from_api(
                    format!("follow the deployment of `{shown}`, which continues in AWS"),
                    error,
                ));
            }
        };
        let (class, message, reason) = match stand {
            RollOutState::Steady => return Ok(()),
            RollOutState::RolledBack(reason) => (
                Class::RolledBack,
                format!(
                    "the new image of `{shown}` did not become stable, and ECS rolled back to the previous image"
                ),
                reason,
            ),
            RollOutState::Failed(reason) => (
                Class::Stuck,
                format!("the new image of `{shown}` did not become stable"),
                reason,
            ),
            RollOutState::Running if started.elapsed() >= timeout => (
                Class::Stuck,
                format!(
                    "`{shown}` is not stable after {} seconds; ECS keeps trying",
                    timeout.as_secs()
                ),
                None,
            ),
            RollOutState::Running => continue,
        };
        let mut finding = locate_finding(Diagnostic::new(codes::NOT_STEADY, message), service);
        if let Some(reason) = reason {
            finding = finding.note(reason);
        }
        let finding = finding
            .help("see the reasons of the tasks below, and `logs`; `deploy` restores the image of the template");
        let mut whole = Error::new(class, finding);
        whole
            .findings
            .extend(build_findings(&[], &observer.take_evidence()));
        return Err(whole);
    }
}

async fn read_state(
    cloud: &Arc<dyn Cloud>,
    region: &str,
    (cluster, name): (&str, &str),
    task_definition: &str,
    asked: time::OffsetDateTime,
) -> Result<RollOutState, ApiError> {
    let ecs = cloud.ecs_client(region);
    let deployments = ecs.list_deployments(cluster, name).await?;
    let ours = deployments.iter().find(|deployment| {
        deployment.task_definition == task_definition
            || deployment.started.is_some_and(|started| started >= asked)
    });
    let Some(ours) = ours else {
        // An endpoint without service deployments, or a list that is not up to date yet.
        let service = ecs.describe_service(cluster, name).await?;
        let steady = service.is_some_and(|service| {
            deployments.is_empty()
                && service.task_definition == task_definition
                && service.pending == 0
                && service.running >= service.desired
        });
        return Ok(if steady {
            RollOutState::Steady
        } else {
            RollOutState::Running
        });
    };
    Ok(match ours.status.as_str() {
        "SUCCESSFUL" => RollOutState::Steady,
        "ROLLBACK_SUCCESSFUL" | "ROLLBACK_IN_PROGRESS" | "ROLLBACK_REQUESTED" => {
            RollOutState::RolledBack(ours.reason.clone())
        }
        "STOPPED" | "STOP_REQUESTED" | "FAILED" | "ROLLBACK_FAILED" => {
            RollOutState::Failed(ours.reason.clone())
        }
        _ => RollOutState::Running,
    })
}
