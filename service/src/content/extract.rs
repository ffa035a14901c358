//! Extracts of notes around the words of a search.

use super::text::{Query, to_plain_text, to_searchable_text};
use super::words::{Word, Words, cut_word, first_folded_char, fold_word, split_words};

/// A part of an extract, which either matches the search or surrounds a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractPart {
    /// Text of the part in a single line, without markup.
    pub text: String,
    /// True if the text matches the search, so that the client can highlight it.
    pub is_match: bool,
}

/// Approximate number of characters before the first match, and maximum number of characters in an extract.
const AROUND: usize = 60;
const LONGEST: usize = 200;

/// Number of bytes of Markdown around a match that are parsed. An extract is shorter, and a note may be very long.
const WINDOW: usize = 2_048;
/// Number of bytes of Markdown to parse if no match is found in the source, for example for a word with markup in the middle.
const READ_WHOLE: usize = 4 * 1024;

/// Returns a short extract of Markdown around the first match, or of its beginning without one. It parses only a window around the match, so that the
/// extract of a long note costs little more than that of a short one.
pub fn build_extract(markdown: &str, query: &Query) -> Vec<ExtractPart> {
    let found = find_first_match(markdown, query);
    if let Some(at) = found {
        let window = window_around(markdown, at);
        let pieces = build_snippet(&to_plain_text(window), query);
        if pieces.iter().any(|piece| piece.is_match) {
            return with_ellipses(pieces, markdown, window);
        }
        // The match is the target of a link.
        let pieces = build_snippet(&to_searchable_text(window), query);
        if pieces.iter().any(|piece| piece.is_match) {
            return with_ellipses(pieces, markdown, window);
        }
    }
    let whole = &markdown[..markdown.floor_char_boundary(READ_WHOLE)];
    let pieces = build_snippet(&to_plain_text(whole), query);
    with_ellipses(pieces, markdown, whole)
}

/// Returns the position of the first word that matches. To be fast, it folds a word only if its first character may start a match.
fn find_first_match(text: &str, query: &Query) -> Option<usize> {
    let wanted = query.terms.iter().flat_map(|term| &term.words);
    let begins: Vec<char> = wanted.filter_map(|word| word.chars().next()).collect();
    let mut ascii = [false; 128];
    for begin in begins.iter().filter(|begin| begin.is_ascii()) {
        ascii[*begin as usize] = true;
        ascii[begin.to_ascii_uppercase() as usize] = true;
    }
    let mut words = Words::new(text);
    while let Some((start, end)) = words.next_run() {
        let first = text.as_bytes()[start];
        let may_be = if first.is_ascii() {
            ascii[usize::from(first)]
        } else {
            let first = text[start..].chars().next().and_then(first_folded_char);
            first.is_none_or(|first| begins.contains(&first))
        };
        if may_be && query.matches_word(&cut_word(fold_word(&text[start..end]))) {
            return Some(start);
        }
    }
    None
}

/// Returns the lines around a position, within the limits of the window.
fn window_around(markdown: &str, at: usize) -> &str {
    let from = markdown.floor_char_boundary(at.saturating_sub(WINDOW / 2));
    let to = markdown.ceil_char_boundary(usize::min(at + WINDOW, markdown.len()));
    let start = if from == 0 {
        0
    } else {
        markdown[from..at]
            .find('\n')
            .map_or(from, |end| from + end + 1)
    };
    let end = if to == markdown.len() {
        to
    } else {
        markdown[at..to].rfind('\n').map_or(to, |end| at + end)
    };
    &markdown[start..end]
}

/// Adds an ellipsis for text that was left out before or after the window.
fn with_ellipses(mut pieces: Vec<ExtractPart>, markdown: &str, window: &str) -> Vec<ExtractPart> {
    let sign = || ExtractPart {
        text: "…".to_owned(),
        is_match: false,
    };
    let is_sign = |piece: Option<&ExtractPart>| piece.is_some_and(|piece| piece.text == "…");
    let start = window.as_ptr().addr() - markdown.as_ptr().addr();
    if start > 0 && !markdown[..start].trim().is_empty() && !is_sign(pieces.first()) {
        pieces.insert(0, sign());
    }
    if !markdown[start + window.len()..].trim().is_empty() && !is_sign(pieces.last()) {
        pieces.push(sign());
    }
    pieces
}

/// Returns a short extract of plain text around the first match, or of its beginning without one.
pub fn build_snippet(text: &str, query: &Query) -> Vec<ExtractPart> {
    let words = split_words(text);
    let found: Vec<&Word<'_>> = words
        .iter()
        .filter(|word| query.matches_word(&word.folded))
        .collect();
    let first = found.first().map_or(0, |word| word.start);
    let mut start = step_back(text, first, AROUND);
    // Start at the beginning of a word.
    if start > 0 {
        start = words
            .iter()
            .map(|word| word.start)
            .find(|at| *at >= start)
            .unwrap_or(start)
            .min(first);
    }
    let end = step_forward(text, start, LONGEST);
    let mut pieces = Vec::new();
    let mut add = |text: &str, found: bool| {
        // An extract is a single line.
        let text = text.replace(['\n', '\r', '\t'], " ");
        if !text.is_empty() {
            pieces.push(ExtractPart {
                text,
                is_match: found,
            });
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

fn step_back(text: &str, from: usize, chars: usize) -> usize {
    text[..from]
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(from, |(at, _)| at)
}

fn step_forward(text: &str, from: usize, chars: usize) -> usize {
    text[from..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::text::Term;
    use crate::content::words::{Kind, char_kind};

    #[test]
    fn finds_same_first_match_as_full_folding() {
        let text = "a Éclair ßtraße Ærø ﬁne दिन カガ 한국 🍵 \u{301}x ｶﾞ don\u{ad}e शांति";
        for word in split_words(text) {
            let query = Query {
                terms: vec![Term {
                    words: vec![word.folded.to_string()],
                    prefix: false,
                }],
            };
            let expected = split_words(text)
                .into_iter()
                .find(|word| query.matches_word(&word.folded));
            assert_eq!(
                find_first_match(text, &query),
                expected.map(|word| word.start),
                "{word:?}"
            );
        }
    }

    #[test]
    fn extracts_matches_within_a_limited_window() {
        let marked = |markdown: &str, query: &str| {
            let pieces = build_extract(markdown, &Query::parse(query));
            let found: Vec<String> = pieces
                .iter()
                .filter(|piece| piece.is_match)
                .map(|piece| piece.text.clone())
                .collect();
            let all: String = pieces.into_iter().map(|piece| piece.text).collect();
            (found, all)
        };
        let long = format!(
            "{}\n\n**the needle** here\n\n{}",
            "hay and more\n".repeat(7_000),
            "hay\n".repeat(2_000)
        );
        let (found, all) = marked(&long, "need");
        assert_eq!(found, ["needle"]);
        assert!(
            all.starts_with('…') && all.ends_with('…') && all.chars().count() <= LONGEST + 2,
            "{all}"
        );
        assert_eq!(marked("gr**ee**n tea", "green").0, ["green"]);
        assert_eq!(
            marked("see [this](https://example.com/tea)", "example").0,
            ["example"]
        );
        assert_eq!(
            marked("nothing of it", "other"),
            (vec![], "nothing of it".to_owned())
        );
        // The match is in the title only, so the extract is the beginning.
        assert!(marked(&long, "other").1.starts_with("hay and more"));
    }

    #[test]
    fn marks_matches_in_snippets() {
        let text = format!(
            "{} crème brûlée and more {}",
            "before ".repeat(30),
            "after ".repeat(60)
        );
        let pieces = build_snippet(&text, &Query::parse("brul"));
        let found: Vec<&str> = pieces
            .iter()
            .filter(|piece| piece.is_match)
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
            build_snippet("short", &Query::parse("none")),
            [ExtractPart {
                text: "short".into(),
                is_match: false
            }]
        );
        assert_eq!(build_snippet("", &Query::parse("none")), []);
    }

    #[test]
    fn accepts_any_query_text() {
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
                let is_safe =
                    |char| matches!(char_kind(char), Kind::Part | Kind::Sign | Kind::Alone);
                assert!(word.chars().all(is_safe), "{text:?}");
            }
            let joined: String = build_extract(&text, &query)
                .into_iter()
                .map(|piece| piece.text)
                .collect();
            assert!(joined.chars().count() <= LONGEST + 2);
        }
    }
}
