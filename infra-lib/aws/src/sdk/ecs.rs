//! Client for Amazon Elastic Container Service over the AWS SDK.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_ecs::config::Builder;
use aws_sdk_ecs::types as sdk;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::{Value as JsonValue, json};

use super::time::{convert_time, time_or_epoch};
use super::{ApiResult, problem, retry, text_or_empty};
use crate::{
    ApiError, ApiErrorKind, Container, Ecs, RunTask, Service, ServiceDeployment, ServiceEvent,
    Task, TaskDefinition,
};

const SERVICE: &str = "ECS";

/// Number of latest service deployments to return.
const DEPLOYMENTS: i32 = 5;

/// Fields that `DescribeTaskDefinition` adds to the registered definition.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html>
const NOT_REGISTERED: [&str; 9] = [
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "deleteRequestedAt",
];

/// ECS client over the AWS SDK.
#[derive(Debug)]
pub(super) struct Client {
    reads: aws_sdk_ecs::Client,
    writes: aws_sdk_ecs::Client,
}

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        let reads = Builder::from(config)
            .retry_config(retry::read_retries())
            .build();
        Self {
            reads: aws_sdk_ecs::Client::from_conf(reads),
            writes: aws_sdk_ecs::Client::new(config),
        }
    }

    async fn find_service(&self, cluster: &str, service: &str) -> ApiResult<Option<sdk::Service>> {
        let answer = self
            .reads
            .describe_services()
            .cluster(cluster)
            .services(service)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DescribeServices"));
        match answer {
            Ok(answer) => Ok(answer.services.unwrap_or_default().into_iter().next()),
            Err(error) if error.kind == ApiErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the deployments in a `DescribeServices` response, for endpoints without the newer operations.
    async fn deployments_of_service(
        &self,
        cluster: &str,
        service: &str,
    ) -> ApiResult<Vec<ServiceDeployment>> {
        let service = self.find_service(cluster, service).await?;
        let deployments = service.and_then(|service| service.deployments);
        let deployments = deployments.unwrap_or_default().into_iter();
        Ok(deployments
            .map(|deployment| ServiceDeployment {
                arn: None,
                status: match deployment.rollout_state {
                    Some(sdk::DeploymentRolloutState::Completed) => "SUCCESSFUL".to_owned(),
                    Some(state) => state.as_str().to_owned(),
                    None => text_or_empty(deployment.status),
                },
                reason: deployment.rollout_state_reason,
                task_definition: text_or_empty(deployment.task_definition),
                desired: deployment.desired_count,
                running: deployment.running_count,
                pending: deployment.pending_count,
                failed: deployment.failed_tasks,
                failure_threshold: None,
                started: convert_time(deployment.created_at),
            })
            .collect())
    }

    /// Returns the task definition of each service revision, by ARN.
    async fn task_definitions(
        &self,
        revisions: Vec<String>,
    ) -> ApiResult<BTreeMap<String, String>> {
        if revisions.is_empty() {
            return Ok(BTreeMap::new());
        }
        let answer = self
            .reads
            .describe_service_revisions()
            .set_service_revision_arns(Some(revisions))
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "DescribeServiceRevisions",
            ))?;
        let revisions = answer.service_revisions.unwrap_or_default().into_iter();
        Ok(revisions
            .map(|revision| {
                (
                    text_or_empty(revision.service_revision_arn),
                    text_or_empty(revision.task_definition),
                )
            })
            .collect())
    }

    async fn newest_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> ApiResult<Vec<ServiceDeployment>> {
        let listed = self
            .reads
            .list_service_deployments()
            .cluster(cluster)
            .service(service)
            .max_results(DEPLOYMENTS)
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "ListServiceDeployments",
            ))?;
        let listed = listed.service_deployments.unwrap_or_default();
        let arns: Vec<String> = listed
            .into_iter()
            .filter_map(|brief| brief.service_deployment_arn)
            .take(DEPLOYMENTS.unsigned_abs() as usize)
            .collect();
        if arns.is_empty() {
            return Ok(Vec::new());
        }
        let described = self
            .reads
            .describe_service_deployments()
            .set_service_deployment_arns(Some(arns))
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "DescribeServiceDeployments",
            ))?;
        let described = described.service_deployments.unwrap_or_default();
        let revisions = described
            .iter()
            .filter_map(|found| found.target_service_revision.as_ref()?.arn.clone())
            .collect();
        let definitions = self.task_definitions(revisions).await?;
        let mut deployments: Vec<_> = described
            .into_iter()
            .map(|found| convert_deployment(found, &definitions))
            .collect();
        // The order of the response is not documented.
        deployments.sort_by_key(|deployment| std::cmp::Reverse(deployment.started));
        Ok(deployments)
    }
}

#[async_trait]
impl Ecs for Client {
    async fn describe_service(&self, cluster: &str, service: &str) -> ApiResult<Option<Service>> {
        Ok(self
            .find_service(cluster, service)
            .await?
            .map(convert_service))
    }

    async fn list_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> ApiResult<Vec<ServiceDeployment>> {
        match self.newest_deployments(cluster, service).await {
            Ok(found) if !found.is_empty() => Ok(found),
            Err(error) if error.kind != ApiErrorKind::Unsupported => Err(error),
            // The service is older than these operations, or the endpoint lacks them.
            _ => self.deployments_of_service(cluster, service).await,
        }
    }

    async fn list_stopped_tasks(&self, cluster: &str, service: &str) -> ApiResult<Vec<Task>> {
        let listed = self
            .reads
            .list_tasks()
            .cluster(cluster)
            .service_name(service)
            .desired_status(sdk::DesiredStatus::Stopped)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListTasks"))?;
        self.describe_tasks(cluster, &listed.task_arns.unwrap_or_default())
            .await
    }

    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> ApiResult<Vec<Task>> {
        let mut found = Vec::new();
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html: at most 100
        for some in arns.chunks(100) {
            let answer = self
                .reads
                .describe_tasks()
                .cluster(cluster)
                .set_tasks(Some(some.to_vec()))
                .send()
                .await
                .map_err(problem::convert_sdk_error(SERVICE, "DescribeTasks"))?;
            found.extend(
                answer
                    .tasks
                    .unwrap_or_default()
                    .into_iter()
                    .map(convert_task),
            );
        }
        Ok(found)
    }

    async fn describe_task_definition(&self, name: &str) -> ApiResult<TaskDefinition> {
        const OPERATION: &str = "DescribeTaskDefinition";
        let answer = CapturedResponse::default();
        let read = self
            .reads
            .describe_task_definition()
            .task_definition(name)
            .include(sdk::TaskDefinitionField::Tags)
            .customize()
            .interceptor(answer.clone())
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, OPERATION))?;
        let unreadable = |error: serde_json::Error| {
            let said = format!("cannot read the response: {error}");
            ApiError::without_response(ApiErrorKind::Network, SERVICE, OPERATION, said, error)
        };
        let known = read
            .task_definition
            .unwrap_or_else(|| sdk::TaskDefinition::builder().build());
        Ok(TaskDefinition {
            arn: text_or_empty(known.task_definition_arn),
            family: text_or_empty(known.family),
            definition: extract_registrable(
                serde_json::from_slice(&answer.captured_bytes()).map_err(unreadable)?,
            ),
        })
    }

    async fn register_task_definition(&self, definition: &JsonValue) -> ApiResult<String> {
        let body = definition.to_string();
        let family = definition["family"].as_str().unwrap_or_default();
        let answer = self
            .writes
            .register_task_definition()
            .family(family)
            .set_container_definitions(Some(Vec::new()))
            .customize()
            // The body is sent unchanged, because the types of this SDK may lack newer fields.
            .mutate_request(move |request| {
                let length = body.len().to_string();
                request.headers_mut().insert("content-length", length);
                *request.body_mut() = SdkBody::from(body.clone());
            })
            .send()
            .await
            .map_err(problem::convert_sdk_error(
                SERVICE,
                "RegisterTaskDefinition",
            ))?;
        Ok(text_or_empty(
            answer
                .task_definition
                .and_then(|made| made.task_definition_arn),
        ))
    }

    async fn run_task(&self, request: RunTask) -> ApiResult<Task> {
        let overrides = request.command.map(|(container, command)| {
            let container = sdk::ContainerOverride::builder()
                .name(container)
                .set_command(Some(command))
                .build();
            sdk::TaskOverride::builder()
                .container_overrides(container)
                .build()
        });
        let answer = self
            .writes
            .run_task()
            .cluster(request.cluster)
            .task_definition(request.task_definition)
            .set_network_configuration(parse_network(&request.network)?)
            .set_launch_type((!request.network.is_null()).then_some(sdk::LaunchType::Fargate))
            .set_overrides(overrides)
            .started_by(request.started_by)
            .client_token(request.token)
            .count(1)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "RunTask"))?;
        if let Some(started) = answer.tasks.unwrap_or_default().into_iter().next() {
            return Ok(convert_task(started));
        }
        // A call that starts no task succeeds with a list of failures.
        let failure = answer.failures.unwrap_or_default().into_iter().next();
        let (reason, detail) = failure.map_or((None, None), |f| (f.reason, f.detail));
        let reason = reason.unwrap_or_else(|| "no task was started".to_owned());
        let said = match detail {
            Some(detail) => format!("{reason}: {detail}"),
            None => reason.clone(),
        };
        Err(ApiError::new(SERVICE, "RunTask", reason, said))
    }

    async fn stop_task(&self, cluster: &str, task: &str, reason: &str) -> ApiResult<()> {
        let call = self
            .writes
            .stop_task()
            .cluster(cluster)
            .task(task)
            .reason(reason);
        call.send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "StopTask"))?;
        Ok(())
    }

    async fn update_service(
        &self,
        cluster: &str,
        service: &str,
        task_definition: &str,
    ) -> ApiResult<()> {
        self.writes
            .update_service()
            .cluster(cluster)
            .service(service)
            .task_definition(task_definition)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "UpdateService"))?;
        Ok(())
    }

    async fn roll_back_deployment(&self, deployment: &str) -> ApiResult<()> {
        self.writes
            .stop_service_deployment()
            .service_deployment_arn(deployment)
            .stop_type(sdk::StopServiceDeploymentStopType::Rollback)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "StopServiceDeployment"))?;
        Ok(())
    }
}

/// Returns the part of a `DescribeTaskDefinition` response that can be registered again.
fn extract_registrable(mut answer: JsonValue) -> JsonValue {
    let tags = answer["tags"].take();
    let mut definition = answer["taskDefinition"].take();
    if let Some(fields) = definition.as_object_mut() {
        fields.retain(|name, _| !NOT_REGISTERED.contains(&name.as_str()));
        if tags.as_array().is_some_and(|tags| !tags.is_empty()) {
            fields.insert("tags".to_owned(), tags);
        }
    }
    definition
}

fn convert_service(service: sdk::Service) -> Service {
    let events = service.events.unwrap_or_default().into_iter();
    let network = service
        .network_configuration
        .and_then(|network| network.awsvpc_configuration);
    Service {
        arn: text_or_empty(service.service_arn),
        name: text_or_empty(service.service_name),
        desired: service.desired_count,
        running: service.running_count,
        pending: service.pending_count,
        task_definition: text_or_empty(service.task_definition),
        events: events
            .map(|event| ServiceEvent {
                id: text_or_empty(event.id),
                time: time_or_epoch(event.created_at),
                message: text_or_empty(event.message),
            })
            .collect(),
        network: network.map_or(JsonValue::Null, |network| {
            let mut words = json!({
                "subnets": network.subnets,
                "securityGroups": network.security_groups.unwrap_or_default(),
            });
            if let Some(assign) = network.assign_public_ip {
                words["assignPublicIp"] = assign.as_str().into();
            }
            words
        }),
    }
}

/// Converts the network configuration of a one-off task from its JSON form.
fn parse_network(words: &JsonValue) -> ApiResult<Option<sdk::NetworkConfiguration>> {
    let list = |name: &str| -> Vec<String> {
        let items = words[name]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    };
    if words.is_null() {
        return Ok(None);
    }
    let vpc = sdk::AwsVpcConfiguration::builder()
        .set_subnets(Some(list("subnets")))
        .set_security_groups(Some(list("securityGroups")))
        .set_assign_public_ip(words["assignPublicIp"].as_str().map(Into::into))
        .build()
        .map_err(|error| {
            let said = error.to_string();
            ApiError::without_response(ApiErrorKind::Invalid, SERVICE, "RunTask", said, error)
        })?;
    let network = sdk::NetworkConfiguration::builder();
    Ok(Some(network.awsvpc_configuration(vpc).build()))
}

fn convert_deployment(
    found: sdk::ServiceDeployment,
    definitions: &BTreeMap<String, String>,
) -> ServiceDeployment {
    let target = found.target_service_revision;
    let revision = target.as_ref().and_then(|target| target.arn.as_ref());
    let breaker = found.deployment_circuit_breaker;
    ServiceDeployment {
        arn: found.service_deployment_arn,
        status: found
            .status
            .map(|status| status.as_str().to_owned())
            .unwrap_or_default(),
        reason: found.status_reason,
        task_definition: revision
            .and_then(|arn| definitions.get(arn).cloned())
            .unwrap_or_default(),
        desired: target
            .as_ref()
            .map_or(0, |target| target.requested_task_count),
        running: target
            .as_ref()
            .map_or(0, |target| target.running_task_count),
        pending: target
            .as_ref()
            .map_or(0, |target| target.pending_task_count),
        failed: breaker.as_ref().map_or(0, |breaker| breaker.failure_count),
        failure_threshold: breaker.map(|breaker| breaker.threshold),
        started: convert_time(found.started_at.or(found.created_at)),
    }
}

fn convert_task(task: sdk::Task) -> Task {
    let containers = task.containers.unwrap_or_default().into_iter();
    Task {
        arn: text_or_empty(task.task_arn),
        last_status: text_or_empty(task.last_status),
        stop_code: task.stop_code.map(|code| code.as_str().to_owned()),
        stopped_reason: task.stopped_reason,
        task_definition: text_or_empty(task.task_definition_arn),
        containers: containers
            .map(|container| Container {
                name: text_or_empty(container.name),
                exit_code: container.exit_code,
                reason: container.reason,
                health: container
                    .health_status
                    .map(|health| health.as_str().to_owned()),
            })
            .collect(),
        stopped: convert_time(task.stopped_at),
        created: convert_time(task.created_at),
    }
}

/// Interceptor that keeps the body of a response, for fields that the types of the SDK lack.
#[derive(Clone, Default)]
struct CapturedResponse(Arc<Mutex<Vec<u8>>>);

impl CapturedResponse {
    fn captured_bytes(&self) -> Vec<u8> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl fmt::Debug for CapturedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body contains environment variables of containers.
        f.write_str("KeptAnswer")
    }
}

impl Intercept for CapturedResponse {
    fn name(&self) -> &'static str {
        "keep the answer"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(bytes) = context.response().body().bytes() {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = bytes.to_vec();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::extract_registrable;

    #[test]
    fn keeps_unknown_fields_of_task_definition() {
        let answer = json!({
            "taskDefinition": {
                "taskDefinitionArn": "arn:…:task-definition/web:3",
                "family": "web",
                "revision": 3,
                "status": "ACTIVE",
                "containerDefinitions": [{ "name": "web", "fieldOfNextYear": { "a": 1 } }],
                "registeredAt": 1.0,
            },
            "tags": [{ "key": "team", "value": "a" }],
        });
        assert_eq!(
            extract_registrable(answer),
            json!({
                "family": "web",
                "containerDefinitions": [{ "name": "web", "fieldOfNextYear": { "a": 1 } }],
                "tags": [{ "key": "team", "value": "a" }],
            })
        );
    }
}
