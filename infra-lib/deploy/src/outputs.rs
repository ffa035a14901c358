//! Finds the stack outputs that the library's constructs create, grouped by construct.

use std::collections::BTreeMap;

use crate::deployed::{DeployedStack, referenced_logical_id};

/// Outputs of one construct, by the suffix of their name.
pub(crate) struct ConstructOutputs<'s> {
    stack: &'s DeployedStack,
    /// Name and value of each output, by the suffix of its name.
    outputs: BTreeMap<&'static str, (&'s str, &'s str)>,
}

impl<'s> ConstructOutputs<'s> {
    /// Groups the outputs of a stack by construct. Considers only names that end with one of `kinds`, before the hash.
    pub(crate) fn of_stack(stack: &'s DeployedStack, kinds: &[&'static str]) -> Vec<Self> {
        let mut by_construct: BTreeMap<&str, Self> = BTreeMap::new();
        for output in &stack.description.outputs {
            let Some(named) = without_hash(&output.name) else {
                continue;
            };
            for kind in kinds {
                if let Some(construct) = named.strip_suffix(kind) {
                    let found = by_construct.entry(construct).or_insert_with(|| Self {
                        stack,
                        outputs: BTreeMap::new(),
                    });
                    let (name, value) = (output.name.as_str(), output.value.as_str());
                    found.outputs.insert(kind, (name, value));
                }
            }
        }
        by_construct.into_values().collect()
    }

    /// Returns the value of the output with this suffix.
    pub(crate) fn find_value(&self, kind: &str) -> Option<String> {
        self.outputs.get(kind).map(|(_, value)| (*value).to_owned())
    }

    /// Returns the logical ID of the resource that an output refers to in the template.
    pub(crate) fn find_resource(&self, kind: &str) -> Option<String> {
        let (name, _) = self.outputs.get(kind)?;
        let mut entries = self.stack.template.section_entries("Outputs");
        let (_, output) = entries.find(|(id, _)| id == name)?;
        referenced_logical_id(&output["Value"])
    }
}

/// Returns a logical ID without the hash of eight hexadecimal digits at its end; `None` if it has none.
pub(crate) fn without_hash(id: &str) -> Option<&str> {
    let (name, hash) = id.split_at_checked(id.len().checked_sub(8)?)?;
    let is_hash = |c: char| c.is_ascii_digit() || ('A'..='F').contains(&c);
    (!name.is_empty() && hash.chars().all(is_hash)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::without_hash;

    #[test]
    fn separates_hash_from_logical_id() {
        assert_eq!(
            without_hash("MigrationClusterArn1E4C5D8E"),
            Some("MigrationClusterArn")
        );
        assert_eq!(without_hash("ServiceName"), None);
        assert_eq!(without_hash("1E4C5D8E"), None);
        assert_eq!(without_hash("é1"), None);
    }
}
