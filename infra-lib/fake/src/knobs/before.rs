//! What is there before a test begins, or happens behind its back.

use std::time::Duration;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::super::clock::START;
use super::super::execution::{Execution, Stage};
use super::super::stacks::Stack;
use super::super::world::{State, World};
use super::super::{FakeCloud, REGION, names};
use super::Existing;
use infra_aws::{
    ChangeSetType, CreateChangeSet, ExecuteChangeSet, ExecutionStatus, LogEvent, OnFailure,
    PutObject, ResourceStatus, StackEvent, TemplateSource,
};

/// What is there before a test begins, or happens behind our back in its course.
impl FakeCloud {
    /// A stack with this template, deployed long ago in the default region; answers its ARN.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn deploy(&self, name: &str, template: &JsonValue) -> String {
        self.deploy_with(name, template, Existing::default())
    }

    /// The same with parameters, tags and the like. A stack that exists is updated: somebody else deployed.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn deploy_with(&self, name: &str, template: &JsonValue, existing: Existing) -> String {
        let mut world = self.world();
        let now = world.now();
        let at = if now == START {
            START - time::Duration::days(1)
        } else {
            now
        };
        deploy(&mut world.state, name, template.to_string(), existing, at)
    }

    /// Somebody else changes a stack with `UpdateStack`: change sets that wait for it are obsolete.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn update_stack(&self, name: &str, template: &JsonValue) {
        let mut world = self.world();
        let now = world.now();
        let mut waiting = world.state.change_sets.clone();
        let id = deploy(
            &mut world.state,
            name,
            template.to_string(),
            Existing::default(),
            now,
        );
        waiting.retain(|_, set| set.stack_id == id);
        for set in waiting.values_mut() {
            set.execution = ExecutionStatus::Obsolete;
        }
        world.state.change_sets.append(&mut waiting);
    }

    /// Makes a stack stand somewhere, as if an operation had ended so.
    pub fn set_status(&self, stack: &str, status: &str) {
        self.with_stack(stack, |stack, now| {
            let number = stack.events.len();
            if status.ends_with("_FAILED") || status == "ROLLBACK_COMPLETE" {
                let operation = names::uuid(&format!("operation {number} of {}", stack.id));
                let mut execution = Execution::new(Stage::Stuck, None, operation, now);
                execution.before.deployed = stack.deployed.clone();
                execution.before.resources = stack.resources.clone();
                execution.before.outputs.clone_from(&stack.outputs);
                execution.before.imports.clone_from(&stack.imports);
                stack.execution = Some(execution);
            }
            stack.turn(now, status, None);
        });
    }

    /// Has somebody else at work on a stack: it is `during` for so long, and then `after`.
    pub fn busy(&self, stack: &str, during: &str, length: Duration, after: &str) {
        self.with_stack(stack, |stack, now| {
            let token = Some("somebody-else".to_owned());
            let operation = names::uuid(&format!("operation of somebody else on {}", stack.id));
            let mut execution = Execution::new(Stage::Busy, token, operation, now + length);
            after.clone_into(&mut execution.ends_as);
            stack.execution = Some(execution);
            stack.turn(now, during, Some("User Initiated".to_owned()));
        });
    }

    /// Somebody changes a stack without a change set: those that are there are obsolete.
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html>
    pub fn obsolete(&self, stack: &str) {
        self.world().state.make_obsolete(REGION, stack);
    }

    /// Turns termination protection on or off.
    pub fn protect(&self, stack: &str, on: bool) {
        self.with_stack(stack, |stack, _| stack.protected = on);
    }

    /// A change set of somebody else; its stack is in review when it does not exist. Answers its ARN.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn foreign_change_set(&self, stack: &str, name: &str, template: &JsonValue) -> String {
        self.foreign_change_set_of(stack, name, template, Existing::default())
    }

    /// The same with parameters and the like.
    ///
    /// # Panics
    ///
    /// If CloudFormation would refuse it.
    pub fn foreign_change_set_of(
        &self,
        stack: &str,
        name: &str,
        template: &JsonValue,
        existing: Existing,
    ) -> String {
        let mut world = self.world();
        let now = world.now();
        let exists = world
            .state
            .find(REGION, stack)
            .is_some_and(|stack| stack.status != "REVIEW_IN_PROGRESS");
        let request = request(stack, name, template.to_string(), exists, existing);
        let created = world
            .state
            .create_change_set(REGION, &request, now)
            .expect("a test sets up what CloudFormation accepts");
        world
            .state
            .work_out_change_sets(now + Duration::from_hours(1));
        created.id
    }

    /// A bucket.
    pub fn bucket(&self, name: &str) {
        self.world()
            .state
            .buckets
            .entry(name.to_owned())
            .or_default();
    }

    /// An object in a bucket.
    pub fn object(&self, bucket: &str, key: &str, body: &[u8]) {
        let object = PutObject::builder()
            .bucket(bucket)
            .key(key)
            .body(body.to_vec())
            .build();
        let mut world = self.world();
        let objects = world.state.buckets.entry(bucket.to_owned()).or_default();
        objects.insert(key.to_owned(), object);
    }

    /// The template at an address outside S3, such as that of a nested stack: CloudFormation reads it, and nobody else can.
    pub fn template_at(&self, url: &str, template: &JsonValue) {
        let mut world = self.world();
        let pages = &mut world.state.pages;
        pages.insert(url.to_owned(), template.to_string());
    }

    /// Lines in a stream of a log group, now.
    pub fn log(&self, group: &str, stream: &str, lines: &[&str]) {
        let mut world = self.world();
        let now = world.now();
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

    /// Somebody changed a live resource: the pointer is below its properties, an empty one stands for its deletion.
    pub fn drift(&self, stack: &str, logical_id: &str, pointer: &str, actual: &str) {
        self.with_stack(stack, |stack, _| {
            if let Some(resource) = stack.resources.get_mut(logical_id) {
                resource.drift.insert(pointer.to_owned(), actual.to_owned());
            }
        });
    }

    /// Adds so many events to the past of a stack.
    pub fn long_past(&self, stack: &str, events: usize) {
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
        let mut world = self.world();
        let now = world.now();
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

fn request(
    stack: &str,
    name: &str,
    template: String,
    exists: bool,
    existing: Existing,
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

/// From the request to the end, whatever the time.
fn deploy(
    state: &mut State,
    name: &str,
    template: String,
    existing: Existing,
    at: OffsetDateTime,
) -> String {
    const ACCEPTED: &str = "a test sets up what CloudFormation accepts";
    let region = match &*existing.region {
        "" => REGION.to_owned(),
        named => named.to_owned(),
    };
    let exists = state.find(&region, name).is_some();
    let set = format!("set-up-{}", state.number());
    let mut request = request(name, &set, template, exists, existing);
    // An update keeps the values of parameters that it does not name.
    let kept = state
        .find(&region, name)
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
    state.work_out_change_sets(at + Duration::from_mins(1));
    let at = at + Duration::from_secs(5);
    state
        .execute_change_set(&region, execute, at)
        .expect(ACCEPTED);
    while let Some((next, stack)) = state.next_in_family(&created.stack_id) {
        state.step(&stack, next);
    }
    // Nobody should stumble over what set-up left.
    state.change_sets.retain(|id, _| *id != executed);
    created.stack_id
}
