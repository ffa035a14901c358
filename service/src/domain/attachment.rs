//! Files of notes: their names, kinds and sizes. Their bytes are elsewhere.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::limits::{ALT_CHARS, FILE_NAME_CHARS};
use crate::error::Error;

/// The width and the height of a picture in pixels, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dimensions {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// A file of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its identifier.
    pub id: Uuid,
    /// The note it belongs to.
    pub note_id: Uuid,
    /// The place of its bytes.
    pub object: Uuid,
    /// Its name, without folders.
    pub name: String,
    /// Words for those who do not see it; perhaps none.
    pub alt: String,
    /// Its kind, as its bytes say.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// The hash of its bytes.
    pub sha256: Vec<u8>,
    /// The size of a picture.
    pub dimensions: Option<Dimensions>,
    /// The size of its small picture, if there is one.
    pub thumbnail_bytes: Option<u64>,
    /// Counts its changes.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The first picture of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// The attachment.
    pub id: Uuid,
    /// Its size.
    pub dimensions: Dimensions,
}

/// The name of a file without folders, signs that cannot be seen, and what goes beyond the limit; `file` if nothing is left of it.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible = last
        .chars()
        .filter(|char| !char.is_control() && !is_direction(*char));
    let name: String = visible.collect();
    let name = name.trim().trim_matches('.').trim();
    if name.is_empty() {
        return "file".to_owned();
    }
    let count = name.chars().count();
    if count <= FILE_NAME_CHARS {
        return name.to_owned();
    }
    // The ending says to people what it is.
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 16 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let room = FILE_NAME_CHARS - ending.chars().count();
    let stem: String = stem.chars().take(room).collect();
    format!("{}{ending}", stem.trim_end())
}

/// Signs that turn the direction of a text around, with which `exe.png` is written as `gnp.exe`.
fn is_direction(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Refuses words for a picture that are too long, or cannot be stored.
pub fn alt_fits(alt: &str, field: &str) -> Result<(), Error> {
    if alt.contains('\0') {
        return Err(Error::invalid(
            field,
            "nul",
            "contains the character U+0000",
        ));
    }
    let count = alt.chars().count();
    if count > ALT_CHARS {
        let message = format!("has {count} characters, and at most {ALT_CHARS} are allowed");
        return Err(Error::invalid(field, "too_long", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_folders_and_nothing_that_hides() {
        for (given, kept) in [
            ("photo.jpg", "photo.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\a b.png", "a b.png"),
            ("\u{202e}gnp.exe", "gnp.exe"),
            ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
            ("", "file"),
            ("..", "file"),
            ("日本.pdf", "日本.pdf"),
        ] {
            assert_eq!(clean_name(given), kept, "{given:?}");
        }
        let long = clean_name(&format!("{}.jpeg", "ä".repeat(1_000)));
        assert_eq!(long.chars().count(), FILE_NAME_CHARS);
        assert!(long.ends_with("ä.jpeg"));
    }
}
