//! Content coding: who wants gzip, and how it is made.
//!
//! Poem's own compression ignores weights (`identity;q=1, gzip;q=0.1` is answered with gzip) and compresses whatever there is.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use poem::http::{HeaderMap, header};

/// Whether the client takes gzip, and likes it no less than the plain text (RFC 9110, section 12.5.3).
pub(crate) fn is_wanted(headers: &HeaderMap) -> bool {
    let codings = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(weighted);
    let (mut gzip, mut identity, mut any) = (None, None, None);
    for (coding, weight) in codings {
        match coding.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip = Some(weight),
            "identity" => identity = Some(weight),
            "*" => any = Some(weight),
            _ => {}
        }
    }
    let gzip = gzip.or(any).unwrap_or(0.0);
    gzip > 0.0 && gzip >= identity.unwrap_or(0.0)
}

/// `gzip;q=0.5` as its two parts; nothing if it is not written like that.
fn weighted(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';');
    let coding = parts.next()?.trim();
    let weight = match parts.next() {
        None => 1.0,
        Some(parameter) => {
            let (name, value) = parameter.split_once('=')?;
            let weight = value.trim().parse().ok()?;
            let valid = name.trim().eq_ignore_ascii_case("q") && (0.0..=1.0).contains(&weight);
            valid.then_some(weight)?
        }
    };
    Some((coding, weight))
}

/// How hard to try.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effort {
    /// For what is made for one response.
    Once,
    /// For what is sent again and again.
    Kept,
}

/// Compressed.
pub(crate) fn compress(data: &[u8], effort: Effort) -> Vec<u8> {
    let level = match effort {
        Effort::Once => Compression::fast(),
        Effort::Kept => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::with_capacity(data.len() / 3), level);
    encoder
        .write_all(data)
        .and_then(|()| encoder.finish())
        .expect("writing to memory cannot fail")
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn weights_are_obeyed() {
        for (header, wanted) in [
            ("gzip", true),
            ("GZIP", true),
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, gzip;q=0.8, *;q=0.1", true),
            ("*", true),
            ("identity;q=0.5, gzip;q=0.5", true),
            ("", false),
            ("br", false),
            ("identity", false),
            ("gzip;q=0", false),
            ("gzip;q=0, *", false),
            ("identity;q=1, gzip;q=0.1", false),
            ("*;q=0", false),
            ("gzip;q=2", false),
            ("gzip;quality=1", false),
        ] {
            let headers = [(header::ACCEPT_ENCODING, header.parse().unwrap())];
            assert_eq!(
                is_wanted(&headers.into_iter().collect()),
                wanted,
                "{header}"
            );
        }
        assert!(!is_wanted(&HeaderMap::new()));
    }

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "notes ".repeat(1000);
        for effort in [Effort::Once, Effort::Kept] {
            let packed = compress(text.as_bytes(), effort);
            assert!(packed.len() < text.len() / 20);
            let mut unpacked = String::new();
            flate2::read::GzDecoder::new(&*packed)
                .read_to_string(&mut unpacked)
                .unwrap();
            assert_eq!(unpacked, text);
        }
    }
}
