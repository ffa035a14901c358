//! `policy.toml`: exceptions from rules, kept beside the rules and so by whoever keeps those.

use serde::Deserialize;

/// The name of the file.
pub(super) const FILE: &str = "policy.toml";

/// The content of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// Exceptions, each with a reason.
    #[serde(default)]
    pub(super) exceptions: Vec<Exception>,
}

/// A violation that is accepted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    /// The name of the rule.
    pub(super) rule: String,
    /// The name of the stack in CloudFormation; `*` stands for any text.
    pub(super) stack: String,
    /// The logical ID of the resource, behind the nested stack where it is in one: `Child/Table`. Without it, every resource of the stack.
    pub(super) resource: Option<String>,
    /// The reason, which outputs repeat.
    pub(super) reason: String,
}

impl Exception {
    /// True for a violation of that rule by that resource of that stack.
    pub(super) fn covers(&self, rule: &str, stack: &str, resource: Option<&str>) -> bool {
        self.rule == rule
            && matches(&self.stack, stack)
            && self
                .resource
                .as_deref()
                .is_none_or(|wanted| resource == Some(wanted))
    }
}

/// True when a pattern with `*` matches a text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut left) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        match left.find(piece) {
            Some(at) => left = &left[at + piece.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{Exception, matches};

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text) in [
            ("notes-prod-data", "notes-prod-data"),
            ("notes-*", "notes-prod-data"),
            ("*-data", "notes-prod-data"),
            ("notes-*-data", "notes-prod-data"),
            ("n*prod*a", "notes-prod-data"),
            ("*", ""),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("notes", "notes-prod"),
            ("notes-*-data", "notes-data"),
            ("*-web", "notes-data"),
            ("xy*yx", "xyx"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn an_exception_is_for_its_rule_stack_and_resource() {
        let exception = Exception {
            rule: "encrypted".to_owned(),
            stack: "notes-*".to_owned(),
            resource: Some("Logs".to_owned()),
            reason: "none".to_owned(),
        };
        assert!(exception.covers("encrypted", "notes-dev", Some("Logs")));
        assert!(!exception.covers("versioned", "notes-dev", Some("Logs")));
        assert!(!exception.covers("encrypted", "other", Some("Logs")));
        assert!(!exception.covers("encrypted", "notes-dev", Some("Data")));
        assert!(!exception.covers("encrypted", "notes-dev", None));
    }
}
