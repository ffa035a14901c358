//! Examines an uploaded file in the folder for temporary files: its size, hash, media type and, if it is a picture, its dimensions.

use std::io::{BufReader, Read as _, Seek as _, SeekFrom};

use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use super::kind::media_type;
use super::picture::{self, Picture};
use crate::budget::StopSignal;
use crate::counted::format_count;
use crate::error::Error;

/// Number of bytes that are read at once.
const PIECE: usize = 256 * 1024;
/// Maximum size of a picture that is decoded, in bytes; files of cameras are smaller.
const MOST_PICTURE: u64 = 32 * 1024 * 1024;
/// Number of bytes that the media type is detected from. The header of a tar file and the names in office documents are not at the start of the file.
const START: usize = 8 * 1024;

/// The properties of a file that follow from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Size of the file in bytes.
    pub bytes: u64,
    /// SHA-256 hash of the file.
    pub sha256: Vec<u8>,
    /// Media type, detected from the content.
    pub media_type: &'static str,
    /// Dimensions and thumbnail, if the file is a picture that was decoded.
    pub picture: Option<Picture>,
}

/// Reads a whole file and returns its properties, without decoding pictures.
///
/// # Errors
///
/// Fails if the file cannot be read, or if `stop` ends the work because the client no longer waits for it.
pub fn examine_file(file: &mut SpooledTempFile, stop: &StopSignal) -> Result<Facts, Error> {
    file.seek(SeekFrom::Start(0)).map_err(Error::unavailable)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut start = Vec::new();
    let mut text = Text::default();
    let mut piece = vec![0; PIECE];
    loop {
        stop.check_stopped()?;
        let count = file.read(&mut piece).map_err(Error::unavailable)?;
        if count == 0 {
            break;
        }
        let read = &piece[..count];
        bytes += count as u64;
        hash.update(read);
        text.add_piece(read);
        if start.len() < START {
            let wanted = START - start.len();
            start.extend_from_slice(&read[..count.min(wanted)]);
        }
    }
    drop(piece);
    let media_type = media_type(&start, text.is_whole());
    Ok(Facts {
        bytes,
        sha256: hash.finalize().to_vec(),
        media_type,
        picture: None,
    })
}

impl Facts {
    /// Returns `true` if decoding the file as a picture is worthwhile: its format is supported, and it is at most 32 MiB. A decoder may load the
    /// whole file into memory.
    pub fn may_be_picture(&self) -> bool {
        self.bytes <= MOST_PICTURE && picture::image_format(self.media_type).is_some()
    }

    /// Decodes the file as a picture and adds its dimensions and thumbnail.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, or if the picture has too many pixels.
    pub fn with_picture(self, file: &mut SpooledTempFile) -> Result<Self, Error> {
        file.seek(SeekFrom::Start(0)).map_err(Error::unavailable)?;
        let picture = picture::decode_picture(BufReader::new(&mut *file), self.media_type)?;
        Ok(Self { picture, ..self })
    }
}

/// Checks the size of a file, in bytes, before it is processed.
///
/// # Errors
///
/// Fails if the file is empty, or if it is larger than `most`.
pub fn check_size(bytes: u64, most: u64) -> Result<(), Error> {
    if bytes == 0 {
        return Err(Error::invalid("", "empty", "the file is empty"));
    }
    if bytes > most {
        return Err(
            Error::new(crate::error::Code::PayloadTooLarge).detail(format!(
                "a file can have at most {}",
                format_count(most, "byte")
            )),
        );
    }
    Ok(())
}

/// Detects whether bytes that arrive in pieces are UTF-8 text.
#[derive(Debug, Default)]
struct Text {
    /// Start of a character that the end of the last piece has split.
    cut: Vec<u8>,
    is_other: bool,
}

impl Text {
    fn add_piece(&mut self, piece: &[u8]) {
        if self.is_other {
            return;
        }
        let joined;
        let piece = if self.cut.is_empty() {
            piece
        } else {
            joined = [self.cut.as_slice(), piece].concat();
            &joined
        };
        let kept = match std::str::from_utf8(piece) {
            Ok(_) => piece.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => {
                self.is_other = true;
                return;
            }
        };
        // Signs that no text has.
        self.is_other = piece[..kept]
            .iter()
            .any(|byte| *byte < 0x09 || (0x0e..0x1b).contains(byte));
        self.cut = piece[kept..].to_vec();
    }

    fn is_whole(&self) -> bool {
        !self.is_other && self.cut.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_text(pieces: &[&[u8]]) -> bool {
        let mut text = Text::default();
        for piece in pieces {
            text.add_piece(piece);
        }
        text.is_whole()
    }

    #[test]
    fn detects_text_across_pieces() {
        assert!(is_text(&[]));
        assert!(is_text(&["日本".as_bytes(), b"\n"]));
        assert!(is_text(&[b"\xe6\x97", b"\xa5 a"]));
        assert!(!is_text(&[b"a\xe6\x97"]));
        assert!(!is_text(&[b"\xff\xfe"]));
        assert!(!is_text(&[b"a\0b"]));
    }
}
