//! Shows progress where lines cannot be redrawn, such as in a workflow: a line for each change, and a heartbeat.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use infra_deploy::Event;
use tokio::time::Instant;

use super::board::{Mood, News, StackBoard, Turn, one_space, tasks};
use super::{Board, Show};
use infra_console::words::{clean, seconds};
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
    beat: Instant,
    suspended: bool,
    held: Vec<News>,
    board: Board,
}

impl Lines {
    pub(super) fn new(workflow: bool) -> Self {
        Self {
            workflow,
            group: None,
            beat: Instant::now() + HEARTBEAT,
            suspended: false,
            held: Vec::new(),
            board: Board::new(),
        }
    }

    fn write(&mut self, news: &News, out: &mut Output<'_>) -> io::Result<()> {
        if self.workflow && news.turn == Turn::Begins && self.board.stacks.len() == 1 {
            self.end_group(out)?;
            self.group.clone_from(&news.stack);
            out.command("group", &[], &news.text)?;
        } else {
            // A group contains lines of one stack; it ends when a second stack begins. The line about the end of a stack is always visible.
            let of_other = news.stack.is_some() && news.stack != self.group;
            if self.group.is_some() && (of_other || news.turn == Turn::Ends) {
                self.end_group(out)?;
            }
            let mut head = format!("{:>7}  ", seconds(self.board.elapsed()));
            for text in fitted(&news.text, out) {
                let part = News {
                    text,
                    ..news.clone()
                };
                out.talk(&format!("{head}{}\n", paint(&part, out)))?;
                head = " ".repeat(HEAD);
            }
        }
        if self.workflow && news.mood == Mood::Bad && news.turn == Turn::Goes {
            let place = news.source.as_deref().and_then(place);
            let properties: Vec<(&str, &str)> = place.map_or_else(Vec::new, |(file, line)| {
                vec![("file", file), ("line", line)]
            });
            out.command("error", &properties, &one_space(&news.text))?;
        }
        Ok(())
    }

    fn end_group(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        if self.group.take().is_some() {
            out.command("endgroup", &[], "")?;
        }
        Ok(())
    }

    fn heartbeat(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, stack) in &self.board.stacks {
            if stack.total > 0 {
                lines.push(format!(
                    "{name}: {}, {} of {} done, {}",
                    stack.doing,
                    stack.done,
                    stack.total,
                    stack.time()
                ));
            } else {
                lines.push(format!("{name}: {}, {}", stack.doing, stack.time()));
            }
            let waits = stack.waiting.iter().take(NAMED);
            lines.extend(waits.map(|waiting| format!("  waiting for {}", wait(stack, waiting))));
            if stack.waiting.len() > NAMED {
                lines.push(format!("  … and {} more", stack.waiting.len() - NAMED));
            }
        }
        lines.extend(self.board.retrying.clone());
        lines
    }
}

/// Formats a resource in progress: `Web/Service: CREATE_IN_PROGRESS for 1m02s, usually 1m59s; 1 of 2 tasks running`.
fn wait(stack: &StackBoard, waiting: &infra_deploy::event::Waiting) -> String {
    let mut text = format!(
        "{}: {} for {}",
        waiting.resource.shown(),
        waiting.status,
        seconds(stack.waited(waiting))
    );
    if let Some(typical) = waiting.typical_secs {
        let _ = write!(text, ", usually {}", seconds(typical));
    }
    match stack.services.get(&waiting.resource.logical_id) {
        Some(service) => {
            let _ = write!(text, "; {}", tasks(service));
        }
        None => {
            if let Some(reason) = &waiting.reason {
                let _ = write!(text, "; {}", clean(reason));
            }
        }
    }
    text
}

/// Returns file and line of `src/stacks/web.rs:41:9`.
fn place(source: &str) -> Option<(&str, &str)> {
    let (rest, _column) = source.rsplit_once(':')?;
    rest.rsplit_once(':')
}

/// Wraps a text to the columns that remain after the time.
fn fitted(text: &str, out: &Output<'_>) -> Vec<String> {
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
pub(super) fn paint(news: &News, out: &Output<'_>) -> String {
    use anstyle::{AnsiColor, Style};
    let style = match news.mood {
        Mood::Plain => Style::new(),
        Mood::Good => AnsiColor::Green.on_default(),
        Mood::Careful => AnsiColor::Yellow.on_default(),
        Mood::Bad => AnsiColor::Red.on_default().bold(),
    };
    if news.mood == Mood::Plain {
        return news.text.clone();
    }
    out.styled(style, &news.text)
}

impl Show for Lines {
    fn event(&mut self, event: &Event, out: &mut Output<'_>) -> io::Result<()> {
        for news in self.board.take(event) {
            if self.suspended {
                self.held.push(news);
            } else {
                self.write(&news, out)?;
            }
        }
        Ok(())
    }

    fn wake_at(&self) -> Option<Instant> {
        (!self.suspended).then_some(self.beat)
    }

    fn wake(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.beat = Instant::now() + HEARTBEAT;
        for line in self.heartbeat() {
            let mut head = format!("{:>7}  ", seconds(self.board.elapsed()));
            for text in fitted(&line, out) {
                out.talk(&format!("{head}{text}\n"))?;
                head = " ".repeat(HEAD);
            }
        }
        Ok(())
    }

    fn suspend(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.suspended = true;
        self.end_group(out)
    }

    fn resume(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.suspended = false;
        self.beat = Instant::now() + HEARTBEAT;
        for news in std::mem::take(&mut self.held) {
            self.write(&news, out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.end_group(out)
    }
}
