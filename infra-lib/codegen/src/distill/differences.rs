//! The list of what the two sources of the model say differently.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use infra_schema::model::ResourceType;

use super::dates::Dates;
use super::spec::Spec;

/// Returns `DIFFERENCES.md`: types and properties that only the service specification has, and properties that only one
/// of both requires.
pub(super) fn render_differences(
    types: &BTreeMap<String, ResourceType>,
    spec: &Spec<'_>,
    dates: &Dates,
) -> String {
    let Dates {
        registry,
        specification,
    } = dates;
    let newer = if registry >= specification {
        "registry schemas are newer, so the model follows them"
    } else {
        "service specification is newer: update the registry schemas, which have the constraints"
    };
    let mut out = format!(
        "# Differences between the sources\n\n\
         Written by `scripts/schema-update`. The model is made from the registry schemas of {registry} and the CDK's service\n\
         specification of {specification}. The {newer}.\n\n\
         ## Resource types\n\n\
         Types that only the specification has are in the model, marked as closed: the newer source no longer has them. Types of a\n\
         transform are left out, because the transform replaces them.\n\n"
    );
    let mut only: Vec<&str> = spec.list_types().filter(|name| spec.is_own(name)).collect();
    only.sort_unstable();
    for name in only {
        let action = if types.contains_key(name) {
            "closed"
        } else {
            "left out, of a transform"
        };
        let _ = writeln!(out, "- `{name}`: {action}");
    }
    let mut missing = String::new();
    let mut required = String::new();
    for (name, ty) in types {
        if spec.is_own(name) {
            continue;
        }
        for (owner, property, is_missing) in spec.list_differences(ty) {
            let owner = owner.map_or_else(String::new, |owner| format!("{owner}."));
            let text = if is_missing {
                &mut missing
            } else {
                &mut required
            };
            let _ = writeln!(text, "- `{name}`: `{owner}{property}`");
        }
    }
    let _ = write!(
        out,
        "\n## Properties that only the specification has\n\n\
         They are not in the model; a template that has one gets the warning `INF3002`.\n\n{missing}\n\
         ## Properties that only one source requires\n\n\
         The model requires them if the registry schema does. For most, the registry has alternatives of required properties, which\n\
         the model has as rules.\n\n{required}"
    );
    out
}
