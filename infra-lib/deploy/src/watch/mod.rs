//! Polls a stack until its operation has ended: the one loop that every operation waits in.
//!
//! The loop reads events only, newest first, until one that was seen before. The last event of the stack itself decides the result; the stack is then
//! described once, to confirm it and to read its outputs. Failed reads are retried, because the operation continues in AWS regardless.

mod look;
mod nested;
mod region;
mod schedule;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use infra_core::{Diagnostic, codes};
use time::OffsetDateTime;
use tokio::time::{Instant, sleep};

use crate::error::{Class, Error};
use crate::event::{Event, Progress, TaskEvidence, Waiting};
use crate::operation::Reporter;
use infra_aws::{
    ApiErrorKind, Cloud, CloudFormation, ResourceStatus, StackDescription, StackEvent, StackStatus,
};
use infra_template::ResourceName;
use infra_template::assembly::ResourceOrigin;

pub(crate) use nested::add_nested_events;
pub(crate) use region::region_of;

use look::EventCursor;
use nested::Children;
use schedule::{Schedule, backoff_delay};

/// Time without a readable response from CloudFormation after which polling stops; the operation itself continues in AWS.
pub const GIVE_UP_AFTER: Duration = Duration::from_mins(15);

/// Tolerated difference between the local clock and that of AWS, for operations whose start is known by the local clock only.
pub(crate) const CLOCK_SKEW: time::Duration = time::Duration::seconds(2);

/// Number of consecutive unreadable replies after which polling stops, because the endpoint speaks another protocol.
const UNREADABLE_LOOKS: u32 = 5;

/// Time after a creation during which "not found" counts as replication delay.
const SETTLING: Duration = Duration::from_secs(10);

/// Interval of progress events while nothing changes.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// Inspects resources that CloudFormation is waiting for, while they still exist: a rollback removes them.
#[async_trait]
pub trait Observer: Send + Sync {
    /// Inspects the resources in progress. Called after each poll of the stack; must not fail and should return quickly.
    async fn observe_resources(&mut self, waiting: &[Waiting], reporter: &Reporter);

    /// Returns the evidence collected so far.
    fn take_evidence(&mut self) -> Vec<TaskEvidence>;
}

/// A stack operation to follow, with everything the poll loop needs to report on it.
#[non_exhaustive]
pub struct Following {
    /// AWS with the credentials that can read the events of the stack.
    pub cloud: Arc<dyn Cloud>,
    /// Region that the stack is deployed in, such as `eu-west-1`.
    pub region: String,
    /// Name of the stack as it appears in events and findings.
    pub stack: String,
    /// ARN of the stack. CloudFormation no longer finds a deleted stack by its name.
    pub stack_id: String,
    /// Construct paths and source locations of the resources, by logical ID, for use in events.
    pub origins: BTreeMap<String, ResourceOrigin>,
    /// Earliest time of events to report, by the clock of AWS; ignored when `after` is set.
    pub since: OffsetDateTime,
    /// ID of the newest event before the operation, if known. All later events belong to the operation, whatever the clocks show.
    pub after: Option<String>,
    /// Number of resources that change, reported with the progress; 0 when unknown.
    pub total: usize,
    /// Expected duration of the operation in seconds, reported with the progress.
    pub typical_secs: Option<u64>,
    /// Time limit after which following ends without a result; `None` waits until the operation ends.
    pub timeout: Option<Duration>,
    /// Longest interval between two polls, 5 seconds by default; the first polls are quicker.
    pub poll_interval: Duration,
    /// Observer that is called after each poll with the resources in progress, such as ECS services.
    pub observer: Option<Box<dyn Observer>>,
}

impl std::fmt::Debug for Following {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Following")
            .field("stack_id", &self.stack_id)
            .finish_non_exhaustive()
    }
}

impl Following {
    /// Follows a stack from now on. All optional fields are empty, and no time limit applies.
    pub fn new(cloud: Arc<dyn Cloud>, region: &str, stack: &str, stack_id: &str) -> Self {
        let since = cloud.current_time().saturating_sub(CLOCK_SKEW);
        Self {
            cloud,
            region: region.to_owned(),
            stack: stack.to_owned(),
            stack_id: stack_id.to_owned(),
            origins: BTreeMap::new(),
            since,
            after: None,
            total: 0,
            typical_secs: None,
            timeout: None,
            poll_interval: Duration::from_secs(5),
            observer: None,
        }
    }

    /// Returns all names of the resource that an event is about.
    fn resource_name(&self, event: &StackEvent) -> ResourceName {
        let origin = self.origins.get(&event.logical_id);
        ResourceName::builder()
            .stack(self.stack.clone())
            .logical_id(event.logical_id.clone())
            .type_name(event.type_name.clone())
            .maybe_physical_id(event.physical_id.clone().filter(|id| !id.is_empty()))
            .maybe_construct_path(origin.map(|origin| origin.construct_path.clone()))
            .maybe_source(origin.and_then(|origin| origin.source.clone()))
            .build()
    }
}

/// Result of following a stack operation to its end, or to the time limit.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Followed {
    /// Last known status of the stack, from its events or its description.
    pub status: StackStatus,
    /// The stack after the operation; `None` if it was deleted or the time limit passed.
    pub stack: Option<StackDescription>,
    /// All events of the operation in the order of time, including those of nested stacks.
    pub events: Vec<StackEvent>,
    /// Evidence about stopped tasks, which the observer read while they existed.
    pub evidence: Vec<TaskEvidence>,
    /// True if the time limit passed before the operation had ended.
    pub timed_out: bool,
    /// Time from the first poll to the end of the operation or the time limit.
    pub elapsed: Duration,
}

/// Polls a stack until no operation is in progress, and reports each event.
///
/// # Errors
///
/// When the credentials expire or lack a permission, or when CloudFormation gives no readable response for [`GIVE_UP_AFTER`]. The operation continues
/// in AWS; the finding names the command that reattaches to it.
pub async fn follow_stack(
    mut following: Following,
    reporter: &Reporter,
) -> Result<Followed, Error> {
    let client = following.cloud.cloudformation_client(&following.region);
    let mut schedule = Schedule::new(&following.stack_id, following.poll_interval);
    let mut state = State::new();
    let mut look = EventCursor::new(following.after.take(), following.since);
    let mut children = Children::default();
    loop {
        sleep(schedule.next()).await;
        match look.read_new_events(&*client, &following.stack_id).await {
            Ok(mut events) => {
                state.report_answer(reporter);
                children.add_to(&mut events, &*client, false).await;
                state.record_events(events, &children, &following, reporter);
                if let Some(ended) = state.check_end(&following, &*client, reporter).await? {
                    let mut last = Vec::new();
                    children.add_to(&mut last, &*client, true).await;
                    state.record_events(last, &children, &following, reporter);
                    state.events.sort_by_key(|event| event.time);
                    return Ok(state.into_followed(following, ended, false));
                }
            }
            Err(error)
                if error.kind == ApiErrorKind::NotFound && state.started.elapsed() < SETTLING => {}
            Err(error) => state.record_failure(&following, error, reporter)?,
        }
        if let Some(observer) = &mut following.observer {
            observer
                .observe_resources(&state.list_waiting(), reporter)
                .await;
        }
        state.send_progress(&following, reporter);
        if following
            .timeout
            .is_some_and(|limit| state.started.elapsed() >= limit)
        {
            let status = state.stack_status.clone().unwrap_or_default();
            return Ok(state.into_followed(following, (status, None), true));
        }
        if state.failures > 0 {
            sleep(backoff_delay(state.failures)).await;
        }
    }
}

/// State of the poll loop.
struct State {
    started: Instant,
    events: Vec<StackEvent>,
    /// Resources in progress, by logical ID.
    open: BTreeMap<String, Open>,
    /// Last status of each resource that is done, by logical ID.
    done: BTreeMap<String, ResourceStatus>,
    stack_status: Option<StackStatus>,
    serving: bool,
    failures: u32,
    unreadable: u32,
    silent_since: Instant,
    last_progress: Instant,
    last_done: usize,
}

struct Open {
    name: ResourceName,
    status: ResourceStatus,
    reason: Option<String>,
    since: Instant,
    begun: OffsetDateTime,
}

impl State {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            started: now,
            events: Vec::new(),
            open: BTreeMap::new(),
            done: BTreeMap::new(),
            stack_status: None,
            serving: false,
            failures: 0,
            unreadable: 0,
            silent_since: now,
            last_progress: now,
            last_done: 0,
        }
    }

    fn report_answer(&mut self, reporter: &Reporter) {
        if self.failures > 0 {
            reporter.send_event(Event::Answered {
                operation: "DescribeStackEvents".to_owned(),
                after_secs: self.silent_since.elapsed().as_secs(),
            });
        }
        self.failures = 0;
        self.unreadable = 0;
        self.silent_since = Instant::now();
    }

    fn record_events(
        &mut self,
        events: Vec<StackEvent>,
        children: &Children,
        following: &Following,
        reporter: &Reporter,
    ) {
        for event in events {
            if children.is_own(&event) {
                self.events.push(event);
            } else {
                self.record_event(event, following, reporter);
            }
        }
    }

    fn record_event(&mut self, event: StackEvent, following: &Following, reporter: &Reporter) {
        // The review status of a new stack belongs to its change set, not to the execution.
        if event.is_stack_event() && StackStatus::new(event.status.as_str()).is_review() {
            return;
        }
        let name = following.resource_name(&event);
        let mut elapsed_secs = None;
        if event.is_stack_event() {
            let status = StackStatus::new(event.status.as_str());
            if status.is_cleanup()
                && status.as_str().starts_with("UPDATE_COMPLETE")
                && !self.serving
            {
                self.serving = true;
                reporter.send_event(Event::Serving {
                    stack: following.stack.clone(),
                });
            }
            // A rollback processes the same resources a second time.
            if status.as_str().ends_with("ROLLBACK_IN_PROGRESS") {
                self.done.clear();
            }
            self.stack_status = Some(status);
        } else if event.status.is_in_progress() {
            self.done.remove(&event.logical_id);
            let open = self
                .open
                .entry(event.logical_id.clone())
                .or_insert_with(|| Open {
                    name: name.clone(),
                    status: event.status.clone(),
                    reason: None,
                    since: Instant::now(),
                    begun: event.time,
                });
            // The first event of a creation has no physical ID yet.
            open.name = name.clone();
            open.status = event.status.clone();
            open.reason.clone_from(&event.reason);
        } else {
            if let Some(open) = self.open.remove(&event.logical_id) {
                let secs = (event.time - open.begun).whole_seconds();
                elapsed_secs = u64::try_from(secs).ok();
            }
            self.done
                .insert(event.logical_id.clone(), event.status.clone());
        }
        reporter.send_event(Event::Resource {
            resource: name,
            status: event.status.clone(),
            reason: event.reason.clone(),
            time: format_rfc3339(event.time),
            elapsed_secs,
        });
        self.events.push(event);
    }

    /// Returns the final status once the events and the description of the stack agree that no operation is in progress.
    async fn check_end(
        &mut self,
        following: &Following,
        client: &dyn CloudFormation,
        reporter: &Reporter,
    ) -> Result<Option<(StackStatus, Option<StackDescription>)>, Error> {
        if !self
            .stack_status
            .as_ref()
            .is_some_and(StackStatus::is_settled)
        {
            return Ok(None);
        }
        match client.describe_stack(&following.stack_id).await {
            Ok(Some(stack)) if stack.status.is_in_progress() => Ok(None),
            Ok(Some(stack)) => Ok(Some((
                stack.status.clone(),
                Some(stack).filter(|stack| !stack.status.is_deleted()),
            ))),
            // A stack that can no longer be found was deleted.
            Ok(None) => Ok(Some((StackStatus::new("DELETE_COMPLETE"), None))),
            Err(error) => {
                self.record_failure(following, error, reporter)?;
                Ok(None)
            }
        }
    }

    fn record_failure(
        &mut self,
        following: &Following,
        error: infra_aws::ApiError,
        reporter: &Reporter,
    ) -> Result<(), Error> {
        self.failures += 1;
        self.unreadable += u32::from(error.kind == ApiErrorKind::Unreadable);
        let silent = self.silent_since.elapsed();
        let lost = matches!(
            error.kind,
            ApiErrorKind::NoCredentials
                | ApiErrorKind::ExpiredCredentials
                | ApiErrorKind::AccessDenied { .. }
        );
        if lost || silent >= GIVE_UP_AFTER || self.unreadable >= UNREADABLE_LOOKS {
            let doing = format!("follow stack `{}`", following.stack);
            let goes_on = Diagnostic::new(
                codes::LOST_SIGHT,
                format!(
                    "the operation on stack `{}` continues in AWS, but its progress is no longer displayed",
                    following.stack
                ),
            )
            .help(format!(
                "follow it again with `watch --stack {}`",
                following.stack
            ));
            let goes_on = match &self.stack_status {
                Some(status) => goes_on.note(format!("last known: {status}")),
                None => goes_on,
            };
            let mut lost_sight = Error::from_api(doing, error).with_finding(goes_on);
            if !lost {
                // `Class::Error` would state that nothing was changed.
                lost_sight.class = Class::Interrupted;
            }
            return Err(lost_sight);
        }
        reporter.send_event(Event::Retrying {
            operation: error.operation.to_owned(),
            reason: error.message,
            since_secs: silent.as_secs(),
        });
        Ok(())
    }

    fn list_waiting(&self) -> Vec<Waiting> {
        let mut waiting: Vec<Waiting> = self
            .open
            .values()
            .map(|open| Waiting {
                resource: open.name.clone(),
                status: open.status.clone(),
                elapsed_secs: open.since.elapsed().as_secs(),
                typical_secs: infra_template::estimate::typical_seconds(
                    &open.name.type_name,
                    open.status.as_str(),
                ),
                reason: open.reason.clone(),
            })
            .collect();
        waiting.sort_by_key(|entry| std::cmp::Reverse(entry.elapsed_secs));
        waiting
    }

    fn send_progress(&mut self, following: &Following, reporter: &Reporter) {
        let done = self.done.len();
        if done == self.last_done && self.last_progress.elapsed() < HEARTBEAT {
            return;
        }
        self.last_progress = Instant::now();
        self.last_done = done;
        reporter.send_event(Event::Progress(Progress {
            stack: following.stack.clone(),
            done,
            total: following.total.max(done + self.open.len()),
            elapsed_secs: self.started.elapsed().as_secs(),
            typical_secs: following.typical_secs,
            waiting: self.list_waiting(),
        }));
    }

    fn into_followed(
        self,
        mut following: Following,
        (status, stack): (StackStatus, Option<StackDescription>),
        timed_out: bool,
    ) -> Followed {
        let evidence = following
            .observer
            .as_mut()
            .map(|observer| observer.take_evidence());
        Followed {
            status,
            stack,
            events: self.events,
            evidence: evidence.unwrap_or_default(),
            timed_out,
            elapsed: self.started.elapsed(),
        }
    }
}

/// Formats a time as RFC 3339.
pub(crate) fn format_rfc3339(time: OffsetDateTime) -> String {
    time.format(&time::format_description::well_known::Rfc3339)
        .unwrap_or_default()
}

/// Builds the error for an operation that exceeded its time limit.
pub(crate) fn timed_out_error(stack: &str, limit: Duration) -> Error {
    let finding = Diagnostic::new(
        codes::DEADLINE_PASSED,
        format!(
            "stack `{stack}` did not finish within {} seconds",
            limit.as_secs()
        ),
    )
    .help(format!(
        "it continues in AWS: `watch --stack {stack}` shows it, `cancel --stack {stack}` ends it"
    ));
    Error::new(Class::Interrupted, finding)
}
