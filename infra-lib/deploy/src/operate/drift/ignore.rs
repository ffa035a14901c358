//! Reads the file that accepts drift: patterns of resources and properties, each with a reason.

use infra_core::{Diagnostic, codes};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::committed;
use crate::error::Error;
use infra_template::ResourceName;

/// Contents of an ignore file: a list of differences that are accepted.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Ignores {
    /// Accepted differences. The first entry that matches a difference applies.
    #[serde(rename = "ignore")]
    pub entries: Vec<Ignore>,
}

/// Accepted difference: patterns of resource and property, and the reason.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Ignore {
    /// Pattern of the construct path or logical ID of the resource; `*` matches any text, including `/`.
    pub resource: String,
    /// Pattern of the JSON pointer to the property, such as `/Tags/*`; everything below it is accepted as well.
    pub property: String,
    /// Reason for accepting the difference, for later readers; must not be blank.
    #[serde(deserialize_with = "committed::reason")]
    pub reason: String,
}

impl Ignores {
    /// Parses the YAML of an ignore file. `name` is the file name in findings.
    pub fn parse_yaml(text: &str, name: &str) -> Result<Self, Error> {
        let form =
            "expected a list under `ignore:`, each entry with `resource`, `property` and `reason`";
        committed::read_committed_file(name, text, codes::DRIFT_IGNORES_NOT_READABLE, form)
    }

    /// Returns index and reason of the first entry that accepts a difference.
    pub(super) fn find_match(
        &self,
        resource: &ResourceName,
        property: &str,
    ) -> Option<(usize, &str)> {
        let entries = self.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| entry.accepts_difference(resource, property))
            .map(|(at, entry)| (at, entry.reason.as_str()))
            .next()
    }
}

impl Ignore {
    fn accepts_difference(&self, resource: &ResourceName, property: &str) -> bool {
        let path = resource.construct_path.as_deref();
        let is_it = matches_pattern(&self.resource, &resource.logical_id)
            || path.is_some_and(|path| matches_pattern(&self.resource, path));
        let pointer = self.property.trim_end_matches('/');
        is_it
            && (matches_pattern(pointer, property)
                || matches_pattern(&format!("{pointer}/*"), property))
    }

    /// Builds the warning that this entry matches no difference.
    pub(super) fn stale_warning(&self) -> Diagnostic {
        Diagnostic::new(
            codes::STALE_DRIFT_IGNORE,
            format!(
                "no difference matches the ignored property `{}` of `{}`",
                self.property, self.resource
            ),
        )
        .note(format!("reason: {}", self.reason))
        .help("remove it from the ignore file")
    }
}

/// Returns true if the text matches a pattern in which `*` stands for any text.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.find(piece) {
            Some(found) => rest = &rest[found + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{Ignores, matches_pattern};
    use infra_template::ResourceName;

    #[test]
    fn star_matches_any_text() {
        for (pattern, text, expected) in [
            ("Web/Service", "Web/Service", true),
            ("Web/Service", "Web/Service/Role", false),
            ("*/Service", "Web/Service", true),
            ("Web/*/Role", "Web/Service/Task/Role", true),
            ("Web/*/Role", "Web/Service/Task", false),
            ("*", "", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches_pattern(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn ignores_paths_below_the_listed_property() {
        let text = "ignore:\n  - { resource: Web/*, property: /Tags, reason: tagged by finance }\n";
        let ignores = Ignores::parse_yaml(text, "drift.yaml").unwrap();
        let resource = ResourceName::builder()
            .stack("Web")
            .type_name("AWS::ECS::Service")
            .logical_id("Service123")
            .construct_path("Web/Service")
            .build();
        let found = |property| ignores.find_match(&resource, property).is_some();
        assert!(found("/Tags") && found("/Tags/0/Value"));
        assert!(!found("/TagsMore") && !found("/DesiredCount"));
    }

    #[test]
    fn rejects_file_without_reasons() {
        let text = "ignore:\n  - { resource: '*', property: /Tags, reason: ' ' }\n";
        let error = Ignores::parse_yaml(text, "drift.yaml").unwrap_err();
        insta::assert_snapshot!(infra_core::render(error.finding().unwrap()), @"
        error[INF7422]: cannot read `drift.yaml`: ignore[0].reason: the reason is empty
          --> drift.yaml:2:47
           = help: expected a list under `ignore:`, each entry with `resource`, `property` and `reason`
        ");
    }
}
