//! Unknown parts of texts, as single characters: [`Atoms`].
//!
//! A resolved text is an ordinary string, in which each part that only a deployment decides, such as the generated name of
//! a bucket, is one character of a private-use plane of Unicode. [`Atoms`] knows what each stands for. Two equal characters
//! stand for equal texts.

use std::collections::BTreeMap;

/// First code of the characters that stand for unknown parts: Supplementary Private Use Area-A and the plane after it.
const FIRST: u32 = 0xF_0000;

/// Character of a part about which nothing is known. It is not even equal to itself.
pub const ANYTHING: char = '\u{F0000}';

/// The kind of an unknown part, which limits the texts that it can stand for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AtomKind {
    /// Any text.
    Any,
    /// A text without `:` and `/`, such as an account ID.
    Segment,
    /// The name of a resource of a type: without `:` and `/`, and different from the names of all others of the type.
    Name(String),
}

/// An unknown part of a text.
#[derive(Clone, Debug)]
pub struct Atom {
    /// Identity of the part: equal keys are equal texts.
    pub key: String,
    /// Kind of the part.
    pub kind: AtomKind,
    /// Text with which the part starts.
    pub prefix: String,
}

/// The table of unknown parts.
#[derive(Clone, Debug)]
pub struct Atoms {
    known: Vec<Atom>,
    by_key: BTreeMap<String, char>,
}

impl Default for Atoms {
    fn default() -> Self {
        let anything = Atom {
            key: String::new(),
            kind: AtomKind::Any,
            prefix: String::new(),
        };
        Self {
            known: vec![anything],
            by_key: BTreeMap::new(),
        }
    }
}

impl Atoms {
    /// Returns the character for the part with the given key, which is added if it is new.
    pub fn intern(&mut self, key: &str, kind: AtomKind, prefix: &str) -> char {
        if let Some(known) = self.by_key.get(key) {
            return *known;
        }
        let Some(code) = u32::try_from(self.known.len())
            .ok()
            .and_then(|index| char::from_u32(FIRST + index))
            .filter(|code| u32::from(*code) < 0x10_FFFD)
        else {
            return ANYTHING;
        };
        self.known.push(Atom {
            key: key.to_owned(),
            kind,
            prefix: prefix.to_owned(),
        });
        self.by_key.insert(key.to_owned(), code);
        code
    }

    /// Returns the part that a character stands for, or `None` for an ordinary character.
    pub fn find(&self, c: char) -> Option<&Atom> {
        let index = u32::from(c).checked_sub(FIRST)?;
        self.known.get(index as usize)
    }

    /// Returns true if a text has no unknown parts.
    pub fn is_known(text: &str) -> bool {
        // The characters of the planes have four bytes in UTF-8, of which the first is at least 0xF3.
        text.bytes().all(|byte| byte < 0xF3)
    }

    /// Returns a text for display, in which unknown parts are written as `${KEY}`, and entirely unknown ones as `${…}`.
    pub fn show(&self, text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            match self.find(c) {
                None => out.push(c),
                Some(atom) if atom.key.is_empty() => out.push_str("${…}"),
                Some(atom) => {
                    out.push_str("${");
                    out.push_str(&atom.key);
                    out.push('}');
                }
            }
        }
        out
    }
}
