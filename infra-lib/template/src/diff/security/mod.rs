//! Detects changes of permissions, network reachability, public exposure and protections: [`security_changes`].
//!
//! Both templates are first split into single permissions. A permission of the new template that the old one does not imply is a broadening.
//! Therefore neither splitting a statement nor moving it to another policy counts as one.

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
pub(in crate::diff) use text::display_output_name;

use text::DisplayNames;

/// Returns the permissions that only `new` or only `old` grants. Broadening changes come first, public exposure before the others.
pub fn security_changes(old: &Template, new: &Stack) -> Vec<SecurityChange> {
    let words = DisplayNames { old, new };
    let mut found = Vec::new();
    switches::find_exposures(words, &mut found);
    groups::compare_rules(words, &mut found);
    iam::compare_statements(words, &mut found);
    iam::compare_attachments(words, &mut found);
    switches::find_protections(words, &mut found);
    // The sort is stable, so within these groups the order of the templates is kept.
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

/// Returns the names of a resource of either template.
fn name_of(id: &str, words: DisplayNames<'_>) -> ResourceName {
    if let Some(resource) = words.new.template.find_resource(id) {
        return words.new.resource_name(id, resource.type_name);
    }
    match words.old.find_resource(id) {
        Some(resource) => old_name(resource, words.new),
        None => words.new.resource_name(id, ""),
    }
}
