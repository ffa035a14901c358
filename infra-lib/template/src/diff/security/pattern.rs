//! Decides whether one IAM pattern includes another.

/// Returns `true` if `wide` matches everything that `narrow` matches; `*` stands for any text and `?` for one character.
///
/// A star in `narrow` is matched only by a star in `wide`. A result of `true` is therefore always right, and `false` is rarely wrong.
pub(super) fn covers_pattern(wide: &str, narrow: &str) -> bool {
    let (wide, narrow) = (wide.as_bytes(), narrow.as_bytes());
    let (mut w, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < narrow.len() {
        match wide.get(w) {
            Some(b'*') => {
                star = Some((w, n));
                w += 1;
            }
            Some(b'?') if narrow[n] != b'*' => (w, n) = (w + 1, n + 1),
            Some(c) if *c == narrow[n] && *c != b'*' => (w, n) = (w + 1, n + 1),
            _ => {
                let Some((at, matched)) = star else {
                    return false;
                };
                star = Some((at, matched + 1));
                (w, n) = (at + 1, matched + 1);
            }
        }
    }
    wide[w..].iter().all(|c| *c == b'*')
}

/// Compares like [`covers`], but ignores case, as IAM does for actions.
pub(super) fn covers_action(wide: &str, narrow: &str) -> bool {
    covers_pattern(&wide.to_ascii_lowercase(), &narrow.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{covers_action, covers_pattern};

    #[test]
    fn detects_pattern_that_covers_another() {
        for (wide, narrow) in [
            ("*", ""),
            ("*", "s3:*"),
            ("s3:*", "s3:Get*"),
            ("s3:Get*", "s3:GetObject"),
            ("s3:Get*", "s3:Get*Acl"),
            ("a?c", "abc"),
            ("a?c", "a?c"),
            ("${B.Arn}/*", "${B.Arn}/public/*"),
            ("*x*", "axb"),
        ] {
            assert!(covers_pattern(wide, narrow), "{wide} {narrow}");
        }
        for (wide, narrow) in [
            ("s3:Get*", "s3:*"),
            ("s3:Get*", "*"),
            ("a?c", "a*c"),
            ("${B.Arn}/public/*", "${B.Arn}/*"),
            ("", "a"),
            ("abc", "abcd"),
        ] {
            assert!(!covers_pattern(wide, narrow), "{wide} {narrow}");
        }
        assert!(covers_action("S3:get*", "s3:GetObject"));
    }
}
