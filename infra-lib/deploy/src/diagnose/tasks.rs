//! Reads what ECS and the logs still contain about failed services.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::attempt::Attempt;
use crate::event::TaskEvidence;
use crate::evidence::{
    Definitions, cluster_and_name, failure_kind, is_planned_stop, read_task_evidence,
};
use crate::failure::ResourceFailure;
use infra_aws::Cloud;

/// Maximum number of tasks read per service.
const TASKS: usize = 5;

/// Reads the stopped tasks of the failed services, one per kind of failure. ECS keeps stopped tasks for about an hour, and a rollback deletes a new
/// service, so that the result may be empty.
pub(super) async fn read_evidence(
    cloud: &Arc<dyn Cloud>,
    region: &str,
    attempt: &Attempt,
    failures: &[ResourceFailure],
) -> Vec<TaskEvidence> {
    let mut definitions = Definitions::default();
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut found = Vec::new();
    for failure in failures {
        if failure.resource.type_name != "AWS::ECS::Service" {
            continue;
        }
        let arn = failure.resource.physical_id.as_deref().unwrap_or_default();
        let Some((cluster, name)) = cluster_and_name(arn) else {
            continue;
        };
        // Evidence is optional: failing to read it does not fail the diagnosis.
        let tasks = cloud
            .ecs_client(region)
            .list_stopped_tasks(cluster, name)
            .await;
        let tasks = tasks.unwrap_or_default().into_iter().filter(|task| {
            let before = attempt
                .since
                .zip(task.stopped)
                .is_some_and(|(since, stopped)| stopped < since);
            !before && !is_planned_stop(task)
        });
        for task in tasks.take(TASKS) {
            let evidence = read_task_evidence(cloud, region, name, &task, &mut definitions).await;
            if kinds
                .entry(arn.to_owned())
                .or_default()
                .insert(failure_kind(&evidence))
            {
                found.push(evidence);
            }
        }
    }
    found
}
