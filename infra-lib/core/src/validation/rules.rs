//! Checks which properties must, or must not, be set together.

use infra_schema::{Rule, Text};

use super::relations;
use super::view::{Entries, Form, View, find_entry};
use super::walk::{Object, Presence, Walk, join_path};
use crate::diagnostic::codes;

pub(super) fn check_rules<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    map: &Entries<'t, V>,
    object: &Object<'_, V>,
    at: &str,
) {
    relations::check_relations(walk, map, object, at);
    let owner = object.owner;
    let presence = |name: &Text| Presence::of_value(find_entry(map, name));
    // Properties that are decided at deployment cannot be checked.
    let undecided = |names: &[&Text]| {
        names
            .iter()
            .any(|name| presence(name) == Presence::Deferred)
    };
    let given = |name: &Text| presence(name) == Presence::Present;
    for rule in object.rules {
        match rule {
            Rule::ExactlyOne(sets) | Rule::AtLeastOne(sets) => {
                let names: Vec<&Text> = sets.iter().flatten().collect();
                if undecided(&names) {
                    continue;
                }
                let complete = sets.iter().filter(|set| set.iter().all(given)).count();
                let exactly = matches!(rule, Rule::ExactlyOne(_));
                if complete == 0 || (exactly && complete > 1) {
                    let how_many = if exactly {
                        "exactly one"
                    } else {
                        "at least one"
                    };
                    let message = format!("`{owner}` requires {how_many} of {}", format_sets(sets));
                    let present: Vec<&str> =
                        names.iter().filter(|n| given(n)).map(|n| &***n).collect();
                    let finding =
                        walk.add_finding(codes::PROPERTY_COMBINATION, object.value, at, message);
                    finding.actual = Some(if present.is_empty() {
                        "none".to_owned()
                    } else {
                        present.join(", ")
                    });
                }
            }
            Rule::Excludes(first, others) if given(first) => {
                // An empty list says as much as none.
                let is_empty = |name: &Text| {
                    let value = find_entry(map, name).map(View::form);
                    matches!(value, Some(Form::List(items)) if items.is_empty())
                };
                let others = others.iter().filter(|other| given(other));
                for other in others.filter(|other| !is_empty(first) && !is_empty(other)) {
                    let message = format!("`{first}` and `{other}` are mutually exclusive");
                    walk.add_finding(
                        codes::PROPERTY_COMBINATION,
                        find_entry(map, first),
                        &join_path(at, first),
                        message,
                    );
                }
            }
            Rule::Requires(first, others) if given(first) => {
                for other in others
                    .iter()
                    .filter(|other| presence(other) == Presence::Absent)
                {
                    let message = format!("`{first}` also requires `{other}`");
                    walk.add_finding(
                        codes::PROPERTY_COMBINATION,
                        find_entry(map, first),
                        &join_path(at, first),
                        message,
                    );
                }
            }
            Rule::Excludes(..) | Rule::Requires(..) => {}
        }
    }
}

fn format_sets(sets: &[Vec<Text>]) -> String {
    let shown = sets.iter().filter(|set| !set.is_empty()).map(|set| {
        let names: Vec<String> = set.iter().map(|name| format!("`{name}`")).collect();
        names.join(" with ")
    });
    shown.collect::<Vec<_>>().join(", ")
}
