//! Text as search sees it: words without accents and case, the same on both databases.

use std::borrow::Cow;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

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

/// The words of a text: runs of letters, digits and the signs that belong to them. Scripts that are written without spaces give a word for each
/// character with its signs, so that part of a sentence can be found as a phrase; so do pictures as 🍵.
pub fn words(text: &str) -> Vec<Word<'_>> {
    Words::new(text).collect()
}

/// The words of a text, one after the other.
pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next run of characters that is a word, folded or not.
    fn next_run(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut start = None;
        // Whether the word is a single character, to which only its signs belong.
        let mut is_alone = false;
        while self.at < bytes.len() {
            let at = self.at;
            let (kind, length) = if bytes[at].is_ascii() {
                let is_part = bytes[at].is_ascii_alphanumeric();
                (if is_part { Kind::Part } else { Kind::Between }, 1)
            } else {
                let char = self.text[at..].chars().next().unwrap_or_default();
                (kind(char), char.len_utf8())
            };
            match (kind, start) {
                (Kind::Between, None) => {}
                (Kind::Between, Some(from)) => return Some((from, at)),
                // At the beginning of a word a sign has nothing to belong to; it is one all the same.
                (Kind::Sign, None) => start = Some(at),
                (Kind::Sign | Kind::Nothing, _) => {}
                (Kind::Part, Some(from)) if is_alone => return Some((from, at)),
                (Kind::Part, None) => start = Some(at),
                (Kind::Part, Some(_)) => {}
                (Kind::Alone, Some(from)) => return Some((from, at)),
                (Kind::Alone, None) => (start, is_alone) = (Some(at), true),
            }
            self.at += length;
        }
        start.map(|from| (from, bytes.len()))
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let (start, end) = self.next_run()?;
            let folded = cut(fold(&self.text[start..end]));
            if !folded.is_empty() {
                return Some(Word { folded, start, end });
            }
        }
    }
}

/// The part that a character has in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or a digit.
    Part,
    /// A sign of the letter before it.
    Sign,
    /// A word of its own, with the signs that follow it.
    Alone,
    /// Not to be seen, and no end of a word: soft hyphens and joiners.
    Nothing,
    /// Between words.
    Between,
}

/// Characters of the plane in which all living scripts are: answers about each are kept, because Unicode's tables take a hundred times longer.
const PLANE: u32 = 0x1_0000;

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| of_plane(kind_of, Kind::Between));
static BEGINS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| of_plane(begin_of, None));

fn of_plane<T: Clone>(of: impl Fn(char) -> T, surrogate: T) -> Vec<T> {
    let chars = (0..PLANE).map(char::from_u32);
    chars
        .map(|char| char.map_or_else(|| surrogate.clone(), &of))
        .collect()
}

fn kind(char: char) -> Kind {
    let kept = KINDS.get(char as usize).copied();
    kept.unwrap_or_else(|| kind_of(char))
}

/// The first character of a word once it is folded, by the first that it has; none if that alone does not say.
fn begin(char: char) -> Option<char> {
    let kept = BEGINS.get(char as usize).copied();
    kept.unwrap_or_else(|| begin_of(char))
}

fn kind_of(char: char) -> Kind {
    match char {
        // Soft hyphen, joiners of scripts and pictures, word joiner, selectors of forms.
        '\u{ad}'
        | '\u{34f}'
        | '\u{200c}'
        | '\u{200d}'
        | '\u{2060}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => Kind::Nothing,
        // Skin colours of pictures.
        '\u{1f3fb}'..='\u{1f3ff}' => Kind::Nothing,
        // Half-width signs of voice, which Unicode calls letters.
        '\u{ff9e}' | '\u{ff9f}' => Kind::Sign,
        char if is_combining_mark(char) => Kind::Sign,
        char if is_unspaced(char) || is_picture(char) => Kind::Alone,
        char if char.is_alphanumeric() => Kind::Part,
        _ => Kind::Between,
    }
}

fn cut(folded: Cow<'_, str>) -> Cow<'_, str> {
    if folded.len() <= WORD_CHARS {
        return folded;
    }
    match (folded.char_indices().nth(WORD_CHARS), folded) {
        (None, folded) => folded,
        (Some((cut, _)), Cow::Borrowed(word)) => Cow::Borrowed(&word[..cut]),
        (Some((cut, _)), Cow::Owned(mut word)) => {
            word.truncate(cut);
            Cow::Owned(word)
        }
    }
}

/// A word without accents, case and compatibility forms: "Crème", "crème" and "CREME" are the same. Letters, digits, pictures, and signs that make
/// another letter are left: vowels of Indian scripts and Thai, tones, the voice of kana.
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
            // Lengthens Arabic words.
            '\u{640}' => {}
            char if is_accent(char) => {}
            char if is_combining_mark(char) || char.is_alphanumeric() || is_picture(char) => {
                folded.push(char);
            }
            _ => {}
        }
    }
    folded.into()
}

/// Signs that people leave out when they search: accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, and the dot below letters of
/// Indian scripts, which tells foreign sounds. Signs that enclose a character, and selectors, are none of a word either.
fn is_accent(char: char) -> bool {
    matches!(u32::from(char),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F | 0x2DE0..=0x2DFF | 0xA66F..=0xA67D
        | 0x0591..=0x05C7 | 0xFB1E
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06ED | 0x08D3..=0x08FF
        | 0x093C | 0x09BC | 0x0A3C | 0x0ABC | 0x0B3C | 0x0CBC | 0xFE00..=0xFE0F)
}

/// Han, Hiragana, Katakana, and scripts of South-East Asia that do not separate words.
fn is_unspaced(char: char) -> bool {
    matches!(u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x323AF)
        && char.is_alphanumeric()
}

/// Emoji and other pictures, none of which is a letter.
fn is_picture(char: char) -> bool {
    matches!(u32::from(char),
        0x2300..=0x23FF | 0x2600..=0x2767 | 0x2794..=0x27BF | 0x2B05..=0x2B55 | 0x3030 | 0x1F000..=0x1F0FF | 0x1F191..=0x1F19A | 0x1F1E6..=0x1F3FA
        | 0x1F400..=0x1FAFF)
        && !char.is_alphanumeric()
}

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

/// A word as an FTS5 table keeps it. Its tokenizer has tables of an older Unicode, in which signs end words and new pictures are nothing: characters
/// that it may not know as letters are written as two for private use, which it takes. Beginnings of words stay beginnings.
pub fn fts5_word(word: &str) -> Cow<'_, str> {
    let is_known = |char: char| {
        char.is_ascii() || char.is_alphanumeric() && char < '\u{10000}' && !is_combining_mark(char)
    };
    if word.chars().all(is_known) {
        return Cow::Borrowed(word);
    }
    let private = |code: u32| char::from_u32(code).unwrap_or_default();
    let mut written = String::with_capacity(word.len() + 8);
    for char in word.chars() {
        if is_known(char) {
            written.push(char);
        } else {
            written.push(private(0xE000 + (u32::from(char) >> 11)));
            written.push(private(0xE400 + (u32::from(char) & 0x7FF)));
        }
    }
    Cow::Owned(written)
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

/// Bytes of Markdown around what was found that are read as Markdown: an extract is shorter, and a note may be very long.
const WINDOW: usize = 2_048;
/// Bytes of Markdown that are read whole when nothing is found in it as it is written, as a word with a mark in its middle.
const READ_WHOLE: usize = 4 * 1024;

/// A short extract of Markdown around the first word that was searched for; the beginning if there is none. Only a window around it is read, so
/// that the extract of a long note costs little more than that of a short one.
pub fn extract(markdown: &str, query: &Query) -> Vec<Piece> {
    let found = first_wanted(markdown, query);
    if let Some(at) = found {
        let window = window(markdown, at);
        let pieces = snippet(&plain(window), query);
        if pieces.iter().any(|piece| piece.found) {
            return with_ends(pieces, markdown, window);
        }
        // The target of a link.
        let pieces = snippet(&searchable(window), query);
        if pieces.iter().any(|piece| piece.found) {
            return with_ends(pieces, markdown, window);
        }
    }
    let whole = &markdown[..markdown.floor_char_boundary(READ_WHOLE)];
    let pieces = snippet(&plain(whole), query);
    with_ends(pieces, markdown, whole)
}

/// The byte at which the first word begins that is searched for. A word is folded only if its first character may begin one of those.
fn first_wanted(text: &str, query: &Query) -> Option<usize> {
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
            let first = text[start..].chars().next().and_then(begin);
            first.is_none_or(|first| begins.contains(&first))
        };
        if may_be && query.wants(&cut(fold(&text[start..end]))) {
            return Some(start);
        }
    }
    None
}

fn begin_of(char: char) -> Option<char> {
    let mut first = None;
    decompose_compatible(char, |part| {
        first.get_or_insert(part);
    });
    let lower = first?.to_lowercase().next()?;
    Some(match lower {
        'ß' => 's',
        'æ' => 'a',
        'œ' | 'ø' => 'o',
        'đ' => 'd',
        'ł' => 'l',
        'ı' => 'i',
        'ς' => 'σ',
        lower if lower.is_alphanumeric() || is_picture(lower) => lower,
        _ => return None,
    })
}

/// The lines around a place, as far as they are near.
fn window(markdown: &str, at: usize) -> &str {
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

/// Adds the signs of what was left out before and behind a window.
fn with_ends(mut pieces: Vec<Piece>, markdown: &str, window: &str) -> Vec<Piece> {
    let sign = || Piece {
        text: "…".to_owned(),
        found: false,
    };
    let is_sign = |piece: Option<&Piece>| piece.is_some_and(|piece| piece.text == "…");
    let start = window.as_ptr().addr() - markdown.as_ptr().addr();
    if start > 0 && !markdown[..start].trim().is_empty() && !is_sign(pieces.first()) {
        pieces.insert(0, sign());
    }
    if !markdown[start + window.len()..].trim().is_empty() && !is_sign(pieces.last()) {
        pieces.push(sign());
    }
    pieces
}

/// A short extract of a text around the first word that was searched for; the beginning if there is none.
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
    fn signs_that_make_another_letter_count() {
        for (text, expected) in [
            // Hindi: "day" and "donation"; the dot below tells a foreign sound.
            ("दिन दान", vec!["दिन", "दान"]),
            ("ज़मीन", vec!["जमीन"]),
            // Thai: signs stay with the character before them, and tones count.
            ("ที่นี่", vec!["ที่", "นี่"]),
            // Hebrew and Arabic without points, and without the sign that lengthens.
            ("שָׁלוֹם", vec!["שלום"]),
            ("مَرْحَبًا كتـــاب أحمد", vec!["مرحبا", "كتاب", "احمد"]),
            // Kana with and without voice, in both widths.
            ("カガｶﾞ", vec!["カ", "カ\u{3099}", "カ\u{3099}"]),
            // Soft hyphens, joiners, pictures.
            ("Donau\u{ad}dampf", vec!["donaudampf"]),
            ("می\u{200c}خواهم", vec!["میخواهم"]),
            (
                "tea🍵👩\u{200d}💻👍🏽 ❤\u{fe0f}",
                vec!["tea", "🍵", "👩", "💻", "👍", "❤"],
            ),
            ("й ё", vec!["и", "е"]),
            (
                "한국",
                vec!["\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"],
            ),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn words_of_an_fts5_table_are_letters_to_it() {
        assert_eq!(fts5_word("creme"), "creme");
        assert_eq!(fts5_word("茶"), "茶");
        for word in ["दिन", "🍵", "カ\u{3099}"] {
            let written = fts5_word(word);
            let is_letter =
                |char: char| char.is_alphanumeric() || ('\u{e000}'..='\u{ebff}').contains(&char);
            assert!(written.chars().all(is_letter), "{word}");
        }
        let beginning = fts5_word("दि").into_owned();
        assert!(fts5_word("दिन").starts_with(&beginning));
        assert!(!fts5_word("दान").starts_with(&beginning));
    }

    #[test]
    fn targets_of_links_are_words() {
        let text = searchable("a [b](https://example.com/tea) ![c](d.png) <https://e.org>");
        assert_eq!(
            text,
            "a b c https://e.org\n\nhttps://example.com/tea\nd.png\nhttps://e.org"
        );
    }

    #[test]
    fn the_first_wanted_word_is_found_as_by_folding_all() {
        let text = "a Éclair ßtraße Ærø ﬁne दिन カガ 한국 🍵 \u{301}x ｶﾞ don\u{ad}e शांति";
        for word in words(text) {
            let query = Query {
                terms: vec![Term {
                    words: vec![word.folded.to_string()],
                    prefix: false,
                }],
            };
            let expected = words(text)
                .into_iter()
                .find(|word| query.wants(&word.folded));
            assert_eq!(
                first_wanted(text, &query),
                expected.map(|word| word.start),
                "{word:?}"
            );
        }
    }

    #[test]
    fn an_extract_reads_a_window_only() {
        let marked = |markdown: &str, query: &str| {
            let pieces = extract(markdown, &Query::parse(query));
            let found: Vec<String> = pieces
                .iter()
                .filter(|piece| piece.found)
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
        // Only in the title: the beginning.
        assert!(marked(&long, "other").1.starts_with("hay and more"));
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
                let is_safe = |char| matches!(kind(char), Kind::Part | Kind::Sign | Kind::Alone);
                assert!(word.chars().all(is_safe), "{text:?}");
            }
            let joined: String = extract(&text, &query)
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
