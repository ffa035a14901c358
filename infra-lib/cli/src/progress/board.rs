//! Tracks the known state of an operation, and derives from each event the lines that are worth printing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use infra_deploy::Event;
use infra_deploy::event::{ServiceProgress, TaskEvidence, Waiting};
use infra_template::ResourceName;
use tokio::time::Instant;

use infra_console::words::{clean, seconds};

/// A line about a change, which stays on the screen.
#[derive(Clone, Debug)]
pub(super) struct News {
    pub(super) mood: Mood,
    /// Stack that the line concerns, if any.
    pub(super) stack: Option<String>,
    /// Text without control characters.
    pub(super) text: String,
    /// Place in the user's program that failed: `file:line:column`.
    pub(super) source: Option<String>,
    /// Position of the line in the sequence of its stack.
    pub(super) turn: Turn,
    /// True if the line reports only that something began, and a later line reports its end.
    pub(super) passing: bool,
}

/// The severity of a line, which selects its colour.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mood {
    /// An expected change; printed without colour.
    Plain,
    /// A completed change; printed in green.
    Good,
    /// A rollback, deletion or note that needs attention; printed in yellow.
    Careful,
    /// A failure; printed in bold red.
    Bad,
}

/// The position of a line in the sequence of its stack.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Turn {
    Begins,
    Goes,
    Ends,
}

/// A stack with an operation in progress.
#[derive(Debug)]
pub(super) struct StackBoard {
    /// Current activity: `planning`, `deploying`, …
    pub(super) doing: String,
    pub(super) done: usize,
    pub(super) total: usize,
    pub(super) typical_secs: Option<u64>,
    pub(super) waiting: Vec<Waiting>,
    /// Time at which `waiting` was last updated.
    told: Instant,
    began: Instant,
    /// Deployments of ECS services, by logical ID.
    pub(super) services: BTreeMap<String, ServiceProgress>,
}

impl StackBoard {
    /// Returns the seconds since the operation on the stack began.
    pub(super) fn elapsed(&self) -> u64 {
        self.began.elapsed().as_secs()
    }

    /// Returns the seconds for which a resource has been in its state.
    pub(super) fn waited(&self, waiting: &Waiting) -> u64 {
        waiting.elapsed_secs + self.told.elapsed().as_secs()
    }

    /// Formats the elapsed and typical time: `1m40s of about 4m10s`.
    pub(super) fn time(&self) -> String {
        match self.typical_secs {
            Some(typical) => format!("{} of about {}", seconds(self.elapsed()), seconds(typical)),
            None => seconds(self.elapsed()),
        }
    }
}

/// The known state of an operation.
#[derive(Debug)]
pub(super) struct Board {
    began: Instant,
    /// Stacks with an operation in progress, by name.
    pub(super) stacks: BTreeMap<String, StackBoard>,
    /// Texts of failures, in order.
    pub(super) failures: Vec<String>,
    /// Text about the call that is being retried.
    pub(super) retrying: Option<String>,
    /// Files completed, files in total, and the current file.
    pub(super) files: Option<(usize, usize, String)>,
    /// Last printed status, by stack and logical ID, because CloudFormation reports some twice.
    told: BTreeMap<(String, String), String>,
    /// ARNs of tasks whose end was printed.
    tasks: BTreeSet<String>,
}

impl Board {
    pub(super) fn new() -> Self {
        Self {
            began: Instant::now(),
            stacks: BTreeMap::new(),
            failures: Vec::new(),
            retrying: None,
            files: None,
            told: BTreeMap::new(),
            tasks: BTreeSet::new(),
        }
    }

    /// Returns the seconds since the operation began.
    pub(super) fn elapsed(&self) -> u64 {
        self.began.elapsed().as_secs()
    }

    /// Records an event and returns the lines to print for it, often none.
    pub(super) fn take(&mut self, event: &Event) -> Vec<News> {
        let mut news = Vec::new();
        match event {
            Event::StackStarted {
                stack,
                operation,
                total,
                typical_secs,
            } => news.push(self.start(stack, operation, *total, *typical_secs)),
            Event::Resource {
                resource,
                status,
                reason,
                elapsed_secs,
                ..
            } => news.extend(self.resource(
                resource,
                status.as_str(),
                reason.as_deref(),
                *elapsed_secs,
            )),
            Event::Progress(progress) => {
                let stack = self.stack(&progress.stack);
                stack.done = progress.done;
                // An unknown total stays unknown: the number of resources begun so far is misleading.
                if stack.total > 0 {
                    stack.total = progress.total;
                }
                stack.typical_secs = progress.typical_secs.or(stack.typical_secs);
                stack.waiting.clone_from(&progress.waiting);
                stack.told = Instant::now();
            }
            Event::Service(service) => news.extend(self.service(service)),
            Event::TaskStopped(task) => {
                let is_new = self.tasks.insert(task.task.clone());
                let lines = is_new.then(|| task_lines(task));
                news.extend(lines.into_iter().flatten());
            }
            Event::Serving { stack } => {
                let text = format!("{stack}: the new version is serving; replaced resources are being removed");
                news.push(line(Mood::Good, Some(stack), &text));
            }
            Event::Retrying {
                operation,
                reason,
                since_secs,
            } => {
                let since = match since_secs {
                    0 => String::new(),
                    some => format!(" for {}", seconds(*some)),
                };
                let reason = clean(reason);
                let text = format!("no response to {operation}{since}, retrying: {reason}");
                if self.retrying.replace(text.clone()).is_none() {
                    news.push(line(Mood::Careful, None, &text));
                }
            }
            Event::Answered { after_secs, .. } => {
                self.retrying = None;
                let text = match after_secs {
                    0 => "AWS responds again".to_owned(),
                    some => format!("AWS responds again, after {}", seconds(*some)),
                };
                news.push(line(Mood::Plain, None, &text));
            }
            Event::Log { message, .. } => {
                news.push(line(Mood::Plain, None, &format!("| {message}")));
            }
            Event::File {
                action,
                key,
                bytes,
                done,
                total,
            } => {
                self.files = (done < total).then(|| (*done, *total, clean(key)));
                if action != "unchanged" {
                    let text = if action == "remove" {
                        format!("{action} {key} ({done}/{total})")
                    } else {
                        format!("{action} {key} ({bytes} bytes, {done}/{total})")
                    };
                    news.push(line(Mood::Plain, None, &text));
                }
            }
            Event::Notice { stack, message } => {
                let text = match stack {
                    Some(stack) => format!("note: {stack}: {message}"),
                    None => format!("note: {message}"),
                };
                news.push(line(Mood::Careful, stack.as_deref(), &text));
            }
            Event::MigrationStarted {
                stack,
                construct,
                task,
            } => {
                "migrating".clone_into(&mut self.stack(stack).doing);
                let text = format!("{stack}: running the migration {construct}, task {task}");
                let mut news = line(Mood::Plain, Some(stack), &text);
                news.turn = Turn::Begins;
                news.passing = true;
                return vec![news];
            }
            Event::MigrationFinished {
                stack,
                construct,
                exit_code,
                elapsed_secs,
            } => {
                self.stacks.remove(stack);
                let time = seconds(*elapsed_secs);
                let (mood, text) = match exit_code {
                    0 => (
                        Mood::Good,
                        format!("{stack}: {construct} succeeded in {time}"),
                    ),
                    code => (
                        Mood::Bad,
                        format!("{stack}: {construct} failed with exit code {code} in {time}"),
                    ),
                };
                let mut last = line(mood, Some(stack), &text);
                last.turn = Turn::Ends;
                news.push(last);
            }
            Event::StackFinished {
                stack,
                status,
                elapsed_secs,
                ..
            } => {
                let doing = self.stacks.remove(stack).map(|stack| stack.doing);
                let mood = if status.is_success() {
                    Mood::Good
                } else {
                    Mood::Bad
                };
                // Planning does not change the stack, so the stack's status is not the result of the plan.
                let planned = doing.as_deref() == Some("planning");
                let (mood, what) = if planned {
                    (Mood::Plain, "planned")
                } else {
                    (mood, status.as_str())
                };
                let text = format!("{stack}: {what} in {}", seconds(*elapsed_secs));
                let mut last = line(mood, Some(stack), &text);
                last.turn = Turn::Ends;
                news.push(last);
            }
            _ => {}
        }
        news
    }

    fn stack(&mut self, name: &str) -> &mut StackBoard {
        self.stacks
            .entry(name.to_owned())
            .or_insert_with(|| StackBoard {
                doing: "working".to_owned(),
                done: 0,
                total: 0,
                typical_secs: None,
                waiting: Vec::new(),
                told: Instant::now(),
                began: Instant::now(),
                services: BTreeMap::new(),
            })
    }

    fn start(
        &mut self,
        stack: &str,
        operation: &str,
        total: usize,
        typical_secs: Option<u64>,
    ) -> News {
        self.stacks.remove(stack);
        if operation != "plan" {
            // Execution starts only after every stack is planned.
            self.stacks.retain(|_, other| other.doing != doing("plan"));
        }
        self.told.retain(|(of, _), _| of != stack);
        let board = self.stack(stack);
        board.doing = doing(operation);
        board.total = total;
        board.typical_secs = typical_secs;
        let mut text = format!("{stack}: {}", board.doing);
        if total > 0 {
            let _ = write!(text, " {}", infra_console::words::plural(total, "resource"));
        }
        if let Some(typical) = typical_secs {
            let _ = write!(text, ", usually {}", seconds(typical));
        }
        let mut news = line(Mood::Plain, Some(stack), &text);
        // Planning prints no lines between its start and its end.
        if operation != "plan" {
            news.turn = Turn::Begins;
        }
        news.passing = true;
        news
    }

    fn resource(
        &mut self,
        resource: &ResourceName,
        status: &str,
        reason: Option<&str>,
        elapsed_secs: Option<u64>,
    ) -> Option<News> {
        let of_stack = resource.type_name == "AWS::CloudFormation::Stack"
            && resource.logical_id == resource.stack;
        let stack = self.stack(&resource.stack);
        if of_stack {
            // Other events report the start and the end of the stack.
            if !status.contains("ROLLBACK_IN_PROGRESS") && !status.ends_with("_FAILED") {
                return None;
            }
            if status.contains("ROLLBACK") {
                "rolling back".clone_into(&mut stack.doing);
                stack.typical_secs = None;
            }
        } else if !status.ends_with("_IN_PROGRESS") {
            stack
                .waiting
                .retain(|waiting| waiting.resource.logical_id != resource.logical_id);
            stack.services.remove(&resource.logical_id);
        }
        let key = (resource.stack.clone(), resource.logical_id.clone());
        if self.told.insert(key, status.to_owned()).as_deref() == Some(status) {
            return None;
        }
        let failed = status.ends_with("_FAILED");
        let mut text = format!("{status:<18}  {}", resource.shown());
        if !of_stack {
            let _ = write!(text, " ({}", resource.type_name);
            if let Some(elapsed) = elapsed_secs {
                let _ = write!(text, ", {}", seconds(elapsed));
            }
            text.push(')');
        }
        if let Some(reason) = reason.filter(|_| failed || of_stack) {
            let _ = write!(text, ": {reason}");
        }
        let mood = if failed {
            Mood::Bad
        } else if status.contains("ROLLBACK") || status.contains("DELETE") {
            Mood::Careful
        } else if status.ends_with("_COMPLETE") {
            Mood::Good
        } else {
            Mood::Plain
        };
        let mut news = line(mood, Some(&resource.stack), &text);
        news.passing = status.ends_with("_IN_PROGRESS") && !of_stack;
        if failed {
            news.source.clone_from(&resource.source);
            self.failures.push(one_space(&news.text));
        }
        Some(news)
    }

    /// Returns a line if the deployment of a service changes its status or a task fails. The block and heartbeats show the counts.
    fn service(&mut self, service: &ServiceProgress) -> Option<News> {
        let stack = self.stack(&service.resource.stack);
        let id = service.resource.logical_id.clone();
        let before = stack.services.insert(id, service.clone());
        let is_news = match &before {
            None => service.failed > 0,
            Some(before) => before.status != service.status || before.failed < service.failed,
        };
        is_news.then(|| {
            let text = format!("{}: {}", service.resource.shown(), tasks(service));
            let mood = if service.failed > 0 {
                Mood::Careful
            } else {
                Mood::Plain
            };
            line(mood, Some(&service.resource.stack), &text)
        })
    }
}

/// Formats the task counts of a service: `1 of 2 tasks running, 1 starting, 2 failed (ECS gives up at 3): message`.
pub(super) fn tasks(service: &ServiceProgress) -> String {
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
    clean(&text)
}

/// Formats the reason why a task stopped, followed by the last five lines of its log.
fn task_lines(task: &TaskEvidence) -> Vec<News> {
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
    let mut lines = vec![line(Mood::Careful, None, &text)];
    let skipped = task.log.len().saturating_sub(5);
    lines.extend(
        task.log[skipped..]
            .iter()
            .map(|text| line(Mood::Plain, None, &format!("| {text}"))),
    );
    lines
}

fn line(mood: Mood, stack: Option<&str>, text: &str) -> News {
    News {
        mood,
        stack: stack.map(str::to_owned),
        text: clean(text),
        source: None,
        turn: Turn::Goes,
        passing: false,
    }
}

/// Replaces runs of white space, such as column padding, with single spaces.
pub(super) fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the activity for people that belongs to the name of an operation.
fn doing(operation: &str) -> String {
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
