//! Sets up the behavior of the fake during a test.

use std::sync::PoisonError;
use std::time::Duration;

use super::super::clock::START;
use super::super::faults::{Injected, Rate};
use super::super::script::{Failure, TaskRun, Unhealthy};
use super::super::{During, FakeCloud, Fault, When};
use infra_aws::{ChangeSetHook, HookResult, OperationEvent};

/// Behavior during a test: durations, failures, faults and limits.
impl FakeCloud {
    /// Sets the time to create, update or delete a resource, by type or logical ID.
    pub fn takes(&self, what: &str, time: Duration) {
        self.world()
            .state
            .script
            .durations
            .insert(what.to_owned(), time);
    }

    /// Makes work on a resource fail once, with this status reason from its service.
    pub fn fails(&self, logical_id: &str, during: During, reason: &str) {
        self.fails_times(logical_id, during, reason, 1);
    }

    /// Makes work on a resource fail this many times, with this status reason.
    pub fn fails_times(&self, logical_id: &str, during: During, reason: &str, times: u32) {
        let failure = Failure {
            logical_id: logical_id.to_owned(),
            during,
            reason: reason.to_owned(),
            left: times,
        };
        self.world().state.script.failures.push(failure);
    }

    /// Injects a fault into the calls of an operation, such as `DescribeStackEvents`; `*` stands for all operations.
    pub fn inject(&self, operation: &str, fault: Fault, when: When) {
        self.world()
            .faults
            .push(Injected::new(operation, fault, when));
    }

    /// Limits the calls of each CloudFormation operation per second, with a burst after a pause. Further calls are throttled.
    pub fn calls_per_second(&self, calls: u32, burst: u32) {
        let mut world = self.world();
        let now = world.now();
        world.rate = Some(Rate::new(calls, burst, now));
    }

    /// Limits the calls of all CloudFormation operations together, with a burst after a pause. AWS is less strict, since each operation has its own
    /// limit.
    pub fn calls_per_second_of_all(&self, calls: u32, burst: u32) {
        let mut world = self.world();
        let now = world.now();
        world.rate_of_all = Some(Rate::new(calls, burst, now));
    }

    /// Denies the caller an operation: every call of it fails with [`Fault::AccessDenied`].
    pub fn deny(&self, operation: &str) {
        self.inject(operation, Fault::AccessDenied, When::Always);
    }

    /// Makes the credentials expire this long after the start of the fake; later calls fail with `ExpiredToken`.
    pub fn credentials_expire_after(&self, time: Duration) {
        self.world().credentials_expire = Some(START + time);
    }

    /// Renews the credentials after an expiry, so that further calls succeed and they never expire.
    pub fn credentials_are_renewed(&self) {
        self.world().credentials_expire = None;
    }

    /// Makes reads return the state before the last write for this time after it, as an eventually consistent service would.
    pub fn stale_reads(&self, length: Duration) {
        self.world().staleness = length;
    }

    /// Limits the pages of all lists to this number of entries, so that pagination is exercised.
    pub fn page_size(&self, entries: usize) {
        self.world().state.script.page_size = Some(entries);
    }

    /// Delays every call by this time, by the clock of tokio.
    pub fn latency(&self, time: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }

    /// Sets the time until change sets have computed their changes; 3 seconds by default.
    pub fn change_sets_take(&self, time: Duration) {
        self.world().state.script.change_set_takes = Some(time);
    }

    /// Adds a validation event to the next change sets of a stack, which fail unless it is a warning.
    pub fn validation(&self, stack: &str, found: OperationEvent) {
        let mut world = self.world();
        let known = world.state.script.validation.entry(stack.to_owned());
        known.or_default().push(found);
    }

    /// Adds a hook with its result to the next change sets of a stack, which fail if the hook rejects them.
    pub fn hook(&self, stack: &str, hook: ChangeSetHook, result: HookResult) {
        let mut world = self.world();
        let known = world.state.script.hooks.entry(stack.to_owned());
        known.or_default().push((hook, result));
    }

    /// Makes change sets omit changes of free-form properties when property values are requested, with `[WARN]` in the status reason.
    pub fn incomplete_values(&self) {
        self.world().state.script.incomplete_values = true;
    }

    /// Makes the tasks of a service fail until the circuit breaker stops the deployment. The service is named by its logical ID.
    pub fn unhealthy(&self, logical_id: &str, tasks: Unhealthy) {
        let mut world = self.world();
        world
            .state
            .script
            .unhealthy
            .insert(logical_id.to_owned(), tasks);
    }

    /// Sets the course of the next one-off tasks of a task definition family: duration, exit code and log.
    pub fn task_runs(&self, family: &str, run: TaskRun) {
        self.world()
            .state
            .script
            .tasks
            .insert(family.to_owned(), run);
    }

    /// Makes `CancelUpdateStack` succeed without an effect, so that the update continues.
    pub fn cancel_is_ignored(&self) {
        self.world().state.script.cancel_is_ignored = true;
    }

    /// Renames a status in events, as a newer version of the API might report it.
    pub fn renames_status(&self, status: &str, word: &str) {
        let words = &mut self.world().state.script.words;
        words.insert(status.to_owned(), word.to_owned());
    }

    /// Creates change sets for root stacks only, like an endpoint that does not support `IncludeNestedStacks`.
    pub fn ignores_nested_change_sets(&self) {
        self.world().state.script.ignores_nested_change_sets = true;
    }

    /// Uses unknown values in change sets, as a newer version of the API might return them.
    pub fn strange_words(&self) {
        self.world().state.script.strange_words = true;
    }

    /// Makes drift detections end with `DETECTION_FAILED` and this reason. Drift that was found until then is still returned.
    pub fn drift_detection_fails(&self, reason: &str) {
        self.world().state.script.drift_failure = Some(reason.to_owned());
    }

    /// Sets the default region of the cloud; `None` simulates a profile without a region.
    pub fn default_region_is(&self, region: Option<&str>) {
        self.world().default_region = region.map(str::to_owned);
    }

    /// Advances the clock of the fake, for instance between two commands, and processes the events that become due.
    pub fn advance(&self, time: Duration) {
        let mut world = self.world();
        world.clock.advance(time);
        world.now();
    }
}
