//! Regular expressions of the schemas, compiled when first needed.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex_lite::Regex;

thread_local! {
    /// Compiled patterns; `None` for the few that need look-around or Unicode classes, which are not checked here.
    static COMPILED: RefCell<BTreeMap<String, Option<Regex>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Whether the text matches, unanchored as in JSON Schema. A pattern that cannot be compiled matches everything.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            compiled.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        compiled
            .get(pattern)
            .and_then(Option::as_ref)
            .is_none_or(|regex| regex.is_match(text))
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_are_unanchored_and_odd_ones_accept_everything() {
        assert!(matches("b", "abc"));
        assert!(!matches("^b$", "abc"));
        assert!(
            matches("(?=nothing)", "abc"),
            "look-around is left to the outside judges"
        );
    }
}
