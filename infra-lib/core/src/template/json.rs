//! Writes a template as minified JSON, section by section, directly into one string.

use super::{Template, TemplateResource};
use crate::json_text::{Object, array, string};
use crate::value::{Data, Map};

pub(super) fn write(template: &Template) -> String {
    let mut object = Object::new(String::with_capacity(template.resources.len() * 512));
    if let Some(description) = &template.description {
        object.key("Description");
        string(&mut object.out, description);
    }
    match template.transforms.as_slice() {
        [] => {}
        [only] => {
            object.key("Transform");
            string(&mut object.out, only);
        }
        several => {
            object.key("Transform");
            data(
                &mut object.out,
                &Data::list(several.iter().map(|name| Data::from(name.clone()))),
            );
        }
    }
    for (name, content) in template.sections.iter() {
        object.key(name);
        data(&mut object.out, content);
    }
    if !template.metadata.is_empty() {
        object.key("Metadata");
        map(&mut object.out, &template.metadata);
    }
    section(&mut object, "Parameters", &template.parameters, map);
    section(&mut object, "Rules", &template.rules, map);
    section(&mut object, "Mappings", &template.mappings, map);
    section(&mut object, "Conditions", &template.conditions, data);
    object.key("Resources");
    let mut resources = Object::new(std::mem::take(&mut object.out));
    for entry in &template.resources {
        resources.key(&entry.logical_id);
        resource(&mut resources.out, entry);
    }
    object.out = resources.end();
    section(&mut object, "Outputs", &template.outputs, map);
    object.end()
}

fn section<T>(
    object: &mut Object,
    name: &str,
    entries: &[(String, T)],
    write: fn(&mut String, &T),
) {
    if entries.is_empty() {
        return;
    }
    object.key(name);
    let mut inner = Object::new(std::mem::take(&mut object.out));
    for (id, entry) in entries {
        inner.key(id);
        write(&mut inner.out, entry);
    }
    object.out = inner.end();
}

fn resource(out: &mut String, entry: &TemplateResource) {
    let mut object = Object::new(std::mem::take(out));
    object.key("Type");
    string(&mut object.out, &entry.type_name);
    if let Some(condition) = &entry.condition {
        object.key("Condition");
        string(&mut object.out, condition);
    }
    if !entry.properties.is_empty() {
        object.key("Properties");
        map(&mut object.out, &entry.properties);
    }
    if !entry.depends_on.is_empty() {
        object.key("DependsOn");
        data(
            &mut object.out,
            &Data::list(entry.depends_on.iter().map(|id| Data::from(id.clone()))),
        );
    }
    for (name, policy) in [
        ("CreationPolicy", &entry.creation_policy),
        ("UpdatePolicy", &entry.update_policy),
    ] {
        if let Some(policy) = policy {
            object.key(name);
            data(&mut object.out, policy);
        }
    }
    for (name, policy) in [
        ("UpdateReplacePolicy", entry.update_replace_policy),
        ("DeletionPolicy", entry.deletion_policy),
    ] {
        if let Some(policy) = policy {
            object.key(name);
            string(&mut object.out, policy);
        }
    }
    object.key("Metadata");
    let mut metadata = Object::new(std::mem::take(&mut object.out));
    for (key, value) in entry.metadata.iter() {
        metadata.key(key);
        data(&mut metadata.out, value);
    }
    // `cdk diff` and the CloudFormation console show construct paths from this key.
    metadata.key("aws:cdk:path");
    string(&mut metadata.out, &entry.path);
    object.out = metadata.end();
    *out = object.end();
}

fn map(out: &mut String, entries: &Map) {
    let mut object = Object::new(std::mem::take(out));
    for (key, value) in entries.iter() {
        object.key(key);
        data(&mut object.out, value);
    }
    *out = object.end();
}

fn data(out: &mut String, value: &Data) {
    match value {
        Data::Text(text) => string(out, text),
        Data::Map(entries) => map(out, entries),
        Data::List(items) => {
            array(out, items, data);
        }
        other => out.push_str(&other.to_json().to_string()),
    }
}
