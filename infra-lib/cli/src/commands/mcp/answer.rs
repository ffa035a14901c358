//! Builds the answer of a tool, limited in size.

use infra_console::words::clean_lines;
use infra_core::Diagnostic;
use rmcp::model::{CallToolResult, ContentBlock};

use crate::commands::capture::CapturedOutput;

/// Maximum size of an answer in bytes; agents refuse or are charged for much longer ones.
const LIMIT: usize = 60_000;

/// Maximum size in bytes of the messages that accompany an answer.
const MESSAGES_LIMIT: usize = 6_000;

/// The answer of a tool, successful or failed.
#[derive(Debug)]
pub(super) struct Answer {
    text: String,
    /// Messages of the app and of the command, sent as a separate content block.
    messages: String,
    failed: bool,
}

impl Answer {
    /// Creates a successful answer.
    pub(super) fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            messages: String::new(),
            failed: false,
        }
    }

    /// Creates a failed answer.
    pub(super) fn from_error(text: impl Into<String>) -> Self {
        Self {
            failed: true,
            ..Self::from_text(text)
        }
    }

    /// Creates a failed answer from a finding.
    pub(super) fn from_finding(finding: &Diagnostic) -> Self {
        Self::from_error(clean_lines(&infra_core::render(finding)))
    }

    /// Converts the output of a command, with its messages attached. After a failure the messages, which contain the findings, become the answer.
    pub(super) fn from_output(output: CapturedOutput) -> Self {
        if output.has_failed() {
            Self::from_failed_output(output)
        } else {
            Self::from_text(output.data).messages(output.messages)
        }
    }

    /// Converts the messages of a command to a failed answer.
    pub(super) fn from_failed_output(output: CapturedOutput) -> Self {
        if output.messages.trim().is_empty() {
            let code = output.code.number();
            return Self::from_error(format!("error: the app failed with exit code {code}\n"));
        }
        Self::from_error(output.messages)
    }

    /// Adds messages of the app and of the command.
    pub(super) fn messages(mut self, text: impl Into<String>) -> Self {
        self.messages = text.into();
        self
    }

    /// Returns the whole text, as `Err` if the answer is a failure.
    pub(super) fn into_text(self) -> Result<String, String> {
        if self.failed {
            Err(self.text)
        } else {
            Ok(self.text)
        }
    }

    /// Converts the answer to the result of a call. A truncated answer gets a note on how to request less.
    pub(super) fn into_result(self) -> CallToolResult {
        let mut notes = Vec::new();
        let (text, cut) = truncate_text(self.text, LIMIT);
        if let Some(length) = cut {
            notes.push(format!(
                "the result is truncated: {} of {length} bytes are shown; request less, such as one `stack` or a narrower `path`",
                text.len()
            ));
        }
        if !self.messages.trim().is_empty() {
            let (messages, cut) = truncate_text(self.messages, MESSAGES_LIMIT);
            let more = if cut.is_some() { "\n(cut)" } else { "" };
            notes.push(format!("messages:\n{}{more}", messages.trim_end()));
        }
        let content = std::iter::once(text).chain(notes);
        let content = content.map(ContentBlock::text).collect();
        if self.failed {
            CallToolResult::error(content)
        } else {
            CallToolResult::success(content)
        }
    }
}

/// Truncates a text at the end of a line or character. Returns the original length if it was truncated.
fn truncate_text(mut text: String, limit: usize) -> (String, Option<usize>) {
    let length = text.len();
    if length <= limit {
        return (text, None);
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A text of one long line is cut within the line.
    let line = text[..end].rfind('\n').filter(|at| *at > limit / 2);
    text.truncate(line.unwrap_or(end));
    (text, Some(length))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Answer, LIMIT, truncate_text};

    #[test]
    fn cuts_answer_at_line_or_character_boundary() {
        assert_eq!(truncate_text("abc".to_owned(), 3), ("abc".to_owned(), None));
        assert_eq!(
            truncate_text("aaa\nbb".to_owned(), 5),
            ("aaa".to_owned(), Some(6))
        );
        assert_eq!(
            truncate_text("ééé".to_owned(), 3),
            ("é".to_owned(), Some(6))
        );
    }

    #[test]
    fn notes_that_long_answer_is_cut() {
        let long = "line\n".repeat(LIMIT);
        let result = Answer::from_text(long)
            .messages("warning: x\n")
            .into_result();
        let result = serde_json::to_value(result).unwrap();
        let texts = result["content"].as_array().unwrap();
        assert_eq!(texts.len(), 3);
        assert!(texts[0]["text"].as_str().unwrap().len() <= LIMIT);
        let note = texts[1]["text"].as_str().unwrap();
        assert!(
            note.starts_with("the result is truncated: 59999 of 300000 bytes"),
            "{note}"
        );
        assert_eq!(texts[2]["text"], "messages:\nwarning: x");
        assert_eq!(result["isError"], json!(false));
    }
}
