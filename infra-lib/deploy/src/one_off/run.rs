//! Starts a one-off task, reports its log, and waits for its end.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use time::OffsetDateTime;
use tokio::time::{Instant, sleep};

use super::{OneOffOptions, OneOffOutcome, OneOffTask, StartedTask, rejected_error};
use crate::error::{Class, Error};
use crate::event::{Event, TaskEvidence};
use crate::evidence::{
    ContainerLog, Definitions, container_logs, read_task_evidence, sanitize_line,
};
use crate::failure::to_printable;
use crate::operation::Reporter;
use crate::watch::format_rfc3339;
use infra_aws::{ApiError, ApiErrorKind, Cloud, RunTask, Task};
use infra_template::digest::Digest;

/// Interval between two polls of the task and its log.
const CADENCE: Duration = Duration::from_secs(2);

/// Number of consecutive reads without a new line that end the log, which CloudWatch Logs shows with a delay.
const QUIET_LOOKS: u32 = 2;

/// Time without a response from ECS after which polling stops.
const PATIENCE: Duration = Duration::from_mins(5);

/// Time after the start during which "not found" counts as replication delay.
const SETTLING: Duration = Duration::from_secs(30);

/// Delay after which log lines are complete.
const LATE: time::Duration = time::Duration::seconds(15);

pub(crate) async fn follow_task(
    cloud: &Arc<dyn Cloud>,
    begun: StartedTask,
    timeout: Duration,
    reporter: &Reporter,
) -> Result<OneOffOutcome, Error> {
    let started = Instant::now();
    let StartedTask {
        task: one_off,
        arn,
        since,
    } = begun;
    let mut definitions = Definitions::default();
    let definition = definitions
        .read_definition(cloud, &one_off.region, &one_off.task_definition)
        .await;
    let logs = definition.map(|found| container_logs(&found.definition));
    let mut log = Log {
        source: one_off.name.clone(),
        cloud,
        region: &one_off.region,
        logs: logs.unwrap_or_default(),
        task: &arn,
        since: since - LATE,
        sent_ids: BTreeSet::new(),
    };
    let mut status = String::new();
    let mut answered = Instant::now();
    let ended = loop {
        sleep(CADENCE).await;
        log.send_new_lines(reporter).await;
        match describe_task(cloud, &one_off, &arn).await {
            Ok(Some(now)) => {
                answered = Instant::now();
                if now.last_status != status {
                    status.clone_from(&now.last_status);
                    reporter.send_event(Event::Notice {
                        stack: Some(one_off.stack.clone()),
                        message: format!("the task is {status}"),
                    });
                }
                if now.last_status == "STOPPED" {
                    break now;
                }
            }
            Ok(None) if started.elapsed() < SETTLING => {}
            Ok(None) => {
                return Err(stuck_error(
                    Diagnostic::new(
                        codes::LOST_SIGHT,
                        format!("the task of `{}` no longer exists in ECS", one_off.name),
                    )
                    .note(format!("task: {arn}"))
                    .help("see its log for the result: run `logs`"),
                ));
            }
            Err(error) if error.is_transient() && answered.elapsed() < PATIENCE => {
                reporter.send_event(Event::Retrying {
                    operation: error.operation.to_owned(),
                    reason: error.message,
                    since_secs: answered.elapsed().as_secs(),
                });
            }
            Err(error) => {
                let doing = format!("follow the task of `{}`", one_off.name);
                let goes_on = Diagnostic::new(
                    codes::LOST_SIGHT,
                    format!(
                        "the task of `{}` continues in AWS, but its progress is no longer displayed",
                        one_off.name
                    ),
                )
                .note(format!("task: {arn}"));
                return Err(Error::from_api(doing, error).with_finding(goes_on));
            }
        }
        if started.elapsed() >= timeout {
            return Err(overdue_error(cloud, &one_off, &arn, timeout).await);
        }
    };
    log.drain_log(reporter).await;
    let exit_code = exit_code(&ended, &one_off.container);
    let evidence = read_task_evidence(
        cloud,
        &one_off.region,
        &one_off.name,
        &ended,
        &mut definitions,
    )
    .await;
    let Some(exit_code) = exit_code else {
        return Err(rejected_error(not_run_finding(&one_off, &evidence)));
    };
    Ok(OneOffOutcome {
        arn,
        exit_code,
        elapsed: started.elapsed(),
        evidence: (exit_code != 0).then_some(evidence),
        task: one_off,
    })
}

pub(crate) async fn start_task(
    cloud: &Arc<dyn Cloud>,
    one_off: OneOffTask,
    options: &OneOffOptions,
) -> Result<StartedTask, Error> {
    let now = cloud.current_time();
    // All attempts of this run share one token; the next run has another one.
    let identity = format!("{} {}", one_off.task_definition, now.unix_timestamp_nanos());
    let request = RunTask::builder()
        .cluster(one_off.cluster.clone())
        .task_definition(one_off.task_definition.clone())
        .network(one_off.network_configuration())
        .maybe_command(
            (!options.command.is_empty())
                .then(|| (one_off.container.clone(), options.command.clone())),
        )
        .started_by(options.started_by.chars().take(128).collect::<String>())
        .token(Digest::hash_bytes(identity.as_bytes()).as_str()[..32].to_owned())
        .build();
    let mut attempts = 0;
    loop {
        attempts += 1;
        match cloud
            .ecs_client(&one_off.region)
            .run_task(request.clone())
            .await
        {
            Ok(task) => {
                return Ok(StartedTask {
                    task: one_off,
                    arn: task.arn,
                    since: now,
                });
            }
            // The token finds the task of an attempt whose reply was lost.
            Err(error) if error.is_transient() && attempts < 5 => {
                sleep(Duration::from_secs(1 << attempts)).await;
            }
            Err(error) => {
                return Err(Error::from_api(
                    format!("start the task of `{}`", one_off.name),
                    error,
                ));
            }
        }
    }
}

async fn describe_task(
    cloud: &Arc<dyn Cloud>,
    one_off: &OneOffTask,
    task: &str,
) -> Result<Option<Task>, ApiError> {
    let ecs = cloud.ecs_client(&one_off.region);
    let found = ecs
        .describe_tasks(&one_off.cluster, &[task.to_owned()])
        .await?;
    Ok(found.into_iter().next())
}

/// Stops a one-off task. Its process receives SIGTERM, and SIGKILL after the `stopTimeout` of the container, 30 seconds by default.
pub async fn stop_one_off(
    cloud: &dyn Cloud,
    task: &OneOffTask,
    arn: &str,
    reason: &str,
) -> Result<(), Error> {
    let ecs = cloud.ecs_client(&task.region);
    match ecs.stop_task(&task.cluster, arn, reason).await {
        Err(error) if error.kind != ApiErrorKind::NotFound => Err(Error::from_api(
            format!("stop the task of `{}`", task.name),
            error,
        )),
        _ => Ok(()),
    }
}

async fn overdue_error(
    cloud: &Arc<dyn Cloud>,
    one_off: &OneOffTask,
    arn: &str,
    timeout: Duration,
) -> Error {
    let finding = Diagnostic::new(
        codes::TASK_OVERDUE,
        format!(
            "the task of `{}` did not finish within {} seconds",
            one_off.name,
            timeout.as_secs()
        ),
    )
    .note(format!("task: {arn}"));
    match stop_one_off(&**cloud, one_off, arn, "time limit exceeded").await {
        Ok(()) => stuck_error(finding.note("the task is being stopped").help(
            "check its log with `logs` and the work that it completed; increase the limit with `--timeout`",
        )),
        Err(error) => {
            let mut whole = stuck_error(finding.help("it continues in AWS: stop it in ECS"));
            whole.findings.extend(error.findings);
            whole
        }
    }
}

/// Builds an error of [`Class::Stuck`], since only a person can judge the effects of a task that did not finish.
fn stuck_error(finding: Diagnostic) -> Error {
    Error::new(Class::Stuck, finding)
}

/// Returns the exit code of the container; the highest exit code of all containers if it is not found.
fn exit_code(task: &Task, container: &str) -> Option<i32> {
    let own = task.containers.iter().find(|found| found.name == container);
    match own {
        Some(own) => own.exit_code,
        None => task.containers.iter().filter_map(|one| one.exit_code).max(),
    }
}

fn not_run_finding(one_off: &OneOffTask, evidence: &TaskEvidence) -> Diagnostic {
    let mut finding = Diagnostic::new(
        codes::TASK_NOT_RUN,
        format!("the task of `{}` never ran", one_off.name),
    );
    if let Some(reason) = &evidence.stopped_reason {
        finding = finding.note(to_printable(reason));
    }
    for container in &evidence.containers {
        if let Some(reason) = &container.reason
            && evidence.stopped_reason.as_deref() != Some(reason)
        {
            finding = finding.note(format!(
                "container `{}`: {}",
                container.name,
                to_printable(reason)
            ));
        }
    }
    let said = |words: &str| finding.notes.iter().any(|note| note.contains(words));
    let help = if said("CannotPullContainer") {
        "push the image that the task definition names, or deploy with one that exists"
    } else if said("ResourceInitializationError") {
        "the task could not reach a secret, a registry or a log group: check its execution role and the routes of its subnets"
    } else {
        "the task did not start; correct the cause and run it again"
    };
    finding
        .note(format!("image: {}", one_off.image))
        .note(format!("task: {}", evidence.task))
        .help(help)
}

/// Log of the task's containers.
struct Log<'l> {
    source: String,
    cloud: &'l Arc<dyn Cloud>,
    region: &'l str,
    logs: Vec<ContainerLog>,
    task: &'l str,
    since: OffsetDateTime,
    sent_ids: BTreeSet<String>,
}

impl Log<'_> {
    /// Reports new lines, and returns true if there were any. A log that cannot be read does not affect the task.
    async fn send_new_lines(&mut self, reporter: &Reporter) -> bool {
        let mut lines = Vec::new();
        for log in &self.logs {
            let Some(stream) = log.stream_name(self.task) else {
                continue;
            };
            let client = self
                .cloud
                .logs_client(log.region.as_deref().unwrap_or(self.region));
            let mut next = None;
            while let Ok(page) = client
                .filter_events(&log.group, Some(&stream), None, self.since, next)
                .await
            {
                lines.extend(page.items);
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
        }
        lines.sort_by(|a, b| (a.time, &a.id).cmp(&(b.time, &b.id)));
        let mut any = false;
        for line in lines {
            if self.sent_ids.insert(line.id.clone()) {
                any = true;
                self.since = self.since.max(line.time - LATE);
                reporter.send_event(Event::Log {
                    source: self.source.clone(),
                    stream: line.stream,
                    time: format_rfc3339(line.time),
                    message: sanitize_line(&line.message),
                });
            }
        }
        any
    }

    /// Reports the last lines, which CloudWatch Logs shows after the task has stopped.
    async fn drain_log(&mut self, reporter: &Reporter) {
        let mut quiet = 0;
        while quiet < QUIET_LOOKS {
            if self.send_new_lines(reporter).await {
                quiet = 0;
            } else {
                quiet += 1;
            }
            if quiet < QUIET_LOOKS {
                sleep(CADENCE).await;
            }
        }
    }
}
