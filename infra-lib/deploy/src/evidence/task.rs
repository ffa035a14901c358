//! Reads why an ECS task stopped: reasons, exit codes, and the last log lines of its containers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as JsonValue;

use super::mask::mask_secrets;
use crate::event::{ContainerEvidence, TaskEvidence};
use infra_aws::{ApiError, Cloud, Container, Task, TaskDefinition};

/// Number of log lines kept per container.
const LINES: i32 = 20;

/// Maximum length of a log line in characters.
const WIDTH: usize = 500;

/// Log configuration of a container that writes to CloudWatch Logs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ContainerLog {
    pub(crate) container: String,
    pub(crate) group: String,
    /// Region of the log group, if the task definition sets it.
    pub(crate) region: Option<String>,
    /// Prefix of the log streams, which are named `PREFIX/CONTAINER/TASK`. Without one, Docker chooses names that cannot be derived.
    pub(crate) prefix: Option<String>,
}

impl ContainerLog {
    /// Returns the log stream of a task, given its ARN.
    ///
    /// See <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html>.
    pub(crate) fn stream_name(&self, task: &str) -> Option<String> {
        let prefix = self.prefix.as_deref()?;
        Some(format!("{prefix}/{}/{}", self.container, last_part(task)))
    }
}

/// Returns the log configurations of the containers that use the `awslogs` driver.
pub(crate) fn container_logs(definition: &JsonValue) -> Vec<ContainerLog> {
    let containers = definition["containerDefinitions"].as_array();
    let logs = containers.into_iter().flatten().filter_map(|container| {
        let configuration = &container["logConfiguration"];
        if configuration["logDriver"] != "awslogs" {
            return None;
        }
        let option = |name: &str| configuration["options"][name].as_str().map(str::to_owned);
        Some(ContainerLog {
            container: container["name"].as_str()?.to_owned(),
            group: option("awslogs-group")?,
            region: option("awslogs-region"),
            prefix: option("awslogs-stream-prefix"),
        })
    });
    logs.collect()
}

/// Cache of task definitions, which many tasks share.
#[derive(Debug, Default)]
pub(crate) struct Definitions(BTreeMap<String, TaskDefinition>);

impl Definitions {
    pub(crate) async fn read_definition(
        &mut self,
        cloud: &Arc<dyn Cloud>,
        region: &str,
        arn: &str,
    ) -> Result<&TaskDefinition, ApiError> {
        if !self.0.contains_key(arn) {
            let definition = cloud
                .ecs_client(region)
                .describe_task_definition(arn)
                .await?;
            self.0.insert(arn.to_owned(), definition);
        }
        Ok(&self.0[arn])
    }
}

/// Reads the evidence about a stopped task. Skips what cannot be read, because evidence is optional.
pub(crate) async fn read_task_evidence(
    cloud: &Arc<dyn Cloud>,
    region: &str,
    service: &str,
    task: &Task,
    definitions: &mut Definitions,
) -> TaskEvidence {
    let logs = match definitions
        .read_definition(cloud, region, &task.task_definition)
        .await
    {
        Ok(definition) => container_logs(&definition.definition),
        Err(_) => Vec::new(),
    };
    let mut log = Vec::new();
    for container in containers_to_blame(task) {
        let Some(at) = logs.iter().find(|log| log.container == container.name) else {
            continue;
        };
        let Some(stream) = at.stream_name(&task.arn) else {
            continue;
        };
        let client = cloud.logs_client(at.region.as_deref().unwrap_or(region));
        let lines = client.get_last_events(&at.group, &stream, LINES).await;
        log.extend(
            lines
                .unwrap_or_default()
                .iter()
                .map(|line| sanitize_line(&line.message)),
        );
    }
    TaskEvidence {
        service: service.to_owned(),
        task: task.arn.clone(),
        stopped_reason: task.stopped_reason.as_deref().map(mask_secrets),
        containers: task.containers.iter().map(container_evidence).collect(),
        log,
    }
}

/// Returns the containers whose logs explain the stop: those that failed, or all of them if none did.
fn containers_to_blame(task: &Task) -> Vec<&Container> {
    let failed = |container: &&Container| container.exit_code.is_some_and(|code| code != 0);
    let found: Vec<&Container> = task.containers.iter().filter(failed).collect();
    if found.is_empty() {
        task.containers.iter().collect()
    } else {
        found
    }
}

fn container_evidence(container: &Container) -> ContainerEvidence {
    ContainerEvidence {
        name: container.name.clone(),
        exit_code: container.exit_code,
        reason: container.reason.as_deref().map(mask_secrets),
    }
}

/// Returns a line for display: without secrets and control characters, and truncated to [`WIDTH`].
pub(crate) fn sanitize_line(line: &str) -> String {
    let plain: String = line
        .trim_end()
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    let masked = mask_secrets(&plain);
    match masked.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &masked[..at]),
        None => masked,
    }
}

/// Returns the part of an ARN or path after the last `/`.
pub(crate) fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ContainerLog, container_logs, sanitize_line};

    #[test]
    fn derives_log_stream_names_from_task_definition() {
        let definition = json!({ "containerDefinitions": [
            { "name": "api", "logConfiguration": { "logDriver": "awslogs", "options": {
                "awslogs-group": "/notes/api", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "api" } } },
            { "name": "sidecar", "logConfiguration": { "logDriver": "awsfirelens", "options": {} } },
        ] });
        let logs = container_logs(&definition);
        assert_eq!(
            logs,
            [ContainerLog {
                container: "api".to_owned(),
                group: "/notes/api".to_owned(),
                region: Some("eu-west-1".to_owned()),
                prefix: Some("api".to_owned()),
            }]
        );
        let task = "arn:aws:ecs:eu-west-1:1:task/notes/0f9c";
        assert_eq!(logs[0].stream_name(task).as_deref(), Some("api/api/0f9c"));
    }

    #[test]
    fn removes_control_characters() {
        assert_eq!(
            sanitize_line("\u{1b}[31mred\u{1b}[0m\tend\n"),
            "[31mred[0m end"
        );
        assert_eq!(sanitize_line(&"é".repeat(600)).chars().count(), 501);
    }
}
