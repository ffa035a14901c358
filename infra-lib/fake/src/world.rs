//! State of the fake, and the passage of time in it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use time::OffsetDateTime;

use super::change_sets::ChangeSet;
use super::clock::Clock;
use super::drift::Detection;
use super::ecs::EcsState;
use super::evaluate::{KnownResource, Scope};
use super::facts::Facts;
use super::faults::{Fault, InjectedFault, RateLimit};
use super::logs::Streams;
use super::names;
use super::objects::Object;
use super::refactor::Refactor;
use super::script::Script;
use super::stacks::{Resource, Stack};
use infra_aws::{ApiError, RegistryImage};
use infra_template::Template;

/// Call that was made to the fake, whether it succeeded or failed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// Name of the operation as in the API, such as `CreateChangeSet`.
    pub operation: String,
    /// Target of the call, such as a stack, change set or bucket; `*` if it has none.
    pub target: String,
    /// Time at which the call arrived, relative to the start of the fake.
    pub at: Duration,
    /// ARN of the role whose credentials were used; `None` for the user's own.
    pub role: Option<String>,
    /// True if the operation changes the state of AWS, false for reads.
    pub write: bool,
    /// Fault that was injected into the call; `None` if it reached the service.
    pub fault: Option<Fault>,
}

/// State of AWS in all regions: stacks, change sets, and resources of other services.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// Stacks by ARN. Deleted ones remain, as AWS keeps them for 90 days.
    pub(super) stacks: BTreeMap<String, Stack>,
    /// Change sets by ARN.
    pub(super) change_sets: BTreeMap<String, ChangeSet>,
    pub(super) detections: BTreeMap<String, Detection>,
    pub(super) refactors: BTreeMap<String, Refactor>,
    pub(super) containers: EcsState,
    /// Log groups by name, each with its streams.
    pub(super) logs: BTreeMap<String, Streams>,
    /// Buckets by name, each with its objects by key.
    pub(super) buckets: BTreeMap<String, BTreeMap<String, Object>>,
    /// Names of the buckets that keep previous versions of objects.
    pub(super) versioned_buckets: BTreeSet<String>,
    /// Templates at URLs outside S3, which only CloudFormation can read.
    pub(super) pages: BTreeMap<String, String>,
    /// Invalidations by ID, with their paths and start times.
    pub(super) invalidations: BTreeMap<String, (Vec<String>, OffsetDateTime)>,
    /// Values of the SSM Parameter Store, by name.
    pub(super) parameters: BTreeMap<String, String>,
    /// ECR repositories by name, each with its images in the order of their pushes.
    pub(super) repositories: BTreeMap<String, Vec<RegistryImage>>,
    /// ARNs of roles that cannot be assumed.
    pub(super) denied_roles: BTreeSet<String>,
    /// Resources for context lookups.
    pub(super) facts: Facts,
    pub(super) script: Script,
    numbers: u64,
}

impl State {
    /// Returns the next number of the sequence that names are derived from.
    pub(super) fn next_number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// Processes all events that are due, in order.
    pub(super) fn process_due_events(&mut self, now: OffsetDateTime) {
        loop {
            let stacks = self.stacks.values().filter_map(|stack| {
                let next = stack.execution.as_ref()?.next_event_time()?;
                Some((next, stack.id.clone()))
            });
            let Some((at, id)) = stacks.min().filter(|(at, _)| *at <= now) else {
                break;
            };
            self.stop_due_tasks(at);
            self.process_stack_events(&id, at);
        }
        self.stop_due_tasks(now);
        self.complete_change_sets(now);
    }

    /// Returns a stack by name or ARN; deleted ones only by ARN.
    pub(super) fn find_stack(&self, region: &str, stack: &str) -> Option<&Stack> {
        if stack.starts_with("arn:") {
            return self.stacks.get(stack);
        }
        self.stacks.values().find(|known| {
            known.region == region && known.name == stack && known.status != "DELETE_COMPLETE"
        })
    }

    /// Returns the ARN of a stack by name or ARN.
    pub(super) fn find_id(&self, region: &str, stack: &str) -> Option<String> {
        self.find_stack(region, stack).map(|stack| stack.id.clone())
    }

    /// Returns the names of the stacks that import an export.
    pub(super) fn list_importers(&self, region: &str, export: &str) -> Vec<String> {
        let users = self.stacks.values().filter(|stack| {
            stack.region == region
                && stack.status != "DELETE_COMPLETE"
                && stack.imports.contains(export)
        });
        let names: BTreeSet<String> = users.map(|stack| stack.name.clone()).collect();
        names.into_iter().collect()
    }

    /// Returns the scope in which a template of a stack is evaluated now.
    pub(super) fn current_scope<'t>(&self, stack: &Stack, template: &'t Template) -> Scope<'t> {
        let target = stack.execution.as_ref().map(|e| &e.target);
        let target = target.filter(|target| !target.template.is_empty());
        let parameters = target.unwrap_or(&stack.deployed).parameters.clone();
        self.scope_with(stack, template, parameters)
    }

    /// Returns the scope with other parameter values.
    pub(super) fn scope_with<'t>(
        &self,
        stack: &Stack,
        template: &'t Template,
        parameters: BTreeMap<String, String>,
    ) -> Scope<'t> {
        let others = || {
            self.stacks
                .values()
                .filter(|s| s.status != "DELETE_COMPLETE")
        };
        let exports = others()
            .filter(|other| other.region == stack.region)
            .flat_map(|other| {
                let outputs = other.outputs.iter();
                outputs
                    .filter_map(|output| Some((output.export_name.clone()?, output.value.clone())))
            });
        let outputs = others().flat_map(|other| {
            let outputs = other.outputs.iter();
            outputs.map(|o| ((other.name.clone(), o.name.clone()), o.value.clone()))
        });
        let known = |resource: &Resource| {
            let physical_id = resource.physical_id.clone()?;
            Some(KnownResource {
                type_name: resource.type_name.clone(),
                physical_id,
                properties: resource.properties.clone(),
            })
        };
        Scope {
            template,
            stack: stack.name.clone(),
            stack_id: stack.id.clone(),
            region: stack.region.clone(),
            parameters,
            resources: stack
                .resources
                .iter()
                .filter_map(|(id, resource)| Some((id.clone(), known(resource)?)))
                .collect(),
            exports: exports.collect(),
            outputs: outputs.collect(),
        }
    }

    /// Makes a new physical resource known to the other services.
    pub(super) fn register_physical_resource(
        &mut self,
        stack: &Stack,
        id: &str,
        at: OffsetDateTime,
    ) {
        let Some(resource) = stack.resources.get(id) else {
            return;
        };
        let Some(physical_id) = resource.physical_id.clone() else {
            return;
        };
        match &*resource.type_name {
            "AWS::S3::Bucket" => {
                self.buckets.entry(physical_id).or_default();
            }
            "AWS::Logs::LogGroup" => {
                self.logs.entry(physical_id).or_default();
            }
            "AWS::ECS::TaskDefinition" => {
                self.containers.register_definition(&physical_id, resource);
            }
            "AWS::ECS::Service" => {
                let tasks = self.script.unhealthy.get(id).cloned();
                self.containers
                    .create_service(&physical_id, &resource.properties, tasks, at);
            }
            _ => {}
        }
    }

    /// Removes a physical resource from the other services.
    pub(super) fn remove_physical_resource(&mut self, resource: &Resource) {
        let Some(physical_id) = &resource.physical_id else {
            return;
        };
        match &*resource.type_name {
            "AWS::S3::Bucket" => {
                self.buckets.remove(physical_id);
            }
            "AWS::Logs::LogGroup" => {
                self.logs.remove(physical_id);
            }
            "AWS::ECS::Service" => self.containers.remove_service(physical_id),
            _ => {}
        }
    }
}

/// AWS, and the network to it.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) clock: Clock,
    pub(super) state: State,
    pub(super) faults: Vec<InjectedFault>,
    /// Rate limit of each operation, and the current buckets.
    pub(super) rate: Option<RateLimit>,
    pub(super) rates: BTreeMap<&'static str, RateLimit>,
    /// Rate limit of all operations together.
    pub(super) rate_of_all: Option<RateLimit>,
    pub(super) calls: Vec<Call>,
    /// Time for which reads may return the state before a write.
    pub(super) staleness: Duration,
    pub(super) stale: Option<(OffsetDateTime, Box<State>)>,
    pub(super) credentials_expire: Option<OffsetDateTime>,
    pub(super) default_region: Option<String>,
}

/// Parameters of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    pub(super) target: &'a str,
    pub(super) role: Option<&'a str>,
    pub(super) write: bool,
}

impl World {
    /// Returns the current time, after processing all events that are due.
    pub(super) fn advance_to_now(&mut self) -> OffsetDateTime {
        let now = self.clock.now();
        self.state.process_due_events(now);
        now
    }

    /// Makes a call, unless a fault prevents it.
    pub(super) fn make_call<R>(
        &mut self,
        request: Request<'_>,
        work: impl FnOnce(&mut State, OffsetDateTime) -> Result<R, ApiError>,
    ) -> Result<R, ApiError> {
        let now = self.advance_to_now();
        let mut fault = None;
        for injected in &mut self.faults {
            fault = fault.or_else(|| injected.match_call(request.operation, now));
        }
        let counts = fault.is_none() && request.service == "CloudFormation";
        if counts
            && self
                .rate_of_all
                .as_mut()
                .is_some_and(|rate| !rate.try_take_token(now))
        {
            fault = Some(Fault::Throttled);
        }
        if counts
            && let Some(limit) = &self.rate
            && !self
                .rates
                .entry(request.operation)
                .or_insert_with(|| limit.clone())
                .try_take_token(now)
        {
            fault = Some(Fault::Throttled);
        }
        if self.credentials_expire.is_some_and(|end| end <= now) {
            fault = Some(Fault::ExpiredCredentials);
        }
        let since = now - super::START;
        self.calls.push(Call {
            operation: request.operation.to_owned(),
            target: request.target.to_owned(),
            at: since.try_into().unwrap_or_default(),
            role: request.role.map(str::to_owned),
            write: request.write,
            fault: fault.clone(),
        });
        let error = fault.as_ref().map(|fault| {
            let resource = match request.service {
                "CloudFormation" if !request.target.starts_with("arn:") => format!(
                    "arn:aws:cloudformation:eu-west-1:{}:stack/{}/*",
                    names::ACCOUNT,
                    request.target
                ),
                _ => request.target.to_owned(),
            };
            fault.to_api_error(
                request.service,
                request.operation,
                names::PRINCIPAL,
                &resource,
            )
        });
        if let Some(error) = error {
            if matches!(fault, Some(Fault::ReplyLost | Fault::Unreadable)) {
                work(&mut self.state, now)?;
            }
            return Err(error);
        }
        if request.write && !self.staleness.is_zero() {
            self.stale = Some((now + self.staleness, Box::new(self.state.clone())));
        }
        match &mut self.stale {
            Some((until, before)) if !request.write && *until > now => work(before, now),
            _ => work(&mut self.state, now),
        }
    }
}
