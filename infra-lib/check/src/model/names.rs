//! The names that transforms, modules and loops make. Such names are unknown, not absent.

use crate::function::{FOR_EACH, TRANSFORM};
use crate::tree::{Kind, Map, Value};

use super::Resource;
use crate::transforms::Transforms;

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
            } else if transforms.serverless
                && let Some(connectors) = resource.attribute("Connectors").and_then(Value::as_map)
            {
                // A connector of a resource is itself a resource, with the names of both, and makes others.
                let names = connectors.entries.iter();
                let names = names.map(|entry| format!("{}{}", resource.name(), entry.key));
                found.prefixes.extend(names);
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
