//! The recipes.

mod data;
mod functions;
mod identities;
mod messages;

use super::recipe::{Kind, Property, Recipe};

/// Recipes of each group, in the order in which they are tried.
const GROUPS: [&[Recipe]; 4] = [
    messages::RECIPES,
    identities::RECIPES,
    functions::RECIPES,
    data::RECIPES,
];

/// Returns the recipes in the order in which they are tried.
pub(super) fn all() -> impl Iterator<Item = &'static Recipe> {
    GROUPS.into_iter().flatten()
}

const fn property(name: &'static str, setter: &'static str, kind: Kind) -> Property {
    Property::new(name, setter, kind)
}
