//! Words as the search compares them: without accents and case, but with the signs that make a different letter. Both databases use these words.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Maximum number of characters in a word; longer words are cut. PostgreSQL limits lexemes to 2,046 bytes.
const WORD_CHARS: usize = 64;

/// A word with its place in a text, as the index and extracts need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// Form of the word that is compared, see [`fold_word`].
    pub folded: Cow<'a, str>,
    /// Byte position at which the word starts in the text.
    pub start: usize,
    /// Byte position after the last character of the word.
    pub end: usize,
}

/// Returns the words of a text: runs of letters, digits and their signs. In scripts without spaces, each character with its signs is a word, so that
/// part of a sentence can be found as a phrase; pictures such as 🍵 are words as well.
pub fn split_words(text: &str) -> Vec<Word<'_>> {
    Words::new(text).collect()
}

/// An iterator over the words of a text.
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the byte range of the next word, without folding it.
    pub(super) fn next_run(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut start = None;
        // True for a word that consists of a single character with its signs.
        let mut is_alone = false;
        while self.at < bytes.len() {
            let at = self.at;
            let (kind, length) = if bytes[at].is_ascii() {
                let is_part = bytes[at].is_ascii_alphanumeric();
                (if is_part { Kind::Part } else { Kind::Between }, 1)
            } else {
                let char = self.text[at..].chars().next().unwrap_or_default();
                (char_kind(char), char.len_utf8())
            };
            match (kind, start) {
                (Kind::Between, None) => {}
                (Kind::Between, Some(from)) => return Some((from, at)),
                // A sign at the start belongs to no letter, and starts a word nevertheless.
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
            let folded = cut_word(fold_word(&self.text[start..end]));
            if !folded.is_empty() {
                return Some(Word { folded, start, end });
            }
        }
    }
}

/// The role of a character in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter or a digit.
    Part,
    /// A sign that belongs to the letter before it.
    Sign,
    /// A word in itself, with the signs that follow it.
    Alone,
    /// An invisible character that does not end a word: soft hyphens and joiners.
    Nothing,
    /// A character between words.
    Between,
}

/// Number of characters in the Basic Multilingual Plane, which holds all living scripts. Results for each are cached, because the Unicode tables take
/// a hundred times longer.
const PLANE: u32 = 0x1_0000;

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| of_plane(kind_of, Kind::Between));
static BEGINS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| of_plane(begin_of, None));

fn of_plane<T: Clone>(of: impl Fn(char) -> T, surrogate: T) -> Vec<T> {
    let chars = (0..PLANE).map(char::from_u32);
    chars
        .map(|char| char.map_or_else(|| surrogate.clone(), &of))
        .collect()
}

pub(super) fn char_kind(char: char) -> Kind {
    let kept = KINDS.get(char as usize).copied();
    kept.unwrap_or_else(|| kind_of(char))
}

/// Returns the first character of a folded word, given the first character of the word; `None` if that depends on further characters.
pub(super) fn first_folded_char(char: char) -> Option<char> {
    let kept = BEGINS.get(char as usize).copied();
    kept.unwrap_or_else(|| begin_of(char))
}

fn kind_of(char: char) -> Kind {
    match char {
        // Soft hyphen, joiners of scripts and emoji, word joiner, variation selectors.
        '\u{ad}'
        | '\u{34f}'
        | '\u{200c}'
        | '\u{200d}'
        | '\u{2060}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => Kind::Nothing,
        // Skin tones of emoji.
        '\u{1f3fb}'..='\u{1f3ff}' => Kind::Nothing,
        // Half-width voicing marks, which Unicode classifies as letters.
        '\u{ff9e}' | '\u{ff9f}' => Kind::Sign,
        char if is_combining_mark(char) => Kind::Sign,
        char if is_unspaced(char) || is_picture(char) => Kind::Alone,
        char if char.is_alphanumeric() => Kind::Part,
        _ => Kind::Between,
    }
}

pub(super) fn cut_word(folded: Cow<'_, str>) -> Cow<'_, str> {
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

/// Folds a word: removes accents, case and compatibility forms, so that "Crème", "crème" and "CREME" are the same. Letters, digits, pictures, and
/// signs that make a different letter remain: vowels of Indic scripts and Thai, tones, and voicing marks of kana.
pub fn fold_word(word: &str) -> Cow<'_, str> {
    // Most words need no decomposition.
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
            // Final form of the letter sigma.
            'ς' => folded.push('σ'),
            // Tatweel, which lengthens Arabic words.
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

/// Returns true for signs that people omit in searches: accents in Latin, Greek and Cyrillic, points in Hebrew and Arabic, and the nukta of Indic
/// scripts. Enclosing signs and variation selectors are included.
fn is_accent(char: char) -> bool {
    matches!(u32::from(char),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F | 0x2DE0..=0x2DFF | 0xA66F..=0xA67D
        | 0x0591..=0x05C7 | 0xFB1E
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06ED | 0x08D3..=0x08FF
        | 0x093C | 0x09BC | 0x0A3C | 0x0ABC | 0x0B3C | 0x0CBC | 0xFE00..=0xFE0F)
}

/// Returns true for letters of Han, Hiragana, Katakana, and scripts of South-East Asia that do not separate words.
fn is_unspaced(char: char) -> bool {
    matches!(u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x323AF)
        && char.is_alphanumeric()
}

/// Returns true for emoji and other pictures that are not letters.
fn is_picture(char: char) -> bool {
    matches!(u32::from(char),
        0x2300..=0x23FF | 0x2600..=0x2767 | 0x2794..=0x27BF | 0x2B05..=0x2B55 | 0x3030 | 0x1F000..=0x1F0FF | 0x1F191..=0x1F19A | 0x1F1E6..=0x1F3FA
        | 0x1F400..=0x1FAFF)
        && !char.is_alphanumeric()
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

/// Returns a word in the form for an FTS5 table. The tokenizer of SQLite uses an older version of Unicode, in which signs end words and new pictures
/// are ignored. Characters that it may not treat as letters are therefore written as two private-use characters. Prefixes remain prefixes.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folded_words(text: &str) -> Vec<String> {
        split_words(text)
            .into_iter()
            .map(|word| word.folded.into_owned())
            .collect()
    }

    #[test]
    fn ignores_accents_case_and_forms() {
        assert_eq!(
            folded_words("Crème BRÛLÉE, ﬁne Straße"),
            ["creme", "brulee", "fine", "strasse"]
        );
        // An accent that is a separate character.
        assert_eq!(folded_words("cre\u{300}me"), ["creme"]);
        assert_eq!(folded_words("東京 tower"), ["東", "京", "tower"]);
        assert_eq!(folded_words("--- ***"), [""; 0]);
    }

    #[test]
    fn keeps_signs_of_other_letters() {
        for (text, expected) in [
            // Hindi: "day" and "donation"; the nukta marks a foreign sound.
            ("दिन दान", vec!["दिन", "दान"]),
            ("ज़मीन", vec!["जमीन"]),
            // Thai: signs stay with the character before them, and tones count.
            ("ที่นี่", vec!["ที่", "นี่"]),
            // Hebrew and Arabic without points, and without tatweel.
            ("שָׁלוֹם", vec!["שלום"]),
            ("مَرْحَبًا كتـــاب أحمد", vec!["مرحبا", "كتاب", "احمد"]),
            // Kana with and without voicing, in both widths.
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
            assert_eq!(folded_words(text), expected, "{text}");
        }
    }

    #[test]
    fn encodes_words_as_letters_for_fts5() {
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
}
