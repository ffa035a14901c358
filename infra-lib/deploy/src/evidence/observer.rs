//! Observes ECS services while CloudFormation waits for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;
use tokio::time::{Instant, timeout};

use super::task::{Definitions, last_part, read_task_evidence};
use crate::event::{Event, ServiceProgress, TaskEvidence, Waiting};
use crate::operation::Reporter;
use crate::watch::Observer;
use infra_aws::{ApiError, Cloud, ServiceDeployment, Task};

/// Minimum interval between two observations.
const CADENCE: Duration = Duration::from_secs(5);

/// Time limit of one observation, because the stack is not polled in the meantime.
const LOOK_LIMIT: Duration = Duration::from_secs(4);

/// Maximum number of services per observation.
const SERVICES: usize = 4;

/// Maximum number of tasks to read per observation, and per service in total. The first failures are enough to find the cause.
const TASKS_A_LOOK: usize = 3;
const TASKS_A_SERVICE: usize = 10;

/// Tolerated difference between the local clock and that of AWS.
const CLOCK_SKEW: time::Duration = time::Duration::seconds(30);

/// Threshold at which an ECS deployment that repeats one failure is rolled back, long before CloudFormation times out.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct FailFast {
    /// Number of identical failures of one container at which the deployment is rolled back; 3 by default.
    pub same_failure: u32,
}

impl FailFast {
    /// Creates a threshold at which one container has failed this many times in the same way.
    pub fn new(same_failure: u32) -> Self {
        Self { same_failure }
    }
}

impl Default for FailFast {
    /// Three failures, the smallest threshold of the ECS deployment circuit breaker:
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html>.
    fn default() -> Self {
        Self { same_failure: 3 }
    }
}

/// Creates an observer of ECS services that CloudFormation waits for. It never fails: evidence that cannot be read is skipped.
pub fn create_observer(cloud: Arc<dyn Cloud>, region: &str) -> Box<dyn Observer> {
    Box::new(ServiceObserver::new(cloud, region, None))
}

/// Creates an [`create_observer`] that can also fail fast: once a failure has repeated often enough, it rolls back the ECS deployment, so that
/// CloudFormation learns of the failure at once.
pub fn create_observer_with(
    cloud: Arc<dyn Cloud>,
    region: &str,
    fail_fast: Option<FailFast>,
) -> Box<dyn Observer> {
    Box::new(ServiceObserver::new(cloud, region, fail_fast))
}

#[derive(Debug)]
struct ServiceObserver {
    cloud: Arc<dyn Cloud>,
    region: String,
    fail_fast: Option<FailFast>,
    /// Start of the observation; tasks that stopped earlier belong to another deployment.
    since: OffsetDateTime,
    last_observed: Option<Instant>,
    definitions: Definitions,
    /// Observed services by ARN.
    services: BTreeMap<String, ObservedService>,
    evidence: Vec<TaskEvidence>,
}

/// State of an observed service.
#[derive(Debug, Default)]
struct ObservedService {
    last_progress: Option<ServiceProgress>,
    tasks: BTreeSet<String>,
    /// Number of occurrences of each failure.
    failures: BTreeMap<String, u32>,
    /// Kinds of failure with evidence; one task per kind is kept.
    kinds: BTreeSet<String>,
    ended: bool,
}

impl ServiceObserver {
    fn new(cloud: Arc<dyn Cloud>, region: &str, fail_fast: Option<FailFast>) -> Self {
        Self {
            since: cloud.current_time() - CLOCK_SKEW,
            cloud,
            region: region.to_owned(),
            fail_fast,
            last_observed: None,
            definitions: Definitions::default(),
            services: BTreeMap::new(),
            evidence: Vec::new(),
        }
    }

    async fn observe_service(
        &mut self,
        arn: &str,
        waiting: &Waiting,
        reporter: &Reporter,
    ) -> Result<(), ApiError> {
        let Some((cluster, name)) = cluster_and_name(arn) else {
            return Ok(());
        };
        let ecs = self.cloud.ecs_client(&self.region);
        let deployments = ecs.list_deployments(cluster, name).await?;
        let deployment = deployments.first();
        let service = ecs.describe_service(cluster, name).await?;
        let message = service.as_ref().and_then(|service| {
            let newest = service.events.first()?;
            (newest.time >= self.since).then(|| newest.message.clone())
        });
        let mut progress = ServiceProgress {
            resource: waiting.resource.clone(),
            status: "IN_PROGRESS".to_owned(),
            desired: 0,
            running: 0,
            pending: 0,
            failed: 0,
            failure_threshold: None,
            message,
        };
        if let Some(service) = &service {
            progress.desired = service.desired;
            progress.running = service.running;
            progress.pending = service.pending;
        }
        if let Some(deployment) = deployment {
            progress.status.clone_from(&deployment.status);
            progress.desired = deployment.desired;
            progress.running = deployment.running;
            progress.pending = deployment.pending;
            progress.failed = deployment.failed;
            progress.failure_threshold = deployment.failure_threshold;
        }
        let watched = self.services.entry(arn.to_owned()).or_default();
        if watched.last_progress.as_ref() != Some(&progress) {
            watched.last_progress = Some(progress.clone());
            reporter.send_event(Event::Service(progress));
        }
        let tasks = ecs.list_stopped_tasks(cluster, name).await?;
        self.record_tasks(arn, name, tasks, reporter).await;
        self.roll_back_if_hopeless(arn, name, deployment, reporter)
            .await
    }

    async fn record_tasks(&mut self, arn: &str, name: &str, tasks: Vec<Task>, reporter: &Reporter) {
        let mut read = 0;
        for task in tasks {
            let watched = self.services.entry(arn.to_owned()).or_default();
            if watched.tasks.contains(&task.arn)
                || watched.tasks.len() >= TASKS_A_SERVICE
                || task.stopped.is_some_and(|stopped| stopped < self.since)
                || is_planned_stop(&task)
            {
                continue;
            }
            if read == TASKS_A_LOOK {
                break;
            }
            read += 1;
            let found = read_task_evidence(
                &self.cloud,
                &self.region,
                name,
                &task,
                &mut self.definitions,
            )
            .await;
            let watched = self.services.entry(arn.to_owned()).or_default();
            watched.tasks.insert(task.arn.clone());
            for failure in describe_failures(&found) {
                *watched.failures.entry(failure).or_default() += 1;
            }
            reporter.send_event(Event::TaskStopped(found.clone()));
            if watched.kinds.insert(failure_kind(&found)) {
                self.evidence.push(found);
            }
        }
    }

    async fn roll_back_if_hopeless(
        &mut self,
        arn: &str,
        name: &str,
        deployment: Option<&ServiceDeployment>,
        reporter: &Reporter,
    ) -> Result<(), ApiError> {
        let (Some(fail_fast), Some(deployment)) = (self.fail_fast, deployment) else {
            return Ok(());
        };
        let Some(deployment_arn) = deployment
            .arn
            .as_deref()
            .filter(|_| matches!(deployment.status.as_str(), "PENDING" | "IN_PROGRESS"))
        else {
            return Ok(());
        };
        let watched = self.services.entry(arn.to_owned()).or_default();
        let repeated = watched
            .failures
            .iter()
            .find(|(_, times)| **times >= fail_fast.same_failure);
        let Some((failure, times)) = repeated else {
            return Ok(());
        };
        if watched.ended {
            return Ok(());
        }
        let message = format!(
            "service `{name}`: {failure}, {times} times; ECS stops the deployment and rolls back to the previous version"
        );
        self.cloud
            .ecs_client(&self.region)
            .roll_back_deployment(deployment_arn)
            .await?;
        watched.ended = true;
        reporter.send_event(Event::Notice {
            stack: None,
            message,
        });
        Ok(())
    }
}

#[async_trait]
impl Observer for ServiceObserver {
    async fn observe_resources(&mut self, waiting: &[Waiting], reporter: &Reporter) {
        if self.last_observed.is_some_and(|at| at.elapsed() < CADENCE) {
            return;
        }
        let services = waiting.iter().filter(|entry| {
            entry.resource.type_name == "AWS::ECS::Service"
                && entry.status.is_in_progress()
                && !entry.status.as_str().starts_with("DELETE_")
        });
        let started = Instant::now();
        for entry in services.take(SERVICES) {
            let Some(arn) = entry.resource.physical_id.clone() else {
                continue;
            };
            self.last_observed = Some(started);
            let left = LOOK_LIMIT.saturating_sub(started.elapsed());
            // Errors and slow replies must not disturb the deployment; the next observation tries again.
            let _ = timeout(left, self.observe_service(&arn, entry, reporter)).await;
        }
    }

    fn take_evidence(&mut self) -> Vec<TaskEvidence> {
        std::mem::take(&mut self.evidence)
    }
}

/// Returns true if ECS stopped the task because it was no longer needed. Failed health checks do not count.
pub(crate) fn is_planned_stop(task: &Task) -> bool {
    let reason = task.stopped_reason.as_deref().unwrap_or_default();
    reason.starts_with("Scaling activity initiated by")
}

/// Describes each failed container of a task, in words that are equal for equal failures.
fn describe_failures(task: &TaskEvidence) -> Vec<String> {
    let containers = task.containers.iter().filter_map(|container| {
        let name = &container.name;
        match (container.exit_code, &container.reason) {
            (Some(0), _) | (None, None) => None,
            (Some(code), _) => Some(format!("container `{name}` exited with code {code}")),
            (None, Some(reason)) => {
                let kind = reason.split(':').next().unwrap_or(reason);
                Some(format!("container `{name}` did not start ({kind})"))
            }
        }
    });
    containers.collect()
}

/// Returns the kind of a failure; tasks that stopped for the same reason have the same kind.
pub(crate) fn failure_kind(task: &TaskEvidence) -> String {
    let failures = describe_failures(task);
    if failures.is_empty() {
        // `Task failed ELB health checks in (target-group arn:…)`
        let reason = task.stopped_reason.as_deref().unwrap_or_default();
        reason.split('(').next().unwrap_or(reason).to_owned()
    } else {
        failures.join("; ")
    }
}

/// Extracts cluster and service name from `arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME`.
///
/// ARNs of the short format have no cluster. The cluster `default` is assumed for them; a request for a service of another cluster finds nothing.
pub(crate) fn cluster_and_name(arn: &str) -> Option<(&str, &str)> {
    let (_, path) = arn.split_once(":service/")?;
    match path.split_once('/') {
        Some((cluster, name)) => Some((cluster, name)),
        None => Some(("default", last_part(path))),
    }
}
