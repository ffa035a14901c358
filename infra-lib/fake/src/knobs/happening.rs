//! What happens while a test runs.

use std::sync::PoisonError;
use std::time::Duration;

use super::super::clock::START;
use super::super::faults::{Injected, Rate};
use super::super::script::{Failure, TaskRun, Unhealthy};
use super::super::{During, FakeCloud, Fault, When};
use infra_aws::{ChangeSetHook, HookResult, OperationEvent};

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
