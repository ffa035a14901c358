//! Detects the media type of a file from its bytes and decides whether a browser may display it: [`media_type`] and [`Kind`].

/// Media types that a browser displays or plays without executing code in the origin of the service. HTML and SVG are not among them, because they
/// can contain scripts.
const SHOWN: [&str; 19] = [
    "application/pdf",
    "audio/aac",
    "audio/m4a",
    "audio/mpeg",
    "audio/ogg",
    "audio/opus",
    "audio/x-flac",
    "audio/x-wav",
    "image/avif",
    "image/bmp",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "video/x-m4v",
    "image/jxl",
];
/// Media types that are recorded, but only offered as a download.
const NAMED: [&str; 28] = [
    "application/epub+zip",
    "application/gzip",
    "application/msword",
    "application/rtf",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.rar",
    "application/vnd.sqlite3",
    "application/x-7z-compressed",
    "application/x-bzip2",
    "application/x-tar",
    "application/x-xz",
    "application/zip",
    "application/zstd",
    "audio/midi",
    "audio/x-aiff",
    "image/heif",
    "image/tiff",
    "video/mpeg",
    "video/x-matroska",
    "video/x-ms-wmv",
    "video/x-msvideo",
];

/// Media type of any file that is UTF-8 text, HTML, SVG and scripts included, so that browsers do not interpret it.
const TEXT: &str = "text/plain; charset=utf-8";
/// Media type of files whose content is not recognized.
const UNKNOWN: &str = "application/octet-stream";

/// The way in which browsers may use a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// Browsers may display the file within a page or tab.
    Inline,
    /// Browsers must save the file as a download.
    Attachment,
}

impl Disposition {
    /// Returns the kind for a media type: [`Disposition::Inline`] if the type is known to be safe, else [`Disposition::Attachment`].
    pub fn from_media_type(media_type: &str) -> Self {
        if SHOWN.contains(&media_type) {
            Self::Inline
        } else {
            Self::Attachment
        }
    }
}

/// Returns the media type of a file from its first bytes; `is_text` states that the whole file is UTF-8 text. The type that the sender declares is
/// ignored.
pub fn media_type(start: &[u8], is_text: bool) -> &'static str {
    let seen = infer::get(start).map(|kind| kind.mime_type());
    let known = SHOWN.iter().chain(&NAMED);
    let known = known.copied().find(|known| Some(*known) == seen);
    match known {
        Some(known) => known,
        None if is_text => TEXT,
        None => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_media_type_from_first_bytes() {
        for (start, is_text, expected, kind) in [
            (
                &b"\x89PNG\r\n\x1a\n"[..],
                false,
                "image/png",
                Disposition::Inline,
            ),
            (
                b"\xff\xd8\xff\xe0",
                false,
                "image/jpeg",
                Disposition::Inline,
            ),
            (b"%PDF-1.7", true, "application/pdf", Disposition::Inline),
            (
                b"PK\x03\x04",
                false,
                "application/zip",
                Disposition::Attachment,
            ),
            (
                b"<svg onload=alert(1)>",
                true,
                TEXT,
                Disposition::Attachment,
            ),
            (
                b"<!DOCTYPE html><script>",
                true,
                TEXT,
                Disposition::Attachment,
            ),
            (
                b"<?xml version='1.0'?><svg/>",
                true,
                TEXT,
                Disposition::Attachment,
            ),
            (b"#!/bin/sh", true, TEXT, Disposition::Attachment),
            (b"MZ", false, UNKNOWN, Disposition::Attachment),
            (b"\x7fELF", false, UNKNOWN, Disposition::Attachment),
            (b"", true, TEXT, Disposition::Attachment),
        ] {
            let found = media_type(start, is_text);
            assert_eq!(
                (found, Disposition::from_media_type(found)),
                (expected, kind),
                "{start:?}"
            );
        }
    }

    #[test]
    fn downloads_active_content() {
        for kind in SHOWN {
            assert!(!kind.contains("svg") && !kind.contains("html") && !kind.contains("xml"));
        }
    }
}
