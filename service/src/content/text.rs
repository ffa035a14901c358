//! Text and queries as search sees them.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::words::{Kind, fts5_word, kind, words};

/// More words of a query are ignored.
const QUERY_WORDS: usize = 16;

/// The words of Markdown as an index has them: those of its text, and of the targets of its links behind it.
pub fn searchable(markdown: &str) -> String {
    let mut text = plain(markdown);
    for event in Parser::new_ext(markdown, super::dialect()) {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            text.push('\n');
            text.push_str(&dest_url);
        }
    }
    text
}

/// What Markdown says, without its marks.
pub fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, super::dialect()) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            // Below the text of an entry, which does not end before it.
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

/// What is searched for: terms that must all be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(super) terms: Vec<Term>,
}

/// Words that follow each other; of the last one only the beginning, if it is a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) words: Vec<String>,
    pub(super) prefix: bool,
}

impl Query {
    /// Of what people type: words, and phrases in quotation marks. The last word may be unfinished, unless something follows it.
    pub fn parse(text: &str) -> Self {
        let mut terms = Vec::new();
        let mut count = 0;
        for (number, part) in text.split('"').enumerate() {
            let quoted = number % 2 == 1;
            let mut run: Vec<String> = Vec::new();
            let mut behind = None;
            for word in words(part) {
                if count == QUERY_WORDS {
                    break;
                }
                count += 1;
                // Characters of an unspaced script are words that follow each other.
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
                kind(char),
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

    /// The same with a last word that must be there as it is; none if that is so already.
    pub fn finished(&self) -> Option<Self> {
        let mut finished = self.clone();
        let last = finished.terms.last_mut().filter(|last| last.prefix)?;
        last.prefix = false;
        Some(finished)
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// As PostgreSQL's `tsquery`. Words have no quotation marks and no backslashes, so that quotation marks are enough.
    pub fn tsquery(&self) -> String {
        self.each(" & ", " <-> ", |word, prefix| {
            format!("'{word}'{}", if prefix { ":*" } else { "" })
        })
    }

    /// As the query of an FTS5 table.
    pub fn fts5(&self) -> String {
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

    fn each(&self, between: &str, within: &str, word: impl Fn(&str, bool) -> String) -> String {
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

    /// Whether a word is one of those searched for.
    pub(super) fn wants(&self, word: &str) -> bool {
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
    fn targets_of_links_are_words() {
        let text = searchable("a [b](https://example.com/tea) ![c](d.png) <https://e.org>");
        assert_eq!(
            text,
            "a b c https://e.org\n\nhttps://example.com/tea\nd.png\nhttps://e.org"
        );
    }

    #[test]
    fn queries_are_words_phrases_and_a_beginning() {
        let query = Query::parse("Crème \"two words\" bru");
        assert_eq!(
            query.tsquery(),
            "('creme') & ('two' <-> 'words') & ('bru':*)"
        );
        assert_eq!(query.fts5(), "\"creme\" AND \"two words\" AND \"bru\" *");
        assert_eq!(Query::parse("done ").tsquery(), "('done')");
        let finished = query.finished().unwrap();
        assert_eq!(finished.fts5(), "\"creme\" AND \"two words\" AND \"bru\"");
        assert_eq!(finished.finished(), None);
        // A word that ends in a vowel sign is unfinished too.
        assert_eq!(
            Query::parse("\u{926}\u{93f}").tsquery(),
            "('\u{926}\u{93f}':*)"
        );
        assert_eq!(Query::parse("東京").tsquery(), "('東' <-> '京':*)");
        assert!(
            Query::parse("%_ \"' OR 1=1 --")
                .fts5()
                .starts_with("\"or 1 1\"")
        );
        assert!(Query::parse(" \"*\" ").is_empty());
    }

    #[test]
    fn marks_of_markdown_are_not_text() {
        assert_eq!(plain("# A *b*\n\n- [ ] c\n- [x] `d`").trim(), "A b\nc\nd");
    }
}
