//! What tests set up, and what they look at afterwards.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

use serde_json::Value as JsonValue;
use time::OffsetDateTime;

use super::clock::START;
use super::execution::{Execution, Stage};
use super::faults::{Injected, Rate};
use super::names;
use super::script::{Failure, TaskRun, Unhealthy};
use super::stacks::Stack;
use super::world::{State, World};
use super::{Call, During, FakeCloud, Fault, REGION, When};
use infra_aws::{
    ChangeSetHook, ChangeSetSummary, ChangeSetType, CreateChangeSet, ExecuteChangeSet,
    ExecutionStatus, HookResult, LogEvent, OnFailure, OperationEvent, PutObject, ResourceStatus,
    StackDescription, StackEvent, TemplateSource,
};

/// A stack that is there before a test begins.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Existing {
    /// The region; the default region when empty.
    #[builder(default)]
    pub region: String,
    /// Values of parameters.
    #[builder(default)]
    pub parameters: BTreeMap<String, String>,
    /// Tags of the stack.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
    /// The role that CloudFormation works with.
    pub role_arn: Option<String>,
}

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

/// What happens.
impl FakeCloud {
    /// How long it takes to create, change or delete such a resource, by type or logical ID.
    pub fn takes(&self, what: &str, time: Duration) {
        self.world()
            .state
            .script
            .durations
            .insert(what.to_owned(), time);
    }

    /// A resource fails once.
    pub fn fails(&self, logical_id: &str, during: During, reason: &str) {
        self.fails_times(logical_id, during, reason, 1);
    }

    /// A resource fails so many times.
    pub fn fails_times(&self, logical_id: &str, during: During, reason: &str, times: u32) {
        let failure = Failure {
            logical_id: logical_id.to_owned(),
            during,
            reason: reason.to_owned(),
            left: times,
        };
        self.world().state.script.failures.push(failure);
    }

    /// Something goes wrong with calls of an operation, such as `DescribeStackEvents`; `*` is every operation.
    pub fn inject(&self, operation: &str, fault: Fault, when: When) {
        self.world()
            .faults
            .push(Injected::new(operation, fault, when));
    }

    /// CloudFormation lets so many calls of each operation a second through, and `burst` at once after a pause; the
    /// others are throttled.
    pub fn calls_per_second(&self, calls: u32, burst: u32) {
        let mut world = self.world();
        let now = world.now();
        world.rate = Some(Rate::new(calls, burst, now));
    }

    /// CloudFormation lets so many calls of all operations together a second through, and `burst` at once after a pause:
    /// a harder limit than that of AWS, where each operation has its own.
    pub fn calls_per_second_of_all(&self, calls: u32, burst: u32) {
        let mut world = self.world();
        let now = world.now();
        world.rate_of_all = Some(Rate::new(calls, burst, now));
    }

    /// The caller may not call an operation.
    pub fn deny(&self, operation: &str) {
        self.inject(operation, Fault::AccessDenied, When::Always);
    }

    /// The credentials end so long after the start of the fake.
    pub fn credentials_expire_after(&self, time: Duration) {
        self.world().credentials_expire = Some(START + time);
    }

    /// New credentials, which do not end.
    pub fn credentials_are_renewed(&self) {
        self.world().credentials_expire = None;
    }

    /// After each write, reads show what was before it, for so long.
    pub fn stale_reads(&self, length: Duration) {
        self.world().staleness = length;
    }

    /// Lists come in pages of so many entries.
    pub fn page_size(&self, entries: usize) {
        self.world().state.script.page_size = Some(entries);
    }

    /// Every call takes so long.
    pub fn latency(&self, time: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }

    /// How long change sets take to be worked out.
    pub fn change_sets_take(&self, time: Duration) {
        self.world().state.script.change_set_takes = Some(time);
    }

    /// Validation finds something in the next change sets of a stack.
    pub fn validation(&self, stack: &str, found: OperationEvent) {
        let mut world = self.world();
        let known = world.state.script.validation.entry(stack.to_owned());
        known.or_default().push(found);
    }

    /// A hook looks at the next change sets of a stack.
    pub fn hook(&self, stack: &str, hook: ChangeSetHook, result: HookResult) {
        let mut world = self.world();
        let known = world.state.script.hooks.entry(stack.to_owned());
        known.or_default().push((hook, result));
    }

    /// Change sets miss changes of free-form properties when values are asked for, and say `[WARN]`.
    pub fn incomplete_values(&self) {
        self.world().state.script.incomplete_values = true;
    }

    /// The tasks of a service, by its logical ID, fail until ECS gives up.
    pub fn unhealthy(&self, logical_id: &str, tasks: Unhealthy) {
        let mut world = self.world();
        world
            .state
            .script
            .unhealthy
            .insert(logical_id.to_owned(), tasks);
    }

    /// How the next one-off tasks of a family go.
    pub fn task_runs(&self, family: &str, run: TaskRun) {
        self.world()
            .state
            .script
            .tasks
            .insert(family.to_owned(), run);
    }

    /// `CancelUpdateStack` is accepted and nothing comes of it.
    pub fn cancel_is_ignored(&self) {
        self.world().state.script.cancel_is_ignored = true;
    }

    /// Events use another word for a status: one that came after us.
    pub fn renames_status(&self, status: &str, word: &str) {
        let words = &mut self.world().state.script.words;
        words.insert(status.to_owned(), word.to_owned());
    }

    /// Change sets are of root stacks alone, as of an endpoint that does not know `IncludeNestedStacks`.
    pub fn ignores_nested_change_sets(&self) {
        self.world().state.script.ignores_nested_change_sets = true;
    }

    /// Change sets use words that nobody knows yet.
    pub fn strange_words(&self) {
        self.world().state.script.strange_words = true;
    }

    /// Comparisons with what is there end as `DETECTION_FAILED`, for this reason. What they found until then is told.
    pub fn drift_detection_fails(&self, reason: &str) {
        self.world().state.script.drift_failure = Some(reason.to_owned());
    }

    /// The region of stacks that name none; `None` for a profile without one.
    pub fn default_region_is(&self, region: Option<&str>) {
        self.world().default_region = region.map(str::to_owned);
    }

    /// Lets time pass between two commands.
    pub fn advance(&self, time: Duration) {
        let mut world = self.world();
        world.clock.advance(time);
        world.now();
    }
}

/// What became of it.
impl FakeCloud {
    /// The operations that were called, in order.
    pub fn calls(&self) -> Vec<String> {
        let world = self.world();
        world
            .calls
            .iter()
            .map(|call| call.operation.clone())
            .collect()
    }

    /// The operations that change something and that arrived, in order.
    pub fn writes(&self) -> Vec<String> {
        let world = self.world();
        let arrived =
            |call: &&Call| call.write && matches!(call.fault, None | Some(Fault::ReplyLost));
        let writes = world.calls.iter().filter(arrived);
        writes.map(|call| call.operation.clone()).collect()
    }

    /// Every call with what it was about.
    pub fn call_log(&self) -> Vec<Call> {
        self.world().calls.clone()
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        let since = self.world().now() - START;
        since.try_into().unwrap_or_default()
    }

    /// Where a stack of that name or ARN stands; `None` when there is none.
    pub fn status(&self, stack: &str) -> Option<String> {
        self.stack(stack)
            .map(|stack| stack.status.as_str().to_owned())
    }

    /// A stack in the default region, as AWS describes it.
    pub fn stack(&self, stack: &str) -> Option<StackDescription> {
        let mut world = self.world();
        world.now();
        world.state.find(REGION, stack).map(Stack::describe)
    }

    /// The resources of a stack, by logical ID, with their physical IDs.
    pub fn live(&self, stack: &str) -> BTreeMap<String, String> {
        let mut world = self.world();
        world.now();
        let resources = world
            .state
            .find(REGION, stack)
            .map(|stack| stack.resources.clone());
        let resources = resources.unwrap_or_default().into_iter();
        resources
            .filter_map(|(id, resource)| Some((id, resource.physical_id?)))
            .collect()
    }

    /// A property of a deployed resource, by pointer.
    pub fn property(&self, stack: &str, logical_id: &str, pointer: &str) -> Option<JsonValue> {
        let mut world = self.world();
        world.now();
        let resource = world.state.find(REGION, stack)?.resources.get(logical_id)?;
        JsonValue::Object(resource.properties.clone())
            .pointer(pointer)
            .cloned()
    }

    /// The events of a stack, oldest first.
    pub fn stack_events(&self, stack: &str) -> Vec<StackEvent> {
        let mut world = self.world();
        world.now();
        let found = world.state.find(REGION, stack);
        found.map(|stack| stack.events.clone()).unwrap_or_default()
    }

    /// The change sets of a stack in the default region.
    pub fn change_sets(&self, stack: &str) -> Vec<ChangeSetSummary> {
        let mut world = self.world();
        world.now();
        world
            .state
            .list_change_sets(REGION, stack)
            .unwrap_or_default()
    }

    /// The objects of a bucket, by key, as they were uploaded.
    pub fn objects(&self, bucket: &str) -> BTreeMap<String, PutObject> {
        self.world()
            .state
            .buckets
            .get(bucket)
            .cloned()
            .unwrap_or_default()
    }

    /// The paths of every invalidation.
    pub fn invalidations(&self) -> Vec<Vec<String>> {
        let world = self.world();
        world
            .state
            .invalidations
            .values()
            .map(|(paths, _)| paths.clone())
            .collect()
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
