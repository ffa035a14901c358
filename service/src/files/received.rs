//! A file that has been received: its hash, its kind and, of a picture, its size are found while it lies in the folder for temporary files.

use std::io::{BufReader, Read as _, Seek as _, SeekFrom};

use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use super::kind::media_type;
use super::picture::{self, Picture};
use crate::budget::Stop;
use crate::counted::counted;
use crate::error::Error;

/// Bytes that are read at once.
const PIECE: usize = 256 * 1024;
/// Bytes of a picture that is looked at; cameras make smaller ones.
const MOST_PICTURE: u64 = 32 * 1024 * 1024;
/// Bytes by which a kind is seen: the header of tar and the names within office documents lie behind the first ones.
const START: usize = 8 * 1024;

/// Everything that the bytes of a file say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Their number.
    pub bytes: u64,
    /// Their hash.
    pub sha256: Vec<u8>,
    /// Their kind.
    pub media_type: &'static str,
    /// The picture that they are.
    pub picture: Option<Picture>,
}

/// Reads a file from its beginning to its end; ended when nobody waits any more.
pub fn examine(file: &mut SpooledTempFile, stop: &Stop) -> Result<Facts, Error> {
    file.seek(SeekFrom::Start(0)).map_err(Error::unavailable)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut start = Vec::new();
    let mut text = Text::default();
    let mut piece = vec![0; PIECE];
    loop {
        stop.check()?;
        let count = file.read(&mut piece).map_err(Error::unavailable)?;
        if count == 0 {
            break;
        }
        let read = &piece[..count];
        bytes += count as u64;
        hash.update(read);
        text.add(read);
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
    /// Says whether it is worth it to look for a picture. A decoder may take all of its file into memory.
    pub fn may_be_picture(&self) -> bool {
        self.bytes <= MOST_PICTURE && picture::format(self.media_type).is_some()
    }

    /// The same with the picture that the file is.
    pub fn with_picture(self, file: &mut SpooledTempFile) -> Result<Self, Error> {
        file.seek(SeekFrom::Start(0)).map_err(Error::unavailable)?;
        let picture = picture::look(BufReader::new(&mut *file), self.media_type)?;
        Ok(Self { picture, ..self })
    }
}

/// Says whether a file may be taken at all, before anything is done with it.
pub fn wanted(bytes: u64, most: u64) -> Result<(), Error> {
    if bytes == 0 {
        return Err(Error::invalid("", "empty", "the file has no bytes"));
    }
    if bytes > most {
        return Err(Error::new(crate::error::Code::PayloadTooLarge)
            .detail(format!("a file has at most {}", counted(most, "byte"))));
    }
    Ok(())
}

/// Sees if bytes that come in pieces are text in UTF-8.
#[derive(Debug, Default)]
struct Text {
    /// The beginning of a sign that the last piece has cut.
    cut: Vec<u8>,
    is_other: bool,
}

impl Text {
    fn add(&mut self, piece: &[u8]) {
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
            text.add(piece);
        }
        text.is_whole()
    }

    #[test]
    fn sees_text_across_pieces() {
        assert!(is_text(&[]));
        assert!(is_text(&["日本".as_bytes(), b"\n"]));
        assert!(is_text(&[b"\xe6\x97", b"\xa5 a"]));
        assert!(!is_text(&[b"a\xe6\x97"]));
        assert!(!is_text(&[b"\xff\xfe"]));
        assert!(!is_text(&[b"a\0b"]));
    }
}
