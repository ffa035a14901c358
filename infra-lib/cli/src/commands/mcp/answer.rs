//! The answer of a tool, bounded in size.

use infra_console::words::clean_lines;
use infra_core::Diagnostic;
use rmcp::model::{CallToolResult, ContentBlock};

/// Bytes of an answer; agents refuse, or pay for, much longer ones.
const LIMIT: usize = 60_000;

/// Bytes of the messages beside an answer.
const MESSAGES_LIMIT: usize = 6_000;

/// The answer of a tool.
#[derive(Debug)]
pub(super) struct Answer {
    text: String,
    /// Messages of the app and of the command, beside the answer.
    messages: String,
    failed: bool,
}

impl Answer {
    /// Data.
    pub(super) fn data(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            messages: String::new(),
            failed: false,
        }
    }

    /// An error.
    pub(super) fn refused(text: impl Into<String>) -> Self {
        Self {
            failed: true,
            ..Self::data(text)
        }
    }

    /// A finding as an error.
    pub(super) fn finding(finding: &Diagnostic) -> Self {
        Self::refused(clean_lines(&infra_core::render(finding)))
    }

    /// Adds messages.
    pub(super) fn messages(mut self, text: impl Into<String>) -> Self {
        self.messages = text.into();
        self
    }

    /// The whole text; that of an error as one.
    pub(super) fn into_text(self) -> Result<String, String> {
        if self.failed {
            Err(self.text)
        } else {
            Ok(self.text)
        }
    }

    /// The result of the call. An answer that was cut says so, and how to get less.
    pub(super) fn into_result(self) -> CallToolResult {
        let mut notes = Vec::new();
        let (text, cut) = bounded(self.text, LIMIT);
        if let Some(length) = cut {
            notes.push(format!(
                "the answer is cut: {} of {length} bytes are above; ask for less, such as one `stack` or a narrower `path`",
                text.len()
            ));
        }
        if !self.messages.trim().is_empty() {
            let (messages, cut) = bounded(self.messages, MESSAGES_LIMIT);
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

/// The text, cut at the end of a line or of a character, and its length where it was cut.
fn bounded(mut text: String, limit: usize) -> (String, Option<usize>) {
    let length = text.len();
    if length <= limit {
        return (text, None);
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // One line may be all there is.
    let line = text[..end].rfind('\n').filter(|at| *at > limit / 2);
    text.truncate(line.unwrap_or(end));
    (text, Some(length))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Answer, LIMIT, bounded};

    #[test]
    fn cuts_at_lines_and_characters() {
        assert_eq!(bounded("abc".to_owned(), 3), ("abc".to_owned(), None));
        assert_eq!(
            bounded("aaa\nbb".to_owned(), 5),
            ("aaa".to_owned(), Some(6))
        );
        assert_eq!(bounded("ééé".to_owned(), 3), ("é".to_owned(), Some(6)));
    }

    #[test]
    fn says_that_an_answer_is_cut() {
        let long = "line\n".repeat(LIMIT);
        let result = Answer::data(long).messages("warning: x\n").into_result();
        let result = serde_json::to_value(result).unwrap();
        let texts = result["content"].as_array().unwrap();
        assert_eq!(texts.len(), 3);
        assert!(texts[0]["text"].as_str().unwrap().len() <= LIMIT);
        let note = texts[1]["text"].as_str().unwrap();
        assert!(
            note.starts_with("the answer is cut: 59999 of 300000 bytes"),
            "{note}"
        );
        assert_eq!(texts[2]["text"], "messages:\nwarning: x");
        assert_eq!(result["isError"], json!(false));
    }
}
