//! What becomes more open, or less: permissions, reachability, exposure to everyone, protections.
//!
//! Both templates are brought to sets of single permissions first. A permission of the new one that the old one does
//! not imply is a broadening, so that neither splitting a statement nor moving it to another policy looks like one.

mod grants;
mod groups;
mod iam;
mod pattern;
mod switches;
#[cfg(test)]
mod tests;
mod text;

use crate::ResourceName;
use crate::Template;
use crate::assembly::Stack;
use crate::review::{Direction, SecurityChange};

use super::stack::old_name;
pub(in crate::diff) use text::output_words;

use text::Words;

/// What `new` permits and `old` does not, and the other way round: broadening first, and what opens to everyone
/// before the rest.
pub fn security_changes(old: &Template, new: &Stack) -> Vec<SecurityChange> {
    let words = Words { old, new };
    let mut found = Vec::new();
    switches::exposures(words, &mut found);
    groups::rules(words, &mut found);
    iam::statements(words, &mut found);
    iam::attachments(words, &mut found);
    switches::protections(words, &mut found);
    // Stable: within these, by kind and in the order of the templates.
    found.sort_by_key(|change| {
        (
            change.direction != Direction::Broadening,
            !change.public,
            change.kind,
        )
    });
    found.dedup();
    found
}

/// A resource of either template by all its names.
fn name_of(id: &str, words: Words<'_>) -> ResourceName {
    if let Some(resource) = words.new.template.resource(id) {
        return words.new.resource(id, resource.type_name);
    }
    match words.old.resource(id) {
        Some(resource) => old_name(resource, words.new),
        None => words.new.resource(id, ""),
    }
}
