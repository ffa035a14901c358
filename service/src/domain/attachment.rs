//! Attachments of notes: their names, media types and sizes. The bytes are in file storage, see `crate::files`.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::limits::{ALT_CHARS, FILE_NAME_CHARS};
use crate::error::Error;

/// Width and height of a picture in pixels, after its orientation is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dimensions {
    /// Horizontal size in pixels, as a viewer displays the picture.
    pub width: u32,
    /// Vertical size in pixels, as a viewer displays the picture.
    pub height: u32,
}

/// A file that is attached to a note, with its upload complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Identifier of the attachment, a UUID of version 7.
    pub id: Uuid,
    /// The note that the file is attached to, and with which it is deleted.
    pub note_id: Uuid,
    /// Identifier of the object in file storage that holds the bytes.
    pub object: Uuid,
    /// File name without folders, in the form of [`clean_name`], with at most 255 characters.
    pub name: String,
    /// Alternative text of a picture for people who do not see it; may be empty.
    pub alt: String,
    /// Media type, detected from the bytes and not from the name.
    pub media_type: String,
    /// Size of the file in bytes, without its thumbnail.
    pub bytes: u64,
    /// SHA-256 hash of the bytes, 32 bytes long; empty if the database has none.
    pub sha256: Vec<u8>,
    /// Size of the picture in pixels; `None` for files that are not pictures.
    pub dimensions: Option<Dimensions>,
    /// Size of the thumbnail in bytes; `None` if the file has no thumbnail.
    pub thumbnail_bytes: Option<u64>,
    /// Version of the attachment, raised by one with each change.
    pub version: i64,
    /// Time at which the upload began, or the time in the file of an import.
    pub created_at: DateTime<Utc>,
    /// Time of the last change to the name or the alternative text.
    pub updated_at: DateTime<Utc>,
}

/// The first picture of a note, which lists of notes show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// Identifier of the attachment that holds the picture, for requesting its thumbnail.
    pub id: Uuid,
    /// Size of the picture in pixels, so that clients can reserve space before it loads.
    pub dimensions: Dimensions,
}

/// Cleans a file name: drops folders, control characters and direction marks, and shortens it to [`FILE_NAME_CHARS`] before its extension. Returns
/// `file` if nothing is left.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible = last
        .chars()
        .filter(|char| !char.is_control() && !is_direction_mark(*char));
    let name: String = visible.collect();
    let name = name.trim().trim_matches('.').trim();
    if name.is_empty() {
        return "file".to_owned();
    }
    let count = name.chars().count();
    if count <= FILE_NAME_CHARS {
        return name.to_owned();
    }
    // The extension tells people the kind of the file, so it survives.
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 16 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let room = FILE_NAME_CHARS - ending.chars().count();
    let stem: String = stem.chars().take(room).collect();
    format!("{}{ending}", stem.trim_end())
}

/// Returns true for marks that reverse the direction of text, with which `exe.png` can be displayed as `gnp.exe`.
fn is_direction_mark(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Checks the alternative text of a picture.
///
/// # Errors
///
/// `too_long` above [`ALT_CHARS`] characters, and `nul` for text with U+0000, which PostgreSQL cannot store.
pub fn check_alt(alt: &str, field: &str) -> Result<(), Error> {
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
    fn removes_folders_and_hidden_characters() {
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
