//! Keys of an order in which something can always be put between two neighbours: byte strings, compared byte by byte.
//!
//! A list that is ordered by numbers must be numbered again after some insertions; byte strings only grow. New notes take a counter that
//! runs down, so that the usual case, a new note at the top, needs no look at the others.

/// Longer keys are refused: some two thousand insertions at one and the same place, which ordinary use never makes.
pub const MAX_BYTES: usize = 256;

/// The key of a counter: eight bytes, most significant first, so that bytes compare as the numbers do.
pub fn of_counter(counter: i64) -> Vec<u8> {
    counter.to_be_bytes().to_vec()
}

/// A key after `before` and before `after`, which must be greater; none at either side means the end of the list.
///
/// The result is as short as it can be and never ends in a zero byte, below which nothing would fit.
pub fn between(before: &[u8], after: Option<&[u8]>) -> Vec<u8> {
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
            // Whatever follows is below `after` already.
            after = None;
        }
    }
    key
}

/// The key as text that sorts as the key does: two digits a byte.
pub fn to_text(key: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * key.len());
    for byte in key {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The key of a text, if it is one.
pub fn of_text(text: &str) -> Option<Vec<u8>> {
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
    fn a_key_fits_between_any_two() {
        let mut keys = vec![of_counter(1 << 62), of_counter((1 << 62) + 1)];
        let mut random = 7_u64;
        for _ in 0..2_000 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = usize::try_from(random >> 33).unwrap() % keys.len();
            let key = between(&keys[at], keys.get(at + 1).map(Vec::as_slice));
            assert!(key > keys[at], "{key:?} after {:?}", keys[at]);
            assert!(keys.get(at + 1).is_none_or(|next| key < *next));
            assert_ne!(key.last(), Some(&0));
            keys.insert(at + 1, key);
        }
        assert!(keys.iter().all(|key| key.len() < 40));
    }

    #[test]
    fn keys_grow_slowly_at_one_place() {
        let (low, mut high) = (of_counter(5), of_counter(6));
        let mut insertions = 0;
        while high.len() <= MAX_BYTES {
            high = between(&low, Some(&high));
            assert!(high > low);
            insertions += 1;
        }
        assert!(insertions > 1_900, "{insertions}");
    }
}
