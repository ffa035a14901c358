//! A panic is one log line, not a text on standard error that no collector can read.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, PanicHookInfo};

/// Logs panics from now on. The line carries the request it happened in, because the hook runs within it.
pub(crate) fn log_panics() {
    panic::set_hook(Box::new(log));
}

fn log(panic: &PanicHookInfo<'_>) {
    let location = panic
        .location()
        .map(|at| format!("{}:{}", at.file(), at.line()));
    let thread = std::thread::current();
    // Empty unless RUST_BACKTRACE asks for it.
    let backtrace = Backtrace::capture();
    let backtrace =
        (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(
        target: "notes_service::panic",
        location,
        thread = thread.name(),
        backtrace,
        "panicked: {}",
        without_content(panic.payload_as_str().unwrap_or("with a value that is no text"))
    );
}

/// The longest text of a panic that is logged.
const MAX_TEXT: usize = 500;

/// Indexing a string at a place within a character panics with the string itself, which may be somebody's note.
fn without_content(text: &str) -> &str {
    let text = match text.split_once('`') {
        Some((before, _)) if text.contains("byte index") => before.trim_end(),
        _ => text,
    };
    &text[..text.floor_char_boundary(MAX_TEXT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(
        clippy::string_slice,
        reason = "the panic of exactly this is looked at"
    )]
    fn the_string_that_was_indexed_is_not_told() {
        let note = "sécret";
        let panicked = panic::catch_unwind(|| note[2..].len()).unwrap_err();
        let text = panicked.downcast_ref::<String>().unwrap();
        assert!(text.contains("cret"), "{text}");
        let told = without_content(text);
        assert!(!told.contains("cret"), "{told}");
        assert!(told.contains("not a char boundary"), "{told}");
    }

    #[test]
    fn other_texts_are_told_up_to_a_length() {
        let text = "called `Option::unwrap()` on a `None` value";
        assert_eq!(without_content(text), text);
        assert_eq!(without_content(&"é".repeat(400)).len(), MAX_TEXT);
    }
}
