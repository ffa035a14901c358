//! Sort keys for lists that users arrange: byte strings, compared byte by byte, such that a new key always fits between two neighbours.
//!
//! Numbers as sort keys would need renumbering after some insertions; byte strings only grow. A new note takes its key from a counter that runs down,
//! so that the common case, a new note at the top, does not read other notes.

/// Maximum length of a key in bytes. Some two thousand insertions at the same place reach it, far more than ordinary use.
pub const MAX_BYTES: usize = 256;

/// Returns the key for a counter: eight bytes, most significant first, so that keys sort in the order of the numbers.
pub fn from_counter(counter: i64) -> Vec<u8> {
    counter.to_be_bytes().to_vec()
}

/// Returns a key between `before` and `after`. An empty `before` means the start of the list, an `after` of `None` its end; otherwise `after` must be
/// greater than `before`.
///
/// The result is as short as it can be and never ends in a zero byte, below which nothing would fit.
pub fn key_between(before: &[u8], after: Option<&[u8]>) -> Vec<u8> {
    let mut key = Vec::with_capacity(before.len() + 1);
    let mut after = after;
    for at in 0.. {
        let low = before.get(at).copied().map_or(0, u16::from);
        let high = match after {
            None => 256,
            Some(after) => after.get(at).copied().map_or(0, u16::from),
        };
        if high > low + 1 {
            let middle = low + (high - low) / 2;
            key.push(u8::try_from(middle).unwrap_or(u8::MAX));
            break;
        }
        key.push(u8::try_from(low).unwrap_or(u8::MAX));
        if high > low {
            // Every continuation is already less than `after`.
            after = None;
        }
    }
    key
}

/// Encodes a key as hexadecimal text, two digits per byte, which sorts in the same order.
pub fn to_text(key: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * key.len());
    for byte in key {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Decodes a key from hexadecimal text; `None` for other text, and for keys longer than [`MAX_BYTES`].
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    (digits.len().is_multiple_of(2) && digits.len() <= 2 * MAX_BYTES).then_some(())?;
    digits
        .chunks(2)
        .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_key_between_any_two() {
        let mut keys = vec![from_counter(1 << 62), from_counter((1 << 62) + 1)];
        let mut random = 7_u64;
        for _ in 0..2_000 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = usize::try_from(random >> 33).unwrap() % keys.len();
            let key = key_between(&keys[at], keys.get(at + 1).map(Vec::as_slice));
            assert!(key > keys[at], "{key:?} after {:?}", keys[at]);
            assert!(keys.get(at + 1).is_none_or(|next| key < *next));
            assert_ne!(key.last(), Some(&0));
            keys.insert(at + 1, key);
        }
        assert!(keys.iter().all(|key| key.len() < 40));
    }

    #[test]
    fn allows_many_insertions_at_one_position() {
        let (low, mut high) = (from_counter(5), from_counter(6));
        let mut insertions = 0;
        while high.len() <= MAX_BYTES {
            high = key_between(&low, Some(&high));
            assert!(high > low);
            insertions += 1;
        }
        assert!(insertions > 1_900, "{insertions}");
    }
}
