//! Plain text and search queries, as the search index sees them.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::words::{Kind, char_kind, fts5_word, split_words};

/// Maximum number of words in a query; further words are ignored.
const QUERY_WORDS: usize = 16;

/// Returns the text of Markdown for the search index: its plain text, followed by the targets of its links and images.
pub fn to_searchable_text(markdown: &str) -> String {
    let mut text = to_plain_text(markdown);
    for event in Parser::new_ext(markdown, super::markdown_options()) {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            text.push('\n');
            text.push_str(&dest_url);
        }
    }
    text
}

/// Returns the text of Markdown without its markup, with line breaks between blocks.
pub fn to_plain_text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, super::markdown_options()) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            // Nested blocks start on a new line, because the text of the list item has not ended.
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_))
                if !text.is_empty() && !text.ends_with('\n') =>
            {
                text.push('\n');
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableCell
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// A search query: terms that must all occur in a note, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(super) terms: Vec<Term>,
}

/// A sequence of adjacent words. With `prefix`, the last one matches the beginnings of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) words: Vec<String>,
    pub(super) prefix: bool,
}

impl Query {
    /// Parses a query: words, and phrases in quotation marks. The last word matches as a prefix unless another character follows it.
    pub fn parse(text: &str) -> Self {
        let mut terms = Vec::new();
        let mut count = 0;
        for (number, part) in text.split('"').enumerate() {
            let quoted = number % 2 == 1;
            let mut run: Vec<String> = Vec::new();
            let mut behind = None;
            for word in split_words(part) {
                if count == QUERY_WORDS {
                    break;
                }
                count += 1;
                // Adjacent characters of a script without spaces form a phrase.
                let joined = behind == Some(word.start);
                if !quoted && !joined && !run.is_empty() {
                    terms.push(Term {
                        words: std::mem::take(&mut run),
                        prefix: false,
                    });
                }
                behind = Some(word.end);
                run.push(word.folded.into_owned());
            }
            if !run.is_empty() {
                terms.push(Term {
                    words: run,
                    prefix: false,
                });
            }
        }
        let is_unfinished = |char| {
            matches!(
                char_kind(char),
                Kind::Part | Kind::Sign | Kind::Alone | Kind::Nothing
            )
        };
        if text.chars().next_back().is_some_and(is_unfinished)
            && let Some(last) = terms.last_mut()
        {
            last.prefix = true;
        }
        Self { terms }
    }

    /// Returns the query with its last word as a whole word; `None` if it is not a prefix.
    pub fn with_whole_words(&self) -> Option<Self> {
        let mut finished = self.clone();
        let last = finished.terms.last_mut().filter(|last| last.prefix)?;
        last.prefix = false;
        Some(finished)
    }

    /// Returns true for a query without words, which finds nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the query in the syntax of PostgreSQL's `tsquery`. Words contain neither quotes nor backslashes, so that quoting needs no escapes.
    pub fn to_tsquery(&self) -> String {
        self.join_terms(" & ", " <-> ", |word, prefix| {
            format!("'{word}'{}", if prefix { ":*" } else { "" })
        })
    }

    /// Returns the query in the syntax of an FTS5 table.
    pub fn to_fts5(&self) -> String {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| {
                let star = if term.prefix { " *" } else { "" };
                let words: Vec<_> = term.words.iter().map(|word| fts5_word(word)).collect();
                format!("\"{}\"{star}", words.join(" "))
            })
            .collect();
        terms.join(" AND ")
    }

    fn join_terms(
        &self,
        between: &str,
        within: &str,
        word: impl Fn(&str, bool) -> String,
    ) -> String {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| {
                let last = term.words.len() - 1;
                let words: Vec<String> = term
                    .words
                    .iter()
                    .enumerate()
                    .map(|(at, text)| word(text, term.prefix && at == last))
                    .collect();
                format!("({})", words.join(within))
            })
            .collect();
        terms.join(between)
    }

    /// Returns true if a word of a text matches the query.
    pub(super) fn matches_word(&self, word: &str) -> bool {
        self.terms.iter().any(|term| {
            let last = term.words.len() - 1;
            term.words.iter().enumerate().any(|(at, wanted)| {
                if term.prefix && at == last {
                    word.starts_with(wanted.as_str())
                } else {
                    word == wanted
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn includes_link_targets_in_searchable_text() {
        let text = to_searchable_text("a [b](https://example.com/tea) ![c](d.png) <https://e.org>");
        assert_eq!(
            text,
            "a b c https://e.org\n\nhttps://example.com/tea\nd.png\nhttps://e.org"
        );
    }

    #[test]
    fn parses_words_phrases_and_prefix_of_query() {
        let query = Query::parse("Crème \"two words\" bru");
        assert_eq!(
            query.to_tsquery(),
            "('creme') & ('two' <-> 'words') & ('bru':*)"
        );
        assert_eq!(query.to_fts5(), "\"creme\" AND \"two words\" AND \"bru\" *");
        assert_eq!(Query::parse("done ").to_tsquery(), "('done')");
        let finished = query.with_whole_words().unwrap();
        assert_eq!(
            finished.to_fts5(),
            "\"creme\" AND \"two words\" AND \"bru\""
        );
        assert_eq!(finished.with_whole_words(), None);
        // A word that ends in a vowel sign may be incomplete, too.
        assert_eq!(
            Query::parse("\u{926}\u{93f}").to_tsquery(),
            "('\u{926}\u{93f}':*)"
        );
        assert_eq!(Query::parse("東京").to_tsquery(), "('東' <-> '京':*)");
        assert!(
            Query::parse("%_ \"' OR 1=1 --")
                .to_fts5()
                .starts_with("\"or 1 1\"")
        );
        assert!(Query::parse(" \"*\" ").is_empty());
    }

    #[test]
    fn drops_markup() {
        assert_eq!(
            to_plain_text("# A *b*\n\n- [ ] c\n- [x] `d`").trim(),
            "A b\nc\nd"
        );
    }
}
