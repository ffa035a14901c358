//! Parser of the documentation files of a service.

use std::collections::HashMap;

/// Documentation of one service, by resource type, then by owner and name. Bindings without it have only the facts of
/// the model in their doc comments.
#[derive(Debug, Default)]
pub struct Docs<'a> {
    types: HashMap<&'a str, HashMap<(&'a str, &'a str), &'a str>>,
}

/// Texts of one resource type.
#[derive(Clone, Copy)]
pub(crate) struct TypeDocs<'d, 'a>(Option<&'d HashMap<(&'a str, &'a str), &'a str>>);

impl<'a> Docs<'a> {
    /// Parses a file that the distiller wrote, `cfn/docs/<service>.txt`. Lines without text are allowed; unknown
    /// names are ignored.
    pub fn parse(file: &'a str) -> Self {
        let mut types: HashMap<&str, HashMap<(&str, &str), &str>> = HashMap::new();
        let (mut ty, mut owner) = ("", "");
        for line in file.lines() {
            let (key, name, text);
            if let Some(property) = line.strip_prefix("  ") {
                (name, text) = property.split_once(' ').unwrap_or((property, ""));
                key = (owner, name);
            } else if let Some(attribute) = line.strip_prefix('@') {
                (name, text) = attribute.split_once(' ').unwrap_or((attribute, ""));
                key = ("@", name);
            } else if let Some(definition) = line.strip_prefix('#') {
                (owner, text) = definition.split_once(' ').unwrap_or((definition, ""));
                key = (owner, "");
            } else {
                (ty, text) = line.split_once(' ').unwrap_or((line, ""));
                owner = "";
                key = ("", "");
            }
            types.entry(ty).or_default().insert(key, text);
        }
        Self { types }
    }

    pub(crate) fn for_type(&self, ty: &str) -> TypeDocs<'_, 'a> {
        TypeDocs(self.types.get(ty))
    }
}

impl<'a> TypeDocs<'_, 'a> {
    fn find_text(self, owner: &str, name: &str) -> &'a str {
        self.0
            .and_then(|texts| texts.get(&(owner, name)).copied())
            .unwrap_or_default()
    }

    /// Returns the text of the resource type.
    pub(crate) fn find_resource_text(self) -> &'a str {
        self.find_text("", "")
    }

    /// Returns the text of a property type.
    pub(crate) fn find_definition_text(self, name: &str) -> &'a str {
        self.find_text(name, "")
    }

    /// Returns the text of a property; `owner` is empty for properties of the resource.
    pub(crate) fn find_property_text(self, owner: &str, name: &str) -> &'a str {
        self.find_text(owner, name)
    }

    /// Returns the text of an attribute.
    pub(crate) fn find_attribute_text(self, name: &str) -> &'a str {
        self.find_text("@", name)
    }
}
