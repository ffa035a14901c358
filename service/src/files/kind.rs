//! Kinds of files by their bytes, and which of them a browser may show.

/// Kinds that a browser shows or plays without running anything of them in the service's name. A page and a picture in SVG are programs.
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
/// Kinds of files that are kept by name and only downloaded.
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

/// A text, whatever language it is written in: HTML, SVG and scripts are texts here.
const TEXT: &str = "text/plain; charset=utf-8";
/// Bytes of which nothing is known.
const UNKNOWN: &str = "application/octet-stream";

/// The way in which a file may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Within a page or a tab of a browser.
    Shown,
    /// To be kept as a file.
    Downloaded,
}

impl Kind {
    /// The way for files of this media type.
    pub fn of(media_type: &str) -> Self {
        if SHOWN.contains(&media_type) {
            Self::Shown
        } else {
            Self::Downloaded
        }
    }
}

/// The media type of a file that begins so; `is_text` says that all of it is text in UTF-8. What its sender says does not count.
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
    fn finds_kinds_by_bytes() {
        for (start, is_text, expected, kind) in [
            (&b"\x89PNG\r\n\x1a\n"[..], false, "image/png", Kind::Shown),
            (b"\xff\xd8\xff\xe0", false, "image/jpeg", Kind::Shown),
            (b"%PDF-1.7", true, "application/pdf", Kind::Shown),
            (b"PK\x03\x04", false, "application/zip", Kind::Downloaded),
            (b"<svg onload=alert(1)>", true, TEXT, Kind::Downloaded),
            (b"<!DOCTYPE html><script>", true, TEXT, Kind::Downloaded),
            (b"<?xml version='1.0'?><svg/>", true, TEXT, Kind::Downloaded),
            (b"#!/bin/sh", true, TEXT, Kind::Downloaded),
            (b"MZ", false, UNKNOWN, Kind::Downloaded),
            (b"\x7fELF", false, UNKNOWN, Kind::Downloaded),
            (b"", true, TEXT, Kind::Downloaded),
        ] {
            let found = media_type(start, is_text);
            assert_eq!((found, Kind::of(found)), (expected, kind), "{start:?}");
        }
    }

    #[test]
    fn shows_nothing_that_can_run() {
        for kind in SHOWN {
            assert!(!kind.contains("svg") && !kind.contains("html") && !kind.contains("xml"));
        }
    }
}
