//! Finds the declaration of a name of a template: resources, parameters, conditions and mappings.

use infra_yaml::{Entry, Node, Value};

use super::place::{Meaning, Place, Step};

/// Sections in which `Ref` and `Fn::Sub` find a name.
pub(super) const REFERABLE: [&str; 2] = ["Resources", "Parameters"];

/// The line of the cursor, for names within a text: the line of the document, and the byte offset of the cursor in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) line: &'t str,
    pub(super) offset: usize,
}

/// Returns the entry that declares the name at a place.
pub(super) fn find_declaration<'n>(
    root: &'n Node,
    place: &Place<'n>,
    cursor: Cursor<'_>,
) -> Option<(&'static str, &'n Entry)> {
    let referred = find_referred(root, place, cursor)?;
    let mut sections = referred.sections.iter();
    sections.find_map(|section| Some((*section, root.get(section)?.find_entry(&referred.name)?)))
}

/// A name, the attribute after its dot, and the sections that can declare it.
#[derive(Clone, Debug)]
pub(super) struct Referred {
    pub(super) name: String,
    pub(super) attribute: Option<String>,
    sections: &'static [&'static str],
}

impl Referred {
    fn new(text: &str, sections: &'static [&'static str]) -> Self {
        Self {
            name: text.to_owned(),
            attribute: None,
            sections,
        }
    }

    fn split(text: &str, sections: &'static [&'static str]) -> Self {
        let (name, attribute) = match text.split_once('.') {
            Some((name, attribute)) => (name, Some(attribute.to_owned())),
            None => (text, None),
        };
        Self {
            attribute,
            ..Self::new(name, sections)
        }
    }
}

/// Returns the name that a place refers to.
pub(super) fn find_referred<'n>(
    root: &'n Node,
    place: &Place<'n>,
    cursor: Cursor<'_>,
) -> Option<Referred> {
    const RESOURCES: &[&str] = &["Resources"];
    if place.is_key {
        return None;
    }
    let text = place.node.scalar_text()?;
    Some(match place.find_meaning(root) {
        Meaning::Reference => Referred::new(text, &REFERABLE),
        Meaning::ResourceName => Referred::new(text, RESOURCES),
        Meaning::DottedAttribute => Referred::split(text, RESOURCES),
        Meaning::AttributeName => Referred {
            attribute: Some(text.to_owned()),
            ..Referred::new(find_attribute_owner(root, place)?, RESOURCES)
        },
        Meaning::Substitution => {
            Referred::split(find_placeholder(cursor.line, cursor.offset)?, &REFERABLE)
        }
        Meaning::ConditionName => Referred::new(text, &["Conditions"]),
        Meaning::MappingName => Referred::new(text, &["Mappings"]),
        _ => return None,
    })
}

/// Returns the resource in the first item of `Fn::GetAtt`, whose second item is the place.
pub(super) fn find_attribute_owner<'n>(root: &'n Node, place: &Place<'_>) -> Option<&'n str> {
    let (_, list) = place.path.split_last()?;
    let mut node = root;
    for step in list {
        node = match (step, &node.value) {
            (Step::Key(key), _) => node.get(key)?,
            (Step::Index(at), Value::List(items)) => items.get(*at)?,
            _ => return None,
        };
    }
    match &node.value {
        Value::List(items) => items.first()?.scalar_text(),
        _ => None,
    }
}

/// Returns the content of `${…}` around a byte offset of a text.
pub(super) fn find_placeholder(text: &str, offset: usize) -> Option<&str> {
    let before = text.get(..offset.min(text.len()))?;
    let start = before.rfind("${")? + 2;
    let end = start + text[start..].find('}')?;
    (offset <= end).then(|| text[start..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_placeholder_around_cursor() {
        let text = "a ${Queue.Arn} b ${Topic}";
        let found: Vec<Option<&str>> = [0, 4, 13, 15, 20]
            .iter()
            .map(|at| find_placeholder(text, *at))
            .collect();
        assert_eq!(
            found,
            [
                None,
                Some("Queue.Arn"),
                Some("Queue.Arn"),
                None,
                Some("Topic")
            ]
        );
    }
}
