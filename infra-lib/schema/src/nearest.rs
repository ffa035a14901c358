//! Finds the most similar of a set of names, for "did you mean" suggestions: [`find_nearest`].

/// Returns the candidate most similar to `name`, or `None` if all differ too much to be what the user meant.
///
/// Case is ignored: `bucketname` finds `BucketName`.
pub fn find_nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 6);
    let wanted = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit * 4)
        // The distance counts insertions, deletions, replacements, and swaps of adjacent characters.
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
    use super::find_nearest;

    #[test]
    fn finds_name_despite_typo() {
        let names = ["BucketName", "BucketEncryption", "Tags"];
        assert_eq!(find_nearest("bucketName", names), Some("BucketName"));
        assert_eq!(find_nearest("BuckteName", names), Some("BucketName"));
        assert_eq!(
            find_nearest("BucketEncription", names),
            Some("BucketEncryption")
        );
        assert_eq!(find_nearest("Tag", names), Some("Tags"));
    }

    #[test]
    fn rejects_unrelated_name() {
        assert_eq!(find_nearest("Colour", ["BucketName", "Tags"]), None);
    }
}
