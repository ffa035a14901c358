//! "Did you mean": the closest of a set of names.

/// The candidate closest to `name`, unless all are too far off to be what was meant.
///
/// Differences in case weigh little: `bucketname` is `BucketName`.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 6);
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit * 4)
        .filter_map(|candidate| {
            let have: Vec<char> = candidate.to_lowercase().chars().collect();
            let distance = distance(&wanted, &have, limit)?;
            Some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edits (insert, delete, replace, swap of neighbours) from `a` to `b`, `None` when over `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        if row.iter().min().is_some_and(|&least| least > limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    (last[b.len()] <= limit).then_some(last[b.len()])
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_of_the_finger_are_forgiven() {
        let names = ["BucketName", "BucketEncryption", "Tags"];
        assert_eq!(nearest("bucketName", names), Some("BucketName"));
        assert_eq!(nearest("BuckteName", names), Some("BucketName"));
        assert_eq!(nearest("BucketEncription", names), Some("BucketEncryption"));
        assert_eq!(nearest("Tag", names), Some("Tags"));
    }

    #[test]
    fn another_word_is_not_a_slip() {
        assert_eq!(nearest("Colour", ["BucketName", "Tags"]), None);
    }
}
