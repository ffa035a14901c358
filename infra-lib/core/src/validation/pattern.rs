//! Matches the regular expressions of the schemas. Each is compiled on first use.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex_lite::Regex;

thread_local! {
    /// Compiled patterns by source. `None` marks patterns with look-around or Unicode classes, which are not checked.
    static COMPILED: RefCell<BTreeMap<String, Option<Regex>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Returns `true` if the pattern occurs in the text, unanchored as in JSON Schema. A pattern that cannot be compiled matches every text.
pub(super) fn matches_pattern(pattern: &str, text: &str) -> bool {
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            compiled.insert(
                pattern.to_owned(),
                Regex::new(&translate_pattern(pattern)).ok(),
            );
        }
        compiled
            .get(pattern)
            .and_then(Option::as_ref)
            .is_none_or(|regex| regex.is_match(text))
    })
}

/// Translates escapes of other regular expression dialects, in which the schemas are written, to those of the `regex` crate.
fn translate_pattern(pattern: &str) -> String {
    pattern.replace(r"\Z", r"\z").replace(r"\/", "/")
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::{matches_pattern, translate_pattern};

    #[test]
    fn matches_unanchored_and_accepts_unsupported_patterns() {
        assert!(matches_pattern("b", "abc"));
        assert!(!matches_pattern("^b$", "abc"));
        assert!(
            matches_pattern("(?=nothing)", "abc"),
            "look-around is left to the outside judges"
        );
    }

    #[test]
    fn compiles_nine_tenths_of_schema_patterns() {
        let mut patterns = std::collections::BTreeSet::new();
        for name in infra_schema::list_types() {
            let schema = infra_schema::resource(name).unwrap();
            let nested = schema
                .definitions
                .iter()
                .flat_map(|definition| &definition.properties);
            for property in schema.properties.iter().chain(nested) {
                patterns.extend(property.shape.pattern.as_deref());
            }
        }
        let refused = patterns
            .iter()
            .filter(|pattern| Regex::new(&translate_pattern(pattern)).is_err());
        let (refused, all) = (refused.count(), patterns.len());
        assert!(all > 1_000, "only {all} patterns were found");
        assert!(
            refused * 10 < all,
            "{refused} of {all} patterns are not checked"
        );
    }
}
