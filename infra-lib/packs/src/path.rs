//! Paths into the properties of a resource: `A.B[*].C`.

/// A step of a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    /// The value at a key of a map.
    Key(&'static str),
    /// Every item of a list.
    All,
    /// At least one item of a list.
    Any,
}

/// A path into the properties, or with `@` first, into the attributes of a resource, such as `@DeletionPolicy`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Path {
    pub(crate) of_attributes: bool,
    pub(crate) steps: Vec<Step>,
}

impl Path {
    /// Parses a path; `.` alone is the value itself. A key in quotes may have dots.
    pub(crate) fn parse(text: &'static str) -> Self {
        let (of_attributes, text) = match text.strip_prefix('@') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut steps = Vec::new();
        let mut quoted = false;
        let parts = text.split(move |character| {
            quoted ^= character == '\'';
            character == '.' && !quoted
        });
        for part in parts.filter(|part| !part.is_empty()) {
            let (key, item) = match (part.strip_suffix("[*]"), part.strip_suffix("[?]")) {
                (Some(key), _) => (key, Some(Step::All)),
                (_, Some(key)) => (key, Some(Step::Any)),
                _ => (part, None),
            };
            if !key.is_empty() {
                steps.push(Step::Key(key.trim_matches('\'')));
            }
            steps.extend(item);
        }
        Self {
            of_attributes,
            steps,
        }
    }

    /// Returns the path as it is shown, without marks for lists.
    pub(crate) fn display(&self) -> String {
        let keys = self.steps.iter().filter_map(|step| match step {
            Step::Key(key) => Some(*key),
            Step::All | Step::Any => None,
        });
        keys.collect::<Vec<_>>().join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, Step};

    #[test]
    fn reads_keys_with_dots() {
        let path = Path::parse("Items[*].'rds.force_ssl'.On");
        let keys = ["Items", "rds.force_ssl", "On"].map(Step::Key);
        let [items, force, on] = keys;
        assert_eq!(path.steps, [items, Step::All, force, on]);
        assert_eq!(path.display(), "Items.rds.force_ssl.On");
        assert!(Path::parse("@DeletionPolicy").of_attributes);
        assert!(Path::parse(".").steps.is_empty());
    }
}
