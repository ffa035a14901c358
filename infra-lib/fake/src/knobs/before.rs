//! Sets up the state of the fake before a test, and changes it during the test from outside.

use std::time::Duration;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::super::clock::START;
use super::super::execution::{Execution, Stage};
use super::super::stacks::Stack;
use super::super::world::{State, World};
use super::super::{FakeCloud, REGION, names};
use super::StackOptions;
use infra_aws::{
    ChangeSetType, CreateChangeSet, ExecuteChangeSet, ExecutionStatus, LogEvent, OnFailure,
    PutObject, ResourceStatus, StackEvent, TemplateSource,
};

/// State before a test, and changes from outside during it.
impl FakeCloud {
    /// Deploys a stack in the default region, as if it had been deployed a day before the start. Returns its ARN.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn deploy_stack(&self, name: &str, template: &JsonValue) -> String {
        self.deploy_stack_with(name, template, StackOptions::default())
    }

    /// Deploys a stack like [`deploy`](Self::deploy_stack), with parameters, tags and other options. An existing stack is updated.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn deploy_stack_with(
        &self,
        name: &str,
        template: &JsonValue,
        existing: StackOptions,
    ) -> String {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        let at = if now == START {
            START - time::Duration::days(1)
        } else {
            now
        };
        run_deployment(&mut world.state, name, template.to_string(), existing, at)
    }

    /// Updates a stack with `UpdateStack`, as another deployment would; its change sets become obsolete.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn update_stack(&self, name: &str, template: &JsonValue) {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        let mut waiting = world.state.change_sets.clone();
        let id = run_deployment(
            &mut world.state,
            name,
            template.to_string(),
            StackOptions::default(),
            now,
        );
        waiting.retain(|_, set| set.stack_id == id);
        for set in waiting.values_mut() {
            set.execution = ExecutionStatus::Obsolete;
        }
        world.state.change_sets.append(&mut waiting);
    }

    /// Replaces the text of the deployed template of a stack, which `GetTemplate` returns: AWS accepts texts that this fake refuses, such as those with
    /// duplicate keys.
    pub fn set_template_text(&self, stack: &str, text: &str) {
        self.with_stack(stack, |stack, _| {
            text.clone_into(&mut stack.deployed.template);
        });
    }

    /// Sets the status of a stack, as if an operation had ended with it; failed statuses allow a rollback afterwards.
    pub fn set_status(&self, stack: &str, status: &str) {
        self.with_stack(stack, |stack, now| {
            let number = stack.events.len();
            if status.ends_with("_FAILED") || status == "ROLLBACK_COMPLETE" {
                let operation = names::derive_uuid(&format!("operation {number} of {}", stack.id));
                let mut execution = Execution::new(Stage::Suspended, None, operation, now);
                execution.before.deployed = stack.deployed.clone();
                execution.before.resources = stack.resources.clone();
                execution.before.outputs.clone_from(&stack.outputs);
                execution.before.imports.clone_from(&stack.imports);
                stack.execution = Some(execution);
            }
            stack.set_status(now, status, None);
        });
    }

    /// Simulates another operation on a stack: it has the status `during` for this time, then `after`.
    pub fn start_other_operation(&self, stack: &str, during: &str, length: Duration, after: &str) {
        self.with_stack(stack, |stack, now| {
            let token = Some("somebody-else".to_owned());
            let operation =
                names::derive_uuid(&format!("operation of somebody else on {}", stack.id));
            let mut execution = Execution::new(Stage::Busy, token, operation, now + length);
            after.clone_into(&mut execution.final_status);
            stack.execution = Some(execution);
            stack.set_status(now, during, Some("User Initiated".to_owned()));
        });
    }

    /// Makes the change sets of a stack obsolete, as an update without a change set does. See
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html>.
    pub fn obsolete_change_sets(&self, stack: &str) {
        self.lock_world().state.make_obsolete(REGION, stack);
    }

    /// Enables or disables termination protection of a stack, as an administrator would.
    pub fn set_protection(&self, stack: &str, on: bool) {
        self.with_stack(stack, |stack, _| stack.protected = on);
    }

    /// Creates a change set as another tool would, with a stack in review if it does not exist. Returns the ARN of the change set.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn create_foreign_change_set(
        &self,
        stack: &str,
        name: &str,
        template: &JsonValue,
    ) -> String {
        self.create_foreign_change_set_with(stack, name, template, StackOptions::default())
    }

    /// Creates a change set like [`foreign_change_set`](Self::create_foreign_change_set), with parameters, tags and other options.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn create_foreign_change_set_with(
        &self,
        stack: &str,
        name: &str,
        template: &JsonValue,
        existing: StackOptions,
    ) -> String {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        let exists = world
            .state
            .find_stack(REGION, stack)
            .is_some_and(|stack| stack.status != "REVIEW_IN_PROGRESS");
        let request = build_request(stack, name, template.to_string(), exists, existing);
        let created = world
            .state
            .create_change_set(REGION, &request, now)
            .expect("a test sets up what CloudFormation accepts");
        world
            .state
            .complete_change_sets(now + Duration::from_hours(1));
        created.id
    }

    /// Creates an empty S3 bucket; does nothing if a bucket of this name exists.
    pub fn create_bucket(&self, name: &str) {
        self.lock_world()
            .state
            .buckets
            .entry(name.to_owned())
            .or_default();
    }

    /// Puts an object into a bucket, and creates the bucket if it does not exist.
    pub fn put_object(&self, bucket: &str, key: &str, body: &[u8]) {
        let object = PutObject::builder()
            .bucket(bucket)
            .key(key)
            .body(body.to_vec())
            .build();
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        world.state.store_object(object, now);
    }

    /// Provides a template at a URL outside S3, such as that of a nested stack. Only CloudFormation can read it.
    pub fn provide_template(&self, url: &str, template: &JsonValue) {
        let mut world = self.lock_world();
        let pages = &mut world.state.pages;
        pages.insert(url.to_owned(), template.to_string());
    }

    /// Writes lines to a stream of a log group, all with the current time of the fake.
    pub fn write_log(&self, group: &str, stream: &str, lines: &[&str]) {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        let streams = world.state.logs.entry(group.to_owned()).or_default();
        let known = streams.entry(stream.to_owned()).or_default();
        for line in lines {
            known.push(
                LogEvent::builder()
                    .id(format!("{stream}-{}", known.len()))
                    .stream(stream)
                    .time(now)
                    .message((*line).to_owned())
                    .build(),
            );
        }
    }

    /// Changes a live resource outside of CloudFormation. The JSON pointer is relative to its properties; an empty one deletes the resource.
    pub fn drift_resource(&self, stack: &str, logical_id: &str, pointer: &str, actual: &str) {
        self.with_stack(stack, |stack, _| {
            if let Some(resource) = stack.resources.get_mut(logical_id) {
                resource.drift.insert(pointer.to_owned(), actual.to_owned());
            }
        });
    }

    /// Adds this many old events to the history of a stack, dated 30 days before the start.
    pub fn add_past_events(&self, stack: &str, events: usize) {
        self.with_stack(stack, |stack, _| {
            let before = START - time::Duration::days(30);
            for number in 0..events {
                let status = if number % 2 == 0 {
                    "UPDATE_IN_PROGRESS"
                } else {
                    "UPDATE_COMPLETE"
                };
                let event = StackEvent::builder()
                    .id(format!("past-{number:06}"))
                    .stack_id(stack.id.clone())
                    .logical_id(format!("Old{}", number / 2))
                    .type_name("AWS::SQS::Queue")
                    .status(ResourceStatus::new(status))
                    .time(before)
                    .build();
                stack.events.insert(number, event);
            }
        });
    }

    fn with_stack(&self, name: &str, work: impl FnOnce(&mut Stack, OffsetDateTime)) {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        let World { state, .. } = &mut *world;
        let id = state.find_id(REGION, name);
        let id = id.or_else(|| {
            let mut stacks = state.stacks.values();
            stacks
                .find(|stack| stack.name == name)
                .map(|stack| stack.id.clone())
        });
        if let Some(stack) = id.and_then(|id| state.stacks.get_mut(&id)) {
            work(stack, now);
        }
    }
}

fn build_request(
    stack: &str,
    name: &str,
    template: String,
    exists: bool,
    existing: StackOptions,
) -> CreateChangeSet {
    let parameters = existing.parameters.into_iter();
    CreateChangeSet::builder()
        .stack_name(stack)
        .name(name)
        .change_set_type(if exists {
            ChangeSetType::Update
        } else {
            ChangeSetType::Create
        })
        .template(TemplateSource::Body(template))
        .parameters(
            parameters
                .map(|(name, value)| (name, Some(value)))
                .collect(),
        )
        .tags(existing.tags)
        .capabilities(vec!["CAPABILITY_NAMED_IAM".to_owned()])
        .maybe_role_arn(existing.role_arn)
        .description("of somebody else")
        .on_failure(OnFailure::Rollback)
        .token(format!("somebody-else-{name}"))
        .build()
}

/// Deploys a stack from the request to the end of the operation, regardless of time.
fn run_deployment(
    state: &mut State,
    name: &str,
    template: String,
    existing: StackOptions,
    at: OffsetDateTime,
) -> String {
    const ACCEPTED: &str = "a test sets up what CloudFormation accepts";
    let region = match &*existing.region {
        "" => REGION.to_owned(),
        named => named.to_owned(),
    };
    let exists = state.find_stack(&region, name).is_some();
    let set = format!("set-up-{}", state.next_number());
    let mut request = build_request(name, &set, template, exists, existing);
    // An update keeps the values of parameters that are not given.
    let kept = state
        .find_stack(&region, name)
        .map(|stack| stack.deployed.parameters.clone());
    for parameter in kept.unwrap_or_default().into_keys() {
        request.parameters.entry(parameter).or_insert(None);
    }
    let created = state
        .create_change_set(&region, &request, at)
        .expect(ACCEPTED);
    let executed = created.id.clone();
    let execute = ExecuteChangeSet::builder()
        .id(created.id)
        .token(format!("token-of-{set}"))
        .build();
    state.complete_change_sets(at + Duration::from_mins(1));
    let at = at + Duration::from_secs(5);
    state
        .execute_change_set(&region, execute, at)
        .expect(ACCEPTED);
    while let Some((next, stack)) = state.next_family_event(&created.stack_id) {
        state.process_stack_events(&stack, next);
    }
    // The change set of the setup must not affect tests.
    state.change_sets.retain(|id, _| *id != executed);
    created.stack_id
}
