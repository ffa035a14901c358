//! Builds the template of an import: the deployed one with only the imported resources added.

use std::collections::BTreeSet;

use infra_core::{Diagnostic, codes};
use serde_json::{Map, Value as JsonValue};

use crate::operate::locate_finding;
use infra_aws::ResourceImport;
use infra_core::template::{Reference, references};
use infra_template::ResourceName;
use infra_template::Template;
use infra_template::assembly::Stack;

/// Sections that resources refer to, and that can be extended without changing a resource.
const READ_FROM: [&str; 3] = ["Parameters", "Mappings", "Conditions"];

/// Returns the template with the imported resources. Adds a problem for each reference to a resource that is neither deployed nor imported.
pub(super) fn with_imports(
    deployed: &Template,
    wanted: &Stack,
    imports: &[(ResourceName, ResourceImport)],
    problems: &mut Vec<Diagnostic>,
) -> Template {
    let mut document = deployed.document().clone();
    for name in READ_FROM {
        let section = wanted.template.section_entries(name);
        for (key, entry) in section {
            let known = section_mut(&mut document, name);
            if !known.contains_key(key) {
                known.insert(key.to_owned(), entry.clone());
            }
        }
    }
    let transforms = wanted.template.document().get("Transform");
    if let (None, Some(transform)) = (document.get("Transform"), transforms) {
        document.insert("Transform".to_owned(), transform.clone());
    }
    let mut there: BTreeSet<String> = deployed
        .resources()
        .map(|resource| resource.logical_id.to_owned())
        .chain(imports.iter().map(|(name, _)| name.logical_id.clone()))
        .collect();
    there.extend(section_mut(&mut document, "Parameters").keys().cloned());
    for (name, _) in imports {
        let Some(resource) = wanted.template.find_resource(&name.logical_id) else {
            continue;
        };
        let mut entry = resource.entry.clone();
        // Dependencies affect the order of creation only, and these resources exist.
        entry.remove("DependsOn");
        let entry = JsonValue::Object(entry);
        let missing: BTreeSet<String> = references(&entry)
            .into_iter()
            .filter_map(|reference| match reference {
                Reference::Local { logical_id, .. } => Some(logical_id),
                _ => None,
            })
            .filter(|id| !id.starts_with("AWS::") && !there.contains(id))
            .collect();
        for id in missing {
            let finding = Diagnostic::new(
                codes::IMPORT_INCOMPLETE,
                format!(
                    "`{}` refers to `{id}`, which is neither deployed nor imported",
                    name.display_name()
                ),
            )
            .help("import it too, or deploy it first");
            problems.push(locate_finding(finding, name));
        }
        section_mut(&mut document, "Resources").insert(name.logical_id.clone(), entry);
    }
    document.retain(|_, section| {
        section
            .as_object()
            .is_none_or(|section| !section.is_empty())
    });
    Template::from_json(JsonValue::Object(document)).unwrap_or_else(|_| Template::empty())
}

fn section_mut<'d>(
    document: &'d mut Map<String, JsonValue>,
    name: &str,
) -> &'d mut Map<String, JsonValue> {
    let section = document
        .entry(name)
        .or_insert_with(|| JsonValue::Object(Map::new()));
    if !section.is_object() {
        *section = JsonValue::Object(Map::new());
    }
    section
        .as_object_mut()
        .expect("it was made an object in the line before")
}
