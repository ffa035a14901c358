//! Writes a template as minified JSON, section by section, directly into one string.

use super::{Template, TemplateResource};
use crate::json_text::{Object, write_array, write_string};
use crate::value::{Data, Map};

pub(super) fn write_template(template: &Template) -> String {
    let mut object = Object::new(String::with_capacity(template.resources.len() * 512));
    if let Some(description) = &template.description {
        object.write_key("Description");
        write_string(&mut object.out, description);
    }
    match template.transforms.as_slice() {
        [] => {}
        [only] => {
            object.write_key("Transform");
            write_string(&mut object.out, only);
        }
        several => {
            object.write_key("Transform");
            write_data(
                &mut object.out,
                &Data::list(several.iter().map(|name| Data::from(name.clone()))),
            );
        }
    }
    for (name, content) in template.sections.iter() {
        object.write_key(name);
        write_data(&mut object.out, content);
    }
    if !template.metadata.is_empty() {
        object.write_key("Metadata");
        write_map(&mut object.out, &template.metadata);
    }
    let generators = |section: &str| template.generators.get(section);
    let mut write_maps = |section: &str, entries: &[(String, Map)]| {
        write_section(
            &mut object,
            section,
            entries,
            generators(section),
            write_map,
        );
    };
    write_maps("Parameters", &template.parameters);
    write_maps("Rules", &template.rules);
    write_maps("Mappings", &template.mappings);
    let (conditions, section) = (&template.conditions, "Conditions");
    write_section(
        &mut object,
        section,
        conditions,
        generators(section),
        write_data,
    );
    object.write_key("Resources");
    let mut resources = Object::new(std::mem::take(&mut object.out));
    for entry in &template.resources {
        resources.write_key(&entry.logical_id);
        write_resource(&mut resources.out, entry);
    }
    write_generators(&mut resources, generators("Resources"));
    object.out = resources.finish_object();
    let (outputs, section) = (&template.outputs, "Outputs");
    write_section(
        &mut object,
        section,
        outputs,
        generators(section),
        write_map,
    );
    object.finish_object()
}

fn write_section<T>(
    object: &mut Object,
    name: &str,
    entries: &[(String, T)],
    generators: Option<&Map>,
    write: fn(&mut String, &T),
) {
    if entries.is_empty() && generators.is_none() {
        return;
    }
    object.write_key(name);
    let mut inner = Object::new(std::mem::take(&mut object.out));
    for (id, entry) in entries {
        inner.write_key(id);
        write(&mut inner.out, entry);
    }
    write_generators(&mut inner, generators);
    object.out = inner.finish_object();
}

/// Writes the loops and macros of a section behind its entries.
fn write_generators(section: &mut Object, generators: Option<&Map>) {
    for (key, content) in generators.into_iter().flat_map(Map::iter) {
        section.write_key(key);
        write_data(&mut section.out, content);
    }
}

fn write_resource(out: &mut String, entry: &TemplateResource) {
    let mut object = Object::new(std::mem::take(out));
    object.write_key("Type");
    write_string(&mut object.out, &entry.type_name);
    if let Some(condition) = &entry.condition {
        object.write_key("Condition");
        write_string(&mut object.out, condition);
    }
    if !entry.properties.is_empty() {
        object.write_key("Properties");
        write_map(&mut object.out, &entry.properties);
    }
    if !entry.depends_on.is_empty() {
        object.write_key("DependsOn");
        write_data(
            &mut object.out,
            &Data::list(entry.depends_on.iter().map(|id| Data::from(id.clone()))),
        );
    }
    for (name, policy) in [
        ("CreationPolicy", &entry.creation_policy),
        ("UpdatePolicy", &entry.update_policy),
    ] {
        if let Some(policy) = policy {
            object.write_key(name);
            write_data(&mut object.out, policy);
        }
    }
    for (name, policy) in [
        ("UpdateReplacePolicy", entry.update_replace_policy),
        ("DeletionPolicy", entry.deletion_policy),
    ] {
        if let Some(policy) = policy {
            object.write_key(name);
            write_string(&mut object.out, policy);
        }
    }
    for (name, content) in entry.attributes.iter() {
        object.write_key(name);
        write_data(&mut object.out, content);
    }
    object.write_key("Metadata");
    let mut metadata = Object::new(std::mem::take(&mut object.out));
    for (key, value) in entry.metadata.iter() {
        metadata.write_key(key);
        write_data(&mut metadata.out, value);
    }
    // `cdk diff` and the CloudFormation console show construct paths from this key.
    metadata.write_key("aws:cdk:path");
    write_string(&mut metadata.out, &entry.path);
    object.out = metadata.finish_object();
    *out = object.finish_object();
}

fn write_map(out: &mut String, entries: &Map) {
    let mut object = Object::new(std::mem::take(out));
    for (key, value) in entries.iter() {
        object.write_key(key);
        write_data(&mut object.out, value);
    }
    *out = object.finish_object();
}

fn write_data(out: &mut String, value: &Data) {
    match value {
        Data::Text(text) => write_string(out, text),
        Data::Map(entries) => write_map(out, entries),
        Data::List(items) => {
            write_array(out, items, write_data);
        }
        other => out.push_str(&other.to_json().to_string()),
    }
}
