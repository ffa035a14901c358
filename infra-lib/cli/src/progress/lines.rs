//! Shows progress where lines cannot be redrawn, such as in a workflow: a line for each change, and a heartbeat.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use infra_deploy::Event;
use tokio::time::Instant;

use super::board::{
    LinePosition, LineSeverity, ProgressLine, StackBoard, collapse_spaces, format_task_counts,
};
use super::{Board, ProgressDisplay};
use infra_console::words::{clean_line, format_seconds};
use infra_console::{Output, wrap_text};

/// Time between heartbeats, which list what the operation is waiting for.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// Maximum number of resources named in a heartbeat, so that it does not hide changes.
const NAMED: usize = 5;

/// Columns before the text of a line: the time and two spaces.
const HEAD: usize = 9;

/// A display that writes lines, and workflow commands if GitHub Actions runs it.
#[derive(Debug)]
pub(super) struct Lines {
    /// True if GitHub Actions reads workflow commands from the output.
    workflow: bool,
    /// Stack whose lines are in a folded group.
    group: Option<String>,
    next_heartbeat: Instant,
    suspended: bool,
    pending: Vec<ProgressLine>,
    board: Board,
}

impl Lines {
    pub(super) fn new(workflow: bool) -> Self {
        Self {
            workflow,
            group: None,
            next_heartbeat: Instant::now() + HEARTBEAT,
            suspended: false,
            pending: Vec::new(),
            board: Board::new(),
        }
    }

    fn write_line(&mut self, news: &ProgressLine, out: &mut Output<'_>) -> io::Result<()> {
        if self.workflow && news.position == LinePosition::First && self.board.stacks.len() == 1 {
            self.end_group(out)?;
            self.group.clone_from(&news.stack);
            out.write_workflow_command("group", &[], &news.text)?;
        } else {
            // A group contains lines of one stack; it ends when a second stack begins. The line about the end of a stack is always visible.
            let of_other = news.stack.is_some() && news.stack != self.group;
            if self.group.is_some() && (of_other || news.position == LinePosition::Last) {
                self.end_group(out)?;
            }
            let mut head = format!("{:>7}  ", format_seconds(self.board.elapsed_secs()));
            for text in wrap_to_columns(&news.text, out) {
                let part = ProgressLine {
                    text,
                    ..news.clone()
                };
                out.write_status(&format!("{head}{}\n", paint_line(&part, out)))?;
                head = " ".repeat(HEAD);
            }
        }
        if self.workflow
            && news.severity == LineSeverity::Failure
            && news.position == LinePosition::Middle
        {
            let place = news.source.as_deref().and_then(parse_place);
            let properties: Vec<(&str, &str)> = place.map_or_else(Vec::new, |(file, line)| {
                vec![("file", file), ("line", line)]
            });
            out.write_workflow_command("error", &properties, &collapse_spaces(&news.text))?;
        }
        Ok(())
    }

    fn end_group(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        if self.group.take().is_some() {
            out.write_workflow_command("endgroup", &[], "")?;
        }
        Ok(())
    }

    fn heartbeat_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, stack) in &self.board.stacks {
            if stack.total > 0 {
                lines.push(format!(
                    "{name}: {}, {} of {} done, {}",
                    stack.activity,
                    stack.done,
                    stack.total,
                    stack.format_time()
                ));
            } else {
                lines.push(format!(
                    "{name}: {}, {}",
                    stack.activity,
                    stack.format_time()
                ));
            }
            let waits = stack.waiting.iter().take(NAMED);
            lines.extend(
                waits.map(|waiting| format!("  waiting for {}", format_waiting(stack, waiting))),
            );
            if stack.waiting.len() > NAMED {
                lines.push(format!("  … and {} more", stack.waiting.len() - NAMED));
            }
        }
        lines.extend(self.board.retrying.clone());
        lines
    }
}

/// Formats a resource in progress: `Web/Service: CREATE_IN_PROGRESS for 1m02s, usually 1m59s; 1 of 2 tasks running`.
fn format_waiting(stack: &StackBoard, waiting: &infra_deploy::event::Waiting) -> String {
    let mut text = format!(
        "{}: {} for {}",
        waiting.resource.display_name(),
        waiting.status,
        format_seconds(stack.waiting_secs(waiting))
    );
    if let Some(typical) = waiting.typical_secs {
        let _ = write!(text, ", usually {}", format_seconds(typical));
    }
    match stack.services.get(&waiting.resource.logical_id) {
        Some(service) => {
            let _ = write!(text, "; {}", format_task_counts(service));
        }
        None => {
            if let Some(reason) = &waiting.reason {
                let _ = write!(text, "; {}", clean_line(reason));
            }
        }
    }
    text
}

/// Returns file and line of `src/stacks/web.rs:41:9`.
fn parse_place(source: &str) -> Option<(&str, &str)> {
    let (rest, _column) = source.rsplit_once(':')?;
    rest.rsplit_once(':')
}

/// Wraps a text to the columns that remain after the time.
fn wrap_to_columns(text: &str, out: &Output<'_>) -> Vec<String> {
    match out.columns() {
        // Narrower columns would break lines after a few letters and be harder to read.
        Some(columns) => {
            let wrapped = wrap_text(text, columns.saturating_sub(HEAD).max(2 * HEAD));
            wrapped.lines().map(str::to_owned).collect()
        }
        None => vec![text.to_owned()],
    }
}

/// Colours a line by its severity.
pub(super) fn paint_line(news: &ProgressLine, out: &Output<'_>) -> String {
    use anstyle::{AnsiColor, Style};
    let style = match news.severity {
        LineSeverity::Info => Style::new(),
        LineSeverity::Success => AnsiColor::Green.on_default(),
        LineSeverity::Warning => AnsiColor::Yellow.on_default(),
        LineSeverity::Failure => AnsiColor::Red.on_default().bold(),
    };
    if news.severity == LineSeverity::Info {
        return news.text.clone();
    }
    out.style_text(style, &news.text)
}

impl ProgressDisplay for Lines {
    fn show_event(&mut self, event: &Event, out: &mut Output<'_>) -> io::Result<()> {
        for news in self.board.record_event(event) {
            if self.suspended {
                self.pending.push(news);
            } else {
                self.write_line(&news, out)?;
            }
        }
        Ok(())
    }

    fn wake_at(&self) -> Option<Instant> {
        (!self.suspended).then_some(self.next_heartbeat)
    }

    fn refresh_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.next_heartbeat = Instant::now() + HEARTBEAT;
        for line in self.heartbeat_lines() {
            let mut head = format!("{:>7}  ", format_seconds(self.board.elapsed_secs()));
            for text in wrap_to_columns(&line, out) {
                out.write_status(&format!("{head}{text}\n"))?;
                head = " ".repeat(HEAD);
            }
        }
        Ok(())
    }

    fn suspend_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.suspended = true;
        self.end_group(out)
    }

    fn resume_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.suspended = false;
        self.next_heartbeat = Instant::now() + HEARTBEAT;
        for news in std::mem::take(&mut self.pending) {
            self.write_line(&news, out)?;
        }
        Ok(())
    }

    fn finish_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.end_group(out)
    }
}
