//! Simulates ECS services and tasks: healthy ones that do nothing, and failing ones as set up by tests.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value as JsonValue, json};
use time::OffsetDateTime;

use super::evaluate::as_text;
use super::names;
use super::script::{TaskRun, UnhealthyTasks};
use super::stacks::{Resource, Stack};
use super::world::State;
use infra_aws::{
    ApiError, Container, LogEvent, RunTask, Service, ServiceDeployment, ServiceEvent, Task,
    TaskDefinition,
};

#[derive(Clone, Debug, Default)]
pub(super) struct EcsState {
    /// ECS services that exist, by ARN.
    services: BTreeMap<String, RunningService>,
    /// Task definitions by ARN, including the revision.
    definitions: BTreeMap<String, TaskDefinition>,
    /// One-off tasks by ARN, with the time at which they stop.
    tasks: BTreeMap<String, OneOffTask>,
}

#[derive(Clone, Debug)]
struct RunningService {
    name: String,
    cluster: String,
    desired: i32,
    definition: String,
    network: JsonValue,
    started: OffsetDateTime,
    /// Failure of the tasks of the newest deployment; `None` if they run.
    failure: Option<UnhealthyTasks>,
    /// Previous task definition, which serves while the newest deployment fails.
    previous: Option<String>,
    /// Stopped tasks, newest first.
    stopped: Vec<Task>,
    events: Vec<ServiceEvent>,
    rolled_back: bool,
}

#[derive(Clone, Debug)]
struct OneOffTask {
    task: Task,
    stops_at: OffsetDateTime,
    run: TaskRun,
    token: String,
}

impl EcsState {
    /// Registers the task definition of a template.
    pub(super) fn register_definition(&mut self, arn: &str, resource: &Resource) {
        let definition = convert_to_api_keys(&JsonValue::Object(resource.properties.clone()));
        let family = arn
            .rsplit('/')
            .next()
            .and_then(|name| name.split(':').next());
        self.definitions.insert(
            arn.to_owned(),
            TaskDefinition::builder()
                .arn(arn)
                .family(family.unwrap_or_default().to_owned())
                .definition(definition)
                .build(),
        );
    }

    /// Creates the service of a template.
    pub(super) fn create_service(
        &mut self,
        arn: &str,
        properties: &Map<String, JsonValue>,
        fails: Option<UnhealthyTasks>,
        at: OffsetDateTime,
    ) {
        let mut parts = arn.rsplit('/');
        let name = parts.next().unwrap_or_default().to_owned();
        let cluster = parts.next().unwrap_or_default().to_owned();
        let network = properties.get("NetworkConfiguration");
        let network = network.and_then(|network| network.get("AwsvpcConfiguration"));
        let network = network.map(convert_to_api_keys).unwrap_or_default();
        let running = RunningService {
            name,
            cluster,
            desired: desired_count(properties),
            definition: names::property_text(properties, "TaskDefinition")
                .unwrap_or_default()
                .to_owned(),
            network,
            started: at,
            failure: fails,
            previous: None,
            stopped: Vec::new(),
            events: Vec::new(),
            rolled_back: false,
        };
        self.services.insert(arn.to_owned(), running);
    }

    pub(super) fn remove_service(&mut self, arn: &str) {
        self.services.remove(arn);
    }

    fn find_service(&self, cluster: &str, service: &str) -> Option<(&String, &RunningService)> {
        let cluster = cluster.rsplit('/').next().unwrap_or(cluster);
        let mut all = self.services.iter();
        all.find(|(arn, running)| {
            *arn == service || running.cluster == cluster && running.name == service
        })
    }
}

impl State {
    /// Deploys another task definition when a stack updates a service.
    pub(super) fn start_ecs_rollout(
        &mut self,
        stack: &Stack,
        id: &str,
        properties: &Map<String, JsonValue>,
        at: OffsetDateTime,
    ) {
        let arn = stack.resources.get(id).and_then(|r| r.physical_id.clone());
        let fails = self.script.unhealthy.get(id).cloned();
        let Some(running) = arn.and_then(|arn| self.containers.services.get_mut(&arn)) else {
            return;
        };
        running.desired = desired_count(properties);
        if let Some(definition) = names::property_text(properties, "TaskDefinition") {
            running.previous = Some(std::mem::replace(
                &mut running.definition,
                definition.to_owned(),
            ));
        }
        running.started = at;
        running.failure = fails;
        running.stopped.clear();
        running.rolled_back = false;
    }

    /// Restores the previous task definition when a stack update is rolled back. The stopped tasks are removed.
    pub(super) fn restore_ecs_service(&mut self, stack: &Stack, id: &str, at: OffsetDateTime) {
        let Some(resource) = stack.resources.get(id) else {
            return;
        };
        let arn = resource.physical_id.clone();
        let Some(running) = arn.and_then(|arn| self.containers.services.get_mut(&arn)) else {
            return;
        };
        if let Some(definition) = names::property_text(&resource.properties, "TaskDefinition") {
            definition.clone_into(&mut running.definition);
        }
        running.started = at;
        running.failure = None;
        running.previous = None;
        running.stopped.clear();
        running.desired = desired_count(&resource.properties);
    }

    /// Stops the tasks that are due, and writes their log lines.
    pub(super) fn stop_due_tasks(&mut self, now: OffsetDateTime) {
        let mut lines: Vec<(String, OffsetDateTime, String, Vec<String>)> = Vec::new();
        for running in self.containers.services.values_mut() {
            let Some(fails) = running.failure.clone() else {
                continue;
            };
            let limit = usize::try_from(fails.threshold).unwrap_or(0);
            while running.stopped.len() < limit {
                let number = u32::try_from(running.stopped.len()).unwrap_or(0) + 1;
                let at = running.started + fails.every * number;
                if at > now {
                    break;
                }
                let id = names::derive_uuid(&format!("{} {number}", running.definition))
                    .replace('-', "");
                let arn = format!(
                    "arn:aws:ecs:eu-west-1:{}:task/{}/{id}",
                    names::ACCOUNT,
                    running.cluster
                );
                let definition = self.containers.definitions.get(&running.definition);
                running.stopped.insert(
                    0,
                    stopped_task(
                        &arn,
                        &running.definition,
                        definition,
                        &fails.stopped_reason,
                        fails.exit_code,
                        at,
                    ),
                );
                let name = &running.name;
                running.events.insert(
                    0,
                    ServiceEvent::builder()
                        .id(id.clone())
                        .time(at)
                        .message(format!(
                            "(service {name}) has started 1 tasks: (task {id})."
                        ))
                        .build(),
                );
                lines.push((running.definition.clone(), at, id, fails.log.clone()));
            }
        }
        for one in self.containers.tasks.values_mut() {
            if one.stops_at <= now && one.task.last_status != "STOPPED" {
                let definition = self.containers.definitions.get(&one.task.task_definition);
                let created = one.task.created;
                let arn = one.task.arn.clone();
                one.task = stopped_task(
                    &arn,
                    &one.task.task_definition,
                    definition,
                    &one.run.stopped_reason,
                    one.run.exit_code,
                    one.stops_at,
                );
                one.task.created = created;
                let id = arn.rsplit('/').next().unwrap_or_default().to_owned();
                lines.push((
                    one.task.task_definition.clone(),
                    one.stops_at,
                    id,
                    one.run.log.clone(),
                ));
            }
        }
        for (definition, at, task, log) in lines {
            self.write_log(&definition, at, &task, &log);
        }
    }

    /// Writes log lines of a task to the group and stream in its definition.
    fn write_log(&mut self, definition: &str, at: OffsetDateTime, task: &str, log: &[String]) {
        let Some(definition) = self.containers.definitions.get(definition) else {
            return;
        };
        let containers = &definition.definition["containerDefinitions"];
        for container in containers.as_array().into_iter().flatten() {
            let options = &container["logConfiguration"]["options"];
            let (Some(group), Some(name)) = (
                options["awslogs-group"].as_str(),
                container["name"].as_str(),
            ) else {
                continue;
            };
            let prefix = options["awslogs-stream-prefix"].as_str().unwrap_or("ecs");
            let stream = format!("{prefix}/{name}/{task}");
            let lines = self.logs.entry(group.to_owned()).or_default();
            for (number, line) in log.iter().enumerate() {
                lines.entry(stream.clone()).or_default().push(
                    LogEvent::builder()
                        .id(format!("{task}-{number}"))
                        .stream(stream.clone())
                        .time(at)
                        .message(line.clone())
                        .build(),
                );
            }
        }
    }

    pub(super) fn describe_ecs_service(&self, cluster: &str, service: &str) -> Option<Service> {
        let (arn, running) = self.containers.find_service(cluster, service)?;
        let works = running.failure.is_none() || running.previous.is_some();
        Some(
            Service::builder()
                .arn(arn.clone())
                .name(running.name.clone())
                .desired(running.desired)
                .running(if works { running.desired } else { 0 })
                .pending(0)
                .task_definition(running.definition.clone())
                .events(running.events.clone())
                .network(running.network.clone())
                .build(),
        )
    }

    pub(super) fn list_ecs_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Vec<ServiceDeployment> {
        let Some((arn, running)) = self.containers.find_service(cluster, service) else {
            return Vec::new();
        };
        let failed = i32::try_from(running.stopped.len()).unwrap_or(0);
        let threshold = running.failure.as_ref().map(|fails| fails.threshold);
        let status = match threshold {
            _ if running.rolled_back => "ROLLBACK_IN_PROGRESS",
            None => "SUCCESSFUL",
            Some(threshold) if failed >= threshold => "STOPPED",
            Some(_) => "IN_PROGRESS",
        };
        let healthy = running.failure.is_none();
        vec![
            ServiceDeployment::builder()
                .arn(arn.replacen(":service/", ":service-deployment/", 1))
                .status(status)
                .maybe_reason(
                    (status == "STOPPED").then(|| "Circuit breaker threshold exceeded.".to_owned()),
                )
                .task_definition(running.definition.clone())
                .desired(running.desired)
                .running(if healthy { running.desired } else { 0 })
                .pending(i32::from(!healthy))
                .failed(failed)
                .maybe_failure_threshold(threshold)
                .started(running.started)
                .build(),
        ]
    }

    pub(super) fn list_stopped_tasks(&self, cluster: &str, service: &str) -> Vec<Task> {
        let found = self.containers.find_service(cluster, service);
        found
            .map(|(_, running)| running.stopped.clone())
            .unwrap_or_default()
    }

    pub(super) fn find_ecs_tasks(&self, arns: &[String]) -> Vec<Task> {
        let one_off = arns.iter().filter_map(|arn| self.containers.tasks.get(arn));
        let one_off = one_off.map(|one| one.task.clone());
        let services = self.containers.services.values();
        let stopped = services.flat_map(|running| running.stopped.clone());
        one_off
            .chain(stopped.filter(|task| arns.contains(&task.arn)))
            .collect()
    }

    pub(super) fn find_task_definition(&self, name: &str) -> Result<TaskDefinition, ApiError> {
        let all = self.containers.definitions.values();
        let found = all.filter(|known| {
            known.arn == name || known.family == name || known.arn.ends_with(&format!("/{name}"))
        });
        found
            .max_by_key(|known| parse_revision(&known.arn))
            .cloned()
            .ok_or_else(|| {
                ApiError::new(
                    "ECS",
                    "DescribeTaskDefinition",
                    "ClientException",
                    "Unable to describe task definition.",
                )
            })
    }

    pub(super) fn register_task_definition(
        &mut self,
        region: &str,
        definition: &JsonValue,
    ) -> String {
        let family = as_text(&definition["family"]);
        let number = self.next_number();
        let arn = format!(
            "arn:aws:ecs:{region}:{}:task-definition/{family}:{number}",
            names::ACCOUNT
        );
        let known = TaskDefinition::builder()
            .arn(arn.clone())
            .family(family)
            .definition(definition.clone())
            .build();
        self.containers.definitions.insert(arn.clone(), known);
        arn
    }

    pub(super) fn run_ecs_task(
        &mut self,
        region: &str,
        request: &RunTask,
        now: OffsetDateTime,
    ) -> Result<Task, ApiError> {
        let definition = self.find_task_definition(&request.task_definition)?;
        let mut twins = self.containers.tasks.values();
        if let Some(twin) = twins.find(|one| one.token == request.token) {
            return Ok(twin.task.clone());
        }
        let run = self
            .script
            .tasks
            .get(&definition.family)
            .cloned()
            .unwrap_or_default();
        let number = self.next_number();
        let id = names::derive_uuid(&format!("task {number}")).replace('-', "");
        let cluster = request.cluster.rsplit('/').next().unwrap_or_default();
        let arn = format!(
            "arn:aws:ecs:{region}:{}:task/{cluster}/{id}",
            names::ACCOUNT
        );
        let task = Task::builder()
            .arn(arn.clone())
            .last_status("PROVISIONING")
            .task_definition(definition.arn.clone())
            .containers(build_containers(Some(&definition), None))
            .created(now)
            .build();
        let one = OneOffTask {
            task: task.clone(),
            stops_at: now + run.takes.max(Duration::from_millis(1)),
            run,
            token: request.token.clone(),
        };
        self.containers.tasks.insert(arn, one);
        Ok(task)
    }

    pub(super) fn stop_ecs_task(&mut self, task: &str, reason: &str, now: OffsetDateTime) {
        if let Some(one) = self.containers.tasks.get_mut(task) {
            one.stops_at = one.stops_at.min(now);
            one.run.exit_code = Some(137);
            reason.clone_into(&mut one.run.stopped_reason);
        }
    }

    pub(super) fn update_ecs_service(
        &mut self,
        cluster: &str,
        service: &str,
        definition: &str,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        let found = self
            .containers
            .find_service(cluster, service)
            .map(|(arn, _)| arn.clone());
        let Some(running) = found.and_then(|arn| self.containers.services.get_mut(&arn)) else {
            return Err(ApiError::new(
                "ECS",
                "UpdateService",
                "ServiceNotFoundException",
                "Service not found.",
            ));
        };
        running.previous = Some(std::mem::replace(
            &mut running.definition,
            definition.to_owned(),
        ));
        running.started = now;
        // For a deployment outside of CloudFormation, tests name the service itself.
        running.failure = self.script.unhealthy.get(&running.name).cloned();
        running.stopped.clear();
        running.rolled_back = false;
        Ok(())
    }

    pub(super) fn roll_back_ecs_service(&mut self, deployment: &str) {
        let arn = deployment.replacen(":service-deployment/", ":service/", 1);
        if let Some(running) = self.containers.services.get_mut(&arn) {
            running.rolled_back = true;
        }
    }
}

/// Returns the revision number after the last colon.
fn parse_revision(arn: &str) -> u64 {
    let number = arn.rsplit(':').next().unwrap_or_default();
    number.parse().unwrap_or(0)
}

fn desired_count(properties: &Map<String, JsonValue>) -> i32 {
    let count = properties.get("DesiredCount").map(as_text);
    count.and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn build_containers(
    definition: Option<&TaskDefinition>,
    ended: Option<(Option<i32>, &str)>,
) -> Vec<Container> {
    let all = definition
        .map(|d| d.definition["containerDefinitions"].clone())
        .unwrap_or_default();
    let all = all.as_array().into_iter().flatten();
    all.map(|container| {
        Container::builder()
            .name(as_text(&container["name"]))
            .maybe_exit_code(ended.and_then(|(code, _)| code))
            .maybe_reason(
                ended
                    .filter(|(code, _)| code.is_none())
                    .map(|(_, reason)| reason.to_owned()),
            )
            .health("UNKNOWN")
            .build()
    })
    .collect()
}

fn stopped_task(
    arn: &str,
    definition_arn: &str,
    definition: Option<&TaskDefinition>,
    reason: &str,
    exit_code: Option<i32>,
    at: OffsetDateTime,
) -> Task {
    let code = match exit_code {
        Some(_) => "EssentialContainerExited",
        None => "TaskFailedToStart",
    };
    Task::builder()
        .arn(arn)
        .last_status("STOPPED")
        .stop_code(code)
        .stopped_reason(reason)
        .task_definition(definition_arn)
        .containers(build_containers(definition, Some((exit_code, reason))))
        .stopped(at)
        .created(at)
        .build()
}

/// Converts template keys such as `ContainerDefinitions` to API keys such as `containerDefinitions`. User-defined keys are kept.
fn convert_to_api_keys(value: &JsonValue) -> JsonValue {
    match value {
        JsonValue::Array(items) => items.iter().map(convert_to_api_keys).collect(),
        JsonValue::Object(map) => {
            let renamed = map.iter().map(|(key, inner)| {
                let mut letters = key.chars();
                let first = letters.next().map(|c| c.to_ascii_lowercase());
                let name: String = first.into_iter().chain(letters).collect();
                let inner = if name == "options" {
                    inner.clone()
                } else {
                    convert_to_api_keys(inner)
                };
                (name, inner)
            });
            json!(renamed.collect::<Map<String, JsonValue>>())
        }
        scalar => scalar.clone(),
    }
}
