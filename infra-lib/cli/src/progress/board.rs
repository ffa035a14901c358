//! Tracks the known state of an operation, and derives from each event the lines that are worth printing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use infra_deploy::Event;
use infra_deploy::event::{ServiceProgress, TaskEvidence, Waiting};
use infra_template::ResourceName;
use tokio::time::Instant;

use infra_console::words::{clean_line, format_seconds};

/// A line about a change, which stays on the screen.
#[derive(Clone, Debug)]
pub(super) struct ProgressLine {
    pub(super) severity: LineSeverity,
    /// Stack that the line concerns, if any.
    pub(super) stack: Option<String>,
    /// Text without control characters.
    pub(super) text: String,
    /// Place in the user's program that failed: `file:line:column`.
    pub(super) source: Option<String>,
    /// Position of the line in the sequence of its stack.
    pub(super) position: LinePosition,
    /// True if the line reports only that something began, and a later line reports its end.
    pub(super) is_interim: bool,
}

/// The severity of a line, which selects its colour.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum LineSeverity {
    /// An expected change; printed without colour.
    Info,
    /// A completed change; printed in green.
    Success,
    /// A rollback, deletion or note that needs attention; printed in yellow.
    Warning,
    /// A failure; printed in bold red.
    Failure,
}

/// The position of a line in the sequence of its stack.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum LinePosition {
    First,
    Middle,
    Last,
}

/// A stack with an operation in progress.
#[derive(Debug)]
pub(super) struct StackBoard {
    /// Current activity: `planning`, `deploying`, …
    pub(super) activity: String,
    pub(super) done: usize,
    pub(super) total: usize,
    pub(super) typical_secs: Option<u64>,
    pub(super) waiting: Vec<Waiting>,
    /// Time at which `waiting` was last updated.
    updated_at: Instant,
    started_at: Instant,
    /// Deployments of ECS services, by logical ID.
    pub(super) services: BTreeMap<String, ServiceProgress>,
}

impl StackBoard {
    /// Returns the seconds since the operation on the stack began.
    pub(super) fn elapsed_secs(&self) -> u64 {
        self.started_at.elapsed().as_secs()
    }

    /// Returns the seconds for which a resource has been in its state.
    pub(super) fn waiting_secs(&self, waiting: &Waiting) -> u64 {
        waiting.elapsed_secs + self.updated_at.elapsed().as_secs()
    }

    /// Formats the elapsed and typical time: `1m40s of about 4m10s`.
    pub(super) fn format_time(&self) -> String {
        match self.typical_secs {
            Some(typical) => format!(
                "{} of about {}",
                format_seconds(self.elapsed_secs()),
                format_seconds(typical)
            ),
            None => format_seconds(self.elapsed_secs()),
        }
    }
}

/// The known state of an operation.
#[derive(Debug)]
pub(super) struct Board {
    started_at: Instant,
    /// Stacks with an operation in progress, by name.
    pub(super) stacks: BTreeMap<String, StackBoard>,
    /// Texts of failures, in order.
    pub(super) failures: Vec<String>,
    /// Text about the call that is being retried.
    pub(super) retrying: Option<String>,
    /// Files completed, files in total, and the current file.
    pub(super) files: Option<(usize, usize, String)>,
    /// Last printed status, by stack and logical ID, because CloudFormation reports some twice.
    printed_statuses: BTreeMap<(String, String), String>,
    /// ARNs of tasks whose end was printed.
    tasks: BTreeSet<String>,
}

impl Board {
    pub(super) fn new() -> Self {
        Self {
            started_at: Instant::now(),
            stacks: BTreeMap::new(),
            failures: Vec::new(),
            retrying: None,
            files: None,
            printed_statuses: BTreeMap::new(),
            tasks: BTreeSet::new(),
        }
    }

    /// Returns the seconds since the operation began.
    pub(super) fn elapsed_secs(&self) -> u64 {
        self.started_at.elapsed().as_secs()
    }

    /// Records an event and returns the lines to print for it, often none.
    pub(super) fn record_event(&mut self, event: &Event) -> Vec<ProgressLine> {
        let mut news = Vec::new();
        match event {
            Event::StackStarted {
                stack,
                operation,
                total,
                typical_secs,
            } => news.push(self.start_stack(stack, operation, *total, *typical_secs)),
            Event::Resource {
                resource,
                status,
                reason,
                elapsed_secs,
                ..
            } => news.extend(self.record_resource(
                resource,
                status.as_str(),
                reason.as_deref(),
                *elapsed_secs,
            )),
            Event::Progress(progress) => {
                let stack = self.stack_entry(&progress.stack);
                stack.done = progress.done;
                // An unknown total stays unknown: the number of resources begun so far is misleading.
                if stack.total > 0 {
                    stack.total = progress.total;
                }
                stack.typical_secs = progress.typical_secs.or(stack.typical_secs);
                stack.waiting.clone_from(&progress.waiting);
                stack.updated_at = Instant::now();
            }
            Event::Service(service) => news.extend(self.record_service(service)),
            Event::TaskStopped(task) => {
                let is_new = self.tasks.insert(task.task.clone());
                let lines = is_new.then(|| task_lines(task));
                news.extend(lines.into_iter().flatten());
            }
            Event::Serving { stack } => {
                let text = format!(
                    "{stack}: the new version is serving; replaced resources are being removed"
                );
                news.push(progress_line(LineSeverity::Success, Some(stack), &text));
            }
            Event::Retrying {
                operation,
                reason,
                since_secs,
            } => {
                let since = match since_secs {
                    0 => String::new(),
                    some => format!(" for {}", format_seconds(*some)),
                };
                let reason = clean_line(reason);
                let text = format!("no response to {operation}{since}, retrying: {reason}");
                if self.retrying.replace(text.clone()).is_none() {
                    news.push(progress_line(LineSeverity::Warning, None, &text));
                }
            }
            Event::Answered { after_secs, .. } => {
                self.retrying = None;
                let text = match after_secs {
                    0 => "AWS responds again".to_owned(),
                    some => format!("AWS responds again, after {}", format_seconds(*some)),
                };
                news.push(progress_line(LineSeverity::Info, None, &text));
            }
            Event::Log { message, .. } => {
                news.push(progress_line(
                    LineSeverity::Info,
                    None,
                    &format!("| {message}"),
                ));
            }
            Event::File {
                action,
                key,
                bytes,
                done,
                total,
            } => {
                self.files = (done < total).then(|| (*done, *total, clean_line(key)));
                if action != "unchanged" {
                    let text = if action == "remove" {
                        format!("{action} {key} ({done}/{total})")
                    } else {
                        format!("{action} {key} ({bytes} bytes, {done}/{total})")
                    };
                    news.push(progress_line(LineSeverity::Info, None, &text));
                }
            }
            Event::Notice { stack, message } => {
                let text = match stack {
                    Some(stack) => format!("note: {stack}: {message}"),
                    None => format!("note: {message}"),
                };
                news.push(progress_line(
                    LineSeverity::Warning,
                    stack.as_deref(),
                    &text,
                ));
            }
            Event::MigrationStarted {
                stack,
                construct,
                task,
            } => {
                "migrating".clone_into(&mut self.stack_entry(stack).activity);
                let text = format!("{stack}: running the migration {construct}, task {task}");
                let mut news = progress_line(LineSeverity::Info, Some(stack), &text);
                news.position = LinePosition::First;
                news.is_interim = true;
                return vec![news];
            }
            Event::MigrationFinished {
                stack,
                construct,
                exit_code,
                elapsed_secs,
            } => {
                self.stacks.remove(stack);
                let time = format_seconds(*elapsed_secs);
                let (mood, text) = match exit_code {
                    0 => (
                        LineSeverity::Success,
                        format!("{stack}: {construct} succeeded in {time}"),
                    ),
                    code => (
                        LineSeverity::Failure,
                        format!("{stack}: {construct} failed with exit code {code} in {time}"),
                    ),
                };
                let mut last = progress_line(mood, Some(stack), &text);
                last.position = LinePosition::Last;
                news.push(last);
            }
            Event::StackFinished {
                stack,
                status,
                elapsed_secs,
                ..
            } => {
                let doing = self.stacks.remove(stack).map(|stack| stack.activity);
                let mood = if status.is_success() {
                    LineSeverity::Success
                } else {
                    LineSeverity::Failure
                };
                // Planning does not change the stack, so the stack's status is not the result of the plan.
                let planned = doing.as_deref() == Some("planning");
                let (mood, what) = if planned {
                    (LineSeverity::Info, "planned")
                } else {
                    (mood, status.as_str())
                };
                let text = format!("{stack}: {what} in {}", format_seconds(*elapsed_secs));
                let mut last = progress_line(mood, Some(stack), &text);
                last.position = LinePosition::Last;
                news.push(last);
            }
            _ => {}
        }
        news
    }

    fn stack_entry(&mut self, name: &str) -> &mut StackBoard {
        self.stacks
            .entry(name.to_owned())
            .or_insert_with(|| StackBoard {
                activity: "working".to_owned(),
                done: 0,
                total: 0,
                typical_secs: None,
                waiting: Vec::new(),
                updated_at: Instant::now(),
                started_at: Instant::now(),
                services: BTreeMap::new(),
            })
    }

    fn start_stack(
        &mut self,
        stack: &str,
        operation: &str,
        total: usize,
        typical_secs: Option<u64>,
    ) -> ProgressLine {
        self.stacks.remove(stack);
        if operation != "plan" {
            // Execution starts only after every stack is planned.
            self.stacks
                .retain(|_, other| other.activity != activity_name("plan"));
        }
        self.printed_statuses.retain(|(of, _), _| of != stack);
        let board = self.stack_entry(stack);
        board.activity = activity_name(operation);
        board.total = total;
        board.typical_secs = typical_secs;
        let mut text = format!("{stack}: {}", board.activity);
        if total > 0 {
            let _ = write!(
                text,
                " {}",
                infra_console::words::format_count(total, "resource")
            );
        }
        if let Some(typical) = typical_secs {
            let _ = write!(text, ", usually {}", format_seconds(typical));
        }
        let mut news = progress_line(LineSeverity::Info, Some(stack), &text);
        // Planning prints no lines between its start and its end.
        if operation != "plan" {
            news.position = LinePosition::First;
        }
        news.is_interim = true;
        news
    }

    fn record_resource(
        &mut self,
        resource: &ResourceName,
        status: &str,
        reason: Option<&str>,
        elapsed_secs: Option<u64>,
    ) -> Option<ProgressLine> {
        let of_stack = resource.type_name == "AWS::CloudFormation::Stack"
            && resource.logical_id == resource.stack;
        let stack = self.stack_entry(&resource.stack);
        if of_stack {
            // Other events report the start and the end of the stack.
            if !status.contains("ROLLBACK_IN_PROGRESS") && !status.ends_with("_FAILED") {
                return None;
            }
            if status.contains("ROLLBACK") {
                "rolling back".clone_into(&mut stack.activity);
                stack.typical_secs = None;
            }
        } else if !status.ends_with("_IN_PROGRESS") {
            stack
                .waiting
                .retain(|waiting| waiting.resource.logical_id != resource.logical_id);
            stack.services.remove(&resource.logical_id);
        }
        let key = (resource.stack.clone(), resource.logical_id.clone());
        if self
            .printed_statuses
            .insert(key, status.to_owned())
            .as_deref()
            == Some(status)
        {
            return None;
        }
        let failed = status.ends_with("_FAILED");
        let mut text = format!("{status:<18}  {}", resource.display_name());
        if !of_stack {
            let _ = write!(text, " ({}", resource.type_name);
            if let Some(elapsed) = elapsed_secs {
                let _ = write!(text, ", {}", format_seconds(elapsed));
            }
            text.push(')');
        }
        if let Some(reason) = reason.filter(|_| failed || of_stack) {
            let _ = write!(text, ": {reason}");
        }
        let mood = if failed {
            LineSeverity::Failure
        } else if status.contains("ROLLBACK") || status.contains("DELETE") {
            LineSeverity::Warning
        } else if status.ends_with("_COMPLETE") {
            LineSeverity::Success
        } else {
            LineSeverity::Info
        };
        let mut news = progress_line(mood, Some(&resource.stack), &text);
        news.is_interim = status.ends_with("_IN_PROGRESS") && !of_stack;
        if failed {
            news.source.clone_from(&resource.source);
            self.failures.push(collapse_spaces(&news.text));
        }
        Some(news)
    }

    /// Returns a line if the deployment of a service changes its status or a task fails. The block and heartbeats show the counts.
    fn record_service(&mut self, service: &ServiceProgress) -> Option<ProgressLine> {
        let stack = self.stack_entry(&service.resource.stack);
        let id = service.resource.logical_id.clone();
        let before = stack.services.insert(id, service.clone());
        let is_news = match &before {
            None => service.failed > 0,
            Some(before) => before.status != service.status || before.failed < service.failed,
        };
        is_news.then(|| {
            let text = format!(
                "{}: {}",
                service.resource.display_name(),
                format_task_counts(service)
            );
            let mood = if service.failed > 0 {
                LineSeverity::Warning
            } else {
                LineSeverity::Info
            };
            progress_line(mood, Some(&service.resource.stack), &text)
        })
    }
}

/// Formats the task counts of a service: `1 of 2 tasks running, 1 starting, 2 failed (ECS gives up at 3): message`.
pub(super) fn format_task_counts(service: &ServiceProgress) -> String {
    let mut text = format!("{} of {} tasks running", service.running, service.desired);
    if service.pending > 0 {
        let _ = write!(text, ", {} starting", service.pending);
    }
    match (service.failed, service.failure_threshold) {
        (0, _) => {}
        (failed, Some(threshold)) => {
            let _ = write!(text, ", {failed} failed (ECS rolls back at {threshold})");
        }
        (failed, None) => {
            let _ = write!(text, ", {failed} failed");
        }
    }
    if let Some(message) = &service.message {
        let _ = write!(text, ": {message}");
    }
    clean_line(&text)
}

/// Formats the reason why a task stopped, followed by the last five lines of its log.
fn task_lines(task: &TaskEvidence) -> Vec<ProgressLine> {
    let mut text = format!("{}: a task stopped", task.service);
    if let Some(reason) = &task.stopped_reason {
        let _ = write!(text, ": {reason}");
    }
    for container in &task.containers {
        match (&container.exit_code, &container.reason) {
            (Some(code), Some(reason)) => {
                let _ = write!(text, "; `{}` exited with {code}: {reason}", container.name);
            }
            (Some(code), None) => {
                let _ = write!(text, "; `{}` exited with {code}", container.name);
            }
            (None, Some(reason)) => {
                let _ = write!(text, "; `{}`: {reason}", container.name);
            }
            (None, None) => {}
        }
    }
    let mut lines = vec![progress_line(LineSeverity::Warning, None, &text)];
    let skipped = task.log.len().saturating_sub(5);
    lines.extend(
        task.log[skipped..]
            .iter()
            .map(|text| progress_line(LineSeverity::Info, None, &format!("| {text}"))),
    );
    lines
}

fn progress_line(mood: LineSeverity, stack: Option<&str>, text: &str) -> ProgressLine {
    ProgressLine {
        severity: mood,
        stack: stack.map(str::to_owned),
        text: clean_line(text),
        source: None,
        position: LinePosition::Middle,
        is_interim: false,
    }
}

/// Replaces runs of white space, such as column padding, with single spaces.
pub(super) fn collapse_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the activity for people that belongs to the name of an operation.
fn activity_name(operation: &str) -> String {
    let known = match operation {
        "plan" => "planning",
        "deploy" => "deploying",
        "destroy" => "deleting",
        "rollback" => "rolling back",
        "watch" => "watching",
        "cancel" => "cancelling",
        "import" => "importing",
        "orphan" => "orphaning",
        "refactor" => "refactoring",
        "drift" => "detecting drift",
        other => other,
    };
    known.to_owned()
}
