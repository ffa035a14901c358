//! Content codings: the choice of a coding for a client, and compression with gzip.
//!
//! The compression of Poem ignores weights (it answers `identity;q=1, gzip;q=0.1` with gzip) and compresses every response.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use poem::http::{HeaderMap, header};

/// Content coding of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Brotli: the smallest result, but too slow to compress a response on request.
    Brotli,
    /// Gzip, which all clients support.
    Gzip,
    /// No coding: the bytes as they are.
    Identity,
}

impl Coding {
    /// Returns the name of the coding in headers.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// Returns `true` if the client accepts gzip and does not prefer the plain bytes.
pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    preferred_coding(headers, [Coding::Gzip]) == Coding::Gzip
}

/// Returns the coding that the client prefers among those available, the first of equals, or [`Coding::Identity`] if the client prefers plain bytes
/// (RFC 9110, section 12.5.3).
pub(crate) fn preferred_coding(
    headers: &HeaderMap,
    there: impl IntoIterator<Item = Coding>,
) -> Coding {
    let liked: Vec<(&str, f32)> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(parse_weighted)
        .collect();
    let weight = |names: &[&str]| {
        let named =
            |(coding, _): &&(&str, f32)| names.iter().any(|name| coding.eq_ignore_ascii_case(name));
        liked.iter().find(named).map(|(_, weight)| *weight)
    };
    let mut best = (Coding::Identity, weight(&["identity"]).unwrap_or(0.0));
    for coding in there {
        let named = match coding {
            Coding::Gzip => weight(&["gzip", "x-gzip"]),
            other => weight(&[other.as_str()]),
        };
        let weight = named.or_else(|| weight(&["*"])).unwrap_or(0.0);
        // At equal weight, a coding wins over plain bytes because it saves bandwidth.
        let wins = if best.0 == Coding::Identity {
            weight >= best.1
        } else {
            weight > best.1
        };
        if weight > 0.0 && wins {
            best = (coding, weight);
        }
    }
    best.0
}

/// Parses a coding with an optional weight, such as `gzip;q=0.5`; none if it is malformed.
fn parse_weighted(text: &str) -> Option<(&str, f32)> {
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

/// Trade-off between speed and size of a compression.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effort {
    /// Fast, for bytes that are sent in one response.
    Fast,
    /// Small, for bytes that are sent repeatedly.
    Best,
}

/// Compresses bytes with gzip.
pub(crate) fn compress_gzip(data: &[u8], effort: Effort) -> Vec<u8> {
    let level = match effort {
        Effort::Fast => Compression::fast(),
        Effort::Best => Compression::best(),
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
    fn respects_weights() {
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
                accepts_gzip(&headers.into_iter().collect()),
                wanted,
                "{header}"
            );
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[test]
    fn chooses_preferred_coding() {
        for (header, expected) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip", Coding::Gzip),
            ("br;q=0.5, gzip;q=0.8", Coding::Gzip),
            ("br;q=0, *", Coding::Gzip),
            ("identity, br;q=0.9, gzip;q=0.9", Coding::Identity),
            ("zstd", Coding::Identity),
        ] {
            let headers = [(header::ACCEPT_ENCODING, header.parse().unwrap())];
            let headers = headers.into_iter().collect();
            let chosen = preferred_coding(&headers, [Coding::Brotli, Coding::Gzip]);
            assert_eq!(chosen, expected, "{header}");
        }
    }

    #[test]
    fn round_trips_compressed_bytes() {
        let text = "notes ".repeat(1000);
        for effort in [Effort::Fast, Effort::Best] {
            let packed = compress_gzip(text.as_bytes(), effort);
            assert!(packed.len() < text.len() / 20);
            let mut unpacked = String::new();
            flate2::read::GzDecoder::new(&*packed)
                .read_to_string(&mut unpacked)
                .unwrap();
            assert_eq!(unpacked, text);
        }
    }
}
