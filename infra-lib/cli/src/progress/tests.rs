//! Tests of the screen, and of the log of a workflow, while a stack is deployed.

use std::time::Duration;

use infra_aws::{ResourceStatus, StackStatus};
use infra_deploy::Event;
use infra_deploy::event::{ContainerEvidence, Progress, ServiceProgress, TaskEvidence, Waiting};
use infra_template::ResourceName;
use insta::assert_snapshot;
use tokio::time::{Instant, sleep_until};

use super::block::Block;
use super::lines::Lines;
use super::{Board, ProgressDisplay};
use infra_console::Output;

fn name(path: &str, type_name: &str) -> ResourceName {
    ResourceName::builder()
        .stack("notes-dev-web")
        .logical_id(path.replace('/', ""))
        .type_name(type_name)
        .construct_path(path)
        .source("src/stacks/web.rs:41:9")
        .build()
}

fn resource(path: &str, type_name: &str, status: &str, reason: Option<&str>) -> Event {
    Event::Resource {
        resource: name(path, type_name),
        status: ResourceStatus::new(status),
        reason: reason.map(str::to_owned),
        time: "2026-11-22T10:00:00Z".to_owned(),
        elapsed_secs: status.ends_with("_COMPLETE").then_some(13),
    }
}

fn service(running: i32, failed: i32, message: &str) -> Event {
    Event::Service(
        ServiceProgress::builder()
            .resource(name("Web/Service", "AWS::ECS::Service"))
            .status("IN_PROGRESS")
            .desired(2)
            .running(running)
            .pending(1)
            .failed(failed)
            .failure_threshold(3)
            .message(message)
            .build(),
    )
}

/// Returns the events of a deployment whose service never becomes healthy, with the seconds at which they happen.
fn story() -> Vec<(u64, Event)> {
    let stack = "notes-dev-web";
    let ecs = "AWS::ECS::Service";
    vec![
        (
            0,
            Event::StackStarted {
                stack: stack.to_owned(),
                operation: "deploy".to_owned(),
                total: 3,
                typical_secs: Some(150),
            },
        ),
        (
            2,
            resource("Web/Role", "AWS::IAM::Role", "UPDATE_IN_PROGRESS", None),
        ),
        (
            15,
            resource("Web/Role", "AWS::IAM::Role", "UPDATE_COMPLETE", None),
        ),
        (16, resource("Web/Service", ecs, "UPDATE_IN_PROGRESS", None)),
        (
            17,
            Event::Progress(
                Progress::builder()
                    .stack(stack)
                    .done(1)
                    .total(3)
                    .elapsed_secs(17)
                    .typical_secs(150)
                    .waiting(vec![
                        Waiting::builder()
                            .resource(name("Web/Service", ecs))
                            .status(ResourceStatus::new("UPDATE_IN_PROGRESS"))
                            .elapsed_secs(1)
                            .typical_secs(71)
                            .build(),
                    ])
                    .build(),
            ),
        ),
        (18, service(0, 0, "(service web) has started 2 tasks")),
        (
            40,
            service(1, 1, "(service web) task \u{1b}[31mexited\u{1b}[0m"),
        ),
        (
            41,
            Event::TaskStopped(
                TaskEvidence::builder()
                    .service("Web/Service")
                    .task("arn:task/1")
                    .stopped_reason("Essential container in task exited")
                    .containers(vec![
                        ContainerEvidence::builder()
                            .name("app")
                            .exit_code(78)
                            .build(),
                    ])
                    .log(vec!["::error::DB_HOST is not set\u{1b}[2J".to_owned()])
                    .build(),
            ),
        ),
        (
            50,
            Event::Retrying {
                operation: "DescribeStackEvents".to_owned(),
                reason: "Rate exceeded".to_owned(),
                since_secs: 3,
            },
        ),
        (
            62,
            Event::Answered {
                operation: "DescribeStackEvents".to_owned(),
                after_secs: 15,
            },
        ),
        (80, service(0, 2, "(service web) task exited")),
        (
            81,
            resource(
                "Web/Service",
                ecs,
                "UPDATE_FAILED",
                Some("ECS Deployment Circuit Breaker was triggered"),
            ),
        ),
        (
            82,
            Event::Resource {
                resource: ResourceName::builder()
                    .logical_id(stack)
                    .type_name("AWS::CloudFormation::Stack")
                    .stack(stack)
                    .build(),
                status: ResourceStatus::new("UPDATE_ROLLBACK_IN_PROGRESS"),
                reason: Some(
                    "The following resource(s) failed to update: [WebService].".to_owned(),
                ),
                time: "2026-11-22T10:01:22Z".to_owned(),
                elapsed_secs: None,
            },
        ),
        (
            95,
            Event::StackFinished {
                stack: stack.to_owned(),
                status: StackStatus::new("UPDATE_ROLLBACK_COMPLETE"),
                elapsed_secs: 95,
                outputs: Vec::new(),
            },
        ),
    ]
}

/// Shows the events of [`story`] as `drive` does. Returns the output written up to each of these seconds, and up to the end.
async fn tell(show: &mut dyn ProgressDisplay, workflow: bool, seconds: &[u64]) -> Vec<String> {
    let began = Instant::now();
    let at = |second: u64| began + Duration::from_secs(second);
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut written = Vec::new();
    let mut looks = seconds.iter().copied().peekable();
    for (second, event) in story() {
        let until = at(second);
        loop {
            let look = looks.peek().copied().filter(|look| at(*look) < until);
            let wake = show.wake_at().filter(|wake| *wake < until);
            let mut out = Output::new(&mut stdout, &mut stderr, false, false).in_workflow(workflow);
            match (look, wake) {
                (Some(look), wake) if wake.is_none_or(|wake| at(look) < wake) => {
                    sleep_until(at(look)).await;
                    looks.next();
                    written.push(String::from_utf8_lossy(&stderr).into_owned());
                }
                (_, Some(wake)) => {
                    sleep_until(wake).await;
                    show.refresh_display(&mut out).unwrap();
                }
                _ => break,
            }
        }
        sleep_until(until).await;
        let mut out = Output::new(&mut stdout, &mut stderr, false, false).in_workflow(workflow);
        show.show_event(&event, &mut out).unwrap();
    }
    let mut out = Output::new(&mut stdout, &mut stderr, false, false).in_workflow(workflow);
    show.finish_display(&mut out).unwrap();
    assert!(stdout.is_empty(), "progress is talk");
    written.push(String::from_utf8(stderr).unwrap());
    written
}

/// Emulates a terminal and returns its screen. Supports lines, moving the cursor up, and clearing to the end.
fn screen(written: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut row = 0;
    for line in written.split_inclusive('\n') {
        let mut rest = line;
        while let Some(sequence) = rest.strip_prefix("\u{1b}[") {
            let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
            match &sequence[end..=end] {
                "A" => row -= sequence[..end].parse::<usize>().unwrap(),
                "J" => lines.truncate(row),
                other => panic!("nothing is known about {other}"),
            }
            rest = sequence[end + 1..].trim_start_matches('\r');
        }
        assert!(!rest.contains('\u{1b}'), "{rest:?}");
        if let Some(text) = rest.strip_suffix('\n') {
            lines.truncate(row);
            lines.push(text.to_owned());
            row += 1;
        }
    }
    lines.join("\n") + "\n"
}

#[tokio::test(start_paused = true)]
async fn shows_pending_resources_below_finished_ones() {
    let written = tell(&mut Block::new(|| None), false, &[10, 30, 55, 79, 84]).await;
    let frames: Vec<String> = written.iter().map(|text| screen(text)).collect();
    assert_snapshot!(frames.join("--------\n"));
    for line in frames.iter().flat_map(|frame| frame.lines()) {
        assert!(!line.contains('\u{1b}'), "{line:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn keeps_progress_block_within_terminal_size() {
    let written = tell(&mut Block::new(|| Some((40, 6))), false, &[55]).await;
    let shown = screen(&written[0]);
    let block: Vec<&str> = shown.lines().rev().take(4).collect();
    assert!(
        block.iter().all(|line| line.chars().count() < 40),
        "{shown}"
    );
    assert_snapshot!(shown);
}

#[tokio::test(start_paused = true)]
async fn limits_frames_to_ten_per_second() {
    let mut block = Block::new(|| None);
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut out = Output::new(&mut stdout, &mut stderr, false, false);
    for (_, start) in story().into_iter().take(1) {
        block.show_event(&start, &mut out).unwrap();
    }
    for _ in 0..1000 {
        let event = resource("Web/Role", "AWS::IAM::Role", "UPDATE_IN_PROGRESS", None);
        block.show_event(&event, &mut out).unwrap();
    }
    assert_eq!(
        String::from_utf8(stderr)
            .unwrap()
            .matches("notes-dev-web")
            .count(),
        1
    );
    assert!(block.wake_at().is_some_and(|wake| wake > Instant::now()));
}

#[tokio::test(start_paused = true)]
async fn prints_line_per_change_and_heartbeat_in_log() {
    let written = tell(&mut Lines::new(false), false, &[]).await;
    assert_snapshot!(written[0]);
}

#[tokio::test(start_paused = true)]
async fn groups_stack_lines_and_annotates_failures_in_workflow() {
    let written = tell(&mut Lines::new(true), true, &[]).await;
    assert_snapshot!(written[0]);
}

#[tokio::test(start_paused = true)]
async fn delays_events_until_question_is_answered() {
    let mut lines = Lines::new(false);
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    {
        let mut out = Output::new(&mut stdout, &mut stderr, false, false);
        lines.suspend_display(&mut out).unwrap();
        for (_, event) in story().into_iter().take(3) {
            lines.show_event(&event, &mut out).unwrap();
        }
    }
    assert!(stderr.is_empty());
    let mut out = Output::new(&mut stdout, &mut stderr, false, false);
    lines.resume_display(&mut out).unwrap();
    let told = String::from_utf8(stderr).unwrap();
    assert!(told.contains("UPDATE_COMPLETE     Web/Role"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn ignores_repeated_status_event() {
    let mut board = Board::new();
    let event = resource("Web/Role", "AWS::IAM::Role", "CREATE_IN_PROGRESS", None);
    assert_eq!(board.record_event(&event).len(), 1);
    assert_eq!(board.record_event(&event).len(), 0);
}
