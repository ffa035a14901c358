//! The transforms of a template, and the names that they make. Such names are unknown, not absent.

use crate::function::{FOR_EACH, TRANSFORM};
use crate::tree::{Kind, Map, Value};

use super::Resource;

/// The transforms that the template declares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transforms {
    /// `AWS::LanguageExtensions`
    pub(crate) language_extensions: bool,
    /// `AWS::Serverless-2016-10-31`
    pub(crate) serverless: bool,
    /// Another macro, which can change everything.
    pub(crate) macros: bool,
}

impl Transforms {
    pub(crate) fn of_template(sections: &Map) -> Self {
        let mut found = Self::default();
        if let Some(transform) = sections.get("Transform") {
            let items = transform
                .as_list()
                .unwrap_or(std::slice::from_ref(transform));
            for item in items {
                let named = item
                    .as_map()
                    .and_then(|map| map.get("Name"))
                    .unwrap_or(item);
                found.add(named.as_text().unwrap_or_default());
            }
        }
        if sections.find_entry(TRANSFORM).is_some() {
            found.macros = true;
        }
        found
    }

    fn add(&mut self, name: &str) {
        match name {
            "AWS::LanguageExtensions" => self.language_extensions = true,
            name if name.starts_with("AWS::Serverless-") => self.serverless = true,
            // These add entries to the template; they do not change those that exist.
            "AWS::CodeDeployBlueGreen"
            | "AWS::SecretsManager-2020-07-23"
            | "AWS::SecretsManager-2024-09-16" => {}
            _ => self.macros = true,
        }
    }
}

/// The names of resources that a transform, a module or a loop makes.
#[derive(Debug, Default)]
pub(crate) struct UnknownNames {
    /// `true` if any name can exist.
    all: bool,
    /// Starts of names.
    prefixes: Vec<String>,
}

impl UnknownNames {
    pub(super) fn new(sections: &Map, transforms: &Transforms, resources: &[Resource<'_>]) -> Self {
        let mut found = Self {
            all: transforms.macros,
            prefixes: Vec::new(),
        };
        if transforms.serverless {
            found.prefixes.push("Serverless".to_owned());
        }
        for resource in resources {
            let module = resource
                .type_name
                .is_some_and(|name| name.ends_with("::MODULE"));
            if module || (transforms.serverless && resource.is_serverless()) {
                found.prefixes.push(resource.name().to_owned());
            }
        }
        let entries = sections
            .get("Resources")
            .and_then(Value::as_map)
            .map(|map| map.entries.as_slice());
        for entry in entries.unwrap_or_default() {
            if entry.key == TRANSFORM {
                found.all = true;
            } else if entry.key.starts_with(FOR_EACH) {
                found.add_loop(&entry.value);
            }
        }
        found
    }

    /// Adds the names that a loop makes, whose fixed start is known.
    fn add_loop(&mut self, body: &Value) {
        let Some([_, _, output]) = body.as_list() else {
            self.all = true;
            return;
        };
        let Kind::Map(output) = &output.kind else {
            self.all = true;
            return;
        };
        for entry in &output.entries {
            if entry.key.starts_with(FOR_EACH) {
                self.add_loop(&entry.value);
                continue;
            }
            let end = entry.key.find(['$', '&']).unwrap_or(entry.key.len());
            self.prefixes.push(entry.key[..end].to_owned());
        }
    }

    /// Returns `true` if a resource of this name can exist although the template does not contain it.
    pub(crate) fn can_exist(&self, name: &str) -> bool {
        self.all
            || self
                .prefixes
                .iter()
                .any(|prefix| name.starts_with(prefix.as_str()))
    }
}
