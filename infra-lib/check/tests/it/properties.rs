//! Properties that hold for every template of `tests/corpus` and `tests/templates`: printed templates read back as the same data, and a comparison finds
//! a change of one value, that change and no other.

use std::fs;
use std::path::Path;

use infra_core::template::to_yaml;
use infra_template::Template;
use infra_template::assembly::Stack;
use infra_template::diff::diff_stack;
use infra_template::review::{Action, StackChange};
use serde_json::{Value, json};

use super::{corpus, list_files};

/// Returns the templates that can be read, with their names.
fn templates() -> Vec<(String, Template)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates");
    let files = list_files(&folder, &["yaml", "json"]).into_iter();
    let files = files.map(|path| (path.display().to_string(), fs::read_to_string(&path)));
    let cases = corpus::all_cases()
        .into_iter()
        .map(|case| (case.place, Ok(case.template)));
    let found: Vec<(String, Template)> = files
        .chain(cases)
        .filter_map(|(name, text)| Some((name, Template::parse(&text.ok()?).ok()?)))
        .collect();
    assert!(found.len() > 400, "{}", found.len());
    found
}

#[test]
fn printed_templates_read_back_as_same_data() {
    for (name, template) in templates() {
        let document = Value::Object(template.document().clone());
        let json = Template::parse(&template.json());
        assert_eq!(json.as_ref(), Ok(&template), "{name}");
        let yaml = to_yaml(&document);
        let read = Template::parse(&yaml);
        assert_eq!(read.as_ref(), Ok(&template), "{name}\n{yaml}");
    }
}

fn stack(template: &Template) -> Stack {
    Stack::builder()
        .id("Web")
        .path("Web")
        .name("web")
        .template(template.clone())
        .build()
}

#[test]
fn template_does_not_differ_from_itself() {
    for (name, template) in templates() {
        let review = diff_stack(&template, &stack(&template), "deployed");
        assert_eq!(review.change, StackChange::Unchanged, "{name}");
        assert!(review.resources.is_empty(), "{name}");
        assert!(review.sections.is_empty(), "{name}");
        assert!(
            review.security.is_empty() && review.stops.is_empty(),
            "{name}"
        );
    }
}

/// A text in the properties of a resource: the resource, the path as the comparison shows it, and the JSON pointer.
struct Leaf {
    resource: String,
    path: String,
    pointer: String,
}

fn is_plain(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn list_leaves(template: &Template) -> Vec<Leaf> {
    let mut found = Vec::new();
    for resource in template.resources() {
        let id = resource.logical_id;
        let start = format!("/Resources/{id}/Properties");
        let properties = resource.properties().into_iter().flatten();
        for (name, value) in properties.filter(|(name, _)| is_plain(name)) {
            add_leaves(id, name, &format!("{start}/{name}"), value, &mut found);
        }
    }
    found
}

fn add_leaves(id: &str, path: &str, pointer: &str, value: &Value, found: &mut Vec<Leaf>) {
    match value {
        Value::String(_) => found.push(Leaf {
            resource: id.to_owned(),
            path: path.to_owned(),
            pointer: pointer.to_owned(),
        }),
        // Functions, and keys that a pointer would have to escape, are left out.
        Value::Object(map) if map.keys().all(|key| is_plain(key)) => {
            for (key, value) in map.iter().filter(|(key, _)| *key != "Ref") {
                let path = format!("{path}.{key}");
                add_leaves(id, &path, &format!("{pointer}/{key}"), value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn changed_leaf_is_the_only_difference() {
    let mut changed = 0;
    for (name, template) in templates() {
        for leaf in list_leaves(&template) {
            let mut document = Value::Object(template.document().clone());
            *document.pointer_mut(&leaf.pointer).unwrap() = json!("another text");
            let new = Template::from_json(document).unwrap();
            let review = diff_stack(&template, &stack(&new), "deployed");
            let place = format!("{name}: {}", leaf.pointer);
            // Others can be replaced because of the change; they do not change themselves.
            let own: Vec<_> = review
                .resources
                .iter()
                .filter(|change| change.resource.logical_id == leaf.resource)
                .collect();
            let [change] = own[..] else {
                panic!("{place}: {:?}", review.resources);
            };
            assert_eq!(change.action, Action::Modify, "{place}");
            let paths: Vec<&str> = change.properties.iter().map(|p| p.path.as_str()).collect();
            assert_eq!(paths, [format!("Properties.{}", leaf.path)], "{place}");
            assert!(review.sections.is_empty(), "{place}");
            for other in review.resources.iter().filter(|other| !own.contains(other)) {
                assert!(
                    other
                        .properties
                        .iter()
                        .all(|property| property.caused_by.is_some()),
                    "{place}: {other:?}"
                );
            }
            changed += 1;
        }
    }
    assert!(changed > 500, "{changed}");
}
