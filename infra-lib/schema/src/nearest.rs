//! "Did you mean": the closest of a set of names.

/// The candidate closest to `name`, unless all are too far off to be what was meant.
///
/// Differences in case weigh little: `bucketname` is `BucketName`.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 6);
    let wanted = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit * 4)
        // Insertions, deletions, replacements, and swaps of neighbours.
        .map(|candidate| {
            (
                strsim::osa_distance(&wanted, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
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
