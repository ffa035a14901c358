//! Shows progress at a terminal: a block at the bottom that is redrawn, with completed changes scrolling above it.
//!
//! The cursor remains visible below the block, so the terminal needs no restoring however the program ends.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use anstyle::{AnsiColor, Style as Colour};
use infra_deploy::Event;
use infra_deploy::event::Waiting;
use tokio::time::Instant;

use super::board::{ProgressLine, StackBoard, format_task_counts};
use super::lines::paint_line;
use super::{Board, ProgressDisplay};
use infra_console::Output;
use infra_console::words::{clean_line, cut_to_width, display_width, format_seconds};

/// Minimum time between two frames.
const FRAME: Duration = Duration::from_millis(100);

/// Time between frames without events, so that elapsed seconds advance.
const CLOCK: Duration = Duration::from_secs(1);

/// Width of the progress bar in columns, including its brackets.
const BAR: usize = 22;

/// Maximum number of failures that remain in the block.
const PINNED: usize = 4;

#[derive(Debug)]
pub(super) struct Block {
    size: fn() -> Option<(u16, u16)>,
    board: Board,
    /// Width in columns of each line of the last frame.
    drawn: Vec<usize>,
    /// Lines to print above the block with the next frame.
    held_lines: Vec<ProgressLine>,
    last: Option<Instant>,
    dirty: bool,
    suspended: bool,
}

impl Block {
    pub(super) fn new(size: fn() -> Option<(u16, u16)>) -> Self {
        Self {
            size,
            board: Board::new(),
            drawn: Vec::new(),
            held_lines: Vec::new(),
            last: None,
            dirty: false,
            suspended: false,
        }
    }

    /// Erases the last frame, writes new lines, and draws the next frame below them, in a single write.
    fn draw_frame(&mut self, out: &mut Output<'_>, frame: &[String]) -> io::Result<()> {
        let (columns, _) = self.measure_terminal();
        let mut text = erase_sequence(&self.drawn, columns);
        for news in std::mem::take(&mut self.held_lines) {
            let time = format_seconds(self.board.elapsed_secs());
            // Lines above the block are never redrawn, so they may exceed the width.
            let _ = writeln!(text, "{time:>7}  {}", paint_line(&news, out));
        }
        self.drawn.clear();
        for line in frame {
            self.drawn.push(display_width(line));
            let _ = writeln!(text, "{}", colour_line(line, out));
        }
        self.last = Some(Instant::now());
        self.dirty = false;
        out.write_status(&text)
    }

    /// Returns the columns and lines available to a frame; 80 by 24 without a known size.
    fn measure_terminal(&self) -> (usize, usize) {
        let (columns, lines) = (self.size)().unwrap_or((80, 24));
        (usize::from(columns.max(20)), usize::from(lines.max(5)))
    }

    fn build_frame(&self) -> Vec<String> {
        let (columns, lines) = self.measure_terminal();
        let mut frame = Vec::new();
        let failures = &self.board.failures;
        for failure in &failures[failures.len().saturating_sub(PINNED)..] {
            frame.push(format!("failed: {failure}"));
        }
        for (name, stack) in &self.board.stacks {
            frame.push(format_header(name, stack, columns));
            for waiting in &stack.waiting {
                frame.push(format_waiting(stack, waiting));
                if let Some(service) = stack.services.get(&waiting.resource.logical_id) {
                    frame.push(format!("      {}", format_task_counts(service)));
                }
            }
        }
        if let Some((done, total, key)) = &self.board.files {
            frame.push(format!(
                "{} {done}/{total}  {key}",
                format_bar(*done, *total)
            ));
        }
        frame.extend(self.board.retrying.clone());
        // One line is reserved for the cursor, and one for typed input.
        let room = lines - 2;
        if frame.len() > room {
            let hidden = frame.len() - (room - 1);
            frame.truncate(room - 1);
            frame.push(format!("… and {hidden} more"));
        }
        // Some terminals wrap a line that is exactly as wide as the terminal.
        frame
            .iter()
            .map(|line| cut_to_width(line, columns - 1))
            .collect()
    }
}

/// Returns the control sequence that moves to the start of the last frame and clears it. A window that became narrower has wrapped its lines, which
/// adds rows.
fn erase_sequence(drawn: &[usize], columns: usize) -> String {
    let rows: usize = drawn
        .iter()
        .map(|width| width.div_ceil(columns).max(1))
        .sum();
    if rows == 0 {
        String::new()
    } else {
        format!("\u{1b}[{rows}A\r\u{1b}[J")
    }
}

fn format_header(name: &str, stack: &StackBoard, columns: usize) -> String {
    if stack.total == 0 {
        return format!("{name}  {}, {}", stack.activity, stack.format_time());
    }
    let facts = format!(
        "{}/{} {}, {}",
        stack.done,
        stack.total,
        stack.activity,
        stack.format_time()
    );
    if columns < name.len() + facts.len() + BAR + 4 {
        return format!("{name}  {facts}");
    }
    format!("{name}  {}  {facts}", format_bar(stack.done, stack.total))
}

/// Formats a progress bar: `[=======>            ]`.
fn format_bar(done: usize, total: usize) -> String {
    let inside = BAR - 2;
    let filled = (done * inside).checked_div(total).unwrap_or(0).min(inside);
    let mut text = "=".repeat(filled);
    if filled < inside {
        text.push('>');
    }
    format!("[{text:<inside$}]")
}

fn format_waiting(stack: &StackBoard, waiting: &Waiting) -> String {
    let mut text = format!(
        "  {}  {}  {}",
        waiting.resource.display_name(),
        waiting.status,
        format_seconds(stack.waiting_secs(waiting))
    );
    if let Some(typical) = waiting.typical_secs {
        let _ = write!(text, ", usually {}", format_seconds(typical));
    }
    if let Some(reason) = &waiting.reason {
        let _ = write!(text, ": {reason}");
    }
    clean_line(&text)
}

/// Colours a line of the block: failures are red, resources in progress dimmed.
fn colour_line(line: &str, out: &Output<'_>) -> String {
    if line.starts_with("failed: ") {
        out.style_text(AnsiColor::Red.on_default().bold(), line)
    } else if line.starts_with(' ') {
        out.style_text(Colour::new().dimmed(), line)
    } else {
        out.emphasize_text(line)
    }
}

impl ProgressDisplay for Block {
    fn show_event(&mut self, event: &Event, out: &mut Output<'_>) -> io::Result<()> {
        let news = self.board.record_event(event);
        // The block itself shows what has begun.
        self.held_lines
            .extend(news.into_iter().filter(|news| !news.is_interim));
        self.dirty = true;
        let due = self.last.is_none_or(|last| last.elapsed() >= FRAME);
        if due && !self.suspended {
            let frame = self.build_frame();
            self.draw_frame(out, &frame)?;
        }
        Ok(())
    }

    fn wake_at(&self) -> Option<Instant> {
        let last = self.last.filter(|_| !self.suspended)?;
        Some(last + if self.dirty { FRAME } else { CLOCK })
    }

    fn refresh_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        let frame = self.build_frame();
        self.draw_frame(out, &frame)
    }

    fn suspend_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.suspended = true;
        self.draw_frame(out, &[])
    }

    fn resume_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.suspended = false;
        self.refresh_display(out)
    }

    fn finish_display(&mut self, out: &mut Output<'_>) -> io::Result<()> {
        self.draw_frame(out, &[])
    }
}
