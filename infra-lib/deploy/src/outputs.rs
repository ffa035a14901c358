//! Outputs that our constructs give their stacks, found by the construct that they belong to.

use std::collections::BTreeMap;

use crate::deployed::{DeployedStack, referred};

/// Outputs of one construct, by the end of their name.
pub(crate) struct ConstructOutputs<'s> {
    stack: &'s DeployedStack,
    /// Name in the template and value, by the end of the name.
    outputs: BTreeMap<&'static str, (&'s str, &'s str)>,
}

impl<'s> ConstructOutputs<'s> {
    /// Groups the outputs of a stack by construct; only those whose names end as in `kinds` are looked at.
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

    /// The value of an output.
    pub(crate) fn value(&self, kind: &str) -> Option<String> {
        self.outputs.get(kind).map(|(_, value)| (*value).to_owned())
    }

    /// The logical ID of the resource that the template's entry of an output refers to.
    pub(crate) fn resource(&self, kind: &str) -> Option<String> {
        let (name, _) = self.outputs.get(kind)?;
        let mut entries = self.stack.template.section("Outputs");
        let (_, output) = entries.find(|(id, _)| id == name)?;
        referred(&output["Value"])
    }
}

/// A logical ID without the eight hexadecimal digits at its end.
pub(crate) fn without_hash(id: &str) -> Option<&str> {
    let (name, hash) = id.split_at_checked(id.len().checked_sub(8)?)?;
    let is_hash = |c: char| c.is_ascii_digit() || ('A'..='F').contains(&c);
    (!name.is_empty() && hash.chars().all(is_hash)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::without_hash;

    #[test]
    fn the_hash_of_a_logical_id_is_told_from_its_name() {
        assert_eq!(
            without_hash("MigrationClusterArn1E4C5D8E"),
            Some("MigrationClusterArn")
        );
        assert_eq!(without_hash("ServiceName"), None);
        assert_eq!(without_hash("1E4C5D8E"), None);
        assert_eq!(without_hash("é1"), None);
    }
}
