//! Describes the key or value under the cursor.

use std::fmt::Write as _;

use infra_yaml::{Node, Span};

use super::define::{Cursor, find_declaration, find_referred};
use super::place::{Meaning, Place, type_of_resource};
use super::words::{
    FUNCTIONS, PSEUDO_PARAMETERS, RESOURCE_ATTRIBUTES, SECTIONS, describe_property, describe_shape,
    describe_type, find_term,
};

/// Returns the description of a place in Markdown, with its range.
pub(super) fn describe_place<'n>(
    root: &'n Node,
    place: &Place<'n>,
    cursor: Cursor<'_>,
) -> Option<(String, Span)> {
    let term = |terms, name: &str| find_term(terms, name).map(super::words::Term::describe);
    let key = place.last_key();
    let text = match place.find_meaning(root) {
        Meaning::Section => term(SECTIONS, key?)?,
        Meaning::ResourceAttribute => term(RESOURCE_ATTRIBUTES, key?)?,
        Meaning::Function(name) => term(FUNCTIONS, name)?,
        Meaning::Declaration("Resources", name) => describe_type(type_of_resource(root, name)?),
        Meaning::ResourceTypeName => {
            describe_type(infra_schema::resource(place.node.scalar_text()?)?)
        }
        Meaning::Property(spot) | Meaning::PropertyValue(spot) => describe_property(&spot),
        _ => describe_reference(root, place, cursor)?,
    };
    Some((text, place.span))
}

/// Describes the resource, parameter, condition or mapping that a place refers to.
fn describe_reference<'n>(root: &'n Node, place: &Place<'n>, cursor: Cursor<'_>) -> Option<String> {
    let referred = find_referred(root, place, cursor)?;
    let name = &referred.name;
    let Some((section, entry)) = find_declaration(root, place, cursor) else {
        return find_term(PSEUDO_PARAMETERS, name).map(super::words::Term::describe);
    };
    let field = |key: &str| entry.value.get(key)?.scalar_text();
    Some(match section {
        "Resources" => {
            let ty = type_of_resource(root, name)?;
            match referred.attribute {
                Some(attribute) => {
                    let found = ty.attribute(&attribute)?;
                    let shape = describe_shape(&found.shape);
                    format!(
                        "**{attribute}** · {shape}\n\nAttribute of `{name}`, a resource of the type `{}`.",
                        ty.name
                    )
                }
                None => format!("Resource `{name}`\n\n{}", describe_type(ty)),
            }
        }
        "Parameters" => {
            let mut text = format!(
                "Parameter `{name}` · {}",
                field("Type").unwrap_or("no type")
            );
            if let Some(default) = field("Default") {
                // The value is shown only if it is not secret.
                let is_hidden = field("NoEcho").is_some_and(|value| value != "false");
                let shown = if is_hidden { "hidden" } else { default };
                let _ = write!(text, "\n\nDefault: `{shown}`");
            }
            if let Some(description) = field("Description") {
                let _ = write!(text, "\n\n{description}");
            }
            text
        }
        "Conditions" => format!(
            "Condition `{name}`\n\n```json\n{:#}\n```",
            entry.value.to_json()
        ),
        _ => format!(
            "Mapping `{name}`\n\n```json\n{:#}\n```",
            entry.value.to_json()
        ),
    })
}
