//! Formats counts and lists of identifiers for messages.

use uuid::Uuid;

/// Maximum number of identifiers that a message lists.
const NAMED: usize = 5;

/// Returns a count with its noun, which gets a plural `s` unless the count is 1.
pub(crate) fn format_count(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Returns a count with its noun and the verb `was` or `were`.
pub(crate) fn format_count_was(count: u64, noun: &str) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb}", format_count(count, noun))
}

/// Returns the first five identifiers of a list, and the number of the others.
pub(crate) fn format_ids(ids: &[Uuid]) -> String {
    let named: Vec<String> = ids.iter().take(NAMED).map(ToString::to_string).collect();
    let named = named.join(", ");
    match ids.len().saturating_sub(NAMED) {
        0 => named,
        1 => format!("{named} and 1 other"),
        others => format!("{named} and {others} others"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_singular_and_plural_for_counts() {
        assert_eq!(format_count(0, "note"), "0 notes");
        assert_eq!(format_count(1, "note"), "1 note");
        assert_eq!(format_count_was(1, "note"), "1 note was");
        assert_eq!(format_count_was(2, "note"), "2 notes were");
    }

    #[test]
    fn lists_five_and_counts_others() {
        let named = |count| format_ids(&vec![Uuid::nil(); count]);
        assert_eq!(named(1), Uuid::nil().to_string());
        assert_eq!(named(5).matches(", ").count(), 4);
        assert!(named(6).ends_with(" and 1 other"));
        assert!(named(7).ends_with(" and 2 others"));
    }
}
