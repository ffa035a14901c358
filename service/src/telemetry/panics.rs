//! Logs a panic as one JSON line, in place of text on standard error that log collectors cannot parse.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, PanicHookInfo};

/// Installs a panic hook that logs panics. The hook runs within the span of the request, so the line contains the request ID.
pub(crate) fn log_panics() {
    panic::set_hook(Box::new(log_panic));
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let location = panic
        .location()
        .map(|at| format!("{}:{}", at.file(), at.line()));
    let thread = std::thread::current();
    // Empty unless RUST_BACKTRACE is set.
    let backtrace = Backtrace::capture();
    let backtrace =
        (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(
        target: "notes_service::panic",
        location,
        thread = thread.name(),
        backtrace,
        "panicked: {}",
        redact_content(panic.payload_as_str().unwrap_or("with a value that is not text"))
    );
}

/// Maximum length of a logged panic message, in bytes.
const MAX_TEXT: usize = 500;

/// Removes user data from a panic message. Slicing a string inside of a character panics with the string itself, which may be the text of a note.
fn redact_content(text: &str) -> &str {
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
    fn omits_indexed_string() {
        let note = "sécret";
        let panicked = panic::catch_unwind(|| note[2..].len()).unwrap_err();
        let text = panicked.downcast_ref::<String>().unwrap();
        assert!(text.contains("cret"), "{text}");
        let told = redact_content(text);
        assert!(!told.contains("cret"), "{told}");
        assert!(told.contains("not a char boundary"), "{told}");
    }

    #[test]
    fn truncates_other_messages() {
        let text = "called `Option::unwrap()` on a `None` value";
        assert_eq!(redact_content(text), text);
        assert_eq!(redact_content(&"é".repeat(400)).len(), MAX_TEXT);
    }
}
