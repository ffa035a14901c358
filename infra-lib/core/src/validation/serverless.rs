//! Checks resources of the serverless transform with the defaults of the section `Globals`.
//!
//! AWS: [Globals](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html).

use super::view::find_entry;
use super::{Entries, Finding, Form, ResourceTypes, View, check_resource};
use crate::diagnostic::{Diagnostic, codes};

/// Checks the properties of a resource of the serverless transform, which adds `globals` to those that the resource lacks: the entries of its kind, such as
/// `Function`, in the section `Globals`, without those that the resource ignores. Findings about values in `Globals` are those of [`check_resource`] for
/// [`GLOBALS`](infra_schema::serverless::GLOBALS), and not repeated.
pub fn check_serverless_resource<'t, V: View<'t>>(
    type_name: &str,
    properties: &Entries<'t, V>,
    globals: &Entries<'t, V>,
    types: ResourceTypes<'_, 't>,
) -> Vec<Finding<V>> {
    let mut merged = properties.clone();
    let is_missing = |(key, _): &&(&str, V)| find_entry(properties, key).is_none();
    merged.extend(globals.iter().filter(is_missing).copied());
    let mut found = check_resource(type_name, &merged, types);
    found.retain_mut(|finding| {
        let is_global = reaches_globals(&finding.diagnostic, properties, globals);
        let is_relation = [codes::RELATED_PROPERTY, codes::RELATED_VALUE];
        if is_global && is_relation.contains(&finding.diagnostic.code) {
            // The resource contradicts a default, and is the place to correct.
            finding.value = None;
            finding.about_key = false;
            return true;
        }
        !is_global && !is_supplied(&finding.diagnostic, globals)
    });
    found
}

/// Returns `true` if a finding is about a property that only the defaults have.
fn reaches_globals<'t, V: View<'t>>(
    finding: &Diagnostic,
    properties: &Entries<'t, V>,
    globals: &Entries<'t, V>,
) -> bool {
    let first = finding
        .property
        .as_deref()
        .map(|path| path.split(['.', '[']).next().unwrap_or(path));
    first.is_some_and(|first| {
        find_entry(properties, first).is_none() && find_entry(globals, first).is_some()
    })
}

/// Returns `true` for a finding about a property that lacks in an object of the resource, and that the same object of the defaults has.
fn is_supplied<'t, V: View<'t>>(finding: &Diagnostic, globals: &Entries<'t, V>) -> bool {
    if ![codes::MISSING_PROPERTY, codes::RELATED_PROPERTY].contains(&finding.code) {
        return false;
    }
    let Some(path) = finding.property.as_deref() else {
        return false;
    };
    let mut entries = globals.clone();
    let mut steps = path.split('.').peekable();
    while let Some(step) = steps.next() {
        let Some(value) = find_entry(&entries, step) else {
            return false;
        };
        if steps.peek().is_none() {
            return true;
        }
        match value.form() {
            Form::Map(inner) => entries = inner,
            _ => return false,
        }
    }
    false
}
