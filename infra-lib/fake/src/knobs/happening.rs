//! Sets up the behavior of the fake during a test.

use std::sync::PoisonError;
use std::time::Duration;

use super::super::clock::START;
use super::super::faults::{InjectedFault, RateLimit};
use super::super::script::{Failure, TaskRun, UnhealthyTasks};
use super::super::{FailurePhase, FakeCloud, Fault, FaultTiming};
use infra_aws::{ChangeSetHook, HookResult, OperationEvent};

/// Behavior during a test: durations, failures, faults and limits.
impl FakeCloud {
    /// Sets the time to create, update or delete a resource, by type or logical ID.
    pub fn set_duration(&self, what: &str, time: Duration) {
        self.lock_world()
            .state
            .script
            .durations
            .insert(what.to_owned(), time);
    }

    /// Makes work on a resource fail once, with this status reason from its service.
    pub fn fail_resource(&self, logical_id: &str, during: FailurePhase, reason: &str) {
        self.fail_resource_times(logical_id, during, reason, 1);
    }

    /// Makes work on a resource fail this many times, with this status reason.
    pub fn fail_resource_times(
        &self,
        logical_id: &str,
        during: FailurePhase,
        reason: &str,
        times: u32,
    ) {
        let failure = Failure {
            logical_id: logical_id.to_owned(),
            during,
            reason: reason.to_owned(),
            left: times,
        };
        self.lock_world().state.script.failures.push(failure);
    }

    /// Injects a fault into the calls of an operation, such as `DescribeStackEvents`; `*` stands for all operations.
    pub fn inject_fault(&self, operation: &str, fault: Fault, when: FaultTiming) {
        self.lock_world()
            .faults
            .push(InjectedFault::new(operation, fault, when));
    }

    /// Limits the calls of each CloudFormation operation per second, with a burst after a pause. Further calls are throttled.
    pub fn limit_calls(&self, calls: u32, burst: u32) {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        world.rate = Some(RateLimit::new(calls, burst, now));
    }

    /// Limits the calls of all CloudFormation operations together, with a burst after a pause. AWS is less strict, since each operation has its own
    /// limit.
    pub fn limit_all_calls(&self, calls: u32, burst: u32) {
        let mut world = self.lock_world();
        let now = world.advance_to_now();
        world.rate_of_all = Some(RateLimit::new(calls, burst, now));
    }

    /// Denies the caller an operation: every call of it fails with [`Fault::AccessDenied`].
    pub fn deny_operation(&self, operation: &str) {
        self.inject_fault(operation, Fault::AccessDenied, FaultTiming::Always);
    }

    /// Makes the credentials expire this long after the start of the fake; later calls fail with `ExpiredToken`.
    pub fn expire_credentials_after(&self, time: Duration) {
        self.lock_world().credentials_expire = Some(START + time);
    }

    /// Renews the credentials after an expiry, so that further calls succeed and they never expire.
    pub fn renew_credentials(&self) {
        self.lock_world().credentials_expire = None;
    }

    /// Makes reads return the state before the last write for this time after it, as an eventually consistent service would.
    pub fn return_stale_reads(&self, length: Duration) {
        self.lock_world().staleness = length;
    }

    /// Limits the pages of all lists to this number of entries, so that pagination is exercised.
    pub fn set_page_size(&self, entries: usize) {
        self.lock_world().state.script.page_size = Some(entries);
    }

    /// Delays every call by this time, by the clock of tokio.
    pub fn set_latency(&self, time: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }

    /// Sets the time until change sets have computed their changes; 3 seconds by default.
    pub fn set_change_set_duration(&self, time: Duration) {
        self.lock_world().state.script.change_set_takes = Some(time);
    }

    /// Adds a validation event to the next change sets of a stack, which fail unless it is a warning.
    pub fn add_validation(&self, stack: &str, found: OperationEvent) {
        let mut world = self.lock_world();
        let known = world.state.script.validation.entry(stack.to_owned());
        known.or_default().push(found);
    }

    /// Adds a hook with its result to the next change sets of a stack, which fail if the hook rejects them.
    pub fn add_hook(&self, stack: &str, hook: ChangeSetHook, result: HookResult) {
        let mut world = self.lock_world();
        let known = world.state.script.hooks.entry(stack.to_owned());
        known.or_default().push((hook, result));
    }

    /// Makes change sets omit changes of free-form properties when property values are requested, with `[WARN]` in the status reason.
    pub fn omit_free_form_changes(&self) {
        self.lock_world().state.script.incomplete_values = true;
    }

    /// Makes the tasks of a service fail until the circuit breaker stops the deployment. The service is named by its logical ID.
    pub fn fail_service_tasks(&self, logical_id: &str, tasks: UnhealthyTasks) {
        let mut world = self.lock_world();
        world
            .state
            .script
            .unhealthy
            .insert(logical_id.to_owned(), tasks);
    }

    /// Sets the course of the next one-off tasks of a task definition family: duration, exit code and log.
    pub fn set_task_run(&self, family: &str, run: TaskRun) {
        self.lock_world()
            .state
            .script
            .tasks
            .insert(family.to_owned(), run);
    }

    /// Makes `CancelUpdateStack` succeed without an effect, so that the update continues.
    pub fn ignore_cancellations(&self) {
        self.lock_world().state.script.cancel_is_ignored = true;
    }

    /// Renames a status in events, as a newer version of the API might report it.
    pub fn rename_status(&self, status: &str, word: &str) {
        let words = &mut self.lock_world().state.script.status_names;
        words.insert(status.to_owned(), word.to_owned());
    }

    /// Creates change sets for root stacks only, like an endpoint that does not support `IncludeNestedStacks`.
    pub fn ignore_nested_change_sets(&self) {
        self.lock_world().state.script.ignores_nested_change_sets = true;
    }

    /// Uses unknown values in change sets, as a newer version of the API might return them.
    pub fn return_unknown_values(&self) {
        self.lock_world().state.script.unknown_values = true;
    }

    /// Makes drift detections end with `DETECTION_FAILED` and this reason. Drift that was found until then is still returned.
    pub fn fail_drift_detection(&self, reason: &str) {
        self.lock_world().state.script.drift_failure = Some(reason.to_owned());
    }

    /// Sets the default region of the cloud; `None` simulates a profile without a region.
    pub fn set_default_region(&self, region: Option<&str>) {
        self.lock_world().default_region = region.map(str::to_owned);
    }

    /// Advances the clock of the fake, for instance between two commands, and processes the events that become due.
    pub fn advance_clock(&self, time: Duration) {
        let mut world = self.lock_world();
        world.clock.advance_by(time);
        world.advance_to_now();
    }
}
