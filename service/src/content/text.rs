//! Text as search sees it: words without accents and case, the same on both databases.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: nobody searches for them, and PostgreSQL takes lexemes up to 2,046 bytes.
const WORD_CHARS: usize = 64;
/// More words of a query are ignored.
const QUERY_WORDS: usize = 16;

/// A word and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it is compared.
    pub folded: Cow<'a, str>,
    /// The byte at which it begins.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
}

/// The words of a text: runs of letters and digits. Scripts that are written without spaces give a word for each character, so that
/// part of a sentence can be found as a phrase.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices() {
        let part = char.is_alphanumeric() || (!char.is_ascii() && is_combining_mark(char));
        let alone = is_unspaced(char);
        if (!part || alone)
            && let Some(from) = start.take()
        {
            push(&mut words, text, from, at);
        }
        if alone {
            push(&mut words, text, at, at + char.len_utf8());
        } else if part && start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        push(&mut words, text, from, text.len());
    }
    words
}

fn push<'a>(words: &mut Vec<Word<'a>>, text: &'a str, start: usize, end: usize) {
    let mut folded = fold(&text[start..end]);
    if let Some((cut, _)) = folded.char_indices().nth(WORD_CHARS) {
        folded = match folded {
            Cow::Borrowed(word) => Cow::Borrowed(&word[..cut]),
            Cow::Owned(mut word) => {
                word.truncate(cut);
                Cow::Owned(word)
            }
        };
    }
    if !folded.is_empty() {
        words.push(Word { folded, start, end });
    }
}

/// A word without accents, case and compatibility forms: "Crème", "crème" and "CREME" are the same. Only letters and digits are left.
pub fn fold(word: &str) -> Cow<'_, str> {
    // Most words have nothing to take apart.
    if word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
        return letters
            .map(|letter| char::from(letter.to_ascii_lowercase()))
            .collect::<String>()
            .into();
    }
    let mut folded = String::with_capacity(word.len());
    for char in word.nfkd().flat_map(char::to_lowercase) {
        match char {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            // The final form of sigma.
            'ς' => folded.push('σ'),
            char if char.is_alphanumeric() && !is_combining_mark(char) => folded.push(char),
            _ => {}
        }
    }
    folded.into()
}

/// Han, Hiragana, Katakana, and scripts of South-East Asia that do not separate words.
fn is_unspaced(char: char) -> bool {
    matches!(u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
        && char.is_alphanumeric()
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
    terms: Vec<Term>,
}

/// Words that follow each other; of the last one only the beginning, if it is a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    prefix: bool,
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
        if text.chars().next_back().is_some_and(char::is_alphanumeric)
            && let Some(last) = terms.last_mut()
        {
            last.prefix = true;
        }
        Self { terms }
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// As PostgreSQL's `tsquery`. Words have letters and digits only, so that quotation marks are enough.
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
                format!("\"{}\"{star}", term.words.join(" "))
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
    fn wants(&self, word: &str) -> bool {
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

/// A piece of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was searched for.
    pub found: bool,
}

/// About how many characters of text surround what was found.
const AROUND: usize = 60;
const LONGEST: usize = 200;

/// A short extract around the first word that was searched for; the beginning if there is none.
pub fn snippet(text: &str, query: &Query) -> Vec<Piece> {
    let words = words(text);
    let found: Vec<&Word<'_>> = words
        .iter()
        .filter(|word| query.wants(&word.folded))
        .collect();
    let first = found.first().map_or(0, |word| word.start);
    let mut start = back(text, first, AROUND);
    // Not in the middle of a word.
    if start > 0 {
        start = words
            .iter()
            .map(|word| word.start)
            .find(|at| *at >= start)
            .unwrap_or(start)
            .min(first);
    }
    let end = forward(text, start, LONGEST);
    let mut pieces = Vec::new();
    let mut add = |text: &str, found: bool| {
        // Lines are for pages.
        let text = text.replace(['\n', '\r', '\t'], " ");
        if !text.is_empty() {
            pieces.push(Piece { text, found });
        }
    };
    if start > 0 {
        add("…", false);
    }
    let mut at = start;
    for word in found
        .into_iter()
        .filter(|word| word.start >= start && word.end <= end)
    {
        add(&text[at..word.start], false);
        add(&text[word.start..word.end], true);
        at = word.end;
    }
    add(text[at..end].trim_end(), false);
    if end < text.trim_end().len() {
        add("…", false);
    }
    pieces
}

fn back(text: &str, from: usize, chars: usize) -> usize {
    text[..from]
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(from, |(at, _)| at)
}

fn forward(text: &str, from: usize, chars: usize) -> usize {
    text[from..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text)
            .into_iter()
            .map(|word| word.folded.into_owned())
            .collect()
    }

    #[test]
    fn accents_case_and_forms_do_not_count() {
        assert_eq!(
            folded("Crème BRÛLÉE, ﬁne Straße"),
            ["creme", "brulee", "fine", "strasse"]
        );
        // An accent that is a character of its own.
        assert_eq!(folded("cre\u{300}me"), ["creme"]);
        assert_eq!(folded("東京 tower"), ["東", "京", "tower"]);
        assert_eq!(folded("--- ***"), [""; 0]);
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
        assert_eq!(Query::parse("東京").tsquery(), "('東' <-> '京':*)");
        assert!(
            Query::parse("%_ \"' OR 1=1 --")
                .fts5()
                .starts_with("\"or 1 1\"")
        );
        assert!(Query::parse(" \"*\" ").is_empty());
    }

    #[test]
    fn extracts_show_what_was_found() {
        let text = format!(
            "{} crème brûlée and more {}",
            "before ".repeat(30),
            "after ".repeat(60)
        );
        let pieces = snippet(&text, &Query::parse("brul"));
        let found: Vec<&str> = pieces
            .iter()
            .filter(|piece| piece.found)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(found, ["brûlée"]);
        assert_eq!(
            (
                pieces[0].text.as_str(),
                pieces.last().unwrap().text.as_str()
            ),
            ("…", "…")
        );
        assert_eq!(
            snippet("short", &Query::parse("none")),
            [Piece {
                text: "short".into(),
                found: false
            }]
        );
        assert_eq!(snippet("", &Query::parse("none")), []);
    }

    #[test]
    fn nothing_that_is_typed_breaks_it() {
        let mut random = 42_u64;
        let alphabet: Vec<char> = "ab é\"'\\*&|!():<->%_\0\u{301}東ß\n🎉ﬁ".chars().collect();
        for _ in 0..2_000 {
            let mut text = String::new();
            for _ in 0..(random >> 59) {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                text.push(alphabet[usize::try_from(random >> 33).unwrap() % alphabet.len()]);
            }
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let query = Query::parse(&text);
            for word in query.terms.iter().flat_map(|term| &term.words) {
                assert!(word.chars().all(char::is_alphanumeric), "{text:?}");
            }
            let joined: String = snippet(&plain(&text), &query)
                .into_iter()
                .map(|piece| piece.text)
                .collect();
            assert!(joined.chars().count() <= LONGEST + 2);
        }
    }

    #[test]
    fn marks_of_markdown_are_not_text() {
        assert_eq!(plain("# A *b*\n\n- [ ] c\n- [x] `d`").trim(), "A b\nc\nd");
    }
}
