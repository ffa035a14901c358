//! Checks literals against the schema of their resource type.

use super::Synth;

pub(super) fn run(_synth: &mut Synth) {}

/// Whether `Fn::GetAtt` of that attribute gives a list.
pub(super) fn is_list_attribute(_type_name: &str, _attribute: &str) -> bool {
    false
}

/// The attributes of a type; `None` when the type is not known.
pub(super) fn attributes(_type_name: &str) -> Option<Vec<String>> {
    None
}

/// Whether a list of attributes has one of that name.
pub(super) fn has_attribute(known: &[String], attribute: &str) -> bool {
    known.iter().any(|name| name == attribute)
}
